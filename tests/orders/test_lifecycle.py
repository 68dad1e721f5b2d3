"""What is done with an order: sent, cancelled, refunded, returned; its stock each time."""

from __future__ import annotations

import itertools

import pytest
from django.db import IntegrityError, transaction

from shop.accounts.models import User
from shop.errors import (
    PaymentDeclined,
    PaymentUnavailable,
    RefundTooLarge,
    TooManyPieces,
    WrongOrderState,
)
from shop.inventory.models import Movement, StockLevel
from shop.money import Money
from shop.orders.models import Order, OrderLine
from shop.orders.services import return_lines
from shop.orders.states import TRANSITIONS, OrderState, allows, require_transition
from shop.payments.audit import audit
from shop.payments.gateways import GatewayError, GatewayUnavailable
from shop.payments.gateways.demo import DemoGateway
from shop.payments.models import Payment, PaymentState
from shop.payments.services import cancel_order, capture_payment, fulfil_order, refund_order
from shop.payments.settling import reconcile
from tests.factories import UserFactory, VariantFactory
from tests.orders.shopper import Shopper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _goods():
    VariantFactory(sku="A", price_minor=1_000, stock=10)
    VariantFactory(sku="B", price_minor=500, stock=10)
    yield
    assert audit() == []


@pytest.fixture
def order() -> Order:
    return Shopper().fill(A=3, B=2).order().order


@pytest.fixture
def staff() -> User:
    return UserFactory(is_staff=True)


def find_stock(sku: str) -> int:
    return StockLevel.objects.get(variant__sku=sku).on_hand


def find_payment() -> Payment:
    return Payment.objects.get()


def test_every_state_has_its_place_in_the_table_and_nothing_leaves_an_end():
    assert set(TRANSITIONS) == set(OrderState.values)
    for state in ("cancelled", "refunded", "abandoned"):
        assert not TRANSITIONS[state]


@pytest.mark.parametrize(("state", "wanted"), list(itertools.product(OrderState, OrderState)))
def test_a_transition_that_is_not_in_the_table_is_refused(state, wanted):
    if allows(state, wanted):
        return require_transition("N", state, wanted)
    with pytest.raises(WrongOrderState):
        require_transition("N", state, wanted)


def test_sending_all_takes_the_money_first(order, staff):
    parcel = fulfil_order(order=order, carrier="Post", tracking_number="42", actor=staff)
    order.refresh_from_db()
    assert order.state == "fulfilled"
    assert order.paid_at is not None
    assert find_payment().state == PaymentState.CAPTURED
    assert {part.line.sku: part.quantity for part in parcel.lines.all()} == {"A": 3, "B": 2}
    events = [(event.kind, event.actor) for event in order.events.all()]
    assert events[-1] == ("shipped", staff)


def test_sending_in_parts(order):
    fulfil_order(order=order, quantities={"A": 2})
    order.refresh_from_db()
    assert order.state == "part_fulfilled"
    with pytest.raises(TooManyPieces) as refusal:
        fulfil_order(order=order, quantities={"A": 2})
    assert refusal.value.facts == {"sku": "A", "most": 1}
    fulfil_order(order=order)
    order.refresh_from_db()
    assert order.state == "fulfilled"
    assert order.fulfilments.count() == 2
    with pytest.raises(WrongOrderState):
        fulfil_order(order=order)


@pytest.mark.parametrize("quantities", [{"A": 0}, {"A": -1}, {"A": 4}, {"C": 1}, {}])
def test_a_parcel_of_what_there_is_not_is_refused_and_takes_no_money(order, quantities):
    with pytest.raises(TooManyPieces):
        fulfil_order(order=order, quantities=quantities)
    assert find_payment().state == PaymentState.AUTHORISED


def test_nothing_is_sent_if_the_money_cannot_be_taken(order, monkeypatch):
    def refuse(*args):
        raise GatewayError("expired")

    monkeypatch.setattr(DemoGateway, "capture", refuse)
    with pytest.raises(PaymentDeclined):
        fulfil_order(order=order)
    order.refresh_from_db()
    assert order.state == "placed"
    assert find_payment().state == PaymentState.AUTHORISED


def test_a_capture_without_an_answer_is_finished_later(order, monkeypatch):
    captured = DemoGateway.capture

    def die(self, payment):
        captured(self, payment)
        raise GatewayUnavailable

    monkeypatch.setattr(DemoGateway, "capture", die)
    with pytest.raises(PaymentUnavailable):
        capture_payment(order=order)
    monkeypatch.undo()
    assert reconcile()["captured"] == 0  # somebody may still be busy with it
    Payment.objects.update(busy_until=None)
    assert reconcile()["captured"] == 1
    order.refresh_from_db()
    assert order.state == "paid"


def test_an_invoice_is_sent_before_it_is_paid():
    order = Shopper().fill(A=1).order(payment_method="invoice").order
    fulfil_order(order=order)
    order.refresh_from_db()
    assert (order.state, order.paid_at) == ("fulfilled", None)
    capture_payment(order=order)
    order.refresh_from_db()
    assert order.state == "fulfilled"
    assert order.paid_at is not None


