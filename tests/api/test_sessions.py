"""A browser's session on the same addresses as the token."""

from __future__ import annotations

import pytest
from django.test import Client

from shop.accounts.models import User
from tests.api.shopper import Shopper, assert_problem
from tests.factories import PASSWORD, ProductFactory, UserFactory

pytestmark = pytest.mark.django_db
ADD = {"sku": "A", "quantity": 1}
JSON = "application/json"


def get_csrf(client: Client) -> str:
    """The CSRF token as a page's script would find it."""
    from django.middleware.csrf import _get_new_csrf_string

    client.cookies["csrftoken"] = _get_new_csrf_string()
    value: str = client.cookies["csrftoken"].value
    return value


def test_profile_by_session(browser: Client, customer: User) -> None:
    answer = browser.get("/api/v1/profile/")
    assert answer.json()["username"] == customer.username
    assert "private" in answer.headers["Cache-Control"]
    assert "Cookie" in answer.headers["Vary"]


def test_session_needs_csrf_for_changes(browser: Client) -> None:
    ProductFactory(sku="A")
    answer = browser.post("/api/v1/cart/lines/", ADD, JSON)
    assert_problem(answer, 403, "csrf_failed")
    token = get_csrf(browser)
    headers = {"X-CSRFToken": token}
    assert browser.post("/api/v1/cart/lines/", ADD, JSON, headers=headers).status_code == 201


def test_a_token_needs_no_csrf_even_beside_a_session(browser: Client, signed_in: Shopper) -> None:
    ProductFactory(sku="A")
    headers = {"Authorization": f"Bearer {signed_in.access}"}
    assert browser.post("/api/v1/cart/lines/", ADD, JSON, headers=headers).status_code == 201


def test_the_token_goes_before_the_session(browser: Client) -> None:
    other = UserFactory()
    shopper = Shopper()
    shopper.log_in(other.username, PASSWORD)
    answer = browser.get("/api/v1/profile/", headers={"Authorization": f"Bearer {shopper.access}"})
    assert answer.json()["username"] == other.username
    answer = browser.get("/api/v1/profile/", headers={"Authorization": "Bearer x"})
    assert_problem(answer, 401, "token_not_valid")


@pytest.mark.parametrize("call", ["token", "token/refresh", "token/revoke", "register"])
def test_logging_in_needs_no_csrf(browser: Client, call: str) -> None:
    answer = browser.post(f"/api/v1/{call}/", {}, JSON)
    assert_problem(answer, 400, "invalid")


def test_a_deactivated_customers_session(browser: Client, customer: User) -> None:
    User.objects.filter(pk=customer.pk).update(is_active=False)
    assert_problem(browser.get("/api/v1/profile/"), 401, "not_authenticated")


def test_session_and_token_share_the_cart(
    browser: Client, signed_in: Shopper, cart_strategy: str
) -> None:
    """One customer: the page's cart, the API's by session, and the API's by token."""
    ProductFactory(sku="A", stock=9)
    ProductFactory(sku="B", stock=9)
    headers = {"X-CSRFToken": get_csrf(browser)}
    assert browser.post("/api/v1/cart/lines/", ADD, JSON, headers=headers).status_code == 201
    signed_in.add("B", 2)
    in_browser = browser.get("/api/v1/cart/", headers={"Accept": JSON}).json()
    seen = {line["sku"]: line["quantity"] for line in in_browser["lines"]}
    if cart_strategy in ("cookie", "local"):
        assert (seen, signed_in.read_cart()) == ({"A": 1}, {"B": 2})
    else:
        assert seen == signed_in.read_cart() == {"A": 1, "B": 2}
        assert signed_in.cart is None


def test_a_guests_browser_keeps_its_cart(cart_strategy: str) -> None:
    ProductFactory(sku="A", stock=9)
    client = Client()
    get_csrf(client)
    client.post("/api/v1/cart/lines/", ADD, JSON)
    client.post("/api/v1/cart/lines/", ADD, JSON)
    assert client.get("/api/v1/cart/").json()["count"] == 2
