"""Programs of the tests that run beside them, on the tests' own database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings


def find_database_url() -> str:
    """Of the database that this test run uses."""
    base = urlsplit(os.environ["DATABASE_URL"])
    return base._replace(path=f"/{settings.DATABASES['default']['NAME']}").geturl()


def start(module: str, *args: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *args],
        env={**os.environ, "DATABASE_URL": find_database_url(), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str], timeout: float = 600) -> Any:
    """What it printed, as JSON; fails the test with its errors if it failed."""
    out, err = process.communicate(timeout=timeout)
    assert process.returncode == 0, err[-4_000:]
    return json.loads(out)
