"""Cart tokens: a text that the shop signed, with the time when.

Signing is Django's, with `SECRET_KEY` and, to read what an older key signed,
`SECRET_KEY_FALLBACKS`. Each kind of cart has a salt of its own, so that no other
signed text of the shop, and no token of another kind, passes for a cart.
"""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

from shop.errors import InvalidCartToken


def seal_token(text: str, *, family: str) -> str:
    """Sign `text` (and compress it where that is shorter) into a token of ASCII
    characters that are safe in a cookie and in a header."""
    return _signer(family).sign_object(text, compress=True)


def open_token(token: str, *, family: str, max_age: timedelta) -> str:
    """The text that `seal_token` signed. Raises `InvalidCartToken` for anything else,
    and for a token older than `max_age`."""
    try:
        text = _signer(family).unsign_object(token, max_age=max_age)
    except (BadSignature, ValueError):
        raise InvalidCartToken from None
    if not isinstance(text, str):
        raise InvalidCartToken
    return text


def _signer(family: str) -> TimestampSigner:
    return TimestampSigner(salt=f"shop.cart.{family}")
