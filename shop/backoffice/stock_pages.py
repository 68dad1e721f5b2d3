"""The pages on which stock changes: receipts, counts, deliveries; and the ledger's check."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from shop.accounts.models import User
from shop.backoffice.modeladmin import list_names, replace_data
from shop.backoffice.stock_forms import CountForm, DeliveryForm, ReceiveForm
from shop.backoffice.stock_services import count_stock, receive_stock
from shop.errors import ShopError
from shop.inventory.models import Movement, StockLevel
from shop.inventory.services import find_drift

_LIST = "admin:inventory_stocklevel_changelist"
_MOST = 100


class StockPages:
    """For the `ShopAdmin` of levels. Every page asks for its permission."""

    def receive_view(self: Any, request: HttpRequest) -> HttpResponse:
        return self._change_levels(request, ReceiveForm, "Receive goods", "Received")  # type: ignore[no-any-return]

    def count_view(self: Any, request: HttpRequest) -> HttpResponse:
        return self._change_levels(request, CountForm, "Count stock", "Counted")  # type: ignore[no-any-return]

    def delivery_view(self: Any, request: HttpRequest) -> HttpResponse:
        """A delivery as a list of skus and numbers."""
        self._require_change(request)
        form = DeliveryForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._apply(request, form, form.cleaned_data["lines"]):
            return redirect(_LIST)
        return self._show(request, "admin/shop/delivery.html", "Receive goods", form=form)  # type: ignore[no-any-return]

    def drift_view(self: Any, request: HttpRequest) -> HttpResponse:
        """The levels that their ledger does not sum to."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = find_drift()
        sums = dict(
            Movement.objects.filter(level__in=found)
            .order_by()
            .values_list("level")
            .annotate(Sum("delta"))
        )
        rows = [
            [x.variant.sku, x.on_hand, sums.get(x.pk, 0), x.on_hand - sums.get(x.pk, 0)]
            for x in found
        ]
        headers = ["Sku", "Level", "Sum of the ledger", "Difference"]
        return self._show(  # type: ignore[no-any-return]
            request,
            "admin/shop/drift.html",
            "Ledger check",
            rows=rows,
            headers=headers,
            level_count=StockLevel.objects.count(),
        )

    def _change_levels(
        self: Any,
        request: HttpRequest,
        form_class: type[ReceiveForm] | type[CountForm],
        title: str,
        done: str,
    ) -> HttpResponse:
        self._require_change(request)
        given_keys = request.GET.getlist("level")[:_MOST]
        chosen = [int(pk) for pk in given_keys if pk.isdecimal() and len(pk) < 19]
        levels = list(
            StockLevel.objects.filter(pk__in=chosen)
            .select_related("variant__product")
            .order_by("variant__sku")
        )
        if not levels:
            self.message_user(request, "Choose levels first.", messages.WARNING)
            return redirect(_LIST)
        form = form_class(request.POST if request.method == "POST" else None, levels=levels)
        if form.is_valid():
            given = form.quantities if isinstance(form, ReceiveForm) else form.counts
            if self._apply(request, form, given):
                return redirect(_LIST)
            if isinstance(form, CountForm):
                form = _with_versions_of_today(form, levels)
        return self._show(request, "admin/shop/levels.html", title, form=form, button=done)  # type: ignore[no-any-return]

    def _apply(self: Any, request: HttpRequest, form: Any, given: dict[str, Any]) -> bool:
        reference, key = form.cleaned_data["reference"], form.cleaned_data["key"]
        actor = cast(User, request.user)
        try:
            if isinstance(form, CountForm):
                count_stock(counts=given, reference=reference, actor=actor)
            else:
                receive_stock(quantities=given, reference=reference, actor=actor, form_key=key)
        except ShopError as error:
            form.add_error(None, error.message)
            return False
        verb = "Counted" if isinstance(form, CountForm) else "Received"
        self.message_user(request, f"{verb}: {list_names(sorted(given))}.", messages.SUCCESS)
        return True

    def _require_change(self: Any, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def _show(
        self: Any, request: HttpRequest, template: str, title: str, **context: Any
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        context |= {
            **self.admin_site.each_context(request),
            "title": title,
            "back": reverse(_LIST),
        }
        return TemplateResponse(request, template, context)


def _with_versions_of_today(form: CountForm, levels: list[StockLevel]) -> CountForm:
    """What was typed stays, beside the levels as they are now; sent again, it counts."""
    errors = form.non_field_errors()
    fresh = list(
        StockLevel.objects.filter(pk__in=[level.pk for level in levels])
        .select_related("variant__product")
        .order_by("variant__sku")
    )
    replace_data(form, {f"version_{level.pk}": str(level.version) for level in fresh})
    again = CountForm(form.data, levels=fresh)
    again.full_clean()
    for error in errors:
        again.add_error(None, error)
    return again
