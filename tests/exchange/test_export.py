"""What goes out comes in again as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.catalog.models import Category, Product, TaxClass
from shop.exchange.columns import HEADER, attribute_column, attribute_name
from shop.exchange.html import sanitise
from shop.exchange.services import export_products
from tests.exchange.files import product, run_import, variant, write_csv
from tests.factories import ImageFactory, ProductFactory, VariantFactory

pytestmark = pytest.mark.django_db

_LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"])
WORD = st.text(_LETTERS, min_size=1, max_size=12).filter(lambda word: word == word.strip())
TEXT = st.lists(WORD, max_size=4).map(" ".join)
NAME = WORD.filter(lambda word: not set(word) & set('>,()"')).filter(lambda w: w != "Title")
PROSE = st.lists(
    st.one_of(
        TEXT,
        st.sampled_from(
            ["<p>", "</p>", "<ul><li>", "\n", "\r\n", "\r", '"', "&amp;", "<pre>\n\n", "<b>", ","]
        ),
    ),
    max_size=8,
).map("".join)
FURTHER = ("Google Shopping / MPN", "My column", "Ünïcode", "Google Shopping / Custom Label 0")
OF_VARIANTS = ("Cost per item", "Variant Tax Code", "Price / Elsewhere")
METAFIELDS = (
    "Fabric (product.metafields.custom.fabric)",
    "Fabric (product.metafields.shopify.fabric)",
    "Google Shopping / Gender",
)


def cells(columns: tuple[str, ...], values: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(columns, values))


@st.composite
def products(draw: st.DrawFn, handle: str) -> list[dict[str, str]]:
    """The rows of a product of any shape that the importer takes."""
    names = draw(st.lists(NAME, max_size=3, unique=True))
    count = draw(st.integers(1, 4)) if names else 1
    images = draw(st.lists(st.integers(1, 99), max_size=5, unique=True))
    addresses = [f"https://example.com/{handle}/{number}.jpg?v=1" for number in images]
    values = draw(
        st.lists(st.tuples(*[WORD] * len(names)), min_size=count, max_size=count, unique=True)
    )
    rows: list[dict[str, str]] = []
    for index in range(max(count, len(images))):
        row: dict[str, str] = {"Handle": handle}
        if index < count:
            row = {**variant(handle, ""), **draw(cells(OF_VARIANTS, WORD))}
            for number, value in enumerate(values[index], start=1):
                row[f"Option{number} Value"] = value
            if not names:
                row["Option1 Value"] = "Default Title"
            row["Variant SKU"] = draw(st.sampled_from(["", f"{handle}:{index}"]))
            row["Variant Price"] = f"{draw(st.integers(0, 10**9)) / 100:.2f}"
            row["Variant Compare At Price"] = draw(st.sampled_from(["", "0.00", "19.90"]))
            row["Variant Inventory Qty"] = draw(st.sampled_from(["", "0", "7", "2147483647"]))
            row["Variant Inventory Tracker"] = draw(st.sampled_from(["", "shopify", "other"]))
            row["Variant Inventory Policy"] = draw(st.sampled_from(["deny", "continue"]))
            row["Variant Weight Unit"] = draw(st.sampled_from(["", "kg", "lb"]))
            row["Variant Taxable"] = draw(st.sampled_from(["true", "false", ""]))
            row["Variant Requires Shipping"] = draw(st.sampled_from(["true", "false", ""]))
            row["Variant Image"] = draw(st.sampled_from(["", *addresses]))
            row["Switchcart / Tax Class"] = draw(st.sampled_from(["", "", "reduced"]))
            row["Switchcart / On Sale"] = draw(st.sampled_from(["", "true", "false"]))
            if index:
                row |= draw(cells(FURTHER, WORD))
        if index < len(images):
            row["Image Src"], row["Image Position"] = addresses[index], str(images[index])
            row["Image Alt Text"] = draw(TEXT)
        rows.append(row)
    rows[0] |= {f"Option{number} Name": name for number, name in enumerate(names, start=1)}
    if not names:
        rows[0]["Option1 Name"] = "Title"
    rows[0] |= draw(cells(FURTHER, WORD)) | draw(cells(METAFIELDS, WORD))
    rows[0] |= {
        "Title": draw(WORD),
        "Body (HTML)": draw(PROSE),
        "Vendor": draw(TEXT),
        "Type": draw(st.sampled_from(["", "Shirts", "日本", "Größe"])),
        "Product Category": draw(st.sampled_from(["", "A > B", "C > B > A", "Shirts"])),
        "Tags": ", ".join(draw(st.lists(NAME, max_size=4))),
        "Status": draw(st.sampled_from(["active", "draft", "archived"])),
        "Gift Card": draw(st.sampled_from(["", "false", "true"])),
        "SEO Title": draw(TEXT),
        "SEO Description": draw(TEXT),
    }
    return rows


CATALOGUES = st.lists(
    st.sampled_from(["mug", "shirt", "Cup_1", "größe", "日本"]), unique=True, min_size=1
).flatmap(lambda handles: st.tuples(*map(products, handles)))


def values_of(row: Any, names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names.split()}


OF_PRODUCT = (
    "slug name description vendor product_type tags status extra seo_title seo_description "
    "lowest_price"
)
OF_VARIANT = (
    "sku price_minor compare_at_minor weight_grams barcode requires_shipping is_active position "
    "extra"
)


def snapshot() -> list[Any]:
    """All that an import can say about all products, without ids."""
    paths = {category.pk: str(category.slug) for category in Category.objects.all()}
    return [
        {
            **values_of(found, OF_PRODUCT),
            "category": paths.get(found.category_id or 0),
            "attributes": {a.name: a.value for a in found.attributes.all()},
            "images": [(i.source_url, i.alt, i.position) for i in found.images.all()],
            "cover": found.cover and found.cover.source_url,
            "variants": [
                {
                    **values_of(one, OF_VARIANT),
                    "options": list(one.options.items()),
                    "tax": one.tax_class.code,
                    "image": one.image and one.image.source_url,
                    "stock": one.stock.on_hand,
                }
                for one in found.variants.all()
            ],
        }
        for found in Product.objects.order_by("slug")
    ]


def export() -> bytes:
    return "".join(export_products(Product.objects.all())).encode()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(catalogue=CATALOGUES)
def test_a_shop_that_imports_its_export_is_the_same_shop(catalogue: Any) -> None:
    Product.objects.all().delete()
    Category.objects.all().delete()
    TaxClass.objects.get_or_create(code="reduced", defaults={"name": "Reduced"})
    report = run_import(*(row for rows in catalogue for row in rows))
    assert (report.created, report.refused) == (len(catalogue), [])
    before, content = snapshot(), export()

    again = run_import(content)
    assert (again.unchanged, again.refused) == (len(catalogue), [])
    assert snapshot() == before

    Product.objects.all().delete()
    Category.objects.all().delete()
    assert run_import(content).created == len(catalogue)
    assert snapshot() == before
    assert export() == content


@given(html=PROSE)
def test_a_sanitised_description_stays_as_it_is(html: str) -> None:
    assert sanitise(sanitise(html)) == sanitise(html)


@given(name=st.lists(WORD, min_size=1, max_size=3).map(" ".join))
def test_an_attribute_finds_its_column_and_back(name: str) -> None:
    assert attribute_name(attribute_column(name)) == name


def test_the_header_is_shopifys() -> None:
    ProductFactory()
    (header, row) = csv.reader(io.StringIO(export().decode()))
    assert tuple(header) == HEADER
    assert len(row) == len(header)


def test_an_image_that_is_a_file_of_the_shop() -> None:
    image = ImageFactory(alt="A picture")
    before = export()
    assert image.file.url.encode() in before

    assert run_import(before).unchanged == 1
    image.product.delete()
    assert run_import(before).created == 1
    assert Product.objects.get().images.get().file.name == image.file.name
    assert export() == before


def test_a_product_without_variants() -> None:
    ProductFactory(stock=None)
    before = export()
    assert run_import(before).unchanged == 1
    Product.objects.all().delete()
    report = run_import(before)
    assert (report.created, len(report.notes)) == (1, 1)
    assert export() == before


def test_products_are_streamed_with_a_fixed_number_of_queries(
    django_assert_num_queries: Any,
) -> None:
    for _ in range(3):
        VariantFactory(product=ProductFactory(stock=None))
    with django_assert_num_queries(10):
        _, *rest = export_products(Product.objects.all())
    assert len(rest) == 3


def test_the_command_writes_a_file_or_to_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ProductFactory(slug="mug")
    target = tmp_path / "out.csv"
    call_command("export_products", str(target))
    assert target.read_bytes() == export()
    assert list(tmp_path.iterdir()) == [target]
    capsys.readouterr()
    call_command("export_products")
    assert capsys.readouterr().out.encode() == export()


def test_a_selection_can_be_exported() -> None:
    run_import(write_csv(product("a", **{"Only of a": "x"}), product("b")))
    text = "".join(export_products(Product.objects.filter(slug="b")))
    assert "Only of a" not in text
    assert text.count("\n") == 2
