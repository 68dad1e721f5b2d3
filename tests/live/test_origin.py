"""Whose pages may open a socket."""

from __future__ import annotations

from typing import Any

import pytest

from shop.live.routing import is_own_origin


@pytest.fixture(autouse=True)
def _shop_at(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["shop.example", "[::1]"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://pages.example"]


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://shop.example", "shop.example"),
        ("https://shop.example", "SHOP.example:443"),
        ("http://shop.example", "shop.example:80"),
        ("http://shop.example:8000", "shop.example:8000"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("https://pages.example", "shop.example"),
        ("https://shop.example", None),
    ],
)
def test_the_shops_own_pages_may(origin: str, host: str | None) -> None:
    assert is_own_origin(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.example", "shop.example"),
        ("https://evil.example", "evil.example"),  # a name of theirs that leads here
        ("https://shop.example.evil.example", "shop.example"),
        ("https://shop.example:8443", "shop.example"),
        ("http://shop.example", "shop.example:8000"),
        ("https://evil.example", None),
        ("null", "shop.example"),
        ("", "shop.example"),
        ("file://", "shop.example"),
        ("https://", "shop.example"),
        ("https://[", "shop.example"),
        ("https://shop.example:port", "shop.example"),
        ("https://shop.example@evil.example", "shop.example"),
    ],
)
def test_no_other_page_may(origin: str, host: str | None) -> None:
    assert not is_own_origin(origin, host)


def test_any_host_allowed_is_not_any_origin(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    assert is_own_origin("https://any.example", "any.example")
    assert not is_own_origin("https://evil.example", "any.example")


async def test_another_origin_is_refused_at_the_handshake(open_socket: Any) -> None:
    with pytest.raises(ConnectionRefusedError):
        async with open_socket(headers={"Origin": "https://evil.example", "Host": "shop.example"}):
            pass


async def test_the_own_origin_and_no_origin_are_not(open_socket: Any) -> None:
    for headers in ({"Origin": "https://shop.example", "Host": "shop.example"}, {}):
        async with open_socket(headers=headers) as client:
            assert await client.hears_nothing_more()
