"""Who asks: the bearer of a token, or a browser's session. They stand side by side on the
same views; the token is looked at first, and is never asked for a CSRF token."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from rest_framework import authentication, exceptions
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import (
    JWTAuthentication,
    JWTStatelessUserAuthentication,
)
from rest_framework_simplejwt.exceptions import InvalidToken
from rest_framework_simplejwt.tokens import Token


class CustomerTokenAuthentication(JWTAuthentication):
    """For calls that touch what is the customer's: reads the row, so that a deactivated or
    deleted customer is refused at once, with a token that is good for minutes yet."""

    def get_user(self, validated_token: Token) -> Any:
        try:
            return super().get_user(validated_token)
        except (TypeError, ValueError):
            raise InvalidToken from None


class StatelessTokenAuthentication(JWTStatelessUserAuthentication):
    """For calls that need no more than the token says: no database query."""


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session, with CSRF for every change once it says who asks."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except (exceptions.PermissionDenied, PermissionDenied):
            raise exceptions.PermissionDenied(
                "A change made with the session's cookie needs its CSRF token in the header "
                "X-CSRFToken.",
                code="csrf_failed",
            ) from None


STATELESS = [StatelessTokenAuthentication, SessionAuthentication]
CUSTOMER = [CustomerTokenAuthentication, SessionAuthentication]
