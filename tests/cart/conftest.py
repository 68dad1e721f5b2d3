"""The strategies under test: the five, and any named with `--cart-strategy`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from shop.cart import strategies
from shop.cart.strategies import STRATEGIES, CartStrategy

SERVER_HELD = ["session", "redis", "memory"]
CLIENT_HELD = ["cookie", "local"]


def pytest_generate_tests(metafunc: Any) -> None:
    if "strategy_name" in metafunc.fixturenames and not any(
        mark.args[0] == "strategy_name" for mark in metafunc.definition.iter_markers("parametrize")
    ):
        own = metafunc.config.getoption("cart_strategy")
        metafunc.parametrize("strategy_name", [*STRATEGIES, *own])


@pytest.fixture
def strategy(strategy_name: str, request: Any) -> Iterator[CartStrategy]:
    """A fresh strategy of this name over real stores, none of another test's carts in it."""
    if strategy_name == "redis":
        request.getfixturevalue("redis_url")
    strategies._load.cache_clear()
    made = strategies.load_strategy(strategy_name)
    yield made
    strategies._load.cache_clear()
