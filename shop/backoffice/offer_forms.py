"""The forms of promotions, coupons and ways of delivery."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextInputWidget

from shop.accounts.addresses import list_countries
from shop.backoffice.fields import MoneyField, TagsField
from shop.backoffice.modeladmin import AnyModelForm
from shop.pricing.models import Coupon, Promotion, ShippingMethod

_Kind = Promotion.Kind


class CountriesField(TagsField):
    """Country codes with commas between them ("DE, AT"); its value is a list without doubles."""

    def to_python(self, value: Any) -> Any:
        codes = list(dict.fromkeys(code.upper() for code in super().to_python(value)))
        for code in codes:
            if code not in list_countries():
                raise ValidationError(
                    f"There is no country with the code “{code}”.", code="unknown"
                )
        return codes


class PromotionForm(AnyModelForm):
    amount_minor = MoneyField(label="Amount off", required=False)
    minimum_minor = MoneyField(
        label="Minimum",
        required=False,
        help_text="Value of the goods it is for, from which on it holds.",
    )

    class Meta:
        model = Promotion
        fields = [
            *("name", "kind", "percent", "amount_minor", "buy_quantity", "get_quantity"),
            *("products", "categories", "minimum_minor", "starts_at", "ends_at"),
            *("is_automatic", "is_active", "max_uses", "max_uses_per_customer", "position"),
        ]
        labels = {"percent": "Percent off", "max_uses": "Uses at most"}

    def clean_amount_minor(self) -> int:
        return self.cleaned_data["amount_minor"] or 0

    def clean_minimum_minor(self) -> int:
        return self.cleaned_data["minimum_minor"] or 0

    def clean_max_uses(self) -> int | None:
        most: int | None = self.cleaned_data["max_uses"]
        if most is not None and self.instance.pk and most < (used := self.instance.used.count()):
            raise ValidationError(f"It has been used {used} times already.", code="used")
        return most

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        needed = {
            _Kind.PERCENT: ["percent"],
            _Kind.AMOUNT: ["amount_minor"],
            _Kind.BUY_X_GET_Y: ["buy_quantity", "get_quantity", "percent"],
        }
        for name in needed.get(cleaned.get("kind", ""), []):
            if name in cleaned and not cleaned[name]:
                self.add_error(name, ValidationError("This kind of offer needs it.", "needed"))
        return cleaned


class CouponForm(AnyModelForm):
    class Meta:
        model = Coupon
        fields = ["code", "promotion", "max_uses", "is_active"]
        labels = {"max_uses": "Uses at most"}

    # A field of its own, since the model's would refuse small letters before they are made large.
    code = forms.CharField(
        max_length=40,
        widget=UnfoldAdminTextInputWidget,
        help_text="Capital letters, digits, - and _. Shoppers may type it in any case.",
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()

    def clean_max_uses(self) -> int | None:
        most: int | None = self.cleaned_data["max_uses"]
        if most is not None and self.instance.pk and most < self.instance.uses:
            raise ValidationError(f"It has been used {self.instance.uses} times already.", "used")
        return most


class ShippingMethodForm(AnyModelForm):
    countries = CountriesField(
        required=False, help_text="Two letters each, such as DE, AT; empty means everywhere."
    )
    price_minor = MoneyField(label="Price")
    free_from_minor = MoneyField(
        label="Free from", required=False, help_text="Value of the goods after discount."
    )
    min_total_minor = MoneyField(
        label="Smallest value", required=False, help_text="Of the goods after discount."
    )
    max_total_minor = MoneyField(
        label="Largest value", required=False, help_text="Empty: without a limit."
    )

    class Meta:
        model = ShippingMethod
        fields = [
            *("name", "code", "description", "countries", "price_minor", "free_from_minor"),
            *("min_total_minor", "max_total_minor", "min_weight_grams", "max_weight_grams"),
            *("tax_class", "is_active", "position"),
        ]
        labels = {
            "min_weight_grams": "Smallest weight in g",
            "max_weight_grams": "Largest weight in g",
        }

    def clean_min_total_minor(self) -> int:
        return self.cleaned_data["min_total_minor"] or 0
