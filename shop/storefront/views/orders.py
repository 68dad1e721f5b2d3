"""A shopper's orders: the customer's own, and a guest's by its signed link."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shop.cart.services import add_to_cart
from shop.errors import CartUnavailable, InvalidCartToken, ShopError
from shop.orders.invoice import make_invoice
from shop.orders.links import find_order
from shop.orders.models import Order
from shop.payments.services import cancel_order, find_payment
from shop.storefront.carts import give_up_cart
from shop.storefront.errors import answer_away
from shop.storefront.http import SeeOther, ShopRequest

PAGE = 20


@login_required
@never_cache
@require_safe
def history(request: ShopRequest) -> HttpResponse:
    orders = Order.objects.of_customer(request.user).with_lines()
    page = Paginator(orders, PAGE).get_page(request.GET.get("page"))
    return render(request, "storefront/orders/history.html", {"page": page})


@never_cache
@require_safe
def order(request: ShopRequest, number: str) -> HttpResponse:
    return render(request, "storefront/orders/order.html", _show(request, number))


@never_cache
@require_safe
def invoice(request: ShopRequest, number: str) -> HttpResponse:
    """The invoice as a page to be printed."""
    context = {"invoice": make_invoice(_find(request, number))}
    return render(request, "storefront/orders/invoice.html", context)


@require_POST
def cancel(request: ShopRequest, number: str) -> HttpResponse:
    found = _find(request, number)
    actor = request.user if request.user.is_authenticated else None
    try:
        cancel_order(order=found, actor=actor, reason="by the customer")
        messages.success(request, _("Your order is cancelled, and your money is on its way back."))
    except ShopError as error:
        messages.error(request, _(error.message))
    return SeeOther(_address(request, number))


@require_POST
def again(request: ShopRequest, number: str) -> HttpResponse:
    """Put the order's lines into the cart, as many as there are now."""
    found = _find(request, number)
    missed = []
    try:
        for line in found.lines.all():
            try:
                add_to_cart(request.cart, sku=line.sku, quantity=line.quantity)
            except InvalidCartToken:
                give_up_cart(request)
                add_to_cart(request.cart, sku=line.sku, quantity=line.quantity)
            except CartUnavailable:
                raise
            except ShopError:
                missed.append(line.name)
    except CartUnavailable:
        return answer_away(request)
    if missed:
        messages.warning(request, _("Not to be had as before: %s.") % ", ".join(missed))
    if len(missed) < found.lines.count():
        messages.success(request, _("What you ordered then is in your cart."))
    return SeeOther(reverse("storefront:cart"))


def _find(request: ShopRequest, number: str) -> Order:
    """The order, if it is the customer's own or the link is signed; else 404, as for one
    that is not there."""
    found: Order | None = None
    if token := request.GET.get("token", ""):
        found = find_order(number, token)
    elif request.user.is_authenticated:
        found = Order.objects.of_customer(request.user).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _show(request: ShopRequest, number: str) -> dict[str, object]:
    found = _find(request, number)
    return {
        "order": found,
        "lines": found.lines.select_related("variant__product__cover", "variant__image"),
        "parcels": found.fulfilments.all(),
        "payment": find_payment(found),
        "query": request.GET.urlencode(),
    }


def _address(request: ShopRequest, number: str) -> str:
    query = request.GET.urlencode()
    return reverse("storefront:order", args=[number]) + (f"?{query}" if query else "")
