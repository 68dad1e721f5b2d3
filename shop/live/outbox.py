"""What waits to be sent to one socket."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from shop.inventory.announcement import Level
from shop.live.eager import start_eagerly
from shop.live.frames import write_snapshot

MAX_ANSWERS = 100
"""Answers and events that wait for one socket at most; a reader that is further behind is
cut off. Levels need no such limit: of each sku that it watches only the newest waits."""

TRY_AGAIN_LATER = 1013


class Outbox:
    """Sends in a task of its own, so a slow reader holds up nobody else, and never shows a
    sku's version after a newer one.

    `send` is the socket's ASGI `send`; `cut` ends the socket of a reader that does not read,
    where the server has such a thing.
    """

    __slots__ = (
        "_answers",
        "_cut",
        "_is_draining",
        "_levels",
        "_send",
        "_task",
        "_versions",
        "sending_since",
    )

    def __init__(
        self, send: Callable[[dict[str, Any]], Awaitable[None]], cut: Callable[[], None] | None
    ) -> None:
        self._send = send
        self._cut = cut
        self._answers: deque[dict[str, Any]] = deque()
        self._levels: dict[str, str] = {}
        self._versions: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None
        self._is_draining = False
        self.sending_since: float | None = None
        """By the loop's clock; None while nothing is being sent."""

    def put(self, text: str) -> None:
        """An answer or an event; they keep their order."""
        if len(self._answers) >= MAX_ANSWERS:
            self.cut()
            return
        self._answers.append({"type": "websocket.send", "text": text})
        self._wake()

    def show_snapshot(self, levels: Iterable[Level]) -> None:
        """These skus as they stand; from here on `show` sends what is newer."""
        levels = list(levels)
        for sku, _, version in levels:
            self._versions[sku] = version
            self._levels.pop(sku, None)
        self.put(write_snapshot(levels))

    def show(self, level: Level, text: str) -> None:
        """`text`, the level written as a frame, unless this or a newer one was shown, or
        the snapshot is still to come."""
        if self._versions.get(level.sku, level.version) < level.version:
            self._versions[level.sku] = level.version
            self._levels[level.sku] = text
            self._wake()

    def forget(self, skus: Iterable[str]) -> None:
        for sku in skus:
            self._versions.pop(sku, None)
            self._levels.pop(sku, None)

    def close(self, code: int, reason: str) -> None:
        """Send no more but the close."""
        self._answers.clear()
        self._levels.clear()
        self._answers.append({"type": "websocket.close", "code": code, "reason": reason})
        self._wake()

    def cut(self) -> None:
        """End the socket of a reader that does not read."""
        if self._cut is not None:
            self.stop()
            self._cut()
        else:
            self.close(TRY_AGAIN_LATER, "too slow")

    def stop(self) -> None:
        """The socket is gone: send nothing any more."""
        self._answers.clear()
        self._levels.clear()
        self._versions.clear()
        if self._task is not None:
            self._task.cancel()

    def _wake(self) -> None:
        if self._task is None and not self._is_draining:
            self._task = start_eagerly(self._drain())

    async def _drain(self) -> None:
        self._is_draining = True
        now = asyncio.get_running_loop().time
        try:
            while self._answers or self._levels:
                if self._answers:
                    message = self._answers.popleft()
                else:
                    text = self._levels.pop(next(iter(self._levels)))
                    message = {"type": "websocket.send", "text": text}
                self.sending_since = now()
                await self._send(message)
        except (OSError, RuntimeError):
            # The reader has gone; the consumer hears of it by itself.
            self._answers.clear()
            self._levels.clear()
        finally:
            self.sending_since = None
            self._task = None
            self._is_draining = False
