"""The cart without a script, under every strategy: POST, then 303, then what happened, in words."""

from __future__ import annotations

from typing import Any

import pytest

from shop.cart.cart import Cart
from shop.catalog.models import Product
from tests.factories import VariantFactory, create_small_catalogue
from tests.storefront.browser import Browser, read_badge, read_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopper(cart_strategy: str) -> Browser:
    create_small_catalogue()
    return Browser()


def test_add_set_and_remove(shopper: Browser) -> None:
    added = shopper.send(
        "/product/shirt/", "/cart/add/", sku="SHIRT-M", quantity="2", next="/product/shirt/"
    )
    assert added.request["PATH_INFO"] == "/product/shirt/"
    assert "In your cart: Shirt (M)." in read_text(added)
    assert read_badge(added) == "2"
    assert "In your cart" not in read_text(shopper.get("/product/shirt/"))

    changed = shopper.send("/cart/", "/cart/lines/SHIRT-M/", quantity="5")
    assert read_badge(changed) == "5"
    assert "€64.50" in read_text(changed)
    stepped = shopper.send("/cart/", "/cart/lines/SHIRT-M/", quantity="5", to="4")
    assert read_badge(stepped) == "4"

    removed = shopper.send("/cart/", "/cart/remove/SHIRT-M/")
    assert "Taken out: Shirt (M)." in read_text(removed)
    assert "There is nothing in your cart yet." in read_text(removed)
    assert shopper.badge() == "0"


def test_what_was_removed_can_be_put_back(shopper: Browser) -> None:
    shopper.add("BASKET-1", 3)
    removed = shopper.send("/cart/", "/cart/remove/BASKET-1/")
    html = removed.content.decode()
    assert 'name="sku" value="BASKET-1"' in html
    assert 'name="quantity" value="3"' in html
    assert "Put it back" in read_text(removed)


@pytest.mark.parametrize("quantity", ["", "0", "-1", "1.5", "many", "1000", "9" * 5_000, "\x00"])
def test_a_quantity_that_is_none_is_refused_in_words(shopper: Browser, quantity: str) -> None:
    shopper.add("BASKET-1")
    page = shopper.send("/cart/", "/cart/add/", sku="BASKET-1", quantity=quantity)
    assert "Please give a whole number from 1 to 999." in read_text(page)
    assert read_badge(page) == "1"


@pytest.mark.parametrize("quantity", ["", "-1", "x", "1000"])
def test_setting_a_quantity_that_is_none_is_refused_in_words(
    shopper: Browser, quantity: str
) -> None:
    shopper.add("BASKET-1")
    page = shopper.send("/cart/", "/cart/lines/BASKET-1/", quantity=quantity)
    assert "Please give a whole number" in read_text(page)
    assert read_badge(page) == "1"


def test_more_than_there_is_is_refused_with_what_there_is(shopper: Browser) -> None:
    shopper.add("BASKET-1", 9)
    page = shopper.send("/cart/", "/cart/add/", sku="BASKET-1", quantity="2")
    assert "Only 10 of Basket 1 are left, so your cart is as it was." in read_text(page)
    assert read_badge(page) == "9"
    assert "Out basket is sold out." in read_text(shopper.add("BASKET-OUT"))


@pytest.mark.parametrize("sku", ["NONE", "", "\x00", "x" * 300, "a\nb"])
def test_an_unknown_sku_is_refused_in_words(shopper: Browser, sku: str) -> None:
    assert "This product is not on sale any more." in read_text(shopper.add(sku))
    assert shopper.badge() == "0"


def test_a_sku_may_hold_a_slash(shopper: Browser) -> None:
    VariantFactory(sku="A/B C%", product__name="Odd one")
    shopper.add("A/B C%")
    page = shopper.send("/cart/", "/cart/lines/A%2FB%20C%25/", quantity="4")
    assert read_badge(page) == "4"
    assert "/cart/lines/A/B%20C%25/" in page.content.decode()


