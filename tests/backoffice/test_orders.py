"""Orders in the back office: the list, the page, and the files."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shop.accounts.addresses import PostalAddress
from shop.errors import PaymentDeclined
from shop.orders.models import Order
from shop.payments.services import cancel_order, capture_payment, fulfil_order, refund_order
from tests.backoffice.test_pages import count_queries
from tests.factories import UserFactory, VariantFactory
from tests.orders.shopper import Shopper

LIST = "/admin/orders/order/"


@pytest.fixture(autouse=True)
def _goods(db: None) -> None:
    VariantFactory(sku="A", price_minor=1_000, stock=100)
    VariantFactory(sku="B", price_minor=500, stock=100)


def place(user: Any = None, **changes: Any) -> Order:
    return Shopper(user=user).fill(A=2, B=1).order(**changes).order


def place_attempt() -> Order:
    with pytest.raises(PaymentDeclined):
        place(payment_token="demo-declined")
    return Order.objects.get(state="abandoned")


def list_numbers(client: Client, query: str = "") -> set[str]:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200, query
    return {order.number for order in answer.context["cl"].result_list}


def find_page(order: Order) -> str:
    return f"{LIST}{order.pk}/change/"


def read_csv(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_only_what_was_placed_is_listed_unless_attempts_are_asked_for(admin):
    order, attempt = place(), place_attempt()
    assert list_numbers(admin) == {order.number}
    assert list_numbers(admin, "state=attempts") == {attempt.number}
    assert list_numbers(admin, "state=all") == {order.number, attempt.number}
    assert list_numbers(admin, "state=abandoned") == {attempt.number}


def test_the_list_is_narrowed_by_state_payment_and_date(admin):
    new, taken, sent, off, back = (place() for _ in range(5))
    capture_payment(order=taken)
    fulfil_order(order=sent)
    cancel_order(order=off)
    capture_payment(order=back)
    refund_order(order=back)
    assert list_numbers(admin, "state=waiting") == {new.number, taken.number}
    assert list_numbers(admin, "state=fulfilled") == {sent.number}
    assert list_numbers(admin, "state=cancelled") == {off.number}
    assert list_numbers(admin, "payment=open") == {new.number}
    assert list_numbers(admin, "payment=captured") == {taken.number, sent.number}
    assert list_numbers(admin, "payment=refunded") == {back.number}
    assert list_numbers(admin, "payment=none") == {off.number}
    assert list_numbers(admin, "payment=unfinished") == set()
    Order.objects.filter(pk=new.pk).update(placed_at=timezone.now() - timedelta(days=400))
    year = (timezone.now() - timedelta(days=400)).year
    assert list_numbers(admin, f"placed_at__year={year}") == {new.number}


def test_a_search_finds_by_number_email_name_and_sku(admin):
    ada = place()
    address = PostalAddress("Grace Hopper", "2 Compiler Lane", "20095", "Hamburg", "DE")
    VariantFactory(sku="ONLY-HERE", price_minor=700, stock=5)
    grace = (
        Shopper()
        .fill(**{"ONLY-HERE": 1})
        .order(email="grace@navy.example", shipping_address=address)
        .order
    )
    for text in (grace.number, grace.number[:6].lower(), "navy.example", "hopper", "only-here"):
        assert list_numbers(admin, f"q={text}") == {grace.number}, text
    assert list_numbers(admin, "q=lovelace") == {ada.number}
    assert list_numbers(admin, "q=Grace+navy") == {grace.number}
    assert list_numbers(admin, "q=Grace+lovelace") == set()


def test_the_list_costs_the_same_whatever_the_rows(admin):
    place(UserFactory())
    admin.get(LIST)
    few = count_queries(admin, LIST)
    for _ in range(5):
        capture_payment(order=place(UserFactory()))
    assert count_queries(admin, LIST) == few
    assert few <= 12


def test_the_page_shows_what_there_is_to_know(admin, owner):
    ada = UserFactory(username="ada")
    order = place(ada)
    fulfil_order(
        order=order,
        quantities={"A": 1},
        carrier="Post",
        tracking_number="T-42",
        tracking_url="https://post.example/T-42",
        actor=owner,
    )
    refund_order(
        order=order,
        amount=order.total - order.subtotal + order.lines.get(sku="B").unit_price,
        reason="a scratch",
        actor=owner,
    )
    page = admin.get(find_page(order)).content.decode()
    assert order.number in page and order.email in page
    for text in ("€25.00", "1 Analytical Row", "T-42", "https://post.example/T-42"):
        assert text in page, text
    assert "a scratch" in page and "shipped" in page and "owner" in page
    assert f"/admin/accounts/user/{ada.pk}/change/" in page
    links = [part.split('"')[0] for part in page.split('href="') if "/invoice/" in part[:80]]
    assert Client().get(links[0].replace("&amp;", "&")).status_code == 200


def test_the_page_costs_the_same_whatever_the_lines(admin):
    few, many = place(), place()
    for order, pieces in ((few, 1), (many, 1)):
        fulfil_order(order=order, quantities={"B": pieces})
    for _ in range(2):
        fulfil_order(order=many, quantities={"A": 1})
        refund_order(order=many, amount=many.lines.first().unit_price)
    refund_order(order=few, amount=few.lines.first().unit_price)
    admin.get(find_page(few))
    expected = count_queries(admin, find_page(few))
    assert count_queries(admin, find_page(many)) == expected
    assert expected <= 16


def test_an_attempt_has_a_page_without_an_invoice_or_a_button(admin):
    answer = admin.get(find_page(place_attempt()))
    assert answer.context["steps"] == []
    assert "invoice" not in answer.content.decode()


def test_nobody_writes_to_an_order_by_its_page(admin):
    order = place()
    assert admin.post(find_page(order), {"state": "fulfilled"}).status_code == 405
    assert admin.get(f"{LIST}add/").status_code == 403
    assert admin.post(f"{LIST}{order.pk}/delete/", {"post": "yes"}).status_code == 403
    for pk in ("0", "abc", "9" * 30):
        assert admin.get(f"{LIST}{pk}/change/").status_code in (302, 404), pk
        assert admin.get(f"{LIST}{pk}/capture/").status_code in (302, 404), pk


def test_what_is_exported_is_what_was_chosen(admin):
    orders = [place() for _ in range(3)]
    chosen = {"_selected_action": [orders[0].pk, orders[2].pk], "index": "0"}
    rows = read_csv(admin.post(LIST, {"action": "export_orders", **chosen}))
    assert [row["number"] for row in rows] == [orders[2].number, orders[0].number]
    assert rows[0]["total"] == orders[2].total.amount == "25.00"
    assert (rows[0]["payment_state"], rows[0]["captured"]) == ("authorised", "0.00")
    lines = read_csv(admin.post(LIST, {"action": "export_lines", **chosen}))
    assert [(row["order"], row["sku"], row["quantity"], row["line_total"]) for row in lines] == [
        (orders[2].number, "A", "2", "20.00"),
        (orders[2].number, "B", "1", "5.00"),
        (orders[0].number, "A", "2", "20.00"),
        (orders[0].number, "B", "1", "5.00"),
    ]


def test_what_is_exported_is_what_the_list_shows(admin):
    order, off = place(), place()
    place_attempt()
    cancel_order(order=off)
    for query, expected in (
        ("", {order.number, off.number}),
        ("state=cancelled", {off.number}),
        (f"q={order.number}", {order.number}),
    ):
        rows = read_csv(admin.get(f"{LIST}export/orders/?{query}"))
        assert {row["number"] for row in rows} == expected
        rows = read_csv(admin.get(f"{LIST}export/lines/?{query}"))
        assert {row["order"] for row in rows} == expected
    assert admin.get(f"{LIST}export/everything/").status_code == 404
    assert admin.get(f"{LIST}export/orders/?nothing__like=1").status_code == 302


def test_no_cell_is_a_formula(admin):
    evil = PostalAddress('=HYPERLINK("http://x")', "+1", "-10115", "@SUM(A1)", "DE")
    place(shipping_address=evil, email="=cmd@example.com")
    [row] = read_csv(admin.get(f"{LIST}export/orders/"))
    cells = [row[name] for name in ("name", "line1", "postcode", "city", "email")]
    assert cells == ['\'=HYPERLINK("http://x")', "'+1", "'-10115", "'@SUM(A1)", "'=cmd@example.com"]
    assert row["subtotal"] == "25.00"


def test_an_export_of_many_costs_as_few_queries_as_of_one(admin):
    place(UserFactory())

    def export() -> int:
        with CaptureQueriesContext(connection) as queries:
            read_csv(admin.get(f"{LIST}export/orders/"))
            read_csv(admin.get(f"{LIST}export/lines/"))
        return len(queries)

    few = export()
    for _ in range(4):
        place(UserFactory())
    assert export() == few
