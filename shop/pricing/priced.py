"""A priced cart, as pages, answers and orders read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings

from shop.catalog.models import Product, Variant
from shop.money import Money
from shop.pricing.calculation import OfferKind
from shop.pricing.delivery import Quote
from shop.pricing.offers import Applicable, CouponProblem


class Problem(StrEnum):
    """Why a line cannot be ordered as it is; `pricing` finds it, the shopper mends it."""

    OUT_OF_STOCK = "out_of_stock"
    INSUFFICIENT_STOCK = "insufficient_stock"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line. `variant` is None, and the prices are 0, for a sku that is not on sale.
    `line_total` is before `discount`; `tax` is what is contained in it after."""

    sku: str
    quantity: int
    variant: Variant | None
    unit_price: Money
    line_total: Money
    tax: Money
    available: int
    problem: Problem | None
    discount: Money
    tax_rate_basis_points: int = 0

    @property
    def product(self) -> Product | None:
        return self.variant.product if self.variant else None

    @property
    def name(self) -> str:
        return str(self.variant) if self.variant else self.sku


@dataclass(frozen=True, slots=True)
class PricedOffer:
    """An offer that holds, and what it takes off; "" as `coupon` for an automatic one."""

    applied: Applicable
    amount: Money

    @property
    def name(self) -> str:
        return self.applied.promotion.name

    @property
    def coupon(self) -> str:
        return self.applied.coupon.code if self.applied.coupon else ""


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
    coupon_problem: CouponProblem | None = None
    offers: list[PricedOffer] = field(default_factory=list)
    shipping_tax: Money = field(default_factory=lambda: Money(0, settings.SHOP_CURRENCY))
    delivery: Quote | None = None
    """The way of delivery that `shipping` is the price of."""
    quotes: list[Quote] = field(default_factory=list)
    """All ways of delivery there are, where one was asked for."""
    needs_delivery: bool = False
    weight_grams: int = 0

    @property
    def has_free_delivery(self) -> bool:
        return any(o.applied.offer.kind is OfferKind.FREE_DELIVERY for o in self.offers)

    @property
    def value_minor(self) -> int:
        """Of the goods after discount, in minor units."""
        return self.subtotal.minor - self.discount.minor
