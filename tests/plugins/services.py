"""The ground that tests stand on: settings of their own, and real engines.

A pytest plugin (`-p tests.plugins.services` in pyproject.toml) and not a conftest, since it
has to be there before Django reads the settings. Tests run on PostgreSQL, because SQLite
hides races; one cluster serves all workers, each with a database of its own. Each worker
has its own Valkey, since channels know no database numbers. Both start when first needed.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engines.errors import EngineError
from engines.postgres import Postgres
from engines.valkey import Valkey

ROOT = Path(__file__).resolve().parents[2]
_SHARED = "SWITCHCART_TESTS_POSTGRES_URL"
"""By which a run tells its workers where its PostgreSQL is."""


def _forget_callers_settings() -> None:
    """What the shell or a `.env` says about somebody's shop is not for the tests."""
    text = (ROOT / "config" / "settings.py").read_text()
    for name in re.findall(r'\b(?:env\.\w+|_?read_\w+)\(\s*"([A-Z_]+)"', text):
        os.environ.pop(name, None)
    os.environ.pop("WEB_CONCURRENCY", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["ENV_FILE"] = os.devnull


_postgres = Postgres()
_valkey = Valkey()
_files = tempfile.mkdtemp(prefix="switchcart-files-")

_forget_callers_settings()
os.environ["DEBUG"] = "true"
os.environ["MEDIA_ROOT"] = f"{_files}/media"
os.environ["MAIL_DIR"] = f"{_files}/mail"
os.environ["DATABASE_URL"] = os.environ.get(_SHARED) or _postgres.url
os.environ["REDIS_URL"] = _valkey.url


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def _start(engine: Any) -> None:
    try:
        engine.start()
    except EngineError as error:
        pytest.exit(f"These tests need {engine.title}. {error}", returncode=3)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--cart-strategy",
        action="append",
        default=[],
        metavar="PATH",
        help="run the conformance suite over this CartStrategy (a dotted path) as well",
    )
    parser.addoption(
        "--kills",
        type=int,
        default=40,
        metavar="NUMBER",
        help="how often to kill a worker in the midst of a checkout (40; 200 for all steps)",
    )


def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker() and getattr(config.option, "tx", None):
        _start(_postgres)
        os.environ[_SHARED] = _postgres.url


def pytest_unconfigure() -> None:
    _valkey.close()
    _postgres.close()
    shutil.rmtree(_files, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where CI is set, everything has to be there: a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and os.environ.get("CI") and reporter.stats.get("skipped"):
        reporter.ensure_newline()
        reporter.write_line("In CI no test may be skipped.", red=True)
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Of the running PostgreSQL's database `postgres`, as superuser."""
    if not _is_worker():
        _start(_postgres)
    return os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def _running_valkey() -> Valkey:
    _start(_valkey)
    return _valkey


@pytest.fixture
def redis_url(_running_valkey: Valkey) -> str:
    """Of the running Valkey that `settings.REDIS_URL` names, with nothing in it."""
    from redis import Redis

    with Redis.from_url(_running_valkey.url) as client:
        client.flushall()
    return _running_valkey.url


@pytest.fixture
def valkey(settings: Any) -> Iterator[Valkey]:
    """A Valkey for this test alone, to take away (`stop`, `kill`, `pause`) and to bring back
    with its data (`start`, `resume`). `settings.REDIS_URL` and the carts' cache are at it."""
    from shop.cart import strategies

    with Valkey() as engine:
        settings.REDIS_URL = engine.url
        settings.CACHES = {
            **settings.CACHES,
            "carts": {**settings.CACHES["carts"], "LOCATION": engine.url},
        }
        strategies._load.cache_clear()
        yield engine
        strategies._load.cache_clear()
