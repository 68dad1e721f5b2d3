"""The cart's page, and the three changes that a shopper makes to it.

A change is a POST. A form gets a 303 to where the shopper was, with what happened as a
message there; a script gets the parts of the page that changed, with a true status.
"""

import re
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.cart.cart import Cart
from shop.cart.services import add_to_cart, set_in_cart
from shop.catalog.models import SKU_PATTERN, Variant
from shop.errors import CartUnavailable, InvalidCartToken, InvalidQuantity, ShopError, UnknownSku
from shop.pricing.coupons import apply_coupon
from shop.pricing.lines import price_cart
from shop.storefront.carts import give_up_cart, show_cart
from shop.storefront.errors import answer_away
from shop.storefront.http import SeeOther, ShopRequest, find_next, vary_on_htmx

_REFUSED = {"unknown_sku": 404, "insufficient_stock": 409, "cart_full": 409}


@require_safe
def cart(request: ShopRequest) -> HttpResponse:
    if request.htmx:
        return _answer_script(request)
    shown = show_cart(request)
    if shown is None:
        return vary_on_htmx(answer_away(request))
    return vary_on_htmx(render(request, "storefront/cart/page.html", {"cart": price_cart(shown)}))


@require_POST
def add(request: ShopRequest) -> HttpResponse:
    sku = request.POST.get("sku", "")

    def change() -> None:
        quantity = _read_quantity(request.POST.get("quantity", "1"), least=1)
        add_to_cart(request.cart, sku=sku, quantity=quantity)
        messages.success(request, _("In your cart: %s.") % _name(sku), extra_tags="added")

    back = find_next(request, reverse("storefront:cart"))
    if request.POST.get("returns_to_choice"):
        back = f"{back}?{urlencode({'sku': sku})}#buy"
    return _change(request, change, back)


@require_POST
def set_quantity(request: ShopRequest, sku: str) -> HttpResponse:
    # A step button says where it leads `to`; it stands in the form of the number itself.
    wanted = request.POST.get("to") or request.POST.get("quantity", "")

    def change() -> None:
        quantity = _read_quantity(wanted, least=0)
        if quantity == 0:
            return _remove(request, sku)
        set_in_cart(request.cart, sku=sku, quantity=quantity)
        name = _name(sku)
        messages.success(
            request, _("%(name)s: %(n)d in your cart.") % {"name": name, "n": quantity}
        )

    return _change(request, change, reverse("storefront:cart"))


@require_POST
def remove(request: ShopRequest, sku: str) -> HttpResponse:
    return _change(request, lambda: _remove(request, sku), reverse("storefront:cart"))


@require_POST
def coupon(request: ShopRequest) -> HttpResponse:
    code = request.POST.get("code", "")[:64]

    def change() -> None:
        if not code.strip():
            request.cart.update(Cart.with_coupon, "")
            messages.success(request, _("The coupon is taken out."))
            return
        user = request.user
        apply_coupon(request.cart, code=code, customer=user if user.is_authenticated else None)
        messages.success(request, _("The coupon holds for your cart."))

    return _change(request, change, reverse("storefront:cart"))


def _remove(request: ShopRequest, sku: str) -> None:
    removed = 0

    def take_out(cart: Cart) -> Cart:
        nonlocal removed
        removed = cart.get(sku, 0)
        return cart.remove(sku)

    request.cart.update(take_out)
    if removed:
        undo = f"undo {removed} {sku}"
        messages.success(request, _("Taken out: %s.") % _name(sku), extra_tags=undo)


def _change(request: ShopRequest, change: Callable[[], None], back: str) -> HttpResponse:
    status = 200
    try:
        try:
            change()
        except InvalidCartToken:
            give_up_cart(request)
            change()
    except CartUnavailable as error:
        if not request.htmx:
            return answer_away(request)
        messages.error(request, _say(error))
        status, request.cart_is_away = 503, True
    except ShopError as error:
        messages.error(request, _say(error))
        status = _REFUSED.get(error.code, 400)
    if request.htmx:
        return _answer_script(request, status)
    return SeeOther(back)


def _answer_script(request: ShopRequest, status: int = 200) -> HttpResponse:
    """The badge, what is to be said, and the cart itself where the page shows it."""
    shown = show_cart(request)
    if request.method != "POST" and getattr(request, "cart_is_given_up", False):
        status = 400
    is_cart_page = (request.htmx.target or "").endswith("#cart")
    priced = price_cart(shown) if is_cart_page and shown is not None else None
    context = {"cart": priced, "replaces_notices": request.method == "POST"}
    response = render(request, "storefront/cart/parts.html", context, status=status)
    if shown is None:
        response.status_code = 503
        response.headers["Retry-After"] = str(CartUnavailable.retry_after)
    return vary_on_htmx(response)


def _read_quantity(text: str, least: int) -> int:
    if not re.fullmatch(r"\s*[0-9]{1,9}\s*", text):
        raise InvalidQuantity(least, Cart.max_quantity)
    return int(text)


def _name(sku: str) -> str:
    """What the shopper calls it; the sku itself for one that has gone."""
    if not SKU_PATTERN.fullmatch(sku):
        return sku
    variant = Variant.objects.filter(sku=sku).select_related("product").first()
    return str(variant) if variant else sku


def _say(error: ShopError) -> str:
    """The refusal in the shopper's words: by name, where the error knows the sku."""
    facts = error.facts
    if isinstance(error, UnknownSku):
        return _("This product is not on sale any more.")
    if error.code == "insufficient_stock":
        if not facts["available"]:
            return _("%s is sold out.") % _name(facts["sku"])
        names = {"name": _name(facts["sku"]), "n": facts["available"]}
        return _("Only %(n)d of %(name)s are left, so your cart is as it was.") % names
    if error.code == "invalid_quantity":
        return _("Please give a whole number from %(least)d to %(most)d.") % dict(facts)
    if error.code == "cart_full":
        return _("Your cart is full: it holds %(lines)d lines. Remove one to add another.") % dict(
            facts
        )
    return _(error.message)
