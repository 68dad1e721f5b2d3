"""What waits for a Redis that is away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest

from engines.process import find_free_port
from engines.valkey import Valkey
from shop.inventory import publisher as publisher_module
from shop.inventory.announcement import Announcement, CustomerEvent, Level
from shop.inventory.publisher import Publisher, name_channel


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """One whose Redis is not there, and which has noticed."""
    monkeypatch.setattr(publisher_module, "MAX_WAITING", 3)
    made = Publisher(f"redis://127.0.0.1:{find_free_port()}/0")
    made.put(Announcement(levels=(Level("A", 9, 1),)))
    _wait_until(lambda: not made._is_up)
    yield made
    made.close()


def _wait_until(is_so: Callable[[], bool]) -> None:
    deadline = monotonic() + 10
    while not is_so() and monotonic() < deadline:
        sleep(0.01)
    assert is_so()


def _waiting(publisher: Publisher) -> list[Level]:
    return sorted(publisher._levels.values())


def test_the_newest_of_each_sku_waits(publisher: Publisher) -> None:
    for level in (Level("A", 7, 3), Level("B", 1, 1), Level("A", 8, 2)):
        publisher.put(Announcement(levels=(level,)))

    _wait_until(lambda: _waiting(publisher) == [Level("A", 7, 3), Level("B", 1, 1)])
    sleep(0.5)  # a try or two more, all in vain
    _wait_until(lambda: _waiting(publisher) == [Level("A", 7, 3), Level("B", 1, 1)])


def test_more_than_fits_does_not_pile_up(publisher: Publisher) -> None:
    for number in range(100):
        publisher.put(Announcement(levels=(Level(f"SKU-{number:03}", 1, 1),)))

    _wait_until(lambda: len(_waiting(publisher)) == 3)
    assert Level("SKU-099", 1, 1) in _waiting(publisher)


def test_of_two_events_of_one_topic_the_newer_waits(publisher: Publisher) -> None:
    for count in (1, 2):
        event = CustomerEvent(1, {"type": "cart", "count": count})
        publisher.put(Announcement(events=(event,)))

    _wait_until(lambda: [e.event["count"] for e in publisher._events.values()] == [2])


def test_the_end_of_a_process_does_not_wait_for_it(publisher: Publisher) -> None:
    began = monotonic()
    publisher.close()

    assert monotonic() - began < 1


def test_the_end_of_a_process_sends_what_waits(valkey: Valkey) -> None:
    from redis import Redis

    publisher = Publisher(valkey.url)
    with Redis.from_url(valkey.url) as client, client.pubsub() as heard:
        heard.subscribe(name_channel(valkey.url))
        heard.get_message(timeout=5)
        publisher.put(Announcement(levels=(Level("A", 9, 1),)))
        publisher.close()
        message = heard.get_message(timeout=5)

    assert message is not None
    assert Announcement.decode(message["data"]).levels == (Level("A", 9, 1),)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1,2]", b"[[1],[]]", b'[[["A","x",1]],[]]', b"\xff", b"[" * 5_000]
)
def test_what_is_no_announcement_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):
        Announcement.decode(data)


def test_two_database_numbers_are_two_channels() -> None:
    assert name_channel("redis://h/0") == name_channel("redis://h")
    assert name_channel("redis://h/1") != name_channel("redis://h/0")
