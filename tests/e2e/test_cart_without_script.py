"""A browser with JavaScript off, under every strategy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from shop.cart.strategies import STRATEGIES
from tests.e2e.shopper import Tab
from tests.shop_server import ShopServer


@pytest.mark.parametrize("live_shop", list(STRATEGIES), indirect=True)
def test_everything_works_and_local_says_where_the_cart_is(
    browser: Browser, live_shop: ShopServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = Tab(context, live_shop.url).open("/")
    page = tab.page
    page.get_by_role("navigation", name="Categories").get_by_text("Baskets").click()
    page.get_by_role("link", name="Basket 3").click()
    page.get_by_label("Quantity").fill("2")
    tab.add()
    tab.expect_said("In your cart: Basket 3.")
    tab.expect_count(2)
    page.get_by_role("link", name="Go to the cart").click()
    expect(page.locator(".cart-line")).to_be_visible()
    page.get_by_role("button", name="One more").click()
    tab.expect_count(3)
    page.get_by_label("Quantity of Basket 3").fill("5")
    page.get_by_role("button", name="Update").click()
    tab.expect_count(5)
    # Not by sight: Playwright's way of switching scripts off leaves <noscript> unshown.
    said = "is kept in a signed cookie" in page.content()
    assert said == (live_shop.strategy == "local")
    page.get_by_role("button", name=re.compile("Remove")).click()
    expect(page.locator("#cart")).to_contain_text("There is nothing in your cart yet.")
    page.get_by_role("button", name="Put it back").click()
    tab.expect_count(5)
    context.close()


@pytest.mark.parametrize("live_shop", ["local"], indirect=True)
def test_the_cookie_is_merged_once_the_script_is_back(
    browser: Browser, live_shop: ShopServer
) -> None:
    without = browser.new_context(java_script_enabled=False)
    tab = Tab(without, live_shop.url).open_product(1)
    tab.add()
    tab.expect_count(1)

    context = browser.new_context()
    tab = Tab(context, live_shop.url).open_product(2)
    tab.add()
    tab.expect_count(1)
    context.add_cookies(without.cookies())  # type: ignore[arg-type]
    tab.open("/cart/").expect_count(2)
    expect(tab.page.locator(".cart-line")).to_have_count(2)
    assert "cart" not in {cookie["name"] for cookie in context.cookies()}
    tab.open("/").expect_count(2)
    for each in (without, context):
        each.close()
