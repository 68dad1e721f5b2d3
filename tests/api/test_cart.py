"""The cart resource, under all five strategies."""

from __future__ import annotations

from typing import Any

import pytest

from shop.inventory.services import set_stock
from tests.api.shopper import Shopper, assert_problem
from tests.factories import ProductFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cart_strategy")]


@pytest.fixture
def product() -> Any:
    return ProductFactory(sku="A", price_minor=1_290, stock=5, name="Mug", slug="mug")


def test_no_token_is_an_empty_cart(shopper: Shopper, cart_strategy: str) -> None:
    answer = shopper.get("cart/")
    zero = {"amount": "0.00", "currency": "EUR"}
    assert answer.json() == {
        "strategy": cart_strategy,
        "lines": [],
        "count": 0,
        "subtotal": zero,
        "discount": zero,
        "shipping": zero,
        "tax": zero,
        "total": zero,
        "coupon": None,
        "problems": [],
    }
    assert "X-Cart" not in answer.headers
    assert "private" in answer.headers["Cache-Control"]
    assert {"Authorization", "Cookie", "X-Cart"} <= set(answer.headers["Vary"].split(", "))


def test_first_change_hands_out_a_token(shopper: Shopper, product: Any) -> None:
    answer = shopper.add("A", 2)
    assert answer.status_code == 201
    assert answer.headers["X-Cart"]
    body = answer.json()
    assert body["lines"] == [
        {
            "sku": "A",
            "product": "mug",
            "name": "Mug",
            "image": None,
            "quantity": 2,
            "unit_price": {"amount": "12.90", "currency": "EUR"},
            "line_total": {"amount": "25.80", "currency": "EUR"},
            "available": 5,
            "problem": None,
        }
    ]
    assert body["count"] == 2
    assert body["total"] == {"amount": "25.80", "currency": "EUR"}
    assert shopper.read_cart() == {"A": 2}


def test_set_remove_and_clear(shopper: Shopper, product: Any) -> None:
    ProductFactory(sku="B", stock=5)
    shopper.add("A")
    shopper.add("B")
    assert shopper.add("A").json()["lines"][0]["quantity"] == 2
    assert shopper.patch("cart/lines/A/", {"quantity": 4}).status_code == 200
    assert shopper.read_cart() == {"A": 4, "B": 1}
    assert shopper.patch("cart/lines/B/", {"quantity": 0}).status_code == 200
    assert shopper.read_cart() == {"A": 4}
    assert shopper.delete("cart/lines/A/").status_code == 200
    assert shopper.delete("cart/lines/A/").status_code == 200
    assert shopper.patch("cart/lines/A/", {"quantity": 1}).status_code == 200
    assert shopper.delete("cart/").json()["lines"] == []
    assert shopper.read_cart() == {}


@pytest.mark.parametrize("sku", ["A/B", "A B", "Ä+%", "A/", "."])
def test_odd_skus_in_the_address(shopper: Shopper, sku: str) -> None:
    from urllib.parse import quote

    ProductFactory(sku=sku, stock=5)
    shopper.add(sku)
    where = f"cart/lines/{quote(sku, safe='')}/"
    assert shopper.patch(where, {"quantity": 3}).status_code == 200
    assert shopper.read_cart() == {sku: 3}
    assert shopper.delete(where).json()["lines"] == []


def test_unknown_sku(shopper: Shopper, product: Any) -> None:
    assert_problem(shopper.add("NOPE"), 404, "unknown_sku")
    assert_problem(shopper.add("A\x00"), 400, "invalid")
    assert_problem(shopper.add(" "), 400, "invalid")
    assert_problem(shopper.add("A" * 65), 404, "unknown_sku")
    assert_problem(shopper.patch("cart/lines/NOPE/", {"quantity": 1}), 404, "unknown_sku")
    assert_problem(shopper.patch("cart/lines/A%00/", {"quantity": 1}), 404, "unknown_sku")
    assert shopper.delete("cart/lines/A%00/").status_code == 200


