"""Ways of delivery. Amounts are in minor units of `settings.SHOP_CURRENCY`, tax included."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from shop.catalog.models import TaxClass
from shop.money import Money


def _validate_countries(value: Any) -> None:
    sound = isinstance(value, list) and all(
        isinstance(code, str) and len(code) == 2 and code.isalpha() and code.isupper()
        for code in value
    )
    if not sound:
        raise ValidationError('A list of ISO 3166-1 codes, such as ["DE", "AT"].')


class ShippingMethod(models.Model):
    """A way of delivery, offered where the country, the weight and the value fit."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=255, blank=True)
    countries = models.JSONField(
        default=list,
        blank=True,
        validators=[_validate_countries],
        help_text='ISO 3166-1 codes, such as ["DE", "AT"]; empty means everywhere.',
    )
    min_weight_grams = models.PositiveIntegerField(default=0)
    max_weight_grams = models.PositiveIntegerField(null=True, blank=True)
    min_total_minor = models.PositiveBigIntegerField(
        "minimum value", default=0, help_text="Of the goods after discount, in minor units."
    )
    max_total_minor = models.PositiveBigIntegerField("maximum value", null=True, blank=True)
    price_minor = models.PositiveBigIntegerField("price", help_text="In minor units, tax included.")
    free_from_minor = models.PositiveBigIntegerField(
        "free from", null=True, blank=True, help_text="Value of the goods after discount."
    )
    tax_class = models.ForeignKey(
        TaxClass,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: taxed as the goods are, in proportion to their value.",
    )
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_weight_grams=None) | Q(max_weight_grams__gte=F("min_weight_grams")),
                name="pricing_shipping_weight_range",
                violation_error_message="The largest weight is below the smallest.",
            ),
            models.CheckConstraint(
                condition=Q(max_total_minor=None) | Q(max_total_minor__gte=F("min_total_minor")),
                name="pricing_shipping_total_range",
                violation_error_message="The largest value is below the smallest.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def price(self) -> Money:
        return Money(self.price_minor, settings.SHOP_CURRENCY)

    def delivers(self, *, country: str, weight_grams: int, value_minor: int) -> bool:
        """Can a cart of this weight and value (after discount) go to this country?"""
        return (
            (not self.countries or country in self.countries)
            and self.min_weight_grams <= weight_grams
            and (self.max_weight_grams is None or weight_grams <= self.max_weight_grams)
            and self.min_total_minor <= value_minor
            and (self.max_total_minor is None or value_minor <= self.max_total_minor)
        )

    def price_for(self, value_minor: int) -> int:
        """Minor units for goods of this value after discount."""
        is_free = self.free_from_minor is not None and value_minor >= self.free_from_minor
        return 0 if is_free else self.price_minor
