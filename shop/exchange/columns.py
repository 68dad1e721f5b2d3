"""The columns of the product CSV: their names, old and new, and what they mean here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shop.exchange.report import InvalidImportFile


class Column(StrEnum):
    """The columns that the shop itself has a use for, as Shopify's export spells them."""

    HANDLE = "Handle"
    TITLE = "Title"
    BODY = "Body (HTML)"
    VENDOR = "Vendor"
    CATEGORY = "Product Category"
    TYPE = "Type"
    TAGS = "Tags"
    PUBLISHED = "Published"
    OPTION1_NAME = "Option1 Name"
    OPTION1_VALUE = "Option1 Value"
    OPTION2_NAME = "Option2 Name"
    OPTION2_VALUE = "Option2 Value"
    OPTION3_NAME = "Option3 Name"
    OPTION3_VALUE = "Option3 Value"
    SKU = "Variant SKU"
    GRAMS = "Variant Grams"
    TRACKER = "Variant Inventory Tracker"
    QUANTITY = "Variant Inventory Qty"
    POLICY = "Variant Inventory Policy"
    FULFILLMENT = "Variant Fulfillment Service"
    PRICE = "Variant Price"
    COMPARE_AT = "Variant Compare At Price"
    REQUIRES_SHIPPING = "Variant Requires Shipping"
    TAXABLE = "Variant Taxable"
    BARCODE = "Variant Barcode"
    IMAGE = "Image Src"
    IMAGE_POSITION = "Image Position"
    IMAGE_ALT = "Image Alt Text"
    GIFT_CARD = "Gift Card"
    SEO_TITLE = "SEO Title"
    SEO_DESCRIPTION = "SEO Description"
    GOOGLE_CATEGORY = "Google Shopping / Google Product Category"
    GENDER = "Google Shopping / Gender"
    AGE_GROUP = "Google Shopping / Age Group"
    CONDITION = "Google Shopping / Condition"
    VARIANT_IMAGE = "Variant Image"
    WEIGHT_UNIT = "Variant Weight Unit"
    TAX_CODE = "Variant Tax Code"
    COST = "Cost per item"
    STATUS = "Status"
    # Not Shopify's: what its columns cannot say. Written only where it is needed.
    TAX_CLASS = "Switchcart / Tax Class"
    ON_SALE = "Switchcart / On Sale"


OPTION_NAMES = (Column.OPTION1_NAME, Column.OPTION2_NAME, Column.OPTION3_NAME)
OPTION_VALUES = (Column.OPTION1_VALUE, Column.OPTION2_VALUE, Column.OPTION3_VALUE)
OWN_COLUMNS = (Column.TAX_CLASS, Column.ON_SALE)

_GOOGLE = "Google Shopping / "
_GOOGLE_REST = ("MPN", "AdWords Grouping", "AdWords Labels")
_GOOGLE_LAST = ("Custom Product", *(f"Custom Label {number}" for number in range(5)))

HEADER: tuple[str, ...] = tuple(
    name
    for column in Column
    if column not in OWN_COLUMNS
    for name in (
        *((_GOOGLE + rest for rest in _GOOGLE_REST) if column is Column.CONDITION else ()),
        str(column),
        *((_GOOGLE + rest for rest in _GOOGLE_LAST) if column is Column.CONDITION else ()),
    )
)
"""The header of an export; columns that imports brought along follow it."""

# Kept for the export where they differ from this default; the shop does not use them.
VARIANT_DEFAULTS: dict[str, str] = {
    Column.TRACKER: "shopify",
    Column.POLICY: "deny",
    Column.FULFILLMENT: "manual",
    Column.WEIGHT_UNIT: "kg",
}
PRODUCT_DEFAULTS: dict[str, str] = {Column.GIFT_CARD: "false"}

# A row that fills none of these is no variant: it brings one more image.
VARIANT_SIGNS = (
    *OPTION_VALUES,
    Column.SKU,
    Column.PRICE,
    Column.COMPARE_AT,
    Column.BARCODE,
    Column.QUANTITY,
    Column.VARIANT_IMAGE,
)

# Columns that the shop reads into fields; all others are given back as they came.
_READ = frozenset(Column) - {
    *VARIANT_DEFAULTS,
    *PRODUCT_DEFAULTS,
    Column.GOOGLE_CATEGORY,
    Column.TAX_CODE,
    Column.COST,
}
_OF_VARIANTS = re.compile(
    r"variant |cost per item|unit price |price /|compare at price /|option\d linked to"
    r"|.*\(variant\.metafields\.",
    re.IGNORECASE,
)
_METAFIELD = re.compile(r"(?P<name>.+?) \(product\.metafields\.[^()]+\)")

