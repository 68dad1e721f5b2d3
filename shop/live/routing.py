"""Which sockets there are, and who may open one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from channels.routing import URLRouter
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import path, re_path

from shop.live.consumer import StockConsumer

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_DEFAULT_PORTS = {"http": 80, "https": 443}


class OwnOriginOnly:
    """Refuses, at the handshake, a browser that shows a page of another origin.

    As Django's CSRF check does: the `Origin` has to be the host that was asked for (one of
    `ALLOWED_HOSTS`) or one of `CSRF_TRUSTED_ORIGINS`. A client that names no origin is not
    a browser, and brings no cookies that a foreign page could use; Channels' own
    `AllowedHostsOriginValidator` would refuse it, and would take any port, and any origin
    where `ALLOWED_HOSTS` is `*`.
    """

    def __init__(self, inner: Application) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin, host = _find_header(scope, b"origin"), _find_header(scope, b"host")
        if origin is not None and not is_own_origin(origin, host):
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.inner({**scope, "cut": _find_cut(send)}, receive, send)


def is_own_origin(origin: str, host: str | None) -> bool:
    """May a page of this origin use a socket of this host? Where no host was named (it was,
    in HTTP/1.1 and 2) each of `ALLOWED_HOSTS` is its own."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        parts = urlsplit(origin)
        default = _DEFAULT_PORTS[parts.scheme]
        port = parts.port or default
    except (ValueError, KeyError):
        return False
    here, here_port = split_domain_port(parts.netloc if host is None else host)
    there, _ = split_domain_port(parts.netloc)
    # A host without a port is at the default port of what the page speaks, since a proxy
    # may not say whether that is TLS.
    return (
        there == here
        and port == int(here_port or default)
        and validate_host(here, _allowed_hosts())
    )


def _allowed_hosts() -> list[str]:
    hosts: list[str] = settings.ALLOWED_HOSTS
    if settings.DEBUG and not hosts:
        return [".localhost", "127.0.0.1", "[::1]"]
    return hosts


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """There is no socket at this address."""
    await send({"type": "websocket.close", "code": 1008})


def _find_header(scope: Scope, name: bytes) -> str | None:
    found = [value for key, value in scope["headers"] if key == name]
    return found[0].decode("latin-1") if found else None


def _find_cut(send: Send) -> Callable[[], None] | None:
    """What ends this socket at once. ASGI has no word for it, and a close waits for the
    reader that does not read; uvicorn's transport, to which `send` belongs, can."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    return getattr(transport, "abort", None)


_stock: Any = StockConsumer.as_asgi()
_nothing: Any = refuse
websocket_application = OwnOriginOnly(
    CookieMiddleware(URLRouter([path("ws/stock/", _stock), re_path("", _nothing)]))
)
