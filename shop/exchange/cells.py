"""Reading the cells of one row: each with its reason where it cannot be taken."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from shop.catalog.models import validate_sku
from shop.exchange.columns import Layout
from shop.exchange.report import Refusal
from shop.exchange.rows import Row
from shop.money import Money

LARGEST_MINOR = 2**63 - 1
LARGEST_COUNT = 2**31 - 1
LARGEST_POSITION = 2**15 - 1

_AMOUNT = re.compile(r"[0-9]{1,30}(\.[0-9]{1,30})?", re.ASCII)
_WHOLE = re.compile(r"(-?[0-9]{1,20})(?:\.0+)?", re.ASCII)
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_check_address = URLValidator(schemes=["http", "https"])


class Cells:
    """The cells of a row. A method gives the value, or None for a blank cell; for a bad
    one it gives None as well, and `refused` has the reason."""

    def __init__(self, row: Row, layout: Layout) -> None:
        self.row = row
        self.layout = layout
        self.refused: list[Refusal] = []

    def raw(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def refuse(self, column: str, reason: str) -> None:
        self.refused.append(Refusal(self.row.line, column, reason, self.row.handle))

    def text(self, column: str, longest: int) -> str:
        text = self.raw(column)
        if len(text) > longest:
            self.refuse(column, f"It has {len(text):,} characters; at most {longest:,} are kept.")
        return text

    def flag(self, column: str) -> bool | None:
        text = self.raw(column).lower()
        if text and text not in _FLAGS:
            self.refuse(column, f"“{_short(text)}” is neither true nor false.")
        return _FLAGS.get(text)

    def price(self, column: str) -> int | None:
        """In minor units of the shop's currency."""
        text = self.raw(column)
        if not text:
            return None
        if not _AMOUNT.fullmatch(text):
            hint = "; write it like 1234.50" if "," in text else ""
            self.refuse(column, f"“{_short(text)}” is not a price{hint}.")
            return None
        try:
            minor = Money.parse(text, settings.SHOP_CURRENCY).minor
        except ValueError:
            reason = f"“{_short(text)}” has more decimals than {settings.SHOP_CURRENCY} has."
            self.refuse(column, reason)
            return None
        if minor > LARGEST_MINOR:
            self.refuse(column, f"“{_short(text)}” is too large a price.")
            return None
        return minor

    def whole(self, column: str, largest: int) -> int | None:
        text = self.raw(column)
        if not text:
            return None
        if not (found := _WHOLE.fullmatch(text)):
            self.refuse(column, f"“{_short(text)}” is not a whole number.")
            return None
        number = int(found[1])
        if abs(number) > largest:
            self.refuse(column, f"“{_short(text)}” is more than {largest:,}.")
            return None
        return number

    def grams(self, column: str) -> int | None:
        text = self.raw(column)
        if not text:
            return None
        if not _AMOUNT.fullmatch(text) or Decimal(text) > LARGEST_COUNT:
            self.refuse(column, f"“{_short(text)}” is not a weight in grams.")
            return None
        return int(Decimal(text).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def sku(self, column: str) -> str:
        text = self.raw(column)
        if text:
            try:
                validate_sku(text)
            except ValidationError as error:
                self.refuse(column, " ".join(error.messages))
        return text

    def address(self, column: str) -> str:
        """Of an image: an outside one, or that of a file of the shop's own."""
        text = self.text(column, 1_000)
        if text and not text.startswith(settings.MEDIA_URL):
            try:
                _check_address(text)
            except ValidationError:
                self.refuse(column, f"“{_short(text)}” is not the address of an image.")
        return text


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
