"""Asks the chosen strategy at start whether it can work here."""

from typing import Any

from django.core.checks import CheckMessage, register

from shop.cart.strategies import load_strategy


@register("cart")
def check_cart_strategy(**kwargs: Any) -> list[CheckMessage]:
    return load_strategy().check()
