"""Orders at the same time, with real processes and threads on PostgreSQL."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta

import pytest

from shop.cart.cart import Cart
from shop.errors import (
    CartAlreadyOrdered,
    CouponNotApplicable,
    OrderInProgress,
    PaymentDeclined,
    RefundTooLarge,
    ShopError,
    WrongOrderState,
)
from shop.inventory.models import Movement, StockLevel
from shop.money import Money
from shop.orders.models import Order
from shop.orders.services import return_lines
from shop.payments.audit import audit
from shop.payments.checkout import confirm_order
from shop.payments.gateways import Outcome
from shop.payments.gateways.demo import DemoGateway
from shop.payments.holds import give_up
from shop.payments.models import DemoCharge, Payment
from shop.payments.services import cancel_order, capture_payment, fulfil_order, refund_order
from shop.pricing.models import Coupon, Promotion
from tests.factories import UserFactory, VariantFactory
from tests.orders.processes import finish, start
from tests.orders.shopper import Shopper
from tests.threads import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _sound_shop(settings):
    settings.MAIL_AT_ONCE = False
    settings.ORDER_WAIT *= 6  # the machine may be busy
    settings.PAYMENT_LEASE *= 4
    yield
    assert audit() == []


@pytest.fixture
def slow_gateway(monkeypatch) -> None:
    """The gateway takes its time, so that the others meet an attempt under way."""
    authorise = DemoGateway.authorise

    def take_time(self: DemoGateway, payment: Payment, token: str) -> Outcome:
        time.sleep(0.5)
        return authorise(self, payment, token)

    monkeypatch.setattr(DemoGateway, "authorise", take_time)


def find_stock(sku: str = "A") -> int:
    return StockLevel.objects.get(variant__sku=sku).on_hand


def count(results: list[object]) -> Counter[str]:
    return Counter(
        type(result).__name__ if isinstance(result, Exception) else "ok" for result in results
    )


def test_64_buyers_on_a_stock_of_50_give_exactly_50_orders():
    VariantFactory(sku="A", stock=50)
    processes = [start("tests.orders.buyers", "16", "A=1") for _ in range(4)]
    outcomes: Counter[str] = Counter()
    for process in processes:
        outcomes.update(finish(process))
    assert outcomes == {"placed": 50, "insufficient_stock": 14}
    assert find_stock() == 0
    assert Order.objects.placed().count() == DemoCharge.objects.count() == 50


def test_carts_of_many_lines_in_opposite_orders_never_deadlock():
    skus = [f"S{n}" for n in range(6)]
    for sku in skus:
        VariantFactory(sku=sku, stock=40)
    forward = [f"{sku}=1" for sku in skus]
    processes = [
        start("tests.orders.buyers", "12", *lines)
        for lines in (forward, forward[::-1], forward[3:] + forward[:3])
    ]
    outcomes: Counter[str] = Counter()
    for process in processes:
        outcomes.update(finish(process))
    assert outcomes == {"placed": 36}
    assert {find_stock(sku) for sku in skus} == {4}


@pytest.mark.parametrize("strategy_name", ["session", "cookie"])
def test_50_requests_with_one_key_give_one_order(use_strategy, strategy_name, slow_gateway):
    use_strategy(strategy_name)
    VariantFactory(sku="A", stock=100)
    shopper = Shopper().fill(A=2)
    devices = [shopper.copy_device() for _ in range(50)]
    results = run_at_once(lambda n: devices[n].order("one-key"), threads=50)
    assert count(results) == {"ok": 50}
    assert len({placement.order.pk for placement in results}) == 1
    assert [placement.is_new for placement in results].count(True) == 1
    assert find_stock() == 98
    assert Order.objects.count() == Payment.objects.count() == DemoCharge.objects.count() == 1


def test_many_requests_with_one_key_are_all_refused_alike(slow_gateway):
    VariantFactory(sku="A", stock=100)
    shopper = Shopper().fill(A=2)
    devices = [shopper.copy_device() for _ in range(12)]
    results = run_at_once(
        lambda n: devices[n].order("one-key", payment_token="demo-declined"), threads=12
    )
    assert count(results) == {"PaymentDeclined": 12}
    assert find_stock() == 100


@pytest.mark.parametrize("strategy_name", ["session", "redis", "memory", "cookie", "local"])
def test_one_cart_under_many_keys_makes_one_order(use_strategy, strategy_name, slow_gateway):
    use_strategy(strategy_name)
    VariantFactory(sku="A", stock=100)
    shopper = Shopper().fill(A=2)
    devices = [shopper.copy_device() for _ in range(12)]
    results = run_at_once(lambda n: devices[n].order(f"key-of-{n}"), threads=12)
    assert count(results) == {"ok": 1, CartAlreadyOrdered.__name__: 11}
    assert find_stock() == 98


def test_a_request_does_not_wait_for_ever(settings, slow_gateway):
    settings.ORDER_WAIT = timedelta(milliseconds=100)
    VariantFactory(sku="A", stock=100)
    shopper = Shopper().fill(A=2)
    devices = [shopper.copy_device() for _ in range(2)]
    results = run_at_once(lambda n: devices[n].order("one-key"), threads=2)
    assert count(results) == {"ok": 1, OrderInProgress.__name__: 1}
    assert shopper.order("one-key").is_new is False


def test_a_customers_cart_on_two_devices_makes_one_order():
    VariantFactory(sku="A", stock=100)
    ada = UserFactory()
    phone, laptop = Shopper(user=ada).fill(A=1), Shopper(user=ada)
    results = run_at_once(lambda n: (phone, laptop)[n].order(f"device-{n}"), threads=2)
    assert count(results) == {"ok": 1, "CartAlreadyOrdered": 1}


def make_coupon(**limits: int) -> None:
    promotion = Promotion.objects.create(
        name="Half", kind="percent", percent=50, max_uses_per_customer=limits.get("per_customer")
    )
    Coupon.objects.create(code="HALF", promotion=promotion, max_uses=limits.get("uses"))


def test_a_single_use_coupon_is_used_once():
    VariantFactory(sku="A", stock=100, price_minor=1_000)
    make_coupon(uses=1)
    shoppers = [Shopper().fill(A=1) for _ in range(12)]
    for shopper in shoppers:
        shopper.update(Cart.with_coupon, "HALF")
    results = run_at_once(lambda n: shoppers[n].order(), threads=12)
    assert count(results) == {"ok": 1, CouponNotApplicable.__name__: 11}
    assert Coupon.objects.get().uses == 1
    assert find_stock() == 99


def test_a_coupon_for_each_customer_once_is_used_once_by_one_customer():
    VariantFactory(sku="A", stock=100, price_minor=1_000)
    make_coupon(per_customer=1)
    shoppers = [Shopper().fill(A=1) for _ in range(8)]
    for shopper in shoppers:
        shopper.update(Cart.with_coupon, "HALF")
    results = run_at_once(lambda n: shoppers[n].order(email="Same@Example.com"), threads=8)
    assert count(results) == {"ok": 1, "CouponNotApplicable": 7}
    other = Shopper().fill(A=1)
    other.update(Cart.with_coupon, "HALF")
    assert other.order(email="other@example.com").is_new


def test_a_coupon_goes_back_with_an_attempt_that_fails():
    VariantFactory(sku="A", stock=100, price_minor=1_000)
    make_coupon(uses=1)
    shopper = Shopper().fill(A=1)
    shopper.update(Cart.with_coupon, "HALF")
    for _ in range(2):
        with pytest.raises(PaymentDeclined):
            shopper.order(payment_token="demo-declined")
    assert Coupon.objects.get().uses == 0
    order = shopper.order().order
    assert order.total_minor == 500
    assert Coupon.objects.get().uses == 1
    cancel_order(order=order)
    assert Coupon.objects.get().uses == 0


def place(**order: object) -> Order:
    VariantFactory(sku="A", stock=10, price_minor=1_000)
    return Shopper().fill(A=4).order(**order).order


def test_many_cancel_at_once_and_the_stock_comes_back_once():
    order = place()
    capture_payment(order=order)
    results = run_at_once(lambda n: cancel_order(order=order), threads=10)
    assert count(results) == {"ok": 1, WrongOrderState.__name__: 9}
    assert find_stock() == 10
    assert Movement.objects.filter(reason="cancel").count() == 1
    assert DemoCharge.objects.get().refunded_minor == 4_000


def test_many_refund_at_once_and_never_more_than_was_paid():
    order = place()
    capture_payment(order=order)
    results = run_at_once(
        lambda n: refund_order(order=order, amount=Money(1_500, "EUR")), threads=10
    )
    assert count(results) == {"ok": 2, RefundTooLarge.__name__: 8}
    assert DemoCharge.objects.get().refunded_minor == 3_000


def test_cancel_and_send_at_once_and_one_of_them_wins():
    order = place()
    verbs = [cancel_order, fulfil_order] * 4
    results = run_at_once(lambda n: verbs[n](order=order), threads=8)
    assert count(results)["ok"] == 1
    order.refresh_from_db()
    assert find_stock() == (10 if order.state == "cancelled" else 6)


def test_capture_and_cancel_at_once_leave_no_money_behind():
    order = place()
    verbs = [capture_payment, cancel_order] * 4
    results = run_at_once(lambda n: verbs[n](order=order), threads=8)
    assert not [r for r in results if isinstance(r, Exception) and not isinstance(r, ShopError)]
    order.refresh_from_db()
    if order.state != "cancelled":
        cancel_order(order=order)
    charge = DemoCharge.objects.get()
    assert charge.state == "voided" or charge.refunded_minor == charge.captured_minor == 4_000


def test_many_take_the_same_pieces_back_at_once_and_they_come_back_once():
    order = place()
    fulfil_order(order=order)
    results = run_at_once(lambda n: return_lines(order=order, quantities={"A": 3}), threads=8)
    assert count(results) == {"ok": 1, "TooManyPieces": 7}
    assert find_stock() == 9


def test_many_confirm_at_once_and_the_order_is_placed_once():
    order = place(payment_token="demo-confirm")
    results = run_at_once(lambda n: confirm_order(order=order, answer="ok"), threads=10)
    assert count(results) == {"ok": 10}
    assert order.events.filter(kind="placed").count() == 1


def test_a_confirmation_and_the_deadline_at_once_agree():
    order = place(payment_token="demo-confirm")

    def work(number: int) -> object:
        if number % 2:
            return give_up(order=order, reason="deadline")
        return confirm_order(order=order, answer="ok")

    results = run_at_once(work, threads=8)
    assert not [r for r in results if isinstance(r, OrderInProgress)]
    order.refresh_from_db()
    assert order.state in ("placed", "abandoned")
    assert find_stock() == (6 if order.state == "placed" else 10)
    assert DemoCharge.objects.get().state == ("authorised" if order.state == "placed" else "voided")
