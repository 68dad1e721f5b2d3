"""One command from a fresh checkout to a running shop."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from django.conf import settings
from django.core.management import CommandError, CommandParser, call_command
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from shop.catalog.models import Product

MAX_FRAME_BYTES = 64 * 1024
"""Of a WebSocket frame before the server itself refuses it; `shop.live` refuses earlier."""
PATIENCE = 5
"""Seconds that open requests have to end when the server is stopped."""


class Command(BaseCommand):
    help = (
        "Serves the whole shop (pages, API, WebSocket) from one process: checks the settings, "
        "brings the database up to date, fills an empty shop with the demo catalogue. For "
        "development; docs/ shows what to run in production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="leave an empty shop empty")

    def handle(self, *args: Any, **options: Any) -> None:
        with _bind(options["host"], options["port"]) as listener:
            try:
                self._migrate(options["verbosity"])
                is_empty = not Product.objects.exists()
            except DatabaseError as error:
                raise CommandError(
                    f"DATABASE_URL={_hide_password(settings.DATABASE_URL)} cannot be used: "
                    f"{' '.join(str(error).split())}"
                ) from error
            if is_empty and settings.DEBUG and not options["no_demo"]:
                self._load_demo(options["verbosity"])
            if not settings.DEBUG:
                call_command("collectstatic", interactive=False, verbosity=0)
            self._serve(listener)

    def _migrate(self, verbosity: int) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command(
                "migrate", database=DEFAULT_DB_ALIAS, interactive=False, verbosity=verbosity
            )
            call_command("create_staff_groups", verbosity=verbosity)

    def _load_demo(self, verbosity: int) -> None:
        self.stdout.write("The shop is empty: loading the demo catalogue.")
        call_command("load_demo", verbosity=verbosity)

    def _serve(self, listener: socket.socket) -> None:
        host, port = listener.getsockname()[:2]
        with _named_address(host, port):
            listener.listen(2048)
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(
            self.style.SUCCESS(
                f"{settings.SHOP_NAME} is at http://{shown}:{port}/ "
                f"with CART_STRATEGY={settings.CART_STRATEGY}. Stop it with Ctrl-C."
            )
        )
        # uvicorn raises the signal that ended it once more: SIGTERM is an orderly end here.
        signal.signal(signal.SIGTERM, lambda *_: None)
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(
                uvicorn.Config(
                    settings.ASGI_APPLICATION.replace(".application", ":application"),
                    lifespan="off",
                    log_level="info",
                    timeout_graceful_shutdown=PATIENCE,
                    ws_max_size=MAX_FRAME_BYTES,
                    # Frames of 70 bytes gain nothing by it, and it costs memory a socket.
                    ws_per_message_deflate=False,
                )
            ).run(sockets=[listener])


def _bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address, before anything is changed for a server that could not
    begin. It does not listen yet: who asks meanwhile is refused rather than kept waiting."""
    with _named_address(host, port):
        if not 0 <= port <= 65_535:
            raise OSError("a port is a number from 1 to 65535")
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        return listener


@contextlib.contextmanager
def _named_address(host: str, port: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CommandError(
            f"The shop cannot listen on {host} port {port}: {error.strerror or error}. Stop what "
            "does, or choose another: `make run PORT=8001`, or `manage.py serve --port 8001`."
        ) from error


def _hide_password(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
