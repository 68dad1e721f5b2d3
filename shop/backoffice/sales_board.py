"""The part of the first page that is about orders."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from shop.backoffice.plots import draw_plot
from shop.backoffice.sales import count_waiting, list_best_sellers, list_days, sum_periods


def add_sales(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Figures, plots and best sellers, for who may see orders. Five queries."""
    if not request.user.has_perm("orders.view_order"):
        return context
    days = list_days()
    to_send, to_capture = count_waiting()
    orders = [(x.date, x.orders, _count(x.orders)) for x in days]
    revenue = [(x.date, x.gross_minor, x.gross.format()) for x in days]
    context["sales"] = {
        "periods": sum_periods(days),
        "to_send": to_send,
        "to_capture": to_capture,
        "plots": [draw_plot("Orders a day", orders), draw_plot("Revenue a day", revenue)],
        "days": [day for day in reversed(days) if day.orders or day.refunded_minor],
        "best_sellers": list_best_sellers(),
    }
    return context


def _count(number: int) -> str:
    return f"{number} order" if number == 1 else f"{number} orders"
