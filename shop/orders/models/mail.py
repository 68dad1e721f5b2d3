"""The outbox: mails are written with what they tell of, and sent afterwards."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from shop.orders.models.order import Order


class OutboxMailQuerySet(models.QuerySet[Any]):
    def due(self) -> Self:
        """Not sent, and neither claimed by a sender nor waiting for another try."""
        return self.filter(sent_at=None, not_before__lte=timezone.now())


class OutboxMail(models.Model):
    """One mail about an order. `key` says what it tells of, so that nothing is told twice
    by two rows; a crash between sending and noting it sends one again, with the same
    Message-ID."""

    class Kind(models.TextChoices):
        PLACED = "placed", "Order placed"
        SHIPPED = "shipped", "Parcel sent"
        REFUNDED = "refunded", "Refund"
        CANCELLED = "cancelled", "Order cancelled"

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="mails")
    to = models.EmailField()
    facts = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(sent_at=None), name="outbox_due")
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"
