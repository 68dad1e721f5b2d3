"""From the cart to the order in pages, without a script, under each of the five strategies."""

from __future__ import annotations

import re
from typing import Any

import pytest

from shop.accounts.addresses import Address
from shop.catalog.models import Product, Variant
from shop.inventory.models import StockLevel
from shop.inventory.services import find_drift, set_stock
from shop.orders.models import Order
from shop.pricing.models import Coupon, Promotion
from tests.factories import PASSWORD, UserFactory, create_small_catalogue
from tests.storefront.browser import Browser, find_token, read_text

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = {
    "email": "ada@example.com",
    "name": "Ada Lovelace",
    "line1": "Analytical Lane 1",
    "line2": "",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}


@pytest.fixture(autouse=True)
def _shop(cart_strategy: str) -> None:
    create_small_catalogue()


class Shopper(Browser):
    """A browser that knows its way to the review."""

    def go_to_review(self, sku: str = "BASKET-1", card: str = "demo-ok", **said: str) -> Any:
        self.add(sku, 2)
        self.send("/checkout/", "/checkout/address/", **{**ADDRESS, **said})
        self.send("/checkout/", "/checkout/delivery/", shipping_method="standard")
        return self.choose(card)

    def choose(self, card: str) -> Any:
        return self.send("/checkout/payment/", "/checkout/payment/", method="demo", demo_card=card)

    def order(self, review: Any) -> Any:
        """Send the review's form as it stands; the answer, not followed."""
        return self.post("/checkout/review/", read_form(review))


def read_form(review: Any) -> dict[str, str]:
    page = review.content.decode()
    said = dict(re.findall(r'<input type="hidden" name="(key|total)" value="([^"]*)"', page))
    return {"csrfmiddlewaretoken": find_token(review), **said}


def stock_of(sku: str) -> int:
    return StockLevel.objects.get(variant__sku=sku).on_hand


def test_a_guest_orders_and_the_cart_is_empty_after() -> None:
    shopper, before = Shopper(), stock_of("BASKET-1")
    answer = shopper.order(shopper.go_to_review())
    assert answer.status_code == 303
    order = Order.objects.get()
    assert order.number in answer["Location"]
    page = read_text(shopper.get(answer["Location"]))
    assert f"Order {order.number}" in page
    assert "Ada Lovelace" in page
    assert shopper.badge() == "0"
    assert stock_of("BASKET-1") == before - 2
    assert find_drift() == []
    # Nobody comes to it without the link.
    assert shopper.get(f"/orders/{order.number}/").status_code == 404
    assert Browser().get(f"/orders/{order.number}/?token=forged").status_code == 404
    assert Browser().get(answer["Location"]).status_code == 200


def test_each_step_leads_to_the_first_that_is_missing() -> None:
    shopper = Shopper()
    shopper.add("BASKET-1")
    assert shopper.get("/checkout/")["Location"] == "/checkout/address/"
    assert shopper.get("/checkout/review/")["Location"] == "/checkout/address/"
    shopper.send("/checkout/", "/checkout/address/", **ADDRESS)
    assert shopper.get("/checkout/")["Location"] == "/checkout/delivery/"
    assert shopper.get("/checkout/payment/")["Location"] == "/checkout/delivery/"


def test_a_wrong_address_is_marked_and_nothing_said_is_lost() -> None:
    shopper = Shopper()
    shopper.add("BASKET-1")
    token = find_token(shopper.get("/checkout/address/"))
    wrong = {**ADDRESS, "email": "no", "city": "", "country": "XX", "csrfmiddlewaretoken": token}
    page = shopper.post("/checkout/address/", wrong)
    assert page.status_code == 200
    assert page.content.decode().count('class="problem"') == 3
    assert "Ada Lovelace" in page.content.decode()


def test_another_address_for_the_invoice() -> None:
    shopper = Shopper()
    billing = {f"bill-{name}": text for name, text in ADDRESS.items() if name != "email"}
    billing["bill-name"] = "Countess & Co."
    review = shopper.go_to_review(bills_elsewhere="on", **billing)
    assert "Countess & Co." in read_text(review)
    address = shopper.order(review)["Location"]
    invoice = shopper.get(address.replace("/?", "/invoice/?"))
    assert "Countess & Co." in read_text(invoice)
    assert Order.objects.get().number in read_text(invoice)


