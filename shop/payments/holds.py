"""An attempt's payment: its outcome makes the attempt an order, or gives everything back.

The gateway is asked outside any transaction, and what it says is written down under the
order's lock. Whatever dies in between, the same question with the same key gets the same
answer, so whoever comes next can go on.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shop.errors import CheckoutExpired, PaymentDeclined, PaymentUnavailable
from shop.orders.holds import abandon_hold, confirm_hold
from shop.orders.models import Order
from shop.orders.services import lock_order
from shop.orders.states import OrderState
from shop.payments.gateways import Gateway, GatewayUnavailable, Outcome, Verdict, find_gateway
from shop.payments.models import LIVE, Payment, PaymentState
from shop.payments.settling import void_payment

_MONEY = frozenset({Verdict.CONFIRMING, Verdict.AUTHORISED, Verdict.CAPTURED})
"""What a gateway must not go on with once the attempt was given up."""


def start_payment(*, order: Order, gateway: Gateway) -> Payment | None:
    """Write down, with the attempt, that its payment begins; None for an order of nothing."""
    if order.total_minor == 0:
        return None
    return Payment.objects.create(
        order=order,
        gateway=gateway.name,
        currency=order.currency,
        amount_minor=order.total_minor,
        busy_until=timezone.now() + settings.PAYMENT_LEASE,
    )


def claim_payment(payment: Payment) -> bool:
    """Take over a payment that nobody is talking to the gateway about. Of any number at
    once, one gets it."""
    now = timezone.now()
    is_free = Q(busy_until=None) | Q(busy_until__lte=now)
    started = Payment.objects.filter(is_free, pk=payment.pk, state=PaymentState.STARTED)
    return bool(started.update(busy_until=now + settings.PAYMENT_LEASE))


def run_payment(*, order: Order, payment: Payment, token: str) -> Order:
    """Have the payment authorised, and do what follows from it.

    Gives the order: placed, or still pending while the shopper has to confirm. Raises
    `PaymentDeclined`, `PaymentUnavailable`, `CheckoutExpired`; everything is then given back.
    """
    gateway = find_gateway(payment.gateway)

    def authorise() -> Outcome:
        if not payment.reference:
            payment.reference = gateway.begin(payment)
            # Given up meanwhile by somebody who could not know the reference: stop here, since
            # what is authorised now nobody would let go.
            started = Payment.objects.filter(pk=payment.pk, state=PaymentState.STARTED)
            if not started.update(reference=payment.reference):
                raise CheckoutExpired
        return gateway.authorise(payment, token or gateway.default_token)

    return take_outcome(order=order, payment=payment, outcome=_ask(order, authorise))


def confirm_payment(*, order: Order, payment: Payment, answer: str) -> Order:
    """Go on after the shopper's confirmation step. Gives and raises as `run_payment`, but
    after `PaymentUnavailable` the attempt waits for another try until its deadline."""
    gateway = find_gateway(payment.gateway)
    try:
        outcome = gateway.confirm(payment, answer)
    except GatewayUnavailable as error:
        raise PaymentUnavailable from error  # the goods are held, so it can be tried again
    return take_outcome(order=order, payment=payment, outcome=outcome)


def take_outcome(*, order: Order, payment: Payment, outcome: Outcome) -> Order:
    """Write down what the gateway says; heard twice or too late, it changes nothing.

    Gives and raises as `run_payment`.
    """
    with transaction.atomic(durable=True):
        order = lock_order(order)
        payment = Payment.objects.select_for_update().get(pk=payment.pk)
        if order.state == OrderState.PENDING:
            _apply(order, payment, outcome)
        elif not order.is_placed and outcome.verdict in _MONEY:
            _save_state(payment, PaymentState.VOIDING)
    if order.is_placed or payment.state == PaymentState.CONFIRMING:
        return order
    if payment.state == PaymentState.VOIDING:
        void_payment(payment)
    if outcome.verdict is Verdict.OPEN and order.state == OrderState.PENDING:
        return order
    if payment.state == PaymentState.DECLINED:
        raise PaymentDeclined(outcome.reason)
    raise CheckoutExpired


def give_up(*, order: Order, reason: str) -> bool:
    """Abandon an attempt if it still is one, and let its payment go. False if it had been
    placed or given up before."""
    with transaction.atomic(durable=True):
        order = lock_order(order)
        if order.state != OrderState.PENDING:
            return False
        abandon_hold(order=order, reason=reason)
        payments = list(Payment.objects.select_for_update().filter(order=order, state__in=LIVE))
        for payment in payments:
            _save_state(payment, PaymentState.VOIDING)
    for payment in payments:
        void_payment(payment)
    return True


def release_overdue(*, limit: int = 20) -> int:
    """Give up the attempts whose deadline is over; gives how many. Called by the command
    `release_holds`, and by every order that is placed."""
    overdue = list(Order.objects.overdue().order_by("hold_until")[:limit])
    return sum(give_up(order=order, reason="the time to pay was over") for order in overdue)


def _ask(order: Order, question: Callable[[], Outcome]) -> Outcome:
    try:
        return question()
    except GatewayUnavailable as error:
        # It may have gone through, so the payment is let go by its key until that is certain.
        give_up(order=order, reason="the payment service did not answer")
        raise PaymentUnavailable from error


def _apply(order: Order, payment: Payment, outcome: Outcome) -> None:
    match outcome.verdict:
        case Verdict.AUTHORISED:
            _save_state(payment, PaymentState.AUTHORISED)
            confirm_hold(order=order)
        case Verdict.CAPTURED:
            payment.captured_minor = payment.amount_minor
            _save_state(payment, PaymentState.CAPTURED)
            confirm_hold(order=order, is_paid=True)
        case Verdict.CONFIRMING:
            payment.confirmation = dict(outcome.confirmation)
            _save_state(payment, PaymentState.CONFIRMING)
        case Verdict.DECLINED:
            _save_state(payment, PaymentState.DECLINED)
            abandon_hold(order=order, reason=f"declined: {outcome.reason}")
        case Verdict.VOIDED:
            _save_state(payment, PaymentState.VOIDED)
            abandon_hold(order=order, reason="the payment was voided")
        case Verdict.OPEN:
            pass


def _save_state(payment: Payment, state: PaymentState) -> None:
    payment.state, payment.busy_until = state, None
    payment.save(
        update_fields=["state", "busy_until", "captured_minor", "confirmation", "updated_at"]
    )
