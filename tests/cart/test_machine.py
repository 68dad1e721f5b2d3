"""One random life of a cart, led under all strategies at once, against a plain dict."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shop.cart.cart import Cart
from shop.cart.strategies import STRATEGIES, load_strategy
from shop.errors import CartFull, InvalidQuantity
from tests.cart.visitor import Visitor

SKUS = st.sampled_from(["A", "B-1", "späße/ä b", "X" * 64, "42"])


class CartMachine(RuleBasedStateMachine):
    """The oracle is a dict with the rules written out again, in the plainest way."""

    lines_limit = 4
    quantity_limit = 50

    def __init__(self) -> None:
        super().__init__()
        self.oracle: dict[str, int] = {}
        self.visitors = [
            Visitor(load_strategy(name), is_api_client=is_api_client)
            for name in STRATEGIES
            for is_api_client in (False, True)
        ]

    @rule(sku=SKUS, quantity=st.integers(-1, 60))
    def add(self, sku: str, quantity: int) -> None:
        total = self.oracle.get(sku, 0) + quantity
        if not 1 <= quantity <= self.quantity_limit or total > self.quantity_limit:
            self._refuse(InvalidQuantity, Cart.add, sku, quantity)
        elif sku not in self.oracle and len(self.oracle) == self.lines_limit:
            self._refuse(CartFull, Cart.add, sku, quantity)
        else:
            self.oracle[sku] = total
            self._accept(Cart.add, sku, quantity)

    @rule(sku=SKUS, quantity=st.integers(-1, 60))
    def set(self, sku: str, quantity: int) -> None:
        if not 0 <= quantity <= self.quantity_limit:
            self._refuse(InvalidQuantity, Cart.set, sku, quantity)
        elif quantity and sku not in self.oracle and len(self.oracle) == self.lines_limit:
            self._refuse(CartFull, Cart.set, sku, quantity)
        else:
            if quantity:
                self.oracle[sku] = quantity
            else:
                self.oracle.pop(sku, None)
            self._accept(Cart.set, sku, quantity)

    @rule(sku=SKUS)
    def remove(self, sku: str) -> None:
        self.oracle.pop(sku, None)
        self._accept(Cart.remove, sku)

    @rule()
    def clear(self) -> None:
        self.oracle.clear()
        self._accept(Cart.clear)

    @rule(lines=st.dictionaries(SKUS, st.integers(1, 50), max_size=3))
    def subtract_an_order(self, lines: dict[str, int]) -> None:
        for sku, quantity in lines.items():
            left = self.oracle.get(sku, 0) - quantity
            if left > 0:
                self.oracle[sku] = left
            else:
                self.oracle.pop(sku, None)
        self._accept(Cart.minus, lines)

    @invariant()
    def every_strategy_agrees_with_the_dict(self) -> None:
        for visitor in self.visitors:
            assert list(visitor.read().items()) == list(self.oracle.items()), visitor.strategy.name

    def _accept(self, change: Any, *args: Any) -> None:
        for visitor in self.visitors:
            visitor.update(change, *args)

    def _refuse(self, error: type[Exception], change: Any, *args: Any) -> None:
        for visitor in self.visitors:
            with pytest.raises(error):
                visitor.update(change, *args)


@pytest.mark.django_db
def test_all_strategies_lead_the_same_life_as_a_dict(redis_url: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(Cart, "max_lines", CartMachine.lines_limit)
    monkeypatch.setattr(Cart, "max_quantity", CartMachine.quantity_limit)
    run_state_machine_as_test(
        CartMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
