"""What must always be true of orders, stock and money together."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Sum
from django.utils import timezone

from shop.orders.audit import find_defects
from shop.orders.models import Order
from shop.orders.states import ATTEMPTS, OrderState
from shop.payments.models import LIVE, DemoCharge, Payment, PaymentState, Refund

_OPEN_CHARGES = ("confirming", "authorised", "captured")


def audit() -> list[str]:
    """A sentence for each defect of stock, orders, payments and the demo gateway's books;
    empty in a sound shop. To be read when nothing is under way."""
    return [*find_defects(), *_find_money_defects(), *_find_demo_defects()]


def _find_money_defects() -> Iterator[str]:
    live = Payment.objects.filter(order=OuterRef("pk"), state__in=LIVE)
    unpaid = Order.objects.placed().exclude(state=OrderState.CANCELLED).filter(total_minor__gt=0)
    for order in unpaid.exclude(Exists(live)):
        yield f"Order {order.number} is placed without a payment."
    paid_attempts = Payment.objects.filter(order__state=OrderState.ABANDONED, state__in=LIVE)
    for payment in paid_attempts.exclude(state=PaymentState.REFUNDED).select_related("order"):
        yield f"{payment.order.number} was given up, but its payment is {payment.state}."
    placed = Payment.objects.exclude(order__state__in=ATTEMPTS)
    stuck = placed.filter(state__in=[PaymentState.STARTED, PaymentState.CONFIRMING])
    for payment in stuck.select_related("order"):
        yield f"Order {payment.order.number} is placed, but its payment is {payment.state}."
    idle = Payment.objects.exclude(busy_until__gt=timezone.now())
    for payment in idle.filter(state__in=[PaymentState.VOIDING, PaymentState.CAPTURING]):
        yield f"The payment {payment.key} is {payment.state} and nobody is at it."
    refunds = Payment.objects.annotate(given=Sum("refunds__amount_minor", default=0))
    for payment in refunds.exclude(refunds__state=Refund.State.FAILED):
        if payment.given != payment.refunded_minor:
            yield f"The refunds of payment {payment.key} do not sum to what it says."


def _find_demo_defects() -> Iterator[str]:
    payments = {payment.key: payment for payment in Payment.objects.filter(gateway="demo")}
    for charge in DemoCharge.objects.filter(state__in=_OPEN_CHARGES):
        payment = payments.get(charge.key)
        if payment is None or payment.state not in LIVE:
            yield f"The demo gateway has {charge.amount_minor} for {charge.key}, and no order."
        elif charge.captured_minor != payment.captured_minor:
            yield f"Charge {charge.key} is captured by {charge.captured_minor}, not as we say."
        elif charge.refunded_minor != payment.refunded_minor:
            yield f"Charge {charge.key} is refunded by {charge.refunded_minor}, not as we say."
