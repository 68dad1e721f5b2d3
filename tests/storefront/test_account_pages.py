"""Signing up, in and out."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client

from shop.accounts.models import User
from shop.cart.request import RequestCart
from shop.errors import CartUnavailable
from tests.factories import PASSWORD, UserFactory, create_small_catalogue
from tests.storefront.browser import Browser, read_badge, read_text
from tests.threads import run_at_once

pytestmark = pytest.mark.django_db

NEW = {"username": "grace", "email": "grace@example.com", "password": "a-Passw0rd-of-mine"}


def test_logging_in_by_name_or_by_address(client: Client) -> None:
    user = UserFactory()
    for name in (user.username, user.email.upper()):
        answer = client.post("/login/", {"username": name, "password": PASSWORD})
        assert answer.status_code == 303
        assert answer["Location"] == "/account/"
        assert get_user(client).pk == user.pk  # type: ignore[arg-type]
        client.post("/logout/")


def test_a_wrong_password_is_said_without_saying_who_exists(client: Client) -> None:
    user = UserFactory()
    wrong = [
        read_text(client.post("/login/", {"username": name, "password": "wrong"}))
        for name in (user.username, user.email, "nobody", "nobody@example.com")
    ]
    assert all("We know no account with this name and this password." in page for page in wrong)
    assert not get_user(client).is_authenticated  # type: ignore[arg-type]


def test_nobody_logs_in_by_an_address_that_is_another_ones_name(client: Client) -> None:
    user = UserFactory(email="victim@example.com")
    UserFactory(username="victim@example.com", email="thief@example.com")
    client.post("/login/", {"username": "victim@example.com", "password": PASSWORD})
    assert get_user(client).pk == user.pk  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["/login/", "/signup/"])
def test_the_way_on_stays_in_the_shop(client: Client, address: str) -> None:
    UserFactory(username="ada")
    data = {"/login/": {"username": "ada", "password": PASSWORD}, "/signup/": NEW}[address]
    elsewhere = client.post(address, {**data, "next": "https://elsewhere.example/"})
    assert elsewhere["Location"] == "/account/"
    client.post("/logout/")
    User.objects.filter(username="grace").delete()
    assert client.post(address, {**data, "next": "/cart/"})["Location"] == "/cart/"
    assert client.get(f"{address}?next=/cart/")["Location"] == "/cart/"


def test_too_many_wrong_passwords_close_the_log_in_with_a_sentence(
    client: Client, settings: Any
) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    UserFactory(username="ada")
    for _ in range(3):
        page = client.post("/login/", {"username": "ada", "password": "wrong"})
    assert page.status_code == 429
    assert "this log-in is closed for 15 minutes" in read_text(page)
    right = client.post("/login/", {"username": "ada", "password": PASSWORD})
    assert right.status_code == 429


def test_signing_up_logs_in(client: Client) -> None:
    answer = client.post("/signup/", NEW)
    assert answer.status_code == 303
    page = read_text(client.get("/account/"))
    assert "Hello, grace" in page
    assert "grace@example.com" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"username": "ADA"}, "This user name is taken"),
        ({"email": "Ada@Example.com"}, "There is an account with this e-mail address already"),
        ({"username": "a@b.example"}, "Letters, digits"),
        ({"username": ""}, "This field is required"),
        ({"email": ""}, "This field is required"),
        ({"email": "nonsense"}, "valid email"),
        ({"password": "short"}, "too short"),
        ({"password": "password"}, "too common"),
        ({"password": "grace@example.com"}, "too similar"),
        ({"username": "x" * 151}, "at most 150"),
        ({"username": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_what_is_wrong_with_a_sign_up_is_said_at_its_field(
    client: Client, change: dict[str, str], said: str
) -> None:
    UserFactory(username="ada", email="ada@example.com")
    page = client.post("/signup/", {**NEW, **change})
    assert page.status_code == 200
    assert said in read_text(page)
    assert User.objects.count() == 1
    assert page.context["form"].errors.keys() == change.keys()


@pytest.mark.django_db(transaction=True)
def test_one_of_many_who_want_one_name_at_once_gets_it() -> None:
    def sign_up(number: int) -> int:
        return Client().post("/signup/", NEW).status_code

    assert sorted(run_at_once(sign_up, threads=6)) == [200] * 5 + [303]
    assert User.objects.count() == 1


def test_the_account_is_for_its_owner(client: Client) -> None:
    answer = client.get("/account/")
    assert answer.status_code == 302
    assert answer["Location"] == "/login/?next=/account/"


def test_logging_out_takes_a_post(client: Client) -> None:
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 303
    assert not get_user(client).is_authenticated  # type: ignore[arg-type]


def test_the_fields_help_a_password_manager(client: Client) -> None:
    log_in, sign_up = (client.get(address).content.decode() for address in ("/login/", "/signup/"))
    assert 'autocomplete="username"' in log_in
    assert 'autocomplete="current-password"' in log_in
    for word in ("username", "email", "new-password"):
        assert f'autocomplete="{word}"' in sign_up


def test_a_cart_that_cannot_come_along_keeps_nobody_out(
    monkeypatch: pytest.MonkeyPatch, use_strategy: Any
) -> None:
    def fail(cart: RequestCart) -> None:
        raise CartUnavailable

    use_strategy("memory")
    create_small_catalogue()
    UserFactory(username="ada")
    browser = Browser()
    browser.add("BASKET-1", 2)
    monkeypatch.setattr(RequestCart, "take_over", fail)
    page = browser.log_in("ada", PASSWORD)
    assert "your cart could not be brought along" in read_text(page)
    assert get_user(browser).is_authenticated  # type: ignore[arg-type]
    assert read_badge(page) == "0"
