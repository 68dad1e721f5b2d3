"""The cart page and the product page with JavaScript, and what happens when something fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from shop.cart.strategies import STRATEGIES
from tests.e2e.shopper import Tab
from tests.factories import create_small_catalogue
from tests.shop_server import ShopServer

all_strategies = pytest.mark.parametrize("live_shop", list(STRATEGIES), indirect=True)
local = pytest.mark.parametrize("live_shop", ["local"], indirect=True)


@all_strategies
def test_change_remove_and_put_back_without_a_page_load(
    context: BrowserContext, live_shop: ShopServer
) -> None:
    tab = Tab(context, live_shop.url).open_product(1)
    page = tab.page
    tab.add()
    tab.expect_said("In your cart: Basket 1.")
    tab.open("/cart/").expect_count(1)
    page.evaluate("window.sameLoad = true")
    quantity = page.get_by_label("Quantity of Basket 1")
    quantity.fill("4")
    quantity.blur()
    tab.expect_count(4)
    more = page.get_by_role("button", name="One more")
    for _ in range(3):
        more.click()
    tab.expect_count(7)
    expect(page.locator(".sum-total")).to_contain_text("€77.00")
    quantity.fill("11")
    quantity.blur()
    tab.expect_said("Only 10 of Basket 1 are left")
    tab.expect_count(7)
    page.get_by_role("button", name=re.compile("Remove")).click()
    tab.expect_said("Taken out: Basket 1.")
    expect(page.locator("#cart")).to_contain_text("There is nothing in your cart yet.")
    expect(page.locator("#cart-title")).to_be_focused()
    page.get_by_role("button", name="Put it back").click()
    tab.expect_count(7)
    assert page.evaluate("window.sameLoad") is True
    # A refusal is an answer with a true status, which Chromium also writes to its console.
    assert all("409" in complaint for complaint in tab.complaints)


@all_strategies
def test_every_press_counts_however_slow_the_answers(
    context: BrowserContext, live_shop: ShopServer
) -> None:
    """Answers come between the presses, and must not put an older number back."""
    tab = Tab(context, live_shop.url).open_product(1)
    tab.add()
    tab.expect_count(1)
    tab.open("/cart/").expect_count(1)
    tab.page.evaluate("""() => {
        const send = window.fetch;
        window.fetch = async (...asked) => {
            const answer = await send(...asked);
            await new Promise(resolve => setTimeout(resolve, 400));
            return answer;
        };
        let left = 8;
        const press = () => {
            document.querySelector("[data-step='1']").click();
            if (--left) setTimeout(press, 330);
        };
        press();
    }""")
    tab.expect_count(9)
    expect(tab.page.get_by_label("Quantity of Basket 1")).to_have_value("9")


@all_strategies
def test_a_reload_shows_the_same_cart(context: BrowserContext, live_shop: ShopServer) -> None:
    tab = Tab(context, live_shop.url).open_product(1)
    tab.add()
    tab.expect_count(1)
    for path in ("/", "/product/basket-2/", "/cart/"):
        tab.open(path).expect_count(1)
    expect(tab.page.locator(".cart-line")).to_have_count(1)


@all_strategies
def test_logging_in_keeps_the_cart(context: BrowserContext, live_shop: ShopServer) -> None:
    tab = Tab(context, live_shop.url).open_product(1)
    tab.add()
    tab.expect_count(1)
    tab.open("/signup/")
    tab.page.get_by_label("User name").fill("grace")
    tab.page.get_by_label("E-mail").fill("grace@example.com")
    tab.page.get_by_label("Password").fill("a-Passw0rd-of-mine")
    tab.page.get_by_role("button", name="Make an account").click()
    expect(tab.page.get_by_role("heading", name="Hello, grace")).to_be_visible()
    tab.expect_count(1)


def test_choosing_a_variant_shows_it(context: BrowserContext, live_shop: ShopServer) -> None:
    tab = Tab(context, live_shop.url).open("/product/shirt/")
    tab.page.get_by_role("radio", name="M", exact=True).check()
    expect(tab.page).to_have_url(re.compile("sku=SHIRT-M"))
    tab.add()
    tab.expect_said("In your cart: Shirt (M).")


@all_strategies
def test_a_cut_of_the_network_loses_nothing(context: BrowserContext, live_shop: ShopServer) -> None:
    tab = Tab(context, live_shop.url).open_product(1)
    tab.add()
    tab.expect_count(1)
    context.set_offline(True)
    tab.add()
    tab.expect_said("We could not reach the shop.")
    tab.expect_count(1)
    context.set_offline(False)
    tab.add()
    tab.expect_said("In your cart: Basket 1.")
    tab.expect_count(2)


def test_a_store_that_is_away_for_a_while_loses_nothing(
    context: BrowserContext, valkey: Any, start_shop: Callable[..., ShopServer]
) -> None:
    create_small_catalogue()
    tab = Tab(context, start_shop("redis").url).open_product(1)
    tab.add()
    tab.expect_count(1)
    valkey.stop()
    tab.add()
    tab.expect_said("Nothing is lost")
    tab.expect_count("?")
    valkey.start()
    tab.add()
    tab.expect_count(2)


def test_an_answer_that_is_no_answer_is_said(
    context: BrowserContext, live_shop: ShopServer
) -> None:
    tab = Tab(context, live_shop.url).open_product(1)
    tab.page.route("**/cart/add/", lambda route: route.fulfill(status=500, body="<p>Oh</p>"))
    tab.add()
    tab.expect_said("We could not reach the shop.")
    tab.page.unroute("**/cart/add/")
    tab.add()
    tab.expect_count(1)


@local
def test_a_tampered_token_is_dropped_and_said(
    context: BrowserContext, live_shop: ShopServer
) -> None:
    tab = Tab(context, live_shop.url).open_product(1)
    tab.add()
    tab.expect_count(1)
    tab.page.evaluate("localStorage.setItem('switchcart.cart', 'tampered')")
    tab.open_product(2)
    tab.expect_said("Your cart could not be read: it had expired or been changed.")
    tab.expect_count(0)
    assert tab.token() is None
    tab.add()
    tab.expect_count(1)
    assert tab.token()


@local
def test_adding_with_a_tampered_token_still_adds(
    context: BrowserContext, live_shop: ShopServer
) -> None:
    tab = Tab(context, live_shop.url).open_product(1)
    tab.page.evaluate("localStorage.setItem('switchcart.cart', 'tampered')")
    tab.add()
    tab.expect_said("Your cart could not be read")
    tab.expect_said("In your cart: Basket 1.")
    tab.expect_count(1)
    tab.open("/cart/").expect_count(1)


@local
def test_without_storage_the_signed_cookie_does_it(
    context: BrowserContext, live_shop: ShopServer
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked') }})"
    )
    tab = Tab(context, live_shop.url).open_product(1)
    tab.add()
    tab.expect_count(1)
    tab.open("/cart/").expect_count(1)
    expect(tab.page.locator(".cart-line")).to_be_visible()
    assert "cart" in {cookie["name"] for cookie in context.cookies()}
