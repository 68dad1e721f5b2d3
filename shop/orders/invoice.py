"""An order as a printable invoice: every figure on it, in the order's own currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from shop.accounts.addresses import PostalAddress
from shop.money import Money
from shop.orders.models import Order, OrderLine


@dataclass(frozen=True, slots=True)
class TaxShare:
    """What is contained in the total at one rate; None is the delivery's, if it stands apart."""

    rate_basis_points: int | None
    gross: Money
    tax: Money

    @property
    def net(self) -> Money:
        return self.gross - self.tax


@dataclass(frozen=True, slots=True)
class Invoice:
    """Data of the page. `shares` sum to the order's total and tax."""

    number: str
    date: datetime
    seller: str
    order: Order
    lines: list[OrderLine]
    billing_address: PostalAddress
    shipping_address: PostalAddress
    shares: list[TaxShare]
    is_paid: bool


def make_invoice(order: Order) -> Invoice:
    """The invoice of a placed order, with one query for its lines.

    Raises `ValueError` for an attempt that was never placed.
    """
    if not order.is_placed or order.placed_at is None:
        raise ValueError(f"{order.number} was not placed")
    lines = list(order.lines.all())
    return Invoice(
        number=order.number,
        date=order.placed_at,
        seller=settings.SHOP_NAME,
        order=order,
        lines=lines,
        billing_address=order.billing_address,
        shipping_address=order.shipping_address,
        shares=_share_taxes(order, lines),
        is_paid=order.paid_at is not None,
    )


def _share_taxes(order: Order, lines: list[OrderLine]) -> list[TaxShare]:
    sums: dict[int | None, tuple[int, int]] = {}
    parts: list[tuple[int | None, int, int]] = [
        (
            line.tax_rate_basis_points,
            line.line_total_minor - line.discount_minor,
            line.tax_minor,
        )
        for line in lines
    ]
    if order.shipping_minor:
        parts.append((None, order.shipping_minor, order.shipping_tax_minor))
    for rate, gross, tax in parts:
        before = sums.get(rate, (0, 0))
        sums[rate] = (before[0] + gross, before[1] + tax)
    currency = order.currency
    return [
        TaxShare(rate, Money(gross, currency), Money(tax, currency))
        for rate, (gross, tax) in sums.items()
    ]
