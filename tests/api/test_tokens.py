"""Logging in with tokens: pairs, rotation, reuse, revocation, and every bad token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jwt
import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from shop.accounts.models import RefreshFamily, User
from shop.accounts.tokens import AccessToken, issue_tokens
from tests.api.shopper import Shopper, assert_problem
from tests.factories import PASSWORD, ProductFactory
from tests.threads import run_at_once

pytestmark = pytest.mark.django_db


def test_log_in(shopper: Shopper, customer: User) -> None:
    answer = shopper.log_in(customer.username, PASSWORD)
    assert answer.status_code == 200
    assert set(answer.json()) == {"access", "refresh"}
    assert answer.headers["Cache-Control"] == "no-store"
    profile = shopper.get("profile/").json()
    assert (profile["username"], profile["email"]) == (customer.username, customer.email)
    customer.refresh_from_db()
    assert customer.last_login is not None


@pytest.mark.parametrize("username", ["nobody", "known", "x" * 150])
def test_wrong_credentials(shopper: Shopper, customer: User, username: str) -> None:
    name = customer.username if username == "known" else username
    assert_problem(shopper.log_in(name, "wrong"), 401, "invalid_credentials")


def test_inactive_customer_cannot_log_in(shopper: Shopper, customer: User) -> None:
    User.objects.filter(pk=customer.pk).update(is_active=False)
    assert_problem(shopper.log_in(customer.username, PASSWORD), 401, "invalid_credentials")


def test_unknown_user_costs_one_hash_too(
    shopper: Shopper, customer: User, monkeypatch: Any
) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def count(self: Any, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    costs = {}
    for name in (customer.username, "nobody"):
        hashed.clear()
        shopper.log_in(name, "wrong")
        costs[name] = len(hashed)
    assert costs == {customer.username: 1, "nobody": 1}


def test_credentials_must_be_there(shopper: Shopper) -> None:
    body = assert_problem(shopper.post("token/", {}), 400, "invalid")
    assert set(body["errors"]) == {"username", "password"}
    assert_problem(shopper.log_in("a\x00b", "x"), 400, "invalid")
    assert_problem(shopper.log_in("a", "x" * 10_000), 400, "invalid")


def test_a_locked_out_name_gets_429_and_not_a_page(
    shopper: Shopper, customer: User, settings: Any
) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        answer = shopper.log_in(customer.username, "wrong")
    assert_problem(answer, 429, "throttled")
    assert_problem(shopper.log_in(customer.username, PASSWORD), 429, "throttled")


def test_refresh_rotates(shopper: Shopper, signed_in: Shopper) -> None:
    first = signed_in.refresh
    answer = shopper.post("token/refresh/", {"refresh": first})
    assert answer.status_code == 200
    assert set(answer.json()) == {"access", "refresh"}
    assert answer.json()["refresh"] != first
    signed_in.access = answer.json()["access"]
    assert signed_in.get("profile/").status_code == 200


def test_a_spent_refresh_revokes_its_family(shopper: Shopper, signed_in: Shopper) -> None:
    second = shopper.post("token/refresh/", {"refresh": signed_in.refresh}).json()["refresh"]
    answer = shopper.post("token/refresh/", {"refresh": signed_in.refresh})
    assert_problem(answer, 401, "token_not_valid")
    assert_problem(shopper.post("token/refresh/", {"refresh": second}), 401, "token_not_valid")


def test_another_login_is_another_family(
    shopper: Shopper, signed_in: Shopper, customer: User
) -> None:
    other = issue_tokens(user=customer)
    for _ in range(2):
        shopper.post("token/refresh/", {"refresh": signed_in.refresh})
    assert shopper.post("token/refresh/", {"refresh": other.refresh}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_refresh_is_spent_once_by_many_at_once(customer: User) -> None:
    for _ in range(5):
        refresh = issue_tokens(user=customer).refresh

        def spend(number: int, refresh: str = refresh) -> int:
            status: int = Shopper().post("token/refresh/", {"refresh": refresh}).status_code
            return status

        assert sorted(run_at_once(spend)) == [200] + 7 * [401]


def test_revoke(shopper: Shopper, signed_in: Shopper) -> None:
    assert shopper.post("token/revoke/", {"refresh": signed_in.refresh}).status_code == 204
    answer = shopper.post("token/refresh/", {"refresh": signed_in.refresh})
    assert_problem(answer, 401, "token_not_valid")
    assert shopper.post("token/revoke/", {"refresh": signed_in.refresh}).status_code == 204


def test_revoke_by_a_spent_token(shopper: Shopper, signed_in: Shopper) -> None:
    second = shopper.post("token/refresh/", {"refresh": signed_in.refresh}).json()["refresh"]
    assert shopper.post("token/revoke/", {"refresh": signed_in.refresh}).status_code == 204
    assert_problem(shopper.post("token/refresh/", {"refresh": second}), 401, "token_not_valid")


@pytest.mark.parametrize("call", ["refresh", "revoke"])
def test_what_is_no_refresh_token(shopper: Shopper, signed_in: Shopper, call: str) -> None:
    for text in ("x", "a.b.c", signed_in.access, signed_in.refresh[:-2]):
        assert_problem(shopper.post(f"token/{call}/", {"refresh": text}), 401, "token_not_valid")
    assert_problem(shopper.post(f"token/{call}/", {}), 400, "invalid")
    assert_problem(shopper.post(f"token/{call}/", {"refresh": {}}), 400, "invalid")
    assert_problem(shopper.post(f"token/{call}/", {"refresh": "x" * 5_000}), 400, "invalid")


def test_refresh_ends_with_the_account_and_the_password(
    shopper: Shopper, customer: User, signed_in: Shopper
) -> None:
    other = issue_tokens(user=customer).refresh
    customer.set_password("another-Passw0rd")
    customer.save()
    answer = shopper.post("token/refresh/", {"refresh": signed_in.refresh})
    assert_problem(answer, 401, "token_not_valid")
    third = issue_tokens(user=customer).refresh
    User.objects.filter(pk=customer.pk).update(is_active=False)
    for refresh in (other, third):
        answer = shopper.post("token/refresh/", {"refresh": refresh})
        assert_problem(answer, 401, "token_not_valid")
    customer.delete()
    assert_problem(shopper.post("token/refresh/", {"refresh": third}), 401, "token_not_valid")


def test_expired_families_go_with_the_next_login(customer: User) -> None:
    issue_tokens(user=customer)
    with time_machine.travel(timezone.now() + timedelta(days=500)):
        issue_tokens(user=customer)
        assert RefreshFamily.objects.count() == 1


def forge(customer: User, **changes: Any) -> str:
    """A token as the shop would sign it, but for `changes`."""
    token = AccessToken.for_user(customer)
    headers = changes.pop("headers", None)
    key, algorithm = changes.pop("key", settings.SECRET_KEY), changes.pop("algorithm", "HS256")
    claims = {
        **token.payload,
        "iss": settings.SIMPLE_JWT["ISSUER"],
        "aud": settings.SIMPLE_JWT["AUDIENCE"],
        **changes,
    }
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, key, algorithm=algorithm, headers=headers)


def test_the_forge_makes_good_tokens(shopper: Shopper, customer: User) -> None:
    shopper.access = forge(customer)
    assert shopper.get("profile/").status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "", "algorithm": "none"},
        {"algorithm": "HS512"},
        {"key": "another-key-of-the-right-length-0123456789"},
        {"aud": "another-shop"},
        {"aud": None},
        {"iss": "another-shop"},
        {"iss": None},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"token_type": "refresh"},
        {"token_type": None},
        {"user_id": None},
        {"user_id": "999999999"},
        {"user_id": "x"},
        {"user_id": "9" * 40},
        {"user_id": {"a": 1}},
        {"jti": None},
    ],
    ids=str,
)
def test_bad_access_tokens(shopper: Shopper, customer: User, changes: dict[str, Any]) -> None:
    shopper.access = forge(customer, **changes)
    answer = shopper.get("profile/")
    assert answer.status_code == 401
    assert_problem(answer, 401, answer.json()["code"])


@pytest.mark.parametrize("header", ["Bearer", "Bearer a b", "Bearer x", "Bearer ÿ.ÿ.ÿ"])
def test_bad_authorization_headers(shopper: Shopper, customer: User, header: str) -> None:
    answer = shopper.get("profile/", headers={"Authorization": header})
    assert_problem(answer, 401, answer.json()["code"])


def test_no_token_at_all(shopper: Shopper) -> None:
    assert_problem(shopper.get("profile/"), 401, "not_authenticated")


def test_an_expired_token(signed_in: Shopper) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert_problem(signed_in.get("profile/"), 401, "token_not_valid")


@pytest.mark.parametrize("path", ["profile/", "cart/"])
def test_a_deactivated_customer(signed_in: Shopper, customer: User, path: str) -> None:
    User.objects.filter(pk=customer.pk).update(is_active=False)
    answer = signed_in.get(path)
    assert_problem(answer, 401, "user_inactive")


def test_no_query_for_the_token_where_none_is_needed(
    signed_in: Shopper, django_assert_num_queries: Any
) -> None:
    ProductFactory()
    with django_assert_num_queries(2):
        assert signed_in.get("products/").status_code == 200
    signed_in.access += "x"
    assert_problem(signed_in.get("products/"), 401, "token_not_valid")


@pytest.mark.parametrize("name", ["cookie", "local"])
def test_a_client_held_cart_needs_no_customer(
    signed_in: Shopper, use_strategy: Any, name: str, django_assert_num_queries: Any
) -> None:
    use_strategy(name)
    with django_assert_num_queries(0):
        assert signed_in.get("cart/").status_code == 200


def test_token_takes_the_guests_cart_over(
    shopper: Shopper, customer: User, cart_strategy: str
) -> None:
    for sku in "AB":
        ProductFactory(sku=sku, stock=9)
    shopper.add("A", 2)
    guest = shopper.cart
    shopper.log_in(customer.username, PASSWORD)
    assert shopper.read_cart() == {"A": 2}
    if cart_strategy in ("cookie", "local"):
        return
    shopper.cart = None
    assert shopper.read_cart() == {"A": 2}
    shopper.access, shopper.cart = "", guest
    assert shopper.read_cart() == {}


def test_a_bad_cart_token_does_not_stop_a_login(
    shopper: Shopper, customer: User, cart_strategy: str
) -> None:
    shopper.cart = "forged"
    assert shopper.log_in(customer.username, PASSWORD).status_code == 200
