"""What a file says about a product, before the shop is looked at.

`fields` hold only what the file has a column for: what it does not speak of stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shop.exchange.report import Refusal

DEFAULT_OPTION = ("Title", "Default Title")


@dataclass(frozen=True, slots=True)
class Extra:
    """Columns to give back: those that the file has, and those of them with a value."""

    columns: frozenset[str] = frozenset()
    values: dict[str, str] = field(default_factory=dict)

    def merged_into(self, present: dict[str, Any]) -> dict[str, Any]:
        kept = {name: value for name, value in present.items() if name not in self.columns}
        return kept | self.values


@dataclass(frozen=True, slots=True)
class ImageDraft:
    line: int
    address: str
    position: int | None
    alt: str | None


@dataclass(frozen=True, slots=True)
class VariantDraft:
    """`sku` is empty where one is to be derived; `quantity` None leaves the stock alone."""

    line: int
    sku: str
    option_values: tuple[str, str, str]
    fields: dict[str, Any]
    extra: Extra
    quantity: int | None = None
    is_taxable: bool | None = None
    tax_class: str = ""
    image: str = ""
    clears_image: bool = False


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """One product of a file. A *continuation* has no title: its rows belong to a product
    that came earlier in the file or is in the shop already."""

    handle: str
    slug: str
    lines: tuple[int, ...]
    is_continuation: bool
    option_names: tuple[str, str, str] | None
    """None where the file has none: those of the shop's product hold."""
    fields: dict[str, Any]
    extra: Extra
    attributes: dict[str, str]
    attribute_columns: dict[str, str]
    """By attribute: the column it came in, where that is not the usual one."""
    attribute_names: frozenset[str]
    """All that this file can fill; one without a value is taken away."""
    category: tuple[str, ...]
    """The path to its category; empty where the file names none."""
    variants: tuple[VariantDraft, ...]
    images: tuple[ImageDraft, ...]

    def refuse(self, line: int, column: str, reason: str) -> Refusal:
        return Refusal(line, column, reason, self.handle)


def name_options(names: tuple[str, ...], values: tuple[str, ...]) -> dict[str, str]:
    """{"Size": "M"} of the names and values of one row; {} for a product's only variant,
    which Shopify writes as Title: Default Title. Raises `ValueError` for a value without
    a name."""
    if values[0] == DEFAULT_OPTION[1] and names[0] in ("", DEFAULT_OPTION[0]):
        values = ("", *values[1:])
    if any(value and not name for name, value in zip(names, values, strict=True)):
        raise ValueError("An option has a value, but the product's first row does not name it.")
    return {name: value for name, value in zip(names, values, strict=True) if value}


@dataclass(slots=True)
class Parsed:
    """A draft, or None where the product was refused; with what is to be told."""

    draft: ProductDraft | None
    refused: list[Refusal] = field(default_factory=list)
    notes: list[tuple[str, int]] = field(default_factory=list)
