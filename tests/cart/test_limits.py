"""Where the strategies differ: each row of the table in `docs/cart-strategies.md`,
asserted for those that can and for those that cannot."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.sessions.backends.db import SessionStore

from shop.cart.cart import Cart
from shop.cart.models import StoredCart
from shop.cart.strategies import Carrier, load_strategy
from shop.cart.strategies.memory import MemoryCartStrategy
from shop.errors import CartFull, InvalidCartToken
from tests.cart.conftest import CLIENT_HELD, SERVER_HELD
from tests.cart.visitor import Visitor

pytestmark = pytest.mark.django_db
client_held = pytest.mark.parametrize("strategy_name", CLIENT_HELD)
server_held = pytest.mark.parametrize("strategy_name", SERVER_HELD)


@pytest.fixture
def customer(django_user_model):
    return django_user_model.objects.create_user("ada", "ada@example.com", "x")


# --- What travels ---------------------------------------------------------------------


@client_held
def test_a_client_held_token_is_the_cart_and_grows_with_it(strategy):
    visitor = Visitor(strategy, is_api_client=True)
    visitor.add("A")
    short = len(visitor.header)
    visitor.update(Cart.merge, Cart({f"S{n * 7919 % 10_000}": n + 1 for n in range(50)}))
    assert len(visitor.header) > 2 * short


@server_held
def test_a_server_held_token_is_an_id_that_does_not_grow(strategy):
    visitor = Visitor(strategy, is_api_client=True)
    visitor.add("A")
    short = len(visitor.header)
    visitor.update(Cart.merge, Cart({f"S{n * 7919 % 10_000}": n + 1 for n in range(50)}))
    assert len(visitor.header) == short


@pytest.mark.parametrize("strategy_name", ["cookie", "redis", "memory", "local"])
def test_a_browser_without_script_keeps_the_token_in_a_cookie(strategy):
    visitor = Visitor(strategy)
    visitor.add("A")
    assert visitor.cookies.keys() == {"csrftoken", "cart"}
    cookie = visitor.response.cookies["cart"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == timedelta(days=30).total_seconds()
    assert "X-Cart" not in visitor.response.headers


@pytest.mark.parametrize("strategy_name", ["session"])
def test_under_session_a_browser_keeps_only_its_session(strategy):
    visitor = Visitor(strategy)
    visitor.add("A")
    assert visitor.cookies.keys() == {"csrftoken", "sessionid"}


@pytest.mark.parametrize("strategy_name", ["session"])
def test_under_session_the_lines_are_in_a_row_of_their_own_not_in_the_session(strategy):
    visitor = Visitor(strategy)
    visitor.add("A", 3)
    key = SessionStore(visitor.cookies["sessionid"])["cart"]
    assert StoredCart.objects.get(key=key).lines == [["A", 3]]


def test_an_api_client_that_keeps_no_cookies_is_given_none(strategy):
    visitor = Visitor(strategy, is_api_client=True)
    visitor.add("A")
    assert visitor.header
    assert not visitor.response.cookies
    assert visitor.cookies == {}


# --- What survives, and who can answer --------------------------------------------------


def test_a_restart_of_the_server_loses_the_carts_of_memory_alone(strategy, strategy_name):
    visitor = Visitor(strategy)
    visitor.add("A")
    visitor.strategy = type(strategy).from_settings()  # as another process makes it
    survivors = Cart() if strategy_name == "memory" else Cart({"A": 1})
    assert visitor.read() == survivors


def test_any_other_server_can_answer_but_under_memory(strategy, strategy_name):
    visitor = Visitor(strategy)
    visitor.add("A")
    here, visitor.strategy = visitor.strategy, type(strategy).from_settings()
    visitor.add("B")
    there = {"B": 1} if strategy_name == "memory" else {"A": 1, "B": 1}
    assert dict(visitor.read()) == there
    visitor.strategy = here  # back on the sticky server
    assert dict(visitor.read()) == ({"A": 1} if strategy_name == "memory" else there)


@server_held
def test_a_customers_cart_is_one_on_all_devices(strategy, customer):
    phone = Visitor(strategy, user=customer)
    laptop = Visitor(strategy, user=customer, is_api_client=True)
    phone.add("A")
    laptop.add("B")
    assert phone.read() == laptop.read() == Cart({"A": 1, "B": 1})


@client_held
def test_a_client_held_cart_stays_on_its_device(strategy, customer):
    phone, laptop = (Visitor(strategy, user=customer) for _ in range(2))
    phone.add("A")
    assert phone.read() == Cart({"A": 1})
    assert laptop.read() == Cart()


@server_held
def test_a_customers_cart_never_leaves_as_a_token(strategy, customer):
    for is_api_client in (False, True):
        visitor = Visitor(strategy, user=customer, is_api_client=is_api_client)
        visitor.add("A")
        assert "X-Cart" not in visitor.response.headers
        assert not visitor.response.cookies
    visitor.log_out()
    assert visitor.read() == Cart()


# --- Logging in ---------------------------------------------------------------------------


@server_held
@pytest.mark.parametrize("is_api_client", [False, True])
def test_login_takes_the_cart_over_and_the_larger_quantity_wins(strategy, customer, is_api_client):
    Visitor(strategy, user=customer).update(Cart.merge, Cart({"A": 5, "B": 1}))
    visitor = Visitor(strategy, is_api_client=is_api_client)
    visitor.update(Cart.merge, Cart({"A": 2, "B": 4, "C": 1}))
    guest = visitor.copy_device()
    visitor.log_in(customer)
    assert visitor.read() == Cart({"A": 5, "B": 4, "C": 1})
    assert guest.read() == Cart()


@server_held
def test_the_cart_that_was_taken_over_does_not_come_back_at_logout(strategy, customer):
    visitor = Visitor(strategy)
    visitor.add("A")
    visitor.log_in(customer)
    visitor.log_out()
    assert visitor.read() == Cart()


def test_a_token_that_is_not_sound_does_not_keep_anyone_from_logging_in(strategy, customer):
    visitor = Visitor(strategy)
    visitor.cookies["cart"] = "junk"
    visitor.log_in(customer)
    if strategy.is_client_held:
        assert "cart" in visitor.cookies  # the cart page says what is wrong with it
    else:
        assert visitor.read() == Cart()


@client_held
def test_a_client_held_cart_is_the_browsers_and_stays_through_login(strategy, customer):
    visitor = Visitor(strategy)
    visitor.add("A")
    visitor.log_in(customer)
    assert visitor.read() == Cart({"A": 1})


# --- Size ---------------------------------------------------------------------------------


@client_held
def test_a_client_held_cart_past_the_browsers_cookie_size_is_full(strategy):
    visitor = Visitor(strategy)
    added = 0
    with pytest.raises(CartFull):
        for added in range(200):
            visitor.add(sha256(str(added).encode()).hexdigest())
    assert 40 < added < 200
    assert len(visitor.read()) == added
    assert len("cart=" + visitor.cookies["cart"]) <= 4_096


@server_held
def test_a_server_held_cart_knows_no_bytes_only_lines(strategy):
    visitor = Visitor(strategy)
    long = Cart({f"{n * 2654435761 % 2**32:064x}": 1 for n in range(200)})
    visitor.update(Cart.merge, long)
    assert visitor.read() == long


# --- `local`: storage, and the cookie where no script runs -------------------------------

local = pytest.mark.parametrize("strategy_name", ["local"])


@local
def test_a_script_that_has_no_token_yet_says_so_and_gets_one_in_the_header(strategy):
    assert strategy.carrier is Carrier.STORAGE
    visitor = Visitor(strategy)
    visitor.header = ""
    visitor.add("A")
    assert visitor.header
    assert visitor.cookies.keys() == {"csrftoken"}
    assert visitor.read() == Cart({"A": 1})


@local
def test_the_cookies_cart_joins_the_scripts_once_it_runs(strategy):
    visitor = Visitor(strategy)
    visitor.add("A", 2)  # no script
    assert "cart" in visitor.cookies
    visitor.header = ""
    assert visitor.read() == Cart({"A": 2})
    assert "cart" not in visitor.cookies
    assert visitor.header
    visitor.add("B")
    assert visitor.read() == Cart({"A": 2, "B": 1})


@local
def test_lines_of_cookie_and_storage_are_joined_and_none_is_lost(strategy):
    visitor = Visitor(strategy)
    visitor.header = ""
    visitor.update(Cart.merge, Cart({"A": 1, "B": 5}))
    kept, visitor.header = visitor.header, None
    visitor.update(Cart.merge, Cart({"B": 2, "C": 1}))  # a form sent before the script ran
    visitor.header = kept
    visitor.add("D")
    assert visitor.read() == Cart({"A": 1, "B": 5, "C": 1, "D": 1})
    assert "cart" not in visitor.cookies


@local
def test_a_damaged_fallback_cookie_does_not_stop_the_script(strategy):
    visitor = Visitor(strategy)
    visitor.header = ""
    visitor.add("A")
    visitor.cookies["cart"] = "junk"
    assert visitor.read() == Cart({"A": 1})


# --- Kinds of token -----------------------------------------------------------------------


def test_a_token_of_another_kind_is_not_taken(strategy_name, redis_url):
    tokens = {}
    for name in ("cookie", *SERVER_HELD):
        visitor = Visitor(load_strategy(name), is_api_client=True)
        visitor.add("A")
        tokens["local" if name == "cookie" else name] = visitor.header
    mine = "local" if strategy_name in CLIENT_HELD else strategy_name
    for kind in tokens.keys() - {mine}:
        visitor = Visitor(load_strategy(strategy_name), is_api_client=True)
        visitor.header = tokens[kind]
        with pytest.raises(InvalidCartToken):
            visitor.read()


# --- Bounds and ends ----------------------------------------------------------------------


def test_memory_is_bounded_and_the_oldest_cart_goes_first():
    strategy = MemoryCartStrategy(ttl=timedelta(days=1), max_carts=2)
    for token in ("one", "two"):
        strategy.update(token, lambda cart: cart.add("A"))
    strategy.update("one", lambda cart: cart.add("B"))
    strategy.update("three", lambda cart: cart.add("A"))
    assert [len(strategy.read(token)) for token in ("one", "two", "three")] == [2, 0, 1]


def test_memory_forgets_a_cart_after_its_time():
    strategy = MemoryCartStrategy(ttl=timedelta(0), max_carts=2)
    strategy.update("one", lambda cart: cart.add("A"))
    assert strategy.read("one") == Cart()


def test_a_row_past_its_time_is_empty_and_starts_anew():
    strategy = load_strategy("session")
    strategy.update("one", lambda cart: cart.add("A"))
    StoredCart.objects.update(expires_at="2020-01-01T00:00Z")
    assert strategy.read("one") == Cart()
    strategy.update("one", lambda cart: cart.add("B"))
    assert strategy.read("one") == Cart({"B": 1})


@pytest.mark.parametrize("strategy_name", ["redis"])
def test_redis_forgets_a_cart_after_its_time_and_a_change_renews_it(strategy, settings):
    strategy.update("one", lambda cart: cart.add("A"))
    assert 0 < strategy.client.ttl("cart:one") <= settings.CART_TTL.total_seconds()
    strategy.client.expire("cart:one", 10)
    strategy.update("one", lambda cart: cart.add("A"))
    assert strategy.client.ttl("cart:one") > 10


@pytest.mark.parametrize("strategy_name", ["redis"])
def test_redis_keeps_nothing_of_an_empty_cart(strategy):
    strategy.update("one", lambda cart: cart.add("A"))
    strategy.update("one", lambda cart: cart.clear())
    assert strategy.client.exists("cart:one") == 0


@pytest.mark.parametrize("workers", ["4", " 2 "])
def test_memory_warns_where_several_workers_would_lose_carts(monkeypatch, workers):
    monkeypatch.setenv("WEB_CONCURRENCY", workers)
    (message,) = load_strategy("memory").check()
    assert message.id == "cart.W001"
    monkeypatch.setenv("WEB_CONCURRENCY", "1")
    assert load_strategy("memory").check() == []
