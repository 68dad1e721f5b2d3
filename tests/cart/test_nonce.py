"""The nonce: what tells a cart from every other, and one order from the next."""

from __future__ import annotations

import pytest

from shop.cart.cart import Cart
from tests.cart.conftest import CLIENT_HELD
from tests.cart.visitor import Visitor

pytestmark = pytest.mark.django_db


def find_nonce(visitor: Visitor) -> str:
    return visitor.read().nonce


def test_a_cart_gets_its_nonce_with_the_first_line_and_keeps_it(strategy):
    visitor = Visitor(strategy, is_api_client=True)
    assert find_nonce(visitor) == ""
    visitor.add("A")
    nonce = find_nonce(visitor)
    assert len(nonce) == 11
    visitor.add("B", 2)
    visitor.update(Cart.with_coupon, "X")
    visitor.update(Cart.set, "B", 1)
    visitor.update(Cart.remove, "A")
    assert find_nonce(visitor) == nonce


def test_equal_carts_of_two_visitors_have_different_nonces(strategy):
    one, other = Visitor(strategy), Visitor(strategy)
    one.add("A")
    other.add("A")
    assert one.read() == other.read()
    assert find_nonce(one) != find_nonce(other)


def test_what_is_left_after_an_order_has_the_next_nonce_and_settling_twice_is_once(strategy):
    visitor = Visitor(strategy, is_api_client=True)
    visitor.add("A", 2)
    ordered = visitor.read()
    visitor.add("B")
    for _ in range(2):
        visitor.update(Cart.after_order, ordered)
        assert visitor.read() == Cart({"B": 1})
        assert find_nonce(visitor) == f"{ordered.nonce}.1"
    last = visitor.read()
    visitor.update(Cart.after_order, last)
    assert visitor.read() == Cart()


def test_a_new_cart_after_an_order_can_be_ordered_too(strategy):
    visitor = Visitor(strategy)
    visitor.add("A")
    ordered = visitor.read()
    visitor.update(Cart.after_order, ordered)
    visitor.add("A")
    visitor.update(Cart.after_order, ordered)  # a late answer takes nothing of the new one
    assert visitor.read() == Cart({"A": 1})
    assert find_nonce(visitor) not in ("", ordered.nonce)


@pytest.mark.parametrize("strategy_name", CLIENT_HELD)
def test_an_emptied_cart_of_a_client_still_says_whose_it_is(strategy):
    visitor = Visitor(strategy, is_api_client=True)
    visitor.add("A")
    owner = visitor._ask(lambda cart: cart.owner)
    visitor.update(Cart.after_order, visitor.read())
    assert visitor._ask(lambda cart: cart.owner) == owner != ""


def test_the_owner_is_the_customer_or_what_the_guest_is_found_by(strategy, django_user_model):
    ada = django_user_model.objects.create_user("ada", "ada@example.com", "x")
    assert Visitor(strategy, user=ada)._ask(lambda cart: cart.owner) == f"customer-{ada.pk}"
    guest = Visitor(strategy, is_api_client=True)
    assert guest._ask(lambda cart: cart.owner) == ""
    guest.add("A")
    owner = guest._ask(lambda cart: cart.owner)
    guest.add("B")
    assert guest._ask(lambda cart: cart.owner) == owner != ""


def test_taking_a_cart_over_at_login_does_not_share_its_nonce(strategy, django_user_model):
    if strategy.is_client_held:
        return
    ada = django_user_model.objects.create_user("ada", "ada@example.com", "x")
    visitor = Visitor(strategy)
    visitor.add("A")
    guest = find_nonce(visitor)
    visitor.log_in(ada)
    assert find_nonce(visitor) not in ("", guest)


def test_a_nonce_is_no_part_of_what_carts_are_compared_by():
    assert Cart({"A": 1}, nonce="x") == Cart({"A": 1}, nonce="y")
    assert Cart(nonce="x") == Cart()
    assert Cart(nonce="x").with_nonce("y").nonce == "x"
    assert Cart().with_nonce("y").nonce == ""
    assert Cart({"A": 1}).after_order(Cart({"A": 1})) == Cart({"A": 1})


@pytest.mark.parametrize("strategy_name", ["redis"])
def test_a_cart_from_before_there_were_nonces_is_read_and_gets_one(strategy):
    strategy.client.set("cart:old", b'["",{"A":1}]')
    assert strategy.read("old") == Cart({"A": 1})
    assert strategy.read("old").nonce == ""
