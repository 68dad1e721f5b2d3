"""Writing an order's history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shop.inventory.announce import announce_customer
from shop.orders.models import Order, OrderEvent

if TYPE_CHECKING:
    from shop.accounts.models import User


def note(
    order: Order, kind: str, message: str = "", *, actor: User | None = None, **facts: Any
) -> None:
    """Write down what happened, in the transaction in which it happens; after its commit
    the customer's open pages are told."""
    OrderEvent.objects.create(
        order=order, kind=kind, message=message[:500], facts=facts, actor=actor
    )
    if order.customer_id is not None:
        told = {"type": "order", "number": order.number, "event": kind, "state": order.state}
        announce_customer(order.customer_id, told)
