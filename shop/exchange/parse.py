"""From the rows of one handle to the draft of a product: pure, and asks no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from shop.exchange.cells import Cells
from shop.exchange.columns import (
    OPTION_NAMES,
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
from shop.exchange.parse_variant import read_extra, read_image, read_variant
from shop.exchange.report import Refusal
from shop.exchange.rows import Row
from shop.exchange.skus import derive_slug

NO_VARIANT = "A product without a variant cannot be sold"
PICTURES = "Pictures inside a description are left out"
UNLISTED = "“unlisted” was taken as “draft”"

_FIELDS = (
    ("vendor", Column.VENDOR, 255),
    ("product_type", Column.TYPE, 255),
    ("seo_title", Column.SEO_TITLE, 255),
    ("seo_description", Column.SEO_DESCRIPTION, 500),
)

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
    extra = read_extra(cells, of_variants=False)
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
        variant = read_variant(cells, is_first, notes)
    image = read_image(cells)
    if cells.refused:
        parsed.refused.extend(cells.refused)
        return
    parsed.notes.extend(notes)
    if variant:
        variants.append(variant)
    if image:
        images.setdefault(image.address, image)
