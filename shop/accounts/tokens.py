"""The tokens of clients that keep no session: a short-lived access token that says who
asks, and a refresh token that can be spent once for the next pair.

Signing and checking are simplejwt's. What it leaves open (its rotation lets a refresh
token be spent twice at the same moment) is closed here by one conditional UPDATE.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.crypto import constant_time_compare
from rest_framework_simplejwt import tokens as simplejwt
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.utils import datetime_from_epoch

from shop.accounts.keys import KeyRing, load_keys
from shop.accounts.models import RefreshFamily
from shop.errors import ShopError

if TYPE_CHECKING:
    from shop.accounts.models import User

FAMILY_CLAIM = "family"


class TokenNotValid(ShopError):
    """A token that is forged, damaged, expired, spent, revoked, or whose owner may no
    longer log in. Which of them it is, is nobody's business but the shop's."""

    code = "token_not_valid"

    def __init__(self) -> None:
        super().__init__("This token is not valid any more. Log in again to get a new one.")


class AccessToken(simplejwt.AccessToken):
    """Says for some minutes who asks; checked without the database."""

    def get_token_backend(self) -> KeyRing:
        return load_keys()


class RefreshToken(simplejwt.RefreshToken):
    """Can be spent once for the next pair."""

    access_token_class = AccessToken
    no_copy_claims = (*simplejwt.RefreshToken.no_copy_claims, FAMILY_CLAIM)  # type: ignore[assignment]

    def get_token_backend(self) -> KeyRing:
        return load_keys()


@dataclass(frozen=True, slots=True)
class TokenPair:
    access: str
    refresh: str


def issue_tokens(*, user: User) -> TokenPair:
    """A new login of this user: a family of refresh tokens, and its first pair."""
    RefreshFamily.objects.expired().filter(user=user).delete()
    refresh, family = RefreshToken.for_user(user), uuid.uuid4()
    refresh[FAMILY_CLAIM] = str(family)
    RefreshFamily.objects.create(
        id=family,
        user=user,
        current=refresh["jti"],
        password_mark=user.get_session_auth_hash(),
        expires_at=datetime_from_epoch(refresh["exp"]),
    )
    return TokenPair(access=str(refresh.access_token), refresh=str(refresh))


def rotate_tokens(*, refresh: str) -> TokenPair:
    """Spend a refresh token for the next pair. Raises `TokenNotValid`.

    Of any number of uses of one token, at the same time too, one succeeds. Another use is
    a sign that two hold the token, the owner and a thief, and nobody can tell which of them
    came first: it revokes the whole family, the pair that the first use got included.
    """
    token = _read(refresh)
    family = RefreshFamily.objects.live().filter(pk=token[FAMILY_CLAIM])
    following = RefreshToken.for_user(_find_owner(token))
    following[FAMILY_CLAIM] = token[FAMILY_CLAIM]
    spent = family.filter(current=token["jti"]).update(
        current=following["jti"], expires_at=datetime_from_epoch(following["exp"])
    )
    if not spent:
        family.update(revoked_at=timezone.now())
        raise TokenNotValid
    return TokenPair(access=str(following.access_token), refresh=str(following))


def revoke_tokens(*, refresh: str) -> None:
    """End the login that this refresh token belongs to; safe to repeat, and a spent token
    of the login will do. Raises `TokenNotValid` for one that the shop never gave out."""
    token = _read(refresh)
    RefreshFamily.objects.live().filter(pk=token[FAMILY_CLAIM]).update(revoked_at=timezone.now())


def _read(refresh: str) -> RefreshToken:
    try:
        token = RefreshToken(refresh)  # type: ignore[arg-type]
        uuid.UUID(token[FAMILY_CLAIM])
    except (TokenError, KeyError, TypeError, ValueError, AttributeError):
        raise TokenNotValid from None
    return token


def _find_owner(token: RefreshToken) -> User:
    """The family's user, if still allowed in and with the password of that login."""
    family = RefreshFamily.objects.select_related("user").filter(pk=token[FAMILY_CLAIM]).first()
    if family is None or not family.user.is_active:
        raise TokenNotValid
    owner: User = family.user
    marks = (owner.get_session_auth_hash(), *owner.get_session_auth_fallback_hash())
    if not any(constant_time_compare(family.password_mark, mark) for mark in marks):
        raise TokenNotValid
    return owner
