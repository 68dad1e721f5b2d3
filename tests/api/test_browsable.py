"""The API in a browser: pages with forms, within the shop's policy."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from shop.accounts.models import User
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def list_paths() -> list[str]:
    """Every address of the API, with something for its variable parts."""
    patterns = get_resolver("shop.api.urls").url_patterns
    routes = [str(pattern.pattern) for pattern in patterns]
    return [re.sub("<[^>]+>", "a", route) for route in routes if route] + ["", "nothing/"]


@pytest.mark.parametrize("path", list_paths())
@pytest.mark.parametrize("is_customer", [False, True])
def test_every_address_is_a_page(customer: User, path: str, is_customer: bool) -> None:
    ProductFactory(sku="a", slug="a")
    client = Client()
    if is_customer:
        client.force_login(customer)
    answer = client.get(f"/api/v1/{path}", headers=BROWSER)
    assert answer.status_code < 500
    if path == "schema/":
        return
    assert answer.headers["Content-Type"].startswith("text/html")
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert not re.search(r'(src|href)="(https?:)?//(?!testserver/)', page), (
        "loads nothing from another host"
    )
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"].split("; ")
    if path not in ("docs/",):
        assert "private" in answer.headers["Cache-Control"] or (
            answer.headers["Cache-Control"] == "no-store"
        )


def test_forms(client: Client, customer: User) -> None:
    page = client.get("/api/v1/cart/lines/", headers=BROWSER).content.decode()
    assert 'name="sku"' in page
    assert 'name="quantity"' in page
    page = client.get("/api/v1/products/", headers=BROWSER).content.decode()
    for name in ("search", "category", "min_price", "max_price", "in_stock", "ordering"):
        assert f'name="{name}"' in page
    assert "?next=/api/v1/products/" in page
    client.force_login(customer)
    page = client.get("/api/v1/products/", headers=BROWSER).content.decode()
    assert customer.username in page


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=BoUnDaRyStRiNg"]
)
def test_a_form_fills_the_cart(client: Client, kind: str) -> None:
    ProductFactory(sku="A", stock=5)
    fields: dict[str, Any] = {"sku": "A", "quantity": "2"}
    data: Any = "sku=A&quantity=2" if kind.endswith("urlencoded") else fields
    answer = (
        client.post("/api/v1/cart/lines/", data, content_type=kind)
        if isinstance(data, str)
        else client.post("/api/v1/cart/lines/", data)
    )
    assert answer.status_code == 201, answer.content
    answer = client.post("/api/v1/cart/lines/", {"sku": "A", "quantity": "two"})
    assert answer.json()["code"] == "invalid_quantity"


def test_an_error_page_keeps_its_status(client: Client) -> None:
    answer = client.get("/api/v1/products/nothing/", headers=BROWSER)
    assert answer.status_code == 404
    assert "not_found" in answer.content.decode()
