"""What staff do with an order: each step, who may take it, and two at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from shop.backoffice.models import OrderClaim
from shop.backoffice.order_services import LEASE, OrderBusy, OrderChanged, claim_order, find_state
from shop.backoffice.order_steps import STEPS
from shop.inventory.models import StockLevel
from shop.orders.models import Order
from shop.payments.audit import audit
from shop.payments.gateways import GatewayError, GatewayUnavailable
from shop.payments.gateways.demo import DemoGateway
from shop.payments.models import Payment, Refund
from shop.payments.services import capture_payment, fulfil_order
from shop.payments.settling import reconcile
from tests.backoffice.pages import read_fields, read_messages, send_form
from tests.factories import UserFactory, VariantFactory
from tests.orders.shopper import Shopper
from tests.threads import run_at_once


@pytest.fixture(autouse=True)
def _goods(db: None) -> Any:
    VariantFactory(sku="A", price_minor=1_000, stock=10)
    VariantFactory(sku="B", price_minor=500, stock=10)
    yield
    assert audit() == []
    assert not OrderClaim.objects.exists()


@pytest.fixture
def order() -> Order:
    return Shopper().fill(A=3, B=2).order().order


def find_step(order: Order, step: str) -> str:
    return f"/admin/orders/order/{order.pk}/{step}/"


def take(client: Client, order: Order, step: str, **values: Any) -> Any:
    answer = send_form(client, find_step(order, step), **values)
    order.refresh_from_db()
    return answer


def find_line(order: Order, sku: str) -> str:
    return f"quantity_{order.lines.get(sku=sku).pk}"


def find_stock(sku: str) -> int:
    return StockLevel.objects.get(variant__sku=sku).on_hand


def list_events(order: Order) -> list[tuple[str, str]]:
    return [
        (event.kind, str(event.actor or ""))
        for event in order.events.select_related("actor")
        if event.kind not in ("held", "placed")
    ]


def list_steps(client: Client, order: Order) -> list[str]:
    answer = client.get(f"/admin/orders/order/{order.pk}/change/")
    return [step.name for step in answer.context["steps"]]


def test_capture_takes_the_money_and_says_who_did(admin, order):
    assert list_steps(admin, order) == ["capture", "fulfil", "cancel"]
    answer = take(admin, order, "capture")
    assert answer.status_code == 302
    assert read_messages(answer) == ["€40.00 were captured."]
    assert (order.state, Payment.objects.get().state) == ("paid", "captured")
    assert list_events(order)[-1] == ("paid", "owner")
    assert list_steps(admin, order) == ["fulfil", "refund", "cancel"]


def test_a_parcel_of_some_pieces_then_of_the_rest(admin, order):
    answer = take(
        admin,
        order,
        "fulfil",
        **{find_line(order, "A"): "2", find_line(order, "B"): ""},
        carrier="Post",
        tracking_number="T1",
        tracking_url="https://post.example/T1",
    )
    assert answer.status_code == 302
    assert order.state == "part_fulfilled"
    parcel = order.fulfilments.get()
    assert [(line.line.sku, line.quantity) for line in parcel.lines.all()] == [("A", 2)]
    assert (parcel.carrier, parcel.tracking_number) == ("Post", "T1")
    assert str(parcel.actor) == "owner"
    assert Payment.objects.get().state == "captured"
    page = admin.get(find_step(order, "fulfil"))
    assert [most for _, most, _ in page.context["form"].lines()] == [1, 2]
    take(admin, order, "fulfil")
    assert order.state == "fulfilled"
    assert list_events(order) == [("paid", "owner"), ("shipped", "owner"), ("shipped", "owner")]
    assert list_steps(admin, order) == ["return", "refund"]


def test_cancel_gives_stock_and_money_back(admin, order):
    capture_payment(order=order)
    take(admin, order, "cancel", reason="changed her mind")
    assert order.state == "cancelled"
    assert (find_stock("A"), find_stock("B")) == (10, 10)
    refund = Refund.objects.get()
    assert (refund.amount_minor, refund.state, str(refund.actor)) == (4_000, "done", "owner")
    assert ("cancelled", "owner") in list_events(order)
    assert order.events.get(kind="cancelled").message == "changed her mind"


def test_a_part_then_all_is_refunded(admin, order):
    capture_payment(order=order)
    answer = take(admin, order, "refund", amount="12.50", reason="late")
    assert read_messages(answer) == ["€12.50 were given back."]
    assert order.state == "paid"
    assert admin.get(find_step(order, "refund")).context["form"]["amount"].value() == "27.50"
    take(admin, order, "refund")
    assert order.state == "refunded"
    assert [(r.amount_minor, str(r.actor)) for r in Refund.objects.all()] == [
        (1_250, "owner"),
        (2_750, "owner"),
    ]
    assert find_stock("A") == 10


def test_what_came_back_is_in_stock_again(admin, order):
    fulfil_order(order=order)
    assert find_stock("A") == 7
    take(admin, order, "return", **{find_line(order, "A"): "2"})
    assert find_stock("A") == 9
    assert list_events(order)[-1] == ("returned", "owner")


@pytest.mark.parametrize(
    ("step", "values", "error"),
    [
        ("refund", {"amount": "40.01"}, "At most 40.00 EUR can be refunded."),
        ("refund", {"amount": "0"}, "Nothing would be given back."),
        ("refund", {"amount": "1.999"}, "EUR does not have so many decimals."),
        ("refund", {"amount": "-5"}, "An amount cannot be negative."),
        ("refund", {"amount": "9" * 18}, "At most"),
        ("fulfil", {"A": "4"}, "less than or equal to 3"),
        ("fulfil", {"A": "-1"}, "greater than or equal to 0"),
        ("fulfil", {"A": "0", "B": ""}, "No piece is given."),
        ("fulfil", {"tracking_url": "javascript:alert(1)"}, "Enter a valid URL."),
        ("fulfil", {"tracking_url": "ftp://post.example/"}, "An address on the web"),
        ("fulfil", {"carrier": "x" * 101}, "at most 100 characters"),
        ("cancel", {"reason": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_is_an_error_on_the_form_and_does_nothing(admin, order, step, values, error):
    capture_payment(order=order)
    events = order.events.count()
    values = {find_line(order, k) if k in "AB" else k: v for k, v in values.items()}
    answer = take(admin, order, step, **values)
    assert answer.status_code == 200
    shown = answer.content.decode() + " ".join(read_messages(answer))
    assert error in shown
    assert (order.state, order.events.count()) == ("paid", events)


def test_what_does_not_fit_the_order_is_a_message(admin, order):
    fulfil_order(order=order)
    for step in ("capture", "fulfil", "cancel"):
        answer = admin.get(find_step(order, step))
        assert answer.status_code == 302
        assert "There is nothing to do here" in read_messages(answer)[0]
    order.refresh_from_db()
    answer = admin.post(find_step(order, "cancel"), {"seen": find_state(order)})
    assert answer.status_code == 302
    assert "so it cannot become cancelled" in " ".join(read_messages(answer))


def test_a_gateway_that_refuses_or_is_away_is_a_message(admin, order, monkeypatch):
    def refuse(self: Any, payment: Any) -> None:
        raise GatewayError("card stolen")

    def hang(self: Any, payment: Any) -> None:
        raise GatewayUnavailable("no answer")

    for step in ("capture", "fulfil"):
        with monkeypatch.context() as patch:
            patch.setattr(DemoGateway, "capture", refuse)
            answer = take(admin, order, step)
        assert answer.status_code == 200
        assert "card stolen" in read_messages(answer)[0]
        assert order.state == "placed" and not order.fulfilments.exists()
    with monkeypatch.context() as patch:
        patch.setattr(DemoGateway, "capture", hang)
        answer = take(admin, order, "capture")
    assert "does not answer" in read_messages(answer)[0]
    take(admin, order, "capture")
    with monkeypatch.context() as patch:
        patch.setattr(DemoGateway, "refund", refuse)
        answer = take(admin, order, "refund", amount="1.00")
    assert "refuses to give €1.00 back" in read_messages(answer)[0]
    with monkeypatch.context() as patch:
        patch.setattr(DemoGateway, "refund", hang)
        answer = take(admin, order, "refund", amount="1.00")
    assert "as soon as it does" in read_messages(answer)[0]
    reconcile()
    assert [refund.state for refund in Refund.objects.all()] == ["failed", "done"]


def test_the_same_form_sent_twice_counts_once(admin, order):
    capture_payment(order=order)
    fields = {**read_fields(admin.get(find_step(order, "refund"))), "amount": "5.00"}
    first, second = (admin.post(find_step(order, "refund"), fields) for _ in range(2))
    assert first.status_code == 302
    assert "has changed since this page was opened" in read_messages(second)[-1]
    assert Refund.objects.count() == 1
    # Having seen that, it is a decision.
    again = {**read_fields(second), "amount": "5.00"}
    assert admin.post(find_step(order, "refund"), again).status_code == 302
    assert Refund.objects.count() == 2


def test_a_mere_typing_error_does_not_make_a_stale_form_a_fresh_one(admin, order):
    fields = read_fields(admin.get(find_step(order, "fulfil")))
    capture_payment(order=order)
    wrong = {**fields, "tracking_url": "no address"}
    corrected = {**read_fields(admin.post(find_step(order, "fulfil"), wrong)), "tracking_url": ""}
    answer = admin.post(find_step(order, "fulfil"), corrected)
    assert "has changed since" in read_messages(answer)[-1]
    assert not order.fulfilments.exists()


def test_one_at_a_time_and_only_the_order_that_was_seen(order):
    seen = find_state(order)
    with claim_order(order=order, seen=seen):
        with pytest.raises(OrderBusy), claim_order(order=order, seen=seen):
            pass
        # Of a process that died.
        OrderClaim.objects.update(claimed_at=OrderClaim.objects.get().claimed_at - LEASE * 2)
        with claim_order(order=order, seen=seen):
            pass
    capture_payment(order=order)
    with pytest.raises(OrderChanged), claim_order(order=order, seen=seen):
        pass
    with pytest.raises(ZeroDivisionError), claim_order(order=order, seen=find_state(order)):
        raise ZeroDivisionError


def test_selected_payments_are_captured_and_each_refusal_is_told(admin, order, monkeypatch):
    other = Shopper().fill(A=1).order().order
    paid = Shopper().fill(A=1).order().order
    capture_payment(order=paid)
    off = Shopper().fill(A=1).order().order
    send_form(admin, find_step(off, "cancel"))
    chosen = [order.pk, other.pk, paid.pk, off.pk]
    answer = admin.post(
        "/admin/orders/order/",
        {"action": "capture_selected", "_selected_action": chosen, "index": "0"},
    )
    assert answer.status_code == 302
    said = " ".join(read_messages(answer))
    assert f"{off.number}: Order {off.number} is cancelled" in said
    assert order.number in said and other.number in said and paid.number not in said
    assert set(Order.objects.filter(state="paid")) == {order, other, paid}
    assert list_events(other)[-1] == ("paid", "owner")


MAY = {
    "Shop staff": {"capture", "fulfil", "return", "refund", "cancel"},
    "Catalogue editor": set(),
    "": set(),
}


@pytest.mark.parametrize("group", MAY)
def test_each_group_does_what_it_may(log_in_as, order, group):
    staff = log_in_as(group)
    can_look = bool(MAY[group])
    for address in ("", f"{order.pk}/change/", "export/orders/", "export/lines/"):
        answer = staff.get(f"/admin/orders/order/{address}")
        assert answer.status_code == (200 if can_look else 403), address
        b"".join(answer) if answer.streaming else None
    for step in STEPS:
        may = step in MAY[group]
        assert (staff.get(find_step(order, step)).status_code != 403) is may, step
        sent = staff.post(find_step(order, step), {"seen": "another"})
        assert (sent.status_code != 403) is may, step
    assert order.events.filter(actor__isnull=False).count() == 0


def test_who_may_only_look_does_nothing(order):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_order"))
    client = Client()
    client.force_login(user)
    assert list_steps(client, order) == []
    for step in STEPS:
        assert client.post(find_step(order, step), {"seen": find_state(order)}).status_code == 403
    chosen = {"action": "capture_selected", "_selected_action": [order.pk], "index": "0"}
    client.post("/admin/orders/order/", chosen)
    order.refresh_from_db()
    assert order.state == "placed"


def test_who_may_not_refund_may_not_by_cancelling(order):
    user = UserFactory(is_staff=True)
    codes = ["view_order", "change_order"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(user)
    assert list_steps(client, order) == ["fulfil", "cancel"]
    capture_payment(order=order)
    assert list_steps(client, order) == ["fulfil"]
    assert client.get(find_step(order, "cancel")).status_code == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("step", "values"), [("refund", {"amount": "5.00"}), ("fulfil", {"A": "1", "B": ""})]
)
def test_one_form_sent_by_many_at_once_counts_once(admin, owner, order, step, values):
    capture_payment(order=order)
    values = {find_line(order, k) if k in "AB" else k: v for k, v in values.items()}
    fields = {**read_fields(admin.get(find_step(order, step))), **values}

    def send(number: int) -> int:
        client = Client()
        client.force_login(owner)
        return client.post(find_step(order, step), fields).status_code

    answers = run_at_once(send, threads=6)
    assert sorted(answers) == [200] * 5 + [302]
    assert Refund.objects.count() + order.fulfilments.count() == 1