def test_the_form_sent_twice_makes_one_order() -> None:
    shopper = Shopper()
    review = shopper.go_to_review()
    form = read_form(review)
    first = shopper.post("/checkout/review/", form)
    second = shopper.post("/checkout/review/", form)  # back, and once more
    assert second.status_code == 303
    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1


def test_a_checkout_changed_in_another_tab_is_shown_again_before_it_is_ordered() -> None:
    shopper = Shopper()
    old = shopper.go_to_review()
    shopper.send("/checkout/address/", "/checkout/address/", **{**ADDRESS, "city": "Hamburg"})
    answer = shopper.order(old)
    assert answer.status_code == 409
    assert "changed in the meantime" in read_text(answer)
    assert "Hamburg" in read_text(answer)
    assert not Order.objects.exists()
    assert shopper.order(answer).status_code == 303
    assert Order.objects.get().shipping_address.city == "Hamburg"


def test_a_price_that_changed_since_the_review_is_shown_before_the_order() -> None:
    shopper = Shopper()
    review = shopper.go_to_review()
    Variant.objects.filter(sku="BASKET-1").update(price_minor=99_900)
    answer = shopper.order(review)
    assert answer.status_code == 409
    assert "total has changed" in read_text(answer)
    assert "€1,998.00" in read_text(answer)
    assert not Order.objects.exists()
    assert shopper.order(answer).status_code == 303
    assert Order.objects.get().subtotal_minor == 199_800


def test_stock_that_went_meanwhile_is_said_and_nothing_is_ordered() -> None:
    shopper = Shopper()
    review = shopper.go_to_review()
    set_stock(quantities={"BASKET-1": 1})
    answer = shopper.order(review)
    assert answer.status_code == 409
    assert "Only 1 left." in read_text(answer)
    assert " disabled" in answer.content.decode()
    assert not Order.objects.placed().exists()
    assert shopper.badge() == "2"


@pytest.mark.parametrize(("card", "status"), [("demo-declined", 402), ("demo-timeout", 503)])
def test_a_payment_that_fails_leaves_everything_as_it_was(card: str, status: int) -> None:
    shopper, before = Shopper(), stock_of("BASKET-1")
    answer = shopper.order(shopper.go_to_review(card=card))
    assert answer.status_code == status
    assert "Nothing was ordered" in read_text(answer)
    assert shopper.badge() == "2"
    assert stock_of("BASKET-1") == before
    assert shopper.order(shopper.choose("demo-ok")).status_code == 303
    assert Order.objects.placed().count() == 1


@pytest.mark.parametrize("answer", ["ok", "fail"])
def test_a_payment_that_is_to_be_confirmed(answer: str) -> None:
    shopper, before = Shopper(), stock_of("BASKET-1")
    asked = shopper.order(shopper.go_to_review(card="demo-confirm"))["Location"]
    page = shopper.get(asked)
    assert "Do you confirm the payment" in read_text(page)
    assert shopper.badge() == "2"
    form = {"csrfmiddlewaretoken": find_token(page), "answer": answer}
    done = shopper.post(asked, form)
    assert done.status_code == 303
    if answer == "ok":
        assert Order.objects.placed().get().number in done["Location"]
        assert shopper.badge() == "0"
        assert shopper.get(asked).status_code == 303  # a reload leads to the order
    else:
        assert done["Location"] == "/checkout/review/"
        assert "declined" in read_text(shopper.get("/checkout/review/"))
        assert (shopper.badge(), stock_of("BASKET-1")) == ("2", before)


def test_an_empty_cart_goes_back_to_the_cart(cart_strategy: str) -> None:
    shopper = Shopper()
    review = shopper.go_to_review()
    shopper.send("/cart/", "/cart/remove/BASKET-1/")
    assert shopper.order(review)["Location"] == "/cart/"
    if cart_strategy != "local":  # there a script may have the cart, so the page asks it
        assert shopper.get("/checkout/review/")["Location"] == "/cart/"


