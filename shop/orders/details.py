"""What a shopper says when ordering, besides the cart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from shop.accounts.addresses import PostalAddress
from shop.money import Money


@dataclass(frozen=True, slots=True)
class OrderDetails:
    """The body of an order, checked for shape by a form or a serializer."""

    email: str
    shipping_address: PostalAddress
    billing_address: PostalAddress | None = None
    shipping_method: str = ""
    """"" takes the first one that delivers there."""
    payment_method: str = ""
    """"" takes the shop's default."""
    payment_token: str = ""
    """"" takes the gateway's default, if it has one."""
    expected_total: Money | None = None
    """What the shopper was shown; a higher total is then refused."""

    @property
    def fingerprint(self) -> str:
        """The same for the same details, another one for any others."""
        billing = self.billing_address
        said = [
            self.email,
            self.shipping_address.as_dict(),
            billing.as_dict() if billing else None,
            self.shipping_method,
            self.payment_method,
            self.payment_token,
            str(self.expected_total or ""),
        ]
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
