"""What the demo shop is to hold, worked out from `catalogue/` alone: no database, no clock,
no chance. The same files give the same plan, always."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product as combinations
from typing import Any

from django.utils.html import escape
from django.utils.text import slugify

from shop.demo.drawing.palette import COLOURS, FAMILIES
from shop.demo.drawing.pen import Look
from shop.demo.drawing.scene import draw, recoloured
from shop.demo.numbers import ean13, letter_for, pick, stock_for
from shop.demo.reading import Entry, Shelf, read_shelves

MAX_PICTURES = 3


@dataclass(frozen=True, slots=True)
class PicturePlan:
    product: str
    file_name: str
    alt: str
    kind: str
    look: Look
    view: str

    def svg(self) -> bytes:
        drawn = draw(self.kind, self.look, thing=self.product, paper=self.file_name, view=self.view)
        return drawn.encode()


@dataclass(frozen=True, slots=True)
class VariantPlan:
    """Prices in minor units, weight in grams; `picture` is an index of the product's."""

    sku: str
    options: dict[str, str]
    price_minor: int
    compare_at_minor: int | None
    weight_grams: int
    barcode: str
    stock: int
    picture: int | None


@dataclass(frozen=True, slots=True)
class ProductPlan:
    slug: str
    shelf: str
    name: str
    description: str
    summary: str
    vendor: str
    product_type: str
    tax_class: str
    tags: list[str]
    attributes: dict[str, str]
    variants: list[VariantPlan]
    pictures: list[PicturePlan]


@lru_cache(maxsize=1)
def plan_shop() -> tuple[tuple[Shelf, ...], tuple[ProductPlan, ...]]:
    """All shelves, a parent before its children, and all products.

    Raises `ValueError` naming the product if an entry contradicts itself or another.
    """
    shelves = read_shelves()
    products = [_plan(entry, shelf.slug) for shelf in shelves for entry in shelf.entries]
    for what, values in {
        "slug": [planned.slug for planned in products],
        "sku": [variant.sku for planned in products for variant in planned.variants],
        "barcode": [variant.barcode for planned in products for variant in planned.variants],
    }.items():
        doubles = {value for value in values if values.count(value) > 1}
        if doubles:
            raise ValueError(f"the demo shop has two products with the {what} {sorted(doubles)}")
    return tuple(shelves), tuple(products)


def _plan(entry: Entry, shelf: str) -> ProductPlan:
    pictures = _plan_pictures(entry)
    return ProductPlan(
        slug=slugify(entry.name),
        shelf=shelf,
        name=entry.name,
        description=f"<p>{escape(entry.text)}</p>".replace("&#x27;", "'").replace("&quot;", '"'),
        summary=entry.text,
        vendor=entry.vendor,
        product_type=entry.type,
        tax_class=entry.tax,
        tags=[*entry.tags, *(["offer"] if entry.was_minor else [])],
        attributes=_describe(entry),
        variants=list(_plan_variants(entry, len(pictures))),
        pictures=pictures,
    )


def _describe(entry: Entry) -> dict[str, str]:
    """The facts in a fixed order; a thing to be eaten, read or sown has no colour."""
    colours = entry.options.get("Colour", [])
    facts = dict(entry.facts)
    if entry.tax == "standard":
        family = FAMILIES[entry.look.main]
        facts.setdefault("Colour", "Several" if len(colours) > 1 else family)
    order = ["Material", "Colour", "Care", "Origin", *facts]
    return {name: facts[name] for name in order if name in facts}


def _plan_variants(entry: Entry, pictures: int) -> Iterator[VariantPlan]:
    names = list(entry.options)
    choices = list(combinations(*entry.options.values()))
    colours = entry.options.get("Colour", [])
    for position, values in enumerate(choices):
        options = dict(zip(names, values, strict=True))
        price = entry.price_for(values)
        sku = entry.sku
        if options:
            sku += f"-{letter_for(position, list(entry.options.values()))}"
        shown = colours.index(options["Colour"]) if "Colour" in options else 0
        yield VariantPlan(
            sku=sku,
            options=options,
            price_minor=price,
            compare_at_minor=price + entry.was_minor - entry.price_minor
            if entry.was_minor
            else None,
            weight_grams=round(entry.grams * price / entry.price_minor),
            barcode=ean13(sku),
            stock=stock_for(sku, is_default=position == 0),
            picture=shown if "Colour" in options and shown < min(pictures, MAX_PICTURES) else None,
        )


def _plan_pictures(entry: Entry) -> list[PicturePlan]:
    """One for each colour, else one; and for every other product a nearer look."""
    slug = slugify(entry.name)
    colours = entry.options.get("Colour", [])[:MAX_PICTURES]
    if colours and colours[0].lower() != entry.look.main:
        raise ValueError(f"{entry.sku} is drawn in {entry.look.main}, not in {colours[0]}")
    pictures = [
        PicturePlan(
            slug,
            f"{slug}-{colour.lower()}.svg",
            f"{entry.name} in {colour.lower()}",
            entry.kind,
            recoloured(entry.look, _known(colour, entry)),
            "whole",
        )
        for colour in colours
    ] or [PicturePlan(slug, f"{slug}.svg", entry.name, entry.kind, entry.look, "whole")]
    if len(pictures) < MAX_PICTURES and pick(entry.sku, "near", 2) == 0:
        near = f"{entry.name}, seen from near"
        pictures.append(PicturePlan(slug, f"{slug}-near.svg", near, entry.kind, entry.look, "near"))
    return pictures


def _known(colour: str, entry: Entry) -> str:
    if colour.lower() not in COLOURS:
        raise ValueError(f"{entry.sku} comes in {colour}, a colour that the palette lacks")
    return colour.lower()


def count_all(products: tuple[ProductPlan, ...]) -> Mapping[str, Any]:
    """How much of what, for a report."""
    return {
        "products": len(products),
        "variants": sum(len(planned.variants) for planned in products),
        "pictures": sum(len(planned.pictures) for planned in products),
    }
