"""The product CSV in and out, as verbs."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, OperationalError, reset_queries

from shop.exchange.drafts import ProductDraft
from shop.exchange.export import export_products
from shop.exchange.parse import parse_product
from shop.exchange.report import InvalidImportFile, Refusal, Report
from shop.exchange.rows import ProductFile, Row
from shop.exchange.seen import Seen
from shop.exchange.write import Outcome, write_products

if TYPE_CHECKING:
    from shop.accounts.models import User

__all__ = ["InvalidImportFile", "Refusal", "Report", "export_products", "import_products"]

BATCH_PRODUCTS = 100
BATCH_ROWS = 500
"""A transaction takes whole products until it has this many rows."""
LARGEST_PRODUCT = 2_500
"""Rows of one product; what comes after them is refused."""
_TRIES = 5

Group = tuple[str, list[Row | Refusal]]


def import_products(
    file: IO[bytes],
    *,
    dry_run: bool = False,
    actor: User | None = None,
    on_progress: Callable[[int], None] | None = None,
    on_refused: Callable[[Refusal], None] | None = None,
) -> Report:
    """Bring the products of a Shopify product CSV (open in binary) into the shop.

    It adds and changes, and removes nothing. Each batch of whole products is one
    transaction, so a run that is cut short is completed by running it again. A dry run
    does everything and takes every batch back. `on_progress` is told the number of bytes
    read so far; `on_refused` every refused row as it is met. Raises `InvalidImportFile`
    if it is no product export at all, before anything is written.
    """
    rows = ProductFile(file, on_progress)
    name = Path(str(getattr(file, "name", "") or "import")).name
    with Seen() as seen:
        run = _Run(Report(is_dry_run=dry_run), seen, name, actor, on_refused)
        for handle, group in _group(rows):
            run.take(handle, group, rows)
        run.flush()
    return run.report


class _Run:
    """One import on its way: drafts waiting for their batch, and what is to be told."""

    def __init__(
        self,
        report: Report,
        seen: Seen,
        reference: str,
        actor: User | None,
        on_refused: Callable[[Refusal], None] | None,
    ) -> None:
        self.report = report
        self._seen = seen
        self._reference = reference
        self._actor = actor
        self._on_refused = on_refused
        self._waiting: dict[str, ProductDraft] = {}
        self._rows = 0

    def take(self, handle: str, group: list[Row | Refusal], file: ProductFile) -> None:
        if not handle:
            self._refuse(row for row in group if isinstance(row, Refusal))
            return
        parsed = parse_product(handle, group, file.layout)
        self._refuse(parsed.refused)
        for text, line in parsed.notes:
            self.report.note(text, line)
        if (draft := parsed.draft) is None:
            return
        if draft.slug in self._waiting or self._rows + len(draft.lines) > BATCH_ROWS:
            self.flush()
        self._waiting[draft.slug] = draft
        self._rows += len(draft.lines)
        if len(self._waiting) >= BATCH_PRODUCTS:
            self.flush()

    def flush(self) -> None:
        drafts, self._waiting, self._rows = list(self._waiting.values()), {}, 0
        if drafts:
            self._write(drafts)
        if settings.DEBUG:
            reset_queries()  # Django keeps the last 9,000 statements, and these are long

    def _write(self, drafts: list[ProductDraft]) -> None:
        """One transaction; if something else keeps getting in its way, one each."""
        try:
            self._add(self._try(drafts))
        except DatabaseError as error:
            if len(drafts) == 1:
                if isinstance(error, OperationalError):
                    raise
                reason = "Another change of the same product got in the way; import it again."
                self._refuse(drafts[0].refuse(line, "", reason) for line in drafts[0].lines)
                return
            for draft in drafts:
                self._write([draft])

    def _try(self, drafts: list[ProductDraft]) -> Outcome:
        for attempt in range(1, _TRIES + 1):
            try:
                return write_products(
                    drafts,
                    seen=self._seen,
                    dry_run=self.report.is_dry_run,
                    reference=self._reference,
                    actor=self._actor,
                )
            except DatabaseError:
                # A slug or sku that somebody else made meanwhile, or a deadlock: the next
                # look finds it.
                if attempt == _TRIES:
                    raise
                time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311
        raise AssertionError("unreachable")

    def _add(self, outcome: Outcome) -> None:
        self.report.created += outcome.created
        self.report.updated += outcome.updated
        self.report.unchanged += outcome.unchanged
        self._refuse(outcome.refused)
        for match in outcome.taken:
            self._seen.add_product(match.draft.slug, match.draft.option_names or ())

    def _refuse(self, refused: Iterable[Refusal]) -> None:
        for refusal in refused:
            self.report.refuse(refusal)
            if self._on_refused:
                self._on_refused(refusal)


def _group(rows: Iterable[Row | Refusal]) -> Iterator[Group]:
    """The rows of one handle that follow each other; a row whose handle cannot be read
    stands alone, under ""."""
    handle, group, is_full = "", list[Row | Refusal](), False
    for row in rows:
        if not row.handle:
            yield "", [row]
        elif row.handle != handle:
            if group:
                yield handle, group
            handle, group, is_full = row.handle, [row], False
        elif is_full or len(group) == LARGEST_PRODUCT:
            if group:
                yield handle, group
            group, is_full = [], True
            reason = f"A product has at most {LARGEST_PRODUCT:,} rows."
            line = row.line
            yield "", [row if isinstance(row, Refusal) else Refusal(line, "", reason, handle)]
        else:
            group.append(row)
    if group:
        yield handle, group
