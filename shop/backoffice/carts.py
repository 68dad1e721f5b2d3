"""The carts that the `session` strategy keeps in the database. The other strategies' are
not here: they are with the browsers, in Redis, or in one server's memory."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.timesince import timesince, timeuntil

from shop.backoffice.modeladmin import ReadOnlyAdmin
from shop.cart.models import StoredCart
from shop.catalog.models import Variant


class ExpiryFilter(admin.SimpleListFilter):
    title = "expiry"
    parameter_name = "expiry"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("live", "Live"), ("expired", "Expired")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "live":
            return queryset.live()
        return queryset.expired() if self.value() == "expired" else queryset


@admin.register(StoredCart)
class StoredCartAdmin(ReadOnlyAdmin):
    list_display = ["short_key", "line_count", "piece_count", "coupon", "age", "expiry"]
    list_filter = [ExpiryFilter]
    ordering = ["-updated_at"]
    fields = ["contents", "coupon", "updated_at", "expires_at"]

    @admin.display(description="cart", ordering="key")
    def short_key(self, cart: StoredCart) -> str:
        """The rest of the key is the shopper's secret."""
        return f"{cart.key[:6]}…"

    @admin.display(description="lines")
    def line_count(self, cart: StoredCart) -> int:
        return len(cart.lines)

    @admin.display(description="pieces")
    def piece_count(self, cart: StoredCart) -> int:
        return sum(quantity for _, quantity in cart.lines)

    @admin.display(description="changed", ordering="updated_at")
    def age(self, cart: StoredCart) -> str:
        return f"{timesince(cart.updated_at, depth=1)} ago"

    @admin.display(description="expires", ordering="expires_at")
    def expiry(self, cart: StoredCart) -> str:
        if cart.expires_at <= timezone.now():
            return "expired"
        return f"in {timeuntil(cart.expires_at, depth=1)}"

    @admin.display(description="lines")
    def contents(self, cart: StoredCart) -> str:
        known = {v.sku: v for v in Variant.objects.by_sku(cart.cart).select_related("product")}
        return format_html_join(
            "",
            "<div>{} × {} ({})</div>",
            ((n, known.get(sku, "no longer in the catalogue"), sku) for sku, n in cart.lines),
        )
