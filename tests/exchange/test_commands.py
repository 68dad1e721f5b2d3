"""`import_products` at a terminal: what it says, and its exit codes."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from shop.catalog.models import Product
from tests.exchange.files import product, write_csv

pytestmark = pytest.mark.django_db


def run(path: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("import_products", str(path), *arguments, stdout=out, stderr=err)
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "products.csv"
    path.write_bytes(write_csv(product("mug"), product("cup", **{"Variant Price": "1,5"})))
    return path


def test_good_rows_are_kept_and_bad_ones_told(mixed: Path) -> None:
    code, out, err = run(mixed)
    assert code == 0
    assert out == "1 products created, 0 updated, 0 unchanged, 1 rows refused.\n"
    assert err == "line 3, Variant Price: “1,5” is not a price; write it like 1234.50.\n"
    assert Product.objects.get().slug == "mug"


def test_strict_fails_if_a_row_is_refused_and_keeps_the_good_ones(mixed: Path) -> None:
    code, _, err = run(mixed, "--strict")
    assert (code, "1 rows were refused" in err) == (1, True)
    assert Product.objects.count() == 1


def test_a_dry_run_says_so(mixed: Path) -> None:
    code, out, _ = run(mixed, "--dry-run")
    assert (code, out.startswith("Dry run, nothing was written: 1 products created")) == (0, True)
    assert not Product.objects.exists()


def test_the_report_is_a_csv(mixed: Path, tmp_path: Path) -> None:
    report = tmp_path / "refused.csv"
    run(mixed, "--report", str(report))
    with report.open(newline="", encoding="utf-8") as file:
        header, row = csv.reader(file)
    assert header == ["Line", "Column", "Reason", "Handle"]
    assert row[:2] + row[3:] == ["3", "Variant Price", "cup"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a;b\n", "no Shopify product export"),
        (b"Handle,Title\n", "No product was imported"),
        (b"Handle,Title,Variant Price\nmug,Mug,x\n", "No product was imported"),
    ],
)
def test_nothing_imported_is_a_failure(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    path.write_bytes(content)
    code, _, err = run(path)
    assert (code, said in err) == (1, True)


def test_files_that_cannot_be_opened(mixed: Path, tmp_path: Path) -> None:
    for arguments in (
        (tmp_path / "none.csv",),
        (tmp_path,),
        (mixed, "--report", str(tmp_path / "no" / "r.csv")),
    ):
        code, _, err = run(*arguments)
        assert code == 1
        assert "cannot be" in err
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [(OperationalError("gone"), 1, "database failed: gone"), (KeyboardInterrupt(), 130, "Stopped")],
)
def test_a_stop_in_the_middle_says_what_to_do(
    error: BaseException, code: int, said: str, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr("shop.exchange.services.write_products", fail)
    got, _, err = run(mixed)
    assert (got, said in err, "again" in err) == (code, True, True)
