"""What an import tells: how many products came in, which rows did not and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from shop.errors import ShopError


class InvalidImportFile(ShopError):
    """The file as a whole cannot be read as a product export; nothing was imported."""

    code = "invalid_import_file"


class Refusal(NamedTuple):
    """One refused row. `line` is where it begins in the file, as an editor counts;
    `column` is empty where the row as a whole is at fault."""

    line: int
    column: str
    reason: str
    handle: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{place}: {self.reason}"


@dataclass(slots=True)
class Note:
    """Something that was read otherwise than it was written, told once for all rows."""

    text: str
    rows: int
    first_line: int

    def __str__(self) -> str:
        where = f"line {self.first_line}"
        if self.rows > 1:
            where = f"{self.rows} rows, the first on {where}"
        return f"{self.text} ({where})"


@dataclass(slots=True)
class Report:
    """The outcome of one import; the numbers count products.

    `refused` keeps the first `KEPT` rows, so that a report is of bounded size;
    `refused_count` counts them all (`on_refused` of `import_products` is told each).
    """

    KEPT = 10_000

    is_dry_run: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    refused_count: int = 0
    noted: dict[str, Note] = field(default_factory=dict)

    @property
    def notes(self) -> list[Note]:
        return list(self.noted.values())

    @property
    def imported(self) -> int:
        """Products of the file that the shop now has: created, updated or as they were."""
        return self.created + self.updated + self.unchanged

    @property
    def is_complete(self) -> bool:
        """Was every row taken?"""
        return self.refused_count == 0

    def refuse(self, refusal: Refusal) -> None:
        self.refused_count += 1
        if len(self.refused) < self.KEPT:
            self.refused.append(refusal)

    def note(self, text: str, line: int) -> None:
        """Count one row more for this note. `text` must not vary from row to row."""
        if found := self.noted.get(text):
            found.rows += 1
        else:
            self.noted[text] = Note(text, 1, line)

    def summary(self) -> str:
        """One sentence for a terminal or a page."""
        parts = [
            f"{self.created} products created",
            f"{self.updated} updated",
            f"{self.unchanged} unchanged",
            f"{self.refused_count} rows refused",
        ]
        return ("Dry run, nothing was written: " if self.is_dry_run else "") + ", ".join(parts)
