"""Telling gateways what has been decided: voids, captures and refunds.

Each is decided first, in a transaction, as a row that says so; then the gateway is told;
then its answer is written down. If anything dies in between, the row is still there and
`reconcile` tells the gateway again: every call is one that may be repeated.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from shop.orders.history import note
from shop.orders.mail.outbox import post_mail
from shop.orders.models import OutboxMail
from shop.orders.services import lock_order, mark_paid, mark_refunded
from shop.orders.states import ATTEMPTS
from shop.payments.gateways import GatewayError, GatewayUnavailable, Verdict, find_gateway
from shop.payments.models import Payment, PaymentState, Refund

if TYPE_CHECKING:
    from shop.accounts.models import User

logger = logging.getLogger("shop.payments")


def void_payment(payment: Payment) -> bool:
    """Tell the gateway to let go a payment that is `voiding`. False: to be tried again."""
    gateway = find_gateway(payment.gateway)
    try:
        gateway.void(payment)
    except GatewayUnavailable as error:
        logger.warning("void_postponed", exc_info=error)
        return False
    except GatewayError as error:
        logger.warning("void_refused", exc_info=error)
        return _refund_instead(payment)
    Payment.objects.filter(pk=payment.pk, state=PaymentState.VOIDING).update(
        state=PaymentState.VOIDED
    )
    return True


def settle_capture(payment: Payment, *, actor: User | None = None) -> bool:
    """Tell the gateway to capture a payment that is `capturing`. False: to be tried again.

    Raises `GatewayError` if it refuses; the payment is then authorised as before.
    """
    gateway = find_gateway(payment.gateway)
    capturing = Payment.objects.filter(pk=payment.pk, state=PaymentState.CAPTURING)
    try:
        gateway.capture(payment)
    except GatewayUnavailable as error:
        logger.warning("capture_postponed", exc_info=error)
        return False
    except GatewayError:
        capturing.update(state=PaymentState.AUTHORISED)
        raise
    note_capture(payment, actor=actor)
    return True


def note_capture(payment: Payment, *, actor: User | None = None) -> None:
    """Write down that the whole amount was captured; safe to repeat."""
    open_states = (PaymentState.AUTHORISED, PaymentState.CAPTURING)
    with transaction.atomic():
        order = lock_order(payment.order)
        still_open = Payment.objects.filter(pk=payment.pk, state__in=open_states)
        if still_open.update(state=PaymentState.CAPTURED, captured_minor=payment.amount_minor):
            mark_paid(order=order, actor=actor)


def settle_refund(refund: Refund) -> bool:
    """Tell the gateway to make a refund that is `pending`. False: to be tried again."""
    gateway = find_gateway(refund.payment.gateway)
    try:
        reference = gateway.refund(refund)
    except GatewayUnavailable as error:
        logger.warning("refund_postponed", exc_info=error)
        return False
    except GatewayError as error:
        logger.warning("refund_refused", exc_info=error)
        _finish_refund(refund, Refund.State.FAILED, "")
        return True
    _finish_refund(refund, Refund.State.DONE, reference)
    return True


def _finish_refund(refund: Refund, state: Refund.State, reference: str) -> None:
    with transaction.atomic():
        order = lock_order(refund.payment.order)
        payment = Payment.objects.select_for_update().get(pk=refund.payment_id)
        pending = Refund.objects.filter(pk=refund.pk, state=Refund.State.PENDING)
        if not pending.update(state=state, reference=reference):
            return
        if state == Refund.State.FAILED:
            payment.refunded_minor -= refund.amount_minor
            payment.save(update_fields=["refunded_minor", "updated_at"])
            note(order, "refund_failed", str(refund.amount), actor=refund.actor)
            return
        note(order, "refunded", str(refund.amount), actor=refund.actor, reason=refund.reason)
        is_open = payment.refunds.filter(state=Refund.State.PENDING).exists()
        if payment.refunded_minor == payment.captured_minor and not is_open:
            payment.state = PaymentState.REFUNDED
            payment.save(update_fields=["state", "updated_at"])
            mark_refunded(order=order, actor=refund.actor)
        if order.state not in ATTEMPTS:
            post_mail(
                order=order,
                kind=OutboxMail.Kind.REFUNDED,
                about=str(refund.key),
                facts={"amount_minor": refund.amount_minor},
            )


def _refund_instead(payment: Payment) -> bool:
    """A payment that cannot be let go since it was captured: give the money back."""
    gateway = find_gateway(payment.gateway)
    try:
        verdict = gateway.look_up(payment).verdict
    except GatewayError as error:
        logger.warning("look_up_failed", exc_info=error)
        return False
    if verdict is not Verdict.CAPTURED:
        return False
    with transaction.atomic():
        locked = Payment.objects.select_for_update().get(pk=payment.pk)
        if locked.state != PaymentState.VOIDING:
            return True
        locked.state = PaymentState.CAPTURED
        locked.captured_minor = locked.refunded_minor = locked.amount_minor
        locked.save()
        refund = Refund.objects.create(
            payment=locked, amount_minor=locked.amount_minor, reason="paid too late"
        )
    return settle_refund(refund)


def reconcile(*, limit: int = 500) -> dict[str, int]:
    """Finish what a crash or a silent gateway left open; gives how much of each was done.
    What somebody may still be busy with is left to them."""
    now = timezone.now()
    voiding = Payment.objects.filter(state=PaymentState.VOIDING)[:limit]
    idle = Payment.objects.exclude(busy_until__gt=now)
    capturing = idle.filter(state=PaymentState.CAPTURING)[:limit]
    refunds = Refund.objects.filter(state=Refund.State.PENDING).select_related("payment")[:limit]
    done = {"voided": 0, "captured": 0, "refunded": 0}
    for payment in voiding:
        done["voided"] += void_payment(payment)
    for payment in capturing:
        try:
            done["captured"] += settle_capture(payment)
        except GatewayError as error:
            logger.warning("capture_refused", exc_info=error)
    for refund in refunds:
        done["refunded"] += settle_refund(refund)
    return done
