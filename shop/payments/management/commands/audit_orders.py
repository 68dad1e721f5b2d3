"""`manage.py audit_orders`: looks whether stock, orders and money agree."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.payments.audit import audit


class Command(BaseCommand):
    help = "Check that ledger and levels, orders, holds and payments agree; fails if they do not."

    def handle(self, *args: Any, **options: Any) -> None:
        defects = audit()
        for defect in defects:
            self.stderr.write(defect)
        if defects:
            raise CommandError(f"{len(defects)} defects.")
        self.stdout.write("Stock, orders and payments agree.")
