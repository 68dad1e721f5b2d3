"""A token that cannot be read, and a store that cannot be reached: the page still comes."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from shop.cart.carrier import COOKIE
from shop.cart.strategies import load_strategy
from tests.factories import create_small_catalogue
from tests.storefront.browser import Browser, read_badge, read_text

pytestmark = pytest.mark.django_db

UNREADABLE = "Your cart could not be read: it had expired or been changed."


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    create_small_catalogue()


@pytest.mark.parametrize("name", ["cookie", "local", "redis", "memory"])
@pytest.mark.parametrize("address", ["/", "/product/shirt/", "/cart/", "/login/"])
def test_a_damaged_cookie_costs_the_cart_and_not_the_page(
    use_strategy: Any, name: str, address: str
) -> None:
    use_strategy(name)
    browser = Browser()
    browser.add("BASKET-1")
    browser.cookies[COOKIE] = browser.cookies[COOKIE].value[:-2] + "xx"
    page = browser.get(address)
    assert page.status_code == 200
    assert read_text(page).count(UNREADABLE) == 1
    assert read_badge(page) == "0"
    assert page.cookies[COOKIE].value == ""
    assert UNREADABLE not in read_text(browser.get(address))


def test_an_expired_cookie_is_said_too(use_strategy: Any) -> None:
    use_strategy("cookie")
    with time_machine.travel("2026-01-01"):
        browser = Browser()
        browser.add("BASKET-1")
        cookie = browser.cookies[COOKIE].value
    with time_machine.travel("2026-02-15"):
        later = Client()
        later.cookies[COOKIE] = cookie
        assert UNREADABLE in read_text(later.get("/"))


@pytest.mark.parametrize("name", ["cookie", "local", "redis", "memory"])
def test_adding_with_a_damaged_cookie_begins_a_new_cart_with_it(
    use_strategy: Any, name: str
) -> None:
    use_strategy(name)
    browser = Browser()
    browser.add("BASKET-1", 3)
    token = browser.get("/product/shirt/").context["csrf_token"]
    browser.cookies[COOKIE] = "damaged"
    answer = browser.post(
        "/cart/add/", {"csrfmiddlewaretoken": token, "sku": "BASKET-2", "quantity": "2"}
    )
    assert answer.status_code == 303
    page = browser.get(answer["Location"])
    assert UNREADABLE in read_text(page)
    assert "In your cart: Basket 2." in read_text(page)
    # A cart on the server is found again by what this browser still has.
    assert read_badge(page) == ("2" if load_strategy().is_client_held else "5")


def test_a_script_is_told_to_drop_a_damaged_token(use_strategy: Any) -> None:
    use_strategy("local")
    headers = {"HX-Request": "true", "HX-Target": "div#cart", "X-Cart": "damaged"}
    answer = Client().get("/cart/", headers=headers)
    assert answer.status_code == 400
    assert answer["X-Cart"] == ""
    assert UNREADABLE in read_text(answer)
    assert 'hx-target="#notices"' in answer.content.decode()


def test_a_damaged_token_takes_no_sound_cookie_along(use_strategy: Any) -> None:
    use_strategy("local")
    browser = Browser()
    browser.add("BASKET-1", 2)
    headers = {"HX-Request": "true", "HX-Target": "div#cart", "X-Cart": "damaged"}
    refused = browser.get("/cart/", headers=headers)
    assert UNREADABLE in read_text(refused)
    assert read_badge(refused) == "2"
    assert refused["X-Cart"]
    assert refused.cookies[COOKIE].value == ""


def test_a_change_with_a_damaged_token_brings_the_cookie_into_the_new_cart(
    use_strategy: Any,
) -> None:
    use_strategy("local")
    browser = Browser()
    browser.add("BASKET-1", 2)
    token = browser.get("/product/shirt/").context["csrf_token"]
    headers = {"HX-Request": "true", "HX-Target": "div#cart", "X-Cart": "damaged"}
    data = {"csrfmiddlewaretoken": token, "sku": "BASKET-2"}
    answer = browser.post("/cart/add/", data, headers=headers)
    assert read_badge(answer) == "3"
    assert answer["X-Cart"]


def test_with_the_store_away_pages_come_and_the_cart_waits(use_strategy: Any, valkey: Any) -> None:
    use_strategy("redis")
    browser = Browser()
    browser.add("BASKET-1", 2)
    token = browser.get("/product/shirt/").context["csrf_token"]
    valkey.stop()

    page = browser.get("/product/shirt/")
    assert page.status_code == 200
    assert read_badge(page) == "?"
    data = {"csrfmiddlewaretoken": token, "sku": "BASKET-2"}
    for answer in (browser.get("/cart/"), browser.post("/cart/add/", data)):
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert "Nothing is lost" in read_text(answer)
    headers = {"HX-Request": "true", "HX-Target": "div#cart"}
    for answer in (
        browser.get("/cart/", headers=headers),
        browser.post("/cart/add/", data, headers=headers),
    ):
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert "<html" not in answer.content.decode()
        assert 'hx-target="#cart"' not in answer.content.decode()
    assert "Nothing is lost" in read_text(answer)

    valkey.start()
    assert read_badge(browser.get("/")) == "2"
