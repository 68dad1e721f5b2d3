"""Imports through the admin: a dry run first, a report that is kept, and who may."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shop.backoffice import exchange
from shop.backoffice.models import ImportRun
from shop.catalog.models import Product
from shop.inventory.models import Movement
from tests.backoffice.pages import read_fields
from tests.factories import TaxClassFactory, UserFactory

ADD = "/admin/backoffice/importrun/add/"
HEAD = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty,Status\n"
GOOD = HEAD + "mug,Mug,MUG,12.90,5,active\n"
MIXED = GOOD + "pot,Pot,POT,=1+1,5,active\n"


@pytest.fixture(autouse=True)
def _tax_class(db: None) -> None:
    TaxClassFactory()


def upload(client: Any, text: str, *, name: str = "shop.csv", **values: Any) -> Any:
    return client.post(ADD, {"file": SimpleUploadedFile(name, text.encode())} | values)


def test_a_dry_run_is_what_is_offered_and_writes_nothing(admin, owner):
    assert read_fields(admin.get(ADD))["dry_run"] == "on"
    answer = upload(admin, MIXED, dry_run="on")
    run = ImportRun.objects.get()
    assert answer.url == f"/admin/backoffice/importrun/{run.pk}/change/"
    assert (run.is_dry_run, run.products_created, run.rows_refused) == (True, 1, 1)
    assert run.actor == owner and run.finished_at
    page = admin.get(answer.url).content.decode()
    assert "nothing was written" in page and "Variant Price" in page
    assert not Product.objects.exists()


def test_an_import_is_in_the_ledger_with_who_did_it(admin, owner):
    upload(admin, GOOD)
    assert Product.objects.on_sale().get().default_variant.stock.on_hand == 5
    assert Movement.objects.get().actor == owner
    upload(admin, GOOD)
    assert ImportRun.objects.first().products_unchanged == 1
    assert Product.objects.count() == 1


def test_the_refused_rows_are_a_file_that_runs_nothing(admin):
    upload(admin, MIXED)
    run = ImportRun.objects.get()
    run.refused = [*run.refused, [4, "=HYPERLINK()", "@x", "-1"]]
    run.save()
    answer = admin.get(f"/admin/backoffice/importrun/{run.pk}/refused.csv")
    text = b"".join(answer.streaming_content).decode()
    assert "Variant Price" in text
    assert "4,'=HYPERLINK(),'@x,'-1" in text
    assert admin.get("/admin/backoffice/importrun/99999/refused.csv").status_code == 404


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "PK\x03\x04", "\x00" * 50, "<html></html>"])
def test_what_is_no_product_export_is_an_error_at_the_field(admin, text):
    answer = upload(admin, text)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not ImportRun.objects.exists()


def test_no_file_is_an_error(admin):
    assert "file" in admin.post(ADD, {}).context["form"].errors


def test_a_file_past_the_limit_is_an_error(admin, monkeypatch):
    monkeypatch.setattr(exchange, "LARGEST_FILE", len(GOOD) - 1)
    answer = upload(admin, GOOD)
    assert "manage.py import_products" in str(answer.context["form"].errors["file"])


def test_an_import_that_is_cut_short_is_seen(admin, monkeypatch):
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(exchange, "import_products", fail)
    with pytest.raises(KeyboardInterrupt):
        upload(admin, GOOD)
    run = ImportRun.objects.get()
    assert run.finished_at is None
    page = admin.get(f"/admin/backoffice/importrun/{run.pk}/change/").content.decode()
    assert "cut short" in page


def test_old_reports_go(admin, monkeypatch):
    monkeypatch.setattr(exchange, "KEPT", 2)
    for number in range(4):
        upload(admin, GOOD, name=f"{number}.csv")
    assert [run.file_name for run in ImportRun.objects.all()] == ["3.csv", "2.csv"]


def test_a_report_is_only_looked_at(admin):
    upload(admin, GOOD)
    run = ImportRun.objects.get()
    assert admin.post(f"/admin/backoffice/importrun/{run.pk}/delete/").status_code == 403
    assert admin.get("/admin/backoffice/importrun/99999/change/").status_code == 404


def test_an_editor_imports(log_in_as):
    editor = log_in_as("Catalogue editor")
    assert editor.get(ADD).status_code == 200
    assert upload(editor, GOOD).status_code == 302
    assert Product.objects.exists()


def test_others_do_not(log_in_as):
    staff = log_in_as("Shop staff")
    run = ImportRun.objects.create(file_name="a", file_size=1, is_dry_run=True, actor=UserFactory())
    assert staff.get(ADD).status_code == 403
    assert upload(staff, GOOD).status_code == 403
    assert staff.get(f"/admin/backoffice/importrun/{run.pk}/refused.csv").status_code == 403
    assert staff.get(f"/admin/backoffice/importrun/{run.pk}/change/").status_code == 403
    assert not Product.objects.exists()
