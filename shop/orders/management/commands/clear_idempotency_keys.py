"""`manage.py clear_idempotency_keys`: forgets keys after their 24 hours."""

from typing import Any

from django.core.management.base import BaseCommand

from shop.orders.models import IdempotencyKey

BATCH = 1_000


class Command(BaseCommand):
    help = "Delete the idempotency keys that are older than 24 hours (run it daily)."

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        while ids := list(IdempotencyKey.objects.expired().values_list("pk", flat=True)[:BATCH]):
            deleted, _ = IdempotencyKey.objects.filter(pk__in=ids).delete()
            total += deleted
        self.stdout.write(f"{total} idempotency keys deleted.")
