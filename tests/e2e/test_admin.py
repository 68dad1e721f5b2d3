"""The back office in Chromium: nothing breaks the pages' policy, and their script works."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from shop.accounts.models import User
from shop.catalog.models import Product
from shop.inventory.models import StockLevel
from tests.factories import PASSWORD, UserFactory, create_small_catalogue

PAGES = [
    "",
    "catalog/product/",
    "catalog/product/add/",
    "catalog/category/",
    "catalog/variant/",
    "inventory/stocklevel/",
    "inventory/stocklevel/delivery/",
    "inventory/movement/",
    "accounts/user/",
    "accounts/user/add/",
    "cart/storedcart/",
    "backoffice/importrun/add/",
]


@pytest.fixture
def shop(start_shop: Any) -> Any:
    """A server of its own: the shared one remembers the ids of content types, which each test
    makes anew, and the admin's history refers to them."""
    create_small_catalogue()
    return start_shop()


@pytest.fixture
def office(page: Any, shop: Any) -> Any:
    """A browser of the owner, logged in; `office.complaints` fills with what it complains of."""
    # Hashed as the server's process knows it; the tests' own quick way is not known there.
    hashed = make_password(PASSWORD, hasher="argon2")
    UserFactory(username="owner", is_staff=True, is_superuser=True, password=None)
    User.objects.filter(username="owner").update(password=hashed)
    page.set_default_timeout(60_000)
    page.complaints = []
    page.on(
        "console",
        lambda message: message.type == "error" and page.complaints.append(message.text),
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            request.url.startswith((shop.url, "data:", "blob:"))
            or page.complaints.append(request.url)
        ),
    )
    page.goto(f"{shop.url}/admin/login/")
    page.fill("#id_username", "owner")
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{shop.url}/admin/")
    return page


def test_no_page_breaks_its_policy(office, shop):
    for scheme in ("light", "dark"):
        office.emulate_media(color_scheme=scheme)
        for name in PAGES:
            response = office.goto(f"{shop.url}/admin/{name}", wait_until="networkidle")
            assert response.status == 200, name
    assert office.complaints == []


def test_a_product_is_made_with_a_variant(office, shop):
    office.goto(f"{shop.url}/admin/catalog/product/add/")
    office.locator("#id_name").press_sequentially("Blue kettle")
    assert office.input_value("#id_slug") == "blue-kettle"
    office.locator("#tabs-wrapper a", has_text="Variants").click()
    office.get_by_text("Add another Variant").click()
    office.fill("#id_variants-0-sku", "KETTLE")
    office.fill("#id_variants-0-price_minor", "12,90")
    office.get_by_role("button", name="Save", exact=True).click()
    office.get_by_text("Write the amount like 1234.50.").wait_for()
    office.fill("#id_variants-0-price_minor", "12.90")
    office.select_option("#id_variants-0-tax_class", index=1)
    office.get_by_role("button", name="Save", exact=True).click()
    office.get_by_text("was added successfully").wait_for()
    product = Product.objects.on_sale().get(slug="blue-kettle")
    assert (product.lowest_price, product.default_variant.stock.on_hand) == (1_290, 0)
    assert office.complaints == []


def test_chosen_products_change_their_price(office, shop):
    office.goto(f"{shop.url}/admin/catalog/product/?q=BASKET-1")
    office.locator("input.action-select").first.check()
    office.select_option("select[name=action]", "change_price")
    office.get_by_title("Run the selected action").click()
    office.fill("#id_percent", "-10")
    office.get_by_role("button", name="Preview").click()
    office.get_by_role("button", name="Change 1 price").click()
    office.get_by_text("Prices changed by").wait_for()
    assert Product.objects.get(slug="basket-1").lowest_price == 990
    assert office.complaints == []


def test_goods_are_received(office, shop):
    level = StockLevel.objects.get(variant__sku="BASKET-OUT")
    office.goto(f"{shop.url}/admin/inventory/stocklevel/{level.pk}/change/")
    office.get_by_role("link", name="Receive goods").last.click()
    office.get_by_label("BASKET-OUT").fill("7")
    office.get_by_role("button", name="Save").click()
    office.get_by_text("Received: BASKET-OUT.").wait_for()
    level.refresh_from_db()
    assert level.on_hand == 7
    assert office.complaints == []
