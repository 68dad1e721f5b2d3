"""A visitor of the shop, as far as a cart is concerned: keeps what answers hand out."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from shop.cart.carrier import HEADER
from shop.cart.cart import Cart
from shop.cart.request import RequestCart
from shop.cart.strategies import CartStrategy


class Visitor:
    """Sends a request for each call and keeps the answer's token: in its cookies and its
    session like a browser, or in the header `X-Cart` like an API client."""

    def __init__(
        self, strategy: CartStrategy, *, is_api_client: bool = False, user: Any = None
    ) -> None:
        self.strategy = strategy
        self.is_api_client = is_api_client
        self.user = user or AnonymousUser()
        self.cookies: dict[str, str] = {} if is_api_client else {"csrftoken": secrets.token_hex(16)}
        self.header: str | None = None
        self.response = HttpResponse()

    def read(self) -> Cart:
        return self._ask(RequestCart.read)

    def update(self, change: Any, *args: Any, **kwargs: Any) -> Cart:
        return self._ask(lambda cart: cart.update(change, *args, **kwargs))

    def add(self, sku: str, quantity: int = 1) -> Cart:
        return self.update(Cart.add, sku, quantity)

    def log_in(self, user: Any) -> None:
        def take_over(cart: RequestCart) -> None:
            cart._request.user = user
            cart.take_over()

        self._ask(take_over)
        self.user = user

    def log_out(self) -> None:
        self.user = AnonymousUser()
        self.cookies.pop(settings.SESSION_COOKIE_NAME, None)

    def copy_device(self) -> Visitor:
        """Another browser or client with the same tokens (a second tab)."""
        twin = Visitor(self.strategy, is_api_client=self.is_api_client, user=self.user)
        twin.cookies, twin.header = dict(self.cookies), self.header
        return twin

    def make_request(self) -> Any:
        headers = {} if self.header is None else {HEADER: self.header}
        request = RequestFactory(headers=headers).get("/")
        request.COOKIES.update(self.cookies)
        engine = import_module(settings.SESSION_ENGINE)
        request.session = engine.SessionStore(self.cookies.get(settings.SESSION_COOKIE_NAME))
        request.user = self.user
        return request

    def _ask(self, question: Callable[[RequestCart], Any]) -> Any:
        request = self.make_request()
        cart = RequestCart(request, self.strategy)
        if self.is_api_client:
            cart.carrier.answers_in_header = True
        self.response = HttpResponse()
        try:
            return question(cart)
        finally:
            cart.send(self.response)
            self._keep(request)

    def _keep(self, request: Any) -> None:
        if request.session.modified:
            request.session.save()
            self.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
        for name, morsel in self.response.cookies.items():
            if morsel["max-age"] == 0:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
        if HEADER in self.response.headers:
            self.header = self.response.headers[HEADER]
