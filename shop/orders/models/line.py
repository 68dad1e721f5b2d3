"""The lines of an order. Amounts are in minor units of the order's currency, tax included."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shop.catalog.models import SKU_LENGTH, Variant
from shop.money import Money
from shop.orders.models.order import Order


class OrderLine(models.Model):
    """A line as it was sold. Of its `quantity`, `fulfilled` pieces were sent, `returned` of
    those came back, and `cancelled` ones will never be sent; returned and cancelled pieces
    are in stock again."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(default=0)
    variant = models.ForeignKey(Variant, null=True, on_delete=models.SET_NULL, related_name="+")
    sku = models.CharField(max_length=SKU_LENGTH)
    name = models.CharField(max_length=500)
    unit_price_minor = models.PositiveBigIntegerField()
    quantity = models.PositiveIntegerField()
    line_total_minor = models.PositiveBigIntegerField(help_text="Before discount.")
    discount_minor = models.PositiveBigIntegerField(default=0)
    tax_minor = models.PositiveBigIntegerField(default=0)
    tax_rate_basis_points = models.PositiveIntegerField(default=0)
    fulfilled = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint("order", "sku", name="orders_line_once_a_sku"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="orders_line_has_pieces"),
            models.CheckConstraint(
                condition=Q(line_total_minor=F("unit_price_minor") * F("quantity")),
                name="orders_line_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(discount_minor__lte=F("line_total_minor")),
                name="orders_line_discount_within_total",
            ),
            models.CheckConstraint(
                condition=Q(fulfilled__lte=F("quantity") - F("cancelled")),
                name="orders_line_sends_what_is_left",
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("fulfilled")), name="orders_line_returns_what_was_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku}"

    @property
    def unit_price(self) -> Money:
        return Money(self.unit_price_minor, self.order.currency)

    @property
    def line_total(self) -> Money:
        return Money(self.line_total_minor, self.order.currency)

    @property
    def discount(self) -> Money:
        return Money(self.discount_minor, self.order.currency)

    @property
    def tax(self) -> Money:
        return Money(self.tax_minor, self.order.currency)

    @property
    def to_send(self) -> int:
        """Pieces that are still to be sent."""
        return self.quantity - self.cancelled - self.fulfilled

    @property
    def returnable(self) -> int:
        """Pieces that were sent and have not come back."""
        return self.fulfilled - self.returned
