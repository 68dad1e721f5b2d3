"""Requests and answers as the storefront's views know them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from shop.cart.request import RequestCart


class ShopRequest(HttpRequest):
    """A request past the shop's middleware; for the type checker only."""

    cart: RequestCart
    htmx: HtmxDetails
    cart_is_away: bool
    """Set once the cart's store could not be reached, so that a page asks it only once."""
    cart_is_given_up: bool
    """Set once the token that came along turned out to be unreadable."""


class SeeOther(HttpResponseRedirect):
    """The answer to a form: go and GET that page (so that a reload sends nothing twice)."""

    status_code = 303


def find_next(request: HttpRequest, default: str) -> str:
    """Where the visitor wanted to go: `next`, only if it is an address of this shop."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else default


def vary_on_htmx(response: HttpResponse) -> HttpResponse:
    """For an address that answers htmx with a part of what it answers others."""
    response.headers["Vary"] = "HX-Request, HX-Target"
    return response
