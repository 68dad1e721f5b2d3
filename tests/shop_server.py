"""The shop as a process of its own, over the tests' database and Valkey."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings
from django.db import connection

from engines.guarded import GuardedProcess
from engines.process import HOST, accepts_connections, find_free_port

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 60


class ShopServer:
    """`config.asgi` under uvicorn. It can be stopped and started again on its port; it ends
    with the tests at the latest. Its log is in `log`."""

    def __init__(self, strategy: str, **environment: str) -> None:
        self.strategy = strategy
        self.port = find_free_port()
        self.log = Path(tempfile.mkdtemp(prefix="switchcart-shop-")) / "shop.log"
        self._environment = {
            **{k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"},
            "CART_STRATEGY": strategy,
            "DATABASE_URL": find_test_database_url(),
            "REDIS_URL": settings.REDIS_URL,
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            **environment,
        }
        self._process: GuardedProcess | None = None
        self.start()

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        command = f"-m uvicorn config.asgi:application --host {HOST} --port {self.port}"
        self._process = GuardedProcess(
            [sys.executable, *command.split()],
            folder=ROOT,
            log=self.log,
            options={"env": self._environment},
            remove=self.log.parent,
        )
        deadline = monotonic() + _PATIENCE
        while not accepts_connections(self.port):
            if monotonic() > deadline or not self._process.is_alive:
                said = self.log.read_text(errors="replace")
                self.stop()
                raise AssertionError(f"the shop did not start:\n{said}")
            sleep(0.05)

    def stop(self) -> None:
        """As a deployment does: SIGTERM."""
        process, self._process = self._process, None
        if process:
            process.stop()

    def kill(self) -> None:
        """As a crash does: SIGKILL."""
        process, self._process = self._process, None
        if process:
            process.kill()

    def restart(self) -> None:
        self.stop()
        self.start()

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.log.parent, ignore_errors=True)


def find_test_database_url() -> str:
    """The DATABASE_URL of the database that these tests use now."""
    database = connection.settings_dict
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
