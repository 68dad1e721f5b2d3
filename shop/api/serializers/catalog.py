"""What the catalogue's answers say."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from shop.api.serializers.fields import (
    ImageSerializer,
    MoneySerializer,
    SparseSerializer,
    StockSerializer,
)
from shop.catalog.models import Category, Product, Variant


class CategorySerializer(SparseSerializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    parent = serializers.SerializerMethodField(  # type: ignore[assignment]
        help_text="The slug of the one above."
    )

    def get_parent(self, category: Category) -> str | None:
        return category.parent.slug if category.parent else None


class CategoryLinkSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()


class ProductRowSerializer(SparseSerializer):
    """A row of the list; `price` is the lowest of its variants, `sku` and `stock` are its
    default variant's."""

    slug = serializers.CharField()
    name = serializers.CharField()
    price = MoneySerializer()
    image = ImageSerializer(source="cover", allow_null=True)
    in_stock = serializers.BooleanField(help_text="Can any of its variants be had now?")
    sku = serializers.CharField(source="default_variant.sku")
    stock = serializers.SerializerMethodField()
    category = CategoryLinkSerializer(allow_null=True)
    vendor = serializers.CharField()

    @extend_schema_field(StockSerializer)
    def get_stock(self, product: Product) -> dict[str, int]:
        return present_stock(product.default_variant)


class VariantSerializer(serializers.Serializer[Any]):
    sku = serializers.CharField()
    name = serializers.CharField(help_text='Its options in words: "Red / M".')
    options = serializers.DictField(child=serializers.CharField())
    price = MoneySerializer()
    compare_at = MoneySerializer(allow_null=True, help_text="The former, higher price.")
    stock = serializers.SerializerMethodField()
    image = ImageSerializer(allow_null=True)
    requires_shipping = serializers.BooleanField()

    @extend_schema_field(StockSerializer)
    def get_stock(self, variant: Variant) -> dict[str, int]:
        return present_stock(variant)


class AttributeSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    value = serializers.CharField()


class ProductSerializer(ProductRowSerializer):
    """All of one product."""

    description = serializers.CharField(help_text="Sanitised HTML.")
    product_type = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    attributes = AttributeSerializer(many=True)
    images = ImageSerializer(many=True)
    variants = VariantSerializer(many=True)
    created_at = serializers.DateTimeField()


def present_stock(variant: Variant | None) -> dict[str, int]:
    level = getattr(variant, "stock", None)
    if level is None:
        return {"available": 0, "version": 0}
    return {"available": level.available, "version": level.version}
