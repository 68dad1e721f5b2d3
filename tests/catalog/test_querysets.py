import pytest
from django.core.exceptions import ValidationError

from shop.catalog.models import Product, Variant
from shop.inventory.services import create_levels, set_stock
from tests.factories import CategoryFactory, ImageFactory, ProductFactory, VariantFactory

pytestmark = pytest.mark.django_db


def refresh(product: Product) -> Product:
    Product.objects.filter(pk=product.pk).refresh_listing()
    product.refresh_from_db()
    return product


def test_a_listing_shows_the_lowest_price_the_first_variant_and_the_first_image():
    product = ProductFactory(sku="A", price_minor=500, stock=1)
    cheap = VariantFactory(product=product, sku="B", price_minor=300, stock=0, position=2)
    last = ImageFactory(product=product, position=2)
    first = ImageFactory(product=product, position=1)
    product = refresh(product)
    assert product.price.amount == "3.00"
    assert product.default_variant.sku == "A"
    assert product.cover == first
    first.delete()
    Variant.objects.filter(pk=cheap.pk).update(is_active=False)
    product = refresh(product)
    assert product.price.amount == "5.00"
    assert product.cover == last


def test_a_product_whose_variants_are_all_inactive_is_not_on_sale():
    product = ProductFactory(sku="A")
    assert product in Product.objects.on_sale()
    product.variants.update(is_active=False)
    refresh(product)
    assert product not in Product.objects.on_sale()


def test_in_stock_looks_at_every_variant():
    product = ProductFactory(sku="A", stock=0)
    VariantFactory(product=product, sku="B", stock=0)
    assert product not in Product.objects.in_stock()
    set_stock(quantities={"B": 1})
    assert product in Product.objects.in_stock()
    assert Product.objects.with_in_stock().get(pk=product.pk).in_stock is True


def test_a_category_holds_what_is_in_those_below_it():
    parent = CategoryFactory()
    child = CategoryFactory(parent=parent)
    product = ProductFactory(sku="A", category=child)
    assert product in Product.objects.in_category(parent)
    assert product in Product.objects.in_category(child)
    assert product not in Product.objects.in_category(CategoryFactory())


@pytest.mark.parametrize("text", ["mug blue", "BLUE", "kit-77", "mug\x00"])
def test_search_finds_every_word_in_name_or_sku(text):
    product = ProductFactory(sku="KIT-77", name="Blue mug")
    ProductFactory(sku="OTHER", name="Red plate")
    assert list(Product.objects.matching(text)) == [product]


@pytest.mark.parametrize("text", ["%", "_", "mug plate", "'; drop table"])
def test_search_takes_no_pattern_and_needs_all_words(text):
    ProductFactory(sku="A", name="Blue mug")
    ProductFactory(sku="B", name="Red plate")
    assert not Product.objects.matching(text).exists()


def test_a_list_needs_one_query_however_many_rows(django_assert_num_queries):
    for number in range(6):
        ImageFactory(product=ProductFactory(sku=f"S{number}"))
    Product.objects.all().refresh_listing()
    with django_assert_num_queries(1):
        for product in Product.objects.on_sale().for_listing().with_in_stock():
            assert product.default_variant.stock.available >= 0
            assert product.cover.url
            assert product.in_stock in (True, False)


@pytest.mark.parametrize("sku", ["A", "a/b c", "späße", "X" * 64, "100%"])
def test_a_printable_sku_is_taken(sku):
    Variant(sku=sku).clean_fields(exclude=["product", "tax_class", "price_minor"])


@pytest.mark.parametrize("sku", ["", " A", "A ", "A\nB", "A\x00", "X" * 65, "\t", "A\n"])
def test_a_sku_that_cannot_travel_is_refused(sku):
    with pytest.raises(ValidationError):
        Variant(sku=sku).clean_fields(exclude=["product", "tax_class", "price_minor"])


def test_levels_are_made_once():
    product = ProductFactory(sku="A", stock=3)
    create_levels(product.variants.all())
    assert product.variants.get().stock.on_hand == 3


def test_options_keep_their_order_and_take_any_text():
    options = {"Colour": "blau ß", "Size": 'M "wide"', "A": "\\n"}
    VariantFactory(sku="A", options=options)
    found = Variant.objects.get(sku="A")
    assert list(found.options.items()) == list(options.items())
    assert found.name == 'blau ß / M "wide" / \\n'
