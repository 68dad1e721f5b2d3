"""Parcels: what was sent of an order, and how to follow it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from shop.orders.models.line import OrderLine
from shop.orders.models.order import Order


class Fulfilment(models.Model):
    """One parcel of an order."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="fulfilments")
    carrier = models.CharField(max_length=100, blank=True)
    tracking_number = models.CharField(max_length=100, blank=True)
    tracking_url = models.URLField(max_length=500, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.order.number}: {self.carrier} {self.tracking_number}".strip()


class FulfilmentLine(models.Model):
    """So many pieces of a line are in this parcel."""

    fulfilment = models.ForeignKey(Fulfilment, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="parcels")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("fulfilment", "line", name="orders_parcel_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="orders_parcel_has_pieces"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line.sku}"
