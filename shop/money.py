"""Money in whole minor units (cents), never a float.

Formatting and each currency's number of decimals come from Babel (CLDR).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, total_ordering
from typing import Self

from babel.numbers import format_currency, get_currency_precision


@lru_cache(maxsize=256)
def _decimals(currency: str) -> int:
    return get_currency_precision(currency)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of one currency (`minor=1290` is 12.90 in EUR).

    Adding or comparing different currencies raises `ValueError`.
    """

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str | Decimal, currency: str) -> Self:
        """Read a decimal amount such as "12.90". Raises `ValueError` if it is not
        a finite number or has more decimals than the currency."""
        try:
            amount = Decimal(text)
            scaled = amount.scaleb(_decimals(currency))
            if not scaled.is_finite() or scaled != scaled.to_integral_value():
                raise ValueError(f"{text!r} is not an amount of {currency}")
        except ArithmeticError:  # no number at all, or one past Decimal's own limits
            raise ValueError(f"{text!r} is not an amount of {currency}") from None
        return cls(int(scaled), currency)

    @property
    def amount(self) -> str:
        """The decimal string of the contract: "12.90"."""
        places = _decimals(self.currency)
        return f"{Decimal(self.minor).scaleb(-places):.{places}f}"

    def format(self, locale: str = "en") -> str:
        """As a reader of `locale` writes it: "€12.90", "12,90 €"."""
        return format_currency(
            Decimal(self.minor).scaleb(-_decimals(self.currency)), self.currency, locale=locale
        )

    def __add__(self, other: "Money") -> "Money":
        self._require_same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._require_same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, factor: int) -> "Money":
        return Money(self.minor * factor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._require_same_currency(other)
        return self.minor < other.minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def _require_same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot combine {self.currency} with {other.currency}")


def round_half_up(value: Decimal) -> int:
    """To the nearest whole minor unit; halves go away from zero (the commercial rule)."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def included_tax(gross_minor: int, rate_basis_points: int) -> int:
    """The tax contained in a gross amount, both in minor units, at a rate in
    basis points (1900 is 19 %), rounded half up."""
    return round_half_up(
        Decimal(gross_minor) * rate_basis_points / (Decimal(10_000) + rate_basis_points)
    )


def allocate(total_minor: int, weights: Sequence[int]) -> list[int]:
    """Split a whole amount in proportion to `weights` so that the parts sum to it
    exactly (largest remainder; ties go to the earlier part).

    With no weight at all, everything is 0 and `total_minor` must be 0 as well,
    else `ValueError`. Weights must not be negative.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative")
    whole = sum(weights)
    if whole == 0:
        if total_minor:
            raise ValueError("an amount cannot be split over no weight")
        return [0] * len(weights)
    sign = -1 if total_minor < 0 else 1
    total = abs(total_minor)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]
