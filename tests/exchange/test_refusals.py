"""Bad rows: told by line, column and reason; the good ones are kept."""

from __future__ import annotations

import pytest

from shop.catalog.models import Product, Variant
from shop.exchange.rows import ROW_LIMIT
from tests.exchange.files import product, run_import, told, variant, write_csv

pytestmark = pytest.mark.django_db

SIZES = {"Option1 Name": "Size", "Option1 Value": "S"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Variant Price", ""),
        ("Variant Price", "-1.00"),
        ("Variant Price", "1.999"),
        ("Variant Price", "1,234.50"),
        ("Variant Price", "12,90"),
        ("Variant Price", "cheap"),
        ("Variant Price", "NaN"),
        ("Variant Price", "1e3"),
        ("Variant Price", "٣"),
        ("Variant Price", "92233720368547758.08"),
        ("Variant Compare At Price", "x"),
        ("Variant Inventory Qty", "many"),
        ("Variant Inventory Qty", "1.5"),
        ("Variant Inventory Qty", "2147483648"),
        ("Variant Inventory Qty", "9" * 30),
        ("Variant Grams", "-1"),
        ("Variant Grams", "9999999999"),
        ("Variant Taxable", "maybe"),
        ("Variant Requires Shipping", "2"),
        ("Variant SKU", "S" * 65),
        ("Variant SKU", "A\tB"),
        ("Variant Barcode", "4" * 65),
        ("Option1 Value", "v" * 256),
        ("Option2 Value", "Red"),
        ("Image Src", "javascript:alert(1)"),
        ("Image Src", "file:///etc/passwd"),
        ("Image Src", "/media/products/none.jpg"),
        ("Image Src", "/media/../../etc/passwd"),
        ("Image Src", "https://example.com/" + "x" * 1000),
        ("Image Position", "-1"),
        ("Image Position", "99999"),
        ("Image Alt Text", "x" * 501),
        ("Variant Image", "nowhere"),
        ("Variant Barcode", "4\x00"),
        ("Switchcart / Tax Class", "luxury"),
    ],
)
def test_a_bad_cell_refuses_its_row_and_no_other(column: str, value: str) -> None:
    rows = [
        product("shirt", **SIZES, **{"Variant SKU": "S"}),
        variant("shirt", "M", **{"Variant SKU": "M"}),
        variant("shirt", "L", **{"Variant SKU": "L", column: value}),
        variant("shirt", "XL", **{"Variant SKU": "XL"}),
    ]
    report = run_import(*rows)

    places = set(told(report))
    expected = "Option1 Value" if column == "Option2 Value" else column
    assert places == {(4, expected)}
    assert list(Variant.objects.values_list("sku", flat=True)) == ["S", "M", "XL"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Title", "x" * 256),
        ("Vendor", "x" * 256),
        ("Type", "x" * 256),
        ("SEO Title", "x" * 256),
        ("SEO Description", "x" * 501),
        ("Status", "sold"),
        ("Published", "perhaps"),
        ("Product Category", "x" * 121),
        ("Option2 Name", "Size"),
        ("Variant Price", "x"),
        ("Title", "A\x00B"),
    ],
)
def test_a_bad_first_row_refuses_its_product_with_every_line(column: str, value: str) -> None:
    rows = [
        product("mug"),
        product("shirt", **SIZES | {column: value}),
        variant("shirt", "M"),
        product("cup"),
    ]
    report = run_import(*rows)

    assert [line for line, _ in told(report)] == [3, 4]
    assert "line 3" in report.refused[1].reason
    assert report.refused_count == 2
    assert sorted(Product.objects.values_list("slug", flat=True)) == ["cup", "mug"]


def test_all_that_is_wrong_with_a_row_is_told() -> None:
    row = product("mug", **{"Variant Price": "x", "Variant Grams": "y", "Published": "z"})
    assert {column for _, column in told(run_import(row))} == {
        "Published",
        "Variant Grams",
        "Variant Price",
    }


