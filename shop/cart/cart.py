"""The cart itself: a frozen mapping of sku to quantity, and its rules.

No Django, no prices, no storage: prices are looked up when a cart is shown and
when it is ordered, and where a cart lives is the strategies' business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from shop.errors import CartFull, InsufficientStock, InvalidQuantity


class Cart(Mapping[str, int]):
    """A mapping of sku to quantity, in the order of adding, and a coupon code.

    `nonce` is a random word that tells this cart from every other one, however alike: one
    nonce makes one order. It is given with the first line, stays through every change, and
    once the cart has been ordered what is left gets the next one ("word", "word.1", …).
    It is no part of what carts are compared by.

    Frozen: every change gives another cart, so a change is a pure function that a
    strategy may run again. The limits are set once at start from the settings.
    """

    max_lines: ClassVar[int] = 200
    max_quantity: ClassVar[int] = 999

    __slots__ = ("_lines", "coupon", "nonce")

    _lines: dict[str, int]
    coupon: str
    nonce: str

    def __init__(
        self, lines: Mapping[str, int] | None = None, coupon: str = "", nonce: str = ""
    ) -> None:
        object.__setattr__(self, "_lines", dict(lines or {}))
        object.__setattr__(self, "coupon", coupon)
        object.__setattr__(self, "nonce", nonce)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a Cart is frozen; its methods give a new one")

    def __getitem__(self, sku: str) -> int:
        return self._lines[sku]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __eq__(self, other: object) -> bool:
        """The same lines, in whatever order, and the same coupon."""
        if not isinstance(other, Cart):
            return NotImplemented
        return self._lines == other._lines and self.coupon == other.coupon

    def __hash__(self) -> int:
        return hash((frozenset(self._lines.items()), self.coupon))

    def __repr__(self) -> str:
        return f"Cart({self._lines!r}, coupon={self.coupon!r})"

    @property
    def count(self) -> int:
        """Pieces in all lines."""
        return sum(self._lines.values())

    def add(self, sku: str, quantity: int = 1, *, available: int | None = None) -> Cart:
        """With `quantity` more of the sku.

        Raises `InvalidQuantity` unless 1 <= quantity and the line stays within the
        limit, `InsufficientStock` if the line would pass `available`, `CartFull` if a
        new line is one too many.
        """
        self._require_whole(quantity, least=1)
        return self._with(sku, self.get(sku, 0) + quantity, available)

    def set(self, sku: str, quantity: int, *, available: int | None = None) -> Cart:
        """With exactly `quantity` of the sku; 0 removes the line. Raises as `add`."""
        self._require_whole(quantity, least=0)
        if quantity == 0:
            return self.remove(sku)
        return self._with(sku, quantity, available)

    def remove(self, sku: str) -> Cart:
        """Without the sku's line; the same cart if it has none."""
        if sku not in self:
            return self
        return Cart({s: n for s, n in self.items() if s != sku}, self.coupon, self.nonce)

    def clear(self) -> Cart:
        """Empty, without a coupon."""
        return Cart(nonce=self.nonce)

    def merge(self, other: Cart) -> Cart:
        """With the larger quantity of every sku of both; its own coupon first.

        Safe to repeat. It never refuses and never drops a line: two carts within the
        limit may give one past it, which then takes no further line until it shrinks.
        """
        lines = dict(self._lines)
        for sku, quantity in other.items():
            lines[sku] = max(quantity, lines.get(sku, 0))
        return Cart(lines, self.coupon or other.coupon, self.nonce)

    def minus(self, other: Mapping[str, int]) -> Cart:
        """Less these quantities (what was ordered or moved away); what was added
        meanwhile stays. Its coupon goes if it is `other`'s too."""
        lines = {sku: left for sku, n in self.items() if (left := n - other.get(sku, 0)) > 0}
        spent = isinstance(other, Cart) and other.coupon == self.coupon
        return Cart(lines, "" if spent else self.coupon, self.nonce)

    def after_order(self, ordered: Cart) -> Cart:
        """What is left once `ordered` has become an order, under the next nonce.

        Safe to repeat: a cart that is no longer the one that was ordered stays as it is.
        """
        if not self.nonce or self.nonce != ordered.nonce:
            return self
        left = self.minus(ordered)
        word, _, times = self.nonce.partition(".")
        return Cart(left, left.coupon, f"{word}.{int(times or 0) + 1}")

    def with_coupon(self, code: str) -> Cart:
        """With this coupon code in place of any other; "" takes it away."""
        return Cart(self._lines, code, self.nonce)

    def with_nonce(self, nonce: str) -> Cart:
        """With this nonce if it has none yet and holds anything."""
        return self if self.nonce or self == Cart() else Cart(self._lines, self.coupon, nonce)

    def _with(self, sku: str, quantity: int, available: int | None) -> Cart:
        if quantity > self.max_quantity:
            raise InvalidQuantity(1, self.max_quantity)
        if available is not None and quantity > available:
            raise InsufficientStock(sku, available)
        if sku not in self and len(self) >= self.max_lines:
            raise CartFull(len(self))
        return Cart({**self._lines, sku: quantity}, self.coupon, self.nonce)

    def _require_whole(self, quantity: object, least: int) -> None:
        whole = isinstance(quantity, int) and not isinstance(quantity, bool)
        if not whole or not least <= quantity <= self.max_quantity:  # type: ignore[operator]
            raise InvalidQuantity(least, self.max_quantity)
