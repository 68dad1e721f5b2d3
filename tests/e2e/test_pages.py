"""Accessibility, the content security policy and the three widths, on the main pages."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.shopper import Tab
from tests.factories import ImageFactory
from tests.shop_server import ShopServer

PAGES = [
    "/",
    "/category/baskets/",
    "/category/baskets/?min_price=x",
    "/search/?q=basket",
    "/search/?q=zebra",
    "/product/shirt/",
    "/product/basket-out/",
    "/cart/",
    "/login/",
    "/signup/",
]


@pytest.fixture(params=["light", "dark"])
def tab(request: pytest.FixtureRequest, browser: Browser, live_shop: ShopServer) -> Tab:
    """A shopper with something in the cart."""
    from shop.catalog.models import Product

    for _ in range(3):
        ImageFactory(product=Product.objects.get(slug="shirt"))
    context = browser.new_context(color_scheme=request.param)
    request.addfinalizer(context.close)
    tab = Tab(context, live_shop.url).open_product(1)
    tab.add()
    tab.expect_count(1)
    return tab


def test_axe_finds_nothing_and_the_console_is_quiet(tab: Tab) -> None:
    for path in PAGES:
        tab.open(path)
        found = Axe().run(tab.page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    assert not tab.complaints


def test_axe_finds_nothing_after_a_change(tab: Tab) -> None:
    tab.open("/cart/")
    tab.page.get_by_role("button", name="Remove").click()
    tab.expect_said("Taken out")
    found = Axe().run(tab.page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_is_wider_than_the_screen(tab: Tab, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        tab.open(path)
        spare = tab.page.evaluate("innerWidth - document.documentElement.scrollWidth")
        assert spare >= 0, path


def test_a_purchase_can_be_begun_with_the_keyboard_alone(
    context: BrowserContext, live_shop: ShopServer
) -> None:
    tab = Tab(context, live_shop.url).open("/product/shirt/")
    page = tab.page
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "sku":
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab.expect_said("In your cart: Shirt (M).")