def test_cancelling_gives_stock_back_once_and_lets_the_payment_go(order, staff):
    cancel_order(order=order, actor=staff, reason="changed my mind")
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert (find_stock("A"), find_stock("B")) == (10, 10)
    assert find_payment().state == PaymentState.VOIDED
    with pytest.raises(WrongOrderState):
        cancel_order(order=order)
    assert find_stock("A") == 10
    assert Movement.objects.filter(reason="cancel", reference=order.number).count() == 2


def test_cancelling_what_was_paid_refunds_it(order):
    capture_payment(order=order)
    cancel_order(order=order)
    order.refresh_from_db()
    assert order.state == "cancelled"
    payment = find_payment()
    assert (payment.state, payment.refunded_minor) == (PaymentState.REFUNDED, 4_000)


def test_cancelling_after_a_part_was_refunded_refunds_the_rest(order):
    capture_payment(order=order)
    refund_order(order=order, amount=Money(1_500, "EUR"))
    cancel_order(order=order)
    assert [r.amount_minor for r in find_payment().refunds.all()] == [1_500, 2_500]


def test_what_was_sent_cannot_be_cancelled(order):
    fulfil_order(order=order, quantities={"A": 1})
    with pytest.raises(WrongOrderState):
        cancel_order(order=order)
    assert find_stock("A") == 7


def test_refunds_never_pass_what_was_captured(order):
    with pytest.raises(RefundTooLarge):
        refund_order(order=order, amount=Money(1, "EUR"))  # nothing captured yet
    capture_payment(order=order)
    refund_order(order=order, amount=Money(3_999, "EUR"))
    for wrong in (Money(2, "EUR"), Money(0, "EUR"), Money(-1, "EUR"), Money(1, "USD")):
        with pytest.raises(RefundTooLarge) as refusal:
            refund_order(order=order, amount=wrong)
        assert refusal.value.facts == {"left": "0.01 EUR"}
    order.refresh_from_db()
    assert order.state == "paid"
    refund_order(order=order)
    order.refresh_from_db()
    assert order.state == "refunded"


def test_the_database_refuses_a_refund_past_the_capture(order):
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(refunded_minor=1)


def test_a_whole_refund_gives_back_what_was_not_sent(order):
    fulfil_order(order=order, quantities={"A": 1})
    refund_order(order=order)
    order.refresh_from_db()
    assert order.state == "refunded"
    assert (find_stock("A"), find_stock("B")) == (9, 10)
    return_lines(order=order, quantities={"A": 1})
    assert find_stock("A") == 10


def test_a_refund_that_the_gateway_refuses_can_be_made_again(order, monkeypatch):
    capture_payment(order=order)

    def refuse(*args):
        raise GatewayError("closed account")

    monkeypatch.setattr(DemoGateway, "refund", refuse)
    assert refund_order(order=order).state == "failed"
    monkeypatch.undo()
    order.refresh_from_db()
    assert (order.state, find_payment().refunded_minor) == ("paid", 0)
    assert refund_order(order=order).state == "done"
    Payment.objects.get().refunds.filter(state="failed").delete()


def test_a_refund_without_an_answer_is_made_once(order, monkeypatch):
    capture_payment(order=order)
    refunded = DemoGateway.refund

    def die(self, refund):
        refunded(self, refund)
        raise GatewayUnavailable

    monkeypatch.setattr(DemoGateway, "refund", die)
    assert refund_order(order=order, amount=Money(100, "EUR")).state == "pending"
    monkeypatch.undo()
    assert reconcile()["refunded"] == 1
    assert reconcile()["refunded"] == 0


def test_returned_pieces_are_in_stock_again_once(order):
    fulfil_order(order=order)
    return_lines(order=order, quantities={"A": 2})
    assert find_stock("A") == 9
    for wrong in ({"A": 2}, {"A": 0}, {"C": 1}, {}):
        with pytest.raises(TooManyPieces):
            return_lines(order=order, quantities=wrong)
    return_lines(order=order, quantities={"A": 1, "B": 2})
    assert (find_stock("A"), find_stock("B")) == (10, 10)


def test_what_was_not_sent_cannot_come_back(order):
    with pytest.raises(TooManyPieces):
        return_lines(order=order, quantities={"A": 1})


def test_an_attempt_is_no_order_to_work_with():
    attempt = Shopper().fill(A=1).order(payment_token="demo-confirm").order
    for verb in (cancel_order, capture_payment, refund_order, fulfil_order):
        with pytest.raises(WrongOrderState):
            verb(order=attempt)


def test_goods_that_were_deleted_or_renamed_do_not_stop_a_cancellation(order):
    lines = {line.sku: line.variant for line in order.lines.all()}
    lines["B"].delete()
    type(lines["A"]).objects.filter(sku="A").update(sku="A-NEW")
    cancel_order(order=order)
    assert find_stock("A-NEW") == 10


@pytest.mark.parametrize(
    "wrong",
    [
        {"total_minor": 1},
        {"discount_minor": 5_000, "total_minor": 0},
        {"tax_minor": 9_999},
        {"state": "lost"},
        {"state": "pending"},
        {"placed_at": None},
    ],
)
def test_the_database_refuses_an_order_that_does_not_add_up(order, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [{"fulfilled": 4}, {"returned": 1}, {"cancelled": 4}, {"line_total_minor": 1}, {"quantity": 0}],
)
def test_the_database_refuses_a_line_that_does_not_add_up(order, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.filter(sku="A").update(**wrong)
