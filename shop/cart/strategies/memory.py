"""Carts in the memory of one worker: the classic stateful server."""

import os
from collections import OrderedDict
from datetime import timedelta
from threading import Lock
from time import monotonic
from typing import Self

from django.conf import settings
from django.core.checks import CheckMessage, Warning

from shop.cart.cart import Cart
from shop.cart.strategies.base import CartStrategy, Change


class MemoryCartStrategy(CartStrategy):
    """A dictionary behind a lock: the fastest, gone with the process, and each worker
    has its own, so a visitor must always reach the same one (sticky sessions).

    Bounded: past `max_carts` the one unchanged for longest goes; so does one after `ttl`.
    """

    name = "memory"

    def __init__(self, *, ttl: timedelta, max_carts: int) -> None:
        self.ttl = ttl
        self.max_carts = max_carts
        self._carts: OrderedDict[str, tuple[Cart, float]] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def from_settings(cls) -> Self:
        return cls(ttl=settings.CART_TTL, max_carts=settings.CART_MEMORY_MAX)

    def read(self, token: str) -> Cart:
        with self._lock:
            return self._get(token)

    def update(self, token: str, change: Change) -> tuple[str, Cart]:
        with self._lock:
            cart = change(self._get(token))
            if cart == Cart():
                self._carts.pop(token, None)
            else:
                self._carts[token] = (cart, monotonic() + self.ttl.total_seconds())
                self._carts.move_to_end(token)
                self._evict()
            return token, cart

    def check(self) -> list[CheckMessage]:
        workers = os.environ.get("WEB_CONCURRENCY", "1")
        if workers.strip() in ("", "0", "1"):
            return []
        return [
            Warning(
                f"CART_STRATEGY=memory with WEB_CONCURRENCY={workers}: each worker has carts "
                "of its own, so a visitor loses the cart whenever another worker answers.",
                hint="Send each visitor to one worker (sticky sessions, see "
                "docs/cart-strategies.md), use one worker, or choose redis, session or cookie.",
                id="cart.W001",
            )
        ]

    def _get(self, token: str) -> Cart:
        cart, expires = self._carts.get(token, (Cart(), 0.0))
        return cart if expires > monotonic() else Cart()

    def _evict(self) -> None:
        # In order of last change, so the first are both the oldest and the first to expire.
        now = monotonic()
        while self._carts:
            oldest = next(iter(self._carts))
            if len(self._carts) <= self.max_carts and self._carts[oldest][1] > now:
                break
            del self._carts[oldest]
