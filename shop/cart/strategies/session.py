"""Carts in the database, found through Django's database session."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from shop.cart.cart import Cart
from shop.cart.models import StoredCart
from shop.cart.strategies.base import Carrier, CartStrategy, Change
from shop.errors import CartUnavailable

_DATABASE_ENGINES = (
    "django.contrib.sessions.backends.db",
    "django.contrib.sessions.backends.cached_db",
)


class SessionCartStrategy(CartStrategy):
    """One row a cart, locked for the change: every server sees it, parallel changes all
    count, and it outlives every restart. Costs two to four statements a change."""

    name = "session"
    carrier = Carrier.SESSION

    def __init__(self, *, ttl: timedelta) -> None:
        self.ttl = ttl

    @classmethod
    def from_settings(cls) -> Self:
        return cls(ttl=settings.CART_TTL)

    def read(self, token: str) -> Cart:
        try:
            row = StoredCart.objects.live().filter(key=token).first()
        except (OperationalError, InterfaceError) as error:
            raise CartUnavailable from error
        return row.cart if row else Cart()

    def update(self, token: str, change: Change) -> tuple[str, Cart]:
        try:
            with transaction.atomic():
                return token, self._change_locked(token, change)
        except (OperationalError, InterfaceError) as error:
            raise CartUnavailable from error

    def check(self) -> list[CheckMessage]:
        engine = settings.SESSION_ENGINE
        if engine in _DATABASE_ENGINES:
            return []
        return [
            Error(
                "CART_STRATEGY=session keeps carts with database sessions, but SESSION_ENGINE "
                f"is {engine!r}.",
                hint=f"Set SESSION_ENGINE to {' or '.join(_DATABASE_ENGINES)}.",
                id="cart.E003",
            )
        ]

    def _change_locked(self, key: str, change: Change) -> Cart:
        now = timezone.now()
        expires_at = now + self.ttl
        while (row := self._lock_row(key)) is None:
            # Whoever is first makes the row; the others find it and wait for its lock.
            StoredCart.objects.bulk_create(
                [StoredCart(key=key, expires_at=expires_at)], ignore_conflicts=True
            )
        cart = change(row.cart if row.expires_at > now else Cart())
        StoredCart.objects.filter(key=key).update(
            lines=list(cart.items()),
            coupon=cart.coupon,
            nonce=cart.nonce,
            updated_at=now,
            expires_at=expires_at,
        )
        return cart

    def _lock_row(self, key: str) -> StoredCart | None:
        # On SQLite the transaction is IMMEDIATE (see settings), so it holds the lock already.
        return StoredCart.objects.select_for_update().filter(key=key).first()
