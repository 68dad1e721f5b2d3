"""Imports at the same time as each other, and as a shopper who buys."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import pytest

from shop.catalog.models import Category, Image, Product, Variant
from shop.errors import InsufficientStock
from shop.exchange.report import Report
from shop.exchange.services import import_products
from shop.inventory.models import StockLevel
from shop.inventory.services import find_drift, take_stock
from tests.exchange.files import product, run_import, variant, write_csv
from tests.threads import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def many(count: int, **cells: str) -> list[list[dict[str, str]]]:
    sizes = {"Option1 Name": "Size", "Option1 Value": "S", "Variant SKU": "", "Type": "Shirts"}
    return [
        [product(f"shirt-{n}", **sizes | cells), variant(f"shirt-{n}", "M", **cells)]
        for n in range(count)
    ]


def test_imports_of_the_same_file_at_once_make_each_product_once() -> None:
    shirts = many(60)
    forward = write_csv(*(row for rows in shirts for row in rows))
    backward = write_csv(*(row for rows in reversed(shirts) for row in rows))

    def work(number: int) -> Report:
        return import_products(io.BytesIO(backward if number % 2 else forward))

    reports = run_at_once(work, threads=4)

    assert [report for report in reports if not isinstance(report, Report)] == []
    assert sum(report.created for report in reports) == 60
    assert [report.imported for report in reports] == [60] * 4
    assert [report.refused for report in reports] == [[]] * 4
    assert Product.objects.count() == 60
    assert Variant.objects.count() == 120
    assert Category.objects.count() == 1
    assert StockLevel.objects.filter(on_hand=3, version=1).count() == 120
    assert find_drift() == []


def test_imports_that_bring_the_same_image_at_once_bring_it_once() -> None:
    for round_ in range(5):
        run_import(product(f"mug-{round_}"))
        row = product(f"mug-{round_}", **{"Image Src": "https://example.com/1.jpg"})
        reports = run_at_once(lambda number, row=row: run_import(row), threads=6)
        assert sorted(report.updated for report in reports) == [0, 0, 0, 0, 0, 1]
        assert Image.objects.filter(product__slug=f"mug-{round_}").count() == 1


def test_two_files_that_want_one_sku_give_it_to_one_product() -> None:
    def work(number: int) -> Report:
        return run_import(product(f"mug-{number}", **{"Variant SKU": "MUG"}))

    reports: list[Any] = run_at_once(work, threads=6)

    assert sum(report.created for report in reports) == 1
    assert sum(report.refused_count for report in reports) == 5
    assert Product.objects.count() == 1


def test_an_import_while_shoppers_buy_keeps_the_ledger() -> None:
    shirts = [row for rows in many(8, **{"Variant Inventory Qty": "50"}) for row in rows]
    run_import(*shirts)
    skus = list(Variant.objects.values_list("sku", flat=True))

    def work(number: int) -> Any:
        if number % 2:
            return run_import(*shirts)
        for _ in range(10):
            with contextlib.suppress(InsufficientStock):
                take_stock(quantities=dict.fromkeys(skus, 1), reference="order")
        return None

    outcomes = run_at_once(work, threads=6)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert find_drift() == []
