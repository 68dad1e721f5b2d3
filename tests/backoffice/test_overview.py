"""The first page, the sidebar, the policy of the pages, and the carts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from shop.backoffice.navigation import GROUPS
from shop.cart.models import StoredCart
from tests.backoffice.test_pages import count_queries
from tests.factories import ProductFactory, UserFactory, VariantFactory


def make_cart(key: str, lines: list[Any], days: int = 1) -> StoredCart:
    expires_at = timezone.now() + timedelta(days=days)
    return StoredCart.objects.create(key=key, lines=lines, expires_at=expires_at)


def read_tiles(response: Any) -> dict[str, int]:
    return {tile.title: tile.number for tile in response.context["tiles"]}


def test_the_tiles_count_what_there_is(admin, settings):
    settings.CART_STRATEGY = "session"
    ProductFactory(sku="MUCH", stock=50)
    ProductFactory(sku="LOW", stock=5)
    ProductFactory(sku="OUT", stock=0)
    ProductFactory(sku="DRAFT", stock=1, status="draft")
    UserFactory()
    UserFactory(is_active=False)
    make_cart("full-cart", [["LOW", 1]])
    make_cart("empty-cart", [])
    make_cart("old-cart", [["LOW", 1]], days=-1)
    answer = admin.get("/admin/")
    assert read_tiles(answer) == {
        "Products on sale": 3,
        "Sold out": 1,
        "Low stock": 1,
        "Customers": 1,
        "Carts": 1,
    }
    assert [level.variant.sku for level in answer.context["running_low"]] == ["OUT", "LOW"]
    for tile in answer.context["tiles"]:
        assert admin.get(tile.address).status_code == 200, tile
    lead = {tile.title: tile.address for tile in answer.context["tiles"]}
    for title in ("Sold out", "Low stock", "Customers"):
        assert admin.get(lead[title]).context["cl"].result_count == 1, title


def test_carts_elsewhere_are_not_counted(admin, settings):
    settings.CART_STRATEGY = "cookie"
    assert "Carts" not in read_tiles(admin.get("/admin/"))


def test_it_costs_the_same_whatever_the_rows(admin):
    VariantFactory(stock=0)
    admin.get("/admin/")
    few = count_queries(admin, "/admin/")
    for _ in range(9):
        VariantFactory(stock=1)
    assert count_queries(admin, "/admin/") == few
    assert few <= 16


@pytest.mark.parametrize(
    ("group", "titles"),
    [
        ("Shop staff", {"Products on sale", "Sold out", "Low stock", "Customers", "Carts"}),
        ("Catalogue editor", {"Products on sale", "Sold out", "Low stock"}),
        ("", set()),
    ],
)
def test_staff_see_what_they_may(log_in_as, settings, group, titles):
    settings.CART_STRATEGY = "session"
    answer = log_in_as(group).get("/admin/")
    assert answer.status_code == 200
    assert set(read_tiles(answer)) == titles


@pytest.mark.parametrize("group", ["Shop staff", "Catalogue editor", ""])
def test_every_link_of_the_sidebar_opens(log_in_as, group):
    staff = log_in_as(group)
    groups = staff.get("/admin/").context["sidebar_navigation"]
    links = {item["link"] for part in groups for item in part["items"]}
    for entry in (entry for entries in GROUPS.values() for entry in entries):
        address = reverse(entry.address)
        assert staff.get(address).status_code == (200 if address in links else 403), address


def test_one_entry_of_the_sidebar_is_where_one_is(admin):
    for name in ("inventory_stocklevel_delivery", "backoffice_importrun_add", "index"):
        address = reverse(f"admin:{name}")
        groups = admin.get(address).context["sidebar_navigation"]
        active = [i["link"] for part in groups for i in part["items"] if i["active"]]
        assert active == [address]


def read_policy(response: Any) -> dict[str, set[str]]:
    parts = response["Content-Security-Policy"].split(";")
    return {name: set(rest) for name, *rest in (part.split() for part in parts)}


def test_the_looser_policy_is_the_admins_alone(admin, client):
    for answer in (admin.get("/admin/"), client.get("/admin/login/"), client.get("/admin/")):
        policy = read_policy(answer)
        assert policy["script-src"] == {"'self'", "'unsafe-eval'"}
        assert policy["style-src"] == {"'self'", "'unsafe-inline'"}
        assert policy["default-src"] == {"'self'"}
        assert policy["frame-ancestors"] == {"'none'"}
    for address in ("/", "/administer/", "/accounts/login/"):
        assert read_policy(admin.get(address))["script-src"] == {"'self'"}


def test_a_cart_is_looked_at_without_its_key(admin):
    VariantFactory(sku="A")
    cart = make_cart("secret-of-the-shopper", [["A", 2], ["GONE", 1]])
    page = admin.get("/admin/cart/storedcart/").content.decode()
    assert "secret…" in page
    shown = admin.get(f"/admin/cart/storedcart/{cart.pk}/change/").content.decode()
    assert "2 × " in shown and "no longer in the catalogue" in shown
    assert admin.post(f"/admin/cart/storedcart/{cart.pk}/change/", {}).status_code == 403
    assert admin.get("/admin/cart/storedcart/add/").status_code == 403


def test_carts_by_expiry(admin):
    make_cart("live", [])
    make_cart("over", [], days=-1)
    for value, key in (("live", "live"), ("expired", "over")):
        rows = admin.get(f"/admin/cart/storedcart/?expiry={value}").context["cl"].result_list
        assert [cart.key for cart in rows] == [key]
