"""What Stripe tells by itself.

An event is only a hint to look: how the payment stands is asked of Stripe anew, so an event
that comes twice, too late or in the wrong order changes nothing.
"""

from __future__ import annotations

import stripe
from django.conf import settings

from shop.errors import CheckoutExpired, PaymentDeclined, PaymentUnavailable, ShopError
from shop.payments.gateways import GatewayError, Verdict, find_gateway
from shop.payments.holds import take_outcome
from shop.payments.models import Payment, PaymentState
from shop.payments.settling import note_capture

TOLERANCE = 300
"""Seconds that an event's signature stays good."""


class InvalidWebhook(ShopError):
    """Not from Stripe, or damaged."""

    code = "invalid_webhook"

    def __init__(self) -> None:
        super().__init__("The signature of this webhook is not right.")


def receive_stripe(*, payload: bytes, signature: str) -> None:
    """Act on an event. Raises `InvalidWebhook`, and `PaymentUnavailable` if Stripe does not
    say how the payment stands (it then sends the event again)."""
    if not settings.STRIPE_WEBHOOK_SECRET:
        raise InvalidWebhook  # an empty secret is one that everybody knows
    try:
        event = stripe.Webhook.construct_event(
            payload, signature, settings.STRIPE_WEBHOOK_SECRET, tolerance=TOLERANCE
        )
    except (ValueError, stripe.SignatureVerificationError) as error:
        raise InvalidWebhook from error
    if not event.type.startswith("payment_intent."):
        return
    reference = event.data.object["id"]
    payment = Payment.objects.filter(gateway="stripe", reference=reference).first()
    if payment is not None:
        sync_payment(payment)


def sync_payment(payment: Payment) -> None:
    """Bring a payment to where its gateway says it is. Raises `PaymentUnavailable`."""
    try:
        outcome = find_gateway(payment.gateway).look_up(payment)
    except GatewayError as error:
        raise PaymentUnavailable from error
    if payment.state == PaymentState.STARTED and outcome.verdict is Verdict.DECLINED:
        return  # the request that is authorising it gets this answer itself
    try:
        take_outcome(order=payment.order, payment=payment, outcome=outcome)
    except (PaymentDeclined, CheckoutExpired):
        return
    if outcome.verdict is Verdict.CAPTURED:
        note_capture(payment)
