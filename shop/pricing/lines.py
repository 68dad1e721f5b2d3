"""A cart, priced now: what each line costs, what can be had, what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings

from shop.cart.cart import Cart
from shop.catalog.models import Variant
from shop.money import Money
from shop.pricing.calculation import (
    Delivery,
    Goods,
    GoodsTotal,
    Totals,
    calculate,
    discount_goods,
)
from shop.pricing.delivery import Quote, available_methods, choose_method
from shop.pricing.models import TaxRate
from shop.pricing.offers import Offers, find_offers, has_automatic
from shop.pricing.priced import PricedCart, PricedLine, PricedOffer, Problem

if TYPE_CHECKING:
    from shop.accounts.models import User


__all__ = ["PricedCart", "PricedLine", "PricedOffer", "Problem", "methods_for", "price_cart"]


def price_cart(
    cart: Cart,
    *,
    country: str = "",
    shipping_method: str | None = None,
    customer: User | None = None,
    email: str = "",
) -> PricedCart:
    """Price the cart for a country (the shop's own by default), with its offers.

    `shipping_method` is a code, or "" for the first that delivers there; with None the
    delivery is left out of it. `customer` and `email` are who a coupon's uses are counted
    for. Raises `UnknownShippingMethod`.

    Two queries, however many lines, and none for an empty cart; one more with a delivery,
    and at most six more with a coupon or a running automatic promotion.
    """
    country = country or settings.SHOP_COUNTRY
    if not cart:
        zero = Money(0, settings.SHOP_CURRENCY)
        return PricedCart([], 0, zero, zero, zero, zero, zero, cart.coupon)
    variants = {
        variant.sku: variant
        for variant in Variant.objects.on_sale()
        .filter(sku__in=list(cart))
        .select_related("product__cover", "image", "stock")
        .annotate(with_automatic=has_automatic())
    }
    rates = dict(
        TaxRate.objects.filter(country=country).values_list("tax_class", "rate_basis_points")
    )
    goods = [_make_goods(sku, n, variants.get(sku), rates) for sku, n in cart.items()]
    offers = find_offers(
        goods,
        variants,
        coupon_code=cart.coupon,
        with_automatic=any(getattr(v, "with_automatic", False) for v in variants.values()),
        customer=customer,
        email=email,
    )
    weight = sum(v.weight_grams * cart[sku] for sku, v in variants.items() if v.requires_shipping)
    needs_delivery = any(variant.requires_shipping for variant in variants.values())
    quotes: list[Quote] = []
    chosen = None
    if shipping_method is not None and needs_delivery:
        discounts, _ = discount_goods(goods, [a.offer for a in offers.applicable])
        value = sum(line.total_minor for line in goods) - sum(discounts)
        quotes = available_methods(country=country, weight_grams=weight, value_minor=value)
        chosen = choose_method(shipping_method, quotes)
    delivery = _make_delivery(chosen, rates)
    totals = calculate(goods, [a.offer for a in offers.applicable], delivery)
    return _assemble(cart, variants, totals, offers, chosen, quotes, needs_delivery, weight)


def methods_for(priced: PricedCart, *, country: str) -> list[Quote]:
    """The ways of delivery for a priced cart, at what they would cost it."""
    quotes = available_methods(
        country=country,
        weight_grams=priced.weight_grams,
        value_minor=priced.value_minor,
        needs_delivery=priced.needs_delivery,
    )
    if not priced.has_free_delivery:
        return quotes
    free = Money(0, settings.SHOP_CURRENCY)
    return [Quote(q.code, q.name, q.description, free, q.tax_class_id) for q in quotes]


def _make_goods(
    sku: str, quantity: int, variant: Variant | None, rates: Mapping[int, int]
) -> Goods:
    if variant is None:
        return Goods(sku, 0, quantity)
    return Goods(sku, variant.price_minor, quantity, rates.get(variant.tax_class_id, 0))


def _make_delivery(quote: Quote | None, rates: Mapping[int, int]) -> Delivery:
    if quote is None:
        return Delivery()
    if quote.tax_class_id is None:
        return Delivery(quote.price.minor)
    return Delivery(quote.price.minor, rates.get(quote.tax_class_id, 0))


def _assemble(
    cart: Cart,
    variants: Mapping[str, Variant],
    totals: Totals,
    offers: Offers,
    chosen: Quote | None,
    quotes: list[Quote],
    needs_delivery: bool,
    weight_grams: int,
) -> PricedCart:
    currency = settings.SHOP_CURRENCY
    lines = [_price_line(line, variants.get(line.goods.key), currency) for line in totals.lines]
    problems = {line.problem.value for line in lines if line.problem}
    if offers.problem:
        problems.add(offers.problem.value)
    return PricedCart(
        lines=lines,
        count=cart.count,
        subtotal=Money(totals.subtotal_minor, currency),
        discount=Money(totals.discount_minor, currency),
        shipping=Money(totals.shipping_minor, currency),
        tax=Money(totals.tax_minor, currency),
        total=Money(totals.total_minor, currency),
        coupon=cart.coupon,
        problems=sorted(problems),
        coupon_problem=offers.problem,
        offers=[
            PricedOffer(applied, Money(amount, currency))
            for applied, amount in zip(offers.applicable, totals.offers, strict=True)
        ],
        shipping_tax=Money(totals.shipping_tax_minor, currency),
        delivery=chosen,
        quotes=quotes,
        needs_delivery=needs_delivery,
        weight_grams=weight_grams,
    )


def _price_line(line: GoodsTotal, variant: Variant | None, currency: str) -> PricedLine:
    goods = line.goods
    # One made past `create_levels` has no level; it is sold out, as everywhere else.
    available = variant.stock.available if variant and hasattr(variant, "stock") else 0
    problem = None
    if variant is None:
        problem = Problem.UNAVAILABLE
    elif available == 0:
        problem = Problem.OUT_OF_STOCK
    elif available < goods.quantity:
        problem = Problem.INSUFFICIENT_STOCK
    return PricedLine(
        sku=goods.key,
        quantity=goods.quantity,
        variant=variant,
        unit_price=Money(goods.unit_minor, currency),
        line_total=Money(goods.total_minor, currency),
        tax=Money(line.tax_minor, currency),
        available=available,
        problem=problem,
        discount=Money(line.discount_minor, currency),
        tax_rate_basis_points=goods.rate_basis_points,
    )
