"""From the cart to an order, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.openapi.parameters import CART_TOKENS, GUEST, IDEMPOTENCY_KEY, PAGES
from shop.api.serializers.orders import (
    ConfirmSerializer,
    OrderRowSerializer,
    OrderSerializer,
    PlaceOrderSerializer,
    make_details,
)
from shop.api.throttles import AnyThrottle, CheckoutThrottle
from shop.api.views.base import ShopView, get_customer
from shop.orders.keys import require_key
from shop.orders.links import find_order, make_token
from shop.orders.models import Order
from shop.payments.checkout import Placement, confirm_order, place_order
from shop.payments.services import cancel_order, find_payment


class OrdersView(ShopView):
    """POST orders the cart, once for an `Idempotency-Key` and once for a cart. It answers
    201; 200 with the same order for the same key; 202 while the payment waits for the
    shopper's confirmation. GET lists the customer's own orders, newest first."""

    serializer_class = PlaceOrderSerializer

    def get_permissions(self) -> list[BasePermission]:
        return [IsAuthenticated()] if self.request.method == "GET" else []

    def get_throttles(self) -> list[Any]:
        ordering = self.request.method == "POST"
        return [AnyThrottle(), CheckoutThrottle()] if ordering else [AnyThrottle()]

    @extend_schema(
        operation_id="orders_list", parameters=PAGES, responses=OrderRowSerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        mine = Order.objects.of_customer(request.user).with_lines()
        page: Any = self.paginate_queryset(mine)
        return self.get_paginated_response(OrderRowSerializer(page, many=True).data)

    @extend_schema(
        operation_id="orders_create",
        parameters=[IDEMPOTENCY_KEY, *CART_TOKENS],
        responses={200: OrderSerializer, 201: OrderSerializer, 202: OrderSerializer},
    )
    def post(self, request: Request) -> Response:
        key = require_key(request.headers.get("Idempotency-Key"))
        customer = get_customer(request)
        placement = place_order(
            cart=request._request.cart,  # type: ignore[attr-defined]
            key=key,
            details=make_details(self.read_body(request), customer),
            customer=customer,
        )
        return answer_placement(placement)


class BaseOrderView(ShopView):
    """One order: the customer's own, or a guest's by `?token=`. Another's is not found."""

    def find(self, request: Request, number: str) -> Order:
        token = request.query_params.get("token")
        order = find_order(number, token, with_attempts=True) if token else None
        customer = get_customer(request)
        if order is None and customer is not None:
            order = Order.objects.filter(customer=customer, number=number).first()
        if order is None:
            raise Http404
        return order


class OrderView(BaseOrderView):
    serializer_class = OrderSerializer

    @extend_schema(operation_id="orders_retrieve", parameters=[GUEST])
    def get(self, request: Request, number: str) -> Response:
        return Response(present_order(self.find(request, number)))


class CancelOrderView(BaseOrderView):
    """Cancels an order that nothing was sent of: its stock comes back, its payment is
    refunded or let go."""

    serializer_class = OrderSerializer
    throttle_classes = [AnyThrottle, CheckoutThrottle]

    @extend_schema(
        operation_id="orders_cancel",
        request=None,
        parameters=[GUEST],
        responses={200: OrderSerializer},
    )
    def post(self, request: Request, number: str) -> Response:
        found = self.find(request, number)
        return Response(present_order(cancel_order(order=found, actor=get_customer(request))))


class ConfirmOrderView(BaseOrderView):
    """Goes on after the confirmation step of a payment (202). It may be sent again."""

    serializer_class = ConfirmSerializer
    throttle_classes = [AnyThrottle, CheckoutThrottle]

    @extend_schema(
        operation_id="orders_confirm",
        parameters=[GUEST, *CART_TOKENS],
        responses={200: OrderSerializer, 202: OrderSerializer},
    )
    def post(self, request: Request, number: str) -> Response:
        placement = confirm_order(
            order=self.find(request, number),
            answer=self.read_body(request)["answer"],
            cart=request._request.cart,  # type: ignore[attr-defined]
        )
        status = 202 if placement.needs_confirmation else 200
        return Response(present_order(placement.order), status=status)


def present_order(order: Order, *, with_token: bool = False) -> Any:
    """The order as its answer; the guest's token only where it has just been placed."""
    token = make_token(order) if with_token and order.customer_id is None else None
    context = {"payment": find_payment(order), "token": token}
    return OrderSerializer(order, context=context).data


def answer_placement(placement: Placement) -> Response:
    status = 201 if placement.is_new else 200
    if placement.needs_confirmation:
        status = 202
    return Response(present_order(placement.order, with_token=True), status=status)
