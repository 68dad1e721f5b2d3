"""`manage.py release_holds`: gives back what is held for payments whose time is over."""

from typing import Any

from django.core.management.base import BaseCommand

from shop.payments.holds import release_overdue


class Command(BaseCommand):
    help = "Give up the attempts to order whose deadline is over (run it every minute)."

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        while released := release_overdue(limit=100):
            total += released
        self.stdout.write(f"{total} holds released.")
