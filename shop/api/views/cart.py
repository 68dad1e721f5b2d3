"""The cart: one resource, whatever the strategy."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.authentication import CUSTOMER, STATELESS
from shop.api.openapi.parameters import CART, CART_TOKENS
from shop.api.serializers.cart import (
    AddLineSerializer,
    CartSerializer,
    CouponSerializer,
    SetLineSerializer,
    present_cart,
)
from shop.api.throttles import AnyThrottle, CouponThrottle
from shop.api.views.base import ShopView, get_customer
from shop.cart.cart import Cart
from shop.cart.request import RequestCart
from shop.cart.services import add_to_cart, set_in_cart
from shop.cart.strategies import load_strategy
from shop.catalog.models import SKU_PATTERN
from shop.errors import UnknownSku
from shop.pricing.coupons import apply_coupon


class BaseCartView(ShopView):
    """A guest's cart comes with the header `X-Cart`; a customer's is the customer's."""

    def get_authenticators(self) -> list[Any]:
        # A client-held cart is nobody's but the bearer's of its token, so it needs no
        # customer's row; a server-held one is the customer's, who must be allowed in.
        classes = STATELESS if load_strategy().is_client_held else CUSTOMER
        return [make() for make in classes]

    def get_cart(self, request: Request) -> RequestCart:
        cart: RequestCart = request._request.cart  # type: ignore[attr-defined]
        return cart

    def answer(self, request: Request, status: int = 200) -> Response:
        return Response(present_cart(request._request), status=status)


class CartView(BaseCartView):
    """The cart, priced now; DELETE empties it."""

    serializer_class = CartSerializer

    @extend_schema(parameters=[CART], operation_id="cart_retrieve")
    def get(self, request: Request) -> Response:
        return self.answer(request)

    @extend_schema(
        parameters=CART_TOKENS, operation_id="cart_clear", responses={200: CartSerializer}
    )
    def delete(self, request: Request) -> Response:
        self.get_cart(request).update(Cart.clear)
        return self.answer(request)


class LinesView(BaseCartView):
    """Adds to the line of a sku; a new one if there is none."""

    serializer_class = AddLineSerializer

    @extend_schema(
        parameters=CART_TOKENS, operation_id="cart_lines_add", responses={201: CartSerializer}
    )
    def post(self, request: Request) -> Response:
        data = self.read_body(request)
        add_to_cart(self.get_cart(request), sku=require_sku(data["sku"]), quantity=data["quantity"])
        return self.answer(request, 201)


class LineView(BaseCartView):
    """Sets how many of a sku there are, or removes its line. Removing what is not there is
    no error."""

    serializer_class = SetLineSerializer

    @extend_schema(
        parameters=CART_TOKENS, operation_id="cart_lines_set", responses={200: CartSerializer}
    )
    def patch(self, request: Request, sku: str) -> Response:
        quantity = self.read_body(request)["quantity"]
        set_in_cart(self.get_cart(request), sku=require_sku(sku), quantity=quantity)
        return self.answer(request)

    @extend_schema(
        parameters=CART_TOKENS,
        operation_id="cart_lines_remove",
        request=None,
        responses={200: CartSerializer},
    )
    def delete(self, request: Request, sku: str) -> Response:
        self.get_cart(request).update(Cart.remove, sku)
        return self.answer(request)


class CouponView(BaseCartView):
    """Puts a coupon on the cart in place of any other, or takes it off."""

    serializer_class = CouponSerializer
    throttle_classes = [AnyThrottle, CouponThrottle]

    def get_authenticators(self) -> list[Any]:
        # Whether a customer may use a coupon once more is the customer's own matter.
        return [make() for make in CUSTOMER]

    @extend_schema(
        parameters=CART_TOKENS, operation_id="cart_coupon_set", responses={200: CartSerializer}
    )
    def put(self, request: Request) -> Response:
        code, customer = self.read_body(request)["code"], get_customer(request)
        apply_coupon(self.get_cart(request), code=code, customer=customer)
        return self.answer(request)

    @extend_schema(
        parameters=CART_TOKENS,
        operation_id="cart_coupon_remove",
        request=None,
        responses={200: CartSerializer},
    )
    def delete(self, request: Request) -> Response:
        self.get_cart(request).update(Cart.with_coupon, "")
        return self.answer(request)


def require_sku(text: str) -> str:
    """The sku, if it could be one: what is not must not reach a database. Raises `UnknownSku`."""
    if not SKU_PATTERN.fullmatch(text):
        raise UnknownSku(text[:64])
    return text
