"""How lists of products and of levels are narrowed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from shop.catalog.models import Category

LOW_STOCK = 5
"""From one to so many is low."""


class CategoryFilter(admin.SimpleListFilter):
    """A category with all below it, or none."""

    title = "category"
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        tree = Category.objects.with_tree_fields()
        return [("none", "Without a category")] + [
            (str(category.pk), " ".join(["–"] * category.tree_depth + [category.name]))
            for category in tree
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen is None:
            return queryset
        if chosen == "none":
            return queryset.filter(category=None)
        found = Category.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
        if found is None:
            return queryset.none()
        return queryset.filter(category__in=found.descendants(include_self=True))


class StockFilter(admin.SimpleListFilter):
    """By what the variants on sale have together."""

    title = "stock"
    parameter_name = "stock"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("in", "In stock"), ("low", f"Low (1 to {LOW_STOCK})"), ("out", "Sold out")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "in":
            return queryset.filter(on_hand__gt=0)
        if self.value() == "low":
            return queryset.filter(on_hand__range=(1, LOW_STOCK))
        if self.value() == "out":
            return queryset.filter(on_hand=0)
        return queryset
