"""Pages in a real browser keep up with the stock, without a reload."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import BrowserContext, Page, expect

from shop.inventory.services import set_stock
from tests.e2e.shopper import Tab
from tests.factories import PASSWORD, UserFactory, create_small_catalogue
from tests.shop_server import ShopServer

any_strategy = pytest.mark.parametrize("live_shop", ["cookie"], indirect=True)


@pytest.fixture(autouse=True)
def _announce_as_the_server_hears(settings: object, redis_url: str) -> None:
    settings.CHANNEL_LAYER_URL = redis_url  # type: ignore[attr-defined]


def _is_watching(page: Page) -> None:
    """The first snapshot has come: only from then on is a change surely seen."""
    expect(page.locator("[data-stock-version]").first).to_be_attached()


@any_strategy
def test_a_product_page_sells_out_and_comes_back(
    context: BrowserContext, live_shop: ShopServer
) -> None:
    tab = Tab(context, live_shop.url).open_product(1)
    page = tab.page
    page.evaluate("window.sameLoad = true")
    availability, button = page.locator(".availability"), page.locator("[data-stock-button]")
    expect(availability).to_contain_text("In stock")
    _is_watching(page)

    set_stock(quantities={"BASKET-1": 2})
    expect(availability).to_contain_text("Only 2 left")
    expect(button).to_be_enabled()

    set_stock(quantities={"BASKET-1": 0})
    expect(availability).to_contain_text("Sold out")
    expect(button).to_be_disabled()
    expect(page.locator("#stock-news")).to_have_text("Basket 1: Sold out")

    set_stock(quantities={"BASKET-1": 50})
    expect(availability).to_contain_text("In stock")
    expect(button).to_be_enabled()
    assert page.evaluate("window.sameLoad") is True
    assert tab.complaints == []


@any_strategy
def test_each_size_is_watched(context: BrowserContext, live_shop: ShopServer) -> None:
    page = Tab(context, live_shop.url).open("/product/shirt/").page
    _is_watching(page)
    availability, button = page.locator(".availability"), page.locator("[data-stock-button]")

    set_stock(quantities={"SHIRT-M": 0})
    expect(page.locator(".option.is-out")).to_contain_text("M")
    expect(availability).to_contain_text("In stock")

    page.locator('input[value="SHIRT-M"]').check(force=True)
    expect(availability).to_contain_text("Sold out")
    expect(button).to_be_disabled()

    set_stock(quantities={"SHIRT-M": 1})
    expect(availability).to_contain_text("Only 1 left")
    expect(button).to_be_enabled()
    expect(page.locator(".option.is-out")).to_have_count(0)


@any_strategy
def test_a_list_marks_what_is_sold_out(context: BrowserContext, live_shop: ShopServer) -> None:
    page = Tab(context, live_shop.url).open("/category/shirts/").page
    card = page.locator(".card", has_text="Shirt")
    expect(card.locator("data[data-stock-version]").first).to_be_attached()
    tag = card.locator(".card-tag-out")
    expect(page.locator("#stock-news")).to_be_attached()

    set_stock(quantities={"SHIRT-S": 0})
    expect(card.locator('data[value="SHIRT-S"]')).to_have_attribute("data-available", "0")
    expect(tag).to_be_hidden()

    set_stock(quantities={"SHIRT-M": 0})
    expect(tag).to_be_visible()

    set_stock(quantities={"SHIRT-S": 3})
    expect(tag).to_be_hidden()


@any_strategy
def test_a_cart_says_when_a_line_runs_short(context: BrowserContext, live_shop: ShopServer) -> None:
    tab = Tab(context, live_shop.url).open_product(1)
    tab.page.locator("#quantity").fill("3")
    tab.add()
    tab.expect_count(3)
    page = tab.open("/cart/").page
    _is_watching(page)

    set_stock(quantities={"BASKET-1": 1})
    expect(page.locator(".problem")).to_contain_text("Only 1 left")

    # The part that came anew is watched as well.
    set_stock(quantities={"BASKET-1": 9})
    expect(page.locator(".problem")).to_have_count(0)


def test_a_page_catches_up_after_its_server_was_killed(
    context: BrowserContext, start_shop: Callable[..., ShopServer]
) -> None:
    shop = start_shop("cookie")
    create_small_catalogue()
    page = Tab(context, shop.url).open_product(2).page
    _is_watching(page)

    shop.kill()
    set_stock(quantities={"BASKET-2": 0})
    shop.start()

    expect(page.locator(".availability")).to_contain_text("Sold out", timeout=60_000)


@any_strategy
def test_a_page_without_a_socket_is_whole(context: BrowserContext, live_shop: ShopServer) -> None:
    context.add_init_script("window.WebSocket = class { constructor() { throw new Error() } }")
    tab = Tab(context, live_shop.url).open_product(1)

    expect(tab.page.locator(".availability")).to_contain_text("In stock")
    tab.add()
    tab.expect_count(1)


@any_strategy
def test_the_back_offices_stock_page_is_live_too(
    context: BrowserContext, live_shop: ShopServer
) -> None:
    keeper = UserFactory(username="keeper", is_staff=True, is_superuser=True)
    keeper.password = make_password(PASSWORD, hasher="pbkdf2_sha256")  # the server's, not ours
    keeper.save()
    tab = Tab(context, live_shop.url).open("/admin/inventory/stocklevel/")
    page = tab.page
    page.locator("[name=username]").fill("keeper")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[type=submit]").first.click()
    level = page.locator('[data-stock-sku="BASKET-3"]')
    expect(level).to_have_text("10")
    expect(page.locator("#stock-news")).to_be_attached()

    set_stock(quantities={"BASKET-3": 4})
    expect(level).to_have_text("4")
