"""How the cart can be delivered and paid."""

from __future__ import annotations

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from shop.accounts.addresses import list_countries
from shop.api.authentication import STATELESS
from shop.api.openapi.parameters import CART, COUNTRY, PAGES
from shop.api.serializers.orders import PaymentMethodSerializer, ShippingMethodSerializer
from shop.api.views.base import ShopView
from shop.api.views.cart import BaseCartView
from shop.payments.gateways import load_gateways
from shop.pricing.delivery import Quote, available_methods
from shop.pricing.lines import methods_for, price_cart


class ShippingMethodsView(BaseCartView):
    """What delivers the cart, and at which price; the first is the default. For an empty
    cart: what delivers at all."""

    serializer_class = ShippingMethodSerializer

    @extend_schema(
        operation_id="shipping_methods_list",
        parameters=[CART, COUNTRY, *PAGES],
        responses=ShippingMethodSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.find_methods(request))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def find_methods(self, request: Request) -> list[Quote]:
        country = request.query_params.get("country", settings.SHOP_COUNTRY).upper()
        if country not in list_countries():
            raise exceptions.ValidationError({"country": ["Give a two-letter code, such as DE."]})
        cart = self.get_cart(request).read()
        if not cart:
            return available_methods(country=country, weight_grams=0, value_minor=0)
        return methods_for(price_cart(cart, country=country), country=country)


class PaymentMethodsView(ShopView):
    """The ways to pay; the first is the default."""

    authentication_classes = STATELESS
    serializer_class = PaymentMethodSerializer

    @extend_schema(
        operation_id="payment_methods_list",
        parameters=PAGES,
        responses=PaymentMethodSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        gateways = list(load_gateways().values())
        page = self.paginate_queryset(gateways)
        context = {"default": gateways[0].name}
        rows = PaymentMethodSerializer(page, many=True, context=context).data
        return self.get_paginated_response(rows)
