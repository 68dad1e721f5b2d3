"""The forms of the checkout: where to, how, and how it is paid."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.accounts.addresses import Address, PostalAddress, list_countries
from shop.payments.gateways import load_gateways
from shop.payments.gateways.demo import TOKENS

_FIELDS = ("name", "line1", "line2", "postcode", "city", "country")


class AddressForm(forms.Form):
    """One postal address. `part` is the autocomplete section: shipping or billing."""

    part: ClassVar[str] = "shipping"

    name = forms.CharField(label=_("Name"), max_length=100)
    line1 = forms.CharField(label=_("Street and number"), max_length=200)
    line2 = forms.CharField(label=_("Addition"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20)
    city = forms.CharField(label=_("Town"), max_length=100)
    country = forms.ChoiceField(label=_("Country"))

    _AUTOCOMPLETE: ClassVar[dict[str, str]] = {
        "name": "name",
        "line1": "address-line1",
        "line2": "address-line2",
        "postcode": "postal-code",
        "city": "address-level2",
        "country": "country",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = list_countries((get_language() or "en").partition("-")[0])
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)  # noqa: S101  (for the type checker)
        country.choices = list(countries.items())
        country.initial = settings.SHOP_COUNTRY
        for name, token in self._AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = f"{self.part} {token}"

    @property
    def address(self) -> PostalAddress:
        return PostalAddress(**{name: self.cleaned_data[name] for name in _FIELDS})


class ShippingForm(AddressForm):
    """Where the goods go, and whom the shop writes to."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("For the order's confirmation and its parcel."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    bills_elsewhere = forms.BooleanField(
        label=_("The invoice goes to another address"), required=False
    )
    keeps = forms.BooleanField(label=_("Keep this address in my account"), required=False)

    field_order = ("email", *_FIELDS)

    def __init__(self, *args: Any, is_customer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_customer:
            del self.fields["keeps"]


class BillingForm(AddressForm):
    """Asked for only if it differs. It is hidden otherwise, and a browser would not send a
    form with a hidden field that it takes for required."""

    part = "billing"
    use_required_attribute = False


class AddressBookForm(AddressForm):
    """An entry of the customer's address book."""

    is_default = forms.BooleanField(label=_("Use it first"), required=False)

    @classmethod
    def of(cls, entry: Address) -> AddressBookForm:
        return cls(initial={**entry.postal.as_dict(), "is_default": entry.is_default})


class PaymentForm(forms.Form):
    """How it is paid: a gateway, and with the demo gateway one of its test cards."""

    method = forms.ChoiceField(label=_("Payment"), widget=forms.RadioSelect)
    demo_card = forms.ChoiceField(
        label=_("Test card"),
        required=False,
        choices=[
            ("demo-ok", _("4242 4242 4242 4242 – is accepted")),
            ("demo-declined", _("4000 0000 0000 0002 – is declined")),
            ("demo-confirm", _("4000 0025 0000 3155 – asks for a confirmation")),
            ("demo-timeout", _("4000 0000 0000 0119 – gets no answer")),
        ],
    )

    TITLES: ClassVar[dict[str, Any]] = {"demo": _("Card (test)"), "invoice": _("Invoice")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [name for name in load_gateways() if name in self.TITLES]
        method = self.fields["method"]
        assert isinstance(method, forms.ChoiceField)  # noqa: S101  (for the type checker)
        method.choices = [(name, self.TITLES[name]) for name in names]
        method.initial = names[0] if names else None
        if "demo" not in names:
            del self.fields["demo_card"]

    @property
    def token(self) -> str:
        """The test card as the demo gateway's token; card data never comes here."""
        if self.cleaned_data["method"] != "demo":
            return ""
        return self.cleaned_data.get("demo_card") or TOKENS[0]
