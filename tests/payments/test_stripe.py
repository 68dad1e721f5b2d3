"""The real `stripe` client against a stateful local Stripe."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import requests
import stripe
from django.core.exceptions import ImproperlyConfigured

from shop.cart.cart import Cart
from shop.errors import CheckoutExpired, PaymentDeclined, PaymentUnavailable
from shop.inventory.models import StockLevel
from shop.money import Money
from shop.payments import gateways
from shop.payments.audit import audit
from shop.payments.checkout import confirm_order
from shop.payments.gateways import find_gateway
from shop.payments.holds import give_up
from shop.payments.models import Payment, PaymentState, Refund
from shop.payments.services import cancel_order, capture_payment, fulfil_order, refund_order
from shop.payments.settling import reconcile, settle_refund, void_payment
from shop.payments.webhooks import InvalidWebhook, receive_stripe
from tests.factories import VariantFactory
from tests.orders.shopper import Shopper
from tests.payments.conftest import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _goods(stripe_shop):
    VariantFactory(sku="A", price_minor=1_290, stock=5)
    yield
    assert audit() == []


def find_stock() -> int:
    return StockLevel.objects.get().on_hand


def find_status(client: Any, payment: Payment) -> str:
    return str(client.v1.payment_intents.retrieve(payment.reference).status)


def authenticate(url: str, payment: Payment, *, success: bool) -> None:
    """What Stripe's script does in the browser when the shopper's bank asks."""
    requests.post(
        f"{url}/v1/payment_intents/{payment.reference}/_authenticate",
        json={
            "key": "pk_test_1",
            "client_secret": payment.confirmation["client_secret"],
            "success": success,
        },
        timeout=5,
    ).raise_for_status()


def send_event(kind: str, reference: str, *, secret: str = SECRET, at: int | None = None) -> None:
    at = at or int(time.time())
    payload = json.dumps(
        {
            "id": "evt_1",
            "object": "event",
            "type": kind,
            "data": {"object": {"id": reference, "object": "payment_intent"}},
        }
    )
    sign = stripe.WebhookSignature._compute_signature
    signature = f"t={at},v1={sign(f'{at}.{payload}', secret)}"
    receive_stripe(payload=payload.encode(), signature=signature)


def test_a_card_is_authorised_captured_and_refunded_in_parts(stripe_shop, make_card):
    placement = Shopper().fill(A=2).order(payment_token=make_card("ok"))
    order, payment = placement.order, placement.payment
    assert order.state == "placed"
    assert find_status(stripe_shop, payment) == "requires_capture"
    fulfil_order(order=order)
    assert find_status(stripe_shop, payment) == "succeeded"
    refund_order(order=order, amount=Money(580, "EUR"))
    refund_order(order=order)
    made = stripe_shop.v1.refunds.list({"payment_intent": payment.reference}).data
    assert sorted(refund.amount for refund in made) == [580, 2_000]
    order.refresh_from_db()
    assert order.state == "refunded"


def test_a_refund_that_is_told_twice_is_made_once(stripe_shop, make_card):
    placement = Shopper().fill(A=1).order(payment_token=make_card("ok"))
    capture_payment(order=placement.order)
    refund = refund_order(order=placement.order, amount=Money(100, "EUR"))
    Refund.objects.update(state="pending")  # as if we had died before we wrote it down
    refund.refresh_from_db()
    assert settle_refund(refund)
    assert (
        len(stripe_shop.v1.refunds.list({"payment_intent": placement.payment.reference}).data) == 1
    )


def test_a_declined_card_gives_everything_back(make_card):
    shopper = Shopper().fill(A=2)
    with pytest.raises(PaymentDeclined) as refusal:
        shopper.order(payment_token=make_card("declined"))
    assert refusal.value.facts == {"reason": "card_declined"}
    assert find_stock() == 5
    assert shopper.read() == Cart({"A": 2})


@pytest.mark.parametrize("token", ["pm_unknown", "", "../../v1/balance"])
def test_a_token_that_is_none_is_declined(token):
    with pytest.raises(PaymentDeclined):
        Shopper().fill(A=1).order(payment_token=token)


def test_cancelling_lets_the_money_go(stripe_shop, make_card):
    placement = Shopper().fill(A=2).order(payment_token=make_card("ok"))
    cancel_order(order=placement.order)
    assert find_status(stripe_shop, placement.payment) == "canceled"
    assert find_stock() == 5


def test_the_shoppers_confirmation_is_asked_of_stripe(stripe_url, make_card):
    shopper = Shopper().fill(A=2)
    placement = shopper.order(payment_token=make_card("confirm"))
    assert placement.needs_confirmation
    order, payment = placement.order, placement.payment
    still = shopper.ask(lambda cart: confirm_order(order=order, answer="ok", cart=cart))
    assert still.needs_confirmation  # whatever the browser says
    authenticate(stripe_url, payment, success=True)
    done = shopper.ask(lambda cart: confirm_order(order=order, answer="", cart=cart))
    assert done.order.state == "placed"
    assert shopper.read() == Cart()


def test_a_confirmation_that_failed_gives_everything_back(stripe_url, make_card):
    shopper = Shopper().fill(A=2)
    placement = shopper.order(payment_token=make_card("confirm"))
    authenticate(stripe_url, placement.payment, success=False)
    with pytest.raises(PaymentDeclined):
        shopper.ask(lambda cart: confirm_order(order=placement.order, answer="", cart=cart))
    assert find_stock() == 5


def test_a_webhook_places_the_order_of_a_shopper_who_never_came_back(stripe_url, make_card):
    placement = Shopper().fill(A=2).order(payment_token=make_card("confirm"))
    order, payment = placement.order, placement.payment
    send_event("payment_intent.requires_action", payment.reference)
    order.refresh_from_db()
    assert order.state == "pending"
    authenticate(stripe_url, payment, success=True)
    for _ in range(3):  # replayed
        send_event("payment_intent.amount_capturable_updated", payment.reference)
    send_event("payment_intent.requires_action", payment.reference)  # out of order
    send_event("payment_intent.payment_failed", payment.reference)  # and of an earlier card
    order.refresh_from_db()
    assert order.state == "placed"
    assert order.events.filter(kind="placed").count() == 1
    assert find_stock() == 3


def test_a_webhook_of_a_capture_made_elsewhere_is_noted_once(stripe_shop, make_card):
    placement = Shopper().fill(A=1).order(payment_token=make_card("ok"))
    stripe_shop.v1.payment_intents.capture(placement.payment.reference)
    for _ in range(2):
        send_event("payment_intent.succeeded", placement.payment.reference)
    order = placement.order
    order.refresh_from_db()
    assert order.state == "paid"
    assert order.events.filter(kind="paid").count() == 1


@pytest.mark.parametrize(
    ("secret", "at"), [("whsec_other", None), (SECRET, 1_000_000_000)], ids=["forged", "old"]
)
def test_a_webhook_that_is_not_stripes_is_refused(secret, at):
    with pytest.raises(InvalidWebhook):
        send_event("payment_intent.succeeded", "pi_1", secret=secret, at=at)


@pytest.mark.parametrize("payload", [b"", b"{", b"\xff", b"[]"])
def test_a_webhook_of_junk_is_refused(payload):
    with pytest.raises(InvalidWebhook):
        receive_stripe(payload=payload, signature="t=1,v1=2")


def test_webhooks_of_other_things_and_other_shops_are_nothing(make_card):
    send_event("charge.refunded", "ch_1")
    send_event("payment_intent.succeeded", "pi_of_another_shop")


def test_a_payment_that_came_after_the_deadline_is_let_go(stripe_shop, stripe_url, make_card):
    placement = Shopper().fill(A=2).order(payment_token=make_card("confirm"))
    give_up(order=placement.order, reason="test")
    assert find_status(stripe_shop, placement.payment) == "canceled"
    send_event("payment_intent.amount_capturable_updated", placement.payment.reference)
    with pytest.raises(CheckoutExpired):
        confirm_order(order=placement.order, answer="")
    assert find_stock() == 5


def test_a_payment_that_was_captured_elsewhere_after_all_is_refunded(stripe_shop, make_card):
    placement = Shopper().fill(A=1).order(payment_token=make_card("ok"))
    stripe_shop.v1.payment_intents.capture(placement.payment.reference)
    cancel_order(order=placement.order)
    payment = Payment.objects.get()
    assert payment.state == PaymentState.REFUNDED
    assert len(stripe_shop.v1.refunds.list({"payment_intent": payment.reference}).data) == 1


def test_stripe_out_of_reach_gives_everything_back_and_is_told_later(
    stripe_shop, settings, make_card, stripe_url
):
    token = make_card("ok")
    shopper = Shopper().fill(A=2)
    placement = shopper.order(payment_token=token)
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    gateways._load.cache_clear()
    with pytest.raises(PaymentUnavailable):
        Shopper().fill(A=1).order(payment_token=token)
    with pytest.raises(PaymentUnavailable):
        capture_payment(order=placement.order)
    assert find_stock() == 3
    states = sorted(Payment.objects.values_list("state", flat=True))
    assert states == ["capturing", "voided"]
    settings.STRIPE_API_BASE = stripe_url
    gateways._load.cache_clear()
    Payment.objects.filter(state="capturing").update(busy_until=None)
    assert reconcile()["captured"] == 1
    assert find_status(find_gateway("stripe").client, placement.payment) == "succeeded"


def test_voiding_twice_is_once(stripe_shop, make_card):
    payment = Shopper().fill(A=1).order(payment_token=make_card("ok")).payment
    cancel_order(order=payment.order)
    assert void_payment(payment)


def test_stripe_without_its_keys_stops_the_start(settings):
    settings.STRIPE_SECRET_KEY = ""
    gateways._load.cache_clear()
    with pytest.raises(ImproperlyConfigured, match="STRIPE_SECRET_KEY"):
        gateways.load_gateways()
    gateways._load.cache_clear()
    settings.STRIPE_SECRET_KEY = "sk_test_12345"
