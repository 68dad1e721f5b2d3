"""How a visitor's cart token comes along with a request, and leaves with the answer."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from shop.cart.strategies import Carrier, CartStrategy
from shop.cart.tokens import open_token, seal_token
from shop.errors import InvalidCartToken

HEADER = "X-Cart"
COOKIE = "cart"
SESSION_KEY = "cart"


class TokenCarrier:
    """The header `X-Cart` for a client that keeps its token itself (it names the header,
    if only to say that it has none yet); else the cookie, or under `session` Django's
    session. Tokens are signed on their way out and checked on their way in.
    """

    def __init__(self, request: HttpRequest, strategy: CartStrategy) -> None:
        self._request = request
        self._strategy = strategy
        self._names_header = HEADER in request.headers
        self._in_session = strategy.carrier is Carrier.SESSION and not self._names_header
        self.answers_in_header = self._names_header
        """Does the answer carry the token in its header? The API says yes for each of its own."""

    def find_token(self) -> str | None:
        """The visitor's token; None without one. Raises `InvalidCartToken`."""
        if self._names_header:
            return self._open(self._request.headers[HEADER])
        if self._in_session:
            token: str | None = self._request.session.get(SESSION_KEY)
            return token
        return self._open(self._request.COOKIES.get(COOKIE, ""))

    def find_left_behind(self) -> str | None:
        """The cart that a page put into the cookie before its script was there to keep it
        (`local`'s way without JavaScript), once the script brings its own token along."""
        if self._strategy.carrier is Carrier.STORAGE and self._names_header:
            try:
                return self._open(self._request.COOKIES.get(COOKIE, ""))
            except InvalidCartToken:
                return None
        return None

    def make_id(self) -> str:
        """An id for a new visitor's cart, which nobody can choose.

        A browser's is derived from a secret that it brings along (its session, else its
        CSRF cookie), so that its first two changes at once find one and the same cart.
        """
        secret = "" if self._names_header else self._request.COOKIES.get(settings.CSRF_COOKIE_NAME)
        if self._in_session:
            secret = self._request.session.session_key or secret
        if not secret:
            return secrets.token_hex(16)
        return salted_hmac("shop.cart.id", secret, algorithm="sha256").hexdigest()[:32]

    def seal(self, token: str) -> str:
        return seal_token(token, family=self._strategy.token_family)

    def send(self, response: HttpResponse, token: str) -> None:
        """Hand the token out, to wherever this client keeps it."""
        sealed = self.seal(token)
        if self.answers_in_header:
            response.headers[HEADER] = sealed
        if self._names_header:
            self._delete_cookie(response)
        elif self._request.COOKIES or not self.answers_in_header:
            # An API client that came without any cookie is given none.
            self._keep_in_browser(response, token, sealed)

    def drop(self, response: HttpResponse) -> None:
        """Take the token away from where it came along: an empty header says to keep none.
        A cookie beside that header is not the token that was used, so it stays."""
        if self._names_header:
            response.headers[HEADER] = ""
        elif self._in_session:
            self._request.session.pop(SESSION_KEY, None)
        else:
            self._delete_cookie(response)

    def _keep_in_browser(self, response: HttpResponse, token: str, sealed: str) -> None:
        if not self._in_session:
            response.set_cookie(
                COOKIE,
                sealed,
                max_age=settings.CART_TTL,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        elif self._request.session.get(SESSION_KEY) != token:
            self._request.session[SESSION_KEY] = token

    def _delete_cookie(self, response: HttpResponse) -> None:
        if COOKIE in self._request.COOKIES:
            response.delete_cookie(COOKIE, samesite="Lax")

    def _open(self, sealed: str) -> str | None:
        if not sealed:
            return None
        return open_token(sealed, family=self._strategy.token_family, max_age=settings.CART_TTL)
