"""Limits by address and by customer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import caches

from tests.api.shopper import Shopper, assert_problem
from tests.factories import PASSWORD, UserFactory
from tests.threads import run_at_once

pytestmark = pytest.mark.django_db
LOGIN = {"username": "nobody", "password": "x"}


@pytest.fixture
def rates(settings: Any, redis_url: str) -> Iterator[Any]:
    for name in ("local", "shared"):
        caches[name].clear()
    settings.API_RATES = {**settings.API_RATES}
    yield settings.API_RATES


def test_logins_from_one_address(shopper: Shopper, rates: Any) -> None:
    rates["login"] = "2/minute"
    with time_machine.travel("2026-11-24T10:00:15Z", tick=False) as clock:
        for _ in range(2):
            assert shopper.post("token/", LOGIN).status_code == 401
        answer = shopper.post("token/", LOGIN)
        assert_problem(answer, 429, "throttled")
        assert answer.headers["Retry-After"] == "45"
        other = shopper.post("token/", LOGIN, REMOTE_ADDR="10.0.0.9")
        assert other.status_code == 401
        lied = shopper.post("token/", LOGIN, headers={"X-Forwarded-For": "10.0.0.8"})
        assert_problem(lied, 429, "throttled")
        clock.shift(45)
        assert shopper.post("token/", LOGIN).status_code == 401


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("register", "POST", "register/"),
        ("refresh", "POST", "token/refresh/"),
        ("refresh", "POST", "token/revoke/"),
        ("coupon", "PUT", "cart/coupon/"),
        ("any", "GET", "products/"),
        ("any", "GET", "cart/"),
    ],
)
def test_each_scope(shopper: Shopper, rates: Any, scope: str, method: str, path: str) -> None:
    rates[scope] = "1/hour"
    assert shopper.send(method, path, {}).status_code in (200, 400)
    assert_problem(shopper.send(method, path, {}), 429, "throttled")


def test_customers_are_counted_by_themselves(rates: Any) -> None:
    rates["any"] = "2/hour"
    shoppers = []
    for number in range(2):
        shopper, user = Shopper(), UserFactory()
        rates["any"] = "9/hour"
        shopper.post(
            "token/",
            {"username": user.username, "password": PASSWORD},
            REMOTE_ADDR=f"10.0.0.{number}",
        )
        shopper.log_in(user.username, PASSWORD)
        shoppers.append(shopper)
    rates["any"] = "2/hour"
    for shopper in shoppers:
        assert [shopper.get("profile/").status_code for _ in range(3)] == [200, 200, 429]


def test_a_busy_shop_behind_one_address_is_not_limited(
    shopper: Shopper, rates: dict[str, str]
) -> None:
    rates["any"] = "6000/minute"
    assert all(shopper.get("cart/").status_code == 200 for _ in range(150))


def test_zero_is_no_limit(shopper: Shopper, rates: Any) -> None:
    rates["login"] = "0/minute"
    assert {shopper.post("token/", LOGIN).status_code for _ in range(5)} == {401}


def test_the_tight_ones_are_counted_by_all_processes_together(rates: Any) -> None:
    assert "RedisCache" in type(caches["shared"]).__name__
    rates["login"] = "3/hour"

    def log_in(number: int) -> int:
        status: int = Shopper().post("token/", LOGIN).status_code
        return status

    assert sorted(run_at_once(log_in)) == [401] * 3 + [429] * 5


def test_nobody_is_turned_away_while_redis_is(shopper: Shopper, rates: Any, settings: Any) -> None:
    rates["login"] = "1/hour"
    shared = {**settings.CACHES["shared"], "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "shared": shared}
    assert {shopper.post("token/", LOGIN).status_code for _ in range(3)} == {401}
