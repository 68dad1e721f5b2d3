"""Runs one command, and ends it with the process that asked for it, however that ends.

Run by `engines.guarded` as a script of its own: the first line of its input is the order as
JSON. It answers with the command's process id, then waits for its input to end. That comes
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
        process = subprocess.Popen(
            order["command"],
            cwd=order["folder"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **order["options"],
        )
    sys.stdout.write(f"{process.pid}\n")
    sys.stdout.flush()
    is_orderly = sys.stdin.readline() == "stop\n"
    is_last = bool(order["remove"]) and not is_orderly
    # Whose data goes with it needs no time to bring it in order.
    _end(process, order["abort_signal"] if is_last else order["stop_signal"], order["patience"])
    if is_last:
        shutil.rmtree(order["remove"], ignore_errors=True)
    return 0


def _end(process: "subprocess.Popen[bytes]", number: int, patience: float) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGCONT)  # a paused one could not hear the next
        process.send_signal(number)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    # The terminal's Ctrl-C is for the program that uses the command.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(main())
