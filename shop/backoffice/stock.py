"""Levels and their ledger. Nothing here is a plain field: a level changes by a receipt or
a count, and the ledger by nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from unfold.admin import TabularInline

from shop.backoffice.modeladmin import ReadOnlyAdmin, ShopAdmin, display
from shop.backoffice.product_filters import LOW_STOCK, StockFilter
from shop.backoffice.stock_pages import StockPages
from shop.inventory.models import Movement, StockLevel

MOST_AT_ONCE = 100
"""Levels on one page of receipts or counts."""


class MovementInline(TabularInline):
    model = Movement
    extra = max_num = 0
    per_page = 25
    can_delete = False
    hide_title = True
    fields = readonly_fields = ["created_at", "delta", "reason", "reference", "actor"]
    verbose_name_plural = "Ledger, newest first"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Movement]:
        return super().get_queryset(request).select_related("actor")  # type: ignore[no-any-return]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(StockLevel)
class StockLevelAdmin(StockPages, ShopAdmin):
    list_display = ["sku", "product", "options", "state", "on_hand_now", "version", "updated_at"]
    list_filter = [StockFilter, "variant__is_active", "variant__product__status"]
    search_fields = ["variant__sku", "variant__product__name", "variant__barcode"]
    ordering = ["variant__sku"]
    actions = ["receive", "count"]
    fields = readonly_fields = ["sku", "product", "options", "on_hand", "version", "updated_at"]
    inlines = [MovementInline]

    class Media:
        js = [Script("js/live-stock.js", type="module")]

    change_form_before_template = "admin/shop/level_buttons.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A level comes with its variant."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For receipts and counts. A level itself is only shown: saving it from a form would
        write back what was on hand when the page was opened."""
        return obj is None and bool(super().has_change_permission(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A level goes with its variant."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[StockLevel]:
        levels: QuerySet[StockLevel] = super().get_queryset(request)
        return levels.select_related("variant__product")

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()
        return [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"inventory_stocklevel_{name}")
            for name, view in (
                ("receive", self.receive_view),
                ("count", self.count_view),
                ("delivery", self.delivery_view),
                ("drift", self.drift_view),
            )
        ] + urls

    @admin.action(description="Receive goods…", permissions=["change"])
    def receive(self, request: HttpRequest, queryset: QuerySet[StockLevel]) -> HttpResponse | None:
        return self._open("receive", request, queryset)

    @admin.action(description="Count…", permissions=["change"])
    def count(self, request: HttpRequest, queryset: QuerySet[StockLevel]) -> HttpResponse | None:
        return self._open("count", request, queryset)

    def _open(
        self, page: str, request: HttpRequest, queryset: QuerySet[StockLevel]
    ) -> HttpResponse | None:
        chosen = list(queryset.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            text = f"Choose at most {MOST_AT_ONCE} levels, or use “Receive goods” for a list."
            self.message_user(request, text, messages.ERROR)
            return None
        query = urlencode({"level": chosen}, doseq=True)
        return redirect(f"{reverse(f'admin:inventory_stocklevel_{page}')}?{query}")

    @admin.display(description="sku", ordering="variant__sku")
    def sku(self, level: StockLevel) -> str:
        return level.variant.sku

    @admin.display(description="product", ordering="variant__product__name")
    def product(self, level: StockLevel) -> str:
        return level.variant.product.name

    @admin.display(description="on hand", ordering="on_hand")
    def on_hand_now(self, level: StockLevel) -> str:
        """Kept up to date by live-stock.js."""
        return format_html(
            '<span data-stock-sku="{}" data-stock-version="{}">'
            "<span data-stock-left>{}</span></span>",
            level.variant.sku,
            level.version,
            level.on_hand,
        )

    @admin.display(description="options")
    def options(self, level: StockLevel) -> str:
        return level.variant.name

    @display(
        description="state",
        label={"Sold out": "danger", "Low": "warning", "In stock": "success"},
    )
    def state(self, level: StockLevel) -> str:
        if level.on_hand == 0:
            return "Sold out"
        return "Low" if level.on_hand <= LOW_STOCK else "In stock"


@admin.register(Movement)
class MovementAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "sku", "delta", "reason", "reference", "actor"]
    list_filter = ["reason", "created_at"]
    search_fields = ["level__variant__sku", "reference", "actor__username"]
    fields = ["created_at", "sku", "delta", "reason", "reference", "actor"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Movement]:
        return super().get_queryset(request).select_related("level__variant", "actor")  # type: ignore[no-any-return]

    @admin.display(description="sku", ordering="level__variant__sku")
    def sku(self, movement: Movement) -> str:
        return movement.level.variant.sku
