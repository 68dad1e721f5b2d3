"""Live stock across real processes, with real PostgreSQL and Valkey, while parts of it die."""

from __future__ import annotations

import asyncio
import json
import random
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.request import Request, urlopen

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from shop.accounts.tokens import AccessToken
from shop.inventory.announce import read_levels
from shop.inventory.models import Movement, StockLevel
from shop.inventory.services import give_stock, set_stock, take_stock
from tests.factories import UserFactory, VariantFactory
from tests.live.visitors import Visitor, wait_until, welcome

SKUS = [f"SKU-{number:02}" for number in range(20)]
ONLY_WHEN_NEEDED = "3600"
"""Seconds between the periodic re-reads: nothing in a test may lean on them."""


@pytest.fixture
def shelf(transactional_db: None, valkey: Any, settings: Any) -> None:
    """Twenty skus of 1,000 each; this process, like the servers, announces by `valkey`."""
    settings.CHANNEL_LAYER_URL = valkey.url
    for sku in SKUS:
        VariantFactory(sku=sku, stock=1_000)


StartServer = Callable[[], Any]


@pytest.fixture
def start_server(shelf: None, start_shop: Any, valkey: Any) -> StartServer:
    def start(**environment: str) -> Any:
        given = {"LIVE_REREAD_SECONDS": ONLY_WHEN_NEEDED, **environment}
        return start_shop("cookie", CHANNEL_LAYER_URL=valkey.url, **given)

    return start


def _read_truth() -> dict[str, tuple[int, int]]:
    return {level.sku: (level.version, level.available) for level in read_levels(SKUS)}


def _change_at_random(times: int) -> None:
    try:
        for number in range(times):
            quantities = dict.fromkeys(random.sample(SKUS, 2), 1)
            if number % 2:
                take_stock(quantities=quantities, reference="sale")
            else:
                give_stock(quantities=quantities, reference="back", reason=Movement.Reason.RETURN)
    finally:
        connections.close_all()


