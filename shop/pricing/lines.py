"""A cart, priced now: what each line costs, what can be had, what it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings

from shop.cart.cart import Cart
from shop.catalog.models import Product, Variant
from shop.money import Money, included_tax
from shop.pricing.models import TaxRate


class Problem(StrEnum):
    """Why a line cannot be ordered as it is; `pricing` finds it, the shopper mends it."""

    OUT_OF_STOCK = "out_of_stock"
    INSUFFICIENT_STOCK = "insufficient_stock"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line. `variant` is None, and the prices are 0, for a sku that is not on sale."""

    sku: str
    quantity: int
    variant: Variant | None
    unit_price: Money
    line_total: Money
    tax: Money
    available: int
    problem: Problem | None

    @property
    def product(self) -> Product | None:
        return self.variant.product if self.variant else None

    @property
    def name(self) -> str:
        return str(self.variant) if self.variant else self.sku


@dataclass(frozen=True, slots=True)
class PricedCart:
    """All lines and what they come to. Prices include tax: `tax` is the part of `total`
    that is tax, and `total` = `subtotal` - `discount` + `shipping`."""

    lines: list[PricedLine]
    count: int
    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money
    coupon: str
    problems: list[str] = field(default_factory=list)


def price_cart(cart: Cart, *, country: str = "") -> PricedCart:
    """Price the cart for a country (the shop's own by default), with two queries,
    however many lines; none for an empty cart."""
    zero = Money(0, settings.SHOP_CURRENCY)
    if not cart:
        return PricedCart([], 0, zero, zero, zero, zero, zero, cart.coupon)
    variants = {
        variant.sku: variant
        for variant in Variant.objects.on_sale()
        .filter(sku__in=list(cart))
        .select_related("product__cover", "image", "stock")
    }
    rates = dict(
        TaxRate.objects.filter(country=country or settings.SHOP_COUNTRY).values_list(
            "tax_class", "rate_basis_points"
        )
    )
    lines = [_price_line(sku, n, variants.get(sku), rates, zero) for sku, n in cart.items()]
    subtotal = sum((line.line_total for line in lines), zero)
    tax = sum((line.tax for line in lines), zero)
    problems = sorted({line.problem.value for line in lines if line.problem})
    return PricedCart(lines, cart.count, subtotal, zero, zero, tax, subtotal, cart.coupon, problems)


def _price_line(
    sku: str, quantity: int, variant: Variant | None, rates: dict[int, int], zero: Money
) -> PricedLine:
    if variant is None:
        return PricedLine(sku, quantity, None, zero, zero, zero, 0, Problem.UNAVAILABLE)
    available = variant.stock.available
    problem = None
    if available == 0:
        problem = Problem.OUT_OF_STOCK
    elif available < quantity:
        problem = Problem.INSUFFICIENT_STOCK
    line_total = variant.price * quantity
    tax = included_tax(line_total.minor, rates.get(variant.tax_class_id, 0))
    return PricedLine(
        sku,
        quantity,
        variant,
        variant.price,
        line_total,
        Money(tax, line_total.currency),
        available,
        problem,
    )
