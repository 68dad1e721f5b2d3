"""What staff and customers do with a placed order where money is part of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shop.errors import (
    OrderInProgress,
    PaymentDeclined,
    PaymentUnavailable,
    RefundTooLarge,
    WrongOrderState,
)
from shop.money import Money
from shop.orders.models import Fulfilment, Order
from shop.orders.services import cancel_lines, choose_to_send, fulfil_lines, lock_order
from shop.orders.states import OrderState, require_transition
from shop.payments.gateways import GatewayError, find_gateway
from shop.payments.models import LIVE, Payment, PaymentState, Refund
from shop.payments.settling import settle_capture, settle_refund, void_payment

if TYPE_CHECKING:
    from shop.accounts.models import User


def find_payment(order: Order) -> Payment | None:
    """The payment that the order stands on, else the last one that it stood on; None for an
    order of nothing."""
    payments: list[Payment] = list(Payment.objects.filter(order=order))
    live = (payment for payment in payments if payment.state in LIVE)
    return next(live, payments[-1] if payments else None)


def capture_payment(*, order: Order, actor: User | None = None) -> Payment:
    """Take the authorised amount; for an invoice: note that the money has come.

    One that is captured already stays so. Raises `WrongOrderState`, `PaymentDeclined` if
    the gateway refuses, `PaymentUnavailable` (it is then finished by `reconcile_payments`).
    """
    with transaction.atomic(durable=True):
        order = lock_order(order)
        payment = _lock_payment(order)
        if payment is None or not order.is_placed or order.state == OrderState.CANCELLED:
            raise WrongOrderState(order.number, _say(order), "paid")
        if payment.state in (PaymentState.CAPTURED, PaymentState.REFUNDED):
            return payment
        payment.state = PaymentState.CAPTURING
        payment.busy_until = timezone.now() + settings.PAYMENT_LEASE
        payment.save(update_fields=["state", "busy_until", "updated_at"])
    _settle_capture(payment, actor)
    payment.refresh_from_db()
    return payment


def fulfil_order(
    *,
    order: Order,
    quantities: Mapping[str, int] | None = None,
    carrier: str = "",
    tracking_number: str = "",
    tracking_url: str = "",
    actor: User | None = None,
) -> Fulfilment:
    """Send a parcel with these pieces (by sku), or with all that is left; the money that is
    authorised is taken first, an invoice may be open.

    Raises `WrongOrderState`, `TooManyPieces`, and as `capture_payment`; nothing is then sent.
    """
    order.refresh_from_db()
    require_transition(order.number, order.state, OrderState.FULFILLED)
    choose_to_send(list(order.lines.all()), quantities)
    payment = find_payment(order)
    if payment is not None and payment.is_open and not find_gateway(payment.gateway).pays_later:
        capture_payment(order=order, actor=actor)
    return fulfil_lines(
        order=order,
        quantities=quantities,
        carrier=carrier,
        tracking_number=tracking_number,
        tracking_url=tracking_url,
        actor=actor,
    )


def cancel_order(*, order: Order, actor: User | None = None, reason: str = "") -> Order:
    """Cancel an order that nothing was sent of: its stock comes back, once however many
    cancel at once, and its payment is let go or refunded.

    Raises `WrongOrderState`, `OrderInProgress` while its money is being taken.
    """
    payment = find_payment(order)
    if payment is not None and payment.state == PaymentState.CAPTURING:
        with suppress(PaymentDeclined):  # it is then authorised as before, and let go below
            _settle_capture(payment, actor)
    refund = None
    with transaction.atomic(durable=True):
        order = lock_order(order)
        cancel_lines(order=order, actor=actor, reason=reason)
        payment = _lock_payment(order)
        if payment is not None and payment.state == PaymentState.CAPTURING:
            raise OrderInProgress
        if payment is not None and payment.state == PaymentState.AUTHORISED:
            payment.state = PaymentState.VOIDING
            payment.save(update_fields=["state", "updated_at"])
        elif payment is not None and payment.refundable.minor:
            refund = _write_refund(payment, payment.refundable.minor, reason, actor)
    if payment is not None and payment.state == PaymentState.VOIDING:
        void_payment(payment)
    if refund is not None:
        settle_refund(refund)
    return order


def refund_order(
    *, order: Order, amount: Money | None = None, reason: str = "", actor: User | None = None
) -> Refund:
    """Give money back: `amount`, or all that is left of what was paid.

    Never more than was captured, however many refund at once. Once all is given back the
    order is refunded, and what was not sent goes back to stock. Raises `RefundTooLarge`,
    `WrongOrderState` for what was never placed.
    """
    with transaction.atomic(durable=True):
        order = lock_order(order)
        if not order.is_placed:
            raise WrongOrderState(order.number, _say(order), "refunded")
        payment = _lock_payment(order)
        left = payment.refundable if payment else Money(0, order.currency)
        wanted = left if amount is None else amount
        same = wanted.currency == left.currency
        if payment is None or not same or not 1 <= wanted.minor <= left.minor:
            raise RefundTooLarge(str(left))
        refund = _write_refund(payment, wanted.minor, reason, actor)
    settle_refund(refund)
    refund.refresh_from_db()
    return refund


def _write_refund(payment: Payment, minor: int, reason: str, actor: User | None) -> Refund:
    """Count it on the locked payment first, so that the next one sees what is left."""
    payment.refunded_minor += minor
    payment.save(update_fields=["refunded_minor", "updated_at"])
    return Refund.objects.create(payment=payment, amount_minor=minor, reason=reason, actor=actor)


def _lock_payment(order: Order) -> Payment | None:
    live = Payment.objects.select_for_update().filter(order=order, state__in=LIVE)
    locked: Payment | None = live.first()
    return locked


def _settle_capture(payment: Payment, actor: User | None) -> None:
    try:
        if not settle_capture(payment, actor=actor):
            raise PaymentUnavailable
    except GatewayError as error:
        raise PaymentDeclined(str(error)) from error


def _say(order: Order) -> str:
    return OrderState(order.state).label.lower()
