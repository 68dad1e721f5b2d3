"""The figures of an invoice sum to the order."""

from __future__ import annotations

import pytest

from shop.orders.invoice import make_invoice
from shop.pricing.models import Coupon, Promotion, ShippingMethod
from tests.factories import TaxClassFactory, VariantFactory
from tests.orders.shopper import ADDRESS, Shopper

pytestmark = pytest.mark.django_db


def test_shares_of_tax_sum_to_the_order(django_assert_num_queries):
    VariantFactory(sku="A", price_minor=1_999, stock=9)
    VariantFactory(sku="B", price_minor=333, stock=9, tax_class=TaxClassFactory(code="r", rate=700))
    ShippingMethod.objects.create(code="post", name="Post", price_minor=490)
    promotion = Promotion.objects.create(name="x", kind="percent", percent=15)
    Coupon.objects.create(code="X", promotion=promotion)
    shopper = Shopper().fill(A=3, B=2)
    shopper.update(lambda cart: cart.with_coupon("X"))
    order = shopper.order().order
    with django_assert_num_queries(1):
        invoice = make_invoice(order)
    assert [share.rate_basis_points for share in invoice.shares] == [1_900, 700, None]
    assert sum(share.gross.minor for share in invoice.shares) == order.total_minor
    assert sum(share.tax.minor for share in invoice.shares) == order.tax_minor
    assert all(share.net + share.tax == share.gross for share in invoice.shares)
    assert invoice.billing_address == ADDRESS
    assert not invoice.is_paid


def test_an_attempt_has_no_invoice():
    VariantFactory(sku="A", stock=9)
    attempt = Shopper().fill(A=1).order(payment_token="demo-confirm").order
    with pytest.raises(ValueError, match="not placed"):
        make_invoice(attempt)
