"""The embedded database of a fresh machine: never oversold, never "database is locked"."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_SET_UP = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.factories import VariantFactory
for sku in "ABC":
    VariantFactory(sku=sku, stock=6)
"""
_LOOK = """
import django
django.setup()
from shop.inventory.models import StockLevel
from shop.payments.audit import audit
assert audit() == []
assert set(StockLevel.objects.values_list("on_hand", flat=True)) == {0}
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'shop.sqlite3'}",
        "MAIL_DIR": str(tmp_path / "mail"),
        "ORDER_WAIT_SECONDS": "60",
        "LOG_LEVEL": "ERROR",
    }


def run(environment: dict[str, str], *args: str) -> Any:
    done = subprocess.run(
        [sys.executable, *args], env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-4_000:]
    return done.stdout


def test_on_sqlite_ten_buyers_of_six_pieces_give_six_orders(environment):
    run(environment, "-c", _SET_UP)
    outcomes = run(environment, "-m", "tests.orders.buyers", "10", "A=1", "B=1", "C=1")
    assert json.loads(outcomes.splitlines()[-1]) == {"placed": 6, "insufficient_stock": 4}
    run(environment, "-c", _LOOK)
