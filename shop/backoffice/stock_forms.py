"""The forms of receipts and counts."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from shop.backoffice.stock_services import LARGEST_LEVEL, Count
from shop.catalog.models import Variant
from shop.inventory.models import StockLevel

LARGEST_RECEIPT = 1_000_000
LONGEST_LIST = 1_000
"""Lines of a delivery note."""


class _StockForm(forms.Form):
    reference = forms.CharField(
        required=False,
        max_length=100,
        widget=UnfoldAdminTextInputWidget,
        help_text="A delivery note, an order to a supplier, who counted.",
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class _LevelsForm(_StockForm):
    """A number for each of these levels; an empty one leaves its level alone."""

    least, most = 0, LARGEST_LEVEL

    def __init__(self, *args: Any, levels: Sequence[StockLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = levels
        for level in levels:
            self.fields[f"quantity_{level.pk}"] = forms.IntegerField(
                required=False,
                min_value=self.least,
                max_value=self.most,
                label=level.variant.sku,
                widget=UnfoldAdminIntegerFieldWidget(attrs={"aria-label": level.variant.sku}),
            )

    def lines(self) -> Iterator[tuple[StockLevel, Any, Any]]:
        """Each level with its field, and with its hidden one where there is any."""
        for level in self.levels:
            hidden = f"version_{level.pk}"
            yield (
                level,
                self[f"quantity_{level.pk}"],
                self[hidden] if hidden in self.fields else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = [cleaned.get(f"quantity_{level.pk}") for level in self.levels]
        if not self.errors and all(number is None for number in given):
            raise ValidationError("No number is given.", code="empty")
        return cleaned


class ReceiveForm(_LevelsForm):
    least, most = 1, LARGEST_RECEIPT

    @property
    def quantities(self) -> dict[str, int]:
        numbers = {x.variant.sku: self.cleaned_data[f"quantity_{x.pk}"] for x in self.levels}
        return {sku: number for sku, number in numbers.items() if number is not None}


class CountForm(_LevelsForm):
    """Each number goes with the version of the level that was on the page beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in self.levels:
            self.fields[f"version_{level.pk}"] = forms.IntegerField(
                initial=level.version, widget=forms.HiddenInput
            )

    @property
    def counts(self) -> dict[str, Count]:
        values = self.cleaned_data
        return {
            level.variant.sku: Count(values[f"quantity_{level.pk}"], values[f"version_{level.pk}"])
            for level in self.levels
            if values[f"quantity_{level.pk}"] is not None
        }


class DeliveryForm(_StockForm):
    """A whole delivery, as it is copied from a table: a sku and a number in each line."""

    lines = forms.CharField(
        label="Goods",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 12}),
        help_text="A line for each sku, with the number behind it: MUG-BLUE 24. A tab, a "
        "comma or a semicolon may stand between them.",
    )
    field_order = ["lines", "reference", "key"]

    def clean_lines(self) -> dict[str, int]:
        """The quantity of each sku. Every bad line is told, with its number."""
        found: dict[str, int] = {}
        errors: list[str] = []
        lines = self.cleaned_data["lines"].splitlines()
        if len(lines) > LONGEST_LIST:
            raise ValidationError(f"At most {LONGEST_LIST:,} lines at once.", code="too_long")
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            sku, quantity = _read_line(line)
            if not sku or not 1 <= quantity <= LARGEST_RECEIPT:
                errors.append(
                    f"Line {number}: give a sku and a whole number from 1 to {LARGEST_RECEIPT:,}."
                )
            elif sku in found:
                errors.append(f"Line {number}: “{sku}” is given twice.")
            else:
                found[sku] = quantity
        known = set(Variant.objects.by_sku(found).values_list("sku", flat=True))
        errors += [
            f"There is no variant with the sku “{sku}”." for sku in found if sku not in known
        ]
        if errors:
            raise ValidationError(errors[:20])
        return found


def _read_line(line: str) -> tuple[str, int]:
    """A sku may have blanks and commas of its own, so the number is what comes last."""
    text = line.strip()
    digits = len(text) - len(text.rstrip("0123456789"))
    rest, number = text[: len(text) - digits], text[len(text) - digits :]
    sku = rest.rstrip(" \t,;")
    if not 1 <= digits <= 9 or sku == rest:
        return "", 0
    return sku, int(number)
