"""The whole way from a product to an order in a browser, wherever the cart is kept."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from shop.orders.models import Order
from tests.e2e.shopper import Tab
from tests.shop_server import ShopServer

pytestmark = pytest.mark.parametrize(
    "live_shop", ["cookie", "session", "redis", "local", "memory"], indirect=True
)


def fill_address(tab: Tab) -> None:
    page = tab.page
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Name", exact=True).first.fill("Ada Lovelace")
    page.get_by_label("Street and number").first.fill("Analytical Lane 1")
    page.get_by_label("Postcode").first.fill("10115")
    page.get_by_label("Town").first.fill("Berlin")
    page.get_by_role("button", name="On to delivery").click()


def expect_accessible(tab: Tab) -> None:
    found = Axe().run(tab.page)
    assert found.violations_count == 0, found.generate_report()


def test_a_guest_orders(live_shop: ShopServer, browser: Browser) -> None:
    tab = Tab(browser.new_context(), live_shop.url)
    tab.open_product(1).add()
    tab.expect_count(1)
    tab.open("/cart/")
    expect_accessible(tab)
    tab.page.get_by_role("link", name="Checkout").click()
    expect_accessible(tab)
    fill_address(tab)
    expect(tab.page.get_by_label("Standard delivery")).to_be_checked()
    expect_accessible(tab)
    tab.page.get_by_role("button", name="On to payment").click()
    expect_accessible(tab)
    tab.page.get_by_label("Test card").select_option("demo-declined")
    tab.page.get_by_role("button", name="On to the review").click()
    order = tab.page.get_by_role("button", name="Order and pay")
    expect(order).to_be_visible()
    expect_accessible(tab)
    order.click()
    tab.expect_said("The payment was declined")
    tab.expect_count(1)

    tab.open("/checkout/payment/")
    tab.page.get_by_label("Test card").select_option("demo-confirm")
    tab.page.get_by_role("button", name="On to the review").click()
    tab.page.get_by_role("button", name="Order and pay").click()
    tab.page.get_by_role("button", name="Confirm").click()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text(re.compile("^Order "))
    expect_accessible(tab)
    tab.expect_count(0)
    assert Order.objects.placed().count() == 1
    # The payment was declined with 402, which a browser's console calls an error.
    assert [said for said in tab.complaints if "402" not in said] == []
    tab.page.go_back()
    tab.page.reload()
    assert Order.objects.placed().count() == 1


def test_the_same_review_in_two_tabs_makes_one_order(
    live_shop: ShopServer, browser: Browser
) -> None:
    context = browser.new_context()
    tab = Tab(context, live_shop.url)
    tab.open_product(1).add()
    tab.expect_count(1)
    tab.open("/checkout/")
    fill_address(tab)
    tab.page.get_by_role("button", name="On to payment").click()
    tab.page.get_by_role("button", name="On to the review").click()
    expect(tab.page.get_by_role("button", name="Order and pay")).to_be_visible()
    other = Tab(context, live_shop.url).open("/checkout/review/")
    expect(other.page.get_by_role("button", name="Order and pay")).to_be_visible()
    for each in (tab, other):
        each.page.evaluate(
            "setTimeout(() => document.querySelector('.cart-sum .button-primary').click(), 60)"
        )
    for each in (tab, other):
        expect(each.page.get_by_role("heading", level=1)).to_have_text(re.compile("^Order "))
    assert Order.objects.placed().count() == 1
