"""CSV for a spreadsheet, part by part."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.http import HttpRequest, StreamingHttpResponse

from shop.backoffice.downloads import send_csv

_ROWS = 200
"""In each part that is sent."""


def disarm(text: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula, and it may come from anybody."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def stream_csv(
    request: HttpRequest, name: str, header: Sequence[str], rows: Iterable[Sequence[str | int]]
) -> StreamingHttpResponse:
    """A file of today. Texts are disarmed, numbers stay as they are."""
    return send_csv(request, f"{name}-{date.today().isoformat()}.csv", _write(header, rows))


def _write(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    buffer = io.StringIO()
    # With this line end (RFC 4180) Python's writer quotes a cell with a lone "\r" too.
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    for number, row in enumerate(rows, start=1):
        writer.writerow([disarm(cell) if isinstance(cell, str) else cell for cell in row])
        if number % _ROWS == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
