"""What staff can do with an order: each a page with a form, a permission, and a verb of
`orders` or `payments`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shop.accounts.models import User
from shop.backoffice.order_forms import CancelForm, FulfilForm, OrderForm, RefundForm, ReturnForm
from shop.errors import PaymentDeclined, PaymentUnavailable, ShopError
from shop.orders.models import Order, OrderLine
from shop.orders.services import return_lines
from shop.orders.states import OrderState, allows
from shop.payments.models import Payment, PaymentState, Refund
from shop.payments.services import cancel_order, capture_payment, fulfil_order, refund_order


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with what has to be known to say what can be done with it."""

    order: Order
    lines: list[OrderLine]
    payment: Payment | None


@dataclass(frozen=True, slots=True)
class Step:
    """`is_possible` only decides whether its button is shown: the verb itself refuses what
    does not fit. `do` gives a sentence on what came of it."""

    name: str
    title: str
    lead: str
    form: type[OrderForm]
    permissions: Sequence[str]
    is_possible: Callable[[OrderView], bool]
    do: Callable[[Order, Any, User], str]
    refunds: bool = False
    """Does money that was captured go back with it?"""

    def is_allowed(self, user: Any, view: OrderView) -> bool:
        needed = list(self.permissions)
        if self.refunds and view.payment is not None and view.payment.captured_minor:
            needed.append("payments.add_refund")
        return bool(user.has_perms(needed))


def explain(error: ShopError) -> str:
    """To staff: a shopper's sentence about a payment speaks of placing an order."""
    if isinstance(error, PaymentDeclined):
        reason = error.facts.get("reason", "no reason given")
        return f"The payment service refuses to take the money: {reason}. Nothing was done."
    if isinstance(error, PaymentUnavailable):
        return (
            "The payment service does not answer. The payment is taken as soon as it does "
            "(by “manage.py reconcile_payments”), or by trying again."
        )
    return error.message


def capture(order: Order, form: Any, actor: User) -> str:
    payment = capture_payment(order=order, actor=actor)
    return f"{payment.captured.format()} were captured."


def fulfil(order: Order, form: FulfilForm, actor: User) -> str:
    values = form.cleaned_data
    parcel = fulfil_order(
        order=order,
        quantities=form.quantities,
        carrier=values["carrier"],
        tracking_number=values["tracking_number"],
        tracking_url=values["tracking_url"],
        actor=actor,
    )
    pieces = sum(form.quantities.values())
    return f"A parcel of {pieces} {'piece' if pieces == 1 else 'pieces'} was sent: {parcel}."


def take_back(order: Order, form: ReturnForm, actor: User) -> str:
    return_lines(order=order, quantities=form.quantities, actor=actor)
    came = ", ".join(f"{pieces} × {sku}" for sku, pieces in form.quantities.items())
    return f"Back in stock: {came}. The money is given back by “Refund”."


def cancel(order: Order, form: CancelForm, actor: User) -> str:
    cancel_order(order=order, actor=actor, reason=form.cleaned_data["reason"])
    return "The order is cancelled, and its goods are in stock again."


def refund(order: Order, form: RefundForm, actor: User) -> str:
    values = form.cleaned_data
    made = refund_order(order=order, amount=values["amount"], reason=values["reason"], actor=actor)
    if made.state == Refund.State.FAILED:
        raise RefundRefused(made.amount.format())
    if made.state == Refund.State.PENDING:
        return (
            f"{made.amount.format()} are noted, but the payment service does not answer: they "
            "are given back as soon as it does."
        )
    return f"{made.amount.format()} were given back."


class RefundRefused(ShopError):
    code = "refund_refused"

    def __init__(self, amount: str) -> None:
        super().__init__(f"The payment service refuses to give {amount} back.")


def _can_capture(view: OrderView) -> bool:
    payment = view.payment
    return (
        payment is not None
        and payment.state in (PaymentState.AUTHORISED, PaymentState.CAPTURING)
        and view.order.is_placed
        and view.order.state != OrderState.CANCELLED
    )


def _can_fulfil(view: OrderView) -> bool:
    return allows(view.order.state, OrderState.FULFILLED) and any(
        line.to_send for line in view.lines
    )


def _can_return(view: OrderView) -> bool:
    return any(line.returnable for line in view.lines)


def _can_refund(view: OrderView) -> bool:
    return view.order.is_placed and bool(view.payment and view.payment.refundable.minor)


STEPS: Mapping[str, Step] = {
    step.name: step
    for step in (
        Step(
            "capture",
            "Capture payment",
            "The amount that is authorised is taken; for an invoice this says that the money "
            "has come.",
            OrderForm,
            ["orders.view_order", "payments.change_payment"],
            _can_capture,
            capture,
        ),
        Step(
            "fulfil",
            "Send",
            "The customer gets a mail about this parcel. A card's payment is taken first; if it "
            "is refused, nothing is sent.",
            FulfilForm,
            ["orders.change_order"],
            _can_fulfil,
            fulfil,
        ),
        Step(
            "return",
            "Take back",
            "How many pieces have come back? They are in stock again at once.",
            ReturnForm,
            ["orders.change_order"],
            _can_return,
            take_back,
        ),
        Step(
            "refund",
            "Refund",
            "Once all is given back, what was not sent yet goes back to stock. The customer "
            "gets a mail.",
            RefundForm,
            ["orders.view_order", "payments.add_refund"],
            _can_refund,
            refund,
        ),
        Step(
            "cancel",
            "Cancel order",
            "Its goods go back to stock, and its payment is let go or given back. The customer "
            "gets a mail.",
            CancelForm,
            ["orders.change_order"],
            lambda view: view.order.can_be_cancelled,
            cancel,
            refunds=True,
        ),
    )
}
"""By name, in the order of the buttons."""
