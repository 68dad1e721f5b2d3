"""A running local Stripe."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from shop.payments import gateways

SECRET = "whsec_local_secret"
CARDS = {
    "ok": "4242424242424242",
    "declined": "4000000000000341",
    "confirm": "4000002500003155",
}


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def stripe_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = _find_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.payments.stripe_server",
            "--port",
            str(port),
            "--from-scratch",
        ],
        env={**os.environ, "TMPDIR": str(tmp_path_factory.mktemp("stripe"))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def stripe_shop(stripe_url: str, settings: Any) -> Iterator[stripe.StripeClient]:
    """The shop takes Stripe; gives a client, to do what the browser would."""
    settings.PAYMENT_GATEWAYS = ["stripe", "invoice"]
    settings.STRIPE_SECRET_KEY = "sk_test_12345"
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    settings.STRIPE_API_BASE = stripe_url
    gateways._load.cache_clear()
    yield gateways.find_gateway("stripe").client  # type: ignore[attr-defined]
    gateways._load.cache_clear()


@pytest.fixture
def make_card(stripe_shop: stripe.StripeClient) -> Any:
    """`make_card("ok")`: the token that the browser gets for a card."""

    def make(kind: str) -> str:
        card: Any = {"number": CARDS[kind], "exp_month": 12, "exp_year": 2040, "cvc": "123"}
        return stripe_shop.v1.payment_methods.create({"type": "card", "card": card}).id

    return make
