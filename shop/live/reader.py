"""Reads levels for all sockets of a process in as few queries as can be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from channels.db import database_sync_to_async

from shop.catalog.models import SKU_PATTERN, Variant
from shop.inventory.announcement import MAX_LEVELS, Level

Query = Callable[[Collection[str]], list[Level]]
Batch = dict[str, Level]


def read_levels_on_sale(skus: Collection[str]) -> list[Level]:
    """The levels of those of these skus that a visitor can find in the shop."""
    found = Variant.objects.on_sale().by_sku(skus).filter(stock__isnull=False)
    return list(map(Level._make, found.values_list("sku", "stock__on_hand", "stock__version")))


class LevelReader:
    """While one query runs, all who ask meanwhile share the next: a thousand pages that
    come back at once after a restart cost a few queries, one at a time."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._wanted: set[str] = set()
        self._next: asyncio.Future[Batch] | None = None
        self._task: asyncio.Task[None] | None = None

    async def read(self, skus: Collection[str]) -> Batch:
        """The levels of these skus, read after this call; those that are not found are left
        out. Raises what the database raises."""
        wanted = [sku for sku in skus if SKU_PATTERN.fullmatch(sku) and _is_text(sku)]
        if not wanted:
            return {}
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        self._wanted.update(wanted)
        batch = self._next
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        # One who leaves must not cancel it for the others.
        found = await asyncio.shield(batch)
        return {sku: found[sku] for sku in wanted if sku in found}

    async def _run(self) -> None:
        try:
            while self._next is not None:
                batch, self._next = self._next, None
                wanted, self._wanted = sorted(self._wanted), set()
                try:
                    batch.set_result(await database_sync_to_async(self._read)(wanted))
                except Exception as error:
                    batch.set_exception(error)
                    batch.exception()  # seen, even if everyone has left
        finally:
            self._task = None

    def _read(self, wanted: list[str]) -> Batch:
        found: Batch = {}
        for start in range(0, len(wanted), MAX_LEVELS):
            for level in self._query(wanted[start : start + MAX_LEVELS]):
                found[level.sku] = level
        return found


def _is_text(sku: str) -> bool:
    # JSON can say half a surrogate pair, which no database takes.
    return not any("\ud800" <= letter <= "\udfff" for letter in sku)
