"""Parts that many answers and bodies share."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from shop.cart.cart import Cart
from shop.errors import InvalidQuantity


class MoneySerializer(serializers.Serializer[Any]):
    """An amount as a decimal string, never a float, and its currency."""

    amount = serializers.RegexField(r"^-?\d+(\.\d+)?$")
    currency = serializers.RegexField(r"^[A-Z]{3}$")


class StockSerializer(serializers.Serializer[Any]):
    """How many can be ordered now; `version` grows with every change."""

    available = serializers.IntegerField(min_value=0)
    version = serializers.IntegerField(min_value=0)


class ImageSerializer(serializers.Serializer[Any]):
    url = serializers.SerializerMethodField()
    alt = serializers.CharField()

    def get_url(self, image: Any) -> str:
        request = self.context.get("request")
        url: str = request.build_absolute_uri(image.url) if request else image.url
        return url


class SparseSerializer(serializers.Serializer[Any]):
    """An answer of which `?fields=name,price` shows a part."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        request = self.context.get("request")
        text = request.query_params.get("fields") if request else None
        if text is None:
            return fields
        wanted = [name.strip() for name in text.split(",") if name.strip()]
        if not wanted or any(name not in fields for name in wanted):
            known = ", ".join(fields)
            raise serializers.ValidationError({"fields": [f"Name some of these: {known}."]})
        return {name: field for name, field in fields.items() if name in wanted}


class QuantityField(serializers.Field[int, Any, int, int]):
    """A whole number; a form's digits will do, a JSON text or a float will not. Every other
    thing, and nothing at all, raises the shop's `InvalidQuantity`."""

    least: ClassVar[int]

    def get_value(self, dictionary: Any) -> Any:
        value = super().get_value(dictionary)
        is_form = hasattr(dictionary, "getlist")
        if is_form and isinstance(value, str) and value.isascii() and value.isdecimal():
            return int(value[:18])
        return value

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        if not isinstance(data, int) or isinstance(data, bool):
            raise InvalidQuantity(self.least, Cart.max_quantity)
        return super().validate_empty_values(data)

    def to_internal_value(self, data: int) -> int:
        if not self.least <= data <= Cart.max_quantity:
            raise InvalidQuantity(self.least, Cart.max_quantity)
        return data

    def to_representation(self, value: int) -> int:
        return value


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": 999})
class AddedQuantityField(QuantityField):
    least = 1


@extend_schema_field({"type": "integer", "minimum": 0, "maximum": 999})
class SetQuantityField(QuantityField):
    least = 0
