"""What staff do to many products at once. Products are locked by id, ascending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone

from shop.catalog.models import Category, Product, Variant
from shop.errors import ShopError
from shop.money import round_half_up

if TYPE_CHECKING:
    from django.db.models import QuerySet


class PricesMoved(ShopError):
    """A price is not what it was when the change was previewed."""

    code = "prices_moved"

    def __init__(self) -> None:
        super().__init__(
            "Prices have changed since this preview was made, so nothing was changed. Look at "
            "the new preview, and apply that."
        )


class PriceTooLarge(ShopError):
    code = "price_too_large"

    def __init__(self, sku: str) -> None:
        super().__init__(f"The new price of “{sku}” would be too large. Nothing was changed.")


class PriceChange(NamedTuple):
    variant: Variant
    price_minor: int
    """The new price, in minor units."""


def set_status(*, products: QuerySet[Product], status: str) -> list[Product]:
    """Those whose status was another one, now with this one."""
    with transaction.atomic():
        changed = [product for product in _lock_products(products) if product.status != status]
        _touch(changed, status=status)
    return changed


def move_products(*, products: QuerySet[Product], category: Category | None) -> list[Product]:
    """Those that stood in another category, now in this one; None is no category."""
    target = category.pk if category else None
    with transaction.atomic():
        changed = [p for p in _lock_products(products) if p.category_id != target]
        _touch(changed, category=category)
    return changed


def preview_prices(*, products: Iterable[Product], percent: Decimal) -> list[PriceChange]:
    """The new price of each variant, rounded half up to the minor unit."""
    factor = 1 + percent / 100
    variants = Variant.objects.filter(product__in=[product.pk for product in products])
    return [
        PriceChange(variant, round_half_up(variant.price_minor * factor))
        for variant in variants.select_related("product").order_by("product_id", "position", "pk")
    ]


def change_prices(
    *,
    products: QuerySet[Product],
    percent: Decimal,
    seen: Mapping[int, int],
    keeps_former: bool,
    largest_minor: int,
) -> list[Product]:
    """Change the price of every variant by a percentage; `keeps_former` makes today's price
    the compare-at price. `seen` has the prices of the preview by variant: raises
    `PricesMoved` where they are others now (so a second click does nothing), and
    `PriceTooLarge`. Gives the products.
    """
    with transaction.atomic():
        locked = _lock_products(products)
        changes = preview_prices(products=locked, percent=percent)
        if {variant.pk: variant.price_minor for variant, _ in changes} != dict(seen):
            raise PricesMoved
        for variant, price in changes:
            if price > largest_minor:
                raise PriceTooLarge(variant.sku)
            if keeps_former:
                variant.compare_at_minor = variant.price_minor
            variant.price_minor = price
        Variant.objects.bulk_update(
            [variant for variant, _ in changes],
            ["price_minor", "compare_at_minor"],
            batch_size=500,
        )
        _touch(locked)
        Product.objects.filter(pk__in=[product.pk for product in locked]).refresh_listing()
    return locked


def _lock_products(products: QuerySet[Product]) -> list[Product]:
    chosen = products.order_by().values("pk")
    return list(Product.objects.select_for_update().filter(pk__in=chosen).order_by("pk"))


def _touch(products: Iterable[Product], **changes: object) -> None:
    """Who has one of these open in a form is told that it has changed."""
    chosen = [product.pk for product in products]
    Product.objects.filter(pk__in=chosen).update(updated_at=timezone.now(), **changes)
