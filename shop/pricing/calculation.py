"""What a cart comes to: pure arithmetic on whole minor units, no database, no framework.

The rules, in this order:

1. A line is unit price × quantity; the subtotal is the sum of the lines.
2. Offers are applied one after the other, each to what the earlier ones left of the lines
   that it is for. A line never falls below 0.
   - percent: that part of those lines together, rounded half up;
   - amount: that amount, at most what those lines still come to;
   - buy x get y: of every x + y pieces, counted over those lines together, the y cheapest
     are cheaper by the percentage, rounded half up over all of them;
   - free delivery: the delivery costs nothing.
   An offer with a minimum holds if its lines come to that much before any discount.
3. A discount is split over its lines in proportion to what is left of them, by largest
   remainder (`shop.money.allocate`), so the parts sum to it exactly.
4. Prices include tax. The tax contained in a line is taken from the line after discount,
   rounded half up per line. Delivery has a rate of its own, or is split over the goods'
   rates in proportion to their value after discount, and rounded half up per rate.
5. total = subtotal - discount + delivery; tax is the sum of the lines' and the delivery's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from shop.money import allocate, included_tax


class OfferKind(StrEnum):
    PERCENT = "percent"
    AMOUNT = "amount"
    FREE_DELIVERY = "free_delivery"
    BUY_X_GET_Y = "buy_x_get_y"


@dataclass(frozen=True, slots=True)
class Goods:
    """A line to be priced: what one piece costs, and the rate of the tax in it."""

    key: str
    unit_minor: int
    quantity: int
    rate_basis_points: int = 0

    @property
    def total_minor(self) -> int:
        return self.unit_minor * self.quantity


@dataclass(frozen=True, slots=True)
class Offer:
    """A discount. `keys` are the lines that it is for; None means all."""

    kind: OfferKind
    keys: Collection[str] | None = None
    percent_basis_points: int = 0
    amount_minor: int = 0
    buy_quantity: int = 0
    get_quantity: int = 0
    minimum_minor: int = 0

    def covers(self, goods: Goods) -> bool:
        return self.keys is None or goods.key in self.keys


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the delivery costs; a rate of None means that it is taxed as the goods are."""

    price_minor: int = 0
    rate_basis_points: int | None = None


@dataclass(frozen=True, slots=True)
class GoodsTotal:
    """A line with its share of all discounts, and the tax contained in what is left."""

    goods: Goods
    discount_minor: int
    tax_minor: int

    @property
    def net_of_discount_minor(self) -> int:
        return self.goods.total_minor - self.discount_minor


@dataclass(frozen=True, slots=True)
class Totals:
    """All of it. `offers` are what each offer took off, in order (0: it did not hold)."""

    lines: list[GoodsTotal]
    subtotal_minor: int
    discount_minor: int
    shipping_minor: int
    shipping_tax_minor: int
    tax_minor: int
    total_minor: int
    offers: list[int] = field(default_factory=list)
    held: list[bool] = field(default_factory=list)
    """Which offers held: were for something in the cart and met their minimum."""


def discount_goods(goods: Sequence[Goods], offers: Sequence[Offer]) -> tuple[list[int], list[int]]:
    """Each line's discount and each offer's, by rules 2 and 3; both sum to the same."""
    left = [line.total_minor for line in goods]
    given: list[int] = []
    for offer in offers:
        parts = _share(offer, goods, left) if holds(offer, goods) else [0] * len(goods)
        left = [rest - part for rest, part in zip(left, parts, strict=True)]
        given.append(sum(parts))
    discounts = [line.total_minor - rest for line, rest in zip(goods, left, strict=True)]
    return discounts, given


def holds(offer: Offer, goods: Sequence[Goods]) -> bool:
    """Is the offer for anything here, and is its minimum met?"""
    covered = [line for line in goods if offer.covers(line)]
    value = sum(line.total_minor for line in covered)
    if not covered or value < offer.minimum_minor:
        return False
    if offer.kind is OfferKind.BUY_X_GET_Y:
        return sum(line.quantity for line in covered) >= offer.buy_quantity + offer.get_quantity
    return True


