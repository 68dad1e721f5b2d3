"""What is done to many products at once: each action, and who may."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.admin.models import LogEntry

from shop.backoffice.product_services import PricesMoved, change_prices
from shop.catalog.models import Product, Variant
from tests.backoffice.pages import read_fields
from tests.factories import CategoryFactory, ProductFactory, UserFactory, VariantFactory
from tests.threads import run_at_once

LIST = "/admin/catalog/product/"


def act(client: Any, action: str, *products: Product, **values: Any) -> Any:
    chosen = [product.pk for product in products]
    data = {"action": action, "_selected_action": chosen, "index": "0"} | values
    return client.post(LIST, data)


@pytest.mark.parametrize(
    ("action", "status"),
    [("activate", "active"), ("make_draft", "draft"), ("archive", "archived")],
)
def test_status(admin, owner, action, status):
    other = {"active": "draft"}.get(status, "active")
    first, second = ProductFactory(status=other), ProductFactory(status=other)
    untouched = ProductFactory(status=other)
    before = first.updated_at
    assert act(admin, action, first, second).status_code == 302
    first.refresh_from_db()
    assert first.status == status and first.updated_at > before
    assert Product.objects.get(pk=second.pk).status == status
    assert Product.objects.get(pk=untouched.pk).status == other
    assert LogEntry.objects.filter(user=owner).count() == 2


def test_all_that_a_filter_finds_over_all_pages(admin):
    for _ in range(55):
        ProductFactory(status="draft", stock=None)
    kept = ProductFactory(status="archived")
    answer = admin.post(
        f"{LIST}?status__exact=draft",
        {
            "action": "activate",
            "_selected_action": [Product.objects.first().pk],
            "index": "0",
            "select_across": "1",
        },
    )
    assert answer.status_code == 302
    assert Product.objects.filter(status="active").count() == 55
    kept.refresh_from_db()
    assert kept.status == "archived"


def test_move(admin):
    target = CategoryFactory()
    product = ProductFactory()
    page = act(admin, "move", product)
    assert page.status_code == 200
    fields = read_fields(page)
    refused = admin.post(LIST, fields | {"apply": "1"})
    assert refused.context["form"].errors
    assert admin.post(LIST, fields | {"apply": "1", "category": target.pk}).status_code == 302
    assert Product.objects.get().category == target
    admin.post(LIST, fields | {"apply": "1", "category": "none"})
    assert Product.objects.get().category is None


def preview(admin: Any, *products: Product, **values: Any) -> Any:
    """The page that shows what a change of price would do."""
    fields = read_fields(act(admin, "change_price", *products))
    chosen = {"_selected_action": [product.pk for product in products]}
    return admin.post(LIST, fields | chosen | {"apply": "1"} | values)


def confirm(admin: Any, page: Any, *products: Product) -> Any:
    chosen = {"_selected_action": [product.pk for product in products]}
    return admin.post(LIST, read_fields(page) | chosen | {"apply": "1"})


def test_prices_change_after_a_preview(admin):
    product = ProductFactory(sku="A", price_minor=1_005)
    VariantFactory(product=product, sku="B", price_minor=333)
    other = ProductFactory(sku="C", price_minor=100)
    page = preview(admin, product, percent="10", keeps_former="on")
    assert page.status_code == 200
    assert "€11.06" in page.content.decode()
    assert Variant.objects.get(sku="A").price_minor == 1_005
    assert confirm(admin, page, product).status_code == 302
    prices = dict(Variant.objects.values_list("sku", "price_minor"))
    assert prices == {"A": 1_106, "B": 366, "C": 100}
    assert Variant.objects.get(sku="A").compare_at_minor == 1_005
    product.refresh_from_db()
    assert product.lowest_price == 366
    other.refresh_from_db()
    assert other.lowest_price == 100


def test_a_second_click_changes_no_price(admin):
    product = ProductFactory(sku="A", price_minor=1_000)
    page = preview(admin, product, percent="-10")
    assert confirm(admin, page, product).status_code == 302
    again = confirm(admin, page, product)
    assert again.status_code == 200
    assert "Nothing" in again.content.decode() or "nothing was" in again.content.decode()
    assert Variant.objects.get().price_minor == 900


def test_a_price_that_moved_since_the_preview_is_shown_again(admin):
    product = ProductFactory(sku="A", price_minor=1_000)
    page = preview(admin, product, percent="10")
    Variant.objects.update(price_minor=2_000)
    again = confirm(admin, page, product)
    assert again.status_code == 200
    assert "€22.00" in again.content.decode()
    assert Variant.objects.get().price_minor == 2_000
    assert confirm(admin, again, product).status_code == 302
    assert Variant.objects.get().price_minor == 2_200


@pytest.mark.parametrize("percent", ["", "0", "x", "-100", "901", "1.234", "NaN", "1e9", "\x00"])
def test_a_bad_percentage_is_an_error(admin, percent):
    product = ProductFactory(price_minor=1_000)
    page = preview(admin, product, percent=percent, confirm="1", seen="forged")
    assert page.context["form"].errors
    assert Variant.objects.get().price_minor == 1_000


def test_a_price_that_would_be_too_large(admin):
    product = ProductFactory(price_minor=9 * 10**11)
    page = preview(admin, product, percent="100")
    answer = confirm(admin, page, product)
    assert "too large" in answer.content.decode()
    assert Variant.objects.get().price_minor == 9 * 10**11


@pytest.mark.django_db(transaction=True)
def test_of_eight_clicks_at_once_one_changes_the_prices():
    product = ProductFactory(price_minor=1_000)
    seen = {product.variants.get().pk: 1_000}

    def click(_: int) -> list[Product]:
        return change_prices(
            products=Product.objects.all(),
            percent=Decimal(10),
            seen=seen,
            keeps_former=False,
            largest_minor=10**9,
        )

    results = run_at_once(click)
    assert sum(isinstance(result, PricesMoved) for result in results) == 7
    assert Variant.objects.get().price_minor == 1_100
    product.refresh_from_db()
    assert product.lowest_price == 1_100


def read_csv(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_export_of_the_chosen_and_of_all(admin):
    first, _ = ProductFactory(sku="A"), ProductFactory(sku="B")
    answer = act(admin, "export_csv", first)
    assert answer.streaming
    assert "attachment" in answer["Content-Disposition"]
    assert [row["Variant SKU"] for row in read_csv(answer)] == ["A"]
    assert [row["Variant SKU"] for row in read_csv(admin.get(f"{LIST}export/"))] == ["A", "B"]


@pytest.mark.django_db(transaction=True)
async def test_an_export_streams_under_asgi_too(async_client):
    user = await sync_to_async(UserFactory)(is_staff=True, is_superuser=True)
    for number in range(3):
        await sync_to_async(ProductFactory)(sku=f"A-{number}")
    await async_client.aforce_login(user)
    answer = await async_client.get(f"{LIST}export/")
    assert answer.is_async
    text = "".join([part.decode() async for part in answer.streaming_content])
    assert [row["Variant SKU"] for row in csv.DictReader(io.StringIO(text))] == [
        "A-0",
        "A-1",
        "A-2",
    ]


CHANGES = ["activate", "make_draft", "archive", "change_price", "move", "delete_selected"]


@pytest.mark.parametrize("action", CHANGES)
def test_who_may_only_look_changes_nothing(log_in_as, action):
    product = ProductFactory(status="draft")
    act(log_in_as("Shop staff"), action, product, apply="1", percent="5", category="none", post="y")
    assert Product.objects.filter(status="draft", category=product.category).exists()


def test_who_may_only_look_exports(log_in_as):
    product = ProductFactory(sku="A")
    assert read_csv(act(log_in_as("Shop staff"), "export_csv", product))


def test_who_may_not_even_look_exports_nothing(log_in_as):
    product = ProductFactory()
    nobody = log_in_as("")
    assert nobody.get(f"{LIST}export/").status_code == 403
    assert act(nobody, "export_csv", product).status_code == 403


def test_a_catalogue_editor_does_it_all(log_in_as):
    product = ProductFactory(status="draft")
    editor = log_in_as("Catalogue editor")
    assert act(editor, "activate", product).status_code == 302
    assert Product.objects.get().status == "active"
    page = f"{LIST}{product.pk}/delete/"
    assert editor.post(page, {"post": "yes"}).status_code == 302
    assert not Product.objects.exists()
