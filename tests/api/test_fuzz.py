"""Schemathesis over the committed schema: whatever it sends, no server error, and no answer
that the schema does not name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase
from hypothesis import settings as budget
from schemathesis import checks
from schemathesis.config import SchemathesisConfig

from config.wsgi import application
from shop.accounts.tokens import issue_tokens
from tests.api.test_openapi import COMMITTED
from tests.factories import ProductFactory, UserFactory

schema = schemathesis.openapi.from_dict(
    yaml.safe_load(COMMITTED.read_text()), config=SchemathesisConfig()
)
schema.app = application

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Requests through WSGI leave the test's connection, and with it its transaction, open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def bearer(db: None, settings: Any, _one_connection: None) -> dict[str, str]:
    settings.ALLOWED_HOSTS = ["*"]
    settings.API_RATES = dict.fromkeys(settings.API_RATES, "0/minute")
    ProductFactory(sku="A", slug="a", stock=5)
    return {"Authorization": f"Bearer {issue_tokens(user=UserFactory()).access}"}


@pytest.mark.parametrize("has_token", [False, True])
@pytest.mark.django_db
@schema.parametrize()
@budget(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_surprise(case: Any, bearer: dict[str, str], has_token: bool) -> None:
    case.call_and_validate(headers=bearer if has_token else {}, checks=CHECKS)