def test_a_full_cart_says_so(shopper: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cart, "max_lines", 1)
    shopper.add("BASKET-1")
    page = shopper.add("BASKET-2")
    assert "Your cart is full: it holds 1 lines." in read_text(page)
    assert read_badge(page) == "1"


def test_lines_with_a_problem_stay_and_say_what_is_wrong(shopper: Browser) -> None:
    for sku in ("BASKET-1", "BASKET-2", "BASKET-3"):
        shopper.add(sku, 3)
    one, two, three = (Product.objects.get(slug=f"basket-{n}") for n in (1, 2, 3))
    one.variants.get().stock.__class__.objects.filter(variant__product=one).update(on_hand=0)
    two.variants.get().stock.__class__.objects.filter(variant__product=two).update(on_hand=2)
    Product.objects.filter(pk=three.pk).update(status="archived")
    words = read_text(shopper.get("/cart/"))
    assert "Sold out. Please remove it" in words
    assert "Only 2 left. Please lower the quantity." in words
    assert "BASKET-3 This is not on sale any more." in words
    assert "Some lines need your attention" in words
    gone = shopper.send("/cart/", "/cart/remove/BASKET-3/")
    assert "This is not on sale any more." not in read_text(gone)


def test_the_way_back_never_leaves_the_shop(shopper: Browser) -> None:
    page = shopper.get("/login/")
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "javascript:x()"):
        answer = shopper.post(
            "/cart/add/",
            {
                "csrfmiddlewaretoken": page.context["csrf_token"],
                "sku": "BASKET-1",
                "next": elsewhere,
            },
        )
        assert answer["Location"] == "/cart/"


@pytest.mark.parametrize(
    "address", ["/cart/add/", "/cart/lines/BASKET-1/", "/cart/remove/BASKET-1/"]
)
def test_a_change_needs_a_post_and_a_csrf_token(shopper: Browser, address: str) -> None:
    assert shopper.get(address).status_code == 405
    refused = shopper.post(address, {"sku": "BASKET-1", "quantity": "1"})
    assert refused.status_code == 403
    assert "This form is too old" in read_text(refused)


def test_a_page_with_the_cart_on_it_is_no_shared_caches_business(shopper: Browser) -> None:
    page = shopper.get("/")
    assert "private" in page["Cache-Control"]
    assert "Cookie" in page["Vary"]


def _as_script(target: str = "cart") -> dict[str, Any]:
    return {"HX-Request": "true", "HX-Target": f"div#{target}"}


def test_a_script_gets_the_parts_that_changed(shopper: Browser) -> None:
    token = shopper.get("/product/shirt/").context["csrf_token"]
    data = {"csrfmiddlewaretoken": token, "sku": "BASKET-1", "quantity": "2"}
    answer = shopper.post("/cart/add/", data, headers=_as_script("notices"))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "<html" not in html
    assert 'hx-target="#cart-badge"' in html
    assert read_badge(answer) == "2"
    assert "In your cart: Basket 1." in read_text(answer)
    assert 'hx-target="#cart"' not in html

    part = shopper.get("/cart/", headers=_as_script())
    assert 'hx-target="#cart"' in part.content.decode()
    assert "Basket 1" in read_text(part)
    assert 'hx-target="#notices"' not in part.content.decode()
    assert {"HX-Request", "HX-Target"} <= set(part["Vary"].replace(" ", "").split(","))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"sku": "NONE"}, 404),
        ({"sku": "BASKET-1", "quantity": "0"}, 400),
        ({"sku": "BASKET-1", "quantity": "11"}, 409),
    ],
)
def test_a_script_gets_a_true_status(shopper: Browser, fields: dict[str, str], status: int) -> None:
    token = shopper.get("/login/").context["csrf_token"]
    data = {"csrfmiddlewaretoken": token, **fields}
    answer = shopper.post("/cart/add/", data, headers=_as_script())
    assert answer.status_code == status
    assert 'hx-target="#notices"' in answer.content.decode()
    assert read_badge(answer) == "0"
