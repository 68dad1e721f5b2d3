"""The process's one subscription to what other processes announce."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from shop.inventory.announcement import Announcement
from shop.inventory.publisher import TIME_OUT, name_channel

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 3.0
"""Seconds between tries while Redis is away."""
QUIET_SECONDS = 5.0
"""After so long a silence Redis is asked whether it is still there; no answer for as long
again, and it counts as away."""


async def follow_redis(
    url: str, on_told: Callable[[Announcement], None], on_subscribed: Callable[[], None]
) -> None:
    """Call `on_told` for each announcement, for ever; `on_subscribed` whenever the
    subscription stands, at first and again after Redis was away, since what was announced
    before was not heard."""
    pause = FIRST_PAUSE
    while True:
        try:
            async for told in _subscribe(url):
                if told is None:
                    if pause > FIRST_PAUSE:
                        logger.info("Redis is back; pages hear of stock again.")
                    pause = FIRST_PAUSE
                    on_subscribed()
                else:
                    on_told(told)
        except (RedisError, OSError) as error:
            if pause == FIRST_PAUSE:
                logger.warning("Redis is away; pages are a little late until it is back: %s", error)
        except Exception:
            logger.exception("The subscription failed; it is made anew.")
        # Many processes must not come back at the same moment.
        await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 (no secret)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _subscribe(url: str) -> AsyncIterator[Announcement | None]:
    """What is announced; None when the subscription stands. Raises when it is lost."""
    client = Redis.from_url(url, socket_connect_timeout=TIME_OUT, retry=Retry(NoBackoff(), 0))
    try:
        async with client.pubsub() as subscription:
            await subscription.subscribe(name_channel(url))
            async for message in _read(subscription):
                if message["type"] == "subscribe":
                    yield None
                elif message["type"] == "message":
                    try:
                        yield Announcement.decode(message["data"])
                    except ValueError as error:
                        logger.warning("An announcement was not understood: %s", error)
    finally:
        await client.aclose()


async def _read(subscription: PubSub) -> AsyncIterator[dict[str, Any]]:
    was_asked = False
    while True:
        message = await subscription.get_message(timeout=QUIET_SECONDS)
        if message is not None:
            was_asked = False
            yield message
        elif was_asked:
            raise TimeoutError(f"no answer for {QUIET_SECONDS} seconds")
        else:
            was_asked = True
            await subscription.ping()
