"""Orders. Nothing here is a plain field: an order changes by what is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from shop.accounts.models import User
from shop.backoffice.modeladmin import ReadOnlyAdmin, display, list_names
from shop.backoffice.order_export import (
    LINE_COLUMNS,
    ORDER_COLUMNS,
    choose_payment,
    list_lines,
    list_orders,
)
from shop.backoffice.order_filters import PaymentFilter, StateFilter
from shop.backoffice.order_pages import OrderPages
from shop.backoffice.order_steps import STEPS, explain
from shop.backoffice.spreadsheet import stream_csv
from shop.errors import ShopError
from shop.orders.models import Order, OrderLine
from shop.orders.states import OrderState
from shop.payments.models import PaymentState
from shop.payments.services import capture_payment

MOST_CAPTURES = 100
"""Payments that are captured at once: each asks its gateway."""

STATES = {
    OrderState.PENDING.label: "info",
    OrderState.PLACED.label: "warning",
    OrderState.PAID.label: "info",
    OrderState.PART_FULFILLED.label: "warning",
    OrderState.FULFILLED.label: "success",
    OrderState.CANCELLED.label: "danger",
    OrderState.REFUNDED.label: "danger",
    OrderState.ABANDONED.label: "danger",
}
PAYMENTS = {
    **{state.label: "info" for state in PaymentState},
    PaymentState.AUTHORISED.label: "warning",
    PaymentState.CAPTURED.label: "success",
    PaymentState.DECLINED.label: "danger",
    PaymentState.REFUNDED.label: "danger",
    "Partly refunded": "warning",
}


@admin.register(Order)
class OrderAdmin(OrderPages, ReadOnlyAdmin):
    list_display = ["number", "placed", "who", "state_label", "payment_label", "sum"]
    list_display_links = ["number"]
    list_filter = [StateFilter, PaymentFilter, "placed_at", "payment_method"]
    search_fields = ["number", "email"]
    search_help_text = "Number, e-mail, name or sku"
    date_hierarchy = "placed_at"
    ordering = ["-placed_at", "-id"]
    list_select_related = ["customer"]
    actions: Sequence[str] = ["capture_selected", "export_orders", "export_lines"]
    list_before_template = "admin/shop/order_exports.html"

    def has_capture_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perms(STEPS["capture"].permissions))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        return super().get_queryset(request).prefetch_related("payments")  # type: ignore[no-any-return]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Order], search_term: str
    ) -> tuple[QuerySet[Order], bool]:
        for word in search_term.replace("\x00", "").split()[:8]:
            by_sku = OrderLine.objects.filter(sku__istartswith=word)
            queryset = queryset.filter(
                Q(number__istartswith=word)
                | Q(email__icontains=word)
                | Q(shipping_address_data__name__icontains=word)
                | Q(billing_address_data__name__icontains=word)
                | Q(customer__username__iexact=word)
                | Q(pk__in=by_sku.values("order"))
            )
        return queryset, False

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        urls: list[URLPattern] = super().get_urls()
        return [
            path("export/<str:kind>/", guard(self.export_view), name="orders_order_export"),
            *(
                path(
                    f"<int:pk>/{step.name}/",
                    guard(partial(self.step_view, step=step)),
                    name=f"orders_order_{step.name}",
                )
                for step in STEPS.values()
            ),
            *urls,
        ]

    @admin.action(description="Capture payments", permissions=["capture"])
    def capture_selected(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        orders = list(queryset[: MOST_CAPTURES + 1])
        if len(orders) > MOST_CAPTURES:
            text = f"Choose at most {MOST_CAPTURES} orders; nothing was done."
            self.message_user(request, text, messages.ERROR)
            return
        captured: list[str] = []
        for order in orders:
            payment = choose_payment(order)
            if payment is not None and payment.state == PaymentState.CAPTURED:
                continue
            try:
                capture_payment(order=order, actor=cast(User, request.user))
            except ShopError as error:
                self.message_user(request, f"{order.number}: {explain(error)}", messages.ERROR)
            else:
                captured.append(order.number)
        if captured:
            self.message_user(request, f"Captured: {list_names(captured)}.", messages.SUCCESS)
        else:
            self.message_user(request, "Nothing was captured.", messages.WARNING)

    @admin.action(description="Export orders as CSV", permissions=["view"])
    def export_orders(
        self, request: HttpRequest, queryset: QuerySet[Order]
    ) -> StreamingHttpResponse:
        return export(request, "orders", queryset)

    @admin.action(description="Export lines as CSV", permissions=["view"])
    def export_lines(
        self, request: HttpRequest, queryset: QuerySet[Order]
    ) -> StreamingHttpResponse:
        return export(request, "lines", queryset)

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
        """All that the list shows with the filters and the search of this address."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in ("orders", "lines"):
            raise Http404
        try:
            found = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return redirect("admin:orders_order_changelist")
        return export(request, kind, found)

    @admin.display(description="placed", ordering="placed_at")
    def placed(self, order: Order) -> Any:
        return order.placed_at

    @display(description="customer", ordering="email", header=True)
    def who(self, order: Order) -> list[str]:
        return [order.shipping_address.name or order.email, order.email]

    @display(description="state", ordering="state", label=STATES)
    def state_label(self, order: Order) -> str:
        return order.get_state_display()

    @display(description="payment", label=PAYMENTS)
    def payment_label(self, order: Order) -> str:
        payment = choose_payment(order)
        if payment is None:
            return ""
        if 0 < payment.refunded_minor < payment.captured_minor:
            return "Partly refunded"
        return str(payment.get_state_display())

    @admin.display(description="total", ordering="total_minor")
    def sum(self, order: Order) -> str:
        return order.total.format()


def export(request: HttpRequest, kind: str, queryset: QuerySet[Order]) -> StreamingHttpResponse:
    """Of these orders, whatever the list had joined to them."""
    orders = Order.objects.filter(pk__in=queryset.order_by().values("pk"))
    if kind == "lines":
        return stream_csv(request, "order-lines", LINE_COLUMNS, list_lines(orders))
    return stream_csv(request, "orders", ORDER_COLUMNS, list_orders(orders))
