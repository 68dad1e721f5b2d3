import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.money import Money, allocate, included_tax


@pytest.mark.parametrize(
    ("text", "currency", "minor", "amount"),
    [
        ("12.90", "EUR", 1290, "12.90"),
        ("12.9", "EUR", 1290, "12.90"),
        ("0", "EUR", 0, "0.00"),
        ("-3.5", "EUR", -350, "-3.50"),
        ("1290", "JPY", 1290, "1290"),
        ("1.234", "KWD", 1234, "1.234"),
        ("1e3", "EUR", 100_000, "1000.00"),
    ],
)
def test_amounts_are_read_and_written_with_the_currencys_decimals(text, currency, minor, amount):
    money = Money.parse(text, currency)
    assert money == Money(minor, currency)
    assert money.amount == amount


@pytest.mark.parametrize(
    "text", ["", "abc", "1.234", "NaN", "Infinity", "1,50", "--1", "1e999999999999"]
)
def test_what_is_no_amount_of_the_currency_is_refused(text):
    with pytest.raises(ValueError, match="not an amount of EUR"):
        Money.parse(text, "EUR")


def test_amounts_read_as_the_locale_writes_them():
    assert Money(123456, "EUR").format("en") == "€1,234.56"
    assert Money(123456, "EUR").format("de") == "1.234,56\xa0€"


def test_currencies_do_not_mix():
    with pytest.raises(ValueError, match="cannot combine EUR with USD"):
        Money(1, "EUR") + Money(1, "USD")
    with pytest.raises(ValueError, match="cannot combine EUR with USD"):
        assert Money(1, "EUR") < Money(2, "USD")
    assert Money(1, "EUR") < Money(2, "EUR") <= Money(2, "EUR")


@pytest.mark.parametrize(
    ("gross", "rate", "tax"), [(11900, 1900, 1900), (100, 1900, 16), (100, 0, 0), (107, 700, 7)]
)
def test_tax_is_the_part_of_the_gross_amount(gross, rate, tax):
    assert included_tax(gross, rate) == tax


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_what_is_allocated_sums_to_the_whole_and_stays_in_proportion(total, weights):
    whole = sum(weights)
    if not whole:
        assert allocate(0, weights) == [0] * len(weights)
        return
    parts = allocate(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * whole - total * weight) < whole


def test_nothing_can_be_split_over_no_weight_or_a_negative_one():
    with pytest.raises(ValueError, match="over no weight"):
        allocate(1, [0, 0])
    with pytest.raises(ValueError, match="negative"):
        allocate(1, [2, -1])
