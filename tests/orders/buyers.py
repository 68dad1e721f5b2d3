"""`python -m tests.orders.buyers NUMBER LINES...`: so many shoppers, each with a cart of the
lines ("A=2"), order at the same moment, in threads of this process. Prints each outcome."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from shop.cart.cart import Cart  # noqa: E402
from shop.errors import ShopError  # noqa: E402
from tests.orders.shopper import Shopper  # noqa: E402
from tests.threads import run_at_once  # noqa: E402


def main(number: int, lines: list[str]) -> None:
    goods = {sku: int(pieces) for sku, pieces in (line.split("=") for line in lines)}

    def buy(buyer: int) -> str:
        shopper = Shopper()
        shopper.update(Cart.merge, Cart(goods))
        try:
            return str(shopper.order().order.state)
        except ShopError as refusal:
            return refusal.code

    outcomes = run_at_once(buy, threads=number)
    print(json.dumps(Counter(map(str, outcomes))))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
