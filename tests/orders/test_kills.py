"""SIGKILL at every step of a checkout leaves no order without stock, no stock without an
order, and no payment without an order past the deadline. `--kills=200` for the whole of it."""

from __future__ import annotations

import pytest

from tests.factories import VariantFactory
from tests.orders.processes import finish, start


@pytest.mark.django_db(transaction=True)
def test_workers_killed_at_each_step_leave_a_sound_shop(request):
    VariantFactory(sku="KILL-1", price_minor=1_290, stock=10_000)
    VariantFactory(sku="KILL-2", price_minor=500, stock=20_000)
    kills = request.config.getoption("kills")
    found = finish(start("tests.orders.kills", str(kills)))
    assert found.pop("kills") == kills
    assert set(found.pop("by_scenario")) >= {"ok", "declined", "confirm"}
    orders = found.pop("orders")
    assert orders > kills // 3
    assert found == {
        "audit": [],
        "carts": orders,
        "missing": 0,
        "unpaid": 0,
        "open_charges": 0,
        "unsent": 0,
        "mails_per_order": 1,
    }
