"""Carts held by the client: the token is the cart."""

from typing import ClassVar

from shop.cart.cart import Cart
from shop.cart.strategies.base import Carrier, CartStrategy, Change
from shop.errors import InvalidCartToken


class ClientCartStrategy(CartStrategy):
    """The server keeps nothing: each answer hands the whole cart back, signed.

    Two changes that start from one token do not know of each other: the last answer
    wins (a page queues its own). Whoever kept an older token can show it again, but not
    order it again: its nonce is spent.
    """

    is_client_held = True
    # Browsers promise 4,096 bytes for a cookie with its name (RFC 6265, 6.1).
    max_token_bytes: ClassVar[int | None] = 3_900

    def read(self, token: str) -> Cart:
        return decode_cart(token)

    def update(self, token: str, change: Change) -> tuple[str, Cart]:
        cart = change(self.read(token))
        return encode_cart(cart), cart


class CookieCartStrategy(ClientCartStrategy):
    name = "cookie"
    carrier = Carrier.COOKIE


class LocalCartStrategy(ClientCartStrategy):
    name = "local"
    carrier = Carrier.STORAGE


def encode_cart(cart: Cart) -> str:
    """The nonce, the coupon, then a sku and a quantity in turn, a line each: none has a line
    break, so nothing needs quoting, and repeated patterns compress well."""
    lines = (f"{sku}\n{quantity}" for sku, quantity in cart.items())
    return "\n".join([cart.nonce, cart.coupon, *lines])


def decode_cart(text: str) -> Cart:
    """The cart that `encode_cart` wrote; "" is an empty one. Raises `InvalidCartToken`."""
    nonce, coupon, *parts = text.split("\n") if text else ("", "")
    try:
        return Cart(dict(zip(parts[::2], map(int, parts[1::2]), strict=True)), coupon, nonce)
    except ValueError:
        raise InvalidCartToken from None