def test_a_customer_uses_the_address_book_sees_the_order_cancels_it_and_orders_again() -> None:
    user, before = UserFactory(username="ada"), stock_of("BASKET-1")
    shopper = Shopper()
    shopper.log_in("ada", PASSWORD)
    shopper.order(shopper.go_to_review(keeps="on"))
    order = Order.objects.get()
    assert Address.objects.get(user=user).postal.city == "Berlin"
    assert order.number in read_text(shopper.get("/orders/"))
    shown = shopper.get("/checkout/address/").content.decode()
    assert "Analytical Lane 1" in shown

    page = shopper.send(f"/orders/{order.number}/", f"/orders/{order.number}/cancel/")
    assert "Your order is cancelled" in read_text(page)
    assert stock_of("BASKET-1") == before
    again = shopper.post(
        f"/orders/{order.number}/cancel/", {"csrfmiddlewaretoken": find_token(page)}
    )
    assert again.status_code == 303
    assert stock_of("BASKET-1") == before

    cart = shopper.send(f"/orders/{order.number}/", f"/orders/{order.number}/again/")
    assert "is in your cart" in read_text(cart)
    assert shopper.badge() == "2"

    UserFactory(username="eve")
    eve = Shopper()
    eve.log_in("eve", PASSWORD)
    assert eve.get(f"/orders/{order.number}/").status_code == 404


def test_what_cannot_be_had_any_more_is_named_when_ordering_again() -> None:
    shopper = Shopper()
    address = shopper.order(shopper.go_to_review())["Location"]
    Product.objects.update(status="archived")
    page = shopper.send(address, address.replace("/?", "/again/?"))
    assert "Not to be had as before" in read_text(page)


def test_the_address_book_keeps_each_address_once_and_one_first() -> None:
    user = UserFactory(username="ada")
    shopper = Shopper()
    shopper.log_in("ada", PASSWORD)
    entry = {name: text for name, text in ADDRESS.items() if name != "email"}
    shopper.send("/account/addresses/new/", "/account/addresses/new/", **entry)
    shopper.send("/account/addresses/new/", "/account/addresses/new/", **entry)
    first = Address.objects.get(user=user)
    assert first.is_default
    other = {**entry, "city": "Bremen", "is_default": "on"}
    shopper.send("/account/addresses/new/", "/account/addresses/new/", **other)
    assert [a.city for a in Address.objects.filter(user=user)] == ["Bremen", "Berlin"]
    edit = f"/account/addresses/{first.pk}/"
    shopper.send(edit, edit, **{**entry, "city": "Potsdam"})
    first.refresh_from_db()
    assert first.city == "Potsdam"
    UserFactory(username="eve")
    eve = Shopper()
    eve.log_in("eve", PASSWORD)
    assert eve.get(edit).status_code == 404
    eve.post(f"{edit}remove/", {"csrfmiddlewaretoken": find_token(eve.get("/account/"))})
    assert Address.objects.filter(pk=first.pk).exists()
    shopper.send("/account/addresses/", f"{edit}remove/")
    assert not Address.objects.filter(pk=first.pk).exists()


def test_a_coupon_goes_on_the_cart_holds_for_the_order_and_comes_off() -> None:
    promotion = Promotion.objects.create(name="Ten off", kind="percent", percent=10)
    Coupon.objects.create(code="TEN", promotion=promotion, max_uses=1)
    shopper = Shopper()
    shopper.add("BASKET-1", 2)
    assert "no coupon" in read_text(shopper.send("/cart/", "/cart/coupon/", code="NONE")).lower()
    shopper.send("/cart/", "/cart/coupon/", code=" ten ")
    assert "Ten off" in read_text(shopper.get("/cart/"))
    shopper.send("/cart/", "/cart/coupon/", code="")
    assert "Ten off" not in read_text(shopper.get("/cart/"))
    shopper.send("/cart/", "/cart/coupon/", code="TEN")
    shopper.order(shopper.go_to_review("BASKET-2"))
    order = Order.objects.placed().get()
    assert order.discount_minor * 10 == order.subtotal_minor
    # A single use: it is gone for the next one.
    late = Shopper()
    late.add("BASKET-1")
    assert "Ten off" not in read_text(late.send("/cart/", "/cart/coupon/", code="TEN"))


def test_a_shop_whose_payments_need_another_surface_says_so(settings: Any) -> None:
    settings.PAYMENT_GATEWAYS = ["stripe"]
    settings.STRIPE_SECRET_KEY = "sk_test_of_these_tests"
    settings.STRIPE_WEBHOOK_SECRET = "whsec_of_these_tests"
    shopper = Shopper()
    shopper.add("BASKET-1")
    shopper.send("/checkout/", "/checkout/address/", **ADDRESS)
    shopper.send("/checkout/", "/checkout/delivery/", shipping_method="standard")
    assert "nothing can be paid on these pages" in read_text(shopper.get("/checkout/payment/"))
