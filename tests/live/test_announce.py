"""What is announced of a change, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from shop.errors import InsufficientStock
from shop.inventory.announce import announce_customer, check_transport, listen
from shop.inventory.announcement import Announcement
from shop.inventory.models import Movement, StockLevel
from shop.inventory.services import give_stock, set_stock, take_stock

Told = list[Announcement]
Stock = Callable[..., None]


@pytest.fixture
def told(stock: Stock, settings: Any) -> Iterator[Told]:
    """What this process is told from here on; there is no other."""
    settings.CHANNEL_LAYER_URL = ""
    heard: Told = []
    stop = listen(heard.append)
    yield heard
    stop()


def _levels(told: Told) -> list[tuple[str, int]]:
    return [(level.sku, level.available) for said in told for level in said.levels]


def test_each_verb_announces_the_level_with_its_version(told: Told) -> None:
    take_stock(quantities={"A": 1, "B": 2}, reference="order")
    give_stock(quantities={"A": 5}, reason=Movement.Reason.RECEIPT, reference="delivery")
    set_stock(quantities={"A": 2, "B": 3})

    assert _levels(told) == [("A", 9), ("B", 3), ("A", 14), ("A", 2)]
    level = StockLevel.objects.get(variant__sku="A")
    assert told[-1].levels[0].version == level.version


def test_nothing_is_said_before_the_commit_and_then_once(told: Told) -> None:
    with transaction.atomic():
        take_stock(quantities={"A": 1}, reference="one")
        take_stock(quantities={"A": 1, "B": 1}, reference="two")
        set_stock(quantities={"A": 5})
        assert told == []

    assert _levels(told) == [("A", 5), ("B", 4)]
    assert len(told) == 1


def test_one_query_for_all_that_a_transaction_changed(told: Told) -> None:
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        set_stock(quantities={"A": 1, "B": 1})
        set_stock(quantities={"A": 2, "B": 2})
        last = len(queries)

    assert len([q for q in queries.captured_queries[last:] if "SELECT" in q["sql"]]) == 1


def test_a_rollback_announces_nothing(told: Told) -> None:
    with pytest.raises(InsufficientStock):
        take_stock(quantities={"A": 1, "B": 99}, reference="too many")
    with transaction.atomic():
        take_stock(quantities={"A": 1}, reference="undone")
        transaction.set_rollback(True)

    assert told == []


def test_nor_does_a_savepoint_rolled_back(told: Told) -> None:
    with transaction.atomic():
        set_stock(quantities={"A": 1})
        with pytest.raises(InsufficientStock), transaction.atomic():
            set_stock(quantities={"B": 1})
            take_stock(quantities={"B": 99}, reference="too many")
        set_stock(quantities={"A": 2})

    assert _levels(told) == [("A", 2)]


def test_what_follows_a_rolled_back_savepoint_is_announced(told: Told) -> None:
    with transaction.atomic():
        with pytest.raises(InsufficientStock), transaction.atomic():
            set_stock(quantities={"A": 1})
            take_stock(quantities={"B": 99}, reference="too many")
        set_stock(quantities={"A": 3})

    assert _levels(told) == [("A", 3)]


def test_a_count_that_changes_nothing_is_not_announced(told: Told) -> None:
    set_stock(quantities={"A": 10})

    assert told == []


def test_a_listener_that_fails_breaks_nothing(told: Told) -> None:
    def fail(_: Announcement) -> None:
        raise RuntimeError

    stop_first = listen(fail)
    listen_again: Told = []
    stop = listen(listen_again.append)
    take_stock(quantities={"A": 1}, reference="order")
    stop_first()
    stop()

    assert _levels(listen_again) == [("A", 9)]


def test_a_change_does_not_wait_for_a_redis_that_hangs(
    stock: Stock, settings: Any, valkey: Any
) -> None:
    settings.CHANNEL_LAYER_URL = valkey.url
    valkey.pause()
    began = monotonic()
    for number in range(100):
        take_stock(quantities={"A": 1} if number < 10 else {}, reference="order")
        announce_customer(1, {"type": "cart"})

    assert monotonic() - began < 5, "a single wait for each change would take 100 s"
    assert StockLevel.objects.get(variant__sku="A").on_hand == 0
    assert check_transport() != ""

    valkey.resume()
    assert check_transport() == ""


def test_an_event_that_is_not_json_breaks_nothing(told: Told) -> None:
    announce_customer(1, {"type": "cart", "count": object()})

    assert told == []


def test_one_process_by_itself_has_no_transport_to_check(told: Told) -> None:
    assert check_transport() == ""
