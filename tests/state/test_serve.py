"""`manage.py serve`: from nothing to a running shop, or a sentence that says why not."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.request import urlopen

import pytest

from engines.process import HOST, accepts_connections, find_free_port

ROOT = Path(__file__).resolve().parents[2]


class Serving:
    """`manage.py serve` over a database file of its own."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.port = find_free_port()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", f"--port={self.port}", *arguments],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": f"sqlite:///{folder / 'shop.sqlite3'}",
                "MEDIA_ROOT": str(folder / "media"),
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait(self) -> None:
        deadline = monotonic() + 120
        while not accepts_connections(self.port):
            assert self.process.poll() is None, self.process.communicate()[0]
            assert monotonic() < deadline, "the shop did not start"
            sleep(0.05)

    def get(self, path: str) -> int:
        with urlopen(f"http://{HOST}:{self.port}{path}", timeout=30) as answer:
            return int(answer.status)

    def end(self, number: int) -> str:
        self.process.send_signal(number)
        return self.process.communicate(timeout=60)[0]


@pytest.fixture
def serve(tmp_path: Path) -> Any:
    started: list[Serving] = []

    def start(*arguments: str, **environment: str) -> Serving:
        started.append(Serving(tmp_path, *arguments, **environment))
        return started[-1]

    yield start
    for serving in started:
        serving.process.kill()
        serving.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_migrates_serves_and_stops_in_order(serve, number):
    shop = serve("--no-demo")
    shop.wait()
    assert shop.get("/") == 200
    said = shop.end(number)
    assert shop.process.returncode == 0, said
    assert "Applying catalog.0001_initial" in said
    assert f"http://127.0.0.1:{shop.port}/ with CART_STRATEGY=session" in said
    assert "Traceback" not in said

    again = serve("--no-demo")
    again.wait()
    assert "Applying" not in again.end(number)


def test_a_port_that_is_taken_is_a_sentence_and_changes_nothing(serve, tmp_path):
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        shop = serve(f"--port={port}")
        said, _ = shop.process.communicate(timeout=60)
    assert shop.process.returncode == 1
    assert said.startswith(f"CommandError: The shop cannot listen on 127.0.0.1 port {port}:")
    assert len(said.strip().splitlines()) == 1
    assert not (tmp_path / "shop.sqlite3").exists()


@pytest.mark.parametrize("arguments", [["--port=70000"], ["--host=no.such.host.invalid"]])
def test_an_impossible_address_is_a_sentence(serve, arguments):
    said, _ = serve(*arguments).process.communicate(timeout=60)
    assert said.startswith("CommandError: The shop cannot listen on")
    assert "Traceback" not in said


def test_a_database_that_is_away_is_a_sentence(serve):
    address = f"127.0.0.1:{find_free_port()}/shop"
    shop = serve(DATABASE_URL=f"postgres://shop:s3cret@{address}")
    said, _ = shop.process.communicate(timeout=60)
    assert shop.process.returncode == 1
    assert f"CommandError: DATABASE_URL=postgres://{address} cannot be used:" in said
    assert "Traceback" not in said
    assert "s3cret" not in said
