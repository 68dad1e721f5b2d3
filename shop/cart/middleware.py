"""Gives each request its cart, and each answer the token of a cart that changed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shop.cart.request import RequestCart


class CartMiddleware:
    """Stands below the session and authentication, so that what it puts into the session
    is saved with the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.cart = RequestCart(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        request.cart.send(response)  # type: ignore[attr-defined]
        return response
