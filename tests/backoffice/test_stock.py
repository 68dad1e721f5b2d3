"""Receipts and counts: through the ledger, with who did it, once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse

from shop.backoffice.stock_services import (
    Count,
    FormAlreadyApplied,
    StockMoved,
    count_stock,
    receive_stock,
)
from shop.inventory.models import Movement, StockLevel
from shop.inventory.services import find_drift, take_stock
from tests.backoffice.pages import read_fields, send_form
from tests.factories import UserFactory, VariantFactory
from tests.threads import run_at_once

LIST = "/admin/inventory/stocklevel/"


def page(name: str, *levels: StockLevel) -> str:
    query = "&".join(f"level={level.pk}" for level in levels)
    return f"{LIST}{name}/?{query}"


def on_hand(sku: str = "A") -> int:
    return StockLevel.objects.get(variant__sku=sku).on_hand


@pytest.fixture
def level(db: None) -> StockLevel:
    VariantFactory(sku="A", stock=5)
    return StockLevel.objects.get(variant__sku="A")


@pytest.mark.parametrize("action", ["receive", "count"])
def test_an_action_leads_to_its_page(admin, level, action):
    other = VariantFactory(sku="B").stock
    answer = admin.post(LIST, {"action": action, "_selected_action": [level.pk, other.pk]})
    assert answer.status_code == 302
    assert answer.url == page(action, level, other)
    assert admin.get(answer.url).status_code == 200


def test_an_action_on_too_many_is_refused(admin):
    for _ in range(101):
        VariantFactory(stock=0)
    levels = list(StockLevel.objects.values_list("pk", flat=True))
    data = {"action": "count", "_selected_action": levels, "select_across": "1"}
    answer = admin.post(LIST, data, follow=True)
    assert "at most 100" in answer.content.decode()


def test_receive(admin, owner, level):
    fields = {f"quantity_{level.pk}": "7", "reference": "DN 12"}
    assert send_form(admin, page("receive", level), **fields).status_code == 302
    movement = Movement.objects.latest("pk")
    assert on_hand() == 12
    assert (movement.delta, movement.reason, movement.reference) == (7, "receipt", "DN 12")
    assert movement.actor == owner
    assert find_drift() == []


def test_count(admin, owner, level):
    fields = {f"quantity_{level.pk}": "3"}
    assert send_form(admin, page("count", level), **fields).status_code == 302
    movement = Movement.objects.latest("pk")
    assert (on_hand(), movement.delta, movement.reason) == (3, -2, "count")
    assert movement.actor == owner


def test_what_is_left_empty_is_left_alone(admin, level):
    other = VariantFactory(sku="B", stock=5).stock
    send_form(admin, page("count", level, other), **{f"quantity_{other.pk}": "0"})
    assert (on_hand("A"), on_hand("B")) == (5, 0)


def test_a_second_click_receives_nothing(admin, level):
    address = page("receive", level)
    fields = read_fields(admin.get(address)) | {f"quantity_{level.pk}": "7"}
    assert admin.post(address, fields).status_code == 302
    again = admin.post(address, fields)
    assert "applied already" in again.content.decode()
    assert on_hand() == 12


def test_a_count_of_a_level_that_moved_is_refused_and_kept(admin, level):
    address = page("count", level)
    fields = read_fields(admin.get(address)) | {f"quantity_{level.pk}": "4"}
    take_stock(quantities={"A": 2}, reference="an order")
    answer = admin.post(address, fields)
    assert "sold or received meanwhile" in answer.content.decode()
    assert on_hand() == 3
    again = read_fields(answer)
    assert again[f"quantity_{level.pk}"] == "4"
    assert admin.post(address, again).status_code == 302
    assert on_hand() == 4


@pytest.mark.parametrize("name", ["receive", "count"])
@pytest.mark.parametrize("value", ["", "-1", "x", "1.5", "99999999999", "\x00"])
def test_a_bad_number_is_an_error(admin, level, name, value):
    answer = send_form(admin, page(name, level), **{f"quantity_{level.pk}": value})
    assert answer.context["form"].errors
    assert on_hand() == 5


@pytest.mark.parametrize("changes", [{"key": "x"}, {"key": None}, {"reference": "x" * 101}])
def test_a_bad_form_is_an_error(admin, level, changes):
    fields = {f"quantity_{level.pk}": "1"} | changes
    answer = send_form(admin, page("receive", level), **fields)
    assert answer.context["form"].errors
    assert on_hand() == 5


def test_a_level_past_what_the_database_can_hold(admin, level):
    StockLevel.objects.update(on_hand=2**31 - 2)
    answer = send_form(admin, page("receive", level), **{f"quantity_{level.pk}": "10"})
    assert "would be more than" in answer.content.decode()


@pytest.mark.parametrize("query", ["", "level=x", "level=9999999", f"level={'9' * 40}"])
def test_a_page_for_no_level(admin, query):
    assert admin.get(f"{LIST}receive/?{query}").url == LIST


def test_a_delivery_as_a_list(admin, owner, level):
    VariantFactory(sku="B, large 2", stock=0)
    text = "A\t3\n\nB, large 2; 10\n"
    answer = send_form(admin, f"{LIST}delivery/", lines=text, reference="DN 7")
    assert answer.status_code == 302
    assert (on_hand("A"), on_hand("B, large 2")) == (8, 10)
    assert Movement.objects.filter(reference="DN 7", actor=owner).count() == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "required"),
        ("A", "Line 1"),
        ("A 3\nA 4", "twice"),
        ("A3", "Line 1"),
        ("A -3", "Line 1"),
        ("A 0", "Line 1"),
        ("A 1000001", "Line 1"),
        ("A 1.5", "Line 1"),
        ("NONE 3", "no variant"),
        ("7", "Line 1"),
        ("\x00 3", "Null"),
        ("A 1\n" * 1_001, "At most"),
    ],
)
def test_a_bad_list_is_an_error_by_line(admin, level, text, complaint):
    answer = send_form(admin, f"{LIST}delivery/", lines=text)
    assert complaint in str(answer.context["form"].errors["lines"])
    assert on_hand() == 5


def test_drift_is_shown(admin, level):
    address = reverse("admin:inventory_stocklevel_drift")
    assert "are the sum of their ledgers" in admin.get(address).content.decode()
    StockLevel.objects.update(on_hand=9)
    answer = admin.get(address)
    assert answer.context["rows"] == [["A", 9, 5, 4]]


def test_the_ledger_is_read_only_for_the_owner_too(admin, level):
    movement = Movement.objects.get()
    base = "/admin/inventory/movement/"
    assert admin.get(f"{base}add/").status_code == 403
    assert admin.post(f"{base}{movement.pk}/change/", {"delta": "9"}).status_code == 403
    assert admin.post(f"{base}{movement.pk}/delete/", {"post": "yes"}).status_code == 403
    admin.post(base, {"action": "delete_selected", "_selected_action": [movement.pk], "post": "y"})
    assert Movement.objects.get().delta == 5
    assert admin.post(f"{LIST}{level.pk}/delete/", {"post": "yes"}).status_code == 403


def test_filters(admin):
    for sku, stock in (("OUT", 0), ("LOW", 3), ("MUCH", 30)):
        VariantFactory(sku=sku, stock=stock)
    for state, skus in (("out", ["OUT"]), ("low", ["LOW"]), ("in", ["LOW", "MUCH"])):
        found = admin.get(f"{LIST}?stock={state}").context["cl"].result_list
        assert [x.variant.sku for x in found] == skus


@pytest.mark.parametrize(
    ("group", "may_look", "may_change"),
    [("Shop staff", True, True), ("Catalogue editor", True, True), ("", False, False)],
)
def test_who_may(log_in_as, level, group, may_look, may_change):
    staff = log_in_as(group)
    for name, allowed in (
        ("receive", may_change),
        ("count", may_change),
        ("delivery", may_change),
        ("drift", may_look),
    ):
        assert staff.get(page(name, level)).status_code == (200 if allowed else 403), name
        if not allowed:
            assert staff.post(page(name, level), {}).status_code == 403


def test_who_may_only_look_does_not_receive(db, client, level):
    from django.contrib.auth.models import Permission

    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_stocklevel"))
    client.force_login(user)
    assert client.get(LIST).status_code == 200
    assert client.get(page("receive", level)).status_code == 403
    client.post(LIST, {"action": "receive", "_selected_action": [level.pk]})
    assert "Receive goods" not in client.get(f"{LIST}{level.pk}/change/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_eight_clicks_at_once_one_receives():
    VariantFactory(sku="A", stock=0)
    actor, key = UserFactory(), uuid.uuid4()

    def click(_: int) -> Any:
        return receive_stock(quantities={"A": 10}, reference="", actor=actor, form_key=key)

    results = run_at_once(click)
    assert sum(isinstance(result, FormAlreadyApplied) for result in results) == 7
    assert on_hand() == 10


@pytest.mark.django_db(transaction=True)
def test_of_eight_counts_at_once_one_is_written():
    VariantFactory(sku="A", stock=5)
    level, actor = StockLevel.objects.get(), UserFactory()

    def click(number: int) -> Any:
        counts = {"A": Count(10 + number, level.version)}
        return count_stock(counts=counts, reference="", actor=actor)

    results = run_at_once(click)
    assert sum(isinstance(result, StockMoved) for result in results) == 7
    assert find_drift() == []


@pytest.mark.django_db(transaction=True)
def test_receipts_counts_and_sales_at_once_do_not_deadlock():
    skus = ["b", "A", "a", "B", "_"]
    for sku in skus:
        VariantFactory(sku=sku, stock=1_000)
    actor = UserFactory()

    def work(number: int) -> Any:
        for _ in range(5):
            if number % 2:
                receive_stock(
                    quantities=dict.fromkeys(skus, 1),
                    reference="",
                    actor=actor,
                    form_key=uuid.uuid4(),
                )
            else:
                take_stock(quantities=dict.fromkeys(reversed(skus), 1), reference="")
        return "done"

    assert run_at_once(work) == ["done"] * 8
    assert {on_hand(sku) for sku in skus} == {1_000}
    assert find_drift() == []
