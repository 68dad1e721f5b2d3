"""`python -m tests.payments.stripe_server --port N`: localstripe, a stateful Stripe, made to
know what today's API calls `allowed_payment_method_types` and to give out cards by name."""

from __future__ import annotations

from typing import Any

from localstripe import resources
from localstripe.server import start

_make = resources.PaymentIntent.__init__


def _make_intent(self: Any, allowed_payment_method_types: Any = None, **kwargs: Any) -> None:
    _make(self, payment_method_types=allowed_payment_method_types, **kwargs)


resources.PaymentIntent.__init__ = _make_intent

if __name__ == "__main__":
    start()
