"""`manage.py export_products [FILE]`"""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.catalog.models import Product
from shop.exchange.services import export_products


class Command(BaseCommand):
    help = "Writes all products as the product CSV that Shopify imports and exports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="- is standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = export_products(Product.objects.all())
        if options["file"] == "-":
            try:
                for line in lines:
                    self.stdout.write(line, ending="")
                self.stdout.flush()
            except BrokenPipeError:
                # The reader (such as `head`) has enough; what Python flushes at exit goes nowhere.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        target = Path(options["file"])
        try:
            # Beside its place and then renamed: a reader never finds half a file.
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", newline="", dir=target.parent, delete=False
            ) as file:
                draft = Path(file.name)
                try:
                    file.writelines(lines)
                except BaseException:
                    draft.unlink()
                    raise
            draft.chmod(0o644)
            draft.replace(target)
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from None
        self.stderr.write(f"Written: {target}")
