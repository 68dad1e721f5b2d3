"""What a run of the tests takes care of itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from redis import Redis

from shop.cart.cart import Cart
from shop.cart.strategies import load_strategy

ROOT = Path(__file__).resolve().parents[2]


def run_pytest(folder: Path, test: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_inner.py").write_text(test)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "CI"))}
    arguments = ["-q", "-p", "no:cacheprovider", f"--rootdir={ROOT}", f"-c={ROOT}/pyproject.toml"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, str(folder)],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_callers_settings_are_forgotten(tmp_path):
    test = (
        "from django.conf import settings\n"
        "def test_settings():\n"
        "    assert settings.DATABASES['default']['ENGINE'].endswith('postgresql')\n"
        "    assert settings.CART_STRATEGY == 'session'\n"
        "    assert settings.SHOP_CURRENCY == 'EUR'\n"
        "    assert settings.SECRET_KEY != 'theirs'\n"
    )
    done = run_pytest(
        tmp_path,
        test,
        DATABASE_URL="sqlite:////nowhere/at/all.sqlite3",
        CART_STRATEGY="nonsense",
        SHOP_CURRENCY="USD",
        SECRET_KEY="theirs",
        DEBUG="nonsense",
        DJANGO_SETTINGS_MODULE="no.such.module",
    )
    assert done.returncode == 0, done.stdout


def test_a_skipped_test_is_a_failure_only_where_ci_is_set(tmp_path):
    test = "import pytest\ndef test_it():\n    pytest.skip('there is no engine')\n"
    assert run_pytest(tmp_path, test).returncode == 0
    done = run_pytest(tmp_path, test, CI="true")
    assert done.returncode == 1
    assert "In CI no test may be skipped" in done.stdout


def test_the_redis_strategy_is_at_the_tests_valkey_and_finds_it_empty(redis_url, use_strategy):
    strategy = use_strategy("redis")
    assert redis_url == settings.REDIS_URL
    assert strategy is load_strategy()
    assert Redis.from_url(redis_url).dbsize() == 0
    strategy.update("id", lambda cart: cart.add("A"))
    assert strategy.read("id") == Cart({"A": 1})


def test_a_private_valkey_can_be_taken_away_and_comes_back_with_its_carts(valkey, use_strategy):
    strategy = use_strategy("redis")
    strategy.update("id", lambda cart: cart.add("A"))
    assert valkey.url == settings.REDIS_URL
    valkey.restart()
    assert strategy.read("id") == Cart({"A": 1})
