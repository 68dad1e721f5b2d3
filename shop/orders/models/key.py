"""Idempotency keys: which order a request made, so that sent again it makes no other."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

from shop.orders.models.order import Order

KEPT = timedelta(hours=24)
"""How long a key is remembered."""


class IdempotencyKeyQuerySet(models.QuerySet[Any]):
    def expired(self) -> Self:
        return self.filter(created_at__lte=timezone.now() - KEPT)

    def remembered(self) -> Self:
        return self.filter(created_at__gt=timezone.now() - KEPT)


class IdempotencyKey(models.Model):
    """A key of one customer's or one guest's, with the order that came of it. It is written
    with the order and goes with an attempt that fails, so the key can be used again."""

    owner = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the request.")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="keys")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("owner", "key", name="orders_idempotency_key_unique")
        ]

    def __str__(self) -> str:
        return self.key
