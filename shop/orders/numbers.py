"""Order numbers: not to be guessed, and easy to read out."""

from django.utils.crypto import get_random_string

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 and O, 1, I and L, and U (which is taken for V)."""
LENGTH = 12
"""Some 58 bits: two orders with one number are not to be expected, and are refused."""


def make_number() -> str:
    """A new random order number of `LENGTH` characters."""
    return get_random_string(LENGTH, ALPHABET)
