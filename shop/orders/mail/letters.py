"""What a mail says: text and HTML from the templates in `templates/mail/`."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from shop.money import Money
from shop.orders.links import make_link
from shop.orders.models import Fulfilment, OutboxMail

_Kind = OutboxMail.Kind
SUBJECTS = {
    _Kind.PLACED: "Your order {number}",
    _Kind.SHIPPED: "Your order {number} is on its way",
    _Kind.REFUNDED: "Refund for your order {number}",
    _Kind.CANCELLED: "Your order {number} was cancelled",
}


def write_letter(mail: OutboxMail) -> EmailMultiAlternatives:
    """The mail, ready to be sent. Its Message-ID is always the same, so that a reader's
    program knows a second copy."""
    context = _find_context(mail)
    message = EmailMultiAlternatives(
        subject=f"{SUBJECTS[_Kind(mail.kind)].format(number=mail.order.number)} – "
        f"{settings.SHOP_NAME}",
        body=render_to_string(f"mail/{mail.kind}.txt", context),
        to=[mail.to],
        headers={"Message-ID": _make_id(mail), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"mail/{mail.kind}.html", context), "text/html")
    return message


def _find_context(mail: OutboxMail) -> dict[str, Any]:
    order = mail.order
    context: dict[str, Any] = {
        "shop_name": settings.SHOP_NAME,
        "order": order,
        "lines": list(order.lines.all()),
        "link": make_link(order),
    }
    if "fulfilment" in mail.facts:
        parcel = Fulfilment.objects.get(pk=mail.facts["fulfilment"])
        context |= {"parcel": parcel, "parcel_lines": parcel.lines.select_related("line")}
    if "amount_minor" in mail.facts:
        context["amount"] = Money(mail.facts["amount_minor"], order.currency)
    return context


def _make_id(mail: OutboxMail) -> str:
    host = urlsplit(settings.SHOP_URL).hostname or "localhost"
    return f"<{sha256(mail.key.encode()).hexdigest()[:32]}@{host}>"
