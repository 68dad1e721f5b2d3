"""Products, variants and images as the file has them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.catalog.models import Category, Product, TaxClass, Variant
from shop.exchange.report import InvalidImportFile
from shop.inventory.models import Movement, StockLevel
from shop.inventory.services import find_drift
from tests.exchange.files import product, run_import, told, variant, write_csv
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def shirt() -> list[dict[str, str]]:
    first = {"Option1 Name": "Size", "Option1 Value": "S", "Variant SKU": "SHIRT-S"}
    first |= {"Option2 Name": "Colour", "Option2 Value": "Red"}
    first |= {"Image Src": "https://example.com/1.jpg", "Image Position": "1"}
    first |= {"Image Alt Text": "In front", "Vendor": "Weaver", "Type": "Shirts"}
    first |= {"Tags": "linen,  summer, linen", "Body (HTML)": "<p>Cool\nand light</p>"}
    first |= {"SEO Title": "A shirt", "SEO Description": "Buy it", "Variant Barcode": "40012345"}
    second = {"Option2 Value": "Blue", "Variant SKU": "SHIRT-M", "Variant Price": "14.00"}
    second |= {"Variant Compare At Price": "20.00", "Variant Taxable": "false"}
    second |= {"Variant Image": "https://example.com/2.jpg", "Variant Grams": "249.6"}
    picture = {"Handle": "shirt", "Image Src": "https://example.com/2.jpg", "Image Position": "2"}
    return [product("shirt", "Linen shirt", **first), variant("shirt", "M", **second), picture]


def test_rows_of_one_handle_make_one_product() -> None:
    report = run_import(*shirt())

    assert (report.created, report.refused, report.notes) == (1, [], [])
    made = Product.objects.get()
    assert (made.slug, made.name, made.vendor) == ("shirt", "Linen shirt", "Weaver")
    assert made.tags == ["linen", "summer"]
    assert made.description == "<p>Cool\nand light</p>"
    assert (made.seo_title, made.seo_description) == ("A shirt", "Buy it")
    assert made.category is not None
    assert (made.category.name, made.category.slug) == ("Shirts", "shirts")
    small, medium = made.variants.all()
    assert small.options == {"Size": "S", "Colour": "Red"}
    assert (small.price_minor, small.compare_at_minor, small.barcode) == (1290, None, "40012345")
    assert (medium.price_minor, medium.compare_at_minor, medium.weight_grams) == (1400, 2000, 250)
    assert (small.tax_class.code, medium.tax_class.code) == ("standard", "zero")
    front, back = made.images.all()
    assert (front.source_url, front.alt, front.position) == (
        "https://example.com/1.jpg",
        "In front",
        1,
    )
    assert medium.image == back
    assert not front.file
    assert (made.lowest_price, made.default_variant, made.cover) == (1290, small, front)


def test_a_product_without_options_has_one_variant_without_a_name() -> None:
    run_import(product("mug"))
    assert Variant.objects.get().options == {}


def test_stock_goes_through_the_ledger() -> None:
    run_import(product("mug"), actor=None)

    level = StockLevel.objects.get()
    assert (level.on_hand, level.version) == (3, 1)
    assert Movement.objects.get().reason == Movement.Reason.IMPORT
    assert find_drift() == []


def test_a_second_import_changes_nothing() -> None:
    rows = [*shirt(), product("mug", **{"Variant SKU": ""})]
    run_import(*rows)
    before = [list(model.objects.order_by("pk").values()) for model in (Product, Variant)]
    levels = list(StockLevel.objects.order_by("pk").values())

    report = run_import(*rows)

    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert [list(m.objects.order_by("pk").values()) for m in (Product, Variant)] == before
    assert list(StockLevel.objects.order_by("pk").values()) == levels
    assert TaxClass.objects.count() == 2


def test_an_unchanged_batch_takes_a_handful_of_queries(
    django_assert_max_num_queries: object,
) -> None:
    def count(rows: list[dict[str, str]]) -> int:
        run_import(*rows)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert run_import(*rows).updated == 0
        return len(queries)

    one = count(shirt())
    many = count([*shirt(), *(product(f"mug-{number}") for number in range(40))])
    assert many <= one + 1


def test_a_change_updates_what_changed_and_removes_nothing() -> None:
    run_import(*shirt())
    first, second, _ = shirt()

    report = run_import(first | {"Variant Price": "13.00", "Variant Inventory Qty": "7"}, second)

    assert (report.updated, report.unchanged) == (1, 0)
    small, medium = Variant.objects.order_by("position")
    assert (small.price_minor, small.stock.on_hand, small.stock.version) == (1300, 7, 2)
    assert (medium.price_minor, medium.stock.version) == (1400, 1)
    made = Product.objects.get()
    assert made.images.count() == 2
    assert made.lowest_price == 1300


def test_a_column_that_is_missing_leaves_what_is_there() -> None:
    run_import(*shirt())
    header = ("Handle", "Title", "Variant SKU", "Variant Price")
    rows = [{"Handle": "shirt", "Title": "Shirt", "Variant SKU": "SHIRT-M", "Variant Price": "1"}]

    run_import(write_csv(*rows, header=header))

    made = Product.objects.get()
    assert (made.name, made.vendor, made.tags) == ("Shirt", "Weaver", ["linen", "summer"])
    medium = Variant.objects.get(sku="SHIRT-M")
    assert (medium.price_minor, medium.tax_class.code) == (100, "zero")
    assert medium.stock.on_hand == 3


@pytest.mark.parametrize(
    ("status", "published", "expected"),
    [
        ("active", "true", "active"),
        ("Active", "FALSE", "draft"),
        ("draft", "true", "draft"),
        ("ARCHIVED", "", "archived"),
        ("", "true", "active"),
        ("", "false", "draft"),
        ("", "", "active"),
        ("unlisted", "true", "draft"),
    ],
)
def test_status_and_published(status: str, published: str, expected: str) -> None:
    run_import(product("mug", Status=status, Published=published))
    assert Product.objects.get().status == expected


def test_an_older_file_without_status() -> None:
    header = ("HANDLE", "title ", "Published", "variant price", "Variant Inventory Qty")
    row = dict(zip(header, ("mug", "Mug", "false", "5", "2"), strict=True))

    run_import(b"\xef\xbb\xbf" + write_csv(row, header=header))

    assert Product.objects.get().status == "draft"
    assert Variant.objects.get().stock.on_hand == 2


def test_a_newer_file_with_other_names() -> None:
    row = {
        "URL handle": "mug",
        "Title": "Mug",
        "Description": "<b>Big</b>",
        "SKU": "MUG",
        "Price": "5.00",
        "Compare-at price": "6.00",
        "Inventory quantity": "4",
        "Charge tax": "TRUE",
        "Weight value (grams)": "300",
        "Product image URL": "https://example.com/mug.png",
        "Continue selling when out of stock": "CONTINUE",
        "Published on online store": "TRUE",
    }
    report = run_import(write_csv(row, header=tuple(row)))

    mug = Variant.objects.get(sku="MUG")
    assert (mug.price_minor, mug.compare_at_minor, mug.weight_grams) == (500, 600, 300)
    assert mug.stock.on_hand == 4
    assert mug.product.description == "<b>Big</b>"
    assert mug.product.images.count() == 1
    assert ["not supported" in note.text for note in report.notes] == [True]


def test_html_that_could_do_harm_or_load_from_elsewhere_is_taken_out() -> None:
    body = '<p onclick="x()">Fine<script>x()</script><img src="https://example.com/x.gif"></p>'
    report = run_import(product("mug", **{"Body (HTML)": body}))

    assert Product.objects.get().description == "<p>Fine</p>"
    assert ["Pictures" in note.text for note in report.notes] == [True]


def test_a_path_makes_a_tree_of_categories_once() -> None:
    run_import(
        product("a", **{"Product Category": "Apparel > Shirts"}),
        product("b", **{"Product Category": "Apparel > Trousers"}),
        product("c", **{"Product Category": "Toys > Shirts"}),
        product("d", Type="apparel"),
        product("e", **{"Google Shopping / Google Product Category": "Toys > Balls"}),
        product("f", **{"Google Shopping / Google Product Category": "212"}),
    )
    found = {p.slug: p.category and p.category.slug for p in Product.objects.all()}
    assert found == {
        "a": "shirts",
        "b": "trousers",
        "c": "toys-shirts",
        "d": "apparel",
        "e": "balls",
        "f": None,
    }
    assert Category.objects.count() == 6
    assert Category.objects.get(slug="toys-shirts").parent == Category.objects.get(slug="toys")


def test_what_the_shop_has_no_use_for_is_kept() -> None:
    metafield = "Fabric (product.metafields.custom.fabric)"
    care = "Care (product.metafields.shopify.care)"
    run_import(
        product(
            "mug",
            **{
                "Google Shopping / MPN": "M-1",
                "Google Shopping / Gender": "unisex",
                metafield: "linen",
                care: "by hand",
                "Cost per item": "2.00",
                "Variant Tax Code": "PC1",
                "Price / International": "9",
                "Gift Card": "false",
            },
        )
    )
    made = Product.objects.get()
    assert made.extra == {"Google Shopping / MPN": "M-1", "$columns": {"Care": care}}
    assert {a.name: a.value for a in made.attributes.all()} == {
        "Gender": "unisex",
        "Fabric": "linen",
        "Care": "by hand",
    }
    assert Variant.objects.get().extra == {
        "Cost per item": "2.00",
        "Variant Tax Code": "PC1",
        "Price / International": "9",
    }
    run_import(product("mug", **{metafield: "", care: "by hand"}))
    assert {a.name for a in made.attributes.all()} == {"Care", "Gender"} - {"Gender"}


def test_a_handle_that_is_no_slug_keeps_its_product() -> None:
    rows = [product("größe-日本", **{"Variant SKU": ""})]
    run_import(*rows)
    assert run_import(*rows).unchanged == 1
    made = Product.objects.get()
    assert made.slug.isascii()
    assert made.extra == {"Handle": "größe-日本"}


def test_the_file_comes_back_to_a_handle() -> None:
    report = run_import(
        *shirt()[:2], product("mug"), variant("shirt", "L", **{"Option2 Value": "Red"})
    )
    assert (report.created, report.updated, report.refused) == (2, 1, [])
    large = Variant.objects.get(sku="shirt-l-red")
    assert large.options == {"Size": "L", "Colour": "Red"}
    assert large.position == 3


def test_a_dry_run_writes_nothing_and_tells_the_same() -> None:
    rows = [
        *shirt()[:2],
        product("mug", **{"Variant SKU": "SHIRT-S"}),
        variant("shirt", "L", **{"Option2 Value": "Red"}),
    ]
    dry = run_import(*rows, dry_run=True)
    assert not Product.objects.exists()
    assert not TaxClass.objects.exists()
    assert not Category.objects.exists()

    real = run_import(*rows)
    assert dry.is_dry_run
    assert (dry.created, dry.updated, dry.refused) == (real.created, real.updated, real.refused)
    assert told(real) == [(5, "Variant SKU")]


def test_progress_is_told_in_bytes() -> None:
    content, counts = write_csv(*shirt()), []
    run_import(content, on_progress=counts.append)
    assert counts[-1] == len(content)
    assert counts == sorted(counts)


def test_a_product_that_is_not_on_the_list_is_left_alone() -> None:
    other = ProductFactory(sku="OTHER", stock=5)
    run_import(*shirt())
    other.refresh_from_db()
    assert other.variants.get().stock.on_hand == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"Handle;Title;Vendor\na;b;c\n", "semicolons"),
        (b"Handle\tTitle\na\tb\n", "tabs"),
        (b"Name,Price\nMug,3\n", "“Handle” and “Title”"),
        (b"Handle,Price\nmug,3\n", "“Title”"),
        (b"Handle,Title,Vendor,vendor\n", "twice"),
        ("Handle,Title\nmug,Mug\n".encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04 and more", "Excel"),
        (b"Handle,Title,M\xfc\n", "UTF-8"),
        (b'Handle,"Title\n', "CSV"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "“Handle”"),
    ],
)
def test_a_file_that_is_no_product_export(content: bytes, said: str) -> None:
    with pytest.raises(InvalidImportFile, match=said):
        run_import(content)
    assert not Product.objects.exists()
