"""Files that are made while they are sent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse


def send_csv(request: HttpRequest, name: str, lines: Iterator[str]) -> StreamingHttpResponse:
    """The lines as a download, of which no more is in memory than one part."""
    return StreamingHttpResponse(
        # Under ASGI, Django would gather all of a plain iterator before the first byte.
        _step_by_step(lines) if isinstance(request, ASGIRequest) else lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _step_by_step(lines: Iterator[str]) -> AsyncIterator[str]:
    step = sync_to_async(lambda: next(lines, None))
    while (line := await step()) is not None:
        yield line