async def test_200_sockets_end_at_the_true_level_whatever_dies(
    start_server: StartServer, valkey: Any
) -> None:
    servers = [start_server(), start_server()]
    visitors = [Visitor(servers[number % 2].url, random.sample(SKUS, 3)) for number in range(200)]
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(4) as pool:
        async with welcome(visitors):

            async def change(times: int) -> None:
                work = (loop.run_in_executor(pool, _change_at_random, times // 4) for _ in "1234")
                await asyncio.gather(*work)

            def crash_and_restart() -> None:
                servers[0].kill()
                servers[0].start()

            await change(500)
            await asyncio.gather(change(500), loop.run_in_executor(None, crash_and_restart))
            valkey.kill()
            await change(500)
            await loop.run_in_executor(None, valkey.start)
            await change(500)
            truth = await sync_to_async(_read_truth)()
            await wait_until(visitors, lambda v: v.levels.items() <= truth.items())

    assert sum(version for version, _ in truth.values()) == len(SKUS) + 2 * 2_000
    assert [v.levels for v in visitors if not v.levels.items() <= truth.items()] == []
    assert [v.faults for v in visitors if v.faults] == []
    assert all(visitor.visits > 1 for visitor in visitors[::2]), "the first server was killed"


@pytest.mark.parametrize("ends", ["stop", "pause"])
async def test_while_redis_is_away_orders_go_on_and_pages_catch_up(
    start_server: StartServer, valkey: Any, ends: str
) -> None:
    visitor = Visitor(start_server().url, SKUS[:1])
    async with welcome([visitor]):
        getattr(valkey, ends)()
        await sync_to_async(take_stock)(quantities={SKUS[0]: 400}, reference="order")
        level = await sync_to_async(StockLevel.objects.get)(variant__sku=SKUS[0])
        assert level.on_hand == 600

        await asyncio.to_thread(valkey.start if ends == "stop" else valkey.resume)
        await wait_until([visitor], lambda v: v.levels[SKUS[0]][1] == 600)

    assert visitor.levels[SKUS[0]] == (level.version, 600)
    assert visitor.faults == []


async def test_a_change_that_nobody_announced_is_found_by_reading_again(
    start_server: Callable[..., Any],
) -> None:
    visitor = Visitor(start_server(LIVE_REREAD_SECONDS="1").url, SKUS[:1])
    async with welcome([visitor]):
        # As after a crash between the commit and the announcement.
        changed = StockLevel.objects.filter(variant__sku=SKUS[0])
        await sync_to_async(changed.update)(on_hand=5, version=99)
        await wait_until([visitor], lambda v: v.levels[SKUS[0]] == (99, 5))

    assert visitor.levels[SKUS[0]] == (99, 5)


async def test_what_was_said_while_redis_was_away_is_read_when_it_is_back(
    start_server: StartServer, valkey: Any
) -> None:
    visitor = Visitor(start_server().url, SKUS[:1])
    async with welcome([visitor]):
        valkey.stop()
        # As if the process that announced it were gone by now, and what it kept with it.
        changed = StockLevel.objects.filter(variant__sku=SKUS[0])
        await sync_to_async(changed.update)(on_hand=5, version=99)
        await asyncio.to_thread(valkey.start)
        await wait_until([visitor], lambda v: v.levels[SKUS[0]] == (99, 5))

    assert visitor.levels[SKUS[0]] == (99, 5)


async def test_a_reader_that_does_not_read_holds_up_nobody_and_is_cut_off(
    start_server: Callable[..., Any],
) -> None:
    server = start_server(LIVE_MAX_FRAMES_PER_SECOND="100000")
    slow = await asyncio.to_thread(_connect_slowly, server.port)
    # No sku is that long; the answer names it, so it is as long.
    frame = _mask_frame(b'{"type":"subscribe","skus":["%s"]}' % (b"x" * 16_000))

    async def push() -> bool:
        """Ask and ask, and read no answer. Was it cut off?"""
        loop = asyncio.get_running_loop()
        for _ in range(10_000):
            try:
                await asyncio.wait_for(loop.sock_sendall(slow, frame), 60)
            except ConnectionError:
                return True
        return False

    visitor = Visitor(server.url, SKUS[:1])
    with slow:
        async with welcome([visitor]):
            pushing = asyncio.create_task(push())
            left = 500
            while not pushing.done():
                left -= 1
                await sync_to_async(set_stock)(quantities={SKUS[0]: left})
                await wait_until([visitor], lambda v, left=left: v.levels[SKUS[0]][1] == left)
                assert visitor.levels[SKUS[0]][1] == left
            assert await pushing

    assert (visitor.visits, visitor.faults) == (1, [])


async def test_a_real_server_refuses_floods_large_frames_and_other_origins(
    start_server: Callable[..., Any],
) -> None:
    server = start_server(LIVE_MAX_SOCKETS_PER_ADDRESS="2")
    url = server.url.replace("http", "ws") + "/ws/stock/"
    with pytest.raises(InvalidStatus) as refused:
        await connect(url, origin="https://evil.example")
    assert refused.value.response.status_code == 403

    async with connect(url, origin=server.url) as flooding, connect(url) as large:
        with pytest.raises(InvalidStatus):
            await connect(url)
        for _ in range(500):
            await flooding.send('{"type":"ping"}')
        with suppress(ConnectionClosed):
            while True:
                await flooding.recv()
        assert flooding.close_code == 1008

        await large.send("x" * 16_385)
        await large.wait_closed()
        assert large.close_code == 1009
    async with connect(url):
        pass


def _connect_slowly(port: int) -> socket.socket:
    """A socket after its WebSocket handshake, with little room for what it does not read."""
    wire = socket.socket()
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    wire.connect(("127.0.0.1", port))
    wire.sendall(
        b"GET /ws/stock/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    assert wire.recv(4_096).startswith(b"HTTP/1.1 101")
    wire.setblocking(False)
    return wire


def _mask_frame(payload: bytes) -> bytes:
    """A client's text frame of 126 to 65,535 bytes, masked with zeros."""
    return b"\x81\xfe" + len(payload).to_bytes(2) + bytes(4) + payload


async def test_a_customers_cart_changed_elsewhere_is_told(
    start_server: Callable[..., Any],
) -> None:
    server = start_server()
    customer = await sync_to_async(UserFactory)()
    token = str(AccessToken.for_user(customer))
    add = Request(
        f"{server.url}/api/v1/cart/lines/",
        json.dumps({"sku": SKUS[0], "quantity": 2}).encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    async with connect(server.url.replace("http", "ws") + "/ws/stock/") as page:
        await page.send(json.dumps({"type": "authenticate", "token": token}))
        assert json.loads(await page.recv()) == {"type": "authenticated"}

        with await asyncio.to_thread(urlopen, add) as answer:
            assert answer.status == 201

        async with asyncio.timeout(10):
            heard = json.loads(await page.recv())
    assert (heard["type"], heard["count"]) == ("cart", 2)
