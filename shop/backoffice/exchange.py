"""Importing products from a file, with the report of each import kept."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldBooleanSwitchWidget

from shop.backoffice.downloads import send_csv
from shop.backoffice.modeladmin import ReadOnlyAdmin, display
from shop.backoffice.models import ImportRun
from shop.exchange.services import InvalidImportFile, Report, import_products

LARGEST_FILE = 20 * 1024 * 1024
"""In bytes. A request has to end; larger files are for `manage.py import_products`."""
SHOWN = 200
"""Refused rows on the page; the file has them all."""
KEPT = 200
"""Imports whose report is kept."""
_NEEDED = ("catalog.add_product", "catalog.change_product", "inventory.change_stocklevel")


class ImportForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".csv,text/csv"}),
        help_text="As Shopify exports products, or this shop.",
    )
    dry_run = forms.BooleanField(
        label="Dry run",
        required=False,
        initial=True,
        widget=UnfoldBooleanSwitchWidget,
        help_text="Does everything and takes it back, to see what would come of it.",
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                f"At most {LARGEST_FILE // 1024 // 1024} MB. For a larger file there is "
                "“manage.py import_products FILE.csv”.",
                code="too_large",
            )
        return file


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = [
        *("file_name", "kind", "started_at", "actor", "products_created", "products_updated"),
        *("products_unchanged", "rows_refused", "is_finished"),
    ]
    list_filter = ["is_dry_run", "started_at"]
    list_select_related = ["actor"]
    search_fields = ["file_name", "actor__username"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perms(["backoffice.add_importrun", *_NEEDED]))

    def get_urls(self) -> list[URLPattern]:
        refused = path(
            "<int:pk>/refused.csv",
            self.admin_site.admin_view(self.refused_view),
            name="backoffice_importrun_refused",
        )
        urls: list[URLPattern] = super().get_urls()
        return [refused, *urls]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        if form.is_valid():
            try:
                run = _import(form.cleaned_data["file"], form.cleaned_data["dry_run"], request.user)
            except InvalidImportFile as error:
                form.add_error("file", error.message)
            else:
                self.message_user(request, "The file has been read.", messages.SUCCESS)
                return redirect("admin:backoffice_importrun_change", run.pk)
        return self._show(request, "admin/shop/import.html", "Import products", form=form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        run = self.get_object(request, object_id)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if run is None:
            raise Http404
        return self._show(
            request,
            "admin/shop/import_report.html",
            str(run),
            run=run,
            headers=["Line", "Column", "Reason", "Product"],
            rows=run.refused[:SHOWN],
            hidden_rows=max(0, run.rows_refused - SHOWN),
        )

    def refused_view(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """The refused rows as a file for a spreadsheet."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = ImportRun.objects.filter(pk=pk).first()
        if run is None:
            raise Http404
        return send_csv(request, f"refused-{run.pk}.csv", _write_refused(run))

    def _show(
        self, request: HttpRequest, template: str, title: str, **context: Any
    ) -> TemplateResponse:
        back = reverse("admin:backoffice_importrun_changelist")
        context |= {**self.admin_site.each_context(request), "title": title, "back": back}
        return TemplateResponse(request, template, context)

    @display(description="kind", label={"Dry run": "info", "Import": "success"})
    def kind(self, run: ImportRun) -> str:
        return "Dry run" if run.is_dry_run else "Import"

    @admin.display(description="finished", boolean=True)
    def is_finished(self, run: ImportRun) -> bool:
        return run.finished_at is not None


def _import(file: UploadedFile[Any], dry_run: bool, actor: Any) -> ImportRun:
    """The row is there before the import, so that one that is cut short is seen."""
    for old in ImportRun.objects.values_list("pk", flat=True)[KEPT - 1 :]:
        ImportRun.objects.filter(pk=old).delete()
    run = ImportRun.objects.create(
        actor=actor,
        file_name=(file.name or "")[-255:],
        file_size=file.size or 0,
        is_dry_run=dry_run,
    )
    try:
        _keep(run, import_products(file, dry_run=dry_run, actor=actor))
    except InvalidImportFile:
        run.delete()
        raise
    return run


def _keep(run: ImportRun, report: Report) -> None:
    run.finished_at = timezone.now()
    run.products_created = report.created
    run.products_updated = report.updated
    run.products_unchanged = report.unchanged
    run.rows_refused = report.refused_count
    run.refused = [list(refusal) for refusal in report.refused]
    run.notes = [str(note) for note in report.notes]
    run.save()


class _Echo:
    def write(self, text: str) -> str:
        return text


def _write_refused(run: ImportRun) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(["line", "column", "reason", "product"])
    for row in run.refused:
        yield writer.writerow([_disarm(str(cell)) for cell in row])


def _disarm(text: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula, and this one quotes a file
    from who knows where."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
