"""A wrong setting stops every command with one sentence that names it, its value, and what
it may be: no traceback."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from engines.process import find_free_port

ROOT = Path(__file__).resolve().parents[2]


def run_manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "sqlite://:memory:", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


WRONG = [
    ("DEBUG", "maybe", "must be true or false"),
    ("SHOP_CURRENCY", "EURO", r"must be the code of a currency \(ISO 4217\)"),
    ("SHOP_COUNTRY", "Germany", r"must be the code of a country \(ISO 3166-1\)"),
    ("SHOP_COUNTRY", "EU", r"must be the code of a country \(ISO 3166-1\)"),
    ("ALLOWED_HOSTS", "shop.example,https://shop.example/", "must be host names"),
    ("CSRF_TRUSTED_ORIGINS", "shop.example", "must be origins"),
    ("DATABASE_URL", "mysql://h/d", "must begin with sqlite://, postgres://"),
    ("DATABASE_URL", "postgres://h:ninety/d", "port must be a number"),
    ("DATABASE_URL", "postgres://h:5432/", "names no database"),
    ("REDIS_URL", "http://h", "must begin with redis://, rediss://, unix://"),
    ("CART_TTL_DAYS", "forever", "must be a whole number from 1 to 400"),
    ("CART_MAX_LINES", "0", "must be a whole number from 1 to 1000"),
    ("LOGIN_RATE", "60/fortnight", "must be a number of calls per"),
    ("MEDIA_ROOT", str(ROOT / "manage.py"), "not a folder"),
]


@pytest.fixture
def read_settings(monkeypatch) -> Callable[..., dict[str, Any]]:
    def read(**environment: str) -> dict[str, Any]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "config" / "settings.py"))

    return read


@pytest.mark.parametrize(("name", "value", "reason"), WRONG)
def test_a_wrong_value_is_named(name, value, reason, read_settings):
    with pytest.raises(ImproperlyConfigured, match=reason) as caught:
        read_settings(**{name: value})
    assert str(caught.value).startswith(f"{name} ")
    assert value.split(",")[-1] in str(caught.value)


def test_a_password_is_not_shown(read_settings):
    with pytest.raises(ImproperlyConfigured) as caught:
        read_settings(DATABASE_URL="postgres://shop:s3cret@h:ninety/d")
    assert "postgres://h:ninety/d" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_empty_values_are_as_good_as_none(read_settings):
    names = ["SHOP_CURRENCY", "SHOP_COUNTRY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"]
    names += ["REDIS_URL", "CART_STRATEGY", "CART_TTL_DAYS", "MEDIA_ROOT", "SHOP_NAME"]
    found = read_settings(DATABASE_URL="sqlite://:memory:", **dict.fromkeys(names, ""))
    assert found["SHOP_CURRENCY"] == "EUR"
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["CART_STRATEGY"] == "session"
    assert found["MEDIA_ROOT"] == ROOT / "var" / "media"


def test_good_values_pass(read_settings):
    found = read_settings(
        SHOP_CURRENCY="jpy",
        SHOP_COUNTRY="jp",
        ALLOWED_HOSTS="shop.example, .shop.example,[::1],*",
        CSRF_TRUSTED_ORIGINS="https://shop.example:8443,https://*.shop.example",
        DATABASE_URL="postgres://shop:p%40ss@localhost/shop",
        REDIS_URL="unix:///run/valkey.sock",
    )
    assert (found["SHOP_CURRENCY"], found["SHOP_COUNTRY"]) == ("JPY", "JP")
    assert found["ALLOWED_HOSTS"] == ["shop.example", ".shop.example", "[::1]", "*"]
    assert found["DATABASES"]["default"]["PASSWORD"] == "p@ss"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SHOP_COUNTRY", "Germany", "SHOP_COUNTRY is 'Germany'; it must be the code of a country"),
        ("CART_STRATEGY", "cooky", "Set it to one of cookie, session, redis, local, memory"),
        ("CART_STRATEGY", "shop.cart.cart.Cart", "which is not a CartStrategy. Set it to one of"),
    ],
)
def test_a_wrong_value_stops_every_command_with_one_sentence(name, value, sentence):
    done = run_manage("check", **{name: value})
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stderr.startswith(f"{name} is {value!r}")
    assert sentence in done.stderr


@pytest.mark.parametrize("key", ["", "short", "development-only-key-that-signs-nothing-of-value"])
def test_production_needs_a_key_of_its_own(key):
    done = run_manage("serve", DEBUG="false", SECRET_KEY=key)
    assert done.returncode == 1
    assert done.stderr.startswith("SECRET_KEY is missing or weak, and DEBUG is false;")
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_traceback_can_be_asked_for():
    done = run_manage("check", "--traceback", SHOP_COUNTRY="Germany")
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback")


def test_a_redis_that_is_away_stops_the_start_with_what_to_do():
    address = f"redis://:s3cret@127.0.0.1:{find_free_port()}/0"
    done = run_manage("serve", CART_STRATEGY="redis", REDIS_URL=address)
    assert done.returncode == 1
    assert f"REDIS_URL={address.replace(':s3cret@', '')}" in done.stderr
    assert "Start one there, set REDIS_URL to where it runs, or set CART_STRATEGY" in done.stderr
    assert "Traceback" not in done.stderr
    assert "s3cret" not in done.stderr
