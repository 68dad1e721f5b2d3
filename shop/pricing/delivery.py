"""Which ways of delivery there are for a cart, and what each costs."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from shop.errors import UnknownShippingMethod
from shop.money import Money
from shop.pricing.models import ShippingMethod


@dataclass(frozen=True, slots=True)
class Quote:
    """A way of delivery at its price for one cart, tax included."""

    code: str
    name: str
    description: str
    price: Money
    tax_class_id: int | None = None
    """None: taxed as the goods are."""


def available_methods(
    *, country: str, weight_grams: int, value_minor: int, needs_delivery: bool = True
) -> list[Quote]:
    """What delivers goods of this weight and value (after discount) to the country, in the
    shop's order; the first is the default. None for goods that need no delivery.

    One query. A shop that has set up no method at all delivers everywhere for nothing.
    """
    if not needs_delivery:
        return []
    methods = list(ShippingMethod.objects.all())
    if not methods:
        return [Quote("standard", "Standard delivery", "", Money(0, settings.SHOP_CURRENCY))]
    return [
        Quote(
            method.code,
            method.name,
            method.description,
            Money(method.price_for(value_minor), settings.SHOP_CURRENCY),
            method.tax_class_id,
        )
        for method in methods
        if method.is_active
        and method.delivers(country=country, weight_grams=weight_grams, value_minor=value_minor)
    ]


def choose_method(code: str, quotes: list[Quote]) -> Quote:
    """The one of this code; the first for "". Raises `UnknownShippingMethod`."""
    for quote in quotes:
        if code in ("", quote.code):
            return quote
    raise UnknownShippingMethod(code, [quote.code for quote in quotes])
