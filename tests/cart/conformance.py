"""What every cart strategy does alike. One suite: a strategy is equal to the others where
this passes, and `test_limits.py` says where they differ.

A strategy of your own is put through it by its dotted path:
`pytest tests/cart --cart-strategy=package.module.MyCartStrategy`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from shop.cart.cart import Cart
from shop.cart.strategies import CartStrategy
from shop.errors import CartFull, InvalidCartToken, InvalidQuantity
from tests.cart.visitor import Visitor


@pytest.mark.django_db
class CartConformance:
    """Needs two fixtures: `strategy`, and `new_visitor()`, which gives a `Visitor` of it."""

    @pytest.fixture(params=["browser", "API client"])
    def new_visitor(self, request: Any, strategy: CartStrategy) -> Callable[..., Visitor]:
        is_api_client = request.param == "API client"

        def make(**kwargs: Any) -> Visitor:
            return Visitor(strategy, is_api_client=is_api_client, **kwargs)

        return make

    @pytest.fixture
    def visitor(self, new_visitor: Callable[..., Visitor]) -> Visitor:
        return new_visitor()

    def test_a_new_visitor_has_an_empty_cart_and_gets_nothing_for_looking(self, visitor):
        assert visitor.read() == Cart()
        assert visitor.header is None
        assert visitor.cookies.keys() <= {"csrftoken"}

    def test_changes_are_there_at_the_next_request(self, visitor):
        visitor.add("A", 2)
        visitor.add("B")
        visitor.add("A", 3)
        assert list(visitor.read().items()) == [("A", 5), ("B", 1)]
        visitor.update(Cart.set, "A", 1)
        visitor.update(Cart.remove, "B")
        assert visitor.read() == Cart({"A": 1})

    def test_the_order_of_adding_is_kept(self, visitor):
        for sku in ("ZZZZZZ", "B", "AAA"):
            visitor.add(sku)
        assert list(visitor.read()) == ["ZZZZZZ", "B", "AAA"]

    def test_a_coupon_stays_and_goes(self, visitor):
        visitor.add("A")
        visitor.update(Cart.with_coupon, "TEN")
        assert visitor.read().coupon == "TEN"
        visitor.update(Cart.with_coupon, "")
        assert visitor.read() == Cart({"A": 1})

    def test_an_emptied_cart_is_empty_and_can_be_filled_again(self, visitor):
        visitor.add("A")
        visitor.update(Cart.clear)
        assert visitor.read() == Cart()
        visitor.add("B")
        assert visitor.read() == Cart({"B": 1})

    @pytest.mark.parametrize("sku", ["späße 你好", "a/b c", "q\"uo'te", "100%", "x:y;z=,", "\\n"])
    def test_any_printable_sku_comes_back_as_it_went(self, visitor, sku):
        visitor.add(sku, 7)
        assert visitor.read() == Cart({sku: 7})

    def test_a_refused_change_leaves_the_cart_and_the_token_as_they_were(self, visitor):
        visitor.add("A", 2)
        before = (dict(visitor.cookies), visitor.header)
        with pytest.raises(InvalidQuantity):
            visitor.add("A", 0)
        assert visitor.read() == Cart({"A": 2})
        assert (visitor.cookies, visitor.header) == before

    def test_a_refused_first_change_leaves_nothing(self, visitor):
        with pytest.raises(InvalidQuantity):
            visitor.add("A", 0)
        assert visitor.header is None
        assert visitor.read() == Cart()

    def test_two_changes_in_one_request_both_count(self, visitor, strategy):
        def change_twice(cart):
            cart.update(Cart.add, "A", 1)
            return cart.update(Cart.add, "B", 1)

        visitor._ask(change_twice)
        assert visitor.read() == Cart({"A": 1, "B": 1})

    def test_a_cart_at_its_limit_of_lines_is_full(self, visitor, monkeypatch):
        monkeypatch.setattr(Cart, "max_lines", 5)
        for number in range(5):
            visitor.add(f"S{number}")
        with pytest.raises(CartFull):
            visitor.add("S5")
        assert list(visitor.read()) == ["S0", "S1", "S2", "S3", "S4"]
        visitor.add("S4")
        assert visitor.read()["S4"] == 2

    def test_two_hundred_lines_of_short_skus_fit(self, visitor):
        cart = Cart({f"SKU-{n * 7919 % 10_000:04d}": 1 + n % 9 for n in range(200)})
        visitor.update(Cart.merge, cart)
        assert visitor.read() == cart

    def test_visitors_do_not_see_each_other(self, new_visitor):
        one, other = new_visitor(), new_visitor()
        one.add("A")
        other.add("B")
        assert one.read() == Cart({"A": 1})
        assert other.read() == Cart({"B": 1})

    @pytest.mark.parametrize("damage", ["tampered", "truncated", "headless", "foreign", "junk"])
    def test_a_token_that_is_not_sound_is_refused_in_reading_and_changing(
        self, strategy, damage, settings
    ):
        visitor = Visitor(strategy, is_api_client=True)
        visitor.add("A")
        token = visitor.header
        payload, stamp, signature = token.rsplit(":", 2)
        if damage == "foreign":
            settings.SECRET_KEY = "another shop's key, which is long enough to be one"
            visitor.header = None
            visitor.add("B")
            foreign, settings.SECRET_KEY = visitor.header, "k" * 50
            visitor.header = foreign
        else:
            visitor.header = {
                "tampered": f"{'B' if payload[0] != 'B' else 'C'}{payload[1:]}:{stamp}:{signature}",
                "truncated": token[:-1],
                "headless": f":{stamp}:{signature}",
                "junk": "\x00é not a token " * 3,
            }[damage]
        for ask in (visitor.read, lambda: visitor.add("C")):
            with pytest.raises(InvalidCartToken):
                ask()

    def test_a_token_expires_after_the_time_in_the_settings(self, strategy):
        visitor = Visitor(strategy, is_api_client=True)
        with time_machine.travel(timezone.now(), tick=False) as clock:
            visitor.add("A")
            clock.shift(settings.CART_TTL - timedelta(seconds=1))
            token = visitor.header
            clock.shift(timedelta(seconds=3))
            visitor.header = token
            with pytest.raises(InvalidCartToken):
                visitor.read()

    def test_a_key_that_is_rotated_to_the_fallbacks_loses_no_cart(self, strategy, settings):
        visitor = Visitor(strategy, is_api_client=True)
        visitor.add("A")
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "a new key that is as long as a good key has to be, or more"
        assert visitor.read() == Cart({"A": 1})
        visitor.add("B")
        settings.SECRET_KEY_FALLBACKS = []
        assert visitor.read() == Cart({"A": 1, "B": 1})

    def test_an_id_that_nobody_handed_out_opens_nothing(self, new_visitor, strategy):
        """A raw id, known from a log say, is no token: only the shop's signature makes it one."""
        visitor = new_visitor()
        visitor.add("A")
        request = visitor.make_request()
        from shop.cart.carrier import TokenCarrier

        thief = Visitor(strategy, is_api_client=True)
        thief.header = TokenCarrier(request, strategy).find_token()
        with pytest.raises(InvalidCartToken):
            thief.read()

    def test_an_answer_with_a_cart_is_for_this_visitor_alone(self, visitor):
        visitor.read()
        assert visitor.response["Cache-Control"] == "private, no-cache"
        assert set(visitor.response["Vary"].split(", ")) == {"Cookie", "X-Cart", "Authorization"}

    def test_a_request_that_never_asks_for_the_cart_is_left_alone(self, visitor):
        visitor._ask(lambda cart: None)
        assert "Vary" not in visitor.response.headers
        assert "Cache-Control" not in visitor.response.headers
