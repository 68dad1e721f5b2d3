"""Placing the order from the checkout's review, and the confirmation step of a payment."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shop.errors import (
    CartAlreadyOrdered,
    CartUnavailable,
    EmptyCart,
    InvalidCartToken,
    OrderInProgress,
    PaymentDeclined,
    PaymentUnavailable,
    PriceChanged,
    ShopError,
    ShortLines,
)
from shop.money import Money
from shop.orders.links import find_order, make_token
from shop.orders.models import Order
from shop.payments.checkout import Placement, confirm_order, place_order
from shop.storefront.carts import give_up_cart
from shop.storefront.checkout.draft import Draft
from shop.storefront.errors import answer_away
from shop.storefront.http import ShopRequest
from shop.storefront.views.checkout import lead_to, show_review

_STATUS = {
    "payment_declined": 402,
    "insufficient_stock": 409,
    "price_changed": 409,
    "order_in_progress": 409,
    "payment_unavailable": 503,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: ShopRequest) -> HttpResponse:
    draft = Draft.load(request.session)
    if request.method == "POST":
        return _place(request, draft)
    if gap := draft.find_gap():
        return lead_to(request, gap)
    return show_review(request, draft)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: ShopRequest, number: str) -> HttpResponse:
    """The demo gateway's stand-in for the bank's own page."""
    token = request.GET.get("token", "")
    order = find_order(number, token, with_attempts=True)
    if order is None:
        raise Http404
    if order.is_placed:
        return lead_to(request, order_address(order))
    if request.method != "POST":
        context = {"order": order, "step": "confirm"}
        return render(request, "storefront/checkout/confirm.html", context)
    try:
        answer = "ok" if request.POST.get("answer") == "ok" else "fail"
        placement = confirm_order(order=order, answer=answer, cart=request.cart)
    except InvalidCartToken:
        give_up_cart(request)
        placement = confirm_order(order=order, answer=answer, cart=None)
    except ShopError as error:
        return _back_to_review(request, Draft.load(request.session), error)
    return _finish(request, placement)


def order_address(order: Order) -> str:
    """The order's page, open to whoever has the address: guests have no other way to it."""
    path = reverse("storefront:order", args=[order.number])
    return f"{path}?{urlencode({'token': make_token(order)})}"


def _place(request: ShopRequest, draft: Draft) -> HttpResponse:
    key = request.POST.get("key", "")
    if key != draft.key:
        return _answer_stale(request, draft, key)
    if gap := draft.find_gap():
        return lead_to(request, gap)
    customer: Any = request.user if request.user.is_authenticated else None
    try:
        placement = place_order(
            cart=request.cart,
            key=key,
            details=draft.make_details(_read_total(request.POST.get("total", ""))),
            customer=customer,
        )
    except CartUnavailable:
        return answer_away(request)
    except InvalidCartToken:
        give_up_cart(request)
        return lead_to(request, reverse("storefront:cart"))
    except CartAlreadyOrdered as error:
        return _lead_to_order(request, error)
    except ShopError as error:
        return _back_to_review(request, draft, error)
    return _finish(request, placement)


def _finish(request: ShopRequest, placement: Placement) -> HttpResponse:
    order = placement.order
    if placement.needs_confirmation:
        path = reverse("storefront:checkout_confirm", args=[order.number])
        return lead_to(request, f"{path}?{urlencode({'token': make_token(order)})}")
    sent = request.session.get("checkout_orders", {})
    key = Draft.load(request.session).key
    request.session["checkout_orders"] = dict([*sent.items(), (key, order.number)][-5:])
    Draft.drop(request.session)
    return lead_to(request, order_address(order))


def _answer_stale(request: ShopRequest, draft: Draft, key: str) -> HttpResponse:
    """A review that is not the latest: it was ordered already (the form came twice, or from
    the history), or something has been changed in another tab since."""
    number = request.session.get("checkout_orders", {}).get(key)
    if number and (order := Order.objects.placed().filter(number=number).first()):
        return lead_to(request, order_address(order))
    if gap := draft.find_gap():
        return lead_to(request, gap)
    messages.warning(
        request, _("Your checkout was changed in the meantime. Please look at it once more.")
    )
    return show_review(request, draft, 409)


def _lead_to_order(request: ShopRequest, error: CartAlreadyOrdered) -> HttpResponse:
    """The same browser ordered this cart before (in another tab, say): that is its order."""
    order = Order.objects.placed().get(number=error.facts["order"])
    Draft.drop(request.session)
    messages.info(request, _("This cart has been ordered already. Here is the order."))
    return lead_to(request, order_address(order))


def _back_to_review(request: ShopRequest, draft: Draft, error: ShopError) -> HttpResponse:
    """Nothing was ordered: say why, and show everything as it is now."""
    messages.error(request, _say(error))
    if isinstance(error, EmptyCart):
        return lead_to(request, reverse("storefront:cart"))
    if not isinstance(error, OrderInProgress):
        draft.save(request.session)  # another try is another order
    if gap := draft.find_gap():
        return lead_to(request, gap)
    if request.resolver_match and request.resolver_match.url_name == "checkout_confirm":
        return lead_to(request, reverse("storefront:checkout_review"))
    return show_review(request, draft, _STATUS.get(error.code, 400))


def _say(error: ShopError) -> str:
    match error:
        case PriceChanged():
            return _("The total has changed since you looked. Please check it and order again.")
        case ShortLines():
            return _("Some of it is no longer in stock as you want it. Nothing was ordered.")
        case PaymentDeclined():
            return _("The payment was declined. Nothing was ordered or charged.")
        case PaymentUnavailable():
            return _("The payment service does not answer. Nothing was ordered; try again.")
    return _(error.message)


def _read_total(text: str) -> Money:
    minor = int(text) if re.fullmatch(r"[0-9]{1,15}", text) else 0
    return Money(minor, settings.SHOP_CURRENCY)
