"""The admin as its users see it: a superuser, and staff with the permissions of a group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from shop.accounts.models import User
from shop.backoffice.groups import create_groups
from tests.factories import UserFactory


@pytest.fixture
def owner(db: None) -> User:
    return UserFactory(username="owner", is_staff=True, is_superuser=True)


@pytest.fixture
def admin(owner: User) -> Client:
    """A browser in which the owner is logged in."""
    client = Client()
    client.force_login(owner)
    return client


LogIn = Callable[[str], Client]


@pytest.fixture
def log_in_as(db: None) -> LogIn:
    """`log_in_as("Shop staff")`: a browser of a member of that group; `""` is of none."""

    def log_in(group: str) -> Client:
        user = UserFactory(username=f"staff-{group or 'of none'}", is_staff=True)
        if group:
            create_groups()
            user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
