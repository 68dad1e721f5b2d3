"""Orders, and their lines, as rows for a spreadsheet. Amounts are decimals, times are UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from shop.orders.models import Order, OrderLine
from shop.payments.models import LIVE

_CHUNK = 500

ORDER_COLUMNS = [
    *("number", "state", "placed_at", "paid_at", "email", "customer", "currency"),
    *("subtotal", "discount", "shipping", "total", "tax", "coupon", "shipping_method"),
    *("payment_method", "payment_state", "captured", "refunded"),
    *("name", "line1", "line2", "postcode", "city", "country"),
]
LINE_COLUMNS = [
    *("order", "state", "placed_at", "sku", "name", "quantity", "currency", "unit_price"),
    *("line_total", "discount", "tax", "tax_percent", "sent", "returned", "cancelled"),
]


def list_orders(orders: QuerySet[Order]) -> Iterator[list[str | int]]:
    """A row for each order, newest first; held in memory is a chunk of them, never all."""
    found = orders.select_related("customer").prefetch_related("payments")
    for order in found.order_by("-placed_at", "-pk").iterator(chunk_size=_CHUNK):
        payment = choose_payment(order)
        address = order.shipping_address
        yield [
            order.number,
            order.state,
            _write_time(order.placed_at),
            _write_time(order.paid_at),
            order.email,
            order.customer.get_username() if order.customer else "",
            order.currency,
            order.subtotal.amount,
            order.discount.amount,
            order.shipping.amount,
            order.total.amount,
            order.tax.amount,
            order.coupon,
            order.shipping_name,
            order.payment_method,
            payment.state if payment else "",
            payment.captured.amount if payment else "",
            payment.refunded.amount if payment else "",
            *(address.name, address.line1, address.line2),
            *(address.postcode, address.city, address.country),
        ]


def list_lines(orders: QuerySet[Order]) -> Iterator[list[str | int]]:
    """A row for each line of the orders, in the orders' order."""
    lines = OrderLine.objects.filter(order__in=orders.order_by().values("pk"))
    found = lines.select_related("order").order_by("-order__placed_at", "-order", "position", "pk")
    for line in found.iterator(chunk_size=_CHUNK):
        yield [
            line.order.number,
            line.order.state,
            _write_time(line.order.placed_at),
            line.sku,
            line.name,
            line.quantity,
            line.order.currency,
            line.unit_price.amount,
            line.line_total.amount,
            line.discount.amount,
            line.tax.amount,
            f"{line.tax_rate_basis_points / 100:g}",
            line.fulfilled,
            line.returned,
            line.cancelled,
        ]


def choose_payment(order: Order) -> Any:
    """As `payments.services.find_payment`, from payments that were fetched beforehand."""
    payments: list[Any] = list(order.payments.all())
    live = (payment for payment in payments if payment.state in LIVE)
    return next(live, payments[-1] if payments else None)


def _write_time(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""
