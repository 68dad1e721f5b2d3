"""Reads the catalogue's TOML files: a folder for a shelf, a file for each shelf below it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shop.demo.drawing.kinds import KINDS
from shop.demo.drawing.palette import COLOURS
from shop.demo.drawing.pen import Look
from shop.demo.drawing.prints import PRINTS
from shop.money import Money

CATALOGUE = Path(__file__).parent / "catalogue"
CURRENCY = "EUR"
_KNOWN = {
    "sku", "name", "type", "vendor", "price", "was", "grams", "tags", "tax", "facts",
    "options", "prices", "draw", "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A product as the catalogue's file has it, with the file's defaults filled in."""

    sku: str
    name: str
    type: str
    vendor: str
    price_minor: int
    was_minor: int
    grams: int
    tags: list[str]
    tax: str
    facts: dict[str, str]
    options: dict[str, list[str]]
    prices_minor: dict[str, int]
    kind: str
    look: Look
    text: str

    def price_for(self, values: Sequence[str]) -> int:
        """The price of a variant: that of its dearest option value, else the product's own."""
        return max(
            (self.prices_minor[value] for value in values if value in self.prices_minor),
            default=self.price_minor,
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    slug: str
    name: str
    description: str
    parent: str | None
    position: int
    entries: list[Entry] = field(default_factory=list)


def read_shelves() -> list[Shelf]:
    """Every shelf, a parent before those below it. Raises `ValueError` naming file and entry."""
    shelves: list[Shelf] = []
    for place, top in enumerate(_load(CATALOGUE / "shelves.toml")["shelf"], start=1):
        shelves.append(Shelf(top["slug"], top["name"], top["description"], None, place * 10))
        for below, slug in enumerate(top["below"], start=1):
            table = _load(CATALOGUE / top["slug"] / f"{slug}.toml")
            entries = [_read_entry(row, table.get("defaults", {})) for row in table["product"]]
            shelves.append(
                Shelf(slug, table["name"], table["description"], top["slug"], below * 10, entries)
            )
    return shelves


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name} is not TOML: {error}") from error


def _read_entry(row: Mapping[str, Any], defaults: Mapping[str, Any]) -> Entry:
    sku = row.get("sku", "?")
    merged = {**defaults, **row}
    if unknown := merged.keys() - _KNOWN:
        raise ValueError(f"{sku} has the unknown {sorted(unknown)}")
    kind, look = _read_drawing(sku, row["draw"])
    prices = {name: _minor(price) for name, price in merged.get("prices", {}).items()}
    options = merged.get("options", {})
    offered = {value for values in options.values() for value in values}
    if len(options) > 3 or not prices.keys() <= offered:
        raise ValueError(f"{sku} has more than three options, or a price for what it lacks")
    return Entry(
        sku=sku,
        name=merged["name"],
        type=merged["type"],
        vendor=merged["vendor"],
        price_minor=_minor(merged["price"]),
        was_minor=_minor(merged["was"]) if "was" in merged else 0,
        grams=merged["grams"],
        tags=merged["tags"],
        tax=merged.get("tax", "standard"),
        facts={**defaults.get("facts", {}), **row.get("facts", {})},
        options=options,
        prices_minor=prices,
        kind=kind,
        look=look,
        text=merged["text"],
    )


def _read_drawing(sku: str, table: Mapping[str, Any]) -> tuple[str, Look]:
    given = dict(table)
    kind = given.pop("as")
    look = Look(**given)
    colours = {look.main, look.second, look.third}
    if kind not in KINDS or not colours <= COLOURS.keys():
        raise ValueError(f"{sku} is to be drawn as {kind!r} in {sorted(colours)}; one is unknown")
    if look.pattern and look.pattern not in PRINTS:
        raise ValueError(f"{sku} has the unknown pattern {look.pattern!r}")
    return kind, look


def _minor(price: str) -> int:
    return Money.parse(price, CURRENCY).minor
