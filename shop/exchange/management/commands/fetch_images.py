"""`manage.py fetch_images`"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from shop.catalog.models import Image
from shop.exchange.images import fetch_images, images_to_fetch


class Command(BaseCommand):
    help = (
        "Downloads the images that an import named by address, and keeps them as files of the "
        "shop. Safe to stop and to run again. Exit code 1 if some could not be had."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--allow-private",
            action="store_true",
            help="fetch from private and local addresses too (a server of your own)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stream: Any = self.stderr
        console = Console(file=stream)
        with Progress(console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Fetching", total=images_to_fetch().count())

            def tell(image: Image, reason: str | None) -> None:
                progress.advance(task)
                if reason:
                    text = f"{image.product.slug}: {image.source_url}: {reason}"
                    progress.console.print(text, markup=False, highlight=False, soft_wrap=True)

            try:
                outcome = fetch_images(allow_private=options["allow_private"], on_done=tell)
            except OSError as error:
                raise CommandError(f"An image cannot be kept: {error}.") from error
            except KeyboardInterrupt:
                raise CommandError(
                    "Stopped. What was fetched is kept; run it again to go on.", returncode=130
                ) from None
        self.stdout.write(f"{outcome.fetched} images fetched, {outcome.failed} failed.")
        if outcome.failed:
            raise CommandError("Some images could not be fetched; run it again to try them anew.")
