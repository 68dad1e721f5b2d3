"""The catalogue's reusable reads, and the one write that keeps its lists true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Min, OuterRef, Q, Subquery

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shop.catalog.models import Category


def _all(model: str) -> models.QuerySet[Any]:
    # `models` imports this module, so its classes are looked up when a query is made.
    found: models.QuerySet[Any] = apps.get_model("catalog", model)._default_manager.all()
    return found


class ProductQuerySet(models.QuerySet[Any]):
    def on_sale(self) -> Self:
        """Active, with at least one variant on sale."""
        return self.filter(status="active", default_variant__isnull=False)

    def for_listing(self) -> Self:
        """With all that a product card shows, in one query."""
        return self.select_related("cover", "default_variant__stock", "category")

    def in_category(self, category: Category) -> Self:
        """Those of the category and of every category below it."""
        return self.filter(category__in=category.descendants(include_self=True))

    def in_stock(self) -> Self:
        return self.filter(self._has_stock())

    def with_in_stock(self) -> Self:
        """Annotates `in_stock`: can any variant on sale be had now?"""
        return self.annotate(in_stock=self._has_stock())

    def matching(self, text: str) -> Self:
        """Those whose name, vendor, type, description or sku holds every word of `text`."""
        found = self
        for word in text.replace("\x00", "").split()[:8]:
            by_sku = _all("Variant").filter(sku__icontains=word)
            found = found.filter(
                Q(name__icontains=word)
                | Q(vendor__icontains=word)
                | Q(product_type__icontains=word)
                | Q(description__icontains=word)
                | Q(pk__in=by_sku.values("product"))
            )
        return found

    def refresh_listing(self) -> int:
        """Derive `lowest_price`, `default_variant` and `cover` anew for these products.

        Call it in the transaction that changed variants or images. Returns how many
        products were looked at. It computes from the rows, so it is safe to repeat.
        """
        own = _all("Variant").filter(product=OuterRef("pk"), is_active=True)
        pictures = _all("Image").filter(product=OuterRef("pk"))
        lowest = own.order_by().values("product").annotate(lowest=Min("price_minor"))
        return self.order_by().update(
            lowest_price=Subquery(lowest.values("lowest")[:1]),
            default_variant=Subquery(own.order_by("position", "id").values("pk")[:1]),
            cover=Subquery(pictures.order_by("position", "id").values("pk")[:1]),
        )

    def _has_stock(self) -> models.Exists:
        return models.Exists(
            _all("Variant").filter(product=OuterRef("pk"), is_active=True, stock__on_hand__gt=0)
        )


class VariantQuerySet(models.QuerySet[Any]):
    def on_sale(self) -> Self:
        return self.filter(is_active=True, product__status="active")

    def with_stock(self) -> Self:
        return self.select_related("product", "stock")

    def by_sku(self, skus: Iterable[str]) -> Self:
        return self.filter(sku__in=list(skus))
