"""What every page of the storefront shows. Nothing is read until a template asks for it."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from shop.storefront.carts import Badge
from shop.storefront.http import ShopRequest
from shop.storefront.shelves import Shelves


def storefront(request: HttpRequest) -> dict[str, Any]:
    return {
        "shop_name": settings.SHOP_NAME,
        "shelves": SimpleLazyObject(Shelves),
        "badge": Badge(cast(ShopRequest, request)) if hasattr(request, "cart") else None,
        "checkout_address": SimpleLazyObject(_find_checkout),
    }


def _find_checkout() -> str:
    """The address of the checkout; empty in a shop that has none yet."""
    try:
        return reverse("storefront:checkout")
    except NoReverseMatch:
        return ""
