"""Calls that payment services make by themselves."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.parsers import RawParser
from shop.api.views.base import ShopView
from shop.payments.webhooks import receive_stripe


@extend_schema(exclude=True)
class StripeWebhookView(ShopView):
    """Stripe signs what it sends, over the bytes as they came; nobody is logged in."""

    authentication_classes = []
    parser_classes = [RawParser]

    def post(self, request: Request) -> Response:
        signature = request.headers.get("Stripe-Signature", "")
        payload: Any = request.data
        receive_stripe(payload=payload, signature=signature)
        return Response(status=204)
