"""A socket in this process, over the shop's own ASGI application."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from channels.testing import WebsocketCommunicator

from config.asgi import application
from shop.inventory.services import set_stock
from tests.factories import VariantFactory


class Client:
    """One visitor's socket."""

    def __init__(self, wire: WebsocketCommunicator) -> None:
        self.wire = wire

    async def say(self, frame: Any) -> None:
        """A dict as JSON, a text or bytes as they are."""
        message: dict[str, Any] = {"type": "websocket.receive"}
        if isinstance(frame, bytes):
            message["bytes"] = frame
        else:
            message["text"] = frame if isinstance(frame, str) else json.dumps(frame)
        await self.wire.send_input(message)

    async def hear(self, seconds: float = 5) -> dict[str, Any]:
        heard: dict[str, Any] = json.loads(await self.wire.receive_from(seconds))
        return heard

    async def hear_close(self) -> int:
        message = await self.wire.receive_output(5)
        assert message["type"] == "websocket.close"
        code: int = message["code"]
        return code

    async def watch(self, *skus: str) -> list[dict[str, Any]]:
        await self.say({"type": "subscribe", "skus": skus})
        heard = await self.hear()
        assert heard["type"] == "snapshot", heard
        items: list[dict[str, Any]] = heard["items"]
        return items

    async def hears_nothing_more(self) -> bool:
        """What was said before this has been answered: a pong is what comes next."""
        await self.say({"type": "ping"})
        return await self.hear() == {"type": "pong"}


OpenSocket = Callable[..., AbstractAsyncContextManager[Client]]


@pytest.fixture
def open_socket(settings: Any) -> OpenSocket:
    """`async with open_socket(headers={"Origin": ...}, address="192.0.2.1") as client`; one
    process by itself, without Redis, unless the test sets `settings.CHANNEL_LAYER_URL`."""
    settings.CHANNEL_LAYER_URL = ""

    @asynccontextmanager
    async def connect(
        path: str = "/ws/stock/", *, headers: dict[str, str] | None = None, address: str = ""
    ) -> AsyncIterator[Client]:
        raw = [(k.lower().encode(), v.encode()) for k, v in (headers or {}).items()]
        wire = WebsocketCommunicator(application, path, raw)
        if address:
            wire.scope["client"] = (address, 1234)
        accepted, _ = await wire.connect(timeout=5)
        if not accepted:
            raise ConnectionRefusedError
        try:
            yield Client(wire)
        finally:
            await wire.disconnect()

    return connect


@pytest.fixture
def stock(transactional_db: None) -> Callable[..., None]:
    """Two variants on sale, `A` (10) and `B` (5); `stock(A=3)` sets levels."""
    VariantFactory(sku="A", stock=10)
    VariantFactory(sku="B", stock=5)

    def change(**quantities: int) -> None:
        set_stock(quantities=quantities)

    return change
