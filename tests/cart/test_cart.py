"""The cart's own rules, by example and by property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.cart.cart import Cart
from shop.errors import CartFull, InsufficientStock, InvalidQuantity

skus = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
carts = st.builds(
    Cart, st.dictionaries(skus, st.integers(1, 999), max_size=8), st.sampled_from(["", "TEN"])
)


def test_adding_sums_in_the_order_of_first_adding() -> None:
    cart = Cart().add("B", 2).add("A").add("B", 3)
    assert list(cart.items()) == [("B", 5), ("A", 1)]
    assert cart.count == 6


def test_a_cart_is_frozen() -> None:
    cart = Cart({"A": 1})
    cart.add("A")
    assert cart["A"] == 1
    with pytest.raises(AttributeError, match="frozen"):
        cart.coupon = "X"


@pytest.mark.parametrize("quantity", [0, -1, 1000, True, 1.0, "2", None, 2**70])
def test_adding_takes_whole_numbers_from_one_to_the_limit(quantity: object) -> None:
    with pytest.raises(InvalidQuantity) as refusal:
        Cart().add("A", quantity)  # type: ignore[arg-type]
    assert refusal.value.facts == {"least": 1, "most": 999}


def test_a_line_cannot_grow_past_the_limit() -> None:
    with pytest.raises(InvalidQuantity):
        Cart({"A": 990}).add("A", 10)


def test_setting_takes_zero_which_removes() -> None:
    cart = Cart({"A": 1, "B": 2})
    assert cart.set("A", 0) == Cart({"B": 2})
    assert cart.set("A", 7)["A"] == 7
    with pytest.raises(InvalidQuantity):
        cart.set("A", -1)


def test_stock_bounds_the_line_not_the_step() -> None:
    cart = Cart({"A": 3})
    assert cart.add("A", 2, available=5)["A"] == 5
    with pytest.raises(InsufficientStock) as refusal:
        cart.add("A", 3, available=5)
    assert refusal.value.facts == {"sku": "A", "available": 5}
    with pytest.raises(InsufficientStock):
        cart.set("A", 6, available=5)


def test_a_full_cart_refuses_a_new_line_but_not_more_of_an_old_one() -> None:
    full = Cart({f"S{i}": 1 for i in range(Cart.max_lines)})
    with pytest.raises(CartFull):
        full.add("NEW")
    assert full.add("S0")["S0"] == 2


def test_minus_keeps_what_was_added_meanwhile() -> None:
    ordered = Cart({"A": 2, "B": 1}, "TEN")
    now = Cart({"A": 3, "B": 1, "C": 4}, "TEN")
    assert now.minus(ordered) == Cart({"A": 1, "C": 4})


def test_a_merge_never_refuses_and_then_takes_no_new_line() -> None:
    half = Cart.max_lines // 2 + 1
    one = Cart({f"A{i}": 1 for i in range(half)})
    both = one.merge(Cart({f"B{i}": 1 for i in range(half)}))
    assert len(both) == 2 * half > Cart.max_lines
    with pytest.raises(CartFull):
        both.add("C")


@given(carts, carts)
def test_a_merge_keeps_the_larger_quantity_and_may_be_repeated(one: Cart, other: Cart) -> None:
    merged = one.merge(other)
    assert dict(merged) == {sku: max(one.get(sku, 0), other.get(sku, 0)) for sku in {*one, *other}}
    assert merged.merge(other) == merged
    assert dict(merged) == dict(other.merge(one))


@given(carts, skus, st.integers(1, 999))
def test_setting_then_removing_leaves_the_rest(cart: Cart, sku: str, quantity: int) -> None:
    assert cart.set(sku, quantity).remove(sku) == cart.remove(sku)
