"""Who is on the other side of a socket."""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any, NamedTuple

from channels.auth import get_user
from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from rest_framework.exceptions import APIException
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import TokenError

from shop.accounts.models import User
from shop.live.frames import FrameError

CHECK_SECONDS = 300
"""A customer is asked for anew after so long: a token may have run out, an account closed."""


class Customer(NamedTuple):
    pk: int
    check_in: float
    """Seconds until it must be found anew."""


async def find_customer(token: str, scope: dict[str, Any]) -> Customer:
    """The customer of an access token; without one, of the browser's session.

    Raises `FrameError` for a token that is forged, expired or of a closed account, and for
    a session that nobody is signed in to.
    """
    if token:
        customer: Customer = await database_sync_to_async(_find_by_token)(token)
        return customer
    user = await _find_by_session(scope)
    if not user.is_authenticated or user.pk is None:
        raise FrameError("invalid_token", 'Give an access token as "token", or sign in.')
    return Customer(user.pk, CHECK_SECONDS)


async def is_staff(scope: dict[str, Any]) -> bool:
    """Is a member of staff signed in to the browser's session?"""
    user = await _find_by_session(scope)
    return bool(user.is_active and user.is_staff)


async def _find_by_session(scope: dict[str, Any]) -> User | AnonymousUser:
    key = scope["cookies"].get(settings.SESSION_COOKIE_NAME)
    if not key:
        return AnonymousUser()
    # Read anew each time: the socket may have been open since before a logout.
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user: User | AnonymousUser = await get_user({"session": session})
    return user


def _find_by_token(token: str) -> Customer:
    scheme = JWTAuthentication()
    try:
        valid = scheme.get_validated_token(token.encode())
        user = scheme.get_user(valid)
    except (APIException, TokenError, TypeError, ValueError):
        detail = "This access token is damaged, expired or revoked. Refresh it and try again."
        raise FrameError("invalid_token", detail) from None
    return Customer(user.pk, min(valid["exp"] - time.time(), CHECK_SECONDS))
