"""One customer in the browser and with a token: the same cart, page for page and call for
call, wherever the server holds it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from shop.accounts.models import User
from tests.api.shopper import Shopper
from tests.factories import PASSWORD, ProductFactory, UserFactory

pytestmark = pytest.mark.django_db
SERVER_HELD = ("session", "redis", "memory")


def test_the_page_and_the_api_show_one_cart(cart_strategy: str) -> None:
    user: User = UserFactory()
    for sku, name in (("A", "Amber mug"), ("B", "Blue mug")):
        ProductFactory(sku=sku, name=name, stock=9, price_minor=1_000)
    page, shopper = Client(), Shopper()
    page.force_login(user)
    shopper.log_in(user.username, PASSWORD)
    added = page.post("/cart/add/", {"sku": "A", "quantity": "1"}, follow=True)
    assert added.status_code == 200
    shopper.add("B", 2)

    def read_page() -> str:
        return re.sub(r"\s+", " ", page.get("/cart/").content.decode())

    if cart_strategy in SERVER_HELD:
        assert shopper.read_cart() == {"A": 1, "B": 2}
        assert "Amber mug" in read_page()
        assert "Blue mug" in read_page()
        shopper.delete("cart/lines/A/")
        assert "Amber mug" not in read_page()
        page.post("/logout/")
        shopper.add("A", 3)
        assert "Amber mug" not in read_page()
        page.force_login(user)
        assert "Amber mug" in read_page()
    else:
        assert shopper.read_cart() == {"B": 2}
        assert "Blue mug" not in read_page()


@pytest.mark.parametrize("name", ["cookie", "session", "redis", "memory"])
def test_a_browsers_own_cart_by_its_session(name: str, use_strategy: Any) -> None:
    """The page's cart, asked for by the page's script at the API's address. (Under `local`
    the script sends the cart itself, in X-Cart.)"""
    use_strategy(name)
    ProductFactory(sku="A", stock=9)
    page: Any = Client()
    page.get("/")
    page.post("/cart/add/", {"sku": "A", "quantity": "2"}, follow=True)
    assert page.get("/api/v1/cart/").json()["count"] == 2
