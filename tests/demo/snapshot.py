"""What a load has made, to compare one with another."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage

from shop.catalog.models import Attribute, Category, Image, Product, Variant
from shop.demo.load import FOLDER
from shop.inventory.models import Movement
from shop.pricing.models import TaxRate


def take_snapshot() -> dict[str, Any]:
    """All that a shopper could see, by names and not by numbers of rows."""
    return {
        "categories": list(
            Category.objects.order_by("slug").values_list(
                "slug", "name", "description", "parent__slug", "position"
            )
        ),
        "products": list(
            Product.objects.order_by("slug").values_list(
                "slug", "name", "description", "vendor", "product_type", "category__slug", "tags",
                "status", "seo_title", "seo_description", "created_at", "lowest_price",
                "default_variant__sku", "cover__file",
            )
        ),
        "variants": list(
            Variant.objects.order_by("sku").values_list(
                "sku", "product__slug", "options", "price_minor", "compare_at_minor",
                "tax_class__code", "weight_grams", "barcode", "image__file", "position",
                "stock__on_hand", "stock__version",
            )
        ),
        "attributes": list(
            Attribute.objects.order_by("product__slug", "name").values_list(
                "product__slug", "name", "value", "position"
            )
        ),
        "images": list(
            Image.objects.order_by("file").values_list(
                "file", "product__slug", "alt", "width", "height", "position"
            )
        ),
        "movements": sorted(
            Movement.objects.values_list("level__variant__sku", "delta", "reason", "reference")
        ),
        "rates": sorted(
            TaxRate.objects.values_list("tax_class__code", "country", "rate_basis_points")
        ),
    }  # fmt: skip


def read_pictures() -> dict[str, bytes]:
    _, names = default_storage.listdir(FOLDER)
    pictures = {}
    for name in names:
        with default_storage.open(f"{FOLDER}/{name}") as file:
            pictures[name] = file.read()
    return pictures
