"""The forms of what is done with an order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminTextInputWidget,
    UnfoldAdminURLInputWidget,
)

from shop.backoffice.fields import MoneyField
from shop.backoffice.order_services import find_state
from shop.money import Money
from shop.orders.models import Order, OrderLine
from shop.payments.models import Payment


class OrderForm(forms.Form):
    """Asks for nothing: a confirmation. It knows which state of the order it was shown for."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=1_000)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        order: Order,
        lines: list[OrderLine],
        payment: Payment | None,
    ) -> None:
        super().__init__(data, initial={"seen": find_state(order)})
        self.order, self.payment = order, payment
        self.add_fields(lines)

    def add_fields(self, lines: list[OrderLine]) -> None:
        """Those that depend on the order."""

    def lines(self) -> Iterator[tuple[OrderLine, int, Any]]:
        """Each line that is asked for, its most pieces, and its field."""
        yield from ()

    @property
    def plain_fields(self) -> list[Any]:
        """The fields that are not in the table of lines."""
        return [field for field in self if not field.name.startswith("quantity_")]


class PiecesForm(OrderForm):
    """So many pieces of each line; an empty one leaves its line out."""

    starts_full = True

    def find_most(self, line: OrderLine) -> int:
        raise NotImplementedError

    def add_fields(self, lines: list[OrderLine]) -> None:
        self.asked = [line for line in lines if self.find_most(line)]
        for line in self.asked:
            most = self.find_most(line)
            self.fields[f"quantity_{line.pk}"] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=most,
                initial=most if self.starts_full else None,
                label=line.sku,
                widget=UnfoldAdminIntegerFieldWidget(attrs={"aria-label": f"Pieces of {line.sku}"}),
            )

    def lines(self) -> Iterator[tuple[OrderLine, int, Any]]:
        for line in self.asked:
            yield line, self.find_most(line), self[f"quantity_{line.pk}"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.quantities:
            raise ValidationError("No piece is given.", code="empty")
        return cleaned

    @property
    def quantities(self) -> dict[str, int]:
        pieces = {line.sku: self.cleaned_data.get(f"quantity_{line.pk}") for line in self.asked}
        return {sku: number for sku, number in pieces.items() if number}


class FulfilForm(PiecesForm):
    carrier = forms.CharField(required=False, max_length=100, widget=UnfoldAdminTextInputWidget)
    tracking_number = forms.CharField(
        required=False, max_length=100, widget=UnfoldAdminTextInputWidget
    )
    tracking_url = forms.URLField(
        label="Tracking address",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget,
        help_text="Where the customer can follow the parcel; it is in the mail.",
    )

    def find_most(self, line: OrderLine) -> int:
        return line.to_send

    def clean_tracking_url(self) -> str:
        address: str = self.cleaned_data["tracking_url"]
        if address and not address.startswith(("https://", "http://")):
            raise ValidationError("An address on the web: https://…", code="invalid")
        return address


class ReturnForm(PiecesForm):
    starts_full = False

    def find_most(self, line: OrderLine) -> int:
        return line.returnable


class CancelForm(OrderForm):
    reason = forms.CharField(
        required=False,
        max_length=255,
        widget=UnfoldAdminTextInputWidget,
        help_text="For the order's history.",
    )


class RefundForm(OrderForm):
    reason = forms.CharField(
        required=False,
        max_length=255,
        widget=UnfoldAdminTextInputWidget,
        help_text="For the order's history.",
    )

    def add_fields(self, lines: list[OrderLine]) -> None:
        left = self.payment.refundable if self.payment else Money(0, self.order.currency)
        self.fields["amount"] = MoneyField(
            currency=left.currency,
            initial=left.minor,
            help_text=f"In {left.currency}, at most {left.amount}.",
        )
        self.order_fields(["amount", "reason", "seen"])

    def clean_amount(self) -> Money:
        minor: int = self.cleaned_data["amount"]
        if not minor:
            raise ValidationError("Nothing would be given back.", code="nothing")
        return Money(minor, self.order.currency)
