"""Make the groups of staff that the shop comes with."""

from typing import Any

from django.core.management.base import BaseCommand

from shop.backoffice.groups import create_groups


class Command(BaseCommand):
    help = "Makes the groups “Shop staff” and “Catalogue editor”, or adds what they lack."

    def handle(self, *args: Any, **options: Any) -> None:
        for group in create_groups():
            self.stdout.write(f"{group.name}: {group.permissions.count()} permissions")
