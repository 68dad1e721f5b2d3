"""Clients of the API: one that keeps tokens, and a browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from shop.accounts.models import User
from tests.api.shopper import Shopper
from tests.factories import PASSWORD, UserFactory


@pytest.fixture
def shopper(db: None) -> Shopper:
    """A guest who keeps no cookies."""
    return Shopper()


@pytest.fixture
def customer(db: None) -> User:
    user: User = UserFactory()
    return user


@pytest.fixture
def signed_in(customer: User) -> Shopper:
    """The customer with a token, and no cookies."""
    shopper = Shopper()
    shopper.log_in(customer.username, PASSWORD)
    return shopper


@pytest.fixture
def browser(customer: User) -> Any:
    """The customer's browser: a session, and CSRF in force."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(customer)
    return client
