"""Categories and products: what they say, how they are narrowed, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest

from shop.catalog.models import Attribute, Product
from shop.inventory.services import set_stock
from tests.api.shopper import Shopper, assert_problem
from tests.factories import CategoryFactory, ImageFactory, ProductFactory, VariantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(db: None) -> None:
    """Baskets (with small ones below them) and a hat that is sold out."""
    baskets = CategoryFactory(name="Baskets", slug="baskets")
    small = CategoryFactory(name="Small baskets", slug="small", parent=baskets)
    hats = CategoryFactory(name="Hats", slug="hats")
    ProductFactory(name="Big", slug="big", sku="BIG", price_minor=5_000, category=baskets)
    ProductFactory(name="Little", slug="little", sku="LIT", price_minor=1_000, category=small)
    ProductFactory(name="A hat", slug="hat", sku="HAT-1", price_minor=2_000, stock=0, category=hats)


def list_slugs(shopper: Shopper, query: str) -> list[str]:
    answer = shopper.get(f"products/{query}")
    assert answer.status_code == 200, answer.content
    return [row["slug"] for row in answer.json()["results"]]


def test_categories(shopper: Shopper, shop: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        body = shopper.get("categories/").json()
    assert set(body) == {"count", "next", "previous", "results"}
    rows = {row["slug"]: row for row in body["results"]}
    assert rows["small"]["parent"] == "baskets"
    assert rows["baskets"]["parent"] is None


def test_list_row(shopper: Shopper, shop: None) -> None:
    ImageFactory(product=Product.objects.get(slug="big"), alt="A big basket")
    body = shopper.get("products/?search=BIG").json()
    assert (body["count"], body["next"], body["previous"]) == (1, None, None)
    row = body["results"][0]
    assert (row["slug"], row["name"], row["sku"]) == ("big", "Big", "BIG")
    assert row["price"] == {"amount": "50.00", "currency": "EUR"}
    assert row["in_stock"] is True
    assert row["stock"] == {"available": 10, "version": 1}
    assert row["image"]["alt"] == "A big basket"
    assert row["image"]["url"].startswith("http://testserver/media/")


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?ordering=price", ["little", "hat", "big"]),
        ("?ordering=-price", ["big", "hat", "little"]),
        ("?ordering=name", ["hat", "big", "little"]),
        ("?ordering=newest", ["hat", "little", "big"]),
        ("", ["hat", "little", "big"]),
        ("?search=hat-1", ["hat"]),
        ("?search=basket", []),
        ("?category=baskets&ordering=name", ["big", "little"]),
        ("?category=small", ["little"]),
        ("?min_price=10&max_price=20.00&ordering=price", ["little", "hat"]),
        ("?min_price=10.01&max_price=49.99", ["hat"]),
        ("?in_stock=true&ordering=name", ["big", "little"]),
        ("?in_stock=false", ["hat"]),
        ("?search=&category=&min_price=&max_price=&in_stock=&ordering=", ["hat", "little", "big"]),
        ("?max_price=1e2&ordering=price", ["little", "hat", "big"]),
        ("?utm_source=mail", ["hat", "little", "big"]),
    ],
)
def test_filters(shopper: Shopper, shop: None, query: str, slugs: list[str]) -> None:
    assert list_slugs(shopper, query) == slugs


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("min_price=abc", "min_price"),
        ("min_price=-1", "min_price"),
        ("min_price=1.234", "min_price"),
        ("min_price=NaN", "min_price"),
        ("min_price=Infinity", "min_price"),
        ("min_price=1e400", "min_price"),
        ("min_price=1e999999999999", "min_price"),
        ("max_price=" + "9" * 29, "max_price"),
        ("max_price=" + "9" * 400, "max_price"),
        ("in_stock=perhaps", "in_stock"),
        ("ordering=stock", "ordering"),
        ("ordering=%00", "ordering"),
        ("category=nowhere", "category"),
        ("category=%00", "category"),
        ("search=%00", "search"),
        ("search=" + "x" * 300, "search"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=x", "page"),
        ("page=1.5", "page"),
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=x", "page_size"),
        ("fields=", "fields"),
        ("fields=name,secret", "fields"),
    ],
)
def test_bad_filters(shopper: Shopper, shop: None, query: str, field: str) -> None:
    body = assert_problem(shopper.get(f"products/?{query}"), 400, "invalid")
    assert list(body["errors"]) == [field]


@pytest.mark.parametrize("page", ["2", "99999999999999999999", "9" * 5_000])
def test_a_page_that_is_not_there(shopper: Shopper, shop: None, page: str) -> None:
    assert_problem(shopper.get(f"products/?page={page}"), 404, "invalid_page")


def test_pages(shopper: Shopper, shop: None) -> None:
    first = shopper.get("products/?page_size=2&ordering=price").json()
    assert (first["count"], first["previous"], len(first["results"])) == (3, None, 2)
    second = shopper.get(first["next"].removeprefix("http://testserver")).json()
    assert [row["slug"] for row in second["results"]] == ["big"]
    assert second["next"] is None
    assert "page_size=2" in second["previous"]


def test_detail(shopper: Shopper, shop: None, django_assert_num_queries: Any) -> None:
    big = Product.objects.get(slug="big")
    VariantFactory(product=big, sku="BIG-M", options={"Size": "M"}, price_minor=4_000)
    VariantFactory(product=big, sku="BIG-OFF", is_active=False)
    ImageFactory(product=big, alt="From the side")
    Attribute.objects.create(product=big, name="Material", value="Willow")
    with django_assert_num_queries(4):
        body = shopper.get("products/big/").json()
    assert body["price"]["amount"] == "40.00"
    assert body["images"][0]["alt"] == "From the side"
    assert body["attributes"] == [{"name": "Material", "value": "Willow"}]
    assert body["category"] == {"slug": "baskets", "name": "Baskets"}
    assert [variant["sku"] for variant in body["variants"]] == ["BIG", "BIG-M"]
    assert body["variants"][1]["name"] == "M"
    assert body["variants"][1]["price"] == {"amount": "40.00", "currency": "EUR"}
    assert body["variants"][1]["stock"] == {"available": 10, "version": 1}


@pytest.mark.parametrize("slug", ["nothing", "a%00b", "draft", "%F0%9F%98%80"])
def test_unknown_product(shopper: Shopper, slug: str) -> None:
    ProductFactory(slug="draft", status="draft")
    assert_problem(shopper.get(f"products/{slug}/"), 404, "not_found")


def test_sparse_fields(shopper: Shopper, shop: None) -> None:
    row = shopper.get("products/?fields=slug,price").json()["results"][0]
    assert set(row) == {"slug", "price"}
    assert set(shopper.get("products/big/?fields=variants").json()) == {"variants"}
    assert set(shopper.get("categories/?fields=slug").json()["results"][0]) == {"slug"}


@pytest.mark.parametrize("path", ["products/", "products/big/", "categories/"])
def test_etag(shopper: Shopper, shop: None, path: str) -> None:
    first = shopper.get(path)
    again = shopper.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "no-cache" in again.headers["Cache-Control"]
    assert "Accept" in first.headers["Vary"]


@pytest.mark.parametrize("path", ["products/", "products/big/"])
def test_a_change_shows_at_once(shopper: Shopper, shop: None, path: str) -> None:
    first = shopper.get(path)
    set_stock(quantities={"BIG": 3})
    second = shopper.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    product = Product.objects.get(slug="big")
    product.variants.update(price_minor=7)
    Product.objects.filter(pk=product.pk).refresh_listing()
    third = shopper.get(path, headers={"If-None-Match": second.headers["ETag"]})
    assert third.status_code == 200


def test_queries_do_not_grow_with_rows(shopper: Shopper, django_assert_num_queries: Any) -> None:
    for number in range(3):
        for product in ProductFactory.create_batch(5):
            ImageFactory(product=product)
            VariantFactory(product=product)
        with django_assert_num_queries(2):
            assert len(shopper.get("products/").json()["results"]) == 5 * (number + 1)


def test_queries_of_a_product_do_not_grow(shopper: Shopper, django_assert_num_queries: Any) -> None:
    product = ProductFactory(slug="many")
    for _ in range(2):
        for _ in range(3):
            VariantFactory(product=product, image=ImageFactory(product=product))
        with django_assert_num_queries(4):
            shopper.get("products/many/")
