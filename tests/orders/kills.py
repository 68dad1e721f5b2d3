"""Kills a worker at every step of a checkout, and looks what is left.

`python -m tests.orders.kills KILLS` (on the database that DATABASE_URL names) forks a worker
for each kill. The worker is killed by SIGKILL just before its n-th statement, or just before
or after a commit; n runs through all of them, for each of the scenarios in turn. Then the
shopper sends the same again, or something else, or never comes back. It prints as JSON what
came of it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from shop.errors import ShopError  # noqa: E402
from shop.inventory.models import StockLevel  # noqa: E402
from shop.inventory.services import find_drift  # noqa: E402
from shop.money import Money  # noqa: E402
from shop.orders.mail.outbox import send_due  # noqa: E402
from shop.orders.models import Order, OutboxMail  # noqa: E402
from shop.payments.audit import audit  # noqa: E402
from shop.payments.checkout import confirm_order  # noqa: E402
from shop.payments.holds import release_overdue  # noqa: E402
from shop.payments.models import DemoCharge, Payment  # noqa: E402
from shop.payments.services import (  # noqa: E402
    cancel_order,
    capture_payment,
    fulfil_order,
    refund_order,
)
from shop.payments.settling import reconcile  # noqa: E402
from tests.orders.shopper import Shopper  # noqa: E402

SCENARIOS = ("ok", "declined", "confirm", "timeout", "cancel", "fulfil", "refund")


class Bomb:
    """Kills this process just before its n-th step."""

    def __init__(self, steps: int) -> None:
        self.left = steps
        self.taken = 0

    def step(self) -> None:
        self.taken += 1
        if self.taken == self.left:
            os.kill(os.getpid(), signal.SIGKILL)

    def arm(self) -> None:
        connection.ensure_connection()
        commit = connection._commit

        def counted_commit() -> Any:
            self.step()
            done = commit()
            self.step()
            return done

        connection._commit = counted_commit  # type: ignore[method-assign]
        connection.execute_wrappers.append(self._execute)

    def _execute(self, execute: Any, *args: Any) -> Any:
        self.step()
        return execute(*args)


def play(scenario: str, shopper: Shopper, key: str) -> None:
    """What the shopper, and then the staff, do. Refusals are a proper end."""
    tokens = {"declined": "demo-declined", "confirm": "demo-confirm", "timeout": "demo-timeout"}
    try:
        placement = shopper.order(key, payment_token=tokens.get(scenario, "demo-ok"))
        order = placement.order
        if placement.needs_confirmation:
            shopper.ask(lambda cart: confirm_order(order=order, answer="ok", cart=cart))
        if scenario == "cancel":
            capture_payment(order=order)
            cancel_order(order=order)
        elif scenario == "fulfil":
            fulfil_order(order=order)
        elif scenario == "refund":
            capture_payment(order=order)
            refund_order(order=order, amount=Money(100, settings.SHOP_CURRENCY))
            refund_order(order=order)
    except ShopError:
        pass


def fork(work: Any) -> bool:
    """Run it in a process of its own; was that killed?"""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        connections.close_all()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        raise SystemExit("a worker failed by itself")
    return False


def kill_many(kills: int) -> dict[str, Any]:
    settings.PAYMENT_LEASE = timedelta(milliseconds=150)
    settings.ORDER_WAIT = timedelta(seconds=5)
    scenarios = iter(SCENARIOS * kills)
    scenario, step, done = next(scenarios), 1, Counter()  # type: ignore[var-annotated]
    # As many kills as there are steps, spread evenly where there are fewer.
    stride = max(1, 420 // kills)
    number = 0
    while sum(done.values()) < kills:
        number += 1
        shopper = Shopper()
        shopper.add("KILL-1", 1)
        shopper.add("KILL-2", 2)
        key = f"kill-{number}"
        bomb = Bomb(step)

        def work(bomb: Bomb, scenario: str, shopper: Shopper, key: str) -> None:
            bomb.arm()
            play(scenario, shopper, key)

        if not fork(partial(work, bomb, scenario, shopper, key)):
            scenario, step = next(scenarios), 1 + step % stride
            continue
        done[scenario] += 1
        step += stride
        assert find_drift() == [], (scenario, bomb.left)
        come_back(number, shopper, scenario, key)
    return {"kills": sum(done.values()), "by_scenario": done, **tidy_up()}


def come_back(number: int, shopper: Shopper, scenario: str, key: str) -> None:
    """Every third shopper never comes back; the others send it again, by the same key (and
    then must find one and the same order) or by another one."""
    if number % 3 == 0:
        return
    play(scenario, shopper, key if number % 3 == 1 else f"{key}-anew")
    play(scenario, shopper, key)


def tidy_up() -> dict[str, Any]:
    """What the commands do once the deadlines are over."""
    Order.objects.filter(state="pending").update(hold_until=timezone.now())
    Payment.objects.update(busy_until=None)
    while release_overdue(limit=100):
        pass
    reconcile()
    OutboxMail.objects.filter(sent_at=None).update(not_before=timezone.now())
    while send_due():
        pass
    placed = Order.objects.placed().exclude(cart_nonce="")
    left = dict(
        StockLevel.objects.filter(variant__sku__startswith="KILL").values_list(
            "variant__sku", "on_hand"
        )
    )
    kept = placed.exclude(state__in=["cancelled", "refunded"]).count()
    sent = placed.filter(state="refunded", lines__fulfilled__gt=0).count()
    return {
        "audit": audit(),
        "orders": placed.count(),
        "carts": placed.values("cart_nonce").distinct().count(),
        "missing": 10_000 - left["KILL-1"] - kept - sent,
        "unpaid": placed.exclude(payments__state__in=LIVE_OR_ENDED).count(),
        "open_charges": DemoCharge.objects.filter(state="confirming").count(),
        "unsent": OutboxMail.objects.filter(sent_at=None).count(),
        "mails_per_order": max(
            Counter(
                OutboxMail.objects.filter(kind="placed").values_list("order", flat=True)
            ).values(),
            default=0,
        ),
    }


LIVE_OR_ENDED = ["authorised", "captured", "refunded", "voided"]


if __name__ == "__main__":
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    print(json.dumps(kill_many(int(sys.argv[1])), default=dict))  # noqa: T201
