"""Numbers that look drawn by lot and are not: each follows from a sku."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from string import ascii_uppercase, digits

_LETTERS = ascii_uppercase + digits


def pick(sku: str, what: str, size: int) -> int:
    """A number from 0 up to `size`, not included: the same for the same sku and purpose."""
    digest = hashlib.sha256(f"{what}:{sku}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % size


def letter_for(position: int, options: Sequence[Sequence[str]]) -> str:
    """The letter that ends a variant's sku: that of its size ("M"), where this tells all
    apart, else A, B, C in their order."""
    if len(options) == 1:
        first = [value[0].upper() for value in options[0]]
        if len(set(first)) == len(first) and all(letter in _LETTERS for letter in first):
            return first[position]
    return _LETTERS[position]


def ean13(sku: str) -> str:
    """A barcode with a right check digit, from the range for use inside a shop (2…)."""
    body = f"2{pick(sku, 'barcode', 10**11):011d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def stock_for(sku: str, *, is_default: bool) -> int:
    """How many the opening delivery brings: mostly plenty, now and then few or none."""
    lot = pick(sku, "lot", 20)
    amount = pick(sku, "amount", 10_000)
    if lot == 0:
        return 0
    if lot == 1:
        return 1 + amount % 5
    if is_default:
        # Close to half of the variants that a list shows can take a rush on them.
        return 250 + amount % 651 if lot < 11 else 24 + amount % 160
    return 8 + amount % 130
