"""The factories make what the shop itself would make."""

import pytest

from shop.catalog.models import Product
from shop.inventory.services import find_drift
from tests.factories import ImageFactory, ProductFactory, VariantFactory, create_small_catalogue


@pytest.mark.django_db
def test_stock_comes_through_the_ledger_and_lists_are_fresh():
    product = ProductFactory(sku="A", price_minor=500, stock=3)
    VariantFactory(product=product, sku="B", price_minor=400, stock=0)
    ImageFactory(product=product)
    assert find_drift() == []
    product = Product.objects.on_sale().with_in_stock().get()
    assert product.lowest_price == 400
    assert product.default_variant.sku == "A"
    assert product.default_variant.stock.on_hand == 3
    assert product.cover.url.startswith("/media/products/picture")
    assert product.in_stock


@pytest.mark.django_db
def test_the_small_catalogue_is_on_sale():
    create_small_catalogue()
    assert Product.objects.on_sale().count() == 8
    assert Product.objects.on_sale().in_stock().count() == 7
