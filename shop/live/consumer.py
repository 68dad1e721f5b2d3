"""One socket of `/ws/stock/`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer
from django.conf import settings
from django.db import DatabaseError

from shop.live.customers import find_customer, is_staff
from shop.live.frames import (
    Authenticate,
    Frame,
    FrameError,
    Ping,
    Subscribe,
    Unsubscribe,
    is_too_large,
    read_frame,
    write_authenticated,
    write_error,
    write_pong,
)
from shop.live.hub import find_hub
from shop.live.limits import FrameLimit, find_address
from shop.live.outbox import Outbox

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

logger = logging.getLogger(__name__)

POLICY_VIOLATION, TOO_LARGE = 1008, 1009  # RFC 6455
UNAVAILABLE = FrameError(
    "unavailable", "This cannot be read at the moment. Try again in a few seconds."
)


class StockConsumer(AsyncConsumer):
    """Reads a client's frames one by one; what it is sent goes through its `Outbox`."""

    is_open = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Channels' own goes to the database thread before each message, to close old
        # connections; here `database_sync_to_async` does that, where there is a query.
        match message["type"]:
            case "websocket.connect":
                await self._open()
            case "websocket.receive":
                await self._receive(message.get("text"), message.get("bytes"))
            case "websocket.disconnect":
                raise StopConsumer

    async def _open(self) -> None:
        self.hub = find_hub()
        address, limit = find_address(self.scope), settings.LIVE_MAX_SOCKETS_PER_ADDRESS
        if not self.hub.addresses.enter(address, limit=limit):
            await self.send({"type": "websocket.close"})  # before the handshake's end: a 403
            return
        self.address = address
        self.skus: set[str] = set()
        self.customer_pk: int | None = None
        self.check: asyncio.TimerHandle | None = None
        self.frames = FrameLimit(settings.LIVE_MAX_FRAMES_PER_SECOND)
        self.outbox = Outbox(self.base_send, self.scope["cut"])
        self.hub.enter(self.outbox)
        self.is_open = True
        await self.send({"type": "websocket.accept"})

    async def _receive(self, text: str | None, data: bytes | None) -> None:
        if not self.is_open:
            return
        if not self.frames.allows_one():
            self._close(POLICY_VIOLATION, "too many frames")
        elif is_too_large(text, data):
            self._close(TOO_LARGE, "frame too large")
        else:
            try:
                await self._answer(read_frame(text))
            except FrameError as error:
                self.outbox.put(write_error(error))
            except DatabaseError as error:
                logger.warning("A frame could not be answered: %s", error)
                self.outbox.put(write_error(UNAVAILABLE))

    async def _answer(self, frame: Frame) -> None:
        match frame:
            case Subscribe(skus):
                await self._subscribe(skus)
            case Unsubscribe(skus):
                mine = self.skus.intersection(skus)
                self.skus -= mine
                self.hub.unwatch(self.outbox, mine)
            case Authenticate(token):
                await self._authenticate(token)
                self.outbox.put(write_authenticated())
            case Ping():
                self.outbox.put(write_pong())

    async def _subscribe(self, skus: tuple[str, ...]) -> None:
        if len(self.skus.union(skus)) > settings.LIVE_MAX_SKUS:
            limit = settings.LIVE_MAX_SKUS
            detail = f"One socket watches at most {limit} skus; unsubscribe from some."
            raise FrameError("too_many_skus", detail, limit=limit)
        found = await self.hub.watch(self.outbox, skus)
        unknown = [sku for sku in skus if sku not in found]
        if unknown and await is_staff(self.scope):
            found |= await self.hub.watch(self.outbox, unknown, is_staff=True)
            unknown = [sku for sku in unknown if sku not in found]
        self.skus = (self.skus - set(unknown)) | found
        if unknown:
            detail = f"There is no product on sale with the sku {', '.join(unknown[:5])}."
            raise FrameError("unknown_sku", detail, skus=unknown)

    async def _authenticate(self, token: str) -> None:
        self._forget_customer()
        customer = await find_customer(token, self.scope)
        if self.is_open:
            self.customer_pk = customer.pk
            self.hub.follow(self.outbox, customer.pk)
            again = partial(self._check_customer, token)
            self.check = asyncio.get_running_loop().call_later(customer.check_in, again)

    def _check_customer(self, token: str) -> None:
        self.check = None
        self.checking = asyncio.create_task(self._authenticate_again(token))

    async def _authenticate_again(self, token: str) -> None:
        try:
            await self._authenticate(token)
        except FrameError as error:
            self.outbox.put(write_error(error))
        except DatabaseError as error:
            logger.warning("A customer could not be found: %s", error)
            self.outbox.put(write_error(UNAVAILABLE))

    def _forget_customer(self) -> None:
        if self.check is not None:
            self.check.cancel()
            self.check = None
        self.hub.unfollow(self.outbox, self.customer_pk)
        self.customer_pk = None

    def _close(self, code: int, reason: str) -> None:
        self.is_open = False
        self._forget_customer()
        self.hub.unwatch(self.outbox, self.skus)
        self.outbox.close(code, reason)

    def _leave(self) -> None:
        if hasattr(self, "address"):
            self.is_open = False
            self._forget_customer()
            self.hub.leave(self.outbox, self.skus)
            self.hub.addresses.leave(self.address)
            self.outbox.stop()
