"""Coupons and promotions on a cart: what they give, and why not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shop.cart.cart import Cart
from shop.catalog.models import Category, Product
from shop.errors import CouponNotApplicable, UnknownCoupon
from shop.pricing.coupons import OfferUsedUp, apply_coupon, give_uses_back, use_offers
from shop.pricing.lines import price_cart
from shop.pricing.models import Coupon, Promotion, PromotionUse, ShippingMethod
from tests.factories import CategoryFactory, ProductFactory, UserFactory
from tests.orders.shopper import Shopper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _goods():
    shelf = CategoryFactory(name="Tea", slug="tea")
    green = CategoryFactory(name="Green tea", slug="green-tea", parent=shelf)
    ProductFactory(sku="A", price_minor=1_000, stock=50, slug="a")
    ProductFactory(sku="GREEN", price_minor=2_000, stock=50, slug="green", category=green)


def offer(
    code: str = "CODE", *, products: Any = (), categories: Any = (), **fields: Any
) -> Promotion:
    uses = fields.pop("coupon_uses", None)
    fields = {"kind": "percent", "percent": 10, "name": "Offer", **fields}
    promotion = Promotion.objects.create(is_automatic=not code, **fields)
    promotion.products.set(products)
    promotion.categories.set(categories)
    if code:
        Coupon.objects.create(code=code, promotion=promotion, max_uses=uses)
    return promotion


def price(coupon: str = "CODE", **kwargs: Any) -> Any:
    return price_cart(Cart({"A": 2, "GREEN": 1}, coupon), **kwargs)


def test_a_percentage_on_everything():
    offer()
    priced = price()
    assert (priced.subtotal.minor, priced.discount.minor, priced.total.minor) == (4_000, 400, 3_600)
    assert [line.discount.minor for line in priced.lines] == [200, 200]
    assert priced.tax.minor == sum(line.tax.minor for line in priced.lines)
    assert [(o.name, o.coupon, o.amount.minor) for o in priced.offers] == [("Offer", "CODE", 400)]
    assert priced.problems == []


@pytest.mark.parametrize("code", ["code", " Code ", "CODE"])
def test_a_code_is_known_in_any_case(code):
    offer()
    assert price(code).discount.minor == 400


def test_an_offer_for_a_product():
    product = ProductFactory(sku="OTHER", stock=1)
    offer(products=[product])
    assert price().problems == ["coupon_not_for_these_goods"]

    Promotion.objects.get().products.set(Product.objects.filter(slug="a"))
    assert [line.discount.minor for line in price().lines] == [200, 0]


def test_an_offer_for_a_category_holds_for_those_below_it():

    offer(categories=Category.objects.filter(slug="tea"))
    assert [line.discount.minor for line in price().lines] == [0, 200]


def test_an_amount_a_minimum_and_what_counts_for_it():

    offer(
        kind="amount",
        amount_minor=500,
        minimum_minor=2_001,
        categories=Category.objects.filter(slug="green-tea"),
    )
    assert price().problems == ["coupon_minimum_not_met"]
    assert price_cart(Cart({"GREEN": 2}, "CODE")).discount.minor == 500


def test_free_delivery():
    ShippingMethod.objects.create(code="post", name="Post", price_minor=490)
    offer(kind="free_delivery", minimum_minor=4_000)
    assert price(shipping_method="post").shipping.minor == 0
    small = price_cart(Cart({"A": 1}, "CODE"), shipping_method="post")
    assert (small.shipping.minor, small.problems) == (490, ["coupon_minimum_not_met"])


def test_buy_two_get_the_cheapest_free():
    offer(kind="buy_x_get_y", percent=100, buy_quantity=2, get_quantity=1)
    assert price().discount.minor == 1_000


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"starts_at": timedelta(hours=1)}, "coupon_not_valid_now"),
        ({"ends_at": timedelta(hours=-1)}, "coupon_not_valid_now"),
        ({"is_active": False}, "coupon_not_valid_now"),
        ({"max_uses": 0}, "coupon_used_up"),
        ({"coupon_uses": 0}, "coupon_used_up"),
    ],
)
def test_a_coupon_that_does_not_hold_says_why_and_takes_nothing(fields, problem):
    offer(**{k: timezone.now() + v if isinstance(v, timedelta) else v for k, v in fields.items()})
    priced = price()
    assert priced.problems == [problem]
    assert priced.discount.minor == 0
    shopper = Shopper().fill(A=1)
    with pytest.raises(CouponNotApplicable) as refusal:
        shopper.ask(lambda cart: apply_coupon(cart, code="CODE"))
    assert refusal.value.facts == {"coupon": "CODE", "reason": problem}
    assert shopper.read().coupon == ""


def test_applying_and_removing_a_coupon(cart_strategy):
    offer()
    shopper = Shopper().fill(A=1)
    shopper.ask(lambda cart: apply_coupon(cart, code=" code "))
    assert shopper.read().coupon == "CODE"
    order = shopper.order().order
    assert (order.coupon, order.discount_minor, order.total_minor) == ("CODE", 100, 900)
    assert shopper.read() == Cart()


@pytest.mark.parametrize("code", ["NONE", "", " ", "\x00", "x" * 500, "🫖"])
def test_an_unknown_coupon_is_refused(code):
    shopper = Shopper().fill(A=1)
    with pytest.raises(UnknownCoupon):
        shopper.ask(lambda cart: apply_coupon(cart, code=code))


def test_a_cart_with_a_coupon_that_has_gone_is_not_ordered():
    offer()
    shopper = Shopper().fill(A=1)
    shopper.update(Cart.with_coupon, "CODE")
    Coupon.objects.all().delete()
    assert price_cart(shopper.read()).problems == ["coupon_unknown"]
    with pytest.raises(CouponNotApplicable):
        shopper.order()
    assert shopper.read() == Cart({"A": 1}, "CODE")


def test_uses_of_a_customer_are_counted_by_account_and_by_address():
    promotion = offer(max_uses_per_customer=1)
    ada = UserFactory(email="ada@example.com")
    PromotionUse.objects.create(promotion=promotion, reference="1", customer=ada)
    PromotionUse.objects.create(promotion=promotion, reference="2", email="eve@example.com")
    assert price(customer=ada).problems == ["coupon_used_by_customer"]
    assert price(email="EVE@example.com").problems == ["coupon_used_by_customer"]
    assert price(email="bob@example.com").problems == []
    assert price(customer=UserFactory()).problems == []


def test_automatic_offers_come_first_in_their_order_and_the_coupon_last():
    offer("", name="second", percent=50, position=2)
    offer("", name="first", kind="amount", amount_minor=1_000, position=1)
    offer("", name="gone", percent=50, max_uses=0)
    offer("", name="later", percent=50, starts_at=timezone.now() + timedelta(days=1))
    offer("CODE", name="coupon", percent=10)
    priced = price()
    assert [(o.name, o.amount.minor) for o in priced.offers] == [
        ("first", 1_000),
        ("second", 1_500),
        ("coupon", 150),
    ]
    assert priced.total.minor == 1_350


def test_an_automatic_offer_that_was_used_up_meanwhile_is_left_out():
    offer("", max_uses=1)
    priced = price("")
    applied = [o.applied for o in priced.offers]
    use_offers(applied=applied, reference="1", customer=None, email="a@example.com")
    with pytest.raises(OfferUsedUp), transaction.atomic():
        use_offers(applied=applied, reference="2", customer=None, email="b@example.com")
    assert price("").offers == []
    assert Shopper().fill(A=1).order().order.discount_minor == 0
    give_uses_back(reference="1")
    give_uses_back(reference="1")
    assert Promotion.objects.get().uses == 0
    assert Shopper().fill(A=1).order().order.discount_minor == 100


@pytest.mark.parametrize(
    "fields",
    [
        {"percent": 101},
        {"kind": "buy_x_get_y"},
        {"starts_at": timezone.now(), "ends_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_the_database_refuses_an_offer_that_makes_no_sense(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        offer(**fields)


def test_the_database_refuses_more_uses_than_there_are():
    offer(coupon_uses=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Coupon.objects.update(uses=2)


# --- Queries ------------------------------------------------------------------------------


def fill_shop(lines: int) -> Cart:
    for n in range(lines):
        ProductFactory(sku=f"P{n}", stock=5)
    return Cart({f"P{n}": 1 for n in range(lines)})


@pytest.mark.parametrize("lines", [1, 20])
def test_pricing_takes_two_queries_without_offers(lines, django_assert_num_queries):
    cart = fill_shop(lines)
    offer()  # for whoever has the coupon
    with django_assert_num_queries(2):
        price_cart(cart)
    with django_assert_num_queries(3):
        price_cart(cart, country="DE", shipping_method="", email="a@example.com")
    with django_assert_num_queries(0):
        price_cart(Cart())


@pytest.mark.parametrize("lines", [1, 20])
@pytest.mark.parametrize("promotions", [1, 7])
def test_with_every_kind_of_offer_it_stays_flat(lines, promotions, django_assert_num_queries):

    cart = fill_shop(lines).with_coupon("CODE")
    for n in range(promotions):
        offer(
            "" if n else "CODE",
            products=Product.objects.all(),
            categories=Category.objects.all(),
            max_uses_per_customer=5,
        )
    with django_assert_num_queries(8):
        price_cart(cart, email="a@example.com")
