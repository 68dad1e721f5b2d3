"""Who watches what in this process, and how they are told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import random
from collections.abc import Collection, Iterable
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import DatabaseError

from shop.inventory.announce import listen, read_levels
from shop.inventory.announcement import Announcement, Level
from shop.live.feed import follow_redis
from shop.live.frames import write_stock
from shop.live.limits import AddressCount
from shop.live.outbox import Outbox
from shop.live.reader import LevelReader, read_levels_on_sale

logger = logging.getLogger(__name__)

SEND_GAP = 0.05
"""Seconds between two rounds at least: what changes meanwhile goes out once."""
SWEEP_SECONDS = 2.0
SLOW_SECONDS = 10.0
"""A reader that takes nothing for so long is cut off."""


class Hub:
    """The sockets of one process by sku, fed by one subscription.

    It runs while there are sockets. All its methods are for the event loop's thread.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.addresses = AddressCount()
        self._outboxes: set[Outbox] = set()
        self._by_sku: dict[str, set[Outbox]] = {}
        self._by_customer: dict[int, set[Outbox]] = {}
        self._newest: dict[str, Level] = {}
        self._changed: set[str] = set()
        self._round: asyncio.TimerHandle | None = None
        self._last_round = 0.0
        self._on_sale = LevelReader(read_levels_on_sale)
        self._all = LevelReader(lambda skus: read_levels(skus))
        self._due = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def enter(self, outbox: Outbox) -> None:
        self._outboxes.add(outbox)
        if not self._tasks:
            self._start()

    def leave(self, outbox: Outbox, skus: Iterable[str]) -> None:
        self.unwatch(outbox, skus)
        self._outboxes.discard(outbox)
        if not self._outboxes:
            self._stop()

    async def watch(
        self, outbox: Outbox, skus: Collection[str], *, is_staff: bool = False
    ) -> set[str]:
        """Send the socket a snapshot of these skus, then every change. Gives those that
        there are; staff see what is not on sale, too. Raises `DatabaseError`; it then
        watches what it did before."""
        added = [sku for sku in skus if outbox not in self._by_sku.get(sku, ())]
        for sku in added:
            # First be there for what changes, then read: nothing falls in between.
            self._by_sku.setdefault(sku, set()).add(outbox)
        try:
            found = await (self._all if is_staff else self._on_sale).read(skus)
        except BaseException:
            self.unwatch(outbox, added)
            raise
        self.unwatch(outbox, set(skus) - found.keys())
        self._note(found.values())
        if found or not skus:
            outbox.show_snapshot(self._newest[sku] for sku in skus if sku in found)
        return set(found)

    def unwatch(self, outbox: Outbox, skus: Iterable[str]) -> None:
        for sku in skus:
            if watching := self._by_sku.get(sku):
                watching.discard(outbox)
                if not watching:
                    del self._by_sku[sku]
                    self._newest.pop(sku, None)
        outbox.forget(skus)

    def follow(self, outbox: Outbox, customer_pk: int) -> None:
        """Send the socket this customer's own events."""
        self._by_customer.setdefault(customer_pk, set()).add(outbox)

    def unfollow(self, outbox: Outbox, customer_pk: int | None) -> None:
        if customer_pk is not None and (following := self._by_customer.get(customer_pk)):
            following.discard(outbox)
            if not following:
                del self._by_customer[customer_pk]

    def receive(self, told: Announcement) -> None:
        """Pass on what was announced, here or in another process."""
        self._note(told.levels)
        for customer_pk, event in told.events:
            if following := self._by_customer.get(customer_pk):
                text = json.dumps(event, separators=(",", ":"))
                for outbox in tuple(following):
                    outbox.put(text)

    async def read_again(self) -> None:
        """Read all that is watched, and send what is newer than what was shown: mends
        whatever got lost while Redis, or whoever announced, was away."""
        try:
            self._note((await self._all.read(tuple(self._by_sku))).values())
        except DatabaseError as error:
            logger.warning("The watched levels could not be read: %s", error)

    def _note(self, levels: Iterable[Level]) -> None:
        for level in levels:
            if level.sku in self._by_sku and level.is_newer_than(self._newest.get(level.sku)):
                self._newest[level.sku] = level
                self._changed.add(level.sku)
        if self._changed and self._round is None:
            due = max(self._loop.time(), self._last_round + SEND_GAP)
            self._round = self._loop.call_at(due, self._send_round)

    def _send_round(self) -> None:
        self._round = None
        self._last_round = self._loop.time()
        changed, self._changed = self._changed, set()
        for sku in changed:
            if level := self._newest.get(sku):
                text = write_stock(level)
                for outbox in tuple(self._by_sku[sku]):
                    outbox.show(level, text)

    def _start(self) -> None:
        self._tasks = [
            self._loop.create_task(self._listen_here()),
            self._loop.create_task(self._read_now_and_then()),
            self._loop.create_task(self._sweep()),
        ]
        if url := settings.CHANNEL_LAYER_URL:
            followed = follow_redis(url, self.receive, self._due.set)
            self._tasks.append(self._loop.create_task(followed))

    def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        if self._round is not None:
            self._round.cancel()
            self._round = None
        self._changed.clear()

    async def _listen_here(self) -> None:
        def hear(told: Announcement) -> None:
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self.receive, told)

        stop = listen(hear)
        try:
            await asyncio.Future()
        finally:
            stop()

    async def _read_now_and_then(self) -> None:
        while True:
            # Spread, so that many processes do not ask the database at the same moment.
            pause = settings.LIVE_REREAD_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._due.wait(), pause)
            self._due.clear()
            await self.read_again()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            late = self._loop.time() - SLOW_SECONDS
            for outbox in tuple(self._outboxes):
                if outbox.sending_since is not None and outbox.sending_since < late:
                    outbox.cut()


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def find_hub() -> Hub:
    """The hub of the running event loop; a server process has one."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
