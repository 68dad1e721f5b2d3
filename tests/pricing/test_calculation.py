"""The arithmetic of a cart, for any cart: everything always sums to the total."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.money import included_tax
from shop.pricing import calculation
from shop.pricing.calculation import Delivery, Goods, Offer, OfferKind, calculate

KEYS = [f"K{n}" for n in range(6)]
amounts = st.integers(0, 5_000_000)
percents = st.integers(0, 10_000)

goods_lists = st.lists(
    st.builds(
        Goods,
        key=st.sampled_from(KEYS),
        unit_minor=st.one_of(st.integers(0, 20), amounts),
        quantity=st.integers(1, 999),
        rate_basis_points=st.sampled_from([0, 700, 1_900, 2_550, 10_000]),
    ),
    max_size=6,
    unique_by=lambda goods: goods.key,
)
offers = st.builds(
    Offer,
    kind=st.sampled_from(OfferKind),
    keys=st.none() | st.frozensets(st.sampled_from(KEYS)),
    percent_basis_points=percents,
    amount_minor=amounts,
    buy_quantity=st.integers(1, 4),
    get_quantity=st.integers(1, 3),
    minimum_minor=st.integers(0, 10_000),
)
deliveries = st.builds(
    Delivery, price_minor=st.integers(0, 10_000), rate_basis_points=st.none() | percents
)


@given(goods_lists, st.lists(offers, max_size=4), deliveries)
def test_lines_discounts_delivery_and_tax_always_sum_to_the_total(goods, given_offers, delivery):
    totals = calculate(goods, given_offers, delivery)
    assert totals.subtotal_minor == sum(g.unit_minor * g.quantity for g in goods)
    assert totals.discount_minor == sum(line.discount_minor for line in totals.lines)
    assert totals.discount_minor == sum(totals.offers)
    assert totals.total_minor == (
        sum(line.net_of_discount_minor for line in totals.lines) + totals.shipping_minor
    )
    assert totals.total_minor == (
        totals.subtotal_minor - totals.discount_minor + totals.shipping_minor
    )
    assert totals.tax_minor == (
        sum(line.tax_minor for line in totals.lines) + totals.shipping_tax_minor
    )


@given(goods_lists, st.lists(offers, max_size=4), deliveries)
def test_nothing_is_ever_negative_and_no_part_passes_its_whole(goods, given_offers, delivery):
    totals = calculate(goods, given_offers, delivery)
    for line in totals.lines:
        assert 0 <= line.discount_minor <= line.goods.total_minor
        assert 0 <= line.tax_minor <= line.net_of_discount_minor
    assert 0 <= totals.shipping_tax_minor <= totals.shipping_minor
    assert 0 <= totals.tax_minor <= totals.total_minor
    assert all(off >= 0 for off in totals.offers)


@given(goods_lists, st.lists(offers, max_size=4), deliveries)
def test_tax_is_that_of_each_line_after_discount_rounded_half_up(goods, given_offers, delivery):
    for line in calculate(goods, given_offers, delivery).lines:
        rate = line.goods.rate_basis_points
        assert line.tax_minor == included_tax(line.net_of_discount_minor, rate)


@given(goods_lists, offers)
def test_an_offer_takes_only_from_the_lines_it_is_for(goods, offer):
    for line in calculate(goods, [offer]).lines:
        if not offer.covers(line.goods):
            assert line.discount_minor == 0


@given(goods_lists, percents)
def test_a_percentage_is_within_half_a_cent_of_itself(goods, percent):
    offer = Offer(OfferKind.PERCENT, percent_basis_points=percent)
    totals = calculate(goods, [offer])
    assert abs(totals.discount_minor * 10_000 - totals.subtotal_minor * percent) <= 5_000


@given(goods_lists, amounts)
def test_an_amount_is_given_whole_or_as_far_as_the_goods_go(goods, amount):
    totals = calculate(goods, [Offer(OfferKind.AMOUNT, amount_minor=amount)])
    assert totals.discount_minor == min(amount, totals.subtotal_minor)


@given(goods_lists, st.integers(1, 4), st.integers(1, 3))
def test_buy_some_get_some_is_the_cheapest_pieces_counted_one_by_one(goods, buy, get):
    offer = Offer(
        OfferKind.BUY_X_GET_Y, percent_basis_points=10_000, buy_quantity=buy, get_quantity=get
    )
    pieces = sorted(g.unit_minor for g in goods for _ in range(g.quantity))
    free = pieces[: len(pieces) // (buy + get) * get]
    assert calculate(goods, [offer]).discount_minor == sum(free)


@given(goods_lists, deliveries)
def test_free_delivery_takes_the_delivery_and_its_tax(goods, delivery):
    totals = calculate(goods, [Offer(OfferKind.FREE_DELIVERY)], delivery)
    assert (totals.shipping_minor, totals.shipping_tax_minor) == (
        (0, 0) if goods else (delivery.price_minor, totals.shipping_tax_minor)
    )


@given(goods_lists, st.lists(offers, max_size=3))
def test_an_offer_below_its_minimum_gives_nothing(goods, given_offers):
    totals = calculate(goods, given_offers)
    for offer, held, off in zip(given_offers, totals.held, totals.offers, strict=True):
        value = sum(g.total_minor for g in goods if offer.covers(g))
        if value < offer.minimum_minor:
            assert not held and off == 0


@pytest.mark.parametrize(
    ("offer", "discounts"),
    [
        (Offer(OfferKind.PERCENT, percent_basis_points=1_000), [100, 20, 3]),
        (Offer(OfferKind.AMOUNT, amount_minor=100), [81, 16, 3]),
        (Offer(OfferKind.AMOUNT, frozenset({"b"}), amount_minor=500), [0, 199, 0]),
        (Offer(OfferKind.PERCENT, frozenset({"a", "c"}), 5_000), [500, 0, 17]),
        (
            Offer(OfferKind.BUY_X_GET_Y, None, 10_000, buy_quantity=2, get_quantity=1),
            [0, 0, 33],
        ),
    ],
)
def test_known_carts(offer, discounts):
    goods = [Goods("a", 1_000, 1), Goods("b", 199, 1), Goods("c", 33, 1)]
    assert [line.discount_minor for line in calculate(goods, [offer]).lines] == discounts


def test_offers_follow_each_other_each_on_what_is_left():
    goods = [Goods("a", 1_000, 1)]
    half = Offer(OfferKind.PERCENT, percent_basis_points=5_000)
    assert calculate(goods, [half, half]).offers == [500, 250]
    amount = Offer(OfferKind.AMOUNT, amount_minor=800)
    assert calculate(goods, [half, amount]).offers == [500, 500]


def test_delivery_is_taxed_in_proportion_to_the_goods():
    goods = [Goods("a", 7_500, 1, 1_900), Goods("b", 2_500, 1, 700)]
    totals = calculate(goods, [], Delivery(400))
    assert totals.shipping_tax_minor == included_tax(300, 1_900) + included_tax(100, 700)
    assert calculate(goods, [], Delivery(400, 0)).shipping_tax_minor == 0


def test_the_calculation_knows_no_framework():
    tree = ast.parse(Path(calculation.__file__).read_text())
    names = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert not [name for name in names if name.startswith(("django", "shop.catalog"))]
