"""Placing an order: what comes of it, what is refused, and what is given back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from shop.cart.cart import Cart
from shop.catalog.models import Variant
from shop.errors import (
    CartAlreadyOrdered,
    CheckoutExpired,
    EmptyCart,
    IdempotencyKeyRequired,
    IdempotencyMismatch,
    PaymentDeclined,
    PaymentUnavailable,
    PriceChanged,
    ShortLines,
    UnknownPaymentMethod,
)
from shop.inventory.models import StockLevel
from shop.money import Money
from shop.orders.models import IdempotencyKey, Order
from shop.payments.audit import audit
from shop.payments.checkout import confirm_order, place_order
from shop.payments.gateways.demo import DemoGateway
from shop.payments.holds import give_up
from shop.payments.models import DemoCharge, Payment, PaymentState
from tests.factories import UserFactory, VariantFactory
from tests.orders.shopper import Shopper, make_details

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _goods():
    VariantFactory(sku="A", price_minor=1_290, stock=5)
    VariantFactory(sku="B", price_minor=500, stock=5)
    yield
    assert audit() == []


def find_stock(sku: str) -> int:
    return StockLevel.objects.get(variant__sku=sku).on_hand


def test_an_order_takes_stock_keeps_a_snapshot_and_empties_the_cart(cart_strategy):
    shopper = Shopper().fill(A=2, B=1)
    placement = shopper.order()
    order = placement.order
    assert placement.is_new
    assert order.state == "placed"
    assert len(order.number) == 12
    assert (find_stock("A"), find_stock("B")) == (3, 4)
    assert shopper.read() == Cart()
    Variant.objects.update(price_minor=1)
    lines = [
        (ln.sku, ln.quantity, ln.unit_price_minor, ln.line_total_minor) for ln in order.lines.all()
    ]
    assert lines == [("A", 2, 1_290, 2_580), ("B", 1, 500, 500)]
    assert order.total_minor == 3_080
    assert order.tax_minor == 412 + 80
    assert placement.payment.state == PaymentState.AUTHORISED
    assert [event.kind for event in order.events.all()] == ["held", "placed"]


def test_the_same_key_again_gives_the_same_order(cart_strategy):
    shopper = Shopper().fill(A=1)
    before = shopper.copy_device()
    first = shopper.order("k")
    again = shopper.order("k")
    replayed = before.order("k")
    assert [p.order.pk for p in (again, replayed)] == [first.order.pk] * 2
    assert not again.is_new and not replayed.is_new
    assert find_stock("A") == 4
    assert replayed.order.total_minor == 1_290


def test_the_same_key_with_another_body_is_refused(cart_strategy):
    shopper = Shopper().fill(A=1)
    shopper.order("k")
    with pytest.raises(IdempotencyMismatch):
        shopper.order("k", email="eve@example.com")


@pytest.mark.parametrize("key", ["", "  ", "ü", "x" * 256, "a\nb", None])
def test_an_order_without_a_sound_key_is_refused(key):
    shopper = Shopper().fill(A=1)

    with pytest.raises(IdempotencyKeyRequired):
        shopper.ask(
            lambda cart: place_order(cart=cart, key=key, details=make_details(), customer=None)
        )


def test_a_spent_cart_under_another_key_is_refused(cart_strategy):
    shopper = Shopper().fill(A=1)
    spent = shopper.copy_device()
    number = shopper.order().order.number
    for device in (spent, shopper):
        with pytest.raises(CartAlreadyOrdered) as refusal:
            device.order()
        assert refusal.value.facts["order"] == number
    assert find_stock("A") == 4


def test_a_spent_cart_with_a_line_more_is_refused_once_and_keeps_the_line(cart_strategy):
    shopper = Shopper().fill(A=1)
    tab = shopper.copy_device()
    shopper.order()
    tab.add("B")
    if tab.strategy.is_client_held:
        with pytest.raises(CartAlreadyOrdered):
            tab.order()
    assert tab.read() == Cart({"B": 1})
    assert tab.order().order.total_minor == 500


def test_the_same_goods_can_be_ordered_again_after_adding_them_anew(cart_strategy):
    shopper = Shopper().fill(A=1)
    first = shopper.order().order
    second = shopper.fill(A=1).order().order
    assert first.number != second.number
    assert find_stock("A") == 3


def test_two_shoppers_with_equal_carts_and_keys_both_order(cart_strategy):
    one, other = Shopper().fill(A=1), Shopper().fill(A=1)
    assert one.order("k").order.pk != other.order("k").order.pk


def test_a_line_added_while_the_order_is_placed_stays(cart_strategy):
    shopper = Shopper().fill(A=1)
    if shopper.strategy.is_client_held:
        shopper.order()
        assert shopper.fill(B=1).read() == Cart({"B": 1})
        return
    tab = shopper.copy_device()

    def add_and_go_on(cart):
        cart.read()
        tab.add("B")

        return place_order(cart=cart, key="k", details=make_details(), customer=None)

    order = shopper.ask(add_and_go_on).order
    assert [line.sku for line in order.lines.all()] == ["A"]
    assert shopper.read() == Cart({"B": 1})
    assert shopper.order().order.total_minor == 500


def test_a_customers_order_is_theirs(cart_strategy):
    ada = UserFactory()
    order = Shopper(user=ada).fill(A=1).order().order
    assert list(Order.objects.of_customer(ada)) == [order]


def test_an_empty_cart_is_refused(cart_strategy):
    with pytest.raises(EmptyCart):
        Shopper().order()
    shopper = Shopper().fill(A=1)
    shopper.update(Cart.clear)
    with pytest.raises(EmptyCart):
        shopper.order()


def test_too_little_stock_names_every_short_line_and_changes_nothing(cart_strategy):
    shopper = Shopper().fill(A=5, B=2)
    shopper.update(Cart.merge, Cart({"A": 9, "GONE": 1}))
    with pytest.raises(ShortLines) as refusal:
        shopper.order()
    short = {
        line["sku"]: (line["available"], line["problem"]) for line in refusal.value.facts["lines"]
    }
    assert short == {"A": (5, "insufficient_stock"), "GONE": (0, "unavailable")}
    assert shopper.read() == Cart({"A": 9, "B": 2, "GONE": 1})
    assert Order.objects.count() == Payment.objects.count() == 0


def test_a_price_that_rose_is_refused_before_anything_happens_and_one_that_fell_is_not():
    shopper = Shopper().fill(A=1)
    with pytest.raises(PriceChanged) as refusal:
        shopper.order(expected_total=Money(1_000, "EUR"))
    assert refusal.value.facts == {"expected_total": "10.00 EUR", "total": "12.90 EUR"}
    assert shopper.read() == Cart({"A": 1})
    assert shopper.order(expected_total=Money(2_000, "EUR")).order.total == Money(1_290, "EUR")


def test_a_declined_payment_gives_everything_back_and_the_key_too(cart_strategy):
    shopper = Shopper().fill(A=2)
    with pytest.raises(PaymentDeclined):
        shopper.order("k", payment_token="demo-declined")
    assert find_stock("A") == 5
    assert shopper.read() == Cart({"A": 2})
    assert not Order.objects.placed().exists()
    assert not IdempotencyKey.objects.exists()
    assert shopper.order("k", payment_token="demo-ok").is_new
    assert find_stock("A") == 3


def test_a_gateway_that_does_not_answer_gives_everything_back_and_lets_the_money_go():
    shopper = Shopper().fill(A=2)
    with pytest.raises(PaymentUnavailable):
        shopper.order(payment_token="demo-timeout")
    assert find_stock("A") == 5
    assert [charge.state for charge in DemoCharge.objects.all()] == ["voided"]
    assert [payment.state for payment in Payment.objects.all()] == ["voided"]
    assert shopper.order().is_new


def test_an_unknown_payment_method_is_named():
    with pytest.raises(UnknownPaymentMethod) as refusal:
        Shopper().fill(A=1).order(payment_method="shells")
    assert refusal.value.facts["available"] == ["demo", "invoice"]


def test_invoice_is_placed_and_not_paid():
    placement = Shopper().fill(A=1).order(payment_method="invoice")
    assert placement.order.state == "placed"
    assert placement.order.paid_at is None


def test_confirmation_holds_the_stock_and_keeps_the_cart_until_it_is_answered(cart_strategy):
    shopper = Shopper().fill(A=2)
    placement = shopper.order("k", payment_token="demo-confirm")
    assert placement.needs_confirmation
    assert placement.confirmation["kind"] == "demo"
    assert find_stock("A") == 3
    assert shopper.read() == Cart({"A": 2})
    assert shopper.order("k", payment_token="demo-confirm").order.pk == placement.order.pk
    done = shopper.ask(lambda cart: confirm_order(order=placement.order, answer="ok", cart=cart))
    assert done.order.state == "placed"
    assert shopper.read() == Cart()
    again = shopper.ask(lambda cart: confirm_order(order=placement.order, answer="ok", cart=cart))
    assert not again.is_new


def test_a_failed_confirmation_gives_everything_back():
    shopper = Shopper().fill(A=2)
    order = shopper.order(payment_token="demo-confirm").order
    for _ in range(2):
        with pytest.raises(PaymentDeclined):
            shopper.ask(lambda cart: confirm_order(order=order, answer="fail", cart=cart))
    assert find_stock("A") == 5
    assert shopper.read() == Cart({"A": 2})


def test_another_order_of_the_cart_takes_the_place_of_an_unconfirmed_one(cart_strategy):
    shopper = Shopper().fill(A=5)
    waiting = shopper.order(payment_token="demo-confirm").order
    order = shopper.order().order
    assert order.state == "placed"
    waiting.refresh_from_db()
    assert waiting.state == "abandoned"
    assert find_stock("A") == 0
    assert sorted(DemoCharge.objects.values_list("state", flat=True)) == ["authorised", "voided"]


def test_an_overdue_hold_is_released_by_the_command():
    Shopper().fill(A=2).order(payment_token="demo-confirm")
    call_command("release_holds")
    assert find_stock("A") == 3
    Order.objects.update(hold_until=timezone.now() - timedelta(seconds=1))
    call_command("release_holds")
    assert find_stock("A") == 5
    assert DemoCharge.objects.get().state == "voided"


def test_an_overdue_hold_is_released_by_the_next_order():
    late = Shopper().fill(A=5).order(payment_token="demo-confirm").order
    other = Shopper()
    other.update(Cart.merge, Cart({"A": 5}))
    with pytest.raises(ShortLines):
        other.order()
    Order.objects.update(hold_until=timezone.now() - timedelta(seconds=1))
    assert other.order().is_new
    late.refresh_from_db()
    assert late.state == "abandoned"


def _give_up_before(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline comes while the request is about to talk to the gateway, which did not know
    of the payment when it was told to let it go."""
    ask = getattr(DemoGateway, step)

    def ask_too_late(self, payment, *args):
        with monkeypatch.context() as patch:
            patch.setattr(DemoGateway, "void", lambda *args: None)
            give_up(order=payment.order, reason="the deadline")
        return ask(self, payment, *args)

    monkeypatch.setattr(DemoGateway, step, ask_too_late)


