"""Headers and queries that several calls share."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter

FIELDS = OpenApiParameter(
    "fields",
    {"type": "string", "pattern": "^[a-z_]+(,[a-z_]+)*$"},
    description="Only these parts, by name: `slug,price`.",
)
CART = OpenApiParameter(
    "X-Cart",
    str,
    OpenApiParameter.HEADER,
    description="The cart token of the last answer that had one. None is an empty cart.",
)
NEW_CART = OpenApiParameter(
    "X-Cart",
    str,
    OpenApiParameter.HEADER,
    response=[200, 201],
    description="The cart token to keep, after a change of a guest's cart.",
)
CART_TOKENS = [CART, NEW_CART]
_AMOUNT = {"type": "string", "pattern": r"^\d{1,10}(\.\d{1,2})?$"}
PRICES = [
    OpenApiParameter("min_price", _AMOUNT, description="An amount, like `12.90`."),
    OpenApiParameter("max_price", _AMOUNT, description="An amount, like `12.90`."),
    OpenApiParameter("category", {"type": "string", "pattern": r"^[-a-zA-Z0-9_]+$"}),
    OpenApiParameter("search", {"type": "string", "maxLength": 200}),
]
PAGES = [
    OpenApiParameter("page", {"type": "integer", "minimum": 1}),
    OpenApiParameter("page_size", {"type": "integer", "minimum": 1, "maximum": 100}),
]
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255},
    OpenApiParameter.HEADER,
    required=True,
    description="New and random for each order; the same when that order is sent again.",
)
GUEST = OpenApiParameter("token", str, description="A guest's `token` of the order.")
COUNTRY = OpenApiParameter(
    "country", {"type": "string", "pattern": "^[A-Za-z]{2}$"}, description="Such as DE."
)
