"""The history of an order."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from shop.orders.models.order import Order


class OrderEvent(models.Model):
    """One line of an order's history: what happened, when, and who did it."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30)
    message = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.message}".strip()
