"""A long file takes no more memory; a run that is killed leaves whole products."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.exchange.files import product, variant, write_csv

ROOT = Path(__file__).resolve().parents[2]
ROWS = 50_000
GROWTH_MB = 10
"""What a file of `ROWS` rows may take beyond one of a twentieth of them."""

_MEASURE = r"""
import re, sys
import django
django.setup()
from shop.exchange.services import import_products
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        report = import_products(file)
    print(report.imported, report.refused_count, len(report.notes))
    # Not getrusage: its maximum is inherited from the process that started this one.
    with open("/proc/self/status") as status:
        print(int(re.search(r"VmHWM:\s+(\d+)", status.read())[1]) // 1024)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of a shop of its own, on SQLite, with DEBUG (where Django logs every statement)."""
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'shop.sqlite3'}",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "DEBUG": "true",
    }


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def long_file(path: Path, rows: int) -> Path:
    """Products of ten rows each, with a bad one in every hundred rows."""
    names = [f"{path.stem}-{number}" for number in range(rows // 10)]
    sizes = {"Option1 Name": "Size", "Option1 Value": "0", "Variant SKU": ""}
    none = {"Variant Inventory Qty": "0"}
    with path.open("wb") as file:
        for index, name in enumerate(names):
            bad = {"Variant Price": "x"} if index % 10 == 0 else {}
            body = {"Body (HTML)": f"<p>{name}\n{'text ' * 100}</p>"}
            chunk = write_csv(
                product(name, **sizes | body | none),
                *(variant(name, str(size), **none) for size in range(1, 9)),
                variant(name, "9", **none | bad),
            )
            file.write(chunk if index == 0 else chunk.split(b"\n", 1)[1])
    return path


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_memory_does_not_grow_with_the_file(environment: dict[str, str], tmp_path: Path) -> None:
    assert manage(environment, "migrate", "-v0").returncode == 0
    files = [long_file(tmp_path / "short.csv", ROWS // 20), long_file(tmp_path / "long.csv", ROWS)]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *map(str, files)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    _, before, counts, after = done.stdout.splitlines()
    assert counts == f"{ROWS // 10} {ROWS // 100} 1"
    assert int(after) - int(before) < GROWTH_MB


def test_a_killed_import_leaves_whole_products_and_is_completed_by_the_next(
    environment: dict[str, str], tmp_path: Path
) -> None:
    assert manage(environment, "migrate", "-v0").returncode == 0
    content = long_file(tmp_path / "long.csv", 2_000).read_bytes()
    run = subprocess.Popen(
        [sys.executable, "manage.py", "import_products", "-"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert run.stdin is not None
    database = sqlite3.connect(tmp_path / "shop.sqlite3")

    def count() -> int:
        return int(database.execute("SELECT count(*) FROM catalog_product").fetchone()[0])

    try:
        # The rest of the file never comes, so that it is killed with a batch in its hands.
        run.stdin.write(content[: len(content) // 2])
        run.stdin.flush()
        deadline = time.monotonic() + 60
        while not count() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        run.kill()
        run.wait()
        run.stdin.close()

    assert 0 < count() < 200
    sizes = database.execute("SELECT count(*) FROM catalog_variant GROUP BY product_id")
    assert {size for (size,) in sizes} <= {9, 10}
    listed = database.execute("SELECT count(*) FROM catalog_product WHERE lowest_price IS NULL")
    assert listed.fetchone() == (0,)

    done = manage(environment, "import_products", str(tmp_path / "long.csv"))
    assert done.returncode == 0, done.stderr
    assert count() == 200
    assert database.execute("SELECT count(*) FROM catalog_variant").fetchone() == (1_980,)
    database.close()
