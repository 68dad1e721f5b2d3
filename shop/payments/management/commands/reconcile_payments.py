"""`manage.py reconcile_payments`: finishes voids, captures and refunds that are still open."""

from typing import Any

from django.core.management.base import BaseCommand

from shop.payments.settling import reconcile


class Command(BaseCommand):
    help = "Tell the gateways again what they have not heard or not answered (every minute)."

    def handle(self, *args: Any, **options: Any) -> None:
        done = reconcile()
        self.stdout.write(", ".join(f"{number} {what}" for what, number in done.items()) + ".")
