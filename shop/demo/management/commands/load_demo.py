"""`manage.py load_demo`: a whole shop to look at, to click through and to test."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from shop.demo.load import load_catalogue
from shop.demo.people import ADMIN_NAME, ADMIN_PASSWORD, create_admin, create_shoppers

MAX_SHOPPERS = 10_000

T = TypeVar("T")


class Command(BaseCommand):
    help = (
        "Load the demo shop: categories, products, pictures, stock. What is there already "
        "stays as it is (edits, sold stock); what is missing is made. In DEBUG also the "
        f"member of staff “{ADMIN_NAME}”."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--shoppers",
            type=int,
            default=0,
            metavar="N",
            help="Make the customers shopper1 to shopperN with known passwords, too.",
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="Make accounts with known passwords although DEBUG is off.",
        )

    def handle(self, *args: Any, shoppers: int, force: bool, **options: Any) -> None:
        with_accounts = settings.DEBUG or force
        if not 0 <= shoppers <= MAX_SHOPPERS:
            raise CommandError(
                f"--shoppers is {shoppers}; it must be a whole number from 0 to {MAX_SHOPPERS}."
            )
        if shoppers and not with_accounts:
            raise CommandError(
                "--shoppers makes customers whose passwords everybody knows, and DEBUG is off, "
                "so this may be a real shop. Nothing was loaded. If you mean it, add --force."
            )
        self._load_catalogue()
        if shoppers:
            self._create_shoppers(shoppers)
        if with_accounts:
            self._create_admin()
        else:
            self.stdout.write(f"No account “{ADMIN_NAME}” was made, since DEBUG is off.")

    def _load_catalogue(self) -> None:
        try:
            outcome = load_catalogue(track=self._track)
        except ValueError as error:
            raise CommandError(f"The demo catalogue is at fault: {error}") from error
        self.stdout.write(
            f"{outcome.products} products in {outcome.variants} variants made, {outcome.kept} "
            f"left as they were; {outcome.pictures} pictures drawn."
        )
        for line in outcome.skipped:
            self.stderr.write(self.style.WARNING(f"Left out {line}"))

    def _create_shoppers(self, count: int) -> None:
        outcome = create_shoppers(count=count, track=self._track)
        self.stdout.write(f"{outcome.made} shoppers made, {outcome.kept} were there already.")
        for line in outcome.skipped:
            self.stderr.write(self.style.WARNING(f"Left out {line}"))

    def _create_admin(self) -> None:
        if create_admin():
            self.stdout.write(f"Staff account: {ADMIN_NAME}, password {ADMIN_PASSWORD}")
        else:
            self.stdout.write(f"The account “{ADMIN_NAME}” is there already.")

    def _track(self, items: Sequence[T], heading: str) -> Iterable[T]:
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        hidden = not self.stdout.isatty()
        return track(items, heading, console=console, disable=hidden, transient=True)
