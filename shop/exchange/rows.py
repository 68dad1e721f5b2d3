"""From bytes to rows: a product CSV read as a stream, with true line numbers.

Nothing here holds more than one row, whatever the file: a row is at most `ROW_LIMIT`
characters, and a quote that is never closed costs its own line, not the rest of the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from shop.exchange.columns import Column, Layout, read_layout
from shop.exchange.report import InvalidImportFile, Refusal

ROW_LIMIT = 1_000_000
"""Characters of one row, all its cells together."""

# The module's limit of a cell is one for the whole process; ours, on the row, is tighter.
csv.field_size_limit(ROW_LIMIT + 1)

_UNFIT = re.compile("[\x00\ud800-\udfff]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line on which it begins, and its cells by column, blanks cut off
    (but for the description)."""

    line: int
    cells: dict[str, str]

    @property
    def handle(self) -> str:
        return self.cells[Column.HANDLE]


class ProductFile:
    """The rows of a product CSV, once: each a `Row`, or the `Refusal` of one that cannot
    be read. Raises `InvalidImportFile` at once if the file is no product export."""

    def __init__(self, file: IO[bytes], on_progress: Callable[[int], None] | None = None) -> None:
        raw = io.BufferedReader(_Counted(file, on_progress))
        _refuse_other_formats(raw.peek(4)[:4])
        # An undecodable byte becomes a lone surrogate, to be told by line and column.
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
        self._lines = _Lines(text)
        self._reader = csv.reader(self._lines, strict=True)
        self.layout = self._read_layout()

    def __iter__(self) -> Iterator[Row | Refusal]:
        while True:
            self._lines.begin()
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except _TooLong:
                yield self._give_up(f"The row is longer than {ROW_LIMIT:,} characters.")
            except csv.Error:
                yield self._give_up("A quotation mark is not closed, or stands inside a cell.")
            else:
                if any(cell.strip() for cell in cells):
                    yield self._check(cells)

    def _read_layout(self) -> Layout:
        try:
            return read_layout(next(self._reader))
        except StopIteration:
            raise InvalidImportFile("The file is empty.") from None
        except (csv.Error, _TooLong):
            raise InvalidImportFile("The first row of the file cannot be read as CSV.") from None

    def _check(self, cells: list[str]) -> Row | Refusal:
        lines, names = self._lines, self.layout.names
        found = dict(zip(names, cells, strict=False))
        handle = found.get(Column.HANDLE, "").strip()
        if lines.has_unfit_text():
            for name, cell in zip(names, cells, strict=False):
                if unfit := _UNFIT.search(cell):
                    what = "a NUL byte" if unfit[0] == "\x00" else "bytes that are not UTF-8 text"
                    return Refusal(
                        lines.first, name, f"The cell holds {what}.", _UNFIT.sub("", handle)
                    )
        if len(cells) < len(names) or any(cell.strip() for cell in cells[len(names) :]):
            reason = f"The row has {len(cells)} cells, the header has {len(names)}."
            return Refusal(lines.first, "", reason, _UNFIT.sub("", handle))
        if not handle:
            return Refusal(lines.first, Column.HANDLE, "The row has no handle.")
        body = found.get(Column.BODY)
        stripped = {name: cell.strip() for name, cell in found.items() if name}
        if body is not None:
            stripped[Column.BODY] = body
        return Row(lines.first, stripped)

    def _give_up(self, reason: str) -> Refusal:
        """Refuse the row's first line; the lines after it are read anew."""
        self._lines.give_back_all_but_first()
        return Refusal(self._lines.first, "", reason, self._guess_handle(self._lines.taken[0]))

    def _guess_handle(self, line: str) -> str:
        """The handle of a line that is no whole row, so that its product is not taken
        without it; "" where it cannot be told."""
        index = self.layout.names.index(Column.HANDLE)
        try:
            cells = next(csv.reader([line[:10_000]]))
        except (csv.Error, StopIteration):
            return ""
        return _UNFIT.sub("", cells[index]).strip() if index < len(cells) - 1 else ""


class _TooLong(Exception):
    """A row passed `ROW_LIMIT`."""


class _Lines:
    """The physical lines of a text, numbered from 1, with those of the present row at hand."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._again: deque[str] = deque()
        self._number = 0
        self.begin()

    def begin(self) -> None:
        self.first = self._number + 1
        self.taken: list[str] = []
        self._size = 0

    def has_unfit_text(self) -> bool:
        return any(_UNFIT.search(line) for line in self.taken)

    def give_back_all_but_first(self) -> None:
        rest = self.taken[1:]
        self._again.extendleft(reversed(rest))
        self._number -= len(rest)
        while not rest and not self.taken[0].endswith(("\n", "\r")):
            if not (more := self._text.readline(ROW_LIMIT)):
                break
            self.taken[0] = self.taken[0][:10_000] + more[-1]

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(ROW_LIMIT + 1)
        if not line:
            raise StopIteration
        self._number += 1
        self._size += len(line)
        self.taken.append(line)
        if self._size > ROW_LIMIT:
            raise _TooLong
        return line


class _Counted(io.RawIOBase):
    """A binary file that tells how much of it was read; closing it leaves the file open."""

    def __init__(self, file: IO[bytes], on_progress: Callable[[int], None] | None) -> None:
        self._file = file
        self._on_progress = on_progress
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._count += len(chunk)
        if self._on_progress:
            self._on_progress(self._count)
        return len(chunk)


def _refuse_other_formats(start: bytes) -> None:
    if start[:2] == b"PK":
        raise InvalidImportFile("This is an Excel workbook; save it as “CSV UTF-8” instead.")
    if start[:2] in _UTF_16 or b"\x00" in start:
        raise InvalidImportFile("This file is not UTF-8 text; save it as “CSV UTF-8” instead.")
