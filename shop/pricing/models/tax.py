"""Tax rates: by tax class and country."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models

from shop.catalog.models import TaxClass


class TaxRate(models.Model):
    """The rate that is contained in the price of a class of goods sold to a country."""

    tax_class = models.ForeignKey(TaxClass, on_delete=models.CASCADE, related_name="rates")
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2, such as DE.")
    rate_basis_points = models.PositiveIntegerField(
        validators=[MaxValueValidator(10_000)], help_text="1900 is 19 %."
    )

    class Meta:
        ordering = ["country", "tax_class"]
        constraints = [
            models.UniqueConstraint("tax_class", "country", name="pricing_rate_unique"),
            models.CheckConstraint(
                condition=models.Q(rate_basis_points__lte=10_000), name="pricing_rate_at_most_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tax_class_id} {self.country}: {self.rate_basis_points / 100:g} %"
