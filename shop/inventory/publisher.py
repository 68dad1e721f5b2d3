"""Brings announcements to Redis or Valkey from a thread of its own."""

from __future__ import annotations

import atexit
import logging
import os
import random
import threading
import time
from typing import Any

from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from shop.inventory.announcement import MAX_LEVELS, Announcement, CustomerEvent, Level

logger = logging.getLogger(__name__)

TIME_OUT = 1.0
"""Seconds to wait for Redis to connect or to answer."""
MAX_WAITING = 10_000
"""Skus, and events, that wait at most; past it the oldest go (pages re-read now and then)."""
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
"""Seconds between tries while Redis is away."""


class Publisher:
    """Whoever announces only puts a note down, and never waits for Redis. While Redis is
    away the newest level of each sku waits here, and goes out when it is back."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._levels: dict[str, Level] = {}
        self._events: dict[tuple[int, str, str], CustomerEvent] = {}
        self._wake = threading.Condition()
        self._is_closed = False
        self._is_up = True
        self._is_sending = False
        self._thread = threading.Thread(target=self._run, name="announce", daemon=True)
        self._thread.start()

    def put(self, told: Announcement) -> None:
        """Take it along; returns at once, whatever Redis does."""
        with self._wake:
            self._keep(told)
            self._wake.notify_all()

    def flush(self, seconds: float) -> bool:
        """Wait until all is sent, but not for a Redis that is away. Was it?"""
        deadline = time.monotonic() + seconds
        with self._wake:
            while self._levels or self._events or self._is_sending:
                left = deadline - time.monotonic()
                if left <= 0 or not self._is_up or not self._thread.is_alive():
                    return False
                self._wake.wait(min(left, 0.05))
        return True

    def close(self) -> None:
        """Send what can be sent at once, then end the thread."""
        self.flush(TIME_OUT)
        with self._wake:
            self._is_closed = True
            self._wake.notify_all()

    def _run(self) -> None:
        client = connect(self.url)
        channel = name_channel(self.url)
        pause = FIRST_PAUSE
        while told := self._take():
            try:
                client.publish(channel, told.encode())
            except (RedisError, OSError) as error:
                self._give_up(told, error)
                # Many processes must not come back at the same moment.
                self._sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 (no secret)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                pause = FIRST_PAUSE
                self._note_success()

    def _take(self) -> Announcement | None:
        """What goes out next, as soon as there is something; None at the end."""
        with self._wake:
            while not self._levels and not self._events and not self._is_closed:
                self._wake.wait()
            if self._is_closed:
                return None
            self._is_sending = True
            levels = [self._levels.pop(sku) for sku in list(self._levels)[:MAX_LEVELS]]
            events = tuple(self._events.values())
            self._events.clear()
            return Announcement(tuple(levels), events)

    def _give_up(self, told: Announcement, error: Exception) -> None:
        with self._wake:
            self._is_sending = False
            newer = Announcement(tuple(self._levels.values()), tuple(self._events.values()))
            self._levels, self._events = {}, {}
            self._keep(told)
            self._keep(newer)
            if self._is_up:
                logger.warning("Redis is away; announcements of stock wait for it: %s", error)
            self._is_up = False

    def _note_success(self) -> None:
        with self._wake:
            self._is_sending = False
            if not self._is_up:
                logger.info("Redis is back; announcements of stock go out again.")
            self._is_up = True

    def _keep(self, told: Announcement) -> None:
        for level in told.levels:
            if level.is_newer_than(self._levels.get(level.sku)):
                self._levels[level.sku] = level
        for event in told.events:
            self._events[event.topic] = event
        _drop_oldest(self._levels)
        _drop_oldest(self._events)

    def _sleep(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        with self._wake:
            while not self._is_closed and (left := deadline - time.monotonic()) > 0:
                self._wake.wait(left)


def _drop_oldest(waiting: dict[Any, Any]) -> None:
    while len(waiting) > MAX_WAITING:
        del waiting[next(iter(waiting))]


_publishers: dict[str, Publisher] = {}
_lock = threading.Lock()


def find_publisher(url: str) -> Publisher | None:
    """This process's publisher to the Redis at `url`; None without one."""
    if not url:
        return None
    with _lock:
        if url not in _publishers:
            _publishers[url] = Publisher(url)
        return _publishers[url]


def connect(url: str) -> Redis:
    """A client that fails soon, and leaves trying again to whoever uses it."""
    return Redis.from_url(
        url,
        socket_connect_timeout=TIME_OUT,
        socket_timeout=TIME_OUT,
        retry=Retry(NoBackoff(), 0),
    )


def name_channel(url: str) -> str:
    """Redis's channels know no database numbers, so the name has it: two shops on one Redis
    that take two numbers do not hear each other."""
    return f"switchcart:live:{ConnectionPool.from_url(url).connection_kwargs.get('db') or 0}"


def ping_redis(url: str) -> str:
    """Why the Redis at `url` cannot be reached; empty where it can."""
    try:
        with connect(url) as client:
            client.ping()
    except (RedisError, OSError) as error:
        return str(error) or type(error).__name__
    return ""


def _close_all() -> None:
    for publisher in tuple(_publishers.values()):
        publisher.close()


def _forget_all() -> None:
    # A forked child has neither the parent's threads nor, safely, its locks.
    global _publishers, _lock
    _publishers, _lock = {}, threading.Lock()


atexit.register(_close_all)
os.register_at_fork(after_in_child=_forget_all)
