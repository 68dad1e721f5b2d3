"""`manage.py clear_carts`: takes the rows of carts past their time off the table."""

from typing import Any

from django.core.management.base import BaseCommand

from shop.cart.models import StoredCart

BATCH = 1_000


class Command(BaseCommand):
    help = "Delete the carts of the session strategy whose time is over (run it daily)."

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        # In small steps, so that no shopper waits for a long transaction's locks.
        while keys := list(StoredCart.objects.expired().values_list("key", flat=True)[:BATCH]):
            deleted, _ = StoredCart.objects.expired().filter(key__in=keys).delete()
            total += deleted
        self.stdout.write(f"{total} expired carts deleted.")
