"""What a payment gateway is: the one interface that all ways of paying share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar, Self

from shop.payments.models import Payment, Refund


class Verdict(Enum):
    """What a gateway says of a payment."""

    OPEN = "open"
    """Nothing has been authorised yet."""
    CONFIRMING = "confirming"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    DECLINED = "declined"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A gateway's answer. `confirmation` is what the shopper's browser needs for the next
    step; `reason` is a word for staff, never shown as the whole explanation."""

    verdict: Verdict
    confirmation: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


class GatewayError(Exception):
    """The gateway refused what was asked (a capture too late, a refund it does not make)."""


class GatewayUnavailable(GatewayError):
    """No answer: what was asked may have happened or not. Ask again with the same key."""


class Gateway(ABC):
    """Every call is repeatable: a payment's and a refund's `key` make the gateway do it once.

    Calls are made outside any transaction. Each may raise `GatewayUnavailable`; `capture`,
    `void` and `refund` also `GatewayError`.
    """

    name: ClassVar[str]
    """What `payment_method` names."""
    title: ClassVar[str]
    """What the shopper reads."""
    default_token: ClassVar[str] = ""
    """The payment token where the client gives none."""

    pays_later: ClassVar[bool] = False
    """Is the order sent before the money comes?"""

    @classmethod
    def from_settings(cls) -> Self:
        """The one object that a process uses. Raises `ImproperlyConfigured`."""
        return cls()

    @property
    def public_facts(self) -> Mapping[str, Any]:
        """What a client needs to begin a payment (a publishable key); no secrets."""
        return {}

    @abstractmethod
    def begin(self, payment: Payment) -> str:
        """Make the payment known at the gateway, charging nothing; gives its reference."""

    @abstractmethod
    def authorise(self, payment: Payment, token: str) -> Outcome:
        """Reserve the amount by the client's `token` (never card data)."""

    @abstractmethod
    def confirm(self, payment: Payment, answer: str) -> Outcome:
        """Go on after the shopper's confirmation step; `answer` is what came back with it."""

    @abstractmethod
    def look_up(self, payment: Payment) -> Outcome:
        """How the payment stands now."""

    @abstractmethod
    def capture(self, payment: Payment) -> None:
        """Take the whole authorised amount."""

    @abstractmethod
    def void(self, payment: Payment) -> None:
        """Let an amount go that was not captured. After it nothing can be authorised any more,
        whatever was under way."""

    @abstractmethod
    def refund(self, refund: Refund) -> str:
        """Give captured money back; gives the gateway's reference of the refund."""
