"""Receipts and counts. Lock order: stock levels by sku, ascending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from shop.backoffice.models import SpentForm
from shop.errors import ShopError, UnknownSku
from shop.inventory.models import Movement, StockLevel
from shop.inventory.services import give_stock, set_stock

if TYPE_CHECKING:
    from shop.accounts.models import User

LARGEST_LEVEL = 2**31 - 1
_REMEMBERED = timedelta(days=30)


class FormAlreadyApplied(ShopError):
    """The same form was sent a second time."""

    code = "form_already_applied"

    def __init__(self) -> None:
        super().__init__("This form has been applied already; it was not applied a second time.")


class LevelTooLarge(ShopError):
    code = "level_too_large"

    def __init__(self, sku: str) -> None:
        super().__init__(f"The level of “{sku}” would be more than {LARGEST_LEVEL:,}.")


class StockMoved(ShopError):
    """A level has changed since it was shown to who counted."""

    code = "stock_moved"

    def __init__(self, sku: str, on_hand: int) -> None:
        super().__init__(
            f"“{sku}” has been sold or received meanwhile: it is now {on_hand}. Nothing was "
            "written; check the count and send it again.",
            sku=sku,
            on_hand=on_hand,
        )


class Count(NamedTuple):
    """How many were counted, and the version of the level that was shown then."""

    quantity: int
    version: int


def receive_stock(
    *, quantities: Mapping[str, int], reference: str, actor: User, form_key: UUID
) -> None:
    """Put delivered goods onto their levels, once a form. Raises `FormAlreadyApplied`,
    `UnknownSku`, `LevelTooLarge`; then nothing is written."""
    with transaction.atomic():
        _spend(form_key)
        for sku, level in _lock_levels(quantities).items():
            if level.on_hand + quantities[sku] > LARGEST_LEVEL:
                raise LevelTooLarge(sku)
        give_stock(
            quantities=quantities,
            reason=Movement.Reason.RECEIPT,
            reference=reference,
            actor=actor,
        )


def count_stock(*, counts: Mapping[str, Count], reference: str, actor: User) -> None:
    """Bring levels to what was counted. Raises `StockMoved` where a level is not the one
    that was shown when it was counted, and `UnknownSku`; then nothing is written."""
    with transaction.atomic():
        for sku, level in _lock_levels(counts).items():
            if level.version != counts[sku].version:
                raise StockMoved(sku, level.on_hand)
        set_stock(
            quantities={sku: count.quantity for sku, count in counts.items()},
            reason=Movement.Reason.COUNT,
            reference=reference,
            actor=actor,
        )


def _lock_levels(skus: Iterable[str]) -> dict[str, StockLevel]:
    levels = {}
    # One by one: the database's own order of texts may be another than everybody else's.
    for sku in sorted(skus):
        level = StockLevel.objects.select_for_update().filter(variant__sku=sku).first()
        if level is None:
            raise UnknownSku(sku)
        levels[sku] = level
    return levels


def _spend(key: UUID) -> None:
    SpentForm.objects.filter(spent_at__lt=timezone.now() - _REMEMBERED).delete()
    try:
        with transaction.atomic():
            SpentForm.objects.create(key=key)
    except IntegrityError:
        raise FormAlreadyApplied from None
