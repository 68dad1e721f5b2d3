"""One engine as a process of its own, on a loopback port, with a folder for its data."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from time import monotonic, sleep
from typing import ClassVar, Self

from engines.errors import EngineError
from engines.identity import Identity, choose_identity

HOST = "127.0.0.1"
_GUARD = Path(__file__).with_name("guard.py")


def find_free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


class Engine(ABC):
    """An engine that can be stopped and started again on the same port with the same data.

    Without `folder` its data is in a private temporary one that goes with it. It ends with
    this process at the latest, even if this process is killed. A context manager.
    """

    title: ClassVar[str]
    stop_signal: ClassVar[int] = signal.SIGTERM
    patience: ClassVar[float] = 20.0
    """Seconds that a start or a stop may take."""

    def __init__(self, *, port: int | None = None, folder: Path | None = None) -> None:
        self.port = port or find_free_port()
        self._is_private = folder is None
        self._folder = folder
        self._identity: Identity | None = None
        self._guard: subprocess.Popen[str] | None = None
        self.pid: int | None = None
        """Of the engine's main process, while it runs."""

    @property
    @abstractmethod
    def url(self) -> str:
        """Where clients find it; the same before, between and after its runs."""

    @abstractmethod
    def _find_program(self) -> Path:
        """Raises `EngineError` if there is none."""

    @abstractmethod
    def _command(self, program: Path) -> list[str]:
        """Its command line."""

    @abstractmethod
    def _answers(self) -> bool:
        """Does it serve clients now?"""

    def _prepare(self, program: Path) -> None:  # noqa: B027 (most need nothing)
        """What must be done in the folder before a start, if anything."""

    @property
    def is_running(self) -> bool:
        return self._guard is not None and self._guard.poll() is None and self.pid is not None

    @property
    def folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=f"switchcart-{self.title.lower()}-"))
            atexit.register(self.close)
        return self._folder

    def start(self) -> Self:
        """Start it, with the data of its last run, and wait until it answers; nothing if it
        runs. Raises `EngineError`."""
        if self.is_running:
            return self
        program = self._find_program()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._identity = choose_identity(program, self.folder)
        self._prepare(program)
        self._launch(self._command(program))
        self._wait_until_it_answers()
        return self

    def stop(self) -> None:
        """Stop it in an orderly way; its data stays. Nothing if it does not run."""
        self._end(keep="stop\n")

    def kill(self) -> None:
        """End it as a crash would: no farewell to clients, nothing flushed."""
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.stop()

    def restart(self) -> None:
        self.stop()
        self.start()

    def pause(self) -> None:
        """Let it hang: connections open, but nothing is answered until `resume`."""
        if self.pid is not None:
            os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        if self.pid is not None:
            os.kill(self.pid, signal.SIGCONT)

    def close(self) -> None:
        """Stop it for good; a private folder is removed."""
        self._end(keep="")
        if self._is_private and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _run_as_engine(self, command: list[str]) -> None:
        """Run a helper program of the engine to its end. Raises `EngineError`."""
        assert self._identity is not None
        done = subprocess.run(
            [*self._identity.prefix, *command],
            cwd=self.folder,
            capture_output=True,
            text=True,
            **self._identity.options,
        )
        if done.returncode != 0:
            raise EngineError(f"{self.title} could not be set up: {done.stderr.strip()}")

    def _launch(self, command: list[str]) -> None:
        assert self._identity is not None
        order = {
            "command": [*self._identity.prefix, *command],
            "folder": str(self.folder),
            "identity": self._identity.options,
            "log": str(self._log),
            "stop_signal": int(self.stop_signal),
            "patience": self.patience,
            "remove": str(self.folder) if self._is_private else "",
        }
        self._guard = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_GUARD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._guard.stdin is not None
        assert self._guard.stdout is not None
        self._guard.stdin.write(json.dumps(order) + "\n")
        self._guard.stdin.flush()
        answer = self._guard.stdout.readline()
        if not answer:
            self._guard.wait()
            raise EngineError(f"{self.title} could not be started: {' '.join(command)}")
        self.pid = int(answer)

    def _wait_until_it_answers(self) -> None:
        deadline = monotonic() + self.patience
        while not self._answers():
            if monotonic() > deadline or not self._is_alive():
                said = self._log.read_text(errors="replace")[-2_000:]
                self.stop()
                raise EngineError(f"{self.title} did not start on port {self.port}:\n{said}")
            sleep(0.02)

    def _end(self, keep: str) -> None:
        guard, self._guard, self.pid = self._guard, None, None
        if guard is None:
            return
        assert guard.stdin is not None
        assert guard.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            guard.stdin.write(keep)
            guard.stdin.close()
        guard.wait()
        guard.stdout.close()

    def _is_alive(self) -> bool:
        # It is the guard's child, who collects it only at the end: a dead one is a zombie.
        stat = Path(f"/proc/{self.pid}/stat")
        if stat.exists():
            return stat.read_text().rpartition(")")[2].split()[0] != "Z"
        return self.is_running

    @property
    def _log(self) -> Path:
        return self.folder / "engine.log"


def find_wheel_program(package: str, *parts: str) -> Path | None:
    """The program that an installed wheel brings, without importing the package."""
    for root in map(Path, sys.path):
        for found in sorted(root.glob("/".join((package, *parts)))):
            if os.access(found, os.X_OK):
                return found
    return None


def accepts_connections(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True
