"""Browser tests: a pytest run of their own (`pytest tests/e2e`), since Playwright's sync
interface and tests with asyncio cannot share one. The shop is `live_shop` of tests/conftest."""

from __future__ import annotations

import os
from typing import Any

import pytest

from scripts.find_chromium import HOW_TO_GET_IT, find_chromium

# Playwright keeps an event loop in this thread, which Django takes for a coroutine's.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a Chromium all tests here are left out, with one line that says how to get it."""
    if items and find_chromium() is None:
        config.hook.pytest_deselected(items=items[1:])
        del items[1:]
        items[0].add_marker(pytest.mark.skip(reason=HOW_TO_GET_IT))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    program = find_chromium()
    # A container gives /dev/shm 64 MB, and Chromium's sandbox does not run as root.
    arguments = ["--disable-dev-shm-usage"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": str(program), "args": arguments}
