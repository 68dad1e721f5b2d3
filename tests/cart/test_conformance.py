"""The suite over every strategy."""

from tests.cart.conformance import CartConformance


class TestConformance(CartConformance):
    """`strategy` comes from conftest: the five, and any given by `--cart-strategy`."""
