"""Stock: a level for each variant, and the ledger of movements that sums to it."""

from django.conf import settings
from django.db import models

from shop.catalog.models import Variant


class StockLevel(models.Model):
    """How many of a variant can be sold now. Change it with `inventory.services` only.

    `version` grows with every change, so that a reader can drop what is older than
    what it has.
    """

    variant = models.OneToOneField(
        Variant, on_delete=models.CASCADE, primary_key=True, related_name="stock"
    )
    on_hand = models.PositiveIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(on_hand__gte=0), name="inventory_level_not_negative"
            )
        ]
        indexes = [models.Index(fields=["on_hand"], name="stock_on_hand")]

    def __str__(self) -> str:
        return f"{self.variant.sku}: {self.on_hand}"

    @property
    def available(self) -> int:
        """What a shopper can order now; held stock has already left the level."""
        return self.on_hand


class Movement(models.Model):
    """One line of the ledger; never changed, never deleted by itself."""

    class Reason(models.TextChoices):
        RECEIPT = "receipt", "Receipt"
        COUNT = "count", "Count"
        IMPORT = "import", "Import"
        SALE = "sale", "Sale"
        RELEASE = "release", "Release of a hold"
        CANCEL = "cancel", "Cancelled order"
        RETURN = "return", "Return"

    level = models.ForeignKey(StockLevel, on_delete=models.CASCADE, related_name="movements")
    delta = models.IntegerField()
    reason = models.CharField(max_length=10, choices=Reason.choices)
    reference = models.CharField(max_length=100, blank=True, help_text="An order, a delivery note.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(delta=0), name="inventory_movement_moves")
        ]
        indexes = [models.Index(fields=["level", "-created_at"], name="movement_ledger")]

    def __str__(self) -> str:
        return f"{self.delta:+d} {self.reason}"
