"""Parallel changes of one cart: under the server-held strategies every one counts."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from shop.cart.cart import Cart
from tests.cart.conftest import CLIENT_HELD, SERVER_HELD
from tests.cart.race import THREADS, WANTED, add_from_all_threads
from tests.cart.visitor import Visitor
from tests.threads import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)
server_held = pytest.mark.parametrize("strategy_name", SERVER_HELD)
client_held = pytest.mark.parametrize("strategy_name", CLIENT_HELD)


@server_held
@pytest.mark.parametrize("is_api_client", [False, True])
def test_eight_threads_of_twenty_five_adds_give_two_hundred(strategy, is_api_client):
    visitor = Visitor(strategy, is_api_client=is_api_client)
    visitor.add("B")
    assert add_from_all_threads(visitor) == []
    assert visitor.read() == Cart({"B": 1, "A": WANTED})


@server_held
def test_a_customers_first_adds_at_once_all_count(strategy, django_user_model):
    user = django_user_model.objects.create_user("ada", "ada@example.com", "x")
    visitor = Visitor(strategy, user=user)
    assert add_from_all_threads(visitor) == []
    assert visitor.read() == Cart({"A": WANTED})


@server_held
def test_a_new_visitors_first_adds_at_once_all_count(strategy):
    newcomer = Visitor(strategy)

    def add_first(number: int) -> Visitor:
        device = newcomer.copy_device()
        device.add("A")
        return device

    devices = run_at_once(add_first)
    assert [device.read() for device in devices] == [Cart({"A": THREADS})] * THREADS


@server_held
def test_adds_and_removes_of_other_lines_at_once_all_count(strategy):
    visitor = Visitor(strategy)
    visitor.update(Cart.merge, Cart({f"OLD{n}": 1 for n in range(THREADS)}))

    def swap(number: int) -> None:
        visitor.copy_device().update(Cart.remove, f"OLD{number}")
        visitor.copy_device().add(f"NEW{number}", number + 1)

    assert run_at_once(swap) == [None] * THREADS
    assert visitor.read() == Cart({f"NEW{n}": n + 1 for n in range(THREADS)})


@server_held
def test_logins_at_once_take_the_cart_over_once(strategy, django_user_model):
    user = django_user_model.objects.create_user("ada", "ada@example.com", "x")
    visitor = Visitor(strategy)
    visitor.add("A", 3)

    def log_in(number: int) -> None:
        visitor.copy_device().log_in(user)

    assert run_at_once(log_in) == [None] * THREADS
    assert Visitor(strategy, user=user).read() == Cart({"A": 3})


@client_held
def test_of_parallel_changes_of_one_client_held_cart_the_last_answer_wins(strategy):
    """The limit of a token that is the cart: a page has to queue its own changes."""
    visitor = Visitor(strategy)
    visitor.add("B")
    one, other = visitor.copy_device(), visitor.copy_device()
    one.add("A")
    other.add("C")
    assert one.read() == Cart({"B": 1, "A": 1})
    assert other.read() == Cart({"B": 1, "C": 1})


def test_sqlite_counts_every_add_of_the_session_strategy_too(tmp_path):
    """In a process of its own, since these tests run on PostgreSQL."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'race.sqlite3'}"}
    run = subprocess.run(
        [sys.executable, "-m", "tests.cart.race", "session"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {
        "pieces": WANTED,
        "first": [THREADS] * THREADS,
        "refused": [],
    }
