"""`make run` brings a Valkey of its own exactly where the shop would find none."""

from __future__ import annotations

from pathlib import Path

import pytest
from redis import Redis

import manage
from engines.process import accepts_connections, find_free_port
from scripts import run


@pytest.fixture
def port(monkeypatch, tmp_path) -> int:
    """Where this test's shop looks for Valkey by default; nothing is there yet."""
    free = find_free_port()
    monkeypatch.setattr(run, "DEFAULT_PORT", free)
    monkeypatch.setattr(run, "ROOT", tmp_path)
    for name in ("CART_STRATEGY", "CART_STRATEGY_PREVIOUS", "REDIS_URL"):
        monkeypatch.setenv(name, "")  # so that what `.env` puts there goes with the test
        monkeypatch.delenv(name)
    return free


def run_shop(monkeypatch, shop) -> None:
    monkeypatch.setattr(manage, "main", shop)
    run.main()


def test_it_keeps_the_carts_from_one_run_to_the_next(port, monkeypatch, capsys, tmp_path):
    seen: list[object] = []
    monkeypatch.setenv("CART_STRATEGY", "redis")

    def count() -> None:
        seen.append(Redis(port=port).incr("runs"))

    run_shop(monkeypatch, count)
    assert not accepts_connections(port)
    run_shop(monkeypatch, count)
    assert seen == [1, 2]
    assert (tmp_path / "var" / "valkey").is_dir()
    assert f"Started a private Valkey at redis://127.0.0.1:{port}/0" in capsys.readouterr().err


def test_it_ends_with_a_shop_that_does_not_start(port, monkeypatch):
    monkeypatch.setenv("CART_STRATEGY", "redis")

    def refuse() -> None:
        assert accepts_connections(port)
        raise SystemExit("a wrong setting")

    with pytest.raises(SystemExit, match="a wrong setting"):
        run_shop(monkeypatch, refuse)
    assert not accepts_connections(port)


@pytest.mark.parametrize(
    "environment",
    [
        {"CART_STRATEGY": "session"},
        {},
        {"CART_STRATEGY": "redis", "REDIS_URL": "redis://redis.example:6379/0"},
    ],
)
def test_it_brings_none_where_none_is_needed_or_another_is_named(port, monkeypatch, environment):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    seen: list[bool] = []
    run_shop(monkeypatch, lambda: seen.append(accepts_connections(port)))
    assert seen == [False]


def test_carts_that_move_away_from_redis_need_it_too_and_the_env_file_counts(port, monkeypatch):
    (Path(run.ROOT) / ".env").write_text("CART_STRATEGY_PREVIOUS=cookie, redis\n")
    seen: list[bool] = []
    run_shop(monkeypatch, lambda: seen.append(accepts_connections(port)))
    assert seen == [True]
