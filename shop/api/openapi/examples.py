"""An example for every call: a request that works in the demo shop, and its answer."""

from __future__ import annotations

from typing import Any


def _money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


_IMAGE = {"url": "https://shop.example/media/products/mug.svg", "alt": "A blue mug"}
_STOCK = {"available": 12, "version": 7}
_CATEGORY = {"slug": "kitchen", "name": "Kitchen"}
_PRODUCT_ROW = {
    "slug": "mug",
    "name": "Mug",
    "price": _money("12.90"),
    "image": _IMAGE,
    "in_stock": True,
    "sku": "MUG-1",
    "stock": _STOCK,
    "category": _CATEGORY,
    "vendor": "Lund & Sons",
}
_VARIANT = {
    "sku": "MUG-1",
    "name": "Blue",
    "options": {"Colour": "Blue"},
    "price": _money("12.90"),
    "compare_at": _money("15.90"),
    "stock": _STOCK,
    "image": _IMAGE,
    "requires_shipping": True,
}
_PRODUCT = {
    **_PRODUCT_ROW,
    "description": "<p>Holds half a litre.</p>",
    "product_type": "Cup",
    "tags": ["new"],
    "attributes": [{"name": "Material", "value": "Stoneware"}],
    "images": [_IMAGE],
    "variants": [_VARIANT],
    "created_at": "2026-11-24T09:30:00Z",
}
_EMPTY_CART = {
    "strategy": "session",
    "lines": [],
    "count": 0,
    "subtotal": _money("0.00"),
    "discount": _money("0.00"),
    "shipping": _money("0.00"),
    "tax": _money("0.00"),
    "total": _money("0.00"),
    "coupon": None,
    "problems": [],
}
_CART = {
    **_EMPTY_CART,
    "lines": [
        {
            "sku": "MUG-1",
            "product": "mug",
            "name": "Mug (Blue)",
            "image": _IMAGE,
            "quantity": 2,
            "unit_price": _money("12.90"),
            "line_total": _money("25.80"),
            "available": 12,
            "problem": None,
        }
    ],
    "count": 2,
    "subtotal": _money("25.80"),
    "tax": _money("4.12"),
    "total": _money("25.80"),
}
_CUSTOMER = {
    "id": 7,
    "username": "ada",
    "email": "ada@example.com",
    "first_name": "",
    "last_name": "",
    "date_joined": "2026-11-24T09:30:00Z",
}
_ADDRESS = {
    "name": "Ada Lovelace",
    "line1": "Ockham Lane 1",
    "line2": "",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}
_ORDER_ROW = {
    "number": "SC-7F3K-9QXM",
    "status": "placed",
    "placed_at": "2026-11-24T09:31:00Z",
    "email": "ada@example.com",
    "total": _money("29.80"),
    "lines": [
        {
            "sku": "MUG-1",
            "name": "Mug (Blue)",
            "quantity": 2,
            "unit_price": _money("12.90"),
            "line_total": _money("25.80"),
            "discount": _money("0.00"),
            "tax": _money("4.12"),
        }
    ],
}
_ORDER = {
    **_ORDER_ROW,
    "created_at": "2026-11-24T09:31:00Z",
    "subtotal": _money("25.80"),
    "discount": _money("0.00"),
    "shipping": _money("4.00"),
    "tax": _money("4.76"),
    "coupon": None,
    "shipping_method": "standard",
    "payment_method": "demo",
    "shipping_address": _ADDRESS,
    "billing_address": _ADDRESS,
    "can_be_cancelled": True,
    "payment": {"method": "demo", "status": "authorised", "confirmation": {}},
    "token": "wLJk9mYc…",
}
_CANCELLED = {**_ORDER, "status": "cancelled", "can_be_cancelled": False, "payment": None}
_PAIR = {"access": "eyJhbGciOi…", "refresh": "eyJhbGciOi…"}
_REFRESH = {"refresh": "eyJhbGciOi…"}


def _page(row: Any) -> dict[str, Any]:
    return {"count": 1, "next": None, "previous": None, "results": [row]}


REQUESTS: dict[str, Any] = {
    "token_create": {"username": "ada", "password": "correct-horse-9"},
    "token_refresh": _REFRESH,
    "token_revoke": _REFRESH,
    "register": {"username": "ada", "email": "ada@example.com", "password": "correct-horse-9"},
    "cart_lines_add": {"sku": "MUG-1", "quantity": 2},
    "cart_lines_set": {"quantity": 2},
    "cart_coupon_set": {"code": "SUMMER"},
    "orders_create": {
        "email": "ada@example.com",
        "shipping_address": _ADDRESS,
        "shipping_method": "standard",
        "payment_method": "demo",
        "payment_token": "demo-ok",
        "expected_total": "29.80",
    },
    "orders_confirm": {"answer": "ok"},
}
ANSWERS: dict[str, Any] = {
    "token_create": _PAIR,
    "token_refresh": _PAIR,
    "register": _CUSTOMER,
    "profile_retrieve": _CUSTOMER,
    "categories_list": _page({**_CATEGORY, "description": "", "parent": None}),
    "products_list": _page(_PRODUCT_ROW),
    "products_retrieve": _PRODUCT,
    "cart_retrieve": _CART,
    "cart_clear": _EMPTY_CART,
    "cart_lines_add": _CART,
    "cart_lines_set": _CART,
    "cart_lines_remove": _EMPTY_CART,
    "cart_coupon_set": {**_CART, "coupon": "SUMMER"},
    "cart_coupon_remove": _CART,
    "shipping_methods_list": _page(
        {"code": "standard", "name": "Standard", "description": "", "price": _money("4.00")}
    ),
    "payment_methods_list": _page(
        {"code": "demo", "name": "Demo payment", "is_default": True, "facts": {}}
    ),
    "orders_list": _page(_ORDER_ROW),
    "orders_create": _ORDER,
    "orders_retrieve": {**_ORDER, "token": None},
    "orders_cancel": {**_CANCELLED, "token": None},
    "orders_confirm": {**_ORDER, "token": None},
}


def add_examples(result: Any, generator: Any, request: Any, public: bool) -> Any:
    """A hook of drf-spectacular: puts the examples of this module where they belong."""
    for methods in result["paths"].values():
        for operation in methods.values():
            name = operation["operationId"]
            if name in REQUESTS:
                _put(operation["requestBody"], REQUESTS[name])
            for status, response in operation["responses"].items():
                if name in ANSWERS and status.startswith("2"):
                    _put(response, ANSWERS[name])
    return result


def loosen_sparse(result: Any, generator: Any, request: Any, public: bool) -> Any:
    """A hook of drf-spectacular: an answer that `?fields=` may cut requires no member."""
    for name in ("Category", "Product", "ProductRow"):
        result["components"]["schemas"][name].pop("required", None)
    return result


def _put(part: Any, example: Any) -> None:
    for content in part.get("content", {}).values():
        content["example"] = example
