"""The keys that sign access and refresh tokens, and those that still verify older ones.

By default `SECRET_KEY` signs (HS256) and `SECRET_KEY_FALLBACKS` verify. `JWT_KEY_FILES` names
PEM files instead: the first, a private key, signs; all verify, so a key is rotated by putting
a new one in front, and dropping the old one when its last token has run out. A token names
its key (`kid`), and a key has one algorithm, whatever a token says of itself.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import salted_hmac
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenBackendExpiredToken

_THUMBPRINT = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y"), "OKP": ("crv", "kty", "x")}
"""The members that name a key (RFC 7638)."""


@dataclass(frozen=True, slots=True)
class TokenKey:
    """One key. `signing` is None for one that only verifies, `jwk` is None for a secret."""

    kid: str
    algorithm: str
    signing: Any
    verifying: Any
    jwk: Mapping[str, Any] | None = None


class KeyRing(TokenBackend):
    """simplejwt's backend over several keys."""

    def __init__(self, keys: list[TokenKey]) -> None:
        self.current = keys[0]
        self.keys = {key.kid: key for key in keys}
        super().__init__(
            self.current.algorithm,
            audience=settings.SIMPLE_JWT["AUDIENCE"],
            issuer=settings.SIMPLE_JWT["ISSUER"],
        )

    @property
    def jwks(self) -> dict[str, Any]:
        """The public keys as a JSON Web Key Set; empty where a secret signs."""
        return {"keys": [dict(key.jwk) for key in self.keys.values() if key.jwk]}

    def encode(self, payload: dict[str, Any]) -> str:
        claims = {**payload, "aud": self.audience, "iss": self.issuer}
        key = self.current
        return jwt.encode(claims, key.signing, key.algorithm, headers={"kid": key.kid})

    def decode(self, token: Any, verify: bool = True) -> dict[str, Any]:
        """Raises `TokenBackendError` for a token that is not in order."""
        try:
            key = self._find(token)
            claims: dict[str, Any] = jwt.decode(
                token,
                key.verifying,
                algorithms=[key.algorithm],
                audience=self.audience,
                issuer=self.issuer,
                options={"require": ["exp", "aud", "iss"], "verify_signature": verify},
            )
        except jwt.ExpiredSignatureError as error:
            raise TokenBackendExpiredToken("Token is expired") from error
        except jwt.InvalidTokenError as error:
            raise TokenBackendError("Token is invalid") from error
        return claims

    def _find(self, token: Any) -> TokenKey:
        kid = jwt.get_unverified_header(token).get("kid")
        if kid is None:
            return self.current
        try:
            return self.keys[kid]
        except (KeyError, TypeError):
            raise jwt.InvalidTokenError("unknown key") from None


def load_keys() -> KeyRing:
    """The process's keys. Raises `ImproperlyConfigured`, naming the setting and the file."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return _load(tuple(settings.JWT_KEY_FILES), secrets)


@lru_cache
def _load(files: tuple[str, ...], secrets: tuple[str, ...]) -> KeyRing:
    if not files:
        return KeyRing([_make_secret(secret) for secret in secrets])
    keys = [_read_file(name) for name in files]
    if keys[0].signing is None:
        raise ImproperlyConfigured(
            f"JWT_KEY_FILES names {files[0]!r} first, which is a public key; the first signs, so "
            "it must be a private one."
        )
    return KeyRing(keys)


def _make_secret(secret: str) -> TokenKey:
    # Tells keys apart and gives nothing of them away.
    kid = salted_hmac("shop.accounts.kid", "kid", secret=secret, algorithm="sha256").hexdigest()
    return TokenKey(kid[:16], "HS256", secret, secret)


def _read_file(name: str) -> TokenKey:
    try:
        pem = Path(name).read_bytes()
        private: Any = load_pem_private_key(pem, None) if b"PRIVATE KEY" in pem else None
        public: Any = private.public_key() if private else load_pem_public_key(pem)
        algorithm, jwk = _describe(public)
    except (OSError, TypeError, ValueError) as error:
        raise ImproperlyConfigured(
            f"JWT_KEY_FILES names {name!r}, which cannot be used ({error}). It must be a PEM file "
            "with an RSA key of at least 2048 bits, an EC key on P-256 or an Ed25519 key, without "
            "a password."
        ) from error
    members = {member: jwk[member] for member in _THUMBPRINT[jwk["kty"]]}
    named = json.dumps(members, sort_keys=True, separators=(",", ":")).encode()
    kid = urlsafe_b64encode(sha256(named).digest()).rstrip(b"=").decode()
    public_jwk = {**jwk, "kid": kid, "alg": algorithm, "use": "sig"}
    return TokenKey(kid, algorithm, private, public, public_jwk)


def _describe(public: Any) -> tuple[str, dict[str, Any]]:
    match public:
        case rsa.RSAPublicKey() if public.key_size >= 2_048:
            return "RS256", RSAAlgorithm.to_jwk(public, as_dict=True)
        case ec.EllipticCurvePublicKey(curve=ec.SECP256R1()):
            return "ES256", ECAlgorithm.to_jwk(public, as_dict=True)
        case ed25519.Ed25519PublicKey():
            return "EdDSA", OKPAlgorithm.to_jwk(public, as_dict=True)
    raise ValueError("not a kind of key that signs tokens here")
