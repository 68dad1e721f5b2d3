"""How staff write what the shop keeps otherwise: amounts, percentages, tags and options."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from shop.money import Money

LARGEST_PRICE = 10**12
"""In minor units. More is a slip of the hand."""
_AMOUNT = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?", re.ASCII)


class _WrittenField(forms.CharField):
    """A value that is shown as a text and read from it; equal values are no change."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        # Django looks for these in the value, where a list or a mapping would hide them.
        if text and "\x00" in text:
            raise ValidationError("Null characters are not allowed.", code="null")
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class MoneyField(_WrittenField):
    """An amount of the shop's currency (or of `currency`), written as a decimal ("12.90");
    its value is whole minor units (1290), or None where it is left out."""

    widget = UnfoldAdminTextInputWidget

    def __init__(
        self, *, largest: int = LARGEST_PRICE, currency: str | None = None, **kwargs: Any
    ) -> None:
        self.largest = largest
        self.given_currency = currency
        kwargs.setdefault("help_text", f"In {self.currency}, tax included.")
        super().__init__(**kwargs)

    @property
    def currency(self) -> str:
        return self.given_currency or str(settings.SHOP_CURRENCY)

    @staticmethod
    def show(stored: str) -> str:
        """Minor units as a page that cannot be changed shows them."""
        return Money(int(stored), settings.SHOP_CURRENCY).format() if stored.isdecimal() else stored

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "size": "10"}

    def prepare_value(self, value: Any) -> Any:
        return Money(value, self.currency).amount if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        if re.fullmatch(r"-\s*[0-9.,]+", text):
            raise ValidationError("An amount cannot be negative.", code="negative")
        if not _AMOUNT.fullmatch(text):
            raise ValidationError("Write the amount like 1234.50.", code="invalid")
        try:
            minor = Money.parse(text, self.currency).minor
        except ValueError:
            raise ValidationError(
                f"{self.currency} does not have so many decimals.", code="decimals"
            ) from None
        if minor > self.largest:
            most = Money(self.largest, self.currency).format()
            raise ValidationError(f"At most {most}.", code="too_large")
        return minor


class PercentField(_WrittenField):
    """A percentage from 0 to 100 ("19", "5.5"); its value is in basis points (1900, 550)."""

    widget = UnfoldAdminTextInputWidget

    @staticmethod
    def show(stored: str) -> str:
        """Basis points as a page that cannot be changed shows them."""
        return f"{int(stored) / 100:g} %" if stored.isdecimal() else stored

    def prepare_value(self, value: Any) -> Any:
        return f"{value / 100:g}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value).removesuffix("%").strip()
        if not text:
            return None
        if not _AMOUNT.fullmatch(text):
            raise ValidationError("Write the percentage like 19 or 5.5.", code="invalid")
        points = Decimal(text) * 100
        if points != points.to_integral_value() or points > 10_000:
            raise ValidationError(
                "A percentage from 0 to 100 with at most two decimals.", code="invalid"
            )
        return int(points)


class TagsField(_WrittenField):
    """Words with commas between them; its value is a list without doubles."""

    widget = UnfoldAdminTextInputWidget
    LONGEST, MOST = 100, 250

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = [word.strip() for word in super().to_python(value).split(",")]
        tags = list(dict.fromkeys(filter(None, words)))
        if len(tags) > self.MOST or any(len(tag) > self.LONGEST for tag in tags):
            raise ValidationError(
                f"At most {self.MOST} tags of {self.LONGEST} characters each.", code="too_many"
            )
        return tags


class OptionsField(_WrittenField):
    """What sets a variant apart, a line each ("Size: M"); its value is a mapping in the
    order of the lines."""

    widget = UnfoldAdminTextareaWidget
    LONGEST, MOST = 255, 3

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "rows": "2", "cols": "18"}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        text = "\n".join(f"{name}: {option}" for name, option in value.items())
        try:
            is_whole = list(self.to_python(text).items()) == list(value.items())
        except ValidationError:
            is_whole = False
        # An import may have brought a name with a colon, say: that is written as JSON.
        return text if is_whole else json.dumps(value, ensure_ascii=False)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        pairs = _read_json(text) if text.startswith("{") else _read_lines(text)
        options = dict(pairs)
        if len(options) < len(pairs):
            raise ValidationError("An option is given twice.", code="double")
        if len(options) > self.MOST:
            raise ValidationError(f"At most {self.MOST} options.", code="too_many")
        if any(len(part) > self.LONGEST for pair in pairs for part in pair):
            raise ValidationError(f"At most {self.LONGEST} characters each.", code="too_long")
        return options

    def has_changed(self, initial: Any, data: Any) -> bool:
        # Two mappings of one content are equal whatever their order, which counts here.
        if super().has_changed(initial, data):
            return True
        return list(self.to_python(data)) != list(initial or {})


def _read_lines(text: str) -> list[tuple[str, str]]:
    pairs = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, option = (part.strip() for part in line.partition(":"))
        if not (name and colon and option):
            raise ValidationError("Write a line for each option, like Size: M.", code="invalid")
        pairs.append((name, option))
    return pairs


def _read_json(text: str) -> list[tuple[str, str]]:
    try:
        pairs: list[tuple[str, str]] = json.loads(text, object_pairs_hook=list)
    except (ValueError, RecursionError):
        pairs = []
    is_flat = isinstance(pairs, list) and all(
        isinstance(pair, tuple) and isinstance(pair[1], str) for pair in pairs
    )
    if not is_flat or not pairs or any("\x00" in part for pair in pairs for part in pair):
        raise ValidationError("Write a line for each option, like Size: M.", code="invalid")
    return pairs
