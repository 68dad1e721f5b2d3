"""The shop's products as the lines of a Shopify product CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Prefetch

from shop.catalog.models import Attribute, Category, Image, Product, Variant
from shop.exchange.addresses import address_of
from shop.exchange.columns import (
    HEADER,
    OPTION_NAMES,
    OPTION_VALUES,
    OWN_COLUMNS,
    PRODUCT_DEFAULTS,
    VARIANT_DEFAULTS,
    Column,
    attribute_column,
)
from shop.exchange.drafts import DEFAULT_OPTION
from shop.exchange.match import STANDARD, ZERO
from shop.exchange.write import COLUMNS_KEY
from shop.money import Money

if TYPE_CHECKING:
    from shop.catalog.querysets import ProductQuerySet

_CHUNK = 200


def export_products(queryset: ProductQuerySet) -> Iterator[str]:
    """The products (oldest first) as CSV, line by line, the header first; importing it
    changes nothing. A product is several rows: a variant and an image in each.

    It streams: what is held is a chunk of products, never all. The columns are found in a
    first pass, so a column that an import adds while this runs is not in the file.
    """
    header = [*HEADER, *_find_further_columns(queryset)]
    paths = _category_paths()
    buffer = io.StringIO()
    # With this line end (RFC 4180) Python's writer quotes a cell with a lone "\r" too.
    writer = csv.DictWriter(buffer, header, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    variants = Variant.objects.select_related("stock", "tax_class", "image")
    products = queryset.order_by("pk").prefetch_related(
        Prefetch("variants", variants), "images", "attributes"
    )
    for product in products.iterator(chunk_size=_CHUNK):
        writer.writerows(_rows(product, paths))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _find_further_columns(queryset: ProductQuerySet) -> list[str]:
    """Beyond the usual header: the shop's own where they are needed, those that imports
    left to be given back, and those of attributes."""
    plain = queryset.order_by().values("pk")
    variants = Variant.objects.filter(product__in=plain).order_by("pk")
    own = {
        Column.TAX_CLASS: variants.exclude(tax_class__code__in=[STANDARD, ZERO]).exists(),
        Column.ON_SALE: variants.filter(is_active=False).exists(),
    }
    extras: set[str] = set()
    named: dict[str, None] = {}
    for extra in queryset.order_by("pk").values_list("extra", flat=True).iterator():
        extras.update(extra)
        named |= dict.fromkeys(extra.get(COLUMNS_KEY, {}).values())
    for extra in variants.exclude(extra={}).values_list("extra", flat=True).iterator():
        extras.update(extra)
    attributes = Attribute.objects.filter(product__in=plain).order_by("position", "name")
    for name in attributes.values_list("name", flat=True).iterator():
        named[attribute_column(name)] = None
    found = [*(column for column in OWN_COLUMNS if own[column]), *named, *sorted(extras)]
    usual = {*HEADER, COLUMNS_KEY}
    return [name for name in dict.fromkeys(map(str, found)) if name not in usual]


def _category_paths() -> dict[int, str]:
    categories = {category.pk: category for category in Category.objects.all()}
    paths: dict[int, str] = {}
    for category in categories.values():
        names, above = [category.name], category.parent_id
        while above is not None:
            names.insert(0, categories[above].name)
            above = categories[above].parent_id
        paths[category.pk] = " > ".join(names)
    return paths


def _rows(product: Product, paths: dict[int, str]) -> Iterator[dict[str, Any]]:
    variants, images = list(product.variants.all()), list(product.images.all())
    names = list(dict.fromkeys(name for variant in variants for name in variant.options))[:3]
    first: dict[str, Any] = _product_cells(product, paths, names, bool(variants))
    handle = first[Column.HANDLE]
    for variant, image in zip_longest(variants, images) if variants or images else [(None, None)]:
        cells: dict[str, Any] = {Column.HANDLE: handle}
        if variant:
            cells |= _variant_cells(variant, names)
        if image:
            cells |= _image_cells(image)
        yield cells | first
        first = {}


def _product_cells(
    product: Product, paths: dict[int, str], names: list[str], has_variants: bool
) -> dict[str, Any]:
    columns = product.extra.get(COLUMNS_KEY, {})
    attributes = {
        columns.get(attribute.name) or attribute_column(attribute.name): attribute.value
        for attribute in product.attributes.all()
    }
    options = names or (DEFAULT_OPTION[:1] if has_variants else ())
    return {
        **{str(column): value for column, value in PRODUCT_DEFAULTS.items()},
        Column.HANDLE: product.slug,
        **product.extra,
        **attributes,
        **dict(zip(OPTION_NAMES, options, strict=False)),
        Column.TITLE: product.name,
        Column.BODY: product.description,
        Column.VENDOR: product.vendor,
        Column.CATEGORY: paths.get(product.category_id or 0, ""),
        Column.TYPE: product.product_type,
        Column.TAGS: ", ".join(str(tag) for tag in product.tags),
        Column.PUBLISHED: _flag(product.status == Product.Status.ACTIVE),
        Column.SEO_TITLE: product.seo_title,
        Column.SEO_DESCRIPTION: product.seo_description,
        Column.STATUS: product.status,
    }


def _variant_cells(variant: Variant, names: list[str]) -> dict[str, Any]:
    values = [variant.options.get(name, "") for name in names] or [DEFAULT_OPTION[1]]
    compare_at = variant.compare_at_minor
    return {
        **{str(column): value for column, value in VARIANT_DEFAULTS.items()},
        **variant.extra,
        **dict(zip(OPTION_VALUES, values, strict=False)),
        Column.SKU: variant.sku,
        Column.GRAMS: variant.weight_grams,
        Column.QUANTITY: variant.stock.on_hand if hasattr(variant, "stock") else "",
        Column.PRICE: variant.price.amount,
        Column.COMPARE_AT: ""
        if compare_at is None
        else Money(compare_at, settings.SHOP_CURRENCY).amount,
        Column.REQUIRES_SHIPPING: _flag(variant.requires_shipping),
        Column.TAXABLE: _flag(variant.tax_class.code != ZERO),
        Column.BARCODE: variant.barcode,
        Column.VARIANT_IMAGE: address_of(variant.image) if variant.image else "",
        Column.TAX_CLASS: ""
        if variant.tax_class.code in (STANDARD, ZERO)
        else variant.tax_class.code,
        Column.ON_SALE: _flag(variant.is_active),
    }


def _image_cells(image: Image) -> dict[str, Any]:
    return {
        Column.IMAGE: address_of(image),
        Column.IMAGE_POSITION: image.position,
        Column.IMAGE_ALT: image.alt,
    }


def _flag(is_so: bool) -> str:
    return "true" if is_so else "false"
