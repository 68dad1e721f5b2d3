"""The cart as a page shows it: whatever is wrong with it, the page still comes."""

from django.contrib import messages
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from shop.cart.cart import Cart
from shop.errors import CartUnavailable, InvalidCartToken
from shop.storefront.http import ShopRequest


def show_cart(request: ShopRequest) -> Cart | None:
    """The cart to show; None if its store cannot be reached now.

    A token that cannot be read costs the shopper that cart, never the page: it is said
    once, the token goes, and a new cart takes its place.
    """
    if getattr(request, "cart_is_away", False):
        return None
    try:
        return request.cart.read()
    except InvalidCartToken:
        give_up_cart(request)
        return request.cart.read()
    except CartUnavailable:
        request.cart_is_away = True
        return None


def give_up_cart(request: ShopRequest) -> None:
    """Go on with a new cart in place of one that cannot be read, and say so."""
    request.cart.forget_token()
    request.cart_is_given_up = True
    messages.warning(
        request,
        _("Your cart could not be read: it had expired or been changed."),
    )


class Badge:
    """The cart in the header of every page; the cart is read only if it is shown."""

    def __init__(self, request: ShopRequest) -> None:
        self._request = request

    @cached_property
    def count(self) -> int | None:
        """Pieces in the cart; None if that cannot be told now."""
        cart = show_cart(self._request)
        return None if cart is None else cart.count

    @property
    def carrier(self) -> str:
        """What keeps the token in the browser, for the script: storage, cookie or session."""
        return self._request.cart.strategy.carrier.value
