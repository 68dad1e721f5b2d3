"""The keys of tokens: every kind, rotation, the published set, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from jwt import PyJWK

from shop.accounts.keys import load_keys
from shop.accounts.tokens import AccessToken, issue_tokens, rotate_tokens
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

MAKERS: dict[str, Any] = {
    "RS256": lambda: rsa.generate_private_key(65_537, 2_048),
    "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate,
}


def write_key(path: Path, key: Any, *, encryption: Any = None) -> str:
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())
    )
    return str(path)


def write_public(path: Path, key: Any) -> str:
    form = PublicFormat.SubjectPublicKeyInfo
    path.write_bytes(key.public_key().public_bytes(Encoding.PEM, form))
    return str(path)


def log_in(client: Client, access: str) -> int:
    headers = {"Authorization": f"Bearer {access}"}
    return client.get("/api/v1/profile/", headers=headers).status_code


@pytest.mark.parametrize("algorithm", MAKERS)
def test_each_kind(client: Client, settings: Any, tmp_path: Path, algorithm: str) -> None:
    by_secret = issue_tokens(user=UserFactory()).access
    settings.JWT_KEY_FILES = [write_key(tmp_path / "a.pem", MAKERS[algorithm]())]
    pair = issue_tokens(user=UserFactory())
    assert jwt.get_unverified_header(pair.access)["alg"] == algorithm
    assert log_in(client, pair.access) == 200
    assert log_in(client, rotate_tokens(refresh=pair.refresh).access) == 200
    assert log_in(client, by_secret) == 401


@pytest.mark.parametrize("algorithm", MAKERS)
def test_another_service_verifies_by_the_published_set(
    client: Client, settings: Any, tmp_path: Path, algorithm: str
) -> None:
    settings.JWT_KEY_FILES = [write_key(tmp_path / "a.pem", MAKERS[algorithm]())]
    user = UserFactory()
    access = issue_tokens(user=user).access
    published = client.get("/.well-known/jwks.json")
    assert "max-age" in published.headers["Cache-Control"]
    (key,) = published.json()["keys"]
    assert not {"d", "p", "q", "dp", "dq", "qi", "k"} & key.keys()
    assert jwt.get_unverified_header(access)["kid"] == key["kid"]
    claims = jwt.decode(
        access, PyJWK(key), audience="switchcart-api", issuer="switchcart", algorithms=[algorithm]
    )
    assert claims["user_id"] == str(user.pk)


def test_a_secret_is_not_published(client: Client) -> None:
    assert client.get("/.well-known/jwks.json").json() == {"keys": []}


def test_rotation(client: Client, settings: Any, tmp_path: Path) -> None:
    old = write_key(tmp_path / "old.pem", MAKERS["RS256"]())
    key = MAKERS["EdDSA"]()
    new, public = write_key(tmp_path / "new.pem", key), write_public(tmp_path / "new.pub", key)
    settings.JWT_KEY_FILES = [old]
    by_old = issue_tokens(user=UserFactory()).access
    settings.JWT_KEY_FILES = [new, old]
    by_new = issue_tokens(user=UserFactory()).access
    assert [log_in(client, by_old), log_in(client, by_new)] == [200, 200]
    settings.JWT_KEY_FILES = [old, public]
    assert [log_in(client, by_old), log_in(client, by_new)] == [200, 200]
    settings.JWT_KEY_FILES = [new]
    assert [log_in(client, by_old), log_in(client, by_new)] == [401, 200]


def test_rotation_of_the_secret(client: Client, settings: Any) -> None:
    by_old = issue_tokens(user=UserFactory())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-key-of-the-right-length-0123456789"
    assert log_in(client, by_old.access) == 200
    assert log_in(client, rotate_tokens(refresh=by_old.refresh).access) == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert log_in(client, by_old.access) == 401


def test_a_public_key_does_not_pass_for_a_secret(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    """The classic confusion: HS256 with the published key as the secret."""
    key = MAKERS["RS256"]()
    settings.JWT_KEY_FILES = [write_key(tmp_path / "a.pem", key)]
    payload = {**AccessToken.for_user(UserFactory()).payload}
    payload |= {"aud": "switchcart-api", "iss": "switchcart"}
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    kid = load_keys().current.kid
    import base64
    import hmac
    import json

    def encode(part: bytes) -> bytes:
        return base64.urlsafe_b64encode(part).rstrip(b"=")

    head = encode(json.dumps({"alg": "HS256", "typ": "JWT", "kid": kid}).encode())
    signed = head + b"." + encode(json.dumps(payload).encode())
    forged = signed + b"." + encode(hmac.digest(public, signed, "sha256"))
    assert log_in(client, forged.decode()) == 401


@pytest.mark.parametrize("kid", ["nobody", ""])
def test_an_unknown_key(client: Client, kid: str) -> None:
    token = AccessToken.for_user(UserFactory())
    ring = load_keys()
    claims = {**token.payload, "aud": ring.audience, "iss": ring.issuer}
    forged = jwt.encode(claims, ring.current.signing, "HS256", headers={"kid": kid})
    assert log_in(client, forged) == 401


def test_wrong_settings_name_the_file(settings: Any, tmp_path: Path) -> None:
    small = write_key(tmp_path / "small.pem", rsa.generate_private_key(65_537, 1_024))
    other = write_key(tmp_path / "other.pem", ec.generate_private_key(ec.SECP384R1()))
    key = MAKERS["EdDSA"]()
    public = write_public(tmp_path / "public.pem", key)
    locked = write_key(tmp_path / "locked.pem", key, encryption=BestAvailableEncryption(b"x"))
    empty = tmp_path / "empty.pem"
    empty.write_text("")
    missing = str(tmp_path / "missing.pem")
    for name in (small, other, public, locked, str(empty), missing, str(tmp_path)):
        settings.JWT_KEY_FILES = [name]
        with pytest.raises(ImproperlyConfigured) as error:
            load_keys()
        assert "JWT_KEY_FILES" in str(error.value)
        assert name in str(error.value)
