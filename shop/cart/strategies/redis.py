"""Carts in Redis or Valkey: an external store that all servers share."""

import json
from datetime import timedelta
from typing import Self, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django_redis import get_redis_connection
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from shop.cart.cart import Cart
from shop.cart.strategies.base import CartStrategy, Change
from shop.errors import CartUnavailable

# Write the new cart only if the stored one is still what the change began from. A script
# and not SET..IFEQ, which Redis has from 8.4 only; not WATCH, which takes two trips more.
_REPLACE = """
local now = redis.call('GET', KEYS[1]) or ''
if now ~= ARGV[1] then return now end
if ARGV[2] == '' then redis.call('DEL', KEYS[1])
else redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) end
return false
"""


class RedisCartStrategy(CartStrategy):
    """One key a cart, changed by compare-and-set, so parallel changes all count: a lost
    race means that another change went through, so some change always does."""

    name = "redis"
    prefix = "cart:"

    def __init__(self, *, client: Redis, address: str, ttl: timedelta) -> None:
        self.client = client
        self.address = address
        self.ttl = ttl
        self._replace = client.register_script(_REPLACE)

    @classmethod
    def from_settings(cls) -> Self:
        client = get_redis_connection("carts")
        return cls(
            client=client, address=_without_password(settings.REDIS_URL), ttl=settings.CART_TTL
        )

    def read(self, token: str) -> Cart:
        try:
            return _decode(cast("bytes | None", self.client.get(self.prefix + token)) or b"")
        except RedisError as error:
            raise CartUnavailable from error

    def update(self, token: str, change: Change) -> tuple[str, Cart]:
        key = self.prefix + token
        seconds = int(self.ttl.total_seconds())
        try:
            stored = cast("bytes | None", self.client.get(key)) or b""
            while True:
                cart = change(_decode(stored))
                found = self._replace(keys=[key], args=[stored, _encode(cart), seconds])
                if found is None:
                    return token, cart
                stored = found
        except RedisError as error:
            raise CartUnavailable from error

    def check(self) -> list[CheckMessage]:
        try:
            self.client.ping()
        except RedisError as error:
            reason = "no answer" if isinstance(error, RedisConnectionError) else str(error)
            return [
                Error(
                    "CART_STRATEGY=redis keeps carts in Redis or Valkey at "
                    f"REDIS_URL={self.address}, which cannot be used: {reason}.",
                    hint="Start one there, set REDIS_URL to where it runs, or set CART_STRATEGY to "
                    "cookie, session, local or memory.",
                    id="cart.E002",
                )
            ]
        return []


def _encode(cart: Cart) -> bytes:
    if cart == Cart():
        return b""
    parts = [cart.coupon, dict(cart), cart.nonce]
    return json.dumps(parts, separators=(",", ":"), ensure_ascii=False).encode()


def _decode(stored: bytes) -> Cart:
    if not stored:
        return Cart()
    coupon, lines, *nonce = json.loads(stored)  # older ones have no nonce yet
    return Cart(lines, coupon, *nonce)


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
