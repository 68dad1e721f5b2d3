"""Ten thousand readers in one process. No WebSocket library: what a reader costs here would
be counted as the server's time."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from engines.process import HOST

_AT_ONCE = 200


def _mask(text: str) -> bytes:
    payload = text.encode()
    return b"\x81" + bytes([0x80 | len(payload)]) + bytes(4) + payload


@dataclass
class Audience:
    """Who has been served, and when the last one was."""

    expected: bytes = b""
    served: int = 0
    last: float = 0.0
    all_served: asyncio.Event = field(default_factory=asyncio.Event)
    size: int = 0

    def expect(self, mark: str) -> None:
        self.expected, self.served = mark.encode(), 0
        self.all_served.clear()

    def note(self, frame: bytes) -> None:
        if self.expected and self.expected in frame:
            self.last = time.monotonic()
            self.served += 1
            if self.served == self.size:
                self.all_served.set()


class Reader(asyncio.Protocol):
    def __init__(self, audience: Audience, sku: str) -> None:
        self.audience = audience
        self.subscribe = _mask(json.dumps({"type": "subscribe", "skus": [sku]}))
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.is_upgraded = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(
            b"GET /ws/stock/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )

    def data_received(self, data: bytes) -> None:
        if data[:1] == b"\x89":  # a ping of uvicorn's: answer it, masked with zeros
            self.transport.write(b"\x8a\x84" + bytes(4) + data[2:6])
            data = data[6:]
        if self.ready.done():
            self.audience.note(data)
        elif not self.is_upgraded:
            if not data.startswith(b"HTTP/1.1 101"):
                self.ready.set_exception(ConnectionRefusedError(data[:100]))
                return
            self.is_upgraded = True
            self.transport.write(self.subscribe)
        elif b'"snapshot"' in data:
            self.ready.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionResetError())


async def seat(audience: Audience, ports: list[int], count: int, sku: str) -> list[Reader]:
    """Open `count` sockets, spread over the ports, each past its snapshot."""
    loop = asyncio.get_running_loop()
    seated: list[Reader] = []
    for start in range(0, count, _AT_ONCE):
        batch = range(start, min(start + _AT_ONCE, count))
        made = await asyncio.gather(
            *(
                loop.create_connection(lambda: Reader(audience, sku), HOST, ports[n % len(ports)])
                for n in batch
            )
        )
        readers = [reader for _, reader in made]
        await asyncio.gather(*(reader.ready for reader in readers))
        seated += readers
    audience.size = len(seated)
    return seated
