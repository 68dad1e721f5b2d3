"""Coupons as the API knows them, until pricing has them."""

from __future__ import annotations

from shop.cart.request import RequestCart
from shop.errors import ShopError


class UnknownCoupon(ShopError):
    """No coupon has this code, or it does not hold now."""

    code = "unknown_coupon"

    def __init__(self) -> None:
        super().__init__("There is no coupon with this code.")


def apply_coupon(cart: RequestCart, *, code: str) -> None:
    """Put the coupon on the cart. Raises `UnknownCoupon`."""
    raise UnknownCoupon
