"""Fixtures that every room's tests share; the engines are in `tests.plugins.services`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection

from shop.cart import strategies
from shop.cart.strategies import STRATEGIES, CartStrategy, load_strategy
from tests.factories import create_small_catalogue
from tests.shop_server import ShopServer

QUICK_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"


def pytest_configure() -> None:
    # Argon2 is slow by design; a test that is about hashing sets its own.
    django_settings.PASSWORD_HASHERS = [QUICK_HASHER, *django_settings.PASSWORD_HASHERS]
    # Tests log in more often than people; those that are about limits set their own.
    django_settings.API_RATES = dict.fromkeys(django_settings.API_RATES, "0/minute")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, postgres_url: str
) -> None:
    """The database is there before the first test that needs it."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A connection that a thread or a server left open does not keep the database."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """No test meets what another one cached or counted."""
    cache.clear()


UseStrategy = Callable[[str], CartStrategy]


@pytest.fixture
def use_strategy(settings: Any, request: pytest.FixtureRequest) -> Iterator[UseStrategy]:
    """`use_strategy("redis")`: for the rest of the test the shop keeps its carts there, in a
    store that has none yet. Gives the strategy."""

    def use(name: str) -> CartStrategy:
        if name == "redis" and "valkey" not in request.fixturenames:
            request.getfixturevalue("redis_url")
        settings.CART_STRATEGY = name
        strategies._load.cache_clear()
        return load_strategy()

    yield use
    strategies._load.cache_clear()


@pytest.fixture(params=list(STRATEGIES))
def cart_strategy(request: pytest.FixtureRequest, use_strategy: UseStrategy) -> str:
    """Runs the test under each of the five strategies; its name."""
    use_strategy(request.param)
    name: str = request.param
    return name


@pytest.fixture
def start_shop(transactional_db: None, redis_url: str) -> Iterator[Callable[..., ShopServer]]:
    """`start_shop("redis", DEBUG="false")`: a server process of the shop, over this test's
    database and Valkey; as many as wanted. They end with the test."""
    started: list[ShopServer] = []

    def start(strategy: str = "session", **environment: str) -> ShopServer:
        started.append(ShopServer(strategy, **environment))
        return started[-1]

    yield start
    for shop in started:
        shop.close()


@pytest.fixture(scope="session")
def _shops(django_db_setup: None) -> Iterator[dict[str, ShopServer]]:
    shops: dict[str, ShopServer] = {}
    yield shops
    for shop in shops.values():
        shop.close()


@pytest.fixture
def live_shop(
    request: pytest.FixtureRequest,
    transactional_db: None,
    redis_url: str,
    _shops: dict[str, ShopServer],
) -> ShopServer:
    """A running shop with `create_small_catalogue()` in it and nothing else; under `session`,
    or for each of several strategies by
    `@pytest.mark.parametrize("live_shop", ["session", "cookie"], indirect=True)`.

    One server a strategy serves all tests of a run, since a start takes seconds; a test that
    stops it uses `start_shop`.
    """
    strategy = getattr(request, "param", "session")
    create_small_catalogue()
    if strategy not in _shops:
        _shops[strategy] = ShopServer(strategy)
    return _shops[strategy]
