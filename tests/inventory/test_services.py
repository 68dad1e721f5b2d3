"""Stock: the ledger always sums to the level, and nobody takes what is not there."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from shop.errors import InsufficientStock, UnknownSku
from shop.inventory.models import Movement, StockLevel
from shop.inventory.services import create_levels, find_drift, give_stock, set_stock, take_stock
from tests.factories import UserFactory, VariantFactory
from tests.threads import run_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _goods():
    VariantFactory(sku="A", stock=10)
    VariantFactory(sku="B", stock=3)
    yield
    assert find_drift() == []


def find_level(sku: str) -> StockLevel:
    return StockLevel.objects.get(variant__sku=sku)


def find_stock(*skus: str) -> list[int]:
    return [find_level(sku).on_hand for sku in skus]


def test_taking_and_giving_are_written_down():
    staff = UserFactory()
    before = find_level("A").version
    take_stock(quantities={"A": 4, "B": 1}, reference="N1", actor=staff)
    give_stock(quantities={"A": 2}, reference="N1", reason=Movement.Reason.RETURN)
    assert find_stock("A", "B") == [8, 2]
    assert find_level("A").version == before + 2
    ledger = Movement.objects.filter(reference="N1").order_by("id")
    assert [(m.level.variant.sku, m.delta, m.reason, m.actor) for m in ledger] == [
        ("A", -4, "sale", staff),
        ("B", -1, "sale", staff),
        ("A", 2, "return", None),
    ]


def test_of_several_skus_all_or_none_are_taken():
    with pytest.raises(InsufficientStock) as refusal:
        take_stock(quantities={"A": 1, "B": 4}, reference="N1")
    assert refusal.value.facts == {"sku": "B", "available": 3}
    assert find_stock("A", "B") == [10, 3]
    assert not Movement.objects.filter(reference="N1").exists()


def test_the_last_piece_can_be_taken_and_no_more():
    take_stock(quantities={"B": 3}, reference="N1")
    with pytest.raises(InsufficientStock):
        take_stock(quantities={"B": 1}, reference="N2")


@pytest.mark.parametrize("verb", [take_stock, give_stock, set_stock])
def test_an_unknown_sku_is_named_and_nothing_moves(verb):
    with pytest.raises(UnknownSku) as refusal:
        verb(quantities={"A": 1, "NONE": 1}, reference="N1", reason=Movement.Reason.COUNT)
    assert refusal.value.facts == {"sku": "NONE"}
    assert find_stock("A") == [10]


def test_a_count_brings_the_level_to_it_and_the_ledger_gets_the_difference():
    version = find_level("B").version
    set_stock(quantities={"A": 7, "B": 3}, reference="count")
    assert find_stock("A", "B") == [7, 3]
    assert [m.delta for m in Movement.objects.filter(reference="count")] == [-3]
    assert find_level("B").version == version


def test_creating_levels_is_safe_to_repeat():
    variant = find_level("A").variant
    create_levels([variant, variant])
    assert find_stock("A") == [10]


def test_the_database_refuses_stock_below_nothing_and_moves_of_nothing():
    with pytest.raises(IntegrityError), transaction.atomic():
        StockLevel.objects.update(on_hand=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.create(level=find_level("A"), delta=0, reason="count")


def test_drift_is_found():
    StockLevel.objects.filter(variant__sku="A").update(on_hand=9)
    assert [level.variant.sku for level in find_drift()] == ["A"]
    StockLevel.objects.filter(variant__sku="A").update(on_hand=10)


# --- At the same time ---------------------------------------------------------------------

at_once = pytest.mark.django_db(transaction=True)


def count_refusals(results: list[object]) -> int:
    errors = [result for result in results if isinstance(result, Exception)]
    assert all(isinstance(error, InsufficientStock) for error in errors), errors
    return len(errors)


@at_once
def test_takers_at_once_take_what_there_is_and_no_more():
    results = run_at_once(lambda n: take_stock(quantities={"A": 1}, reference=f"N{n}"), 16)
    assert count_refusals(results) == 6
    assert find_stock("A") == [0]


@at_once
def test_takers_of_the_same_skus_in_opposite_orders_never_deadlock():
    skus = [f"S{n}" for n in range(8)]
    for sku in skus:
        VariantFactory(sku=sku, stock=100)

    def take(number: int) -> None:
        order = skus if number % 2 else skus[::-1]
        for _ in range(5):
            take_stock(quantities=dict.fromkeys(order, 1), reference=f"N{number}")

    assert count_refusals(run_at_once(take, 12)) == 0
    assert set(find_stock(*skus)) == {40}


@at_once
def test_takes_gives_and_counts_at_once_keep_the_ledger():
    def work(number: int) -> None:
        for _ in range(5):
            if number % 3 == 0:
                take_stock(quantities={"A": 1, "B": 1}, reference=f"N{number}")
            elif number % 3 == 1:
                give_stock(quantities={"B": 1, "A": 1}, reference=f"N{number}", reason="return")
            else:
                set_stock(quantities={"B": 50, "A": 50}, reference=f"N{number}")

    count_refusals(run_at_once(work, 9))
    assert find_drift() == []


@at_once
def test_versions_only_grow_and_none_is_given_twice():
    before = find_level("A").version
    run_at_once(lambda n: give_stock(quantities={"A": 1}, reference="r", reason="receipt"), 10)
    assert find_level("A").version == before + 10
