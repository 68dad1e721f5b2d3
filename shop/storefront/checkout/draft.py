"""A checkout under way: kept in the visitor's session, so that a reload, the back button or
a second tab finds it as it is."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse

from shop.accounts.addresses import PostalAddress
from shop.money import Money
from shop.orders.details import OrderDetails

_KEY = "checkout"


@dataclass
class Draft:
    """What was said so far; `key` names the order that it will become, and changes with
    everything that is said, so that one key always means one thing."""

    email: str = ""
    shipping: dict[str, str] = field(default_factory=dict)
    billing: dict[str, str] = field(default_factory=dict)
    shipping_method: str = ""
    payment_method: str = ""
    payment_token: str = ""
    key: str = ""

    @classmethod
    def load(cls, session: SessionBase) -> Self:
        stored: dict[str, Any] = session.get(_KEY, {})
        known = cls.__dataclass_fields__
        return cls(**{name: value for name, value in stored.items() if name in known})

    def save(self, session: SessionBase, **said: Any) -> None:
        """Keep what was said now, under a new key."""
        for name, value in said.items():
            setattr(self, name, value)
        self.key = secrets.token_urlsafe(18)
        session[_KEY] = asdict(self)

    @staticmethod
    def drop(session: SessionBase) -> None:
        session.pop(_KEY, None)

    @property
    def country(self) -> str:
        return self.shipping.get("country", "")

    @property
    def shipping_address(self) -> PostalAddress:
        return PostalAddress.from_dict(self.shipping)

    @property
    def billing_address(self) -> PostalAddress | None:
        return PostalAddress.from_dict(self.billing) if self.billing else None

    def find_gap(self) -> str:
        """The address of the first step that is still to be done; "" if there is none."""
        if not self.shipping or not self.email:
            return reverse("storefront:checkout_address")
        if not self.shipping_method:
            return reverse("storefront:checkout_delivery")
        if not self.payment_method:
            return reverse("storefront:checkout_payment")
        return ""

    def make_details(self, expected_total: Money) -> OrderDetails:
        return OrderDetails(
            email=self.email,
            shipping_address=self.shipping_address,
            billing_address=self.billing_address,
            shipping_method="" if self.shipping_method == NO_DELIVERY else self.shipping_method,
            payment_method=self.payment_method,
            payment_token=self.payment_token,
            expected_total=expected_total,
        )


NO_DELIVERY = "-"
"""In place of a way of delivery, for goods that need none."""