@pytest.mark.parametrize(
    "quantity", [0, -1, 1_000, 10**30, "2", "", 1.0, 1.5, True, None, [1], {"a": 1}]
)
def test_invalid_quantity(shopper: Shopper, product: Any, quantity: Any) -> None:
    body = assert_problem(shopper.add("A", quantity), 400, "invalid_quantity")
    assert "quantity" in body["errors"]
    shopper.add("A")
    if quantity != 0:
        answer = shopper.patch("cart/lines/A/", {"quantity": quantity})
        assert_problem(answer, 400, "invalid_quantity")
    assert shopper.read_cart() == {"A": 1}


def test_missing_quantity(shopper: Shopper, product: Any) -> None:
    assert_problem(shopper.post("cart/lines/", {"sku": "A"}), 400, "invalid_quantity")


def test_insufficient_stock(shopper: Shopper, product: Any) -> None:
    shopper.add("A", 3)
    body = assert_problem(shopper.add("A", 3), 409, "insufficient_stock")
    assert (body["sku"], body["available"]) == ("A", 5)
    answer = shopper.patch("cart/lines/A/", {"quantity": 6})
    assert assert_problem(answer, 409, "insufficient_stock")["available"] == 5
    assert shopper.read_cart() == {"A": 3}


def test_problems_of_lines(shopper: Shopper, product: Any) -> None:
    gone = ProductFactory(sku="B", stock=5)
    out = ProductFactory(sku="C", stock=5)
    for sku in "ABC":
        shopper.add(sku, 3)
    set_stock(quantities={"A": 2, "C": 0})
    gone.status = "archived"
    gone.save()
    assert out
    body = shopper.get("cart/").json()
    problems = {line["sku"]: line["problem"] for line in body["lines"]}
    assert problems == {"A": "insufficient_stock", "B": "unavailable", "C": "out_of_stock"}
    assert body["problems"] == ["insufficient_stock", "out_of_stock", "unavailable"]
    line = body["lines"][1]
    assert (line["name"], line["product"], line["image"]) == ("B", None, None)
    assert line["unit_price"]["amount"] == "0.00"
    assert shopper.delete("cart/lines/B/").status_code == 200


def test_full_cart(shopper: Shopper, monkeypatch: Any) -> None:
    from shop.cart.cart import Cart

    monkeypatch.setattr(Cart, "max_lines", 2)
    for sku in "ABC":
        ProductFactory(sku=sku, stock=5)
    shopper.add("A")
    shopper.add("B")
    assert_problem(shopper.add("C"), 409, "cart_full")
    assert shopper.read_cart() == {"A": 1, "B": 1}


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "x" * 9_000])
def test_forged_token(shopper: Shopper, product: Any, token: str) -> None:
    shopper.cart = token
    assert_problem(shopper.get("cart/"), 400, "invalid_cart_token")
    assert_problem(shopper.add("A"), 400, "invalid_cart_token")


def test_expired_token(shopper: Shopper, product: Any, settings: Any) -> None:
    import time_machine
    from django.utils import timezone

    shopper.add("A")
    with time_machine.travel(timezone.now() + settings.CART_TTL * 1.1):
        assert_problem(shopper.get("cart/"), 400, "invalid_cart_token")


def test_coupon(shopper: Shopper, product: Any) -> None:
    shopper.add("A")
    answer = shopper.put("cart/coupon/", {"code": "NOPE"})
    assert answer.status_code in (400, 404)
    assert answer.json()["code"] == "unknown_coupon"
    assert shopper.delete("cart/coupon/").json()["coupon"] is None


def test_queries_do_not_grow_with_lines(
    shopper: Shopper, product: Any, cart_strategy: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        ProductFactory(sku=f"S{number}")
        shopper.add(f"S{number}")
    with django_assert_max_num_queries(3 if cart_strategy == "session" else 2):
        shopper.get("cart/")
