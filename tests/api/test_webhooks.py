"""Stripe's own calls: signed, or refused."""

from __future__ import annotations

import hmac
import json
import time
from hashlib import sha256

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
SECRET = "whsec_of_these_tests"
EVENT = json.dumps(
    {
        "id": "evt_1",
        "object": "event",
        "type": "payment_intent.succeeded",
        "data": {"object": {"id": "pi_unknown", "object": "payment_intent"}},
    }
)


def send(secret: str, body: str = EVENT, **headers: str) -> object:
    at = int(time.time())
    signature = hmac.new(secret.encode(), f"{at}.{EVENT}".encode(), sha256).hexdigest()
    return Client(enforce_csrf_checks=True).post(
        "/api/v1/webhooks/stripe/",
        body,
        content_type="application/json",
        headers={"Stripe-Signature": f"t={at},v1={signature}", **headers},
    )


def test_a_signed_event_is_taken_even_of_a_payment_that_is_not_ours(settings):
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    assert send(SECRET).status_code == 204


@pytest.mark.parametrize(("secret", "body"), [("another", EVENT), (SECRET, EVENT + " "), ("", "")])
def test_anything_else_is_refused(settings, secret, body):
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    answer = send(secret, body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_webhook"


def test_a_shop_without_a_secret_takes_none(settings):
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert send("").status_code == 400
