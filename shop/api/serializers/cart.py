"""What the cart's calls take and answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from shop.accounts.models import User
from shop.api.serializers.fields import (
    AddedQuantityField,
    ImageSerializer,
    MoneySerializer,
    SetQuantityField,
)
from shop.cart.strategies import STRATEGIES
from shop.pricing.lines import PricedCart, PricedLine, Problem, price_cart


class LineSerializer(serializers.Serializer[Any]):
    """A line; one whose product has gone stays, with its problem and without a price."""

    sku = serializers.CharField()
    product = serializers.CharField(
        source="product.slug", default=None, allow_null=True, help_text="The product's slug."
    )
    name = serializers.CharField()
    image = serializers.SerializerMethodField()
    quantity = serializers.IntegerField()
    unit_price = MoneySerializer()
    line_total = MoneySerializer()
    available = serializers.IntegerField()
    problem = serializers.ChoiceField(choices=[p.value for p in Problem], allow_null=True)

    @extend_schema_field(ImageSerializer(allow_null=True))
    def get_image(self, line: PricedLine) -> Any:
        image = line.variant and (line.variant.image or line.variant.product.cover)
        return ImageSerializer(image, context=self.context).data if image else None


class CartSerializer(serializers.Serializer[PricedCart]):
    """The cart, priced now. `total` = `subtotal` - `discount` + `shipping`; prices include
    tax, and `tax` is the part of `total` that is tax."""

    strategy = serializers.ChoiceField(choices=list(STRATEGIES))
    lines = LineSerializer(many=True)
    count = serializers.IntegerField(help_text="Pieces in all lines.")
    subtotal = MoneySerializer()
    discount = MoneySerializer()
    shipping = MoneySerializer()
    tax = MoneySerializer()
    total = MoneySerializer()
    coupon = serializers.CharField(allow_null=True)
    problems = serializers.ListField(child=serializers.CharField())


class AddLineSerializer(serializers.Serializer[Any]):
    sku = serializers.CharField(max_length=1_000)
    quantity = AddedQuantityField()


class SetLineSerializer(serializers.Serializer[Any]):
    """How many there shall be; 0 removes the line."""

    quantity = SetQuantityField()


class CouponSerializer(serializers.Serializer[Any]):
    """The code as it is printed; its case does not matter."""

    code = serializers.CharField(max_length=64)


def present_cart(request: HttpRequest) -> dict[str, Any]:
    """The request's cart as its answer."""
    cart = request.cart  # type: ignore[attr-defined]
    user = getattr(request, "user", None)
    priced = price_cart(cart.read(), customer=user if isinstance(user, User) else None)
    lines = LineSerializer(priced.lines, many=True, context={"request": request}).data
    money = {
        name: MoneySerializer(getattr(priced, name)).data
        for name in ("subtotal", "discount", "shipping", "tax", "total")
    }
    return {
        "strategy": cart.strategy.name,
        "lines": lines,
        "count": priced.count,
        **money,
        "coupon": priced.coupon or None,
        "problems": priced.problems,
    }
