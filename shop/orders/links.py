"""How a guest comes to an order: by a link that the shop signed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import NoReverseMatch, reverse

from shop.orders.models import Order

_SALT = "shop.orders.guest"


def make_token(order: Order) -> str:
    """The token that opens this order, and no other, to whoever has it."""
    return Signer(salt=_SALT).signature(order.number)


def find_order(number: str, token: str, *, with_attempts: bool = False) -> Order | None:
    """The order of this number if the token is its own; else None, as for no such order.
    An attempt whose payment is open is found only `with_attempts`."""
    try:
        Signer(salt=_SALT).unsign(f"{number}:{token}")
    except BadSignature:
        return None
    orders = Order.objects.all() if with_attempts else Order.objects.placed()
    found: Order | None = orders.filter(number=number).first()
    return found


def make_link(order: Order) -> str:
    """The whole address of the order's page, with its token, for a mail."""
    try:
        path = reverse("storefront:order", args=[order.number])
    except NoReverseMatch:
        path = f"/orders/{order.number}/"
    return f"{settings.SHOP_URL}{path}?{urlencode({'token': make_token(order)})}"
