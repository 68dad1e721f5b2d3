from __future__ import annotations

import pytest

from shop.cart.cart import Cart
from shop.inventory.models import StockLevel
from shop.pricing.lines import price_cart
from tests.factories import VariantFactory


@pytest.mark.django_db
def test_a_variant_without_a_level_is_sold_out_and_no_error() -> None:
    VariantFactory(sku="A")
    StockLevel.objects.all().delete()
    (line,) = price_cart(Cart({"A": 1})).lines
    assert (line.available, line.problem) == (0, "out_of_stock")
