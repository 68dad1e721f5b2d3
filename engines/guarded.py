"""A process that ends with the one that started it, however that ends."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engines.errors import EngineError

_GUARD = Path(__file__).with_name("guard.py")


class GuardedProcess:
    """Runs `command` in `folder`, its words in `log`, below a small guard (see `guard.py`).

    `options` go to `subprocess`; `remove` names a folder that goes with the process unless
    it is stopped by `stop`. Raises `EngineError` if the command cannot be run.
    """

    def __init__(
        self,
        command: list[str],
        *,
        folder: Path,
        log: Path,
        options: Mapping[str, Any] | None = None,
        stop_signal: int = signal.SIGTERM,
        abort_signal: int = signal.SIGKILL,
        patience: float = 20.0,
        remove: Path | None = None,
    ) -> None:
        order = {
            "command": command,
            "folder": str(folder),
            "log": str(log),
            "options": dict(options or {}),
            "stop_signal": int(stop_signal),
            "abort_signal": int(abort_signal),
            "patience": patience,
            "remove": str(remove) if remove else "",
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
            raise EngineError(f"It could not be started: {' '.join(command)}")
        self.pid = int(answer)

    @property
    def is_alive(self) -> bool:
        if self._guard.poll() is not None:
            return False
        # The guard collects its child only at the end, so a dead one is a zombie until then.
        stat = Path(f"/proc/{self.pid}/stat")
        if stat.exists():
            return stat.read_text().rpartition(")")[2].split()[0] != "Z"
        return True

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        self._end("stop\n")

    def kill(self) -> None:
        """End it as a crash would."""
        self.send(signal.SIGKILL)
        self.stop()

    def close(self) -> None:
        """End it at once, and remove what was to go with it."""
        self._end("")

    def send(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def _end(self, word: str) -> None:
        assert self._guard.stdin is not None
        assert self._guard.stdout is not None
        if not self._guard.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self._guard.stdin.write(word)
                self._guard.stdin.close()
        self._guard.wait()
        self._guard.stdout.close()