def calculate(
    goods: Sequence[Goods], offers: Sequence[Offer] = (), delivery: Delivery | None = None
) -> Totals:
    """What the lines, less the offers, with the delivery come to, by the rules above.

    Quantities and prices must not be negative.
    """
    delivery = delivery or Delivery()
    discounts, given = discount_goods(goods, offers)
    held = [holds(offer, goods) for offer in offers]
    lines = [
        GoodsTotal(
            line, discount, included_tax(line.total_minor - discount, line.rate_basis_points)
        )
        for line, discount in zip(goods, discounts, strict=True)
    ]
    is_free = any(
        offer.kind is OfferKind.FREE_DELIVERY and held_
        for offer, held_ in zip(offers, held, strict=True)
    )
    shipping = 0 if is_free else delivery.price_minor
    shipping_tax = _tax_delivery(shipping, delivery.rate_basis_points, lines)
    subtotal = sum(line.total_minor for line in goods)
    return Totals(
        lines=lines,
        subtotal_minor=subtotal,
        discount_minor=sum(discounts),
        shipping_minor=shipping,
        shipping_tax_minor=shipping_tax,
        tax_minor=sum(line.tax_minor for line in lines) + shipping_tax,
        total_minor=subtotal - sum(discounts) + shipping,
        offers=given,
        held=held,
    )


def _share(offer: Offer, goods: Sequence[Goods], left: Sequence[int]) -> list[int]:
    """What the offer takes off each line, at most what is left of it."""
    covered = [offer.covers(line) for line in goods]
    weights = [rest if is_for else 0 for rest, is_for in zip(left, covered, strict=True)]
    whole = sum(weights)
    match offer.kind:
        case OfferKind.PERCENT:
            return allocate(_percent_of(whole, offer.percent_basis_points), weights)
        case OfferKind.AMOUNT:
            return allocate(min(offer.amount_minor, whole), weights)
        case OfferKind.BUY_X_GET_Y:
            return _share_cheapest(offer, goods, weights)
        case OfferKind.FREE_DELIVERY:
            return [0] * len(goods)


def _share_cheapest(offer: Offer, goods: Sequence[Goods], left: Sequence[int]) -> list[int]:
    """The cheapest pieces, by what earlier offers left of them."""
    pieces = sum(line.quantity for line in goods if offer.covers(line))
    to_give = pieces // (offer.buy_quantity + offer.get_quantity) * offer.get_quantity
    values = [0] * len(goods)
    order = sorted(
        (i for i, line in enumerate(goods) if offer.covers(line)),
        key=lambda i: (goods[i].unit_minor, i),
    )
    for i in order:
        taken = min(to_give, goods[i].quantity)
        # Of a line that is discounted already, the pieces' share of what is left, rounded down.
        values[i] = left[i] * taken // goods[i].quantity if goods[i].quantity else 0
        to_give -= taken
    return allocate(_percent_of(sum(values), offer.percent_basis_points), values)


def _tax_delivery(shipping: int, rate: int | None, lines: Sequence[GoodsTotal]) -> int:
    if rate is not None:
        return included_tax(shipping, rate)
    values: dict[int, int] = {}
    for line in lines:
        rate_of_line = line.goods.rate_basis_points
        values[rate_of_line] = values.get(rate_of_line, 0) + line.net_of_discount_minor
    if not any(values.values()):
        # Goods that cost nothing have no proportions: the highest rate among them is safe.
        return included_tax(shipping, max(values, default=0))
    parts = allocate(shipping, list(values.values()))
    return sum(included_tax(part, rate) for part, rate in zip(parts, values, strict=True))


def _percent_of(amount: int, basis_points: int) -> int:
    """Rounded half up; both are not negative."""
    return (amount * basis_points * 2 + 10_000) // 20_000
