"""Products in the admin: what is saved, what is refused, and by whom."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image as Pictures

from shop.catalog.models import Attribute, Image, Product, Variant
from shop.inventory.models import StockLevel
from shop.inventory.services import take_stock
from tests.backoffice.pages import add_row, read_fields, send_form
from tests.factories import (
    CategoryFactory,
    ImageFactory,
    ProductFactory,
    TaxClassFactory,
    UserFactory,
    VariantFactory,
)
from tests.threads import run_at_once

ADD = "/admin/catalog/product/add/"


def page_of(product: Product) -> str:
    return f"/admin/catalog/product/{product.pk}/change/"


def new_variant(**changes: Any) -> dict[str, Any]:
    return {
        "sku": "MUG",
        "price_minor": "12.90",
        "tax_class": str(TaxClassFactory().pk),
        "weight_grams": "300",
        "position": "1",
        "is_active": "on",
        "options": "",
    } | changes


def find_errors(response: Any) -> str:
    """All that the forms of a page complain of."""
    assert response.status_code == 200, "it was saved"
    found = [str(response.context["adminform"].form.errors)]
    for inline in response.context["inline_admin_formsets"]:
        found += [str(inline.formset.errors), str(inline.formset.non_form_errors())]
    return " ".join(found)


def test_a_new_product_is_on_sale_with_a_level(admin):
    fields = read_fields(admin.get(ADD)) | {"name": "Mug", "slug": "mug", "tags": "blue, new,blue"}
    fields = add_row(fields, "variants", **new_variant(options="Size: M\nColour: Blue"))
    fields = add_row(fields, "attributes", name="Material", value="clay", position="0")
    assert admin.post(ADD, fields).status_code == 302
    product = Product.objects.on_sale().get()
    variant = product.variants.get()
    assert (variant.price_minor, variant.stock.on_hand) == (1_290, 0)
    assert list(variant.options.items()) == [("Size", "M"), ("Colour", "Blue")]
    assert (product.lowest_price, product.default_variant) == (1_290, variant)
    assert product.tags == ["blue", "new"]
    assert product.attributes.get().value == "clay"


def test_a_page_saved_as_it_was_changes_nothing(admin):
    product = ProductFactory(sku="A", tags=["x", "y"], description="<p>Fine</p>")
    VariantFactory(product=product, sku="B", options={"Size: EU": "42", "Fit": "a\nb"})
    before = list(Variant.objects.order_by("pk").values())
    assert send_form(admin, page_of(product)).status_code == 302
    assert list(Variant.objects.order_by("pk").values()) == before
    assert Product.objects.get().tags == ["x", "y"]


def test_harmful_html_is_taken_out(admin):
    product = ProductFactory()
    harm = '<p onclick="x()">Good<script>bad()</script><img src="https://elsewhere.example/x"></p>'
    assert send_form(admin, page_of(product), description=harm).status_code == 302
    assert Product.objects.get().description == "<p>Good</p>"


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("sku", " ", "required"),
        ("sku", "a\x01b", "printable"),
        ("sku", "x" * 65, "64"),
        ("sku", "a\x00b", "Null"),
        ("price_minor", "", "required"),
        ("price_minor", "-1", "negative"),
        ("price_minor", "1,290", "1234.50"),
        ("price_minor", "12.345", "decimals"),
        ("price_minor", "1e5", "1234.50"),
        ("price_minor", "NaN", "1234.50"),
        ("price_minor", "1" * 20, "At most"),
        ("compare_at_minor", "x", "1234.50"),
        ("tax_class", "", "required"),
        ("tax_class", "999999999999999999999", "valid choice"),
        ("options", "just words", "Size: M"),
        ("options", "A: 1\nA: 2", "twice"),
        ("options", "A: 1\nB: 2\nC: 3\nD: 4", "At most 3"),
        ("options", "A: \x00", "Null"),
        ("options", '{"A": "\\u0000"}', "Size: M"),
        ("options", '{"A": {"B": 1}}', "Size: M"),
        ("weight_grams", "-1", "greater than or equal"),
        ("weight_grams", "99999999999", "less than or equal"),
        ("position", "99999", "less than or equal"),
        ("image", "999", "valid choice"),
    ],
)
def test_a_bad_variant_is_an_error_at_its_field(admin, field, value, complaint):
    product = ProductFactory(stock=None)
    fields = read_fields(admin.get(page_of(product)))
    fields = add_row(fields, "variants", **new_variant(**{field: value}))
    answer = admin.post(page_of(product), fields)
    assert complaint in find_errors(answer)
    assert not Variant.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 256),
        ("name", "a\x00"),
        ("slug", "not a slug"),
        ("slug", "taken"),
        ("tags", "a\x00b"),
        ("tags", "x" * 101),
        ("status", "sold"),
        ("category", "99999"),
        ("description", "\x00"),
    ],
)
def test_a_bad_product_is_an_error_at_its_field(admin, field, value):
    ProductFactory(slug="taken")
    product = ProductFactory(name="As it was", slug="mine")
    answer = send_form(admin, page_of(product), **{field: value})
    assert field in answer.context["adminform"].form.errors
    assert Product.objects.get(pk=product.pk).name == "As it was"


def test_one_sku_twice_in_one_form(admin):
    product = ProductFactory(stock=None)
    fields = read_fields(admin.get(page_of(product)))
    fields = add_row(fields, "variants", **new_variant())
    fields = add_row(fields, "variants", **new_variant())
    assert "duplicate" in find_errors(admin.post(page_of(product), fields))


def test_one_attribute_twice_in_one_form(admin):
    product = ProductFactory(stock=None)
    fields = read_fields(admin.get(page_of(product)))
    for value in ("oak", "ash"):
        fields = add_row(fields, "attributes", name="Material", value=value, position="0")
    assert "given twice" in find_errors(admin.post(page_of(product), fields))
    assert not Attribute.objects.exists()


def test_a_sku_of_another_product(admin):
    VariantFactory(sku="TAKEN")
    product = ProductFactory(stock=None)
    fields = read_fields(admin.get(page_of(product)))
    fields = add_row(fields, "variants", **new_variant(sku="TAKEN"))
    assert "already exists" in find_errors(admin.post(page_of(product), fields))


def test_deleting_a_variant_refreshes_the_list(admin):
    product = ProductFactory(sku="A", price_minor=500)
    VariantFactory(product=product, sku="B", price_minor=900)
    assert send_form(admin, page_of(product), **{"variants-0-DELETE": "on"}).status_code == 302
    product.refresh_from_db()
    assert product.lowest_price == 900
    assert product.default_variant.sku == "B"
    assert not StockLevel.objects.filter(variant__sku="A").exists()


def test_deleting_the_last_variant_takes_it_off_sale(admin):
    product = ProductFactory(sku="A")
    send_form(admin, page_of(product), **{"variants-0-DELETE": "on"})
    product.refresh_from_db()
    assert (product.lowest_price, product.default_variant) == (None, None)


def test_deleting_a_product_takes_its_levels_along(admin):
    product = ProductFactory(sku="A", stock=3)
    answer = admin.post(f"/admin/catalog/product/{product.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    assert not StockLevel.objects.exists()


def test_what_a_colleague_saved_is_not_overwritten_in_silence(admin, owner):
    product = ProductFactory(name="As it was")
    mine, theirs = (
        read_fields(admin.get(page_of(product))),
        read_fields(admin.get(page_of(product))),
    )
    assert admin.post(page_of(product), theirs | {"name": "Theirs"}).status_code == 302
    answer = admin.post(page_of(product), mine | {"name": "Mine"})
    assert f"{owner.username}" in find_errors(answer)
    assert "nothing of yours is saved" in find_errors(answer)
    assert Product.objects.get().name == "Theirs"
    # What was typed is still there, and sent again it is a decision.
    again = read_fields(answer)
    assert again["name"] == "Mine"
    assert admin.post(page_of(product), again).status_code == 302
    assert Product.objects.get().name == "Mine"


def test_a_form_that_does_not_say_what_it_saw_is_refused(admin):
    product = ProductFactory(name="As it was")
    answer = send_form(admin, page_of(product), seen=None, name="Mine")
    assert "nothing of yours is saved" in find_errors(answer)


def test_a_change_by_bulk_or_on_the_variants_page_counts_as_one(admin):
    product = ProductFactory(sku="A")
    mine = read_fields(admin.get(page_of(product)))
    variant = product.variants.get()
    address = f"/admin/catalog/variant/{variant.pk}/change/"
    assert send_form(admin, address, price_minor="7").status_code == 302
    assert "nothing of yours" in find_errors(admin.post(page_of(product), mine))
    product.refresh_from_db()
    assert product.lowest_price == 700


def test_a_sale_meanwhile_is_no_conflict_and_is_kept(admin):
    product = ProductFactory(sku="A", stock=5)
    mine = read_fields(admin.get(page_of(product)))
    take_stock(quantities={"A": 2}, reference="an order")
    assert admin.post(page_of(product), mine | {"name": "Mine"}).status_code == 302
    assert StockLevel.objects.get().on_hand == 3


def test_a_level_is_no_field_of_the_form(admin):
    product = ProductFactory(sku="A", stock=5)
    mine = read_fields(admin.get(page_of(product)))
    assert not [name for name in mine if "stock" in name or "on_hand" in name]
    admin.post(page_of(product), mine | {"variants-0-stock": "9", "variants-0-on_hand": "9"})
    assert StockLevel.objects.get().on_hand == 5


def picture(kind: str = "PNG", size: tuple[int, int] = (30, 20)) -> bytes:
    written = BytesIO()
    Pictures.new("RGB", size, "green").save(written, kind)
    return written.getvalue()


@pytest.mark.usefixtures("_media")
def test_a_picture_is_measured_and_becomes_the_cover(admin):
    product = ProductFactory()
    fields = read_fields(admin.get(page_of(product)))
    upload = SimpleUploadedFile("Größe <1>.HTML", picture())
    fields = add_row(fields, "images", file=upload, alt="A mug", position="1")
    assert admin.post(page_of(product), fields).status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height, image.alt) == (30, 20, "A mug")
    assert image.file.name.endswith(".png") and "<" not in image.file.name
    assert image.file.read() == picture()
    product.refresh_from_db()
    assert product.cover == image


@pytest.mark.usefixtures("_media")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        picture()[:60],
        picture("TIFF"),
        picture(size=(9_000, 9_000)),
    ],
    ids=["empty", "text", "svg", "cut", "tiff", "huge"],
)
def test_what_is_no_picture_is_refused(admin, content):
    product = ProductFactory()
    fields = read_fields(admin.get(page_of(product)))
    fields = add_row(
        fields, "images", file=SimpleUploadedFile("a.png", content), alt="", position="1"
    )
    answer = admin.post(page_of(product), fields)
    assert answer.status_code == 200
    assert "file" in find_errors(answer)
    assert not Image.objects.exists()


def test_a_row_without_a_picture_is_refused(admin):
    product = ProductFactory()
    fields = read_fields(admin.get(page_of(product)))
    fields = add_row(fields, "images", alt="Only words", position="1")
    assert "Choose a picture" in find_errors(admin.post(page_of(product), fields))


@pytest.mark.usefixtures("_media")
def test_deleting_the_cover_finds_the_next(admin):
    product = ProductFactory()
    ImageFactory(product=product, position=1)
    second = ImageFactory(product=product, position=2)
    send_form(admin, page_of(product), **{"images-0-DELETE": "on"})
    product.refresh_from_db()
    assert product.cover == second


def test_more_variants_than_a_page_are_all_reached(admin):
    product = ProductFactory(stock=None)
    for number in range(30):
        VariantFactory(product=product, sku=f"V-{number:02}", position=number + 1)
    second = f"{page_of(product)}?variants-page=2"
    fields = read_fields(admin.get(second))
    assert fields["variants-0-sku"] == "V-25"
    answer = admin.post(second, fields | {"variants-0-price_minor": "3.50"})
    assert answer.status_code == 302
    assert Variant.objects.get(sku="V-25").price_minor == 350
    assert product.variants.count() == 30


def test_search_and_filters(admin):
    kitchen = CategoryFactory(name="Kitchen")
    mugs = CategoryFactory(name="Mugs", parent=kitchen)
    ProductFactory(name="Mug", sku="M-1", category=mugs, stock=3, tags=["größe", "blue"])
    ProductFactory(name="Stool", sku="S-1", vendor="Werkraum", stock=0, category=None)
    ProductFactory(name="Table", sku="T-1", stock=50, status="draft", category=CategoryFactory())
    found = {
        "q=mug": ["Mug"],
        "q=s-1": ["Stool"],
        "q=werkraum": ["Stool"],
        "q=BLUE": ["Mug"],
        "q=größe": ["Mug"],
        "q=mug+blue": ["Mug"],
        "q=mug+stool": [],
        "stock=out": ["Stool"],
        "stock=low": ["Mug"],
        "stock=in": ["Mug", "Table"],
        "status__exact=draft": ["Table"],
        f"category={kitchen.pk}": ["Mug"],
        "category=none": ["Stool"],
    }
    for query, names in found.items():
        answer = admin.get(f"/admin/catalog/product/?{query}")
        assert sorted(p.name for p in answer.context["cl"].result_list) == names, query


@pytest.mark.django_db(transaction=True)
def test_one_sku_in_two_forms_at_once_is_an_error_for_one(client):
    """A plain look and then a write would fail for the second with an error page."""
    from django.test import Client

    TaxClassFactory()
    user = UserFactory(is_staff=True, is_superuser=True)
    products = [ProductFactory(stock=None) for _ in range(4)]
    forms = []
    for product in products:
        browser = Client(raise_request_exception=False)
        browser.force_login(user)
        fields = read_fields(browser.get(page_of(product)))
        forms.append((browser, add_row(fields, "variants", **new_variant())))

    def send(number: int) -> int:
        browser, fields = forms[number]
        return browser.post(page_of(products[number]), fields).status_code

    assert sorted(run_at_once(send, threads=4)) == [200, 200, 200, 302]
    assert Variant.objects.count() == StockLevel.objects.count() == 1
    assert connection.vendor == "postgresql"


@pytest.mark.django_db(transaction=True)
def test_two_who_save_one_product_at_once(client):
    from django.test import Client

    user = UserFactory(is_staff=True, is_superuser=True)
    product = ProductFactory(sku="A", name="As it was")
    forms = []
    for _ in range(4):
        browser = Client(raise_request_exception=False)
        browser.force_login(user)
        forms.append((browser, read_fields(browser.get(page_of(product)))))

    def send(number: int) -> int:
        browser, fields = forms[number]
        return browser.post(page_of(product), fields | {"name": f"By {number}"}).status_code

    assert sorted(run_at_once(send, threads=4)) == [200, 200, 200, 302]
