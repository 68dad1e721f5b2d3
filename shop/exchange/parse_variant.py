"""The part of a row that is a variant, or an image; and the columns to give back."""

from __future__ import annotations

from typing import Any

from shop.exchange.cells import LARGEST_COUNT, LARGEST_POSITION, Cells
from shop.exchange.columns import (
    OPTION_VALUES,
    PRODUCT_DEFAULTS,
    VARIANT_DEFAULTS,
    Column,
    is_of_variants,
)
from shop.exchange.drafts import Extra, ImageDraft, VariantDraft

NO_SKU = "A variant without a sku got one made of the handle and its options"
BACKORDER = "“continue” selling when out of stock is not supported; the shop stops at 0"
BELOW_ZERO = "A quantity below 0 was taken as 0"
UNTRACKED = "A variant whose stock is not tracked and has no number starts with none"

_DEFAULTS: dict[str, str] = {**VARIANT_DEFAULTS, **PRODUCT_DEFAULTS}


def read_extra(cells: Cells, *, of_variants: bool, with_unknown: bool = True) -> dict[str, str]:
    found: dict[str, str] = {}
    with_attributes = of_variants and with_unknown
    for name in cells.layout.extra.union(cells.layout.attributes if with_attributes else ()):
        value = cells.raw(name)
        is_variants = name in VARIANT_DEFAULTS or is_of_variants(name)
        if is_variants != of_variants and (is_variants or not with_unknown):
            continue
        if name == Column.TRACKER:
            if value != _DEFAULTS[name]:
                found[name] = value
        elif value and value.lower() != _DEFAULTS.get(name):
            found[name] = value
    return found


def read_image(cells: Cells) -> ImageDraft | None:
    address = cells.address(Column.IMAGE)
    position = cells.whole(Column.IMAGE_POSITION, LARGEST_POSITION)
    if position is not None and position < 0:
        cells.refuse(Column.IMAGE_POSITION, "A position is not below 0.")
    alt = cells.text(Column.IMAGE_ALT, 500) if cells.layout.has(Column.IMAGE_ALT) else None
    return ImageDraft(cells.row.line, address, position, alt) if address else None


def read_variant(cells: Cells, is_first: bool, notes: list[tuple[str, int]]) -> VariantDraft:
    layout, line = cells.layout, cells.row.line
    fields: dict[str, Any] = {}
    if layout.has(Column.PRICE):
        fields["price_minor"] = cells.price(Column.PRICE)
        if not cells.raw(Column.PRICE):
            cells.refuse(Column.PRICE, "A variant needs a price.")
    if layout.has(Column.COMPARE_AT):
        fields["compare_at_minor"] = cells.price(Column.COMPARE_AT)
    if layout.has(Column.GRAMS):
        fields["weight_grams"] = cells.grams(Column.GRAMS) or 0
    if layout.has(Column.BARCODE):
        fields["barcode"] = cells.text(Column.BARCODE, 64)
    for name, column in (
        ("requires_shipping", Column.REQUIRES_SHIPPING),
        ("is_active", Column.ON_SALE),
    ):
        if (flag := cells.flag(column)) is not None:
            fields[name] = flag
    first, second, third = (cells.text(column, 255) for column in OPTION_VALUES)
    sku = cells.sku(Column.SKU)
    if not sku:
        notes.append((NO_SKU, line))
    if cells.raw(Column.POLICY).lower() in ("continue", "true"):
        notes.append((BACKORDER, line))
    own = {name for name in layout.extra if name in VARIANT_DEFAULTS or is_of_variants(name)}
    if not is_first:
        own |= layout.extra.union(layout.attributes)
    return VariantDraft(
        line=line,
        sku=sku,
        option_values=(first, second, third),
        fields=fields,
        extra=Extra(frozenset(own), read_extra(cells, of_variants=True, with_unknown=not is_first)),
        quantity=_read_quantity(cells, notes),
        is_taxable=cells.flag(Column.TAXABLE),
        tax_class=cells.text(Column.TAX_CLASS, 50),
        image=cells.address(Column.VARIANT_IMAGE),
        clears_image=layout.has(Column.VARIANT_IMAGE),
    )


def _read_quantity(cells: Cells, notes: list[tuple[str, int]]) -> int | None:
    quantity = cells.whole(Column.QUANTITY, LARGEST_COUNT)
    if quantity is None:
        if cells.layout.has(Column.TRACKER) and not cells.raw(Column.TRACKER):
            notes.append((UNTRACKED, cells.row.line))
        return None
    if quantity < 0:
        notes.append((BELOW_ZERO, cells.row.line))
    return max(quantity, 0)
