"""Which variant a row speaks of: by its sku, or by one made of the handle and its options."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.catalog.models import Variant, validate_sku
from shop.exchange.skus import derive_skus, derive_slug
from tests.exchange.files import product, run_import, told, variant

SIZES = {"Option1 Name": "Size", "Option1 Value": "S", "Variant SKU": ""}


def skus() -> list[str]:
    return list(Variant.objects.order_by("pk").values_list("sku", flat=True))


@given(
    handle=st.text(min_size=1, max_size=255),
    values=st.lists(st.text(min_size=1, max_size=255), max_size=3),
)
def test_a_derived_sku_is_valid_and_always_the_same(handle: str, values: list[str]) -> None:
    plain, marked = derive_skus(handle, values)
    validate_sku(plain)
    validate_sku(marked)
    assert marked != plain or len(marked) >= 8
    assert derive_skus(handle, list(values)) == (plain, marked)
    assert derive_slug(handle).isascii()
    assert len(derive_slug(handle)) <= 255


def test_a_derived_sku_can_be_read() -> None:
    assert derive_skus("varsity-top", ["Extra Large", "Red"])[0] == "varsity-top-extra-large-red"
    assert derive_skus("x" * 70, ["S"])[0] == derive_skus("x" * 70, ["S"])[1]


@pytest.mark.django_db
def test_a_variant_without_a_sku_gets_one_and_is_found_again() -> None:
    rows = [product("shirt", **SIZES), variant("shirt", "M"), product("mug", **{"Variant SKU": ""})]
    report = run_import(*rows)
    assert skus() == ["shirt-s", "shirt-m", "mug"]
    assert [(note.rows, note.first_line) for note in report.notes] == [(3, 2)]
    assert run_import(*rows).unchanged == 2


@pytest.mark.django_db
def test_options_that_read_alike_get_different_skus() -> None:
    rows = [product("cell", **SIZES | {"Option1 Value": "A+"}), variant("cell", "A-")]
    run_import(*rows)
    plain, marked = skus()
    assert plain == "cell-a"
    assert marked.startswith("cell-a-")
    assert run_import(*reversed_variants(rows)).refused == []
    assert sorted(skus()) == sorted([plain, marked])


def reversed_variants(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    first, second = rows
    return [
        first | {"Option1 Value": second["Option1 Value"]},
        second | {"Option1 Value": first["Option1 Value"]},
    ]


@pytest.mark.django_db
def test_a_derived_sku_that_another_product_has_is_marked() -> None:
    rows = [
        product("shirt-s", **{"Variant SKU": ""}),
        product("shirt", **SIZES),
    ]
    run_import(*rows)
    assert skus() == ["shirt-s", derive_skus("shirt", ["S"])[1]]
    report = run_import(*rows)
    assert (report.unchanged, report.refused) == (2, [])


@pytest.mark.django_db
def test_a_sku_given_twice_in_a_file() -> None:
    report = run_import(
        product("shirt", **SIZES | {"Variant SKU": "A"}),
        variant("shirt", "M", **{"Variant SKU": "A"}),
        product("mug", **{"Variant SKU": "A"}),
        product("cup", **{"Variant SKU": "B"}),
    )
    assert told(report) == [(3, "Variant SKU"), (4, "Variant SKU")]
    assert "line 2" in report.refused[0].reason
    assert skus() == ["A", "B"]


@pytest.mark.django_db
def test_a_sku_of_another_product() -> None:
    run_import(product("mug", **{"Variant SKU": "A"}))
    report = run_import(
        product("shirt", **SIZES | {"Variant SKU": "B"}),
        variant("shirt", "M", **{"Variant SKU": "A"}),
        product("cup", **{"Variant SKU": "A"}),
    )
    assert [line for line, _ in told(report)] == [3, 4]
    assert "“mug”" in report.refused[0].reason
    assert Variant.objects.get(sku="A").product.slug == "mug"


@pytest.mark.django_db
def test_the_same_options_twice_without_a_sku() -> None:
    report = run_import(product("shirt", **SIZES), variant("shirt", "S"))
    assert told(report) == [(3, "Option1 Value")]
    assert skus() == ["shirt-s"]


@pytest.mark.django_db
def test_a_sku_that_comes_later_replaces_the_derived_one() -> None:
    run_import(product("shirt", **SIZES), variant("shirt", "M"))
    first = Variant.objects.order_by("pk").first()
    report = run_import(product("shirt", **SIZES | {"Variant SKU": "OWN-S"}), variant("shirt", "M"))
    assert report.refused == []
    assert Variant.objects.get(sku="OWN-S") == first
    assert skus() == ["OWN-S", "shirt-m"]


@pytest.mark.django_db
def test_variants_stand_in_the_order_of_the_file() -> None:
    run_import(product("shirt", **SIZES), variant("shirt", "L"))
    rows = [product("shirt", **SIZES), variant("shirt", "M"), variant("shirt", "L")]
    run_import(*rows)
    assert list(Variant.objects.values_list("sku", flat=True)) == ["shirt-s", "shirt-m", "shirt-l"]
    assert run_import(*rows).unchanged == 1
