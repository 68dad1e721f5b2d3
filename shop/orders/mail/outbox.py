"""Writing mails into the outbox, and sending what is due.

A mail is a row of the transaction that it tells of, so that neither is there without the
other. It is sent after the commit, and by `send_mail_outbox` if that did not work out.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from shop.orders.mail.letters import write_letter
from shop.orders.models import Order, OutboxMail

logger = logging.getLogger("shop.mail")

CLAIM = timedelta(minutes=5)
"""How long a sender has for a mail before another one may take it."""
MAX_WAIT = timedelta(hours=6)


def post_mail(
    *, order: Order, kind: str, about: str, facts: Mapping[str, Any] | None = None
) -> None:
    """Put one mail into the outbox, in the caller's transaction; one about the same thing
    that is there already stays the only one."""
    key = f"{kind}:{about}"
    OutboxMail.objects.bulk_create(
        [OutboxMail(key=key, kind=kind, order=order, to=order.email, facts=dict(facts or {}))],
        ignore_conflicts=True,
    )
    if settings.MAIL_AT_ONCE:
        transaction.on_commit(partial(send_due, key=key), robust=True)


def send_due(*, key: str = "", limit: int = 100) -> int:
    """Send what is due (only the mail of `key`, if given); gives how many were sent.

    Any number of senders may run at once: each claims its mails first. One that fails is
    tried again, after 1, 2, 4 … minutes; one whose sender died, after `CLAIM`.
    """
    mails = _claim(key, limit)
    return sum(_send(mail) for mail in mails)


def _claim(key: str, limit: int) -> list[OutboxMail]:
    with transaction.atomic():
        due = OutboxMail.objects.due().order_by("created_at", "id")
        if key:
            due = due.filter(key=key)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        ids = [mail.pk for mail in due[:limit]]
        OutboxMail.objects.filter(pk__in=ids).update(
            not_before=timezone.now() + CLAIM, attempts=F("attempts") + 1
        )
    return list(OutboxMail.objects.filter(pk__in=ids).select_related("order"))


def _send(mail: OutboxMail) -> bool:
    row = OutboxMail.objects.filter(pk=mail.pk)
    try:
        write_letter(mail).send()
    except Exception as error:  # whatever is wrong with it, the other mails go out
        logger.warning("mail_failed", exc_info=error)
        wait = min(timedelta(minutes=2 ** min(mail.attempts - 1, 10)), MAX_WAIT)
        row.update(not_before=timezone.now() + wait, last_error=f"{error!r}"[:500])
        return False
    row.update(sent_at=timezone.now(), last_error="")
    return True
