"""What can go wrong in the shop, in the words of the trade.

Every refusal that a client may see is a `ShopError` with a stable `code` (the
contract's snake_case word), a sentence that says how to mend it, and the facts
that belong to it (`detail`). How it is shown (a problem+json answer, a page, a
message) is for the surfaces to decide.
"""

from collections.abc import Mapping
from typing import Any, ClassVar


class ShopError(Exception):
    """A refusal with a stable code, a sentence for the reader, and its facts."""

    code: ClassVar[str] = "refused"

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.facts: Mapping[str, Any] = facts


class UnknownSku(ShopError):
    """No variant on sale has this sku."""

    code = "unknown_sku"

    def __init__(self, sku: str) -> None:
        super().__init__(f"There is no product with the sku “{sku}” on sale.", sku=sku)


class InvalidQuantity(ShopError):
    """A quantity that is not a whole number from the smallest allowed to the limit."""

    code = "invalid_quantity"

    def __init__(self, least: int, most: int) -> None:
        super().__init__(
            f"The quantity must be a whole number from {least} to {most}.", least=least, most=most
        )


class InsufficientStock(ShopError):
    """More was asked for than can be sold; `available` says how much can."""

    code = "insufficient_stock"

    def __init__(self, sku: str, available: int) -> None:
        message = f"Only {available} of “{sku}” can be ordered."
        if available == 0:
            message = f"“{sku}” is sold out."
        super().__init__(message, sku=sku, available=available)


class CartFull(ShopError):
    """The change would take the cart past its limit of lines or of bytes."""

    code = "cart_full"

    def __init__(self, lines: int) -> None:
        super().__init__(
            f"The cart is full: it holds {lines} lines. Remove one to add another.", lines=lines
        )


class InvalidCartToken(ShopError):
    """The cart token was forged, damaged, or has expired."""

    code = "invalid_cart_token"

    def __init__(self) -> None:
        super().__init__(
            "This cart token is damaged, expired or not from this shop. "
            "Leave it out to begin a new cart."
        )


class CartUnavailable(ShopError):
    """The store that holds the carts cannot be reached; try again later."""

    code = "cart_unavailable"
    retry_after: ClassVar[int] = 5
    """Seconds after which another try is worth it."""

    def __init__(self) -> None:
        super().__init__(
            "The cart cannot be reached at the moment. Nothing is lost: "
            f"please try again in {self.retry_after} seconds."
        )
