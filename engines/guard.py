"""Runs one engine, and ends it with the process that asked for it, however that ends.

Run by `engines.process` as a script of its own: the first line of its input is the order as
JSON. It answers with the engine's process id, then waits for its input to end. That comes
with any death of the other side, SIGKILL too, which no exit handler would see.
"""

import contextlib
import json
import shutil
import signal
import subprocess
import sys


def main() -> int:
    order = json.loads(sys.stdin.readline())
    with open(order["log"], "ab") as log:  # noqa: PTH123 (starts faster without pathlib)
        engine = subprocess.Popen(
            order["command"],
            cwd=order["folder"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **order["identity"],
        )
    sys.stdout.write(f"{engine.pid}\n")
    sys.stdout.flush()
    keeps = sys.stdin.readline() == "stop\n"
    _end(engine, order["stop_signal"] if keeps else signal.SIGQUIT, order["patience"])
    if order["remove"] and not keeps:
        shutil.rmtree(order["remove"], ignore_errors=True)
    return 0


def _end(engine: "subprocess.Popen[bytes]", number: int, patience: float) -> None:
    with contextlib.suppress(ProcessLookupError):
        engine.send_signal(signal.SIGCONT)  # a paused one could not hear the next
        engine.send_signal(number)
    try:
        engine.wait(patience)
    except subprocess.TimeoutExpired:
        engine.kill()
        engine.wait()


if __name__ == "__main__":
    # The terminal's Ctrl-C is for the program that uses the engine.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(main())
