"""`manage.py load_demo`, and the accounts that it makes."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.core.management import CommandError, call_command

from shop.accounts.models import User
from shop.catalog.models import Product
from shop.demo import people
from shop.demo.load import Outcome
from shop.demo.people import create_admin, create_shoppers
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """The accounts alone: what the catalogue does has its own tests."""
    monkeypatch.setattr(
        "shop.demo.management.commands.load_demo.load_catalogue", lambda track: Outcome(products=1)
    )


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("load_demo", *arguments, stdout=said, stderr=said)
    return said.getvalue()


def test_it_loads_the_shop_and_says_what(media, settings):
    settings.DEBUG = True
    said = run("--shoppers", "2")
    count = Product.objects.count()
    assert f"{count} products in " in said and ", 0 left as they were" in said
    assert "2 shoppers made" in said
    assert "Staff account: admin, password admin-demo-Passw0rd" in said
    assert (media / "products" / "demo" / "plover-egg-mug.svg").exists()


def test_known_passwords_are_refused_outside_debug(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match=r"DEBUG is off.*Nothing was loaded.*--force"):
        run("--shoppers", "3")
    assert not User.objects.exists() and not Product.objects.exists()


def test_outside_debug_there_is_no_admin(settings, no_catalogue):
    settings.DEBUG = False
    assert "No account “admin” was made" in run()
    assert not User.objects.exists()


def test_force_makes_them_anyway(settings, no_catalogue):
    settings.DEBUG = False
    run("--shoppers", "1", "--force")
    assert set(User.objects.values_list("username", flat=True)) == {"shopper1", "admin"}


@pytest.mark.parametrize("count", ["-1", "10001"])
def test_a_wrong_number_is_refused(settings, count):
    settings.DEBUG = True
    with pytest.raises(CommandError, match=f"--shoppers is {count}"):
        run(f"--shoppers={count}")
    assert not Product.objects.exists()


def test_shoppers_sign_in_with_their_passwords(rf):
    create_shoppers(count=3)
    for number in (1, 2, 3):
        user: Any = authenticate(
            rf.post("/"), username=f"shopper{number}", password=f"acceptance-{number}-Passw0rd"
        )
        assert user is not None and user.email == f"shopper{number}@example.com"
        assert not user.is_staff and user.is_active
        assert isinstance(identify_hasher(user.password), type(get_hasher()))


def test_those_that_are_there_are_not_touched(monkeypatch):
    create_shoppers(count=2)
    before = list(User.objects.order_by("pk").values())
    hashed = []
    real = people.make_password
    monkeypatch.setattr(people, "make_password", lambda text: hashed.append(text) or real(text))
    outcome = create_shoppers(count=25)
    assert (outcome.made, outcome.kept, len(hashed)) == (23, 2, 23), "hashing is what takes time"
    assert list(User.objects.order_by("pk").values())[:2] == before
    assert create_shoppers(count=25).made == 0


def test_someone_elses_name_or_address_is_left_alone():
    UserFactory(username="Shopper1", email="first@example.com")
    UserFactory(username="somebody", email="Shopper2@Example.com")
    outcome = create_shoppers(count=3)
    assert (outcome.made, outcome.kept) == (1, 1)
    assert outcome.skipped == ["shopper2: shopper2@example.com belongs to somebody else."]
    assert User.objects.get(username="Shopper1").email == "first@example.com"


def test_the_admin_may_do_all_and_is_made_once():
    assert create_admin()
    admin = User.objects.get(username="admin")
    assert admin.is_staff and admin.is_superuser and admin.check_password("admin-demo-Passw0rd")
    admin.set_password("a-better-one")
    admin.save()
    assert not create_admin()
    assert User.objects.get(username="admin").check_password("a-better-one")
