"""Ways of delivery: by country, weight and value; what they cost, and their tax."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shop.cart.cart import Cart
from shop.catalog.models import Variant
from shop.errors import UnknownShippingMethod
from shop.money import included_tax
from shop.pricing.delivery import available_methods
from shop.pricing.lines import methods_for, price_cart
from shop.pricing.models import Coupon, Promotion, ShippingMethod, TaxRate
from tests.factories import TaxClassFactory, VariantFactory
from tests.orders.shopper import ADDRESS, Shopper

pytestmark = pytest.mark.django_db


def method(code: str, **fields):
    return ShippingMethod.objects.create(
        **{"code": code, "name": code, "price_minor": 490, **fields}
    )


def find(country="DE", weight=500, value=2_000):
    found = available_methods(country=country, weight_grams=weight, value_minor=value)
    return [(quote.code, quote.price.minor) for quote in found]


def test_methods_fit_country_weight_and_value():
    method("post", countries=["DE", "AT"], free_from_minor=5_000)
    method("heavy", min_weight_grams=1_000, max_weight_grams=30_000, price_minor=2_000)
    method("express", max_total_minor=3_000, min_total_minor=1_000, position=0, price_minor=990)
    method("gone", is_active=False)
    assert find() == [("express", 990), ("post", 490)]
    assert find(country="FR") == [("express", 990)]
    assert find(weight=1_000, value=5_000) == [("post", 0), ("heavy", 2_000)]
    assert find(country="FR", weight=30_001, value=9_000) == []


def test_a_shop_without_methods_delivers_for_nothing_until_it_has_some():
    assert find() == [("standard", 0)]
    method("gone", is_active=False)
    assert find() == []


def test_the_cart_page_leaves_delivery_out_and_the_checkout_takes_the_first():
    VariantFactory(sku="A", price_minor=1_000, stock=5)
    method("post")
    method("express", price_minor=990, position=2)
    cart = Cart({"A": 1})
    assert price_cart(cart).shipping.minor == 0
    priced = price_cart(cart, shipping_method="")
    assert (priced.shipping.minor, priced.total.minor) == (490, 1_490)
    assert priced.delivery.code == "post"
    assert [quote.code for quote in priced.quotes] == ["post", "express"]
    assert [quote.code for quote in methods_for(priced, country="DE")] == ["post", "express"]
    assert price_cart(cart, shipping_method="express").total.minor == 1_990


def test_a_method_that_does_not_go_there_is_refused_and_the_others_named():
    VariantFactory(sku="A", stock=5)
    method("post", countries=["DE"])
    method("world", position=2)
    with pytest.raises(UnknownShippingMethod) as refusal:
        price_cart(Cart({"A": 1}), country="FR", shipping_method="post")
    assert refusal.value.facts == {"shipping_method": "post", "available": ["world"]}


def test_an_order_keeps_what_the_delivery_was_and_cost():
    VariantFactory(sku="A", price_minor=1_000, stock=5, weight_grams=200)
    method("post", max_weight_grams=400)
    method("parcel", position=2, price_minor=690)
    order = Shopper().fill(A=2).order().order
    assert (order.shipping_method, order.shipping_minor, order.total_minor) == ("post", 490, 2_490)
    order = Shopper().fill(A=3).order().order
    assert (order.shipping_method, order.shipping_name) == ("parcel", "parcel")
    assert order.shipping_tax_minor == included_tax(690, 1_900)
    assert order.tax_minor == included_tax(3_000, 1_900) + included_tax(690, 1_900)


def test_free_from_looks_at_the_goods_after_discount():

    VariantFactory(sku="A", price_minor=5_000, stock=5)
    method("post", free_from_minor=5_000)
    promotion = Promotion.objects.create(name="x", kind="amount", amount_minor=1)
    Coupon.objects.create(code="CENT", promotion=promotion)
    assert price_cart(Cart({"A": 1}), shipping_method="").shipping.minor == 0
    assert price_cart(Cart({"A": 1}, "CENT"), shipping_method="").shipping.minor == 490


def test_goods_that_are_not_sent_need_no_delivery():
    VariantFactory(sku="A", price_minor=1_000, stock=5, requires_shipping=False, weight_grams=9)
    method("post", countries=["DE"])
    priced = price_cart(Cart({"A": 1}), country="FR", shipping_method="post")
    assert (priced.needs_delivery, priced.shipping.minor, priced.weight_grams) == (False, 0, 0)
    assert methods_for(priced, country="FR") == []


def test_tax_is_that_of_the_country_it_goes_to():
    VariantFactory(sku="A", price_minor=1_000, stock=5)
    standard = TaxClassFactory()
    TaxRate.objects.create(tax_class=standard, country="FR", rate_basis_points=2_000)
    assert price_cart(Cart({"A": 1})).tax.minor == included_tax(1_000, 1_900)
    assert price_cart(Cart({"A": 1}), country="FR").tax.minor == included_tax(1_000, 2_000)
    assert price_cart(Cart({"A": 1}), country="US").tax.minor == 0

    order = Shopper().fill(A=1).order(shipping_address=replace(ADDRESS, country="FR")).order
    assert order.tax_minor == included_tax(1_000, 2_000)
    assert order.lines.get().tax_rate_basis_points == 2_000


def test_delivery_has_a_tax_class_of_its_own_if_it_is_given_one():
    VariantFactory(sku="A", price_minor=1_000, stock=5)
    reduced = TaxClassFactory(code="reduced", rate=700)
    method("post", tax_class=reduced)
    priced = price_cart(Cart({"A": 1}), shipping_method="")
    assert priced.shipping_tax.minor == included_tax(490, 700)


@pytest.mark.parametrize(
    "wrong",
    [{"min_weight_grams": 2, "max_weight_grams": 1}, {"min_total_minor": 2, "max_total_minor": 1}],
)
def test_the_database_refuses_a_range_that_ends_before_it_begins(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        method("post", **wrong)


@pytest.mark.parametrize("wrong", ["DE", ["de"], ["DEU"], [1], {"DE": 1}])
def test_countries_are_a_list_of_codes(wrong):
    with pytest.raises(ValidationError):
        ShippingMethod(code="x", name="x", price_minor=1, countries=wrong).full_clean()


def test_prices_of_lines_that_are_gone_are_nothing():
    variant = VariantFactory(sku="A", price_minor=1_000, stock=5)
    Variant.objects.filter(pk=variant.pk).update(is_active=False)
    priced = price_cart(Cart({"A": 1, "NONE": 2}), shipping_method="")
    assert priced.total.minor == 0
    assert [line.problem for line in priced.lines] == ["unavailable"] * 2
