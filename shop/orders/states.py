"""The states of an order and the one table of what may follow what."""

from django.db.models import TextChoices

from shop.errors import WrongOrderState


class OrderState(TextChoices):
    """`pending` and `abandoned` are attempts to order: the goods are held while the payment
    runs, and given back. Shoppers and staff see an order from `placed` on."""

    PENDING = "pending", "Awaiting payment"
    PLACED = "placed", "Placed"
    PAID = "paid", "Paid"
    PART_FULFILLED = "part_fulfilled", "Partly sent"
    FULFILLED = "fulfilled", "Sent"
    CANCELLED = "cancelled", "Cancelled"
    REFUNDED = "refunded", "Refunded"
    ABANDONED = "abandoned", "Not completed"


_S = OrderState
TRANSITIONS: dict[str, frozenset[str]] = {
    _S.PENDING: frozenset({_S.PLACED, _S.PAID, _S.ABANDONED}),
    _S.PLACED: frozenset({_S.PAID, _S.PART_FULFILLED, _S.FULFILLED, _S.CANCELLED}),
    _S.PAID: frozenset({_S.PART_FULFILLED, _S.FULFILLED, _S.CANCELLED, _S.REFUNDED}),
    _S.PART_FULFILLED: frozenset({_S.PART_FULFILLED, _S.FULFILLED, _S.REFUNDED}),
    _S.FULFILLED: frozenset({_S.REFUNDED}),
    _S.CANCELLED: frozenset(),
    _S.REFUNDED: frozenset(),
    _S.ABANDONED: frozenset(),
}
"""What may follow each state. An order that is sent before it is paid (an invoice) stays
`fulfilled`; `Order.paid_at` says that the money came."""

ATTEMPTS = frozenset({_S.PENDING, _S.ABANDONED})
"""States of what is not (yet) an order."""


def allows(state: str, wanted: str) -> bool:
    """May an order in `state` become `wanted`?"""
    return wanted in TRANSITIONS[state]


def require_transition(number: str, state: str, wanted: str) -> None:
    """Raises `WrongOrderState` unless the order may become `wanted`."""
    if not allows(state, wanted):
        raise WrongOrderState(number, _S(state).label.lower(), _S(wanted).label.lower())
