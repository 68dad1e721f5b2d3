"""A shopper who fills a cart and orders it, through the services that every surface calls."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from shop.accounts.addresses import PostalAddress
from shop.cart.request import RequestCart
from shop.cart.strategies import load_strategy
from shop.orders.details import OrderDetails
from shop.payments.checkout import Placement, place_order
from tests.cart.visitor import Visitor

ADDRESS = PostalAddress("Ada Lovelace", "1 Analytical Row", "10115", "Berlin", "DE")
_numbers = itertools.count(1)


def make_details(**changes: Any) -> OrderDetails:
    return OrderDetails(
        **{"email": "ada@example.com", "shipping_address": ADDRESS, **changes}  # type: ignore[arg-type]
    )


def make_key() -> str:
    return f"key-{next(_numbers)}"


class Shopper(Visitor):
    """A guest (or `user`) of the strategy that the settings name."""

    def __init__(self, *, user: Any = None, is_api_client: bool = True) -> None:
        super().__init__(load_strategy(), is_api_client=is_api_client, user=user)

    def fill(self, **skus: int) -> Shopper:
        for sku, quantity in skus.items():
            self.add(sku, quantity)
        return self

    def copy_device(self) -> Shopper:
        twin = Shopper(user=self.user, is_api_client=self.is_api_client)
        twin.cookies, twin.header = dict(self.cookies), self.header
        return twin

    def order(self, key: str = "", **changes: Any) -> Placement:
        """Place the order of the cart, with a new key unless one is given."""
        customer = self.user if self.user.is_authenticated else None
        details = make_details(**changes)
        key = key or make_key()

        def place(cart: RequestCart) -> Placement:
            return place_order(cart=cart, key=key, details=details, customer=customer)

        placed: Placement = self.ask(place)
        return placed

    def ask(self, question: Callable[[RequestCart], Any]) -> Any:
        return self._ask(question)
