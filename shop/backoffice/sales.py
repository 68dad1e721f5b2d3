"""What was sold, for the first page: figures, a row of days, and what sells best.

An order counts on the day it was placed, with its total, unless it was cancelled. A refund
counts on the day it was given, unless it is a cancelled order's. Only orders in the shop's
currency are summed. Days are those of `settings.TIME_ZONE`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from shop.backoffice.order_filters import OPEN, TO_SEND
from shop.money import Money
from shop.orders.models import Order, OrderLine
from shop.orders.states import ATTEMPTS, OrderState
from shop.payments.models import Payment, Refund

DAYS = 30
"""Today and those before it."""
SHOWN = 8
"""Rows of what sells best."""


@dataclass(frozen=True, slots=True)
class Day:
    """Amounts in minor units."""

    date: date
    orders: int
    gross_minor: int
    refunded_minor: int

    @property
    def gross(self) -> Money:
        return Money(self.gross_minor, settings.SHOP_CURRENCY)

    @property
    def refunded(self) -> Money:
        return Money(self.refunded_minor, settings.SHOP_CURRENCY)


@dataclass(frozen=True, slots=True)
class Period:
    """The sums of some days."""

    title: str
    orders: int
    gross: Money
    refunded: Money


@dataclass(frozen=True, slots=True)
class Seller:
    """A sku and how many pieces of it were sold, for how much after discount."""

    sku: str
    name: str
    pieces: int
    revenue: Money


def list_days() -> list[Day]:
    """The last `DAYS` days, oldest first, also those without a sale. Two queries."""
    today = timezone.localdate()
    first = today - timedelta(days=DAYS - 1)
    start = _begin(first)
    sold = (
        _count_orders(start)
        .annotate(day=TruncDate("placed_at"))
        .values("day")
        .annotate(number=Count("pk"), total=Sum("total_minor"))
        .order_by("day")
    )
    back = (
        Refund.objects.filter(created_at__gte=start, payment__currency=settings.SHOP_CURRENCY)
        .exclude(state=Refund.State.FAILED)
        .exclude(payment__order__state__in=[*ATTEMPTS, OrderState.CANCELLED])
        .annotate(day=TruncDate("created_at"))
        .values("day")
        .annotate(total=Sum("amount_minor"))
        .order_by("day")
    )
    sales = {row["day"]: row for row in sold}
    refunds = {row["day"]: row["total"] for row in back}
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return [
        Day(
            day,
            int(sales[day]["number"]) if day in sales else 0,
            int(sales[day]["total"]) if day in sales else 0,
            int(refunds.get(day, 0)),
        )
        for day in days
    ]


def sum_periods(days: Sequence[Day]) -> list[Period]:
    """Today, and the last 7 and 30 days with it."""
    return [
        _sum(title, days[-number:])
        for title, number in (("Today", 1), ("7 days", 7), (f"{DAYS} days", DAYS))
    ]


def count_waiting() -> tuple[int, int]:
    """How many orders are to be sent, and how many payments to be captured. Two queries."""
    to_capture = Payment.objects.filter(OPEN).exclude(
        order__state__in=[*ATTEMPTS, OrderState.CANCELLED]
    )
    return Order.objects.filter(state__in=TO_SEND).count(), to_capture.count()


def list_best_sellers() -> list[Seller]:
    """By pieces, of the last `DAYS` days; what was cancelled is not counted. One query."""
    start = _begin(timezone.localdate() - timedelta(days=DAYS - 1))
    rows = (
        OrderLine.objects.filter(order__in=_count_orders(start).values("pk"))
        .order_by()
        .values("sku")
        .annotate(
            pieces=Sum(F("quantity") - F("cancelled")),
            revenue=Sum(F("line_total_minor") - F("discount_minor")),
            title=Max("name"),
        )
        .filter(pieces__gt=0)
        .order_by("-pieces", "-revenue", "sku")[:SHOWN]
    )
    currency = settings.SHOP_CURRENCY
    return [
        Seller(row["sku"], row["title"], int(row["pieces"]), Money(int(row["revenue"]), currency))
        for row in rows
    ]


def _count_orders(start: datetime) -> Any:
    return (
        Order.objects.placed()
        .filter(placed_at__gte=start, currency=settings.SHOP_CURRENCY)
        .exclude(state=OrderState.CANCELLED)
    )


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _sum(title: str, days: Sequence[Day]) -> Period:
    currency = settings.SHOP_CURRENCY
    return Period(
        title,
        sum(day.orders for day in days),
        Money(sum(day.gross_minor for day in days), currency),
        Money(sum(day.refunded_minor for day in days), currency),
    )
