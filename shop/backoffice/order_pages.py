"""The page of one order, and the pages on which something is done with it."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse

from shop.accounts.models import User
from shop.backoffice.modeladmin import replace_data
from shop.backoffice.order_services import claim_order, find_state
from shop.backoffice.order_steps import STEPS, OrderView, Step, explain
from shop.errors import ShopError
from shop.orders.links import make_token
from shop.orders.models import Fulfilment, Order
from shop.payments.services import find_payment

_LIST = "admin:orders_order_changelist"
_PAGE = "admin:orders_order_change"


class OrderPages:
    """For the `ShopAdmin` of orders. Every page asks for its permission."""

    def change_view(
        self: Any,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The order, to look at, with a button for each thing that can be done with it."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        order = self.get_object(request, object_id)
        if not self.has_view_permission(request, order):
            raise PermissionDenied
        if order is None:
            raise Http404
        view = _look_at(order)
        return self._show(  # type: ignore[no-any-return]
            request,
            "admin/shop/order.html",
            f"Order {order.number}",
            reverse(_LIST),
            view=view,
            order=order,
            state=self.state_label(order),
            steps=[
                step
                for step in STEPS.values()
                if step.is_possible(view) and step.is_allowed(request.user, view)
            ],
            payments=order.payments.prefetch_related("refunds__actor"),
            parcels=Fulfilment.objects.filter(order=order)
            .select_related("actor")
            .prefetch_related("lines__line"),
            events=order.events.select_related("actor"),
            invoice=_link_invoice(order),
        )

    def step_view(self: Any, request: HttpRequest, pk: int, step: Step) -> HttpResponse:
        """Ask, and do it when the form is sent."""
        order = Order.objects.select_related("customer").filter(pk=pk).first()
        if not self.has_view_permission(request, order):
            raise PermissionDenied
        if order is None:
            raise Http404
        view = _look_at(order)
        if not step.is_allowed(request.user, view):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        form = step.form(data, order=order, lines=view.lines, payment=view.payment)
        if form.is_valid():
            try:
                with claim_order(order=order, seen=form.cleaned_data["seen"]):
                    said = step.do(order, form, cast(User, request.user))
            except ShopError as error:
                self.message_user(request, explain(error), messages.ERROR)
                # What was typed stays, for the order as it is now; sent again, it counts.
                view = _look_at(Order.objects.select_related("customer").get(pk=pk))
                form = step.form(data, order=view.order, lines=view.lines, payment=view.payment)
                replace_data(form, {"seen": find_state(view.order)})
            else:
                self.message_user(request, said, messages.SUCCESS)
                return redirect(_PAGE, pk)
        if not step.is_possible(view):
            if data is None:
                state = view.order.get_state_display().lower()
                text = f"There is nothing to do here: the order is {state}."
                self.message_user(request, text, messages.WARNING)
            return redirect(_PAGE, pk)
        return self._show(  # type: ignore[no-any-return]
            request,
            "admin/shop/order_step.html",
            f"{step.title}: {order.number}",
            reverse(_PAGE, args=[pk]),
            step=step,
            view=view,
            order=view.order,
            form=form,
        )

    def _show(
        self: Any, request: HttpRequest, template: str, title: str, back: str, **context: Any
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        context |= {
            **self.admin_site.each_context(request),
            "title": title,
            "back": back,
        }
        return TemplateResponse(request, template, context)


def _look_at(order: Order) -> OrderView:
    lines = list(order.lines.all())
    for line in lines:
        line.order = order  # its amounts are in the order's currency
    return OrderView(order, lines, find_payment(order))


def _link_invoice(order: Order) -> str:
    """The printable one; "" where there is none."""
    if not order.is_placed:
        return ""
    try:
        path = reverse("storefront:invoice", args=[order.number])
    except NoReverseMatch:  # a shop without the storefront
        return ""
    return f"{path}?{urlencode({'token': make_token(order)})}"
