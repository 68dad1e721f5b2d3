"""Looking a request's `Idempotency-Key` up."""

from __future__ import annotations

import re

from django.db.models import Q
from django.utils import timezone

from shop.errors import IdempotencyKeyRequired, IdempotencyMismatch
from shop.orders.details import OrderDetails
from shop.orders.models import IdempotencyKey, Order
from shop.orders.models.key import KEPT

_KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?")


def require_key(key: str | None) -> str:
    """The key without blanks around it. Raises `IdempotencyKeyRequired` unless it has 1 to
    255 printable ASCII characters."""
    key = (key or "").strip()
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyRequired
    return key


def find_keyed(*, owner: str, key: str, details: OrderDetails) -> Order | None:
    """The order that this owner's key made in the last 24 hours, if it made one.

    Raises `IdempotencyMismatch` if it was with other details. An older key is forgotten.
    """
    known = (
        IdempotencyKey.objects.filter(owner=owner, key=key).select_related("order").first()
        if owner
        else None
    )
    if known is None:
        return None
    if known.created_at <= timezone.now() - KEPT:
        IdempotencyKey.objects.expired().filter(pk=known.pk).delete()
        return None
    if known.fingerprint != details.fingerprint:
        raise IdempotencyMismatch
    order: Order = known.order
    return order


def find_standing(*, nonce: str) -> Order | None:
    """The order, or the attempt at one, that the cart of this nonce has become."""
    if not nonce:
        return None
    found: Order | None = Order.objects.exclude(state="abandoned").filter(cart_nonce=nonce).first()
    return found


def find_last_placed(*, owner: str) -> Order | None:
    """The last order of this cart's owner, if it is not older than a key is kept."""
    recent = Q(cart_owner=owner, placed_at__gt=timezone.now() - KEPT)
    return Order.objects.placed().filter(recent).order_by("-placed_at").first() if owner else None
