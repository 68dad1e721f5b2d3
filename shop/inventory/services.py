"""Every change of stock. Lock order: levels by sku, ascending."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from shop.catalog.models import Variant
from shop.errors import InsufficientStock, UnknownSku
from shop.inventory.announce import announce_levels
from shop.inventory.models import Movement, StockLevel

if TYPE_CHECKING:
    from shop.accounts.models import User


def take_stock(
    *,
    quantities: Mapping[str, int],
    reference: str,
    reason: str = Movement.Reason.SALE,
    actor: "User | None" = None,
) -> None:
    """Take each sku's quantity off its level, all or none.

    One conditional UPDATE per sku, in sorted order, so that two takers never
    deadlock and none takes what is not there. Raises `InsufficientStock` for the
    first sku that is short (the caller's transaction is then to be rolled back; called
    by itself, it is).
    """
    with transaction.atomic():
        levels = _levels_by_sku(quantities)
        for sku in sorted(quantities):
            quantity = quantities[sku]
            taken = StockLevel.objects.filter(pk=levels[sku], on_hand__gte=quantity).update(
                on_hand=F("on_hand") - quantity, version=F("version") + 1, updated_at=timezone.now()
            )
            if not taken:
                left = StockLevel.objects.values_list("on_hand", flat=True).get(pk=levels[sku])
                raise InsufficientStock(sku, left)
        _record(levels, {sku: -n for sku, n in quantities.items()}, reason, reference, actor)
    announce_levels(quantities)


def give_stock(
    *, quantities: Mapping[str, int], reference: str, reason: str, actor: "User | None" = None
) -> None:
    """Put each sku's quantity onto its level: a receipt, a release, a return."""
    with transaction.atomic():
        levels = _levels_by_sku(quantities)
        for sku in sorted(quantities):
            StockLevel.objects.filter(pk=levels[sku]).update(
                on_hand=F("on_hand") + quantities[sku],
                version=F("version") + 1,
                updated_at=timezone.now(),
            )
        _record(levels, quantities, reason, reference, actor)
    announce_levels(quantities)


def set_stock(
    *,
    quantities: Mapping[str, int],
    reason: str = Movement.Reason.COUNT,
    reference: str = "",
    actor: "User | None" = None,
) -> None:
    """Bring each sku's level to an absolute number (a count, an import); the ledger
    gets the difference. Levels that do not change keep their version."""
    with transaction.atomic():
        levels = _levels_by_sku(quantities)
        deltas: dict[str, int] = {}
        for sku in sorted(quantities):
            level = StockLevel.objects.select_for_update().get(pk=levels[sku])
            delta = quantities[sku] - level.on_hand
            if delta:
                StockLevel.objects.filter(pk=level.pk).update(
                    on_hand=quantities[sku], version=F("version") + 1, updated_at=timezone.now()
                )
                deltas[sku] = delta
        _record(levels, deltas, reason, reference, actor)
    announce_levels(deltas)


def create_levels(variants: Iterable[Variant]) -> None:
    """Give every one of these variants a level (of 0) if it has none; safe to repeat."""
    StockLevel.objects.bulk_create(
        [StockLevel(variant=variant) for variant in variants], ignore_conflicts=True
    )


def find_drift() -> list[StockLevel]:
    """The levels that their ledger does not sum to: always none, or there is a defect."""
    return list(
        StockLevel.objects.annotate(ledger=Sum("movements__delta", default=0))
        .exclude(ledger=F("on_hand"))
        .select_related("variant")
    )


def _levels_by_sku(skus: Iterable[str]) -> dict[str, int]:
    """The level of each sku. Raises `UnknownSku` for one that has none."""
    wanted = set(skus)
    found = dict(
        StockLevel.objects.filter(variant__sku__in=wanted).values_list("variant__sku", "pk")
    )
    for sku in sorted(wanted - found.keys()):
        raise UnknownSku(sku)
    return found


def _record(
    levels: Mapping[str, int],
    deltas: Mapping[str, int],
    reason: str,
    reference: str,
    actor: "User | None",
) -> None:
    Movement.objects.bulk_create(
        Movement(level_id=levels[sku], delta=delta, reason=reason, reference=reference, actor=actor)
        for sku, delta in sorted(deltas.items())
        if delta
    )
