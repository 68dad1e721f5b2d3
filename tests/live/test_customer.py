"""A customer's own events, on a socket that has said who it is."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction

from shop.accounts.models import User
from shop.accounts.tokens import AccessToken, RefreshToken
from shop.catalog.models import Product
from shop.inventory.announce import announce_customer
from shop.live import customers
from tests.factories import UserFactory, VariantFactory

CART = {"type": "cart", "count": 3}


@pytest.fixture
def customer(transactional_db: None) -> User:
    return UserFactory()


def _make_token(user: User, **lifetime: float) -> str:
    token = AccessToken.for_user(user)
    if lifetime:
        token.set_exp(lifetime=timedelta(**lifetime))
    return str(token)


def _sign_in(user: User) -> dict[str, str]:
    """The headers of a browser that this user is signed in to."""
    session = import_module(django_settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={session.session_key}"}


async def _authenticate(client: Any, token: str = "") -> dict[str, Any]:
    await client.say({"type": "authenticate", "token": token})
    answer: dict[str, Any] = await client.hear()
    return answer


async def test_a_token_brings_the_customers_own_events(open_socket: Any, customer: User) -> None:
    other = await sync_to_async(UserFactory)()
    async with open_socket() as client, open_socket() as stranger, open_socket() as anonymous:
        assert await _authenticate(client, _make_token(customer)) == {"type": "authenticated"}
        await _authenticate(stranger, _make_token(other))

        await sync_to_async(announce_customer)(customer.pk, CART)

        assert await client.hear() == CART
        assert await stranger.hears_nothing_more()
        assert await anonymous.hears_nothing_more()


async def test_an_event_of_a_rolled_back_change_is_not_sent(
    open_socket: Any, customer: User
) -> None:
    def change(*, fails: bool) -> None:
        with transaction.atomic():
            announce_customer(customer.pk, CART)
            transaction.set_rollback(fails)

    async with open_socket() as client:
        await _authenticate(client, _make_token(customer))
        await sync_to_async(change)(fails=True)
        assert await client.hears_nothing_more()

        await sync_to_async(change)(fails=False)
        assert await client.hear() == CART


async def test_expired_forged_refresh_and_closed_accounts_tokens_are_refused(
    open_socket: Any, customer: User
) -> None:
    closed = await sync_to_async(UserFactory)(is_active=False)
    gone = await sync_to_async(UserFactory)()
    tokens = [
        _make_token(customer, seconds=-1),
        _make_token(customer)[:-2] + "xx",
        str(RefreshToken.for_user(customer)),
        _make_token(closed),
        _make_token(gone),
    ]
    await sync_to_async(gone.delete)()
    async with open_socket() as client:
        for token in tokens:
            assert (await _authenticate(client, token))["code"] == "invalid_token"
        await sync_to_async(announce_customer)(customer.pk, CART)

        assert await client.hears_nothing_more()


async def test_a_token_that_runs_out_ends_the_events(open_socket: Any, customer: User) -> None:
    async with open_socket() as client:
        await _authenticate(client, _make_token(customer, seconds=1.2))

        assert (await client.hear())["code"] == "invalid_token"

        await sync_to_async(announce_customer)(customer.pk, CART)
        assert await client.hears_nothing_more()


async def test_another_token_takes_the_place_of_the_first(open_socket: Any, customer: User) -> None:
    other = await sync_to_async(UserFactory)()
    async with open_socket() as client:
        await _authenticate(client, _make_token(customer))
        await _authenticate(client, _make_token(other))
        await sync_to_async(announce_customer)(customer.pk, CART)
        assert await client.hears_nothing_more()

        await sync_to_async(announce_customer)(other.pk, CART)
        assert await client.hear() == CART


async def test_a_browsers_session_does_until_its_logout(
    open_socket: Any, customer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customers, "CHECK_SECONDS", 0.3)
    headers = await sync_to_async(_sign_in)(customer)
    async with open_socket(headers=headers) as client:
        assert await _authenticate(client) == {"type": "authenticated"}
        await sync_to_async(announce_customer)(customer.pk, CART)
        assert await client.hear() == CART

        sessions = import_module(django_settings.SESSION_ENGINE).SessionStore
        await sync_to_async(sessions(headers["Cookie"].partition("=")[2]).flush)()

        assert (await client.hear())["code"] == "invalid_token"


async def test_staff_watch_what_is_not_on_sale(open_socket: Any, customer: User) -> None:
    def prepare() -> tuple[dict[str, str], dict[str, str]]:
        draft = VariantFactory(sku="DRAFT", stock=7)
        Product.objects.filter(pk=draft.product_id).update(status=Product.Status.DRAFT)
        return _sign_in(UserFactory(is_staff=True)), _sign_in(customer)

    staff, visitor = await sync_to_async(prepare)()
    async with open_socket(headers=staff) as client:
        assert (await client.watch("DRAFT"))[0]["available"] == 7
    async with open_socket(headers=visitor) as client:
        await client.say({"type": "subscribe", "skus": ["DRAFT"]})
        assert (await client.hear())["code"] == "unknown_sku"
