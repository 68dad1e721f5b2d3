"""`manage.py import_products FILE.csv`"""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from shop.exchange.report import InvalidImportFile, Refusal, Report
from shop.exchange.services import import_products


class Command(BaseCommand):
    help = (
        "Imports the product CSV that Shopify exports. Refused rows are reported by line, column "
        "and reason; the good ones are kept. It adds and changes, never removes, and may be run "
        "again. Exit code: 0 if products were imported (with --strict only if no row was "
        "refused), 1 if none was or the file is no product export."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the CSV file, or - for standard input")
        parser.add_argument("--dry-run", action="store_true", help="check all, write nothing")
        parser.add_argument("--strict", action="store_true", help="exit with 1 if a row is refused")
        parser.add_argument("--report", metavar="FILE.csv", help="write the refused rows there")

    def handle(self, *args: Any, **options: Any) -> None:
        with ExitStack() as stack:
            file, size = self._open(options["file"], stack)
            write_row = self._open_report(options["report"], stack)
            progress = stack.enter_context(_progress(self.stderr))
            task = progress.add_task("Reading", total=size)

            def tell(refusal: Refusal) -> None:
                progress.console.print(str(refusal), markup=False, highlight=False, soft_wrap=True)
                if write_row:
                    write_row((refusal.line, refusal.column, refusal.reason, refusal.handle))

            try:
                report = import_products(
                    file,
                    dry_run=options["dry_run"],
                    on_progress=lambda count: progress.update(task, completed=count),
                    on_refused=tell,
                )
            except InvalidImportFile as error:
                raise CommandError(error.message) from None
            except DatabaseError as error:
                raise CommandError(
                    f"The database failed: {str(error).strip()}. Whole products are kept; "
                    "run the import again to complete it."
                ) from error
            except OSError as error:
                raise CommandError(f"The import stopped: {error}.") from error
            except KeyboardInterrupt:
                raise CommandError(
                    "Stopped. Whole products are kept; run the import again to complete it.",
                    returncode=130,
                ) from None
        self._conclude(report, is_strict=options["strict"])

    def _open(self, name: str, stack: ExitStack) -> tuple[IO[bytes], int | None]:
        if name == "-":
            return sys.stdin.buffer, None
        try:
            path = Path(name)
            return stack.enter_context(path.open("rb")), path.stat().st_size or None
        except OSError as error:
            raise CommandError(f"{name} cannot be read: {error.strerror}.") from None

    def _open_report(self, name: str | None, stack: ExitStack) -> Any:
        if not name:
            return None
        path = Path(name)
        try:
            file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        except OSError as error:
            raise CommandError(f"{name} cannot be written: {error.strerror}.") from None
        writer = csv.writer(file)
        writer.writerow(("Line", "Column", "Reason", "Handle"))
        return writer.writerow

    def _conclude(self, report: Report, *, is_strict: bool) -> None:
        for note in report.notes:
            self.stdout.write(f"Note: {note}.")
        self.stdout.write(report.summary() + ".")
        if not report.imported:
            raise CommandError("No product was imported.")
        if is_strict and not report.is_complete:
            raise CommandError(f"{report.refused_count} rows were refused.")


def _progress(stream: Any) -> Progress:
    """A bar by bytes read, on a terminal only."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    console = Console(file=stream)
    is_hidden = not console.is_terminal
    return Progress(*columns, TimeRemainingColumn(), console=console, disable=is_hidden)
