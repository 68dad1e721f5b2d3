"""Every page of the admin opens, for the owner; and costs what it costs, whatever the rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shop.backoffice.models import ImportRun
from shop.cart.models import StoredCart
from shop.inventory.models import Movement, StockLevel
from shop.pricing.models import Coupon, Promotion, PromotionUse, ShippingMethod, TaxRate
from tests.factories import (
    CategoryFactory,
    ImageFactory,
    ProductFactory,
    TaxClassFactory,
    UserFactory,
    VariantFactory,
)
from tests.orders.shopper import Shopper

PAGES = sorted(model._meta.label for model in django_admin.site._registry)


def make_cart() -> StoredCart:
    number = StoredCart.objects.count()
    return StoredCart.objects.create(
        key=f"cart-{number}", lines=[["A", 2]], expires_at=timezone.now() + timedelta(days=1)
    )


def make_tax_class() -> Any:
    return TaxClassFactory(code=f"class-{TaxRate.objects.count()}")


def make_use() -> PromotionUse:
    number = Promotion.objects.count()
    promotion = Promotion.objects.create(name="Ten off", kind="percent", percent=10)
    coupon = Coupon.objects.create(code=f"TEN-{number}", promotion=promotion)
    return PromotionUse.objects.create(
        promotion=promotion, coupon=coupon, reference=str(number), customer=UserFactory()
    )


def make_image_of_product() -> Any:
    product = ProductFactory()
    ImageFactory(product=product)
    return product


MAKERS: dict[str, Callable[[], Any]] = {
    "accounts.User": UserFactory,
    "auth.Group": lambda: Group.objects.create(name=f"group {Group.objects.count()}"),
    "axes.AccessAttempt": lambda: AccessAttempt.objects.create(
        username=f"somebody-{AccessAttempt.objects.count()}",
        ip_address="192.0.2.1",
        failures_since_start=1,
    ),
    "backoffice.ImportRun": lambda: ImportRun.objects.create(
        file_name="a.csv",
        file_size=1,
        is_dry_run=False,
        actor=UserFactory(),
        rows_refused=1,
        refused=[[2, "Variant Price", "“x” is not a price.", "mug"]],
    ),
    "cart.StoredCart": make_cart,
    "catalog.Category": lambda: CategoryFactory(parent=CategoryFactory()),
    "catalog.Product": make_image_of_product,
    "catalog.TaxClass": make_tax_class,
    "catalog.Variant": VariantFactory,
    "inventory.Movement": lambda: VariantFactory().stock.movements.get(),
    "inventory.StockLevel": lambda: VariantFactory().stock,
    "orders.Order": lambda: Shopper().fill(**{VariantFactory().sku: 1}).order().order,
    "pricing.Coupon": lambda: make_use().coupon,
    "pricing.Promotion": lambda: make_use().promotion,
    "pricing.ShippingMethod": lambda: ShippingMethod.objects.create(
        name="Post", code=f"post-{ShippingMethod.objects.count()}", price_minor=490
    ),
}


def find_address(label: str, page: str, *args: Any) -> str:
    options = apps.get_model(label)._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=args)


def make(label: str) -> Any:
    return MAKERS[label]()


@pytest.mark.parametrize("label", PAGES)
def test_its_pages_open(admin, label):
    thing = make(label)
    for address in (
        find_address(label, "changelist"),
        find_address(label, "change", thing.pk),
        find_address(label, "history", thing.pk),
    ):
        answer = admin.get(address)
        assert answer.status_code == 200, address
    model_admin = django_admin.site._registry[apps.get_model(label)]
    may_add = model_admin.has_add_permission(answer.wsgi_request)
    assert admin.get(find_address(label, "add")).status_code == (200 if may_add else 403)


@pytest.mark.parametrize("label", PAGES)
def test_a_search_finds_and_survives_anything(admin, label):
    make(label)
    for text in ("a", "a'b", '"%_\\', "\x00", "ß 東京", "x" * 3_000):
        answer = admin.get(find_address(label, "changelist"), {"q": text})
        assert answer.status_code == 200, text


@pytest.mark.parametrize("label", PAGES)
def test_its_list_costs_the_same_whatever_the_rows(admin, label):
    make(label)
    admin.get(find_address(label, "changelist"))
    few = count_queries(admin, find_address(label, "changelist"))
    for _ in range(6):
        make(label)
    assert count_queries(admin, find_address(label, "changelist")) == few
    assert few <= 12


def count_queries(client: Any, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("label", ["catalog.Product", "inventory.StockLevel", "catalog.TaxClass"])
def test_a_form_with_rows_costs_the_same_whatever_the_rows(admin, label):
    few, many = make(label), make(label)
    if label == "catalog.Product":
        for _ in range(6):
            VariantFactory(product=many)
            ImageFactory(product=many)
    elif label == "catalog.TaxClass":
        for country in ("AT", "FR", "IT"):
            TaxRate.objects.create(tax_class=many, country=country, rate_basis_points=2_000)
    else:
        user = UserFactory()
        Movement.objects.bulk_create(
            Movement(level=many, delta=1, reason="count", actor=user) for _ in range(9)
        )
    address = find_address(label, "change", few.pk)
    admin.get(address)
    expected = count_queries(admin, address)
    assert count_queries(admin, find_address(label, "change", many.pk)) == expected


def test_a_page_of_what_is_not_there_is_no_failure(admin):
    for pk in ("0", "99999999999999999999", "abc", "_5F"):
        answer = admin.get(f"/admin/catalog/product/{pk}/change/")
        assert answer.status_code in (302, 404)


def test_bad_addresses_of_lists_are_no_failure(admin):
    ProductFactory()
    for query in (
        "p=abc",
        "p=99999",
        "o=99.x",
        "category=abc",
        "category=99999999999999999999",
        "stock=x",
        "status__exact=x",
        "nothing__like__that=1",
    ):
        answer = admin.get(f"/admin/catalog/product/?{query}", follow=True)
        assert answer.status_code == 200, query


def test_chosen_rows_that_are_none_are_refused(admin):
    ProductFactory()
    for pk in ("abc", "9" * 30, ""):
        answer = admin.post(
            "/admin/catalog/product/",
            {"action": "archive", "_selected_action": pk, "index": "0"},
            follow=True,
        )
        assert answer.status_code == 200


def test_the_search_of_the_sidebar(admin):
    assert b"Products" in admin.get("/admin/search/?s=prod").content
    assert admin.get("/admin/search/?s=prod&page=abc").status_code == 200
    assert admin.get("/admin/search/?s=prod&page=99").status_code == 200


def test_no_page_names_another_host(admin):
    variant = VariantFactory()
    for address in (
        "/admin/",
        "/admin/catalog/product/",
        f"/admin/catalog/product/{variant.product_id}/change/",
    ):
        page = admin.get(address).content.decode()
        assert "http://" not in page.replace("http://www.w3.org", "")
        assert "https://" not in page


def test_levels_are_not_changed_by_their_page(admin):
    level = VariantFactory(stock=3).stock
    address = find_address("inventory.StockLevel", "change", level.pk)
    assert admin.post(address, {"on_hand": "50"}).status_code == 403
    assert StockLevel.objects.get(pk=level.pk).on_hand == 3
