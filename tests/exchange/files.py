"""Product CSVs for tests, written as Shopify writes them."""

from __future__ import annotations

import csv
import io
from typing import Any

from shop.exchange.columns import HEADER
from shop.exchange.report import Report
from shop.exchange.services import import_products

USUAL = {
    "Variant Grams": "0",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "3",
    "Variant Inventory Policy": "deny",
    "Variant Fulfillment Service": "manual",
    "Variant Price": "12.90",
    "Variant Requires Shipping": "true",
    "Variant Taxable": "true",
    "Variant Weight Unit": "kg",
}


def product(handle: str, title: str = "A thing", **cells: str) -> dict[str, str]:
    """The first row of a product with one variant; further cells by column."""
    return {
        "Handle": handle,
        "Title": title,
        "Published": "true",
        "Status": "active",
        "Option1 Name": "Title",
        "Option1 Value": "Default Title",
        "Variant SKU": handle.upper(),
        **USUAL,
        **cells,
    }


def variant(handle: str, value: str, **cells: str) -> dict[str, str]:
    """A further row: one more variant."""
    return {"Handle": handle, "Option1 Value": value, **USUAL, **cells}


def write_csv(*rows: dict[str, str], header: tuple[str, ...] = ()) -> bytes:
    """The rows as a file, each on line 2, 3, and so on unless a cell has a line break."""
    further = {name: None for row in rows for name in row if name not in HEADER}
    text = io.StringIO()
    writer = csv.DictWriter(text, header or (*HEADER, *further), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def run_import(*rows: dict[str, str] | bytes, **options: Any) -> Report:
    content = rows[0] if isinstance(rows[0], bytes) else write_csv(*rows)  # type: ignore[arg-type]
    return import_products(io.BytesIO(content), **options)


def told(report: Report) -> list[tuple[int, str]]:
    """Line and column of every refused row."""
    return [(refusal.line, refusal.column) for refusal in report.refused]
