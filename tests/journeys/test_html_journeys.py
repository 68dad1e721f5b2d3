"""A shopper without JavaScript, under each of the five strategies, from the door to logging out."""

from __future__ import annotations

import pytest

from shop.cart.strategies import load_strategy
from tests.factories import PASSWORD, UserFactory, create_small_catalogue
from tests.storefront.browser import Browser, read_badge, read_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shop(cart_strategy: str) -> None:
    create_small_catalogue()
    UserFactory(username="ada")


def test_browse_search_add_change_log_in_and_out() -> None:
    browser = Browser()
    assert "Baskets" in read_text(browser.get("/"))
    assert "Basket 2" in read_text(browser.get("/category/baskets/"))
    assert "Shirt" in read_text(browser.get("/search/?q=SHIRT-M"))
    added = browser.send(
        "/product/shirt/",
        "/cart/add/",
        sku="SHIRT-M",
        quantity="2",
        next="/product/shirt/",
        returns_to_choice="1",
    )
    assert added.context["choice"].chosen.sku == "SHIRT-M"
    browser.add("BASKET-1")
    browser.add("BASKET-2", 4)
    browser.send("/cart/", "/cart/lines/BASKET-2/", quantity="3")
    browser.send("/cart/", "/cart/remove/BASKET-1/")
    assert browser.badge() == "5"

    account = browser.log_in("ada", PASSWORD)
    assert read_badge(account) == "5"
    words = read_text(browser.get("/cart/"))
    assert "Shirt" in words
    assert "Basket 2" in words

    out = browser.send("/account/", "/logout/")
    assert "You are logged out." in read_text(out)
    # A cart that the server keeps is the customer's; one that the browser keeps is the browser's.
    assert read_badge(out) == ("5" if load_strategy().is_client_held else "0")
    browser.log_in("ada", PASSWORD)
    assert browser.badge() == "5"


def test_logging_in_takes_the_cart_over_and_the_larger_quantity_wins() -> None:
    laptop, phone = Browser(), Browser()
    laptop.log_in("ada", PASSWORD)
    laptop.add("BASKET-1", 5)
    laptop.add("BASKET-2", 1)
    phone.add("BASKET-1", 2)
    phone.add("BASKET-2", 3)
    phone.add("BASKET-3", 1)
    phone.log_in("ada", PASSWORD)
    if load_strategy().is_client_held:
        # The cart is this browser's and no other's.
        assert (phone.badge(), laptop.badge()) == ("6", "6")
        assert "Basket 3" not in read_text(laptop.get("/cart/"))
    else:
        assert (phone.badge(), laptop.badge()) == ("9", "9")  # 5 and 3 and 1
        assert "Basket 3" in read_text(laptop.get("/cart/"))


def test_a_new_customer_brings_the_cart_along() -> None:
    browser = Browser()
    browser.add("BASKET-1", 2)
    page = browser.send(
        "/signup/",
        "/signup/",
        username="grace",
        email="grace@example.com",
        password="a-Passw0rd-of-mine",
    )
    assert "Hello, grace" in read_text(page)
    assert read_badge(page) == "2"


def test_another_visitor_sees_nothing_of_it() -> None:
    one, two = Browser(), Browser()
    one.add("BASKET-1", 2)
    two.add("BASKET-2", 1)
    assert (one.badge(), two.badge()) == ("2", "1")
    assert "Basket 2" not in read_text(one.get("/cart/"))
