"""What the back office itself keeps: its imports, the forms that count once, and who is
at work on an order."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from shop.orders.models import Order


class ImportRun(models.Model):
    """An import of products through the admin: who, which file, and what came of it."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    file_name = models.CharField(max_length=255)
    file_size = models.PositiveBigIntegerField(help_text="In bytes.")
    is_dry_run = models.BooleanField("dry run")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(
        null=True, help_text="Empty where it was cut short: run it again, that is safe."
    )
    products_created = models.PositiveIntegerField("created", default=0)
    products_updated = models.PositiveIntegerField("updated", default=0)
    products_unchanged = models.PositiveIntegerField("unchanged", default=0)
    rows_refused = models.PositiveIntegerField("rows refused", default=0)
    refused = models.JSONField(default=list, help_text="[line, column, reason, handle] of each.")
    notes = models.JSONField(default=list)

    class Meta:
        ordering = ["-started_at", "-id"]
        verbose_name = "import"

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started_at:%Y-%m-%d %H:%M})"


class SpentForm(models.Model):
    """The key of a form that was applied, so that it is applied once: a second click, or
    the browser sending it again, would otherwise receive the same goods twice."""

    key = models.UUIDField(primary_key=True)
    spent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.key)


class OrderClaim(models.Model):
    """Somebody of the staff is doing something with this order at this moment. One at a
    time: what a second press of a button, or a colleague's, would send or refund again."""

    order = models.OneToOneField(
        Order, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    token = models.UUIDField(default=uuid.uuid4)
    claimed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.order_id} since {self.claimed_at:%H:%M:%S}"
