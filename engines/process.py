"""One engine as a process of its own, on a loopback port, with a folder for its data."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import sys
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from time import monotonic, sleep
from typing import ClassVar, Self

from engines.errors import EngineError
from engines.guarded import GuardedProcess
from engines.identity import Identity, choose_identity

HOST = "127.0.0.1"


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
    abort_signal: ClassVar[int] = signal.SIGKILL
    patience: ClassVar[float] = 20.0
    """Seconds that a start or a stop may take."""

    def __init__(self, *, port: int | None = None, folder: Path | None = None) -> None:
        self.port = port or find_free_port()
        self._is_private = folder is None
        self._folder = folder
        self._process: GuardedProcess | None = None

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

    def _prepare(self, program: Path, identity: Identity) -> None:  # noqa: B027 (most need nothing)
        """What must be done in the folder before a start, if anything."""

    @property
    def is_installed(self) -> bool:
        try:
            self._find_program()
        except EngineError:
            return False
        return True

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.is_alive

    @property
    def pid(self) -> int | None:
        """Of its main process, while it runs."""
        return self._process.pid if self._process else None

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
        self.stop()  # tidies up after one that ended by itself
        program = self._find_program()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        identity = choose_identity(program, self.folder)
        self._prepare(program, identity)
        self._process = GuardedProcess(
            [*identity.prefix, *self._command(program)],
            folder=self.folder,
            log=self._log,
            options=identity.options,
            stop_signal=self.stop_signal,
            abort_signal=self.abort_signal,
            patience=self.patience,
            remove=self.folder if self._is_private else None,
        )
        self._wait_until_it_answers()
        return self

    def stop(self) -> None:
        """Stop it in an orderly way; its data stays. Nothing if it does not run."""
        process, self._process = self._process, None
        if process:
            process.stop()

    def kill(self) -> None:
        """End it as a crash would: no farewell to clients, nothing flushed."""
        if self._process:
            self._process.send(signal.SIGKILL)
        self.stop()

    def restart(self) -> None:
        self.stop()
        self.start()

    def pause(self) -> None:
        """Let it hang: connections stay open, but nothing is answered until `resume`."""
        if self._process:
            self._process.send(signal.SIGSTOP)

    def resume(self) -> None:
        if self._process:
            self._process.send(signal.SIGCONT)

    def close(self) -> None:
        """Stop it for good; a private folder is removed."""
        process, self._process = self._process, None
        if process:
            process.close()
        if self._is_private and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _wait_until_it_answers(self) -> None:
        deadline = monotonic() + self.patience
        while not self._answers():
            if monotonic() > deadline or not self.is_running:
                said = self._log.read_text(errors="replace")[-2_000:]
                self.stop()
                raise EngineError(f"{self.title} did not start on port {self.port}:\n{said}")
            sleep(0.02)

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
