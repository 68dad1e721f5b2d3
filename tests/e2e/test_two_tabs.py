"""Two tabs of one browser: no change is lost, and each shows what the other has done."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from shop.cart.strategies import STRATEGIES, load_strategy
from tests.e2e.shopper import Tab
from tests.shop_server import ShopServer

all_strategies = pytest.mark.parametrize("live_shop", list(STRATEGIES), indirect=True)


@all_strategies
def test_adding_in_both_at_the_same_moment_loses_nothing(
    browser: Browser, live_shop: ShopServer
) -> None:
    """New visitors, so that the very first changes, with no token yet, meet too."""
    for _ in range(10 if load_strategy(live_shop.strategy).is_client_held else 3):
        context = browser.new_context()
        one, two = (Tab(context, live_shop.url).open_product(n) for n in (1, 2))
        one.add_soon(times=2)
        two.add_soon(times=2)
        # Each tab has its own answers and hears of the other's.
        one.expect_count(4)
        two.expect_count(4)
        one.open("/cart/").expect_count(4)
        expect(one.page.locator(".cart-line")).to_have_count(2)
        assert not one.complaints + two.complaints
        context.close()


@all_strategies
def test_the_other_tab_shows_the_change(context: BrowserContext, live_shop: ShopServer) -> None:
    one = Tab(context, live_shop.url).open_product(1)
    two = Tab(context, live_shop.url).open("/cart/")
    one.add()
    two.expect_count(1)
    expect(two.page.locator(".cart-line")).to_contain_text("Basket 1", timeout=20_000)
    two.page.get_by_role("button", name=re.compile("Remove")).click()
    one.expect_count(0)
    two.page.get_by_role("button", name="Put it back").click()
    one.expect_count(1)


@all_strategies
def test_logging_in_elsewhere_does_not_stop_this_tab(
    context: BrowserContext, live_shop: ShopServer
) -> None:
    """Django gives the browser a new CSRF token then; the page still has the old one."""
    one = Tab(context, live_shop.url).open_product(1)
    two = Tab(context, live_shop.url).open("/signup/")
    two.page.get_by_label("User name").fill("grace")
    two.page.get_by_label("E-mail").fill("grace@example.com")
    two.page.get_by_label("Password").fill("a-Passw0rd-of-mine")
    two.page.get_by_role("button", name="Make an account").click()
    expect(two.page.get_by_role("heading", name="Hello, grace")).to_be_visible()
    one.add()
    one.expect_count(1)
    two.expect_count(1)


@pytest.mark.parametrize("live_shop", ["local"], indirect=True)
def test_only_the_storage_carries_a_local_cart_between_tabs(
    context: BrowserContext, live_shop: ShopServer
) -> None:
    one, two = (Tab(context, live_shop.url).open_product(n) for n in (1, 2))
    for tab in (one, two):
        tab.page.evaluate(
            "void (new BroadcastChannel('switchcart.cart').onmessage = () => heard = true)"
        )
    one.add()
    two.expect_count(1)
    assert two.page.evaluate("typeof heard") == "undefined"
    assert one.token()
    assert one.token() == two.token()
    assert "cart" not in {cookie["name"] for cookie in context.cookies()}
