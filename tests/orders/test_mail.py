"""The outbox: a mail is there with what it tells of, and goes out at least once."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from shop.money import Money
from shop.orders.links import find_order, make_link, make_token
from shop.orders.mail.outbox import post_mail, send_due
from shop.orders.models import OutboxMail
from shop.payments.services import cancel_order, fulfil_order, refund_order
from tests.factories import ProductFactory
from tests.orders.shopper import Shopper
from tests.threads import run_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    ProductFactory(name="Tea <strong>", sku="A", price_minor=1_290, stock=5)
    return Shopper().fill(A=2).order().order


def test_a_mail_is_written_with_the_order_and_sent_by_the_command(order):
    assert mail.outbox == []
    assert OutboxMail.objects.get().sent_at is None
    call_command("send_mail_outbox")
    (message,) = mail.outbox
    assert message.to == ["ada@example.com"]
    assert order.number in message.subject
    html = message.alternatives[0].content
    for text in (message.body, html):
        assert "€25.80" in text and "€4.12" in text
        assert "Ada Lovelace" in text and "Berlin" in text
        assert make_link(order) in text
    assert "Tea <strong>" in message.body
    assert "Tea &lt;strong&gt;" in html
    call_command("send_mail_outbox")
    assert len(mail.outbox) == 1


def test_a_mail_goes_out_after_the_commit_if_the_setting_says_so(
    django_capture_on_commit_callbacks, settings
):
    ProductFactory(sku="A", stock=5)
    with django_capture_on_commit_callbacks(execute=True):
        Shopper().fill(A=1).order()
    assert len(mail.outbox) == 1
    settings.MAIL_AT_ONCE = False
    with django_capture_on_commit_callbacks(execute=True):
        Shopper().fill(A=1).order()
    assert len(mail.outbox) == 1


def test_what_is_shipped_refunded_and_cancelled_is_told(order):
    fulfil_order(
        order=order,
        quantities={"A": 1},
        carrier="Post",
        tracking_number="T-42",
        tracking_url="https://post.example/T-42",
    )
    refund_order(order=order, amount=Money(290, "EUR"))
    other = Shopper().fill(A=1).order().order
    cancel_order(order=other)
    while send_due():
        pass
    texts = {message.subject: message.body for message in mail.outbox}
    shipped = next(text for subject, text in texts.items() if "on its way" in subject)
    assert "1 × Tea" in shipped and "T-42" in shipped
    refunded = next(text for subject, text in texts.items() if "Refund" in subject)
    assert "€2.90" in refunded
    assert any("cancelled" in subject for subject in texts)


def test_the_same_thing_is_told_once(order):
    for _ in range(2):
        post_mail(order=order, kind="placed", about=order.number)
    assert OutboxMail.objects.count() == 1


def test_a_mail_that_fails_waits_and_is_tried_again(order, monkeypatch):
    def fail(*args):
        raise OSError("no route")

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    assert send_due() == 0
    row = OutboxMail.objects.get()
    assert row.attempts == 1
    assert "no route" in row.last_error
    assert send_due() == 0
    assert OutboxMail.objects.get().attempts == 1
    monkeypatch.undo()
    OutboxMail.objects.update(not_before=timezone.now())
    assert send_due() == 1
    assert OutboxMail.objects.get().last_error == ""


def test_a_mail_whose_sender_died_is_sent_again_under_the_same_id(order, monkeypatch):
    sent = []

    class Killed(BaseException):
        pass

    def die(backend, messages):
        sent.extend(messages)
        raise Killed

    monkeypatch.setattr(EmailBackend, "send_messages", die)
    with pytest.raises(Killed):
        send_due()
    monkeypatch.undo()
    assert send_due() == 0  # it may still be at it
    OutboxMail.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    assert send_due() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == sent[0].extra_headers["Message-ID"]


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_each_mail_once(settings):
    settings.MAIL_AT_ONCE = False
    ProductFactory(sku="A", stock=20)
    for _ in range(12):
        Shopper().fill(A=1).order()
    assert sum(run_at_once(lambda n: send_due(limit=3), threads=8)) == 12
    assert len(mail.outbox) == 12


def test_a_developer_finds_the_mail_in_a_folder(order, settings, tmp_path, caplog):
    settings.EMAIL_BACKEND = "shop.orders.mail.backend.FolderEmailBackend"
    settings.MAIL_DIR = tmp_path / "mail"
    with caplog.at_level("INFO", logger="shop.mail"):
        assert send_due() == 1
    (path,) = settings.MAIL_DIR.iterdir()
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["To"] == "ada@example.com"
    assert str(path) in caplog.text


def test_a_link_opens_its_own_order_and_no_other(order):
    token = make_token(order)
    assert find_order(order.number, token) == order
    other = Shopper().fill(A=1).order().order
    for number, wrong in (
        (other.number, token),
        (order.number, make_token(other)),
        (order.number, ""),
        (order.number, token[:-1]),
        ("", token),
        ("\x00", "ü"),
    ):
        assert find_order(number, wrong) is None


def test_a_link_survives_a_change_of_the_secret_key(order, settings):
    token = make_token(order)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-key-of-the-shop-that-is-long-enough-0123456789"
    assert find_order(order.number, token) == order


def test_a_link_finds_an_attempt_only_where_it_is_asked_for():
    ProductFactory(sku="A", stock=5)
    attempt = Shopper().fill(A=1).order(payment_token="demo-confirm").order
    token = make_token(attempt)
    assert find_order(attempt.number, token) is None
    assert find_order(attempt.number, token, with_attempts=True) == attempt
