"""A small client of the shop's API, with nothing but Python's standard library.

It keeps what a program without cookies has to keep: the cart token (the header `X-Cart`)
and the pair of tokens, which it refreshes by itself, one refresh at a time.

    shop = Shop("http://127.0.0.1:8000")
    shop.add("MUG-1", 2)
    order = shop.order(email="ada@example.com", address=ADDRESS)

Run as a program it walks from the catalogue to an order:

    python examples/client.py http://127.0.0.1:8000
"""

from __future__ import annotations

import json
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NotRequired, TypedDict
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen


class Money(TypedDict):
    amount: str
    currency: str


class Stock(TypedDict):
    available: int
    version: int


class ProductRow(TypedDict):
    slug: str
    name: str
    price: Money
    in_stock: bool
    sku: str
    stock: Stock


class Line(TypedDict):
    sku: str
    name: str
    quantity: int
    unit_price: Money
    line_total: Money
    available: int
    problem: str | None


class Cart(TypedDict):
    strategy: str
    lines: list[Line]
    count: int
    total: Money
    coupon: str | None
    problems: list[str]


class Address(TypedDict):
    name: str
    line1: str
    line2: NotRequired[str]
    postcode: str
    city: str
    country: str


class Order(TypedDict):
    number: str
    status: str
    total: Money
    token: str | None


class ShopProblem(Exception):
    """What the shop refused: `code` is for programs, the text for people."""

    def __init__(self, status: int, body: Mapping[str, Any], retry_after: float) -> None:
        super().__init__(body.get("detail", f"HTTP {status}"))
        self.status = status
        self.code: str = body.get("code", "unknown")
        self.body = body
        self.retry_after = retry_after
        """Seconds to wait before another try; 0 where the shop named none."""


@dataclass
class Shop:
    """One shopper. Safe to use from several threads as far as its tokens go."""

    url: str
    cart_token: str | None = None
    access: str = ""
    refresh: str = ""
    tries: int = 3
    _lock: Lock = field(default_factory=Lock, repr=False)

    def products(self, **filters: str) -> Iterator[ProductRow]:
        """Every product that the filters leave (`search=`, `category=`, `max_price=`…)."""
        page: Any = self._call("GET", f"products/?{urlencode(filters)}")
        while True:
            yield from page["results"]
            if not page["next"]:
                return
            page = self._call("GET", page["next"])

    def cart(self) -> Cart:
        cart: Cart = self._call("GET", "cart/")
        return cart

    def add(self, sku: str, quantity: int = 1) -> Cart:
        body = {"sku": sku, "quantity": quantity}
        cart: Cart = self._call("POST", "cart/lines/", body)
        return cart

    def set(self, sku: str, quantity: int) -> Cart:
        where = f"cart/lines/{quote(sku, safe='')}/"
        cart: Cart = self._call("PATCH", where, {"quantity": quantity})
        return cart

    def clear(self) -> Cart:
        cart: Cart = self._call("DELETE", "cart/")
        return cart

    def register(self, username: str, email: str, password: str) -> None:
        self._call(
            "POST", "register/", {"username": username, "email": email, "password": password}
        )

    def log_in(self, username: str, password: str) -> None:
        """From here on the cart is the customer's; what was in it before comes along."""
        pair = self._call("POST", "token/", {"username": username, "password": password})
        self.access, self.refresh = pair["access"], pair["refresh"]

    def log_out(self) -> None:
        self._call("POST", "token/revoke/", {"refresh": self.refresh})
        self.access = self.refresh = ""

    def order(self, *, email: str, address: Address, key: str = "", **more: Any) -> Order:
        """Order the cart. The key makes it safe to send again when no answer came."""
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        body = {"email": email, "shipping_address": address, **more}
        order: Order = self._call("POST", "orders/", body, headers)
        return order

    def cancel(self, order: Order) -> Order:
        query = f"?{urlencode({'token': order['token']})}" if order["token"] else ""
        cancelled: Order = self._call("POST", f"orders/{order['number']}/cancel/{query}")
        return cancelled

    def _call(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """Send it; wait and send it again while the shop says so, refresh once if the access
        token has run out. Only what is safe to repeat is repeated."""
        access, is_refreshed = self.access, False
        for left in range(self.tries, -1, -1):
            try:
                return self._send(method, path, body, headers, access)
            except ShopProblem as problem:
                if problem.status == 401 and access and self.refresh and not is_refreshed:
                    access, is_refreshed = self._refresh(access), True
                elif problem.status in (429, 503) and problem.retry_after and left:
                    time.sleep(problem.retry_after)
                else:
                    raise
        raise AssertionError("the last try has returned or raised")

    def _refresh(self, stale: str) -> str:
        """A refresh token can be spent once: whoever comes second takes the first's pair."""
        with self._lock:
            if self.access == stale:
                pair = self._send("POST", "token/refresh/", {"refresh": self.refresh}, None, "")
                self.access, self.refresh = pair["access"], pair["refresh"]
            return self.access

    def _send(
        self, method: str, path: str, body: Any, headers: Mapping[str, str] | None, access: str
    ) -> Any:
        url = path if path.startswith("http") else f"{self.url}/api/v1/{path}"
        sent = {"Accept": "application/json", **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/json"
        if self.cart_token is not None:
            sent["X-Cart"] = self.cart_token
        if access:
            sent["Authorization"] = f"Bearer {access}"
        data = None if body is None else json.dumps(body).encode()
        request = Request(url, data, sent, method=method)  # noqa: S310  (the shop's own address)
        try:
            with urlopen(request, timeout=30) as answer:  # noqa: S310
                self.cart_token = answer.headers.get("X-Cart", self.cart_token)
                text = answer.read()
        except HTTPError as error:
            wait = float(error.headers.get("Retry-After", 0))
            raise ShopProblem(error.code, _read_problem(error), wait) from None
        return json.loads(text) if text else None


def _read_problem(error: HTTPError) -> Mapping[str, Any]:
    try:
        body: Mapping[str, Any] = json.loads(error.read())
    except ValueError:
        return {}
    return body


def main(url: str) -> None:
    """Browse, fill a cart, register, log in with it, order, cancel."""
    shop = Shop(url)
    found = next(shop.products(in_stock="true", ordering="price"))
    cart = shop.add(found["sku"])
    print(f"{cart['count']} × {found['name']}: {cart['total']['amount']}")  # noqa: T201
    name = f"shopper-{uuid.uuid4().hex[:8]}"
    shop.register(name, f"{name}@example.com", "correct-horse-9")
    shop.log_in(name, "correct-horse-9")
    address: Address = {
        "name": "Ada Lovelace",
        "line1": "Ockham Lane 1",
        "postcode": "10115",
        "city": "Berlin",
        "country": "DE",
    }
    order = shop.order(email=f"{name}@example.com", address=address)
    print(f"order {order['number']}: {order['total']['amount']}, {order['status']}")  # noqa: T201
    print(f"order {order['number']}: {shop.cancel(order)['status']}")  # noqa: T201
    shop.log_out()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
