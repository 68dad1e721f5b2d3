"""Promotions, coupons and ways of delivery: written in decimals, checked on the form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from shop.orders.models import Order
from shop.payments.services import cancel_order
from shop.pricing.models import Coupon, Promotion, PromotionUse, ShippingMethod
from tests.backoffice.pages import read_fields, send_form
from tests.factories import CategoryFactory, ProductFactory, VariantFactory
from tests.orders.shopper import Shopper
from tests.threads import run_at_once

PROMOTIONS = "/admin/pricing/promotion/"
COUPONS = "/admin/pricing/coupon/"
METHODS = "/admin/pricing/shippingmethod/"


def make_promotion(**values: Any) -> Promotion:
    return Promotion.objects.create(
        **{"name": "Ten off", "kind": "percent", "percent": 10, **values}
    )


def make_coupon(**values: Any) -> Coupon:
    return Coupon.objects.create(**{"code": "TEN", "promotion": make_promotion(), **values})


def order_with(coupon: str) -> Order:
    shopper = Shopper().fill(A=1)
    shopper.update(lambda cart: cart.with_coupon(coupon))
    return shopper.order().order


def read_errors(answer: Any) -> str:
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def test_a_promotion_is_made_with_money_in_decimals(admin):
    product, category = ProductFactory(), CategoryFactory()
    answer = send_form(
        admin,
        f"{PROMOTIONS}add/",
        name="Five off",
        kind="amount",
        amount_minor="5.00",
        minimum_minor="29.90",
        products=[product.pk],
        categories=[category.pk],
        max_uses="100",
        max_uses_per_customer="1",
        starts_at_0="2026-01-01",
        starts_at_1="00:00",
    )
    assert answer.status_code == 302, read_errors(answer)
    made = Promotion.objects.get()
    assert (made.amount_minor, made.minimum_minor) == (500, 2_990)
    assert (made.max_uses, made.max_uses_per_customer, made.uses) == (100, 1, 0)
    assert list(made.products.all()) == [product] and list(made.categories.all()) == [category]
    assert made.starts_at and made.ends_at is None
    shown = read_fields(admin.get(f"{PROMOTIONS}{made.pk}/change/"))
    assert (shown["amount_minor"], shown["minimum_minor"]) == ("5.00", "29.90")
    page = admin.get(PROMOTIONS).content.decode()
    assert "€5.00 off" in page


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"kind": "percent"}, "This kind of offer needs it."),
        ({"kind": "amount", "percent": "10"}, "This kind of offer needs it."),
        ({"kind": "buy_x_get_y", "percent": "100", "buy_quantity": "2"}, "This kind of offer"),
        ({"kind": "percent", "percent": "100.01"}, "less than or equal to 100"),
        ({"kind": "percent", "percent": "-1"}, "greater than or equal to 0"),
        ({"kind": "percent", "percent": "x"}, "Enter a number."),
        ({"kind": "amount", "amount_minor": "1.999"}, "EUR does not have so many decimals."),
        ({"kind": "amount", "amount_minor": "five"}, "Write the amount like"),
        ({"kind": "free"}, "Select a valid choice."),
        ({"kind": "free_delivery", "max_uses": "-1"}, "greater than or equal to 0"),
        ({"kind": "free_delivery", "max_uses": "9" * 20}, "less than or equal to"),
        ({"kind": "free_delivery", "products": ["99999"]}, "Select a valid choice."),
        (
            {
                "kind": "free_delivery",
                "starts_at_0": "2026-02-01",
                "starts_at_1": "00:00",
                "ends_at_0": "2026-01-01",
                "ends_at_1": "00:00",
            },
            "It ends before it starts.",
        ),
    ],
)
def test_a_promotion_that_makes_no_sense_is_an_error_on_its_form(admin, values, error):
    answer = send_form(admin, f"{PROMOTIONS}add/", name="Odd", **values)
    assert error in read_errors(answer)
    assert not Promotion.objects.exists()


def test_an_amount_left_out_is_nothing(admin):
    answer = send_form(
        admin,
        f"{PROMOTIONS}add/",
        name="Free",
        kind="free_delivery",
        amount_minor="",
        minimum_minor="",
    )
    assert answer.status_code == 302
    assert (Promotion.objects.get().amount_minor, Promotion.objects.get().minimum_minor) == (0, 0)


def test_uses_are_shown_and_never_written(admin):
    VariantFactory(sku="A", price_minor=1_000, stock=10)
    coupon = make_coupon(max_uses=5)
    order = order_with("TEN")
    for address in (f"{COUPONS}{coupon.pk}/change/", f"{PROMOTIONS}{coupon.promotion_id}/change/"):
        page = admin.get(address)
        assert "uses" not in read_fields(page)
        assert order.number in page.content.decode()
        assert send_form(admin, address, uses="0", used_times="0").status_code == 302
    coupon.refresh_from_db()
    assert coupon.uses == 1
    listed = admin.get(PROMOTIONS).context["cl"].result_list[0]
    assert (listed.use_number, listed.coupon_number) == (1, 1)


def test_a_limit_below_the_uses_is_an_error_on_the_form(admin):
    VariantFactory(sku="A", price_minor=1_000, stock=10)
    coupon = make_coupon()
    for _ in range(2):
        order_with("TEN")
    # The promotion had no limit until now, so that its own counter stands at nothing.
    assert Promotion.objects.get().uses == 0
    for address in (f"{COUPONS}{coupon.pk}/change/", f"{PROMOTIONS}{coupon.promotion_id}/change/"):
        assert "used 2 times already" in read_errors(send_form(admin, address, max_uses="1"))
        assert send_form(admin, address, max_uses="3").status_code == 302
    assert (Promotion.objects.get().uses, Promotion.objects.get().max_uses) == (2, 3)
    cancel_order(order=order_with("TEN"))
    assert (Promotion.objects.get().uses, PromotionUse.objects.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_saving_a_coupon_while_it_is_used_loses_no_use(admin, owner):
    VariantFactory(sku="A", price_minor=1_000, stock=100)
    coupon = make_coupon(max_uses=50)
    address = f"{COUPONS}{coupon.pk}/change/"
    fields = read_fields(admin.get(address))

    def work(number: int) -> Any:
        if number % 2:
            return order_with("TEN").state
        client = Client()
        client.force_login(owner)
        return client.post(address, fields).status_code

    answers = run_at_once(work, threads=8)
    assert answers == [302, "placed"] * 4
    coupon.refresh_from_db()
    assert coupon.uses == PromotionUse.objects.count() == 4


def test_a_code_is_kept_in_capitals_and_once(admin):
    promotion = make_promotion()
    answer = send_form(admin, f"{COUPONS}add/", code=" summer-26 ", promotion=promotion.pk)
    assert answer.status_code == 302, read_errors(answer)
    assert Coupon.objects.get().code == "SUMMER-26"
    for code, error in (
        ("Summer-26", "already exists"),
        ("a b", "Capital letters, digits"),
        ("", "This field is required."),
        ("x" * 41, "at most 40 characters"),
    ):
        answer = send_form(admin, f"{COUPONS}add/", code=code, promotion=promotion.pk)
        assert error in read_errors(answer), code


def test_what_was_used_is_not_deleted(admin):
    VariantFactory(sku="A", price_minor=1_000, stock=10)
    used, unused = make_coupon(), make_coupon(code="FREE")
    order_with("TEN")
    assert admin.post(f"{COUPONS}{used.pk}/delete/", {"post": "yes"}).status_code == 403
    address = f"{PROMOTIONS}{used.promotion_id}/delete/"
    assert admin.post(address, {"post": "yes"}).status_code == 403
    assert admin.post(f"{COUPONS}{unused.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(Coupon.objects.all()) == [used]


def test_a_way_of_delivery(admin):
    answer = send_form(
        admin,
        f"{METHODS}add/",
        name="Parcel",
        code="parcel",
        countries="de, AT,de",
        price_minor="4.90",
        free_from_minor="50",
        min_total_minor="",
        max_weight_grams="31500",
    )
    assert answer.status_code == 302, read_errors(answer)
    made = ShippingMethod.objects.get()
    assert made.countries == ["DE", "AT"]
    assert (made.price_minor, made.free_from_minor) == (490, 5_000)
    assert (made.min_total_minor, made.max_total_minor) == (0, None)
    shown = read_fields(admin.get(f"{METHODS}{made.pk}/change/"))
    assert (shown["countries"], shown["price_minor"]) == ("DE, AT", "4.90")
    assert send_form(admin, f"{METHODS}{made.pk}/change/", countries="").status_code == 302
    made.refresh_from_db()
    assert made.countries == []


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"countries": "DE, XX"}, "There is no country with the code “XX”."),
        ({"price_minor": ""}, "This field is required."),
        ({"price_minor": "-1"}, "An amount cannot be negative."),
        ({"min_total_minor": "10", "max_total_minor": "9.99"}, "The largest value is below"),
        ({"min_weight_grams": "10", "max_weight_grams": "9"}, "The largest weight is below"),
        ({"code": "no slug"}, "Enter a valid"),
    ],
)
def test_a_way_of_delivery_that_makes_no_sense(admin, values, error):
    good = {"name": "Parcel", "code": "parcel", "price_minor": "4.90"}
    answer = send_form(admin, f"{METHODS}add/", **{**good, **values})
    assert error in read_errors(answer)
    assert not ShippingMethod.objects.exists()


@pytest.mark.parametrize(
    ("group", "looks", "changes"),
    [("Shop staff", True, False), ("Catalogue editor", True, True), ("", False, False)],
)
def test_each_group_sees_and_changes_what_it_may(log_in_as, group, looks, changes):
    promotion = make_promotion(kind="amount", amount_minor=500, percent=Decimal(0))
    staff = log_in_as(group)
    address = f"{PROMOTIONS}{promotion.pk}/change/"
    for page in (PROMOTIONS, COUPONS, address):
        assert staff.get(page).status_code == (200 if looks else 403), page
    assert staff.get(f"{COUPONS}add/").status_code == (200 if changes else 403)
    if changes:
        assert send_form(staff, address, amount_minor="6").status_code == 302
    else:
        assert staff.post(address, {"amount_minor": "6"}).status_code == 403
    if looks and not changes:
        assert "€5.00" in staff.get(address).content.decode()
