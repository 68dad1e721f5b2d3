"""Pages for what went wrong, each with a way on."""

from django.http import HttpResponse
from django.shortcuts import render

from shop.errors import CartUnavailable
from shop.storefront.http import ShopRequest


def answer_away(request: ShopRequest) -> HttpResponse:
    """503: the cart's store cannot be reached; says that nothing is lost, and when to retry."""
    request.cart_is_away = True
    response = render(request, "503.html", {"seconds": CartUnavailable.retry_after}, status=503)
    response.headers["Retry-After"] = str(CartUnavailable.retry_after)
    return response
