"""The demo shop in a database and a storage, looked at and loaded once more."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.db.models import F

from shop.catalog.models import Attribute, Category, Image, Product, Variant
from shop.demo.load import DELIVERY, FOLDER, load_catalogue
from shop.demo.offers import COUPON, create_offers
from shop.demo.plan import plan_shop
from shop.inventory.models import Movement, StockLevel
from shop.inventory.services import find_drift, take_stock
from shop.pricing.models import Coupon, ShippingMethod, TaxRate
from tests.demo.snapshot import read_pictures, take_snapshot
from tests.factories import VariantFactory

pytestmark = pytest.mark.django_db
SHELVES, PRODUCTS = plan_shop()


def test_all_of_the_plan_is_there(loaded):
    assert loaded.products == len(PRODUCTS) == Product.objects.on_sale().count() >= 240
    assert loaded.variants == Variant.objects.on_sale().count()
    assert loaded.skipped == []
    assert Category.objects.filter(parent=None).count() == 10
    assert Category.objects.exclude(parent=None).filter(parent__parent=None).count() == sum(
        shelf.parent is not None for shelf in SHELVES
    )
    assert all(
        Product.objects.in_category(top).exists() for top in Category.objects.filter(parent=None)
    )


def test_every_product_can_be_shown(loaded):
    assert not Product.objects.filter(
        pk__in=Product.objects.filter(lowest_price=None).values("pk")
    ).exists()
    assert not Product.objects.filter(cover=None).exists()
    assert not Product.objects.exclude(default_variant__position=1).exists()
    assert not Product.objects.filter(attributes=None).exists()
    assert not Product.objects.filter(default_variant__price_minor__lt=F("lowest_price")).exists()
    for image in Image.objects.all():
        assert default_storage.exists(image.file.name), image.file.name
        assert image.alt and (image.width, image.height) == (800, 800)
        assert image.url.startswith("/media/products/")


def test_variants_in_a_colour_show_it(loaded):
    mug = Product.objects.get(slug="quayside-mug")
    shown = {
        variant.options["Colour"]: variant.image.file.name
        for variant in mug.variants.select_related("image")
    }
    assert shown == {
        colour: f"{FOLDER}/quayside-mug-{colour.lower()}.svg"
        for colour in ("Sea", "Poppy", "Chalk")
    }


def test_stock_came_by_the_ledger(loaded):
    assert find_drift() == []
    assert set(Movement.objects.values_list("reason", "reference")) == {("receipt", DELIVERY)}
    assert StockLevel.objects.count() == Variant.objects.count()
    assert not StockLevel.objects.filter(on_hand=0).exclude(movements=None).exists()


def test_goods_are_taxed_by_their_class(loaded):
    rates = dict(TaxRate.objects.filter(country="DE").values_list("tax_class__code",
                                                                  "rate_basis_points"))  # fmt: skip
    assert rates == {"standard": 1_900, "reduced": 700}
    assert set(Variant.objects.filter(product__category__parent__slug="pantry").values_list(
        "tax_class__code", flat=True)) == {"reduced"}  # fmt: skip
    assert TaxRate.objects.values("country").distinct().count() >= 10


def test_a_second_run_leaves_sold_stock_and_edits(loaded):
    Product.objects.filter(slug="quayside-mug").update(name="Our mug", status="draft")
    Variant.objects.filter(sku="KIT-0201-A").update(price_minor=1)
    Attribute.objects.filter(product__slug="quayside-mug").delete()
    Category.objects.filter(slug="desk").update(name="Office")
    TaxRate.objects.filter(country="DE", tax_class__code="reduced").update(rate_basis_points=500)
    sku = Variant.objects.filter(stock__on_hand__gte=250).values_list("sku", flat=True)[0]
    take_stock(quantities={sku: 200}, reference="an order")
    before = take_snapshot()
    outcome = load_catalogue()
    assert (outcome.products, outcome.variants, outcome.pictures) == (0, 0, 0)
    assert outcome.kept == len(PRODUCTS)
    assert take_snapshot() == before
    assert find_drift() == []


def test_what_was_deleted_or_broken_is_made_anew(loaded):
    before, pictures = take_snapshot(), read_pictures()
    Product.objects.filter(slug="quayside-mug").delete()
    default_storage.delete(f"{FOLDER}/beech-ruler.svg")
    with default_storage.open(f"{FOLDER}/plover-egg-mug.svg", "wb") as cut_short:
        cut_short.write(b"<svg")
    outcome = load_catalogue()
    assert (outcome.products, outcome.pictures) == (1, 2)
    assert take_snapshot() == before
    assert read_pictures() == pictures


def test_a_product_whose_sku_is_taken_is_left_out(loaded):
    Product.objects.filter(slug="joiners-pencil").delete()
    VariantFactory(sku="DSK-0103")
    outcome = load_catalogue()
    assert outcome.skipped == ["“Joiner's Pencil”: another product has the sku DSK-0103."]
    assert not Product.objects.filter(slug="joiners-pencil").exists()


def test_delivery_is_free_by_default_and_there_is_a_coupon_once_however_often_it_is_loaded(
    loaded,
):
    create_offers()
    assert [method.code for method in ShippingMethod.objects.all()] == ["standard", "express"]
    assert ShippingMethod.objects.first().price_minor == 0
    assert Coupon.objects.get().code == COUPON
