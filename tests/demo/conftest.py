"""The demo shop, loaded once for all tests of a module that only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from shop.demo.load import Outcome, load_catalogue


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Outcome]:
    """What the load said; its rows are rolled back after the module. A test that uses it
    may change rows: its own transaction is inside this one."""
    root = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=root):
        with django_db_blocker.unblock():
            frame = transaction.atomic()
            frame.__enter__()
            outcome = load_catalogue()
        yield outcome
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            frame.__exit__(None, None, None)
