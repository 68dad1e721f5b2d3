"""Announces what a committed change has made of the stock.

Who listens is not known here: listeners of this process are called, and where
`settings.CHANNEL_LAYER_URL` names a Redis or Valkey, the other processes hear of it, too.
Nothing here slows or breaks the change that is announced.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction

from shop.inventory.announcement import MAX_LEVELS, Announcement, CustomerEvent, Level
from shop.inventory.models import StockLevel
from shop.inventory.publisher import find_publisher, ping_redis

logger = logging.getLogger(__name__)

T = TypeVar("T")
Listener = Callable[[Announcement], None]
_listeners: list[Listener] = []


def announce_levels(skus: Iterable[str]) -> None:
    """Announce these skus' levels once the transaction around has committed; never if it,
    or the savepoint around, is rolled back.

    They are read after the commit, in one query for all that a transaction changed, so
    what is announced was true, and with it its version.
    """
    connection = transaction.get_connection()
    here = set(connection.savepoint_ids)
    for savepoints, waiting, _ in connection.run_on_commit:
        # Savepoints beyond those around us are released: what waits shares our fate.
        if isinstance(waiting, _ChangedLevels) and here <= savepoints:
            waiting.skus.update(skus)
            return
    if changed := set(skus):
        transaction.on_commit(_ChangedLevels(changed), robust=True)


def announce_customer(customer_pk: int, event: dict[str, Any]) -> None:
    """Send an event to all sockets of this customer once the transaction around has
    committed. `event` is a JSON object with a `type` (`"cart"`, `"order"`); of an order it
    has its `number`. A best effort: a page also shows the truth when it is loaded.
    """
    told = Announcement(events=(CustomerEvent(customer_pk, event),))
    transaction.on_commit(lambda: _send_event(told), robust=True)


def listen(listener: Listener) -> Callable[[], None]:
    """Have `listener` called in this process, from whatever thread committed; it must not
    wait for anything. Gives the function that ends it."""
    _listeners.append(listener)

    def stop() -> None:
        with contextlib.suppress(ValueError):
            _listeners.remove(listener)

    return stop


def read_levels(skus: Iterable[str]) -> list[Level]:
    """The levels of these skus as they stand; a sku without one is left out."""
    found: list[Level] = []
    for chunk in _in_chunks(sorted(skus)):
        rows = StockLevel.objects.filter(variant__sku__in=chunk)
        found += map(Level._make, rows.values_list("variant__sku", "on_hand", "version"))
    return found


def check_transport() -> str:
    """Why announcements cannot reach other processes now; empty where they can, and where
    there is one process only. Takes at most a second."""
    return ping_redis(settings.CHANNEL_LAYER_URL) if settings.CHANNEL_LAYER_URL else ""


class _ChangedLevels:
    """The callback that waits for a commit, with the skus changed until then."""

    def __init__(self, skus: set[str]) -> None:
        self.skus = skus

    def __call__(self) -> None:
        for levels in _in_chunks(read_levels(self.skus)):
            told = Announcement(levels=tuple(levels))
            # Sockets of this process need no Redis, and hear it although Redis is down.
            _call_listeners(told)
            if publisher := find_publisher(settings.CHANNEL_LAYER_URL):
                publisher.put(told)


def _send_event(told: Announcement) -> None:
    told.encode()  # What is not JSON fails here, where it is logged, and not in the thread.
    # One way only: unlike a level, an event has no version to know its double by.
    if publisher := find_publisher(settings.CHANNEL_LAYER_URL):
        publisher.put(told)
    else:
        _call_listeners(told)


def _call_listeners(told: Announcement) -> None:
    for listener in tuple(_listeners):
        try:
            listener(told)
        except Exception:
            logger.exception("A listener failed; the change itself is done.")


def _in_chunks(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), MAX_LEVELS):
        yield items[start : start + MAX_LEVELS]
