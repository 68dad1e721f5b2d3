"""One member of staff at a time does one thing with an order, and only with the order that
was on the page: the verbs of `orders` and `payments` are called behind that."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from shop.backoffice.models import OrderClaim
from shop.errors import ShopError
from shop.orders.models import Order

LEASE = timedelta(minutes=2)
"""A claim of a process that died is void after this; no gateway takes as long."""


class OrderChanged(ShopError):
    """The order is not the one that was shown."""

    code = "order_changed"

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Order {number} has changed since this page was opened, and nothing was done this "
            "time. Look at its history before you go on.",
            order=number,
        )


class OrderBusy(ShopError):
    """Somebody is at work on the order at this moment."""

    code = "order_busy"

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Somebody is at work on order {number} at this moment, so nothing was done. Look "
            "again in a few seconds.",
            order=number,
        )


def find_state(order: Order) -> str:
    """What changes with everything that is done to the order. Two queries."""
    event = order.events.aggregate(last=Max("pk"))["last"]
    payments = order.payments.order_by("pk").values_list("pk", "state", "refunded_minor")
    parts = [order.state, event, *(f"{pk}-{state}-{back}" for pk, state, back in payments)]
    return ".".join(map(str, parts))


@contextmanager
def claim_order(*, order: Order, seen: str) -> Iterator[None]:
    """Nobody else is inside with this order, and it is as `seen` (of `find_state`).

    Raises `OrderBusy`, `OrderChanged`. It is not a transaction: what is done inside talks
    to gateways, and commits as it goes.
    """
    claim = OrderClaim(order=order, token=uuid.uuid4())
    OrderClaim.objects.filter(order=order, claimed_at__lt=timezone.now() - LEASE).delete()
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError:
        raise OrderBusy(order.number) from None
    try:
        order.refresh_from_db()
        if find_state(order) != seen:
            raise OrderChanged(order.number)
        yield
    finally:
        OrderClaim.objects.filter(order=order, token=claim.token).delete()
