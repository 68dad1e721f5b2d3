"""The first page of the admin: what there is, and what wants doing.

A further room adds its tiles by a function in `TILES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from shop.accounts.models import User
from shop.backoffice.product_filters import LOW_STOCK
from shop.backoffice.sales_board import add_sales
from shop.cart.models import StoredCart
from shop.catalog.models import Product
from shop.inventory.models import Movement, StockLevel

SHOWN = 8
"""Rows of each list on the page."""


class Tile(NamedTuple):
    """A number, what it counts, a further fact, and where it leads."""

    title: str
    number: int
    note: str
    address: str
    icon: str


def add_tiles(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The theme's callback: the page's tiles and lists, as this member of staff may see them."""
    tiles = [tile for build in TILES for tile in build(request)]
    context |= {"tiles": tiles}
    add_sales(request, context)
    if request.user.has_perm("inventory.view_stocklevel"):
        context["running_low"] = (
            _levels_on_sale()
            .filter(on_hand__lte=LOW_STOCK)
            .select_related("variant__product")
            .order_by("on_hand", "variant__sku")[:SHOWN]
        )
    if request.user.has_perm("inventory.view_movement"):
        context["movements"] = Movement.objects.select_related("level__variant", "actor")[:SHOWN]
    return context


def show_products(request: HttpRequest) -> Iterator[Tile]:
    if request.user.has_perm("catalog.view_product"):
        address = reverse("admin:catalog_product_changelist")
        on_sale = Product.objects.on_sale()
        number = on_sale.count()
        drafts = Product.objects.filter(status=Product.Status.DRAFT).count()
        yield Tile(
            "Products on sale",
            number,
            f"{drafts} drafts",
            f"{address}?status__exact=active",
            "inventory_2",
        )
        yield Tile(
            "Sold out",
            number - on_sale.in_stock().count(),
            "products on sale with nothing left",
            f"{address}?status__exact=active&stock=out",
            "remove_shopping_cart",
        )


def show_levels(request: HttpRequest) -> Iterator[Tile]:
    if request.user.has_perm("inventory.view_stocklevel"):
        address = reverse("admin:inventory_stocklevel_changelist")
        yield Tile(
            "Low stock",
            _levels_on_sale().filter(on_hand__range=(1, LOW_STOCK)).count(),
            f"variants with {LOW_STOCK} or fewer",
            f"{address}?stock=low&variant__product__status__exact=active"
            "&variant__is_active__exact=1",
            "production_quantity_limits",
        )


def show_customers(request: HttpRequest) -> Iterator[Tile]:
    if request.user.has_perm("accounts.view_user"):
        customers = User.objects.filter(is_staff=False, is_active=True)
        since = timezone.now() - timedelta(days=7)
        yield Tile(
            "Customers",
            customers.count(),
            f"{customers.filter(date_joined__gte=since).count()} new in seven days",
            f"{reverse('admin:accounts_user_changelist')}?is_staff__exact=0&is_active__exact=1",
            "group",
        )


def show_carts(request: HttpRequest) -> Iterator[Tile]:
    # Only the database can be asked how many carts it holds.
    if request.user.has_perm("cart.view_storedcart") and settings.CART_STRATEGY == "session":
        yield Tile(
            "Carts",
            StoredCart.objects.live().exclude(lines=[]).count(),
            "with something in them",
            f"{reverse('admin:cart_storedcart_changelist')}?expiry=live",
            "shopping_cart",
        )


TILES: Sequence[Callable[[HttpRequest], Iterator[Tile]]] = (
    show_products,
    show_levels,
    show_customers,
    show_carts,
)


def _levels_on_sale() -> Any:
    return StockLevel.objects.filter(variant__is_active=True, variant__product__status="active")
