"""Logging in, registering, and the customer's profile."""

from __future__ import annotations

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_ip_address
from django.contrib.auth import authenticate
from django.contrib.auth.models import update_last_login
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shop.accounts.models import User
from shop.accounts.registration import register_customer
from shop.accounts.tokens import TokenPair, issue_tokens, revoke_tokens, rotate_tokens
from shop.api.openapi.parameters import CART
from shop.api.serializers.accounts import (
    CredentialsSerializer,
    CustomerSerializer,
    RefreshSerializer,
    RegistrationSerializer,
    TokenPairSerializer,
)
from shop.api.throttles import AnyThrottle, LoginThrottle, RefreshThrottle, RegisterThrottle
from shop.api.views.base import ShopView
from shop.errors import CartUnavailable

NO_STORE = {"Cache-Control": "no-store"}


class TokenView(ShopView):
    """Log in for a pair of tokens. A guest's cart that comes along becomes the customer's."""

    authentication_classes = []
    throttle_classes = [AnyThrottle, LoginThrottle]
    serializer_class = CredentialsSerializer

    @extend_schema(
        parameters=[CART], operation_id="token_create", responses={200: TokenPairSerializer}
    )
    def post(self, request: Request) -> Response:
        user = log_in(request, **self.read_body(request))
        pair = issue_tokens(user=user)
        take_over_cart(request, user)
        return answer_pair(pair)


class TokenRefreshView(ShopView):
    """Spend the refresh token for the next pair. Used twice, it ends the login."""

    authentication_classes = []
    throttle_classes = [AnyThrottle, RefreshThrottle]
    serializer_class = RefreshSerializer

    @extend_schema(operation_id="token_refresh", responses={200: TokenPairSerializer})
    def post(self, request: Request) -> Response:
        return answer_pair(rotate_tokens(refresh=self.read_body(request)["refresh"]))


class TokenRevokeView(ShopView):
    """Log out: the token, and every one that came of the same login, is refreshed no more."""

    authentication_classes = []
    throttle_classes = [AnyThrottle, RefreshThrottle]
    serializer_class = RefreshSerializer

    @extend_schema(operation_id="token_revoke", responses={204: None})
    def post(self, request: Request) -> Response:
        revoke_tokens(refresh=self.read_body(request)["refresh"])
        return Response(status=204)


class RegisterView(ShopView):
    """Open an account."""

    authentication_classes = []
    throttle_classes = [AnyThrottle, RegisterThrottle]
    serializer_class = RegistrationSerializer

    @extend_schema(operation_id="register", responses={201: CustomerSerializer})
    def post(self, request: Request) -> Response:
        customer = register_customer(**self.read_body(request))
        return Response(CustomerSerializer(customer).data, status=201)


class ProfileView(ShopView):
    """Who the token, or the session, says you are."""

    permission_classes = [IsAuthenticated]
    serializer_class = CustomerSerializer

    @extend_schema(operation_id="profile_retrieve")
    def get(self, request: Request) -> Response:
        answer = Response(self.get_serializer(request.user).data)
        answer.headers["Cache-Control"] = "private, no-cache"
        return answer


def log_in(request: Request, *, username: str, password: str) -> User:
    """The user of these credentials. An unknown name takes as long as a wrong password,
    since Django hashes then too. Raises 401 `invalid_credentials`, 429 `throttled`."""
    user = authenticate(request._request, username=username, password=password)
    if getattr(request._request, "axes_locked_out", None):
        # Or axes' middleware would put its own page in place of this answer.
        request._request.axes_locked_out = None  # type: ignore[attr-defined]
        raise exceptions.Throttled(detail="Too many wrong passwords. Try again later.")
    if not isinstance(user, User):
        raise exceptions.AuthenticationFailed(
            "There is no account with this name and password.", code="invalid_credentials"
        )
    # Not Django's signal of a login: what listens to it would begin a session.
    AxesProxyHandler.reset_attempts(
        username=username, ip_address=get_client_ip_address(request._request)
    )
    update_last_login(User, user)
    return user


def take_over_cart(request: Request, user: User) -> None:
    """The guest's cart becomes the customer's; a store that is away does not stop a login."""
    request._request.user = user
    try:
        request._request.cart.take_over()  # type: ignore[attr-defined]
    except CartUnavailable:
        return


def answer_pair(pair: TokenPair) -> Response:
    body: dict[str, Any] = {"access": pair.access, "refresh": pair.refresh}
    return Response(body, headers=NO_STORE)
