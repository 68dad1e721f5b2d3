"""What every page of the storefront shows. Nothing is read until a template asks for it."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from shop.storefront.carts import Badge
from shop.storefront.http import ShopRequest
from shop.storefront.shelves import Shelves


def storefront(request: HttpRequest) -> dict[str, Any]:
    return {
        "shop_name": settings.SHOP_NAME,
        "shelves": SimpleLazyObject(Shelves),
        "badge": Badge(cast(ShopRequest, request)) if hasattr(request, "cart") else None,
    }
