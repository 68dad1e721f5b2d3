"""From the cart to an order over the API, under all five strategies."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from shop.accounts.models import User
from shop.catalog.models import Variant
from shop.inventory.services import set_stock
from shop.orders.models import Order
from tests.api.shopper import Shopper, assert_problem
from tests.factories import PASSWORD, ProductFactory, UserFactory
from tests.threads import run_at_once

pytestmark = pytest.mark.django_db

ADDRESS = {
    "name": "Ada Lovelace",
    "line1": "Ockham Lane 1",
    "line2": "",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}
BODY = {"email": "ada@example.com", "shipping_address": ADDRESS}


@pytest.fixture
def mug() -> Any:
    return ProductFactory(sku="A", price_minor=1_290, stock=5, name="Mug", slug="mug")


def order(shopper: Shopper, key: str | None = None, **changes: Any) -> Any:
    headers = {"Idempotency-Key": key or uuid.uuid4().hex}
    return shopper.post("orders/", {**BODY, **changes}, headers=headers)


def left(sku: str = "A") -> int:
    return int(Variant.objects.get(sku=sku).stock.on_hand)


def test_a_guest_orders(shopper: Shopper, mug: Any, cart_strategy: str) -> None:
    shopper.add("A", 2)
    answer = order(shopper, payment_method="demo", payment_token="demo-ok")
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert body["lines"][0] == {
        "sku": "A",
        "name": "Mug",
        "quantity": 2,
        "unit_price": {"amount": "12.90", "currency": "EUR"},
        "line_total": {"amount": "25.80", "currency": "EUR"},
        "discount": {"amount": "0.00", "currency": "EUR"},
        "tax": {"amount": "4.12", "currency": "EUR"},
    }
    assert body["total"] == {"amount": "25.80", "currency": "EUR"}
    assert body["shipping_address"] == body["billing_address"] == ADDRESS
    assert (body["email"], left()) == ("ada@example.com", 3)
    assert shopper.read_cart() == {}
    seen = Shopper().get(f"orders/{body['number']}/?token={body['token']}")
    assert seen.json()["number"] == body["number"]


def test_same_key_same_order(shopper: Shopper, mug: Any, cart_strategy: str) -> None:
    shopper.add("A", 2)
    before = shopper.cart
    first = order(shopper, "key-1")
    shopper.cart = before
    again = order(shopper, "key-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["number"] == first.json()["number"]
    assert again.json()["token"] == first.json()["token"]
    shopper.cart = before
    assert_problem(order(shopper, "key-1", email="b@example.com"), 422, "idempotency_mismatch")
    shopper.cart = before
    assert_problem(order(shopper, "key-2"), 409, "cart_already_ordered")
    assert (Order.objects.count(), left()) == (1, 3)


def test_no_key(shopper: Shopper, mug: Any) -> None:
    shopper.add("A")
    assert_problem(shopper.post("orders/", BODY), 400, "idempotency_key_required")
    for key in (" ", "é", "x" * 256):
        assert_problem(order(shopper, key), 400, "idempotency_key_required")


def test_not_enough_stock(shopper: Shopper, mug: Any, cart_strategy: str) -> None:
    shopper.add("A", 3)
    set_stock(quantities={"A": 2})
    body = assert_problem(order(shopper), 409, "insufficient_stock")
    assert body["lines"][0]["sku"] == "A"
    assert body["lines"][0]["available"] == 2
    assert (shopper.read_cart(), left(), Order.objects.count()) == ({"A": 3}, 2, 0)


def test_declined(shopper: Shopper, mug: Any, cart_strategy: str) -> None:
    shopper.add("A", 3)
    assert_problem(order(shopper, payment_token="demo-declined"), 402, "payment_declined")
    assert (shopper.read_cart(), left()) == ({"A": 3}, 5)
    assert Order.objects.placed().count() == 0
    assert order(shopper, payment_token="demo-ok").status_code == 201


def test_expected_total(shopper: Shopper, mug: Any) -> None:
    shopper.add("A", 2)
    body = assert_problem(order(shopper, expected_total="25.00"), 409, "price_changed")
    assert "25.80" in body["total"]
    assert shopper.read_cart() == {"A": 2}
    money = {"amount": "25.80", "currency": "EUR"}
    for bad in (25.8, 25, "abc", "-1", "1e400", "NaN", {"amount": "25.80", "currency": "USD"}, []):
        found = assert_problem(order(shopper, expected_total=bad), 400, "invalid")
        assert list(found["errors"]) == ["expected_total"]
    assert order(shopper, expected_total=money).status_code == 201
    shopper.add("A", 1)
    assert order(shopper, expected_total="12.90").status_code == 201


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nothing"}, "email"),
        ({"email": None}, "email"),
        ({"shipping_address": None}, "shipping_address"),
        ({"shipping_address": "here"}, "shipping_address"),
        ({"shipping_address": {**ADDRESS, "country": "XX"}}, "shipping_address.country"),
        ({"shipping_address": {**ADDRESS, "country": "Germany"}}, "shipping_address.country"),
        ({"shipping_address": {**ADDRESS, "city": ""}}, "shipping_address.city"),
        ({"shipping_address": {**ADDRESS, "name": "a\nBcc: b"}}, "shipping_address.name"),
        ({"shipping_address": {**ADDRESS, "line1": "x" * 999}}, "shipping_address.line1"),
        ({"billing_address": {"name": "x"}}, "billing_address.line1"),
        ({"shipping_method": ["x"]}, "shipping_method"),
        ({"payment_token": "x" * 999}, "payment_token"),
    ],
)
def test_bad_bodies(shopper: Shopper, mug: Any, change: dict[str, Any], field: str) -> None:
    shopper.add("A")
    body = assert_problem(order(shopper, **change), 400, "invalid")
    assert field in body["errors"]
    assert shopper.read_cart() == {"A": 1}


def test_other_refusals(shopper: Shopper, mug: Any) -> None:
    assert_problem(order(shopper), 409, "empty_cart")
    shopper.add("A")
    assert_problem(order(shopper, payment_method="gold"), 400, "unknown_payment_method")
    assert_problem(order(shopper, shipping_method="whale"), 400, "unknown_shipping_method")
    answer = order(shopper, payment_token="demo-timeout")
    assert answer.status_code in (201, 503)
    shopper.cart = "forged"
    assert_problem(order(shopper), 400, "invalid_cart_token")


def test_a_confirmation_step(shopper: Shopper, mug: Any, cart_strategy: str) -> None:
    shopper.add("A", 2)
    answer = order(shopper, payment_token="demo-confirm")
    assert answer.status_code == 202
    body = answer.json()
    assert (body["status"], body["payment"]["status"]) == ("pending", "confirming")
    assert (shopper.read_cart(), left()) == ({"A": 2}, 3)
    where = f"orders/{body['number']}"
    assert_problem(shopper.post(f"{where}/confirm/", {"answer": "ok"}), 404, "not_found")
    done = shopper.post(f"{where}/confirm/?token={body['token']}", {"answer": "ok"})
    assert (done.status_code, done.json()["status"]) == (200, "placed")
    assert shopper.read_cart() == {}
    again = shopper.post(f"{where}/confirm/?token={body['token']}", {"answer": "ok"})
    assert again.status_code == 200


def test_a_failed_confirmation(shopper: Shopper, mug: Any) -> None:
    shopper.add("A", 2)
    body = order(shopper, payment_token="demo-confirm").json()
    where = f"orders/{body['number']}/confirm/?token={body['token']}"
    assert_problem(shopper.post(where, {"answer": "no"}), 402, "payment_declined")
    assert (shopper.read_cart(), left()) == ({"A": 2}, 5)


def test_own_orders(signed_in: Shopper, customer: User, mug: Any, cart_strategy: str) -> None:
    signed_in.add("A", 1)
    body = order(signed_in).json()
    assert body["token"] is None
    listed = signed_in.get("orders/").json()
    assert (listed["count"], listed["results"][0]["number"]) == (1, body["number"])
    assert signed_in.get(f"orders/{body['number']}/").json()["total"] == body["total"]
    browser = Client()
    browser.force_login(customer)
    assert browser.get("/api/v1/orders/").json()["count"] == 1


def test_anothers_order_is_not_found(signed_in: Shopper, mug: Any) -> None:
    signed_in.add("A", 1)
    number = order(signed_in).json()["number"]
    other, user = Shopper(), UserFactory()
    other.log_in(user.username, PASSWORD)
    for stranger in (Shopper(), other):
        for path in (f"orders/{number}/", f"orders/{number}/?token=x", "orders/NOPE/?token=x"):
            assert_problem(stranger.get(path), 404, "not_found")
        assert_problem(stranger.post(f"orders/{number}/cancel/"), 404, "not_found")
    assert other.get("orders/").json()["count"] == 0
    assert_problem(Shopper().get("orders/"), 401, "not_authenticated")


def test_cancel(shopper: Shopper, signed_in: Shopper, mug: Any) -> None:
    for client in (shopper, signed_in):
        client.add("A", 2)
        body = order(client).json()
        query = f"?token={body['token']}" if body["token"] else ""
        where = f"orders/{body['number']}"
        assert left() == 3
        answer = client.post(f"{where}/cancel/{query}")
        assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
        assert left() == 5
        assert client.get(f"{where}/{query}").json()["status"] == "cancelled"
        assert_problem(client.post(f"{where}/cancel/{query}"), 409, "wrong_order_state")
        assert left() == 5


def test_methods(shopper: Shopper, mug: Any, cart_strategy: str) -> None:
    for path in ("shipping-methods/", "payment-methods/"):
        body = shopper.get(path).json()
        assert set(body) == {"count", "next", "previous", "results"}
        assert body["count"] >= 1
    assert shopper.get("payment-methods/").json()["results"][0] == {
        "code": "demo",
        "name": "Demo payment",
        "is_default": True,
        "facts": {},
    }
    shopper.add("A")
    row = shopper.get("shipping-methods/?country=de").json()["results"][0]
    assert row["price"] == {"amount": "0.00", "currency": "EUR"}
    assert_problem(shopper.get("shipping-methods/?country=XX"), 400, "invalid")


def test_queries_of_the_list_do_not_grow(
    signed_in: Shopper, customer: User, mug: Any, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        signed_in.add("A")
        order(signed_in)
        with django_assert_num_queries(4):
            assert signed_in.get("orders/").json()["count"] == number + 1


@pytest.mark.django_db(transaction=True)
def test_one_key_at_once_is_one_order(cart_strategy: str) -> None:
    ProductFactory(sku="A", stock=50)
    shopper = Shopper()
    shopper.add("A", 2)

    def send(number: int) -> Any:
        twin = Shopper()
        twin.cart = shopper.cart
        answer = order(twin, "one-key")
        return answer.status_code, answer.json().get("number")

    answers = run_at_once(send)
    assert sorted(status for status, _ in answers) == [200] * 7 + [201]
    assert len({number for _, number in answers}) == 1
    assert left() == 48
