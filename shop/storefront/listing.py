"""A list of products: narrowed, sorted and paged by what stands in its address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Variant
from shop.catalog.querysets import ProductQuerySet
from shop.money import Money

PAGE_SIZE = 24
_ORDERS = {
    "newest": ("-created_at", "-id"),
    "price": ("lowest_price", "id"),
    "-price": ("-lowest_price", "-id"),
    "name": ("name", "id"),
}


class ListingForm(forms.Form):
    """The wishes of a shopper about a list. A wish that makes no sense is said, and
    left out; the list comes all the same."""

    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("newest", _("Newest")),
            ("price", _("Price, low to high")),
            ("-price", _("Price, high to low")),
            ("name", _("Name")),
        ],
    )
    min_price = forms.DecimalField(label=_("From"), required=False, min_value=0, max_digits=12)
    max_price = forms.DecimalField(label=_("To"), required=False, min_value=0, max_digits=12)
    in_stock = forms.BooleanField(label=_("In stock only"), required=False)

    def narrow(self, products: ProductQuerySet) -> ProductQuerySet:
        wishes: dict[str, Any] = {}
        for name, lookup in (("min_price", "gte"), ("max_price", "lte")):
            if (price := self._minor(name)) is not None:
                wishes[f"lowest_price__{lookup}"] = price
        products = products.filter(**wishes)
        if self.cleaned_data.get("in_stock"):
            products = products.in_stock()
        return products.order_by(*_ORDERS[self.order])

    @property
    def order(self) -> str:
        return self.cleaned_data.get("sort") or "newest"

    @property
    def is_narrowed(self) -> bool:
        data = self.cleaned_data
        return any(data.get(name) for name in ("in_stock", "min_price", "max_price"))

    def _minor(self, name: str) -> int | None:
        price = self.cleaned_data.get(name)
        if price is None:
            return None
        try:
            return Money.parse(price, settings.SHOP_CURRENCY).minor
        except ValueError:
            self.add_error(name, _("This is not an amount of money."))
            return None


def for_cards(products: ProductQuerySet) -> ProductQuerySet:
    """Those on sale, with all that a card shows and watches: two statements."""
    watched = Variant.objects.filter(is_active=True).select_related("stock")
    watched = watched.only("product_id", "sku", "stock__on_hand", "stock__version")
    listed = products.on_sale().for_listing().with_in_stock()
    return listed.prefetch_related(Prefetch("variants", watched))


class Listing:
    """One page of products, with three statements however many there are."""

    def __init__(self, products: ProductQuerySet, wishes: QueryDict) -> None:
        self.form = ListingForm({"sort": "newest", **wishes.dict()})
        self.form.full_clean()
        found = self.form.narrow(for_cards(products))
        self.page: Page[Any] = Paginator(found, PAGE_SIZE).get_page(wishes.get("page"))

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def numbers(self) -> list[int | str]:
        """The page numbers to offer, with a gap where some are left out."""
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1))
