"""The checkout: address, delivery, payment, review. Each step is a page of its own that can
be reloaded, gone back to, or open twice; only the review orders anything."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shop.accounts.address_book import save_address
from shop.accounts.addresses import Address
from shop.cart.cart import Cart
from shop.cart.strategies import Carrier
from shop.errors import CartUnavailable, UnknownShippingMethod
from shop.pricing.lines import PricedCart, methods_for, price_cart
from shop.storefront.carts import show_cart
from shop.storefront.checkout.draft import NO_DELIVERY, Draft
from shop.storefront.checkout.forms import BillingForm, PaymentForm, ShippingForm
from shop.storefront.errors import answer_away
from shop.storefront.http import SeeOther, ShopRequest, vary_on_htmx

_FORM = ["GET", "HEAD", "POST"]


@require_safe
def begin(request: ShopRequest) -> HttpResponse:
    """Where the shopper left off."""
    return SeeOther(Draft.load(request.session).find_gap() or reverse("storefront:checkout_review"))


@never_cache
@require_http_methods(_FORM)
def address(request: ShopRequest) -> HttpResponse:
    draft = Draft.load(request.session)
    is_customer = request.user.is_authenticated
    data = request.POST or None
    form = ShippingForm(data, is_customer=is_customer, initial=_find_initial(request, draft))
    bills_elsewhere = bool(request.POST.get("bills_elsewhere")) if data else bool(draft.billing)
    billing = BillingForm(data if bills_elsewhere else None, prefix="bill", initial=draft.billing)
    form.initial["bills_elsewhere"] = bills_elsewhere
    if request.method == "POST" and form.is_valid() and (not bills_elsewhere or billing.is_valid()):
        if request.user.is_authenticated and form.cleaned_data.get("keeps"):
            save_address(user=request.user, postal=form.address)
        draft.save(
            request.session,
            email=form.cleaned_data["email"],
            shipping=form.address.as_dict(),
            billing=billing.address.as_dict() if bills_elsewhere else {},
        )
        return SeeOther(reverse("storefront:checkout_delivery"))
    book = _find_book(request)
    context = {"form": form, "billing": billing, "book": book, "step": "address"}
    return render(request, "storefront/checkout/address.html", context)


@never_cache
@require_http_methods(_FORM)
def delivery(request: ShopRequest) -> HttpResponse:
    draft = Draft.load(request.session)
    if not draft.shipping:
        return SeeOther(reverse("storefront:checkout_address"))
    if request.method == "POST":
        method = request.POST.get("shipping_method", "")
        if 0 < len(method) <= 50:  # whether it delivers this cart is for the review to say
            draft.save(request.session, shipping_method=method)
            return SeeOther(reverse("storefront:checkout_payment"))
        messages.error(request, _("Please choose a way of delivery."))

    def show(cart: Cart) -> dict[str, Any]:
        priced = price_cart(cart, country=draft.country)
        return {"quotes": methods_for(priced, country=draft.country), "cart": priced}

    return _show_step(request, "delivery", draft, show)


@never_cache
@require_http_methods(_FORM)
def payment(request: ShopRequest) -> HttpResponse:
    draft = Draft.load(request.session)
    if not draft.shipping_method:
        return SeeOther(draft.find_gap())
    initial = {"method": draft.payment_method or None, "demo_card": draft.payment_token or None}
    form = PaymentForm(
        request.POST or None, initial={name: said for name, said in initial.items() if said}
    )
    if request.method == "POST" and form.is_valid():
        method = form.cleaned_data["method"]
        draft.save(request.session, payment_method=method, payment_token=form.token)
        return SeeOther(reverse("storefront:checkout_review"))
    context = {"form": form, "step": "payment", "draft": draft}
    return render(request, "storefront/checkout/payment.html", context)


def show_review(request: ShopRequest, draft: Draft, status: int = 200) -> HttpResponse:
    """The whole order as it would be placed now, with prices, tax and stock of this moment."""
    if not draft.key:
        draft.save(request.session)

    def show(cart: Cart) -> dict[str, Any]:
        priced = price_draft(request, draft, cart)
        return {"cart": priced, "title": PaymentForm.TITLES.get(draft.payment_method, "")}

    try:
        return _show_step(request, "review", draft, show, status)
    except UnknownShippingMethod as error:
        messages.error(request, _(error.message))
        draft.save(request.session, shipping_method="")
        return lead_to(request, reverse("storefront:checkout_delivery"))


def price_draft(request: ShopRequest, draft: Draft, cart: Cart) -> PricedCart:
    customer: Any = request.user if request.user.is_authenticated else None
    method = "" if draft.shipping_method == NO_DELIVERY else draft.shipping_method
    return price_cart(
        cart,
        country=draft.country,
        shipping_method=method,
        customer=customer,
        email=draft.email,
    )


def lead_to(request: ShopRequest, address: str) -> HttpResponse:
    """Go on at that page, whether a form or a script asked."""
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return SeeOther(address)


def _show_step(
    request: ShopRequest, step: str, draft: Draft, show: Any, status: int = 200
) -> HttpResponse:
    """A step that shows the cart. Where a script keeps the cart, the page comes without it,
    and the script asks for the step itself with the cart's token."""
    cart = show_cart(request)
    if cart is None:
        return vary_on_htmx(answer_away(request))
    comes_by_script = request.cart.strategy.carrier is Carrier.STORAGE and not request.htmx
    context = {"step": step, "draft": draft, "asks_again": comes_by_script and not cart}
    if cart:
        context |= show(cart)
    elif not comes_by_script:
        messages.info(request, _("There is nothing in your cart to order."))
        return lead_to(request, reverse("storefront:cart"))
    name = "part" if request.htmx else "step"
    response = render(request, f"storefront/checkout/{name}.html", context, status=status)
    if status == 503:
        response.headers["Retry-After"] = str(CartUnavailable.retry_after)
    return vary_on_htmx(response)


def _find_book(request: ShopRequest) -> QuerySet[Address]:
    """The customer's address book; an empty one for a guest."""
    user = request.user
    return Address.objects.filter(user=user) if user.is_authenticated else Address.objects.none()


def _find_initial(request: ShopRequest, draft: Draft) -> dict[str, Any]:
    """What was said before, an entry of the address book if one was picked, else the first."""
    if not request.user.is_authenticated:
        return {"email": draft.email, **draft.shipping}
    entries = _find_book(request)
    picked = request.GET.get("from", "")
    entry = entries.filter(pk=picked).first() if picked.isdecimal() and len(picked) < 19 else None
    email = draft.email or request.user.email
    if entry is None and draft.shipping:
        return {"email": email, **draft.shipping}
    entry = entry or entries.first()
    return {"email": email, **(entry.postal.as_dict() if entry else {})}