_ALIASES = {
    Column.HANDLE: ("url handle",),
    Column.BODY: ("body html", "body", "description"),
    Column.CATEGORY: ("standard product type", "standardized product type"),
    Column.TYPE: ("custom product type", "product type"),
    Column.PUBLISHED: ("published on online store",),
    Column.SKU: ("sku",),
    Column.GRAMS: ("weight value (grams)", "variant weight in grams"),
    Column.TRACKER: ("inventory tracker",),
    Column.QUANTITY: ("inventory quantity", "variant inventory quantity"),
    Column.POLICY: ("continue selling when out of stock",),
    Column.FULFILLMENT: ("fulfillment service",),
    Column.PRICE: ("price",),
    Column.COMPARE_AT: ("compare-at price", "compare at price", "variant compare-at price"),
    Column.REQUIRES_SHIPPING: ("requires shipping",),
    Column.TAXABLE: ("charge tax",),
    Column.BARCODE: ("barcode",),
    Column.IMAGE: ("product image url", "image url"),
    Column.IMAGE_ALT: ("image alt",),
    Column.GOOGLE_CATEGORY: ("google shopping / category",),
    Column.VARIANT_IMAGE: ("variant image url",),
    Column.WEIGHT_UNIT: ("weight unit for display",),
    Column.TAX_CODE: ("tax code",),
}
_CANONICAL: dict[str, str] = {
    **{name.casefold(): name for name in (*HEADER, *OWN_COLUMNS)},
    **{alias: str(column) for column, aliases in _ALIASES.items() for alias in aliases},
}


def is_of_variants(name: str) -> bool:
    """Does a column that is only given back belong to the variant of its row?"""
    return _OF_VARIANTS.match(name) is not None


def attribute_name(name: str) -> str | None:
    """The product attribute that a column fills; None for a column that fills none."""
    if name in (Column.GENDER, Column.AGE_GROUP, Column.CONDITION):
        return name.removeprefix(_GOOGLE).capitalize()
    found = _METAFIELD.fullmatch(name)
    return found["name"] if found and len(found["name"]) <= 100 else None


def attribute_column(name: str) -> str:
    """The column that an attribute is exported in unless an import named another."""
    for column in (Column.GENDER, Column.AGE_GROUP, Column.CONDITION):
        if attribute_name(column) == name:
            return column
    key = re.sub(r"[^\w]+", "_", name.casefold()).strip("_") or "attribute"
    return f"{name} (product.metafields.custom.{key})"


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one file, in its order; "" for one without a name."""

    names: tuple[str, ...]
    extra: frozenset[str]
    """Those that are given back as they came."""
    attributes: tuple[str, ...]
    """Those that fill attributes, the one that wins a name first."""

    def has(self, column: str) -> bool:
        return column in self.names


def read_layout(cells: Sequence[str]) -> Layout:
    """What the first row of a file says. Raises `InvalidImportFile` for a file that is
    no product export, or that names a column twice."""
    names = tuple(_canonical(cell) for cell in cells)
    missing = [column for column in (Column.HANDLE, Column.TITLE) if column not in names]
    if missing:
        raise InvalidImportFile(_explain(cells, missing))
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise InvalidImportFile(f"The file has the column “{twice[0]}” twice.")
    if unfit := [name for name in names if re.search("[\x00\ud800-\udfff]", name)]:
        raise InvalidImportFile(
            f"Column {names.index(unfit[0]) + 1} has a name that is not UTF-8 text."
        )
    filling = [name for name in names if attribute_name(name)]
    # Whoever wins a name must not hang on the order of the columns in this file.
    filling.sort(key=lambda name: (name != attribute_column(attribute_name(name) or ""), name))
    rest = (name for name in names if name and name not in _READ and name not in filling)
    return Layout(names, frozenset(rest), tuple(filling))


def _canonical(cell: str) -> str:
    plain = " ".join(cell.split())
    return _CANONICAL.get(plain.casefold(), plain)


def _explain(cells: Sequence[str], missing: Sequence[str]) -> str:
    for mark, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        parts = [_canonical(part.strip().strip('"')) for part in mark.join(cells).split(mark)]
        if len(cells) < len(parts) and set(missing) <= set(parts):
            return f"The cells of this file are parted by {called}; save it with commas instead."
    named = " and ".join(f"“{column}”" for column in missing)
    return f"This is no Shopify product export: its first row does not name {named}."
