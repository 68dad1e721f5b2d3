"""Health, and the id of each request."""

from __future__ import annotations

import logging
from typing import Any

import pytest
import structlog
from django.test import Client

from shop.cart import strategies
from shop.state import health
from shop.state.logs import make_logging


def test_live_asks_nobody(client: Client, django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/health/live/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert client.post("/health/live/").status_code == 405


@pytest.mark.django_db
def test_ready(client: Client, cart_strategy: str, redis_url: str) -> None:
    answer = client.get("/health/ready/")
    parts = dict.fromkeys(health.find_parts(), "ok")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "parts": parts})
    assert {"database", "cart_store"} <= parts.keys()
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_the_cart_store(client: Client, settings: Any) -> None:
    from redis import Redis

    strategy: Any = strategies.RedisCartStrategy(
        client=Redis(port=1), address="", ttl=settings.CART_TTL
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(health, "load_strategy", lambda: strategy)
        answer = client.get("/health/ready/")
    assert answer.status_code == 503
    body = answer.json()
    assert body["status"] == "unavailable"
    assert body["parts"]["database"] == "ok"
    assert body["parts"]["cart_store"] == "CartUnavailable"


@pytest.mark.django_db
def test_not_ready_without_the_channel_layer(client: Client, settings: Any) -> None:
    settings.CHANNEL_LAYER_URL = "redis://:secret@127.0.0.1:1/0"
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["parts"]["channel_layer"] != "ok"
    assert "secret" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/health/live/", "/api/v1/products/", "/api/v1/nothing/", "/no/page/"]
)
def test_every_answer_has_an_id(client: Client, path: str) -> None:
    first, second = (client.get(path).headers["X-Request-ID"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [
        ("trace-1:a/b=", True),
        ("x" * 128, True),
        ("x" * 129, False),
        ("", False),
        ("a b", False),
        ("a\u2028b", False),
        ("<script>", False),
    ],
)
def test_a_given_id(client: Client, given: str, is_kept: bool) -> None:
    answer = client.get("/health/live/", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is is_kept


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_the_id_is_in_the_log(client: Client, log_format: str) -> None:
    formatter = make_logging(log_format, "INFO")["formatters"]["shop"].copy()
    made = formatter.pop("()")(**formatter)
    lines: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(made.format(record))

    keeper = Keeper()
    logger = logging.getLogger("shop.request")
    logger.addHandler(keeper)
    try:
        client.get("/health/live/", headers={"X-Request-ID": "trace-77"})
    finally:
        logger.removeHandler(keeper)
    assert len(lines) == 1
    assert "trace-77" in lines[0]
    assert "GET /health/live/ 200" in lines[0]
    assert "request_id" not in structlog.contextvars.get_contextvars()
