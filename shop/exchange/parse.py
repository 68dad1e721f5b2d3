"""From the rows of one handle to the draft of a product: pure, and asks no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from shop.exchange.cells import LARGEST_COUNT, LARGEST_POSITION, Cells
from shop.exchange.columns import (
    OPTION_NAMES,
    OPTION_VALUES,
    PRODUCT_DEFAULTS,
    VARIANT_DEFAULTS,
    VARIANT_SIGNS,
    Column,
    Layout,
    attribute_column,
    attribute_name,
    is_of_variants,
)
from shop.exchange.drafts import Extra, ImageDraft, Parsed, ProductDraft, VariantDraft
from shop.exchange.html import sanitise
from shop.exchange.report import Refusal
from shop.exchange.rows import Row
from shop.exchange.skus import derive_slug

NO_SKU = "A variant without a sku got one made of the handle and its options"
BACKORDER = "“continue” selling when out of stock is not supported; the shop stops at 0"
BELOW_ZERO = "A quantity below 0 was taken as 0"
UNTRACKED = "A variant whose stock is not tracked and has no number starts with none"
NO_VARIANT = "A product without a variant cannot be sold"
PICTURES = "Pictures inside a description are left out"
UNLISTED = "“unlisted” was taken as “draft”"

_FIELDS = (
    ("vendor", Column.VENDOR, 255),
    ("product_type", Column.TYPE, 255),
    ("seo_title", Column.SEO_TITLE, 255),
    ("seo_description", Column.SEO_DESCRIPTION, 500),
)
_DEFAULTS: dict[str, str] = {**VARIANT_DEFAULTS, **PRODUCT_DEFAULTS}
_STATUSES = {"active": "active", "draft": "draft", "archived": "archived", "unlisted": "draft"}


def parse_product(handle: str, rows: Sequence[Row | Refusal], layout: Layout) -> Parsed:
    """The product of these rows, which all bear `handle`. A bad row is refused; a bad
    first row refuses the product, with every line of it."""
    parsed = Parsed(None)
    first, *further = rows
    if isinstance(first, Refusal):
        parsed.refused = refuse_all(handle, rows, [first])
        return parsed
    head = Cells(first, layout)
    is_continuation = not first.cells[Column.TITLE]
    product = _read_product(head, is_continuation, parsed)
    variants: list[VariantDraft] = []
    images: dict[str, ImageDraft] = {}
    _read_row(head, not is_continuation, variants, images, parsed)
    if head.refused:
        parsed.refused = refuse_all(handle, rows, head.refused)
        parsed.notes.clear()
        return parsed
    for row in further:
        if isinstance(row, Refusal):
            parsed.refused.append(row)
        else:
            _read_row(Cells(row, layout), False, variants, images, parsed)
    bad = {refusal.line for refusal in parsed.refused}
    if not variants and not is_continuation:
        parsed.notes.append((NO_VARIANT, first.line))
    parsed.draft = ProductDraft(
        handle=handle,
        lines=tuple(row.line for row in rows if row.line not in bad),
        is_continuation=is_continuation,
        variants=tuple(variants),
        images=tuple(images.values()),
        **product,
    )
    return parsed


def refuse_all(
    handle: str, rows: Iterable[Row | Refusal], reasons: Sequence[Refusal]
) -> list[Refusal]:
    """`reasons`, which lie in one row, and every other line of the product named after it."""
    others = (
        row if isinstance(row, Refusal) else refuse_because(handle, row.line, reasons[0].line)
        for row in rows
        if row.line != reasons[0].line
    )
    return [*reasons, *others]


def refuse_because(handle: str, line: int, culprit: int) -> Refusal:
    return Refusal(line, "", f"Its product is refused because of line {culprit}.", handle)


def _read_product(cells: Cells, is_continuation: bool, parsed: Parsed) -> dict[str, Any]:
    layout, line, handle = cells.layout, cells.row.line, cells.row.handle
    if len(handle) > 255:
        cells.refuse(Column.HANDLE, f"It has {len(handle):,} characters; at most 255 are kept.")
    product: dict[str, Any] = {
        "slug": _slug(handle),
        "option_names": _read_option_names(cells),
        "fields": {},
        "extra": Extra(),
        "attributes": {},
        "attribute_columns": {},
        "attribute_names": frozenset(),
        "category": (),
    }
    if is_continuation:
        return product
    fields = product["fields"] = {"name": cells.text(Column.TITLE, 255)}
    for name, column, longest in _FIELDS:
        if layout.has(column):
            fields[name] = cells.text(column, longest)
    if layout.has(Column.BODY):
        body = cells.raw(Column.BODY)
        fields["description"] = sanitise(body)
        if "<img" in body.lower():
            parsed.notes.append((PICTURES, line))
    if layout.has(Column.TAGS):
        tags = (" ".join(tag.split()) for tag in cells.text(Column.TAGS, 10_000).split(","))
        fields["tags"] = list(dict.fromkeys(tag for tag in tags if tag))
    if (status := _read_status(cells, parsed)) is not None:
        fields["status"] = status
    product["category"] = _read_category(cells)
    extra = _read_extra(cells, of_variants=False)
    _read_attributes(cells, product, extra)
    if product["slug"] != handle:
        extra[Column.HANDLE] = handle
    columns = {name for name in layout.extra if not is_of_variants(name)}
    columns -= VARIANT_DEFAULTS.keys()
    product["extra"] = Extra(frozenset({*columns, *layout.attributes, Column.HANDLE}), extra)
    return product


def _slug(handle: str) -> str:
    try:
        validate_slug(handle)
    except ValidationError:
        return derive_slug(handle)
    return handle


def _read_option_names(cells: Cells) -> tuple[str, str, str] | None:
    names = [cells.text(column, 255) for column in OPTION_NAMES]
    given = [name for name in names if name]
    if not given:
        return None
    if len(set(given)) < len(given):
        cells.refuse(OPTION_NAMES[0], "Two options have the same name.")
    return (names[0], names[1], names[2])


def _read_status(cells: Cells, parsed: Parsed) -> str | None:
    text = cells.raw(Column.STATUS).lower()
    published = cells.flag(Column.PUBLISHED)
    if text and text not in _STATUSES:
        cells.refuse(Column.STATUS, f"“{text[:40]}” is none of active, draft, archived.")
        return None
    if text == "unlisted":
        parsed.notes.append((UNLISTED, cells.row.line))
    if text and (text != "active" or published is not False):
        return _STATUSES[text]
    if published is None:
        return None
    return "active" if published else "draft"


def _read_category(cells: Cells) -> tuple[str, ...]:
    for column in (Column.CATEGORY, Column.GOOGLE_CATEGORY):
        parts = [" ".join(part.split()) for part in cells.raw(column).split(">")]
        path = tuple(part for part in parts if part)
        # Google's categories may come as numbers, which name no shelf.
        if path and not path[0].isdecimal():
            if len(path) > 10 or any(len(part) > 120 for part in path):
                cells.refuse(column, "A category has at most 10 levels of 120 characters each.")
            return path
    return ()


def _read_attributes(cells: Cells, product: dict[str, Any], extra: dict[str, str]) -> None:
    """The first column with a value wins an attribute's name; what it cannot hold is kept
    beside it, to be given back."""
    won: dict[str, str] = {}
    for column in cells.layout.attributes:
        value, name = cells.raw(column), attribute_name(column) or ""
        if value and (name in won.values() or len(value) > 255):
            extra[column] = value
        elif value:
            won[column] = name
    in_order = sorted(won, key=cells.layout.names.index)
    product["attributes"] = {won[column]: cells.raw(column) for column in in_order}
    product["attribute_columns"] = {
        name: column for column, name in won.items() if column != attribute_column(name)
    }
    product["attribute_names"] = frozenset(
        attribute_name(column) or "" for column in cells.layout.attributes
    )


def _read_extra(cells: Cells, *, of_variants: bool, with_unknown: bool = True) -> dict[str, str]:
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


def _read_row(
    cells: Cells,
    is_first: bool,
    variants: list[VariantDraft],
    images: dict[str, ImageDraft],
    parsed: Parsed,
) -> None:
    notes: list[tuple[str, int]] = []
    variant = None
    if any(cells.raw(column) for column in VARIANT_SIGNS):
        variant = _read_variant(cells, is_first, notes)
    image = _read_image(cells)
    if cells.refused:
        parsed.refused.extend(cells.refused)
        return
    parsed.notes.extend(notes)
    if variant:
        variants.append(variant)
    if image:
        images.setdefault(image.address, image)


def _read_image(cells: Cells) -> ImageDraft | None:
    address = cells.address(Column.IMAGE)
    position = cells.whole(Column.IMAGE_POSITION, LARGEST_POSITION)
    if position is not None and position < 0:
        cells.refuse(Column.IMAGE_POSITION, "A position is not below 0.")
    alt = cells.text(Column.IMAGE_ALT, 500) if cells.layout.has(Column.IMAGE_ALT) else None
    return ImageDraft(cells.row.line, address, position, alt) if address else None


def _read_variant(cells: Cells, is_first: bool, notes: list[tuple[str, int]]) -> VariantDraft:
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
        extra=Extra(
            frozenset(own), _read_extra(cells, of_variants=True, with_unknown=not is_first)
        ),
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
