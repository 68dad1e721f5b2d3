"""Coupons as the API knows them, until pricing has them."""

from __future__ import annotations

from shop.cart.request import RequestCart
from shop.errors import UnknownCoupon


def apply_coupon(cart: RequestCart, *, code: str) -> None:
    """Put the coupon on the cart. Raises `UnknownCoupon`."""
    raise UnknownCoupon(code)