def test_lines_are_those_of_the_file_after_cells_with_line_breaks() -> None:
    rows = [
        product("mug", **{"Body (HTML)": "<p>one\ntwo\r\nthree</p>"}),
        product("cup", **{"Variant Price": "x"}),
    ]
    assert told(run_import(*rows)) == [(5, "Variant Price")]


def test_a_row_of_a_handle_without_a_title_that_the_shop_does_not_have() -> None:
    report = run_import(variant("shirt", "M"), variant("shirt", "L"), product("mug"))
    assert told(report) == [(2, "Title"), (3, "Title")]
    assert report.created == 1


def test_a_row_without_a_handle() -> None:
    report = run_import(product("mug"), product("", "Nobody's"), product("cup"))
    assert told(report) == [(3, "Handle")]
    assert report.created == 2


def test_rows_with_too_few_and_too_many_cells() -> None:
    content = b"Handle,Title,Variant Price\na,A,1\nb,B\nc,C,1,2\nd,D,1,,\n\ne,E,1\n"
    report = run_import(content)
    assert told(report) == [(3, ""), (4, "")]
    assert sorted(Product.objects.values_list("slug", flat=True)) == ["a", "d", "e"]


def test_a_quote_that_is_not_closed_costs_its_line_only() -> None:
    content = b'Handle,Title,Variant Price\na,"A,1\nb,"B",1\nc,C,1\nd,"D\n'
    report = run_import(content)
    assert told(report) == [(2, ""), (5, "")]
    assert sorted(Product.objects.values_list("slug", flat=True)) == ["b", "c"]


def test_a_broken_first_row_takes_its_product_with_it() -> None:
    run_import(product("a", **SIZES))
    header = b"Handle,Title,Option1 Name,Option1 Value,Variant Price\n"
    report = run_import(header + b'a,"A,Size,S,1\na,,,M,1\nb,"B",,,1\n')
    assert told(report) == [(2, ""), (3, "")]
    assert Variant.objects.filter(product__slug="a").count() == 1


def test_bytes_that_are_not_utf_8_are_told_and_the_rest_is_kept() -> None:
    content = write_csv(product("a"), product("b", "Gr\u00fcn"), product("c"))
    report = run_import(content.replace("\u00fc".encode(), b"\xfc"))
    assert told(report) == [(3, "Title")]
    assert "UTF-8" in report.refused[0].reason
    assert report.created == 2


def test_a_row_that_never_ends() -> None:
    content = b"Handle,Title,Variant Price\na," + b"x" * (ROW_LIMIT * 3) + b",1\nb,B,1\n"
    report = run_import(content)
    assert told(report) == [(2, "")]
    assert report.created == 1


def test_a_product_of_too_many_rows() -> None:
    content = b"Handle,Title,Image Src\na,A,\n"
    content += b"".join(b"a,,https://example.com/%d.jpg\n" % n for n in range(2_600))
    report = run_import(content + b"b,B,\n")
    assert report.refused_count == 101
    assert told(report)[0] == (2_502, "")
    assert Product.objects.count() == 2


def test_odd_quantities_are_noted() -> None:
    first = product("a", **{"Variant Inventory Qty": "-4"})
    second = product("b", **{"Variant Inventory Qty": "2.0", "Variant Inventory Tracker": ""})
    third = product("c", **{"Variant Inventory Qty": "", "Variant Inventory Tracker": ""})
    report = run_import(first, second, third)
    levels = dict(Variant.objects.values_list("product__slug", "stock__on_hand"))
    assert levels == {"a": 0, "b": 2, "c": 0}
    assert [(note.first_line, note.rows) for note in report.notes] == [(2, 1), (4, 1)]


def test_every_refusal_is_told_even_past_those_that_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shop.exchange.report.Report.KEPT", 3)
    heard: list[object] = []
    rows = [product(f"m{n}", **{"Variant Price": "x"}) for n in range(8)]
    report = run_import(*rows, on_refused=heard.append)
    assert (report.refused_count, len(report.refused), len(heard)) == (8, 3, 8)
    assert (report.imported, report.is_complete) == (0, False)
