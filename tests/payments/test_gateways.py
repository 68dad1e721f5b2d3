"""The gateways that the setting names, the demo gateway's books, and the audit."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from shop.inventory.models import StockLevel
from shop.orders.models import Order
from shop.payments import gateways
from shop.payments.audit import audit
from shop.payments.gateways import GatewayError, Verdict, find_gateway, load_gateways
from shop.payments.gateways.demo import DemoGateway
from shop.payments.gateways.invoice import InvoiceGateway
from shop.payments.models import DemoCharge, Payment
from shop.payments.services import capture_payment, refund_order
from tests.factories import VariantFactory
from tests.orders.shopper import Shopper


class OwnGateway(InvoiceGateway):
    """A gateway of a shop's own."""

    name = "shells"


@pytest.fixture
def use_gateways(settings):
    def use(*names: str):
        settings.PAYMENT_GATEWAYS = list(names)
        gateways._load.cache_clear()
        return load_gateways()

    yield use
    gateways._load.cache_clear()


def test_the_first_gateway_is_the_default(use_gateways):
    assert list(use_gateways("invoice", "demo")) == ["invoice", "demo"]
    assert find_gateway().name == find_gateway("").name == "invoice"


def test_a_gateway_of_ones_own_is_named_by_its_path(use_gateways):
    use_gateways("tests.payments.test_gateways.OwnGateway", "demo")
    assert find_gateway("shells").title == "Invoice"


@pytest.mark.parametrize("name", ["paypal", "shop.payments.models.Payment", "os.path.none"])
def test_a_wrong_gateway_stops_the_start_and_says_why(use_gateways, name):
    with pytest.raises(ImproperlyConfigured) as refusal:
        use_gateways("demo", name)
    for part in ("PAYMENT_GATEWAYS", name, "demo, invoice, stripe"):
        assert part in str(refusal.value)


def test_no_gateway_at_all_stops_the_start(use_gateways):
    with pytest.raises(ImproperlyConfigured, match="PAYMENT_GATEWAYS is empty"):
        use_gateways()


@pytest.fixture
def payment(db) -> Payment:
    VariantFactory(sku="A", price_minor=1_000, stock=5)
    return Shopper().fill(A=2).order().payment


def test_the_demo_gateway_does_everything_once(payment):
    demo = DemoGateway()
    assert demo.authorise(payment, "demo-declined").verdict is Verdict.AUTHORISED
    for _ in range(2):
        demo.capture(payment)
    with pytest.raises(GatewayError):
        demo.void(payment)
    assert DemoCharge.objects.get().captured_minor == 2_000


def test_the_demo_gateway_refuses_after_a_void_whatever_was_under_way(payment):
    demo = DemoGateway()
    payment.key = uuid.uuid4()
    for _ in range(2):
        demo.void(payment)
    assert demo.authorise(payment, "demo-ok").verdict is Verdict.VOIDED
    with pytest.raises(GatewayError):
        demo.capture(payment)


def test_the_demo_gateway_gives_no_more_back_than_it_took(payment):
    capture_payment(order=payment.order)
    refund = refund_order(order=payment.order)
    refund.key, refund.amount_minor = uuid.uuid4(), 1
    with pytest.raises(GatewayError):
        DemoGateway().refund(refund)


@pytest.mark.parametrize("token", ["4242424242424242", "demo-nonsense", "\x00"])
def test_an_unknown_demo_token_is_declined(payment, token):
    payment.key = uuid.uuid4()
    assert DemoGateway().authorise(payment, token).verdict is Verdict.DECLINED


def test_an_order_has_one_live_payment(payment):
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            order=payment.order, gateway="demo", currency="EUR", amount_minor=1, state="authorised"
        )


def test_nothing_like_a_card_number_is_kept(payment):
    kept = {field.name for field in Payment._meta.get_fields()}
    assert not {"card", "number", "cvc", "token", "payment_token"} & kept


def _lose_stock(order: Order) -> None:
    StockLevel.objects.update(on_hand=4)


def _hold_for_ever(order: Order) -> None:
    Shopper().fill(A=1).order(payment_token="demo-confirm")
    Order.objects.filter(state="pending").update(hold_until="2020-01-01T00:00Z")


def _lose_the_payment(order: Order) -> None:
    Payment.objects.all().delete()


def _keep_the_money(order: Order) -> None:
    Payment.objects.update(state="voided")


def _forget_to_void(order: Order) -> None:
    Payment.objects.update(state="voiding", busy_until=None)


def _say_it_is_captured(order: Order) -> None:
    Payment.objects.update(state="captured", captured_minor=2_000)


def _drop_a_line(order: Order) -> None:
    order.lines.all().delete()


def _abandon_only_in_name(order: Order) -> None:
    Order.objects.update(state="abandoned")


@pytest.mark.parametrize(
    "damage",
    [
        _lose_stock,
        _hold_for_ever,
        _lose_the_payment,
        _keep_the_money,
        _forget_to_void,
        _say_it_is_captured,
        _drop_a_line,
        _abandon_only_in_name,
    ],
)
def test_the_audit_finds(payment, damage):
    assert audit() == []
    call_command("audit_orders")
    damage(payment.order)
    assert audit()
    with pytest.raises(CommandError):
        call_command("audit_orders")
