"""The address book, and the address as a value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shop.accounts.address_book import delete_address, save_address
from shop.accounts.addresses import Address, PostalAddress, list_countries
from tests.factories import UserFactory
from tests.threads import run_at_once

HOME = PostalAddress("Ada", "1 Row", "10115", "Berlin", "DE")
pytestmark = pytest.mark.django_db


def test_an_address_comes_back_from_its_snapshot():
    assert PostalAddress.from_dict(HOME.as_dict()) == HOME
    assert PostalAddress.from_dict({"name": "Ada", "phone": "1"}).city == ""
    assert HOME.lines == ["Ada", "1 Row", "10115 Berlin", "Germany"]


def test_countries_are_iso_codes_with_names():
    countries = list_countries()
    assert countries["DE"] == "Germany"
    assert len(countries) > 240
    assert not {"EU", "UN", "ZZ", "001"} & countries.keys()


@pytest.mark.parametrize("country", ["de", "XX", "", "EU"])
def test_an_unknown_country_is_refused(country):
    with pytest.raises(ValidationError):
        Address(user=UserFactory(), **replace(HOME, country=country).as_dict()).full_clean()


def test_the_first_is_the_default_and_a_new_default_takes_its_place():
    ada = UserFactory()
    home = save_address(user=ada, postal=HOME)
    work = save_address(user=ada, postal=replace(HOME, line1="2 Row"))
    assert (home.is_default, work.is_default) == (True, False)
    save_address(user=ada, postal=replace(HOME, line1="3 Row"), is_default=True)
    assert [a.line1 for a in ada.addresses.all()] == ["3 Row", "1 Row", "2 Row"]
    save_address(user=ada, postal=work.postal, entry=work, is_default=True)
    assert ada.addresses.get(is_default=True) == work


def test_an_equal_entry_is_not_written_twice():
    ada = UserFactory()
    assert save_address(user=ada, postal=HOME) == save_address(user=ada, postal=HOME)
    assert ada.addresses.count() == 1


def test_only_ones_own_entries_can_be_deleted_and_another_becomes_the_default():
    ada, eve = UserFactory(), UserFactory()
    home = save_address(user=ada, postal=HOME)
    work = save_address(user=ada, postal=replace(HOME, line1="2 Row"))
    assert not delete_address(user=eve, pk=home.pk)
    assert delete_address(user=ada, pk=home.pk)
    work.refresh_from_db()
    assert work.is_default


@pytest.mark.django_db(transaction=True)
def test_changes_at_once_leave_one_default():
    ada = UserFactory()
    run_at_once(
        lambda n: save_address(user=ada, postal=replace(HOME, line1=f"{n} Row"), is_default=True)
    )
    assert ada.addresses.count() == 8
    assert ada.addresses.filter(is_default=True).count() == 1


def test_the_database_refuses_a_second_default():
    ada = UserFactory()
    save_address(user=ada, postal=HOME)
    with pytest.raises(IntegrityError), transaction.atomic():
        Address.objects.create(user=ada, is_default=True, **HOME.as_dict())
