"""Work that happens at the same time as itself."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections


def run_at_once(work: Callable[[int], Any], threads: int = 8) -> list[Any]:
    """Run `work(number)` in threads that begin together, each with database connections of
    its own that are closed after it. Gives each one's result, or the exception it raised.

    The test needs `@pytest.mark.django_db(transaction=True)`: threads see only what is
    committed.
    """
    barrier = Barrier(threads, timeout=60)

    def run(number: int) -> Any:
        barrier.wait()
        try:
            return work(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))
