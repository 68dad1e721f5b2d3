"""Which variant of a product a shopper looks at, and which others there are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

LOW_STOCK = 5
"""From this many pieces down, the page says how many are left."""


# A variant with how many of it are `available`, which the view's query adds.
Variant = Any


class Choice:
    """The variants of a product on sale (at least one), with one of them chosen: the one
    asked for, else the first that can be had, else the first."""

    def __init__(self, variants: Sequence[Variant], sku: str | None = None) -> None:
        self.variants = variants
        self.chosen = next(
            (variant for variant in variants if variant.sku == sku),
            next((variant for variant in variants if variant.available), variants[0]),
        )

    low_stock = LOW_STOCK

    @property
    def is_needed(self) -> bool:
        return len(self.variants) > 1

    @property
    def option_names(self) -> str:
        """ "Size", "Colour / Size": what there is to choose."""
        return " / ".join(self.chosen.options)

    @property
    def has_one_price(self) -> bool:
        return len({variant.price_minor for variant in self.variants}) == 1

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, Variant]]]]:
        """Under the first option's value, each variant by what is left of its name; one
        group without a name where there is a single option."""
        if len(self.chosen.options) < 2:
            return [("", [(variant.name, variant) for variant in self.variants])]
        return [
            (first, [(_name_rest(variant), variant) for variant in group])
            for first, group in groupby(sorted(self.variants, key=self._rank), _name_first)
        ]

    def _rank(self, variant: Variant) -> int:
        """Keeps the order of the shop, with the same first values side by side."""
        firsts = list(dict.fromkeys(map(_name_first, self.variants)))
        return firsts.index(_name_first(variant))


def _name_first(variant: Variant) -> str:
    return str(next(iter(variant.options.values()), ""))


def _name_rest(variant: Variant) -> str:
    return " / ".join(str(value) for value in list(variant.options.values())[1:]) or variant.sku
