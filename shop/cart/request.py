"""The cart of one request."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from shop.cart.carrier import COOKIE, HEADER, TokenCarrier
from shop.cart.cart import Cart
from shop.cart.strategies import CartStrategy, load_strategy
from shop.errors import CartFull, InvalidCartToken
from shop.inventory.announce import announce_customer

P = ParamSpec("P")


class RequestCart:
    """`request.cart`, the same under every strategy; storefront, API and commands all go
    through it, and nothing else knows where a cart is found.

    Lazy: a request that never asks costs nothing; the user is asked for late, since the
    API knows its user only inside the view. A customer's server-held cart is found by the
    customer and has no token that could outlive the login; everybody else's is found by
    the token that came along.
    """

    def __init__(self, request: HttpRequest, strategy: CartStrategy | None = None) -> None:
        self._request = request
        self.strategy = strategy or load_strategy()
        self.carrier = TokenCarrier(request, self.strategy)
        self._cart: Cart | None = None
        self._token: str | None = None
        self._sends_token = False
        self._drops_token = False

    def read(self) -> Cart:
        """The cart as it stands, empty if there is none. Writes nothing.

        Raises `InvalidCartToken` for a token that is not sound, `CartUnavailable`.
        """
        if self._cart is None:
            token = self._find_token()
            if self._cart is None:
                self._cart = self.strategy.read(token) if token else Cart()
        return self._cart

    def update(
        self, change: Callable[Concatenate[Cart, P], Cart], *args: P.args, **kwargs: P.kwargs
    ) -> Cart:
        """Apply a method of `Cart` (or any pure function of a cart) atomically:
        `update(Cart.add, "SKU-1", 2)`. Gives the cart after it.

        Raises what the change raises, `CartFull`, `InvalidCartToken`, `CartUnavailable`;
        the cart is then as it was.
        """
        token = self._find_token()
        if token is None:
            token = "" if self.strategy.is_client_held else self.carrier.make_id()
        nonce = make_nonce()
        token, cart = self.strategy.update(
            token, lambda cart: change(cart, *args, **kwargs).with_nonce(nonce)
        )
        self._require_room(token, cart)
        self._token, self._cart = token, cart
        self._sends_token = not self._customer_token()
        self._tell_customer(cart)
        return cart

    @property
    def owner(self) -> str:
        """Whose cart this is, the same from one order to the next: the customer, else what a
        guest's cart is found by. "" for a guest who has none yet. Raises as `read`."""
        user = getattr(self._request, "user", None)
        if user is not None and user.is_authenticated:
            return f"customer-{user.pk}"
        if self.strategy.is_client_held:
            return self.read().nonce.partition(".")[0]
        return self._find_token() or ""

    def take_over(self) -> None:
        """After a login: move the visitor's lines into the customer's cart, the larger
        quantity winning. Safe to repeat; a line added meanwhile stays with the visitor.

        Under a client-held strategy the cart is the browser's and stays as it is.
        """
        customer = self._customer_token()
        try:
            guest = self.carrier.find_token()
        except InvalidCartToken:
            guest = None
        if not customer or guest is None:
            return
        cart = self.strategy.read(guest)
        if cart != Cart():
            self.strategy.update(customer, partial(_merge, other=cart, nonce=make_nonce()))
            self.strategy.update(guest, partial(_minus, other=cart))
        self.forget_token()

    def forget_token(self) -> None:
        """Go on without the token that came along; the answer takes it from the browser."""
        self._cart = self._token = None
        self._drops_token = True

    def send(self, response: HttpResponse) -> None:
        """Put the token of a changed cart where the client keeps it, and keep caches from
        showing one visitor's cart to another; the middleware calls it for each answer."""
        if self._cart is None and not self._drops_token:
            return
        patch_vary_headers(response, ["Cookie", HEADER, "Authorization"])
        patch_cache_control(response, private=True, no_cache=True)
        if self._sends_token and self._token is not None:
            self.carrier.send(response, self._token)
        elif self._drops_token:
            self.carrier.drop(response)

    def _find_token(self) -> str | None:
        if customer := self._customer_token():
            return customer
        if self._token is None:
            if not self._drops_token:
                self._token = self.carrier.find_token()
            self._adopt_left_behind()
        return self._token

    def _adopt_left_behind(self) -> None:
        other = self.carrier.find_left_behind()
        if other is not None:
            merged = partial(_merge, other=self.strategy.read(other), nonce=make_nonce())
            # Without a token of its own the script goes on with the very cart it found.
            self._token, self._cart = self.strategy.update(self._token or other, merged)
            self._sends_token = True

    def _tell_customer(self, cart: Cart) -> None:
        """Their other open pages can ask anew; where the cart is the browser's own, those
        are the other tabs."""
        user = getattr(self._request, "user", None)
        if user is not None and user.is_authenticated:
            told = {"type": "cart", "strategy": self.strategy.name, "count": cart.count}
            announce_customer(user.pk, told)

    def _customer_token(self) -> str:
        """What stands for a signed-in customer's cart, where the server holds it; else ""."""
        user = getattr(self._request, "user", None)
        if self.strategy.is_client_held or user is None or not user.is_authenticated:
            return ""
        return f"customer-{user.pk}"

    def _require_room(self, token: str, cart: Cart) -> None:
        most = self.strategy.max_token_bytes
        if most is not None and len(COOKIE) + 1 + len(self.carrier.seal(token)) > most:
            raise CartFull(len(self.strategy.read(self._token or "")))


def make_nonce() -> str:
    """64 random bits: enough to tell all carts apart, and short enough to travel with them."""
    return secrets.token_urlsafe(8)


def _merge(cart: Cart, other: Cart, nonce: str) -> Cart:
    return cart.merge(other).with_nonce(nonce)


def _minus(cart: Cart, other: Cart) -> Cart:
    return cart.minus(other)