@pytest.mark.parametrize(("step", "charges"), [("begin", []), ("authorise", ["voided"])])
def test_what_is_authorised_after_the_deadline_is_let_go(monkeypatch, step, charges):
    shopper = Shopper().fill(A=2)
    _give_up_before(step, monkeypatch)
    with pytest.raises(CheckoutExpired):
        shopper.order()
    assert [charge.state for charge in DemoCharge.objects.all()] == charges
    assert find_stock("A") == 5
    assert shopper.read() == Cart({"A": 2})


def test_an_order_that_costs_nothing_needs_no_payment():
    Variant.objects.filter(sku="A").update(price_minor=0)
    placement = Shopper().fill(A=1).order()
    assert placement.payment is None
    assert placement.order.state == "paid"


def test_capture_at_placing_is_a_setting(settings):
    settings.PAYMENT_CAPTURE = "placing"
    placement = Shopper().fill(A=1).order()
    assert placement.order.state == "paid"
    assert placement.payment.captured_minor == 1_290
    assert Shopper().fill(A=1).order(payment_method="invoice").order.state == "placed"


@pytest.mark.parametrize("lines", [1, 12])
def test_the_statements_of_an_order_grow_by_one_for_each_line(lines, django_assert_num_queries):
    for n in range(lines):
        VariantFactory(sku=f"Q{n}", stock=5)
    shopper = Shopper(user=UserFactory()).fill(**{f"Q{n}": 1 for n in range(lines)})
    with django_assert_num_queries(41 + lines):
        shopper.order()


def test_a_key_is_forgotten_after_a_day(cart_strategy):

    shopper = Shopper().fill(A=1)
    first = shopper.order("k").order
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    Order.objects.update(placed_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(EmptyCart):
        shopper.order("k")
    assert shopper.fill(A=1).order("k").order.pk != first.pk
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    call_command("clear_idempotency_keys")
    assert not IdempotencyKey.objects.exists()
