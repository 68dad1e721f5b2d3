"""Many visitors at once, on real sockets, who come back when they are cut off."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException


class Visitor:
    """A page that watches skus. It keeps the newest level of each, and notes whatever went
    wrong: a version that went back, or a level that changed without its version."""

    def __init__(self, url: str, skus: Sequence[str]) -> None:
        self.url = url.replace("http://", "ws://") + "/ws/stock/"
        self.skus = skus
        self.levels: dict[str, tuple[int, int]] = {}
        self.faults: list[str] = []
        self.visits = 0

    async def stay(self) -> None:
        """For ever: connect, subscribe, listen."""
        while True:
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                async with connect(self.url, compression=None) as wire:
                    subscribe = {"type": "subscribe", "skus": list(self.skus)}
                    await wire.send(json.dumps(subscribe))
                    self.visits += 1
                    async for text in wire:
                        self._note(json.loads(text))
            await asyncio.sleep(random.uniform(0.05, 0.3))

    def _note(self, heard: dict[str, object]) -> None:
        for item in heard["items"] if heard["type"] == "snapshot" else [heard]:
            sku, now = item["sku"], (item["version"], item["available"])
            before = self.levels.get(sku, (-1, -1))
            # The first word of a new visit may repeat what was known before.
            is_repeat = heard["type"] == "snapshot" and now == before
            if now[0] <= before[0] and not is_repeat:
                self.faults.append(f"{sku}: {heard['type']} {now} after {before}")
            self.levels[sku] = now


@asynccontextmanager
async def welcome(visitors: Sequence[Visitor]) -> AsyncIterator[None]:
    """They are there, each with a snapshot, until the end of the block."""
    stays = [asyncio.create_task(visitor.stay()) for visitor in visitors]
    try:
        await wait_until(visitors, lambda visitor: len(visitor.levels) == len(visitor.skus))
        yield
    finally:
        for stay in stays:
            stay.cancel()
        await asyncio.gather(*stays, return_exceptions=True)


async def wait_until(visitors: Sequence[Visitor], is_done, seconds: float = 30) -> None:
    """Until it holds for all of them, or the time is over."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not all(map(is_done, visitors)) and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.05)
