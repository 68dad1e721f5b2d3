"""Stripe, by its own client: PaymentIntents that are captured by hand.

The browser gives card data to Stripe alone and sends us the id of a payment method. An
intent is made first, and its id kept, before anything is authorised by it; so whatever
was authorised can be found and let go.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Self, TypeVar

import stripe
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from shop.payments.gateways.base import (
    Gateway,
    GatewayError,
    GatewayUnavailable,
    Outcome,
    Verdict,
)
from shop.payments.models import Payment, Refund

logger = logging.getLogger("shop.payments")
T = TypeVar("T")

TIMEOUT = 8
"""Seconds for one call; a payment's few calls stay below `PAYMENT_LEASE`."""

_VERDICTS = {
    "requires_payment_method": Verdict.OPEN,
    "requires_confirmation": Verdict.OPEN,
    "requires_action": Verdict.CONFIRMING,
    "processing": Verdict.CONFIRMING,
    "requires_capture": Verdict.AUTHORISED,
    "succeeded": Verdict.CAPTURED,
    "canceled": Verdict.VOIDED,
}


class StripeGateway(Gateway):
    name = "stripe"
    title = "Card"

    def __init__(self, client: stripe.StripeClient, publishable_key: str) -> None:
        self.client = client
        self._publishable_key = publishable_key

    @classmethod
    def from_settings(cls) -> Self:
        for name in ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"):
            if not getattr(settings, name):
                raise ImproperlyConfigured(
                    f"PAYMENT_GATEWAYS names stripe, but {name} is empty; set it to the value "
                    "that Stripe's dashboard shows, or take stripe out."
                )
        base = settings.STRIPE_API_BASE
        client = stripe.StripeClient(
            settings.STRIPE_SECRET_KEY,
            max_network_retries=1,
            http_client=stripe.RequestsClient(timeout=TIMEOUT),
            base_addresses={"api": base} if base else None,
        )
        return cls(client, settings.STRIPE_PUBLISHABLE_KEY)

    @property
    def public_facts(self) -> Mapping[str, Any]:
        return {"publishable_key": self._publishable_key}

    def begin(self, payment: Payment) -> str:
        intent = _ask(
            lambda: self.client.v1.payment_intents.create(
                {
                    "amount": payment.amount_minor,
                    "currency": payment.currency.lower(),
                    "capture_method": "manual",
                    # Cards need no page to be sent back to, as other ways of paying do.
                    "allowed_payment_method_types": ["card"],
                    "metadata": {"order": payment.order.number, "payment": str(payment.key)},
                },
                {"idempotency_key": f"{payment.key}-begin"},
            )
        )
        return intent.id

    def authorise(self, payment: Payment, token: str) -> Outcome:
        before = self.look_up(payment)
        if before.verdict is not Verdict.OPEN:
            return before
        intents = self.client.v1.payment_intents
        try:
            _ask(lambda: intents.update(payment.reference, {"payment_method": token}))
            intent = _ask(lambda: intents.confirm(payment.reference))
        except GatewayUnavailable:
            raise
        except GatewayError as error:
            return Outcome(Verdict.DECLINED, reason=str(error))
        return _describe(intent)

    def confirm(self, payment: Payment, answer: str) -> Outcome:
        """The browser has confirmed with Stripe itself; Stripe knows how it went."""
        return self._look_after_action(payment)

    def look_up(self, payment: Payment) -> Outcome:
        return _describe(self._retrieve(payment))

    def capture(self, payment: Payment) -> None:
        if self.look_up(payment).verdict is Verdict.CAPTURED:
            return
        _ask(
            lambda: self.client.v1.payment_intents.capture(
                payment.reference, {}, {"idempotency_key": f"{payment.key}-capture"}
            )
        )

    def void(self, payment: Payment) -> None:
        if not payment.reference:
            return  # nothing was authorised: that is done only by a reference that was kept
        if self.look_up(payment).verdict is not Verdict.VOIDED:
            _ask(lambda: self.client.v1.payment_intents.cancel(payment.reference))

    def refund(self, refund: Refund) -> str:
        key, reference = str(refund.key), refund.payment.reference
        refunds = self.client.v1.refunds
        # Stripe forgets idempotency keys after a day, but not what a refund is marked with.
        made = _ask(lambda: refunds.list({"payment_intent": reference, "limit": 100}))
        for other in made.auto_paging_iter():
            marks: Any = other.metadata or {}
            if "refund" in marks and marks["refund"] == key:
                return str(other.id)
        done = _ask(
            lambda: refunds.create(
                {
                    "payment_intent": reference,
                    "amount": refund.amount_minor,
                    "metadata": {"refund": key},
                },
                {"idempotency_key": f"{key}-refund"},
            )
        )
        return done.id

    def _retrieve(self, payment: Payment) -> stripe.PaymentIntent:
        return _ask(lambda: self.client.v1.payment_intents.retrieve(payment.reference))

    def _look_after_action(self, payment: Payment) -> Outcome:
        intent = self._retrieve(payment)
        if intent.status == "requires_payment_method":
            return Outcome(Verdict.DECLINED, reason=_find_reason(intent) or "not_confirmed")
        return _describe(intent)


def _ask(call: Callable[[], T]) -> T:
    """Stripe's errors in the words of the gateways."""
    try:
        return call()
    except stripe.CardError as error:
        raise GatewayError(error.code or "card_declined") from error
    except stripe.InvalidRequestError as error:
        raise GatewayError(error.code or "invalid_request") from error
    except stripe.StripeError as error:
        logger.warning("stripe_unavailable", exc_info=error)
        raise GatewayUnavailable(type(error).__name__) from error


def _describe(intent: stripe.PaymentIntent) -> Outcome:
    reason = _find_reason(intent)
    verdict = _VERDICTS[intent.status]
    if verdict is Verdict.OPEN and reason:
        verdict = Verdict.DECLINED
    facts = {"kind": "stripe", "client_secret": intent.client_secret}
    return Outcome(verdict, facts if verdict is Verdict.CONFIRMING else {}, reason)


def _find_reason(intent: stripe.PaymentIntent) -> str:
    error: Any = getattr(intent, "last_payment_error", None)
    return str(getattr(error, "code", None) or "declined") if error else ""
