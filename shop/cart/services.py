"""What a shopper does with a cart: checked against the catalogue and the stock."""

from shop.cart.cart import Cart
from shop.cart.request import RequestCart
from shop.catalog.models import SKU_PATTERN, Variant
from shop.errors import UnknownSku


def add_to_cart(cart: RequestCart, *, sku: str, quantity: int) -> Cart:
    """Add to the sku's line. Raises `UnknownSku`, `InvalidQuantity`, `InsufficientStock`,
    `CartFull`, `InvalidCartToken`, `CartUnavailable`; the cart is then as it was."""
    return cart.update(Cart.add, sku, quantity, available=_find_available(sku))


def set_in_cart(cart: RequestCart, *, sku: str, quantity: int) -> Cart:
    """Set the sku's line to `quantity`; 0 removes it, even if the sku has gone.
    Raises as `add_to_cart`."""
    if quantity == 0:
        return cart.update(Cart.set, sku, 0)
    return cart.update(Cart.set, sku, quantity, available=_find_available(sku))


def _find_available(sku: str) -> int:
    if not SKU_PATTERN.fullmatch(sku):
        raise UnknownSku(sku)  # not to be asked of a database: PostgreSQL refuses a NUL
    on_sale = Variant.objects.on_sale().filter(sku=sku)
    available: int | None = on_sale.values_list("stock__on_hand", flat=True).first()
    if available is None:
        raise UnknownSku(sku)
    return available
