"""Many threads change one cart at once. Also a program of its own, for databases that the
tests do not run on: `python -m tests.cart.race STRATEGY` prints what came of it as JSON."""

from __future__ import annotations

import json
import os
import sys
from time import sleep
from typing import Any

from tests.threads import run_at_once

THREADS, ADDS, WANTED = 8, 25, 200


def add_slowly(cart: Any) -> Any:
    """Adds one piece, but lets others in between: threads in one process take turns too
    seldom to collide by themselves in a cart that is only in memory."""
    sleep(0.001)
    return cart.add("A")


def add_from_all_threads(visitor: Any) -> list[Exception]:
    """25 adds of one piece in each of 8 threads, every one with the visitor's own tokens.
    Gives what was refused."""

    def add_many(number: int) -> None:
        for _ in range(ADDS):
            visitor.copy_device().update(add_slowly)

    return [result for result in run_at_once(add_many) if isinstance(result, Exception)]


def main(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from shop.cart.strategies import load_strategy
    from tests.cart.visitor import Visitor

    visitor = Visitor(load_strategy(name))
    visitor.add("B")
    refused = add_from_all_threads(visitor)
    newcomer = Visitor(load_strategy(name))

    def add_first(number: int) -> Visitor:
        device = newcomer.copy_device()
        device.add("A")
        return device

    results = run_at_once(add_first)
    devices = [result for result in results if isinstance(result, Visitor)]
    refused += [result for result in results if isinstance(result, Exception)]
    print(  # noqa: T201
        json.dumps(
            {
                "pieces": visitor.read().get("A", 0),
                "first": [device.read().get("A", 0) for device in devices],
                "refused": [repr(error) for error in refused],
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
