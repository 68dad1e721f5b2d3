"""What the checkout's calls take and answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import RegexValidator
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from shop.accounts.addresses import PostalAddress, validate_country
from shop.accounts.models import User
from shop.api.serializers.fields import MoneySerializer
from shop.money import Money
from shop.orders.details import OrderDetails
from shop.orders.models import Order, OrderLine
from shop.orders.states import OrderState

MAX_MINOR = 10**15
_one_line = RegexValidator(r"^[^\x00-\x1f\x7f\u2028\u2029]+\Z", "It must be a single line.")


class LineField(serializers.CharField):
    """A text of one line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[_one_line], **kwargs)


@extend_schema_field({"type": "string", "pattern": "^[A-Z]{2}$"})
class CountryField(serializers.CharField):
    """ISO 3166-1 alpha-2, such as DE."""

    def to_internal_value(self, data: Any) -> str:
        code: str = super().to_internal_value(data).upper()
        try:
            validate_country(code)
        except DjangoValidationError as error:
            raise serializers.ValidationError(error.messages) from None
        return code


class AddressSerializer(serializers.Serializer[Any]):
    name = LineField(max_length=100)
    line1 = LineField(max_length=200)
    line2 = LineField(max_length=200, required=False, allow_blank=True, default="")
    postcode = LineField(max_length=20)
    city = LineField(max_length=100)
    country = CountryField(help_text="ISO 3166-1 alpha-2, such as DE.")


@extend_schema_field({"type": "string", "pattern": r"^\d{1,10}(\.\d{1,2})?$"})
class TotalField(serializers.Field[Any, Any, Any, Any]):
    """A total as the cart shows it: "25.80", or the whole amount with its currency."""

    def to_internal_value(self, data: Any) -> Money:
        currency = settings.SHOP_CURRENCY
        if isinstance(data, dict):
            currency, data = data.get("currency", currency), data.get("amount")
        try:
            if not isinstance(data, str) or len(data) > 30 or currency != settings.SHOP_CURRENCY:
                raise ValueError
            total = Money.parse(data, currency)
            if not 0 <= total.minor <= MAX_MINOR:
                raise ValueError
        except (ValueError, ArithmeticError):
            raise serializers.ValidationError(
                f'It must be an amount of {settings.SHOP_CURRENCY} as a text, like "12.90".'
            ) from None
        return total

    def to_representation(self, value: Any) -> Any:
        return MoneySerializer(value).data


class PlaceOrderSerializer(serializers.Serializer[Any]):
    """`email` may be left out by a customer who has one."""

    email = serializers.EmailField(max_length=254, required=False)
    shipping_address = AddressSerializer()
    billing_address = AddressSerializer(required=False, allow_null=True, default=None)
    shipping_method = LineField(max_length=50, required=False, allow_blank=True, default="")
    payment_method = LineField(max_length=50, required=False, allow_blank=True, default="")
    payment_token = LineField(max_length=255, required=False, allow_blank=True, default="")
    expected_total = TotalField(
        required=False, allow_null=True, default=None, help_text="Refuse a higher total."
    )


class ConfirmSerializer(serializers.Serializer[Any]):
    """What came back with the confirmation step (`ok` for the demo gateway)."""

    answer = LineField(max_length=500, required=False, allow_blank=True, default="")


class OrderLineSerializer(serializers.Serializer[OrderLine]):
    sku = serializers.CharField()
    name = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_price = MoneySerializer()
    line_total = MoneySerializer(help_text="Before discount.")
    discount = MoneySerializer()
    tax = MoneySerializer()


class PaymentSerializer(serializers.Serializer[Any]):
    """How it is paid; `confirmation` is what the confirmation step needs."""

    method = serializers.CharField()
    status = serializers.CharField()
    confirmation = serializers.DictField()


class OrderRowSerializer(serializers.Serializer[Order]):
    number = serializers.CharField()
    status = serializers.ChoiceField(choices=OrderState.choices, source="state")
    placed_at = serializers.DateTimeField(allow_null=True)
    email = serializers.EmailField()
    total = MoneySerializer()
    lines = OrderLineSerializer(many=True, source="lines.all")


class OrderSerializer(OrderRowSerializer):
    """An order as it was sold. `token` is given once, to the guest who placed it."""

    created_at = serializers.DateTimeField()
    subtotal = MoneySerializer()
    discount = MoneySerializer()
    shipping = MoneySerializer()
    tax = MoneySerializer()
    coupon = serializers.SerializerMethodField()
    shipping_method = serializers.CharField()
    payment_method = serializers.CharField()
    shipping_address = AddressSerializer()
    billing_address = AddressSerializer()
    can_be_cancelled = serializers.BooleanField()
    payment = serializers.SerializerMethodField()
    token = serializers.SerializerMethodField()

    def get_coupon(self, order: Order) -> str | None:
        return order.coupon or None

    @extend_schema_field(PaymentSerializer(allow_null=True))
    def get_payment(self, order: Order) -> Any:
        payment = self.context.get("payment")
        if payment is None:
            return None
        confirmation = payment.confirmation if payment.state == "confirming" else {}
        return {
            "method": payment.gateway,
            "status": payment.state,
            "confirmation": confirmation or {},
        }

    def get_token(self, order: Order) -> str | None:
        token: str | None = self.context.get("token")
        return token


class ShippingMethodSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    price = MoneySerializer(help_text="For this cart.")


class PaymentMethodSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(source="name")
    name = serializers.CharField(source="title")
    is_default = serializers.SerializerMethodField()
    facts = serializers.DictField(
        source="public_facts", help_text="What a client needs to begin, such as a public key."
    )

    def get_is_default(self, gateway: Any) -> bool:
        return bool(gateway.name == self.context.get("default"))


def make_details(data: dict[str, Any], customer: User | None) -> OrderDetails:
    """The checked body as the shop's own words. Raises DRF's `ValidationError` where neither
    the body nor the account has an e-mail address."""
    email = data.get("email") or (customer.email if customer else "")
    if not email:
        raise serializers.ValidationError({"email": ["This field is required."]})
    billing = data["billing_address"]
    return OrderDetails(
        email=email,
        shipping_address=PostalAddress(**data["shipping_address"]),
        billing_address=PostalAddress(**billing) if billing else None,
        shipping_method=data["shipping_method"],
        payment_method=data["payment_method"],
        payment_token=data["payment_token"],
        expected_total=data["expected_total"],
    )
