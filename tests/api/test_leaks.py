"""Nobody gets another's cart or name: not by mistake, not by a cache in front."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.utils.cache import learn_cache_key

from shop.accounts.tokens import issue_tokens
from tests.api.shopper import Shopper, assert_problem
from tests.factories import ProductFactory, UserFactory
from tests.threads import run_at_once

SHOPPERS, STEPS = 50, 3


@pytest.mark.django_db(transaction=True)
def test_fifty_interleaved_customers(cart_strategy: str) -> None:
    """Customers and guests in turn, from 8 threads, each with steps in a mixed order."""
    for sku in ("A", "B", "C"):
        ProductFactory(sku=sku, stock=100_000)
    people = []
    for number in range(SHOPPERS):
        shopper, user = Shopper(), UserFactory()
        if number % 2:
            shopper.access = issue_tokens(user=user).access
        people.append((shopper, user, number % 2))

    def shop(thread: int) -> None:
        mine = [person for i, person in enumerate(people) if i % 8 == thread]
        turns = [(person, step) for person in mine for step in range(1, STEPS + 1)]
        random.Random(thread).shuffle(turns)
        expected: dict[int, dict[str, int]] = {id(person): {} for person in mine}
        for person, step in turns:
            shopper, user, has_token = person
            sku = "ABC"[step % 3]
            answer = shopper.add(sku, step)
            assert answer.status_code == 201, answer.content
            wanted = expected[id(person)]
            wanted[sku] = wanted.get(sku, 0) + step
            lines = {line["sku"]: line["quantity"] for line in answer.json()["lines"]}
            assert lines == wanted
            if has_token and step == 1:
                assert shopper.get("profile/").json()["username"] == user.username
        for person in mine:
            assert person[0].read_cart() == expected[id(person)]

    assert run_at_once(shop) == 8 * [None]


@pytest.mark.django_db
def test_a_cache_in_front_keeps_visitors_apart(
    cart_strategy: str, signed_in: Shopper, rf: Any
) -> None:
    """By what the answers say of themselves, two visitors never share a cache's entry."""
    ProductFactory(sku="A", stock=9)
    guest = Shopper()
    guest.add("A")
    answer = guest.get("cart/")
    directives = set(answer.headers["Cache-Control"].split(", "))
    assert {"private", "no-cache"} <= directives

    def key(**headers: str) -> str:
        return str(learn_cache_key(rf.get("/api/v1/cart/", headers=headers), answer))

    keys = {
        key(),
        key(**{"X-Cart": "one"}),
        key(**{"X-Cart": "two"}),
        key(Authorization="Bearer one"),
        key(Authorization="Bearer two"),
        key(Cookie="sessionid=one"),
        key(Cookie="cart=two"),
    }
    assert len(keys) == 7


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["session", "redis", "memory"])
def test_an_id_cannot_be_guessed_or_chosen(
    use_strategy: Any, name: str, customer: Any, signed_in: Shopper
) -> None:
    use_strategy(name)
    ProductFactory(sku="A", stock=9)
    signed_in.add("A")
    for guess in (f"customer-{customer.pk}", customer.username, "1"):
        thief = Shopper()
        thief.cart = guess
        assert_problem(thief.get("cart/"), 400, "invalid_cart_token")


@pytest.mark.django_db
def test_a_refused_answer_is_not_kept_by_a_cache(shopper: Shopper, cart_strategy: str) -> None:
    shopper.cart = "forged"
    answer = shopper.get("cart/")
    assert answer.headers["Cache-Control"] == "no-store"
