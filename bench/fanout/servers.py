"""The server processes under test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines.process import HOST, accepts_connections, find_free_port

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """One uvicorn process."""

    def __init__(self, application: str, environment: dict[str, str]) -> None:
        self.port = find_free_port()
        command = f"-m uvicorn {application} --host {HOST} --port {self.port}"
        quiet = "--no-access-log --log-level warning --lifespan off --backlog 4096"
        self._process = subprocess.Popen(  # noqa: S603 (our own command)
            [sys.executable, *command.split(), *quiet.split()],
            cwd=ROOT,
            env={**os.environ, **environment},
        )

    def wait_until_up(self) -> None:
        deadline = time.monotonic() + 60
        while not accepts_connections(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("A server did not start.")
            time.sleep(0.1)

    def resident_bytes(self) -> int:
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024

    def cpu_ms(self) -> float:
        """Time that the process has computed, of whatever core."""
        after_name = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) * 1_000 / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@contextmanager
def run_servers(
    application: str, count: int, environment: dict[str, str]
) -> Iterator[list[Server]]:
    servers = [Server(application, environment) for _ in range(count)]
    try:
        for server in servers:
            server.wait_until_up()
        yield servers
    finally:
        for server in servers:
            server.end()
