"""What must always be true of orders and stock, looked at from outside."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from shop.inventory.models import Movement
from shop.inventory.services import find_drift
from shop.orders.models import Order, OrderLine
from shop.orders.states import OrderState


def find_defects() -> Iterator[str]:
    """A sentence for each thing that is not as it must be; none at all in a sound shop."""
    for level in find_drift():
        yield f"The ledger of {level.variant.sku} does not sum to its level of {level.on_hand}."
    for order in Order.objects.overdue():
        yield f"Order {order.number} holds stock past its deadline."
    yield from _find_stock_defects()
    yield from _find_sum_defects()


def _find_stock_defects() -> Iterator[str]:
    """What an order has out of stock must be what it still has a claim to."""
    moved: dict[tuple[str, int], int] = {
        (reference, variant): -total
        for reference, variant, total in Movement.objects.exclude(reference="")
        .values_list("reference", "level_id")
        .annotate(total=Sum("delta"))
        .order_by()
    }
    lines = OrderLine.objects.exclude(variant=None).select_related("order")
    for line in lines.iterator(chunk_size=1_000):
        is_abandoned = line.order.state == OrderState.ABANDONED
        expected = 0 if is_abandoned else line.quantity - line.cancelled - line.returned
        found = moved.get((line.order.number, line.variant_id or 0), 0)
        if found != expected:
            yield (
                f"Order {line.order.number} ({line.order.state}) has {found} of {line.sku} out of "
                f"stock instead of {expected}."
            )
    known = Order.objects.values("number")
    strays = Movement.objects.filter(reason=Movement.Reason.SALE).exclude(reference__in=known)
    for movement in strays.exclude(reference=""):
        yield f"Stock was taken for {movement.reference}, which is no order."


def _find_sum_defects() -> Iterator[str]:
    sums = Order.objects.annotate(
        goods=Sum("lines__line_total_minor", default=0),
        discounts=Sum("lines__discount_minor", default=0),
        taxes=Sum("lines__tax_minor", default=0),
    )
    wrong = sums.exclude(
        Q(goods=F("subtotal_minor"))
        & Q(discounts=F("discount_minor"))
        & Q(taxes=F("tax_minor") - F("shipping_tax_minor"))
    )
    for order in wrong:
        yield f"The lines of order {order.number} do not sum to its totals."
