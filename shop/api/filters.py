"""How the list of products is narrowed and ordered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django_filters import rest_framework as filters

from shop.catalog.models import Category, Product
from shop.catalog.querysets import ProductQuerySet
from shop.money import Money

ORDERINGS = {
    "price": ("lowest_price", "id"),
    "-price": ("-lowest_price", "-id"),
    "name": ("name", "id"),
    "newest": ("-created_at", "-id"),
}
# Past this no price is: it fits into the database's whole numbers with room to spare.
MAX_MINOR = 10**15


class AmountField(forms.CharField):
    """A decimal amount of the shop's currency, read into minor units."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            minor = Money.parse(text, settings.SHOP_CURRENCY).minor
        except (ValueError, ArithmeticError):
            minor = -1
        if not 0 <= minor <= MAX_MINOR:
            raise ValidationError(f"It must be an amount of {settings.SHOP_CURRENCY}, like 12.90.")
        return minor


class AmountFilter(filters.Filter):
    field_class = AmountField


class SlugFilter(filters.CharFilter):
    field_class = forms.SlugField


class ProductFilter(filters.FilterSet):
    search = filters.CharFilter(
        method="filter_search",
        max_length=200,
        label="Search",
        help_text="Words that its name, vendor, type, description or sku holds.",
    )
    category = SlugFilter(
        method="filter_category",
        label="Category",
        help_text="A category's slug; those below it count too.",
    )
    min_price = AmountFilter("lowest_price", "gte", label="From", max_length=30)
    max_price = AmountFilter("lowest_price", "lte", label="To", max_length=30)
    in_stock = filters.TypedChoiceFilter(
        method="filter_in_stock",
        choices=[("true", "Yes"), ("false", "No")],
        coerce=lambda text: text == "true",
        label="In stock",
    )
    ordering = filters.ChoiceFilter(
        method="filter_ordering",
        choices=[
            ("price", "Price, lowest first"),
            ("-price", "Price, highest first"),
            ("name", "Name"),
            ("newest", "Newest first"),
        ],
        label="Order",
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def filter_search(self, found: ProductQuerySet, name: str, text: str) -> ProductQuerySet:
        return found.matching(text)

    def filter_category(self, found: ProductQuerySet, name: str, slug: str) -> ProductQuerySet:
        category = Category.objects.filter(slug=slug).first()
        if category is None:
            raise ValidationError({"category": ["There is no such category."]})
        return found.in_category(category)

    def filter_in_stock(self, found: ProductQuerySet, name: str, wanted: bool) -> ProductQuerySet:
        return found.filter(in_stock=wanted)

    def filter_ordering(self, found: ProductQuerySet, name: str, key: str) -> ProductQuerySet:
        return found.order_by(*ORDERINGS[key])
