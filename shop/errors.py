"""What can go wrong in the shop, in the words of the trade.

Every refusal that a client may see is a `ShopError` with a stable `code` (the
contract's snake_case word), a sentence that says how to mend it, and the facts
that belong to it (`detail`). How it is shown (a problem+json answer, a page, a
message) is for the surfaces to decide.
"""

from collections.abc import Mapping, Sequence
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


# --- Coupons and delivery -----------------------------------------------------------------


class UnknownCoupon(ShopError):
    """No coupon has this code."""

    code = "unknown_coupon"

    def __init__(self, coupon: str) -> None:
        super().__init__(f"There is no coupon “{coupon}”. Check the code for typing errors.")


class CouponNotApplicable(ShopError):
    """The coupon exists but cannot be used for this cart now; `reason` says why, in the
    words of `pricing.offers.CouponProblem`."""

    code = "coupon_not_applicable"

    def __init__(self, coupon: str, reason: str, message: str) -> None:
        super().__init__(message, coupon=coupon, reason=reason)


class UnknownShippingMethod(ShopError):
    """No shipping method of this code takes this cart to this country."""

    code = "unknown_shipping_method"

    def __init__(self, method: str, available: Sequence[str]) -> None:
        super().__init__(
            f"“{method}” cannot deliver this cart to this address. Choose another way of delivery."
            if method
            else "Nothing can deliver this cart to this address.",
            shipping_method=method,
            available=list(available),
        )


# --- Checkout -----------------------------------------------------------------------------


class EmptyCart(ShopError):
    """There is nothing in the cart to order."""

    code = "empty_cart"

    def __init__(self) -> None:
        super().__init__("The cart is empty. Add something to order it.")


class ShortLines(InsufficientStock):
    """Lines that cannot be ordered as they are: `lines` has the sku, the quantity wanted,
    what is available and the problem of every one of them."""

    def __init__(self, lines: Sequence[Mapping[str, Any]]) -> None:
        names = ", ".join(f"“{line['sku']}” ({line['available']} left)" for line in lines)
        ShopError.__init__(
            self,
            f"Not enough in stock: {names}. Nothing was ordered; change the cart and try again.",
            lines=[dict(line) for line in lines],
        )


class PriceChanged(ShopError):
    """The total is higher than the client expected; both are decimal strings."""

    code = "price_changed"

    def __init__(self, expected: str, total: str) -> None:
        super().__init__(
            f"The total is now {total}, not {expected}. Nothing was ordered; look at the cart "
            "again and confirm.",
            expected_total=expected,
            total=total,
        )


class IdempotencyKeyRequired(ShopError):
    """An order needs an `Idempotency-Key`, so that it can be sent again safely."""

    code = "idempotency_key_required"

    def __init__(self) -> None:
        super().__init__(
            "Send an Idempotency-Key of 1 to 255 printable ASCII characters: a new random one "
            "for each order, the same one when you send that order again."
        )


class IdempotencyMismatch(ShopError):
    """The key belongs to an order that was sent with another body."""

    code = "idempotency_mismatch"

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was used with another request. Take a new key for a new order."
        )


class CartAlreadyOrdered(ShopError):
    """This cart has become the order `number` already."""

    code = "cart_already_ordered"

    def __init__(self, number: str) -> None:
        super().__init__(
            f"This cart has been ordered already, as order {number}. To order the same again, "
            "add it to a new cart.",
            order=number,
        )


class OrderInProgress(ShopError):
    """The same order is being placed at this moment; its outcome is not known yet."""

    code = "order_in_progress"
    retry_after: ClassVar[int] = 2

    def __init__(self) -> None:
        super().__init__(
            "This order is being placed at the moment. Ask again in a few seconds with the same "
            "Idempotency-Key."
        )


class CheckoutExpired(ShopError):
    """The payment came after the time for which the goods were held."""

    code = "checkout_expired"

    def __init__(self) -> None:
        super().__init__(
            "The time to pay is over, so the goods are no longer held for you. Nothing was "
            "charged; the cart is as it was."
        )


# --- Payment ------------------------------------------------------------------------------


class UnknownPaymentMethod(ShopError):
    """The shop has no payment method of this name."""

    code = "unknown_payment_method"

    def __init__(self, method: str, available: Sequence[str]) -> None:
        super().__init__(
            f"“{method}” is not a payment method of this shop. There are: {', '.join(available)}.",
            payment_method=method,
            available=list(available),
        )


class PaymentDeclined(ShopError):
    """The payment was refused; nothing was ordered and nothing charged."""

    code = "payment_declined"

    def __init__(self, reason: str = "") -> None:
        super().__init__(
            "The payment was declined. Nothing was ordered or charged; try again or choose "
            "another way to pay.",
            **({"reason": reason} if reason else {}),
        )


class PaymentUnavailable(ShopError):
    """The payment service did not answer; nothing was ordered."""

    code = "payment_unavailable"
    retry_after: ClassVar[int] = 5

    def __init__(self) -> None:
        super().__init__(
            "The payment service does not answer. Nothing was ordered; please try again in a "
            "moment, or choose another way to pay."
        )


class RefundTooLarge(ShopError):
    """More was to be refunded than is left of what was paid; `left` is a decimal string."""

    code = "refund_too_large"

    def __init__(self, left: str) -> None:
        super().__init__(f"At most {left} can be refunded.", left=left)


# --- Orders -------------------------------------------------------------------------------


class WrongOrderState(ShopError):
    """The order is in a state that does not allow this."""

    code = "wrong_order_state"

    def __init__(self, number: str, state: str, wanted: str) -> None:
        super().__init__(
            f"Order {number} is {state}, so it cannot become {wanted}.", order=number, state=state
        )


class TooManyPieces(ShopError):
    """More of a line was to be sent or taken back than there is."""

    code = "too_many_pieces"

    def __init__(self, sku: str, most: int) -> None:
        super().__init__(
            f"At most {most} of “{sku}” can be taken here; take at least one.", sku=sku, most=most
        )
