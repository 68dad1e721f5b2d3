"""Home, category, search and product: what they show, and with how many statements."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from shop.catalog.models import Product
from shop.inventory.models import Movement
from shop.inventory.services import give_stock
from tests.factories import (
    CategoryFactory,
    ImageFactory,
    ProductFactory,
    VariantFactory,
    create_small_catalogue,
)
from tests.storefront.browser import read_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _client_held(use_strategy: Any) -> None:
    """So that the cart itself costs no statement."""
    use_strategy("cookie")


@pytest.mark.parametrize(
    ("address", "statements"),
    [
        ("/", 3),
        ("/category/baskets/", 4),
        ("/category/baskets/?in_stock=on&min_price=10&max_price=99&sort=-price", 4),
        ("/search/?q=basket", 4),
        ("/search/", 1),
        ("/product/shirt/", 5),
        ("/cart/", 1),
        ("/login/", 1),
    ],
)
def test_a_page_costs_the_same_however_much_there_is(
    client: Client, django_assert_num_queries: Any, address: str, statements: int
) -> None:
    create_small_catalogue()
    with django_assert_num_queries(statements):
        assert client.get(address).status_code == 200
    shirt = Product.objects.get(slug="shirt")
    for number in range(5):
        ImageFactory(product=shirt)
        VariantFactory(product=shirt, options={"Size": f"{number}"})
        more = ProductFactory(name=f"Basket more {number}", category=shirt.category)
        CategoryFactory(parent=more.category)
    Product.objects.filter(name__contains="Basket").update(
        category=Product.objects.get(slug="basket-1").category
    )
    with django_assert_num_queries(statements):
        assert client.get(address).status_code == 200


def test_a_category_shows_what_lies_below_it_with_breadcrumbs(client: Client) -> None:
    top = CategoryFactory(name="House", slug="house")
    below = CategoryFactory(name="Kitchen", slug="kitchen", parent=top)
    ProductFactory(name="Ladle", category=below)
    ProductFactory(name="Elsewhere")
    page = client.get("/category/house/")
    assert "Ladle" in read_text(page)
    assert "Elsewhere" not in read_text(page)
    assert 'href="/category/kitchen/"' in page.content.decode()
    trail = read_text(client.get("/category/kitchen/"))
    assert "House Kitchen" in trail


def test_lists_are_sorted_and_narrowed(client: Client) -> None:
    create_small_catalogue()

    def names(query: str) -> list[str]:
        page = client.get(f"/category/baskets/?{query}")
        return [product.name for product in page.context["listing"].page]

    assert names("sort=price")[:2] == ["Basket 1", "Basket 2"]
    assert names("sort=-price")[0] == "Basket 5"
    assert names("sort=name")[0] == "Basket 1"
    assert "Out basket" not in names("in_stock=on")
    assert names("min_price=14&max_price=15&sort=price") == ["Basket 4", "Basket 5"]
    assert len(names("min_price=nonsense&sort=nonsense&page=nonsense")) == 7


@pytest.mark.parametrize("price", ["NaN", "Infinity", "-1", "1e999999", "0.001", "9" * 400])
def test_a_price_that_is_none_is_said_and_left_out(client: Client, price: str) -> None:
    create_small_catalogue()
    page = client.get("/category/baskets/", {"min_price": price})
    assert page.status_code == 200
    assert len(page.context["listing"].page) == 7
    assert page.context["listing"].form.errors["min_price"]


def test_pages_keep_the_wishes(client: Client) -> None:
    category = CategoryFactory(slug="many")
    for number in range(30):
        ProductFactory(name=f"Thing {number:02}", category=category)
    page = client.get("/category/many/?sort=name&page=2")
    assert [p.name for p in page.context["listing"].page] == [f"Thing {n}" for n in range(24, 30)]
    assert "?sort=name&amp;page=1" in page.content.decode()
    assert client.get("/category/many/?page=99").context["listing"].page.number == 2


def test_search_finds_a_sku_and_says_when_there_is_nothing(client: Client) -> None:
    create_small_catalogue()
    assert "Basket 3" in read_text(client.get("/search/?q=BASKET-3"))
    nothing = client.get("/search/", {"q": "<b>\x00 zebra"})
    assert "Nothing found for “<b> zebra”" in read_text(nothing)
    assert "<b>" not in nothing.content.decode()


def test_a_product_says_price_tax_former_price_and_stock(client: Client) -> None:
    product = ProductFactory(slug="lamp", name="Lamp", stock=None, vendor="Maker")
    VariantFactory(product=product, price_minor=8_000, compare_at_minor=10_000, stock=3, options={})
    product.attributes.create(name="Height", value="40 cm")
    words = read_text(client.get("/product/lamp/"))
    for said in ("Maker", "€80.00", "formerly €100.00", "Including 19 % tax", "Height 40 cm"):
        assert said in words
    assert "Only 3 left" in words


def test_the_variant_asked_for_is_chosen_else_one_that_can_be_had(client: Client) -> None:
    product = ProductFactory(slug="shirt", stock=None)
    for size, stock in (("S", 0), ("M", 4), ("L", 0)):
        VariantFactory(product=product, sku=f"S-{size}", options={"Size": size}, stock=stock)
    assert client.get("/product/shirt/").context["choice"].chosen.sku == "S-M"
    assert client.get("/product/shirt/?sku=S-L").context["choice"].chosen.sku == "S-L"
    assert client.get("/product/shirt/?sku=gone").context["choice"].chosen.sku == "S-M"


def test_two_options_are_grouped_by_the_first(client: Client) -> None:
    product = ProductFactory(slug="shirt", stock=None)
    for position, (colour, size) in enumerate([("Red", "S"), ("Blue", "S"), ("Red", "M")]):
        options = {"Hue": colour, "Size": size}
        VariantFactory(product=product, options=options, position=position + 1)
    groups = client.get("/product/shirt/").context["choice"].groups
    assert [(first, [name for name, _ in group]) for first, group in groups] == [
        ("Red", ["S", "M"]),
        ("Blue", ["S"]),
    ]


def test_a_description_loads_nothing_and_runs_nothing(client: Client) -> None:
    hostile = '<p onclick="x()">Fine</p><script>x()</script><img src="https://elsewhere/x.png">'
    ProductFactory(slug="bad", description=hostile)
    html = client.get("/product/bad/").content.decode()
    assert "<p>Fine</p>" in html
    assert "elsewhere" not in html
    assert "x()" not in html


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_what_is_not_on_sale_is_not_there(client: Client, status: str) -> None:
    ProductFactory(slug="hidden", name="Hidden thing", status=status)
    assert client.get("/product/hidden/").status_code == 404
    assert "Hidden thing" not in read_text(client.get("/search/?q=hidden"))


def test_a_variant_without_a_stock_level_counts_as_sold_out(client: Client) -> None:
    variant = VariantFactory(product__slug="bare", stock=0)
    variant.stock.delete()
    assert "Sold out" in read_text(client.get("/product/bare/"))


def test_stock_that_comes_back_is_shown(client: Client) -> None:
    VariantFactory(product__slug="lamp", sku="L", stock=0)
    assert "Sold out" in read_text(client.get("/product/lamp/"))
    give_stock(quantities={"L": 9}, reason=Movement.Reason.RECEIPT, reference="test")
    assert "In stock" in read_text(client.get("/product/lamp/"))


@pytest.mark.parametrize("address", ["/category/none/", "/product/none/", "/none/"])
def test_what_is_not_there_has_a_page_with_a_way_on(
    client: Client, settings: Any, address: str
) -> None:
    settings.DEBUG = False
    page = client.get(address)
    assert page.status_code == 404
    assert "Back to the shop" in read_text(page)


@pytest.mark.parametrize(
    "address", ["/", "/category/baskets/", "/product/shirt/", "/search/", "/cart/"]
)
def test_pages_are_for_reading(client: Client, address: str) -> None:
    create_small_catalogue()
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/category/baskets/", "/product/shirt/", "/cart/", "/login/"]
)
def test_no_page_has_inline_script_or_style_or_another_host(client: Client, address: str) -> None:
    create_small_catalogue()
    html = client.get(address).content.decode()
    for forbidden in ("<style", " style=", "onclick=", "hx-on", "js:", "//cdn", "https://"):
        assert forbidden not in html
    assert html.count("<script") == html.count("<script src=") + html.count(
        '<script type="module" src='
    )
