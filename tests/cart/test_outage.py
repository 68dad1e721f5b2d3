"""Redis away: at start a message that says so, later a refusal that loses nothing."""

from __future__ import annotations

import pytest

from shop.cart.cart import Cart
from shop.errors import CartUnavailable
from tests.cart.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(valkey, use_strategy):
    return Visitor(use_strategy("redis"))


def test_a_cart_is_refused_while_redis_is_away_and_whole_when_it_is_back(valkey, visitor):
    visitor.add("A", 2)
    valkey.stop()
    for ask in (visitor.read, lambda: visitor.add("B")):
        with pytest.raises(CartUnavailable):
            ask()
    valkey.start()
    assert visitor.read() == Cart({"A": 2})
    visitor.add("B")
    assert visitor.read() == Cart({"A": 2, "B": 1})


def test_a_redis_that_hangs_is_given_up_on(valkey, visitor):
    visitor.add("A")
    valkey.pause()
    with pytest.raises(CartUnavailable):
        visitor.add("B")
    valkey.resume()
    assert visitor.read()["A"] == 1


def test_redis_that_forgot_its_scripts_learns_them_anew(valkey, visitor):
    visitor.add("A")
    visitor.strategy.client.script_flush()
    visitor.add("A")
    assert visitor.read() == Cart({"A": 2})


def test_the_start_check_names_the_setting_its_value_and_the_mend(valkey, visitor):
    assert visitor.strategy.check() == []
    valkey.stop()
    (message,) = visitor.strategy.check()
    assert message.id == "cart.E002"
    assert f"REDIS_URL={valkey.url}" in message.msg
    assert "set CART_STRATEGY to cookie, session, local or memory" in message.hint
