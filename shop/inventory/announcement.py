"""What is said about the stock, and to a customer, from one process to the others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

MAX_LEVELS = 500
"""Levels in one announcement; more are said in several."""


class Level(NamedTuple):
    """How many of a sku can be sold, as of a version; the larger version is the newer."""

    sku: str
    available: int
    version: int

    def is_newer_than(self, other: Level | None) -> bool:
        return other is None or self.version > other.version


class CustomerEvent(NamedTuple):
    """Something for one customer's own sockets: a JSON object with a `type`."""

    customer_pk: int
    event: dict[str, Any]

    @property
    def topic(self) -> tuple[int, str, str]:
        """Of two events with one topic only the newer is worth sending."""
        return self.customer_pk, str(self.event["type"]), str(self.event.get("number", ""))


@dataclass(frozen=True, slots=True)
class Announcement:
    """Levels as they stand, never a difference, so that one lost or said twice does no harm."""

    levels: tuple[Level, ...] = ()
    events: tuple[CustomerEvent, ...] = ()

    def encode(self) -> bytes:
        return json.dumps([self.levels, self.events], separators=(",", ":")).encode()

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Raises `ValueError` for what `encode` did not make."""
        try:
            levels, events = json.loads(data)
            return cls(
                tuple(Level(str(sku), int(n), int(version)) for sku, n, version in levels),
                tuple(CustomerEvent(int(pk), dict(event)) for pk, event in events),
            )
        except (TypeError, RecursionError) as error:
            raise ValueError(str(error)) from error
