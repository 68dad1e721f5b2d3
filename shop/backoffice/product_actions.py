"""What is done to many products at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, dumps, loads
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanSwitchWidget,
)

from shop.backoffice.downloads import send_csv
from shop.backoffice.fields import LARGEST_PRICE
from shop.backoffice.modeladmin import replace_data
from shop.backoffice.product_services import (
    change_prices,
    move_products,
    preview_prices,
    set_status,
)
from shop.catalog.models import Category, Product
from shop.errors import ShopError
from shop.exchange.services import export_products
from shop.money import Money

SHOWN = 100
"""Variants in a preview of prices; all are changed."""


class PriceForm(forms.Form):
    percent = forms.DecimalField(
        label="Change in %",
        min_value=Decimal(-95),
        max_value=Decimal(900),
        decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget(attrs={"step": "0.01"}),
        help_text="10 makes it dearer by a tenth, -10 cheaper.",
    )
    keeps_former = forms.BooleanField(
        label="Show today's price as the former one",
        required=False,
        widget=UnfoldBooleanSwitchWidget,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_percent(self) -> Decimal:
        percent: Decimal = self.cleaned_data["percent"]
        if not percent:
            raise ValidationError("Nothing would change.", code="nothing")
        return percent

    def clean_seen(self) -> dict[int, int] | None:
        """The prices of the preview; None before there is one."""
        try:
            pairs = loads(self.cleaned_data["seen"], salt="shop.backoffice.prices")
        except BadSignature:
            return None
        return {int(pk): int(price) for pk, price in pairs}


class MoveForm(forms.Form):
    category = forms.ChoiceField(widget=UnfoldAdminSelectWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["category"]).choices = [
            ("", "Choose one"),
            ("none", "No category"),
        ] + [
            (str(category.pk), " ".join(["–"] * category.tree_depth + [category.name]))
            for category in Category.objects.with_tree_fields()
        ]

    def clean_category(self) -> Category | None:
        """None is for no category."""
        chosen = self.cleaned_data["category"]
        if chosen == "none":
            return None
        found: Category | None = Category.objects.filter(pk=chosen).first()
        if found is None:
            raise ValidationError("This category has just been deleted.", code="gone")
        return found


class ProductActions:
    """For a `ShopAdmin` of products. Every action asks for its permission."""

    actions = ["activate", "make_draft", "archive", "change_price", "move", "export_csv"]

    @admin.action(description="Put on sale", permissions=["change"])
    def activate(self: Any, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        self._set_status(request, queryset, Product.Status.ACTIVE)

    @admin.action(description="Make a draft", permissions=["change"])
    def make_draft(self: Any, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        self._set_status(request, queryset, Product.Status.DRAFT)

    @admin.action(description="Archive", permissions=["change"])
    def archive(self: Any, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        self._set_status(request, queryset, Product.Status.ARCHIVED)

    def _set_status(
        self: Any, request: HttpRequest, queryset: QuerySet[Product], status: Product.Status
    ) -> None:
        changed = set_status(products=queryset, status=status)
        self.log_bulk(request, changed, f"Status set to “{status.label}”.")

    @admin.action(description="Move to a category…", permissions=["change"])
    def move(self: Any, request: HttpRequest, queryset: QuerySet[Product]) -> HttpResponse | None:
        form = MoveForm(request.POST if "apply" in request.POST else None)
        if form.is_valid():
            category = form.cleaned_data["category"]
            changed = move_products(products=queryset, category=category)
            self.log_bulk(request, changed, f"Moved to “{category or 'no category'}”.")
            return None
        context = {"form": form, "button": "Move"}
        return self._ask(request, queryset, "move", "Move to a category", context)  # type: ignore[no-any-return]

    @admin.action(description="Change price by percent…", permissions=["change"])
    def change_price(
        self: Any, request: HttpRequest, queryset: QuerySet[Product]
    ) -> HttpResponse | None:
        form = PriceForm(request.POST if "apply" in request.POST else None)
        context: dict[str, Any] = {"form": form, "button": "Preview"}
        if form.is_valid():
            values = form.cleaned_data
            if "confirm" in request.POST and values["seen"] is not None:
                try:
                    changed = change_prices(
                        products=queryset, largest_minor=LARGEST_PRICE, **values
                    )
                except ShopError as error:
                    self.refuse(request, error)
                else:
                    self.log_bulk(request, changed, f"Prices changed by {values['percent']} %.")
                    return None
            context |= _preview(form, queryset)
        return self._ask(request, queryset, "change_price", "Change price by percent", context)  # type: ignore[no-any-return]

    def _ask(
        self: Any,
        request: HttpRequest,
        queryset: QuerySet[Product],
        action: str,
        title: str,
        context: dict[str, Any],
    ) -> HttpResponse:
        """The page between choosing an action and doing it."""
        across = request.POST.get("select_across") == "1"
        context |= {
            **self.admin_site.each_context(request),
            "title": title,
            "back": reverse("admin:catalog_product_changelist"),
            "action": action,
            "checkbox": ACTION_CHECKBOX_NAME,
            "chosen": [] if across else request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": "1" if across else "0",
            "count": queryset.count(),
        }
        return TemplateResponse(request, "admin/shop/ask.html", context)

    @admin.action(description="Export as CSV", permissions=["view"])
    def export_csv(
        self: Any, request: HttpRequest, queryset: QuerySet[Product]
    ) -> StreamingHttpResponse:
        return stream_export(
            request, Product.objects.filter(pk__in=queryset.order_by().values("pk"))
        )

    def export_view(self: Any, request: HttpRequest) -> StreamingHttpResponse:
        """All products."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return stream_export(request, Product.objects.all())


def stream_export(request: HttpRequest, products: Any) -> StreamingHttpResponse:
    return send_csv(request, f"products-{date.today()}.csv", export_products(products))


def _preview(form: PriceForm, queryset: QuerySet[Product]) -> dict[str, Any]:
    changes = preview_prices(products=queryset, percent=form.cleaned_data["percent"])
    seen = [(change.variant.pk, change.variant.price_minor) for change in changes]
    replace_data(form, {"seen": dumps(seen, salt="shop.backoffice.prices", compress=True)})
    return {
        "button": f"Change {len(changes)} prices",
        "is_confirmation": True,
        "hidden_rows": max(0, len(changes) - SHOWN),
        "headers": ["Sku", "Product", "Price", "New price"],
        "rows": [
            [v.sku, str(v), v.price.format(), Money(price, v.price.currency).format()]
            for v, price in changes[:SHOWN]
        ],
    }
