"""The part of the first page that is about orders: its numbers, from known orders."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from shop.backoffice.plots import HEIGHT, draw_plot
from shop.backoffice.sales import list_best_sellers, list_days, sum_periods
from shop.errors import PaymentDeclined
from shop.money import Money
from shop.orders.models import Order
from shop.payments.models import Refund
from shop.payments.services import cancel_order, capture_payment, fulfil_order, refund_order
from tests.backoffice.test_pages import count_queries
from tests.factories import VariantFactory
from tests.orders.shopper import Shopper


@pytest.fixture(autouse=True)
def _goods(db: None) -> None:
    VariantFactory(sku="A", price_minor=1_000, stock=100)
    VariantFactory(sku="B", price_minor=500, stock=100)


def place(days_ago: int = 0, **skus: int) -> Order:
    order = Shopper().fill(**(skus or {"A": 1})).order().order
    order.placed_at = timezone.now() - timedelta(days=days_ago)
    order.save(update_fields=["placed_at"])
    return order


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def read_periods() -> list[tuple[int, int, int]]:
    return [(p.orders, p.gross.minor, p.refunded.minor) for p in sum_periods(list_days())]


def test_the_figures_are_those_of_the_orders(admin):
    place(0, A=2)
    place(0, B=1)
    place(6, A=1)
    place(7, B=3)
    place(29, A=1)
    place(30, A=9)
    assert read_periods() == [(2, 2_500, 0), (3, 3_500, 0), (5, 6_000, 0)]
    days = list_days()
    assert len(days) == 30 and days[-1].date == timezone.localdate()
    assert [day.orders for day in days] == [1] + [0] * 21 + [1, 1] + [0] * 5 + [2]


def test_attempts_cancelled_orders_and_failed_refunds_are_no_sales(admin):
    with pytest.raises(PaymentDeclined):
        Shopper().fill(A=1).order(payment_token="demo-declined")
    off = place(0, A=4)
    capture_payment(order=off)
    cancel_order(order=off)
    kept = place(0, A=2)
    capture_payment(order=kept)
    refund_order(order=kept, amount=euros(700))
    Refund.objects.create(payment=kept.payments.get(), amount_minor=100, state="failed")
    assert read_periods() == [(1, 2_000, 700)] * 3
    Refund.objects.filter(amount_minor=700).update(created_at=timezone.now() - timedelta(days=8))
    assert read_periods() == [(1, 2_000, 0)] * 2 + [(1, 2_000, 700)]


def test_orders_in_another_currency_are_not_added_up():
    order = place(0, A=1)
    Order.objects.filter(pk=order.pk).update(currency="USD")
    assert read_periods() == [(0, 0, 0)] * 3


def test_what_sells_best():
    place(0, A=2, B=5)
    place(3, A=1)
    place(31, A=50)
    cancel_order(order=place(0, A=30))
    refunded = place(0, A=7)  # nothing of it is sent: its pieces are cancelled
    capture_payment(order=refunded)
    refund_order(order=refunded)
    assert [(s.sku, s.pieces) for s in list_best_sellers()] == [("B", 5), ("A", 3)]
    assert list_best_sellers()[0].revenue == euros(2_500)


def test_the_page_shows_them_and_says_what_waits(admin):
    place(0, A=2)
    sent, taken = place(1, B=1), place(2, B=1)
    fulfil_order(order=sent)
    capture_payment(order=taken)
    cancel_order(order=place(0))
    answer = admin.get("/admin/")
    sales = answer.context["sales"]
    assert (sales["to_send"], sales["to_capture"]) == (2, 1)
    assert [p.gross.format() for p in sales["periods"]] == ["€20.00", "€30.00", "€30.00"]
    for address, number in (("state=waiting", 2), ("payment=open", 1)):
        assert f"/admin/orders/order/?{address}" in answer.content.decode()
        listed = admin.get(f"/admin/orders/order/?{address}").context["cl"]
        assert listed.result_count == number
    page = answer.content.decode()
    assert page.count('<svg class="shop-plot"') == 2
    assert f"{timezone.localdate().day} {timezone.localdate():%b}: €20.00" in page


def test_it_costs_the_same_whatever_the_orders(admin):
    place()
    admin.get("/admin/")
    few = count_queries(admin, "/admin/")
    for number in range(5):
        capture_payment(order=place(number, A=1, B=1))
    assert count_queries(admin, "/admin/") == few
    assert few <= 21


@pytest.mark.parametrize(
    ("group", "is_shown"), [("Shop staff", True), ("Catalogue editor", False), ("", False)]
)
def test_who_may_not_see_orders_sees_no_sales(log_in_as, group, is_shown):
    answer = log_in_as(group).get("/admin/")
    assert ("sales" in answer.context) is is_shown
    assert ("shop-plot" in answer.content.decode()) is is_shown


def make_values(*values: int) -> list[tuple[date, int, str]]:
    return [(date(2026, 1, 1) + timedelta(days=n), v, str(v)) for n, v in enumerate(values)]


def test_the_largest_bar_reaches_the_top_and_the_others_are_in_proportion():
    plot = draw_plot("Orders", make_values(0, 5, 10))
    assert [bar.height for bar in plot.bars] == [
        0,
        (plot.base - plot.top) / 2,
        plot.base - plot.top,
    ]
    assert plot.bars[2].y == plot.top and plot.most == "10"
    assert all(bar.y + bar.height == plot.base <= HEIGHT for bar in plot.bars)
    assert plot.bars[1].label == "2 Jan: 5"


@pytest.mark.parametrize("values", [(), (0, 0, 0)])
def test_nothing_sold_is_a_plot_without_bars(values: Any):
    plot = draw_plot("Orders", make_values(*values))
    assert all(bar.height == 0 for bar in plot.bars) and plot.most == ""
