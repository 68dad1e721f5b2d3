"""Writing an order's history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shop.orders.models import Order, OrderEvent

if TYPE_CHECKING:
    from shop.accounts.models import User


def note(
    order: Order, kind: str, message: str = "", *, actor: User | None = None, **facts: Any
) -> None:
    """Write down what happened, in the transaction in which it happens."""
    OrderEvent.objects.create(
        order=order, kind=kind, message=message[:500], facts=facts, actor=actor
    )
