"""`/ws/stock/` word by word, as a visitor sees it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from shop.catalog.models import Product
from shop.inventory.services import set_stock, take_stock
from tests.factories import VariantFactory

needs_stock = pytest.mark.usefixtures("stock")


@needs_stock
async def test_a_snapshot_comes_first_then_each_change(open_socket: Any) -> None:
    async with open_socket() as client:
        before = await client.watch("A", "B")

        assert [(item["sku"], item["available"]) for item in before] == [("A", 10), ("B", 5)]

        await sync_to_async(take_stock)(quantities={"A": 3}, reference="test")

        version = before[0]["version"] + 1
        assert await client.hear() == {
            "type": "stock",
            "sku": "A",
            "available": 7,
            "version": version,
        }


@needs_stock
async def test_what_is_no_longer_watched_is_no_longer_sent(open_socket: Any) -> None:
    async with open_socket() as client:
        await client.watch("A", "B")
        await client.say({"type": "unsubscribe", "skus": ["A", "NEVER-WATCHED"]})
        assert await client.hears_nothing_more()

        await sync_to_async(set_stock)(quantities={"A": 1, "B": 2})

        assert (await client.hear())["sku"] == "B"
        assert await client.hears_nothing_more()


@needs_stock
async def test_two_pages_see_the_same(open_socket: Any) -> None:
    async with open_socket() as one, open_socket() as other:
        await one.watch("A")
        await other.watch("A")
        await sync_to_async(set_stock)(quantities={"A": 4})

        assert await one.hear() == await other.hear()


@needs_stock
async def test_watching_again_gives_a_fresh_snapshot(open_socket: Any) -> None:
    async with open_socket() as client:
        first = await client.watch("A")
        await sync_to_async(set_stock)(quantities={"A": 4})
        await client.hear()
        again = await client.watch("A")

        assert again[0]["available"] == 4
        assert again[0]["version"] > first[0]["version"]


@needs_stock
async def test_an_unknown_sku_is_named_and_the_others_are_watched(open_socket: Any) -> None:
    async with open_socket() as client:
        items = await client.watch("A", "NO-SUCH")
        error = await client.hear()

        assert [item["sku"] for item in items] == ["A"]
        assert error["type"] == "error"
        assert error["code"] == "unknown_sku"
        assert error["skus"] == ["NO-SUCH"]
        assert "NO-SUCH" in error["detail"]


@needs_stock
async def test_a_strange_sku_is_unknown(open_socket: Any) -> None:
    async with open_socket() as client:
        for sku in ("", " A", "A" * 65, "\x00", "\ud800", "a", "'; --"):
            await client.say({"type": "subscribe", "skus": [sku]})
            error = await client.hear()

            assert (error["code"], error["skus"]) == ("unknown_sku", [sku])
            assert await client.hears_nothing_more()


@needs_stock
async def test_what_is_not_on_sale_is_unknown_to_a_visitor(open_socket: Any) -> None:
    def hide() -> None:
        draft = VariantFactory(sku="DRAFT", stock=7)
        Product.objects.filter(pk=draft.product_id).update(status=Product.Status.DRAFT)

    await sync_to_async(hide)()
    async with open_socket() as client:
        await client.say({"type": "subscribe", "skus": ["DRAFT"]})

        assert (await client.hear())["code"] == "unknown_sku"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", "invalid_json"),
        ("", "invalid_json"),
        ("[" * 16_000, "invalid_json"),
        ("9" * 10_000, "invalid_json"),
        (b'{"type": "ping"}', "invalid_frame"),
        (b"\xff", "invalid_frame"),
        ("null", "invalid_frame"),
        ("[]", "invalid_frame"),
        ("1e999", "invalid_frame"),
        ({}, "invalid_frame"),
        ({"type": 1}, "invalid_frame"),
        ({"type": ["ping"]}, "invalid_frame"),
        ({"type": "subscribe"}, "invalid_frame"),
        ({"type": "subscribe", "skus": "A"}, "invalid_frame"),
        ({"type": "subscribe", "skus": {"A": 1}}, "invalid_frame"),
        ({"type": "subscribe", "skus": ["A", 1]}, "invalid_frame"),
        ({"type": "unsubscribe", "skus": [None]}, "invalid_frame"),
        ({"type": "authenticate", "token": 5}, "invalid_frame"),
        ({"type": "authenticate"}, "invalid_token"),
        ({"type": "authenticate", "token": "x.y.z"}, "invalid_token"),
        ({"type": "authenticate", "token": "\ud800"}, "invalid_token"),
        ({"type": "snapshot"}, "unknown_type"),
    ],
)
async def test_a_frame_not_understood_is_an_error_and_the_socket_stays(
    open_socket: Any, frame: Any, code: str
) -> None:
    async with open_socket() as client:
        await client.say(frame)
        error = await client.hear()

        assert (error["type"], error["code"]) == ("error", code)
        assert error["detail"]
        assert await client.hears_nothing_more()


async def test_an_empty_list_is_an_empty_snapshot(open_socket: Any) -> None:
    async with open_socket() as client:
        assert await client.watch() == []


@needs_stock
async def test_more_skus_than_a_socket_may_watch_are_refused_whole(
    open_socket: Any, settings: Any
) -> None:
    settings.LIVE_MAX_SKUS = 1
    async with open_socket() as client:
        await client.watch("A")
        await client.say({"type": "subscribe", "skus": ["B"]})
        error = await client.hear()

        assert (error["code"], error["limit"]) == ("too_many_skus", 1)

        await client.say({"type": "unsubscribe", "skus": ["A"]})
        assert (await client.watch("B"))[0]["sku"] == "B"


async def test_a_flood_closes_the_socket(open_socket: Any, settings: Any) -> None:
    settings.LIVE_MAX_FRAMES_PER_SECOND = 5
    async with open_socket() as client:
        for _ in range(5):
            assert await client.hears_nothing_more()
        await client.say({"type": "ping"})

        assert await client.hear_close() == 1008


def _make_ping(size: int) -> str:
    """A frame of so many bytes, with fewer characters."""
    frame = json.dumps({"type": "ping", "more": "ü"}, ensure_ascii=False)
    return frame.replace("ü", "ü" + "x" * (size - len(frame.encode())))


async def test_a_text_frame_over_16_kib_closes_the_socket(open_socket: Any) -> None:
    async with open_socket() as client:
        await client.say(_make_ping(16_384))
        assert await client.hear() == {"type": "pong"}
        await client.say(_make_ping(16_385))

        assert await client.hear_close() == 1009


async def test_so_does_a_binary_one(open_socket: Any) -> None:
    async with open_socket() as client:
        await client.say(b"x" * 16_384)
        assert (await client.hear())["code"] == "invalid_frame"
        await client.say(b"x" * 16_385)

        assert await client.hear_close() == 1009


async def test_sockets_of_one_address_are_limited(open_socket: Any, settings: Any) -> None:
    settings.LIVE_MAX_SOCKETS_PER_ADDRESS = 1
    async with open_socket(address="2001:db8::1"):
        with pytest.raises(ConnectionRefusedError):
            async with open_socket(address="2001:db8::2"):
                pass
        async with open_socket(address="192.0.2.1"):
            pass
    async with open_socket(address="2001:db8::2"):
        pass


async def test_there_is_no_other_socket(open_socket: Any) -> None:
    with pytest.raises(ConnectionRefusedError):
        async with open_socket("/ws/other/"):
            pass
