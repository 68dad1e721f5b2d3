"""What is done with an order once it is placed: sent, returned, cancelled. What needs money
as well (capture, cancel, refund) is in `payments.services`, which calls these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from shop.errors import TooManyPieces
from shop.inventory.models import Movement
from shop.orders.history import note
from shop.orders.holds import put_back
from shop.orders.mail.outbox import post_mail
from shop.orders.models import Fulfilment, FulfilmentLine, Order, OrderLine, OutboxMail
from shop.orders.states import OrderState, allows, require_transition
from shop.pricing.coupons import give_uses_back

if TYPE_CHECKING:
    from shop.accounts.models import User


def lock_order(order: Order) -> Order:
    """The order's row as it is now, locked until the end of the transaction: the first lock
    of everything that changes an order."""
    orders = Order.objects.select_for_update(of=("self",)).select_related("customer")
    locked: Order = orders.get(pk=order.pk)
    return locked


def fulfil_lines(
    *,
    order: Order,
    quantities: Mapping[str, int] | None = None,
    carrier: str = "",
    tracking_number: str = "",
    tracking_url: str = "",
    actor: User | None = None,
) -> Fulfilment:
    """Send a parcel with these pieces (by sku), or with all that is still to be sent.

    Raises `WrongOrderState`, `TooManyPieces`. Use `payments.services.fulfil_order`, which
    takes the money first.
    """
    with transaction.atomic():
        order = lock_order(order)
        lines = list(order.lines.all())
        wanted = choose_to_send(lines, quantities)
        is_whole = all(line.to_send == wanted.get(line, 0) for line in lines)
        state = OrderState.FULFILLED if is_whole else OrderState.PART_FULFILLED
        require_transition(order.number, order.state, state)
        parcel = Fulfilment.objects.create(
            order=order,
            carrier=carrier,
            tracking_number=tracking_number,
            tracking_url=tracking_url,
            actor=actor,
        )
        for line, pieces in wanted.items():
            line.fulfilled += pieces
            line.save(update_fields=["fulfilled"])
            FulfilmentLine.objects.create(fulfilment=parcel, line=line, quantity=pieces)
        order.state = state
        order.save(update_fields=["state"])
        note(order, "shipped", str(parcel), actor=actor, fulfilment=parcel.pk)
        post_mail(
            order=order,
            kind=OutboxMail.Kind.SHIPPED,
            about=str(parcel.pk),
            facts={"fulfilment": parcel.pk},
        )
        return parcel


def return_lines(
    *, order: Order, quantities: Mapping[str, int], actor: User | None = None
) -> Order:
    """Pieces that were sent have come back: they are in stock again, each once.

    Raises `TooManyPieces` for more than was sent and has not come back yet. The money is
    given back by `payments.services.refund_order`.
    """
    with transaction.atomic():
        order = lock_order(order)
        lines = list(order.lines.select_related("variant"))
        wanted = _choose(lines, quantities, {line.sku: line.returnable for line in lines})
        for line, pieces in wanted.items():
            line.returned += pieces
            line.save(update_fields=["returned"])
        put_back(order, wanted, Movement.Reason.RETURN, actor=actor)
        note(
            order,
            "returned",
            ", ".join(f"{pieces} × {line.sku}" for line, pieces in wanted.items()),
            actor=actor,
        )
        return order


def cancel_lines(*, order: Order, actor: User | None = None, reason: str = "") -> None:
    """Cancel a locked order that nothing was sent of: its stock and offers go back.
    Raises `WrongOrderState`. Use `payments.services.cancel_order`, which gives the money back."""
    require_transition(order.number, order.state, OrderState.CANCELLED)
    order.state, order.cancelled_at = OrderState.CANCELLED, timezone.now()
    order.save(update_fields=["state", "cancelled_at"])
    give_uses_back(reference=order.number)
    drop_unsent(order=order, actor=actor)
    note(order, "cancelled", reason, actor=actor)
    post_mail(order=order, kind=OutboxMail.Kind.CANCELLED, about=order.number)


def mark_paid(*, order: Order, actor: User | None = None) -> None:
    """Note that a locked order's money has come; one that was sent before stays as it is."""
    order.paid_at = order.paid_at or timezone.now()
    if allows(order.state, OrderState.PAID):
        order.state = OrderState.PAID
    order.save(update_fields=["state", "paid_at"])
    note(order, "paid", actor=actor)


def mark_refunded(*, order: Order, actor: User | None = None) -> None:
    """Note that all of a locked order's money was given back. What was not sent yet will not
    be, and goes back to stock. A cancelled order stays cancelled."""
    if allows(order.state, OrderState.REFUNDED):
        order.state = OrderState.REFUNDED
        order.save(update_fields=["state"])
        drop_unsent(order=order, actor=actor)


def drop_unsent(*, order: Order, actor: User | None = None) -> None:
    """Give all pieces of a locked order that are still to be sent back to stock."""
    dropped = {line: line.to_send for line in order.lines.select_related("variant")}
    for line, pieces in dropped.items():
        if pieces:
            line.cancelled += pieces
            line.save(update_fields=["cancelled"])
    put_back(order, dropped, Movement.Reason.CANCEL, actor=actor)


def choose_to_send(
    lines: list[OrderLine], quantities: Mapping[str, int] | None
) -> dict[OrderLine, int]:
    """The pieces by line for a parcel: these, or all that are still to be sent.
    Raises `TooManyPieces`."""
    return _choose(lines, quantities, {line.sku: line.to_send for line in lines})


def _choose(
    lines: list[OrderLine], quantities: Mapping[str, int] | None, most: Mapping[str, int]
) -> dict[OrderLine, int]:
    """The pieces of each line that are meant. Raises `TooManyPieces` unless each is from 1
    to its `most`, and if there is none at all."""
    by_sku = {line.sku: line for line in lines}
    if quantities is None:
        quantities = {sku: pieces for sku, pieces in most.items() if pieces}
    for sku, pieces in quantities.items():
        if not 1 <= pieces <= most.get(sku, 0):
            raise TooManyPieces(sku, most.get(sku, 0))
    if not quantities:
        raise TooManyPieces(lines[0].sku if lines else "", 0)
    return {by_sku[sku]: pieces for sku, pieces in sorted(quantities.items())}
