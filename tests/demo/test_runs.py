"""Whole runs of the load: twice, cut short, at the same time."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from shop.catalog.models import Category, Product
from shop.demo import load
from shop.demo.load import load_catalogue
from shop.demo.plan import plan_shop
from shop.demo.terms import create_tax_classes
from shop.inventory.services import find_drift
from tests.demo.snapshot import read_pictures, take_snapshot
from tests.threads import run_at_once

pytestmark = pytest.mark.django_db
PRODUCTS = plan_shop()[1]


def test_two_loads_make_the_same_shop(settings, tmp_path):
    found = []
    for place in ("one", "two"):
        settings.MEDIA_ROOT = tmp_path / place
        with transaction.atomic():
            load_catalogue()
            found.append((take_snapshot(), read_pictures()))
            transaction.set_rollback(True)
    assert len(found[0][0]["products"]) == len(PRODUCTS)
    # Not one comparison of the whole: the report of a difference would be endless.
    for rows in found[0][0]:
        assert found[0][0][rows] == found[1][0][rows]
    assert found[0][1] == found[1][1]


def test_a_run_that_dies_leaves_no_half_shop(media, monkeypatch):
    def die(**kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(load, "give_stock", die)
        with pytest.raises(KeyboardInterrupt):
            load_catalogue()
    assert not Product.objects.exists() and not Category.objects.exists()
    outcome = load_catalogue()
    assert (outcome.products, outcome.pictures) == (len(PRODUCTS), 0)
    assert find_drift() == []


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_one_shop(media):
    # Classes that are there already: then nothing but the lock on them makes one run wait.
    with transaction.atomic():
        create_tax_classes()
    outcomes = run_at_once(lambda number: load_catalogue(), threads=2)
    assert sorted(outcome.products for outcome in outcomes) == [0, len(PRODUCTS)]
    assert Product.objects.count() == len(PRODUCTS)
    assert find_drift() == []
    assert read_pictures().keys() == {
        picture.file_name for product in PRODUCTS for picture in product.pictures
    }
