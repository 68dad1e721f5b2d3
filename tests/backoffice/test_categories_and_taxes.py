"""The tree of categories never becomes a circle; tax rates are percentages of countries."""

from __future__ import annotations

import pytest
from django.test import Client

from shop.catalog.models import Category, Product, TaxClass
from shop.pricing.models import TaxRate
from tests.backoffice.pages import add_row, read_fields, send_form
from tests.factories import CategoryFactory, ProductFactory, TaxClassFactory, UserFactory
from tests.threads import run_at_once

LIST = "/admin/catalog/category/"


def page(category: Category) -> str:
    return f"{LIST}{category.pk}/change/"


def test_the_list_is_a_tree(admin):
    home, office = CategoryFactory(name="Home"), CategoryFactory(name="Office")
    desks = CategoryFactory(name="Desks", parent=office)
    kitchen = CategoryFactory(name="Kitchen", parent=home)
    ProductFactory(category=desks)
    rows = admin.get(LIST).context["cl"].result_list
    assert [c.name for c in rows] == [home.name, kitchen.name, office.name, desks.name]
    assert [c.tree_depth for c in rows] == [0, 1, 0, 1]
    assert [c.product_count for c in rows] == [0, 0, 0, 1]


def test_reordering_by_position(admin):
    first, second = CategoryFactory(name="First"), CategoryFactory(name="Second")
    fields = read_fields(admin.get(LIST)) | {"form-0-position": "90", "_save": "Save"}
    assert admin.post(LIST, fields).status_code == 302
    rows = admin.get(LIST).context["cl"].result_list
    assert [c.pk for c in rows] == [second.pk, first.pk]
    fields["form-0-position"] = "-1"
    assert admin.post(LIST, fields).context["cl"].formset.errors[0]


def test_a_circle_is_an_error(admin):
    above = CategoryFactory()
    below = CategoryFactory(parent=above)
    deep = CategoryFactory(parent=below)
    for parent in (above, below, deep):
        answer = send_form(admin, page(above), parent=str(parent.pk))
        assert answer.context["adminform"].form.errors, parent
    above.refresh_from_db()
    assert above.parent is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("slug", "taken"), ("slug", "a b"), ("parent", "99999"), ("position", "x")],
)
def test_a_bad_category_is_an_error(admin, field, value):
    CategoryFactory(slug="taken")
    answer = send_form(admin, page(CategoryFactory()), **{field: value})
    assert field in answer.context["adminform"].form.errors


def test_deleting_a_category_keeps_its_products(admin):
    category = CategoryFactory()
    ProductFactory(category=category)
    assert admin.post(f"{LIST}{category.pk}/delete/", {"post": "yes"}).status_code == 302
    assert Product.objects.get().category is None


@pytest.mark.django_db(transaction=True)
def test_two_who_put_each_into_the_other_at_once_make_no_circle():
    user = UserFactory(is_staff=True, is_superuser=True)
    for _ in range(5):
        pair = [CategoryFactory(), CategoryFactory()]
        forms = []
        for own, other in (pair, reversed(pair)):
            browser = Client(raise_request_exception=False)
            browser.force_login(user)
            fields = read_fields(browser.get(page(own))) | {"parent": str(other.pk)}
            forms.append((browser, page(own), fields))

        def send(number: int, forms: list = forms) -> int:
            browser, address, fields = forms[number]
            return browser.post(address, fields).status_code

        assert sorted(run_at_once(send, threads=2)) == [200, 302]
        assert Category.objects.filter(pk__in=[c.pk for c in pair], parent=None).count() == 1


def tax_page(tax_class: TaxClass) -> str:
    return f"/admin/catalog/taxclass/{tax_class.pk}/change/"


def test_a_rate_is_written_in_percent(admin):
    tax_class = TaxClassFactory()
    fields = read_fields(admin.get(tax_page(tax_class)))
    assert fields["rates-0-rate_basis_points"] == "19"
    fields = add_row(fields, "rates", country="at", rate_basis_points="5.5 %")
    assert admin.post(tax_page(tax_class), fields).status_code == 302
    assert TaxRate.objects.get(country="AT").rate_basis_points == 550


def test_a_new_class_with_its_rates(admin):
    address = "/admin/catalog/taxclass/add/"
    fields = read_fields(admin.get(address)) | {"code": "reduced", "name": "Reduced"}
    fields = add_row(fields, "rates", country="DE", rate_basis_points="7")
    assert admin.post(address, fields).status_code == 302
    assert TaxRate.objects.get().rate_basis_points == 700


@pytest.mark.parametrize(
    ("country", "rate"),
    [
        *[(country, "7") for country in ("DE", "X1", "XX", "", "A\x00")],
        *[("AT", rate) for rate in ("", "101", "-1", "1.234", "x", "NaN")],
    ],
)
def test_a_bad_rate_is_an_error(admin, country, rate):
    tax_class = TaxClassFactory()
    fields = read_fields(admin.get(tax_page(tax_class)))
    fields = add_row(fields, "rates", country=country, rate_basis_points=rate)
    answer = admin.post(tax_page(tax_class), fields)
    assert answer.status_code == 200
    assert any(answer.context["inline_admin_formsets"][0].formset.errors)
    assert TaxRate.objects.count() == 1


def test_a_class_in_use_is_not_deleted(admin):
    ProductFactory()
    tax_class = TaxClass.objects.get()
    admin.post(f"/admin/catalog/taxclass/{tax_class.pk}/delete/", {"post": "yes"})
    assert TaxClass.objects.exists()
