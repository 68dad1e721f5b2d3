"""From cart to order: the one way in, for every surface."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction

from shop.cart.cart import Cart
from shop.cart.request import RequestCart
from shop.errors import (
    CartAlreadyOrdered,
    CartUnavailable,
    CheckoutExpired,
    EmptyCart,
    InsufficientStock,
    OrderInProgress,
    PaymentDeclined,
    PaymentUnavailable,
    ShortLines,
)
from shop.orders.details import OrderDetails
from shop.orders.holds import Buyer, confirm_hold, hold_order, price_order
from shop.orders.keys import find_keyed, find_last_placed, find_standing, require_key
from shop.orders.models import Order
from shop.orders.services import lock_order
from shop.orders.states import OrderState
from shop.payments.gateways import Gateway, find_gateway
from shop.payments.holds import (
    claim_payment,
    confirm_payment,
    give_up,
    release_overdue,
    run_payment,
    start_payment,
)
from shop.payments.models import Payment, PaymentState
from shop.payments.services import capture_payment, find_payment
from shop.pricing.coupons import OfferUsedUp

if TYPE_CHECKING:
    from shop.accounts.models import User

logger = logging.getLogger("shop.payments")

PAUSE = 0.05
"""Seconds between two looks at an order that another request is placing."""


@dataclass(frozen=True, slots=True)
class Placement:
    """What came of it. `is_new` is false where the key (or the confirmation) had made this
    order before. While `needs_confirmation` the order is an attempt, and the cart as it was."""

    order: Order
    payment: Payment | None
    is_new: bool

    @property
    def needs_confirmation(self) -> bool:
        return self.payment is not None and self.payment.state == PaymentState.CONFIRMING

    @property
    def confirmation(self) -> Mapping[str, Any]:
        """What the shopper's browser needs to confirm the payment."""
        return self.payment.confirmation if self.payment and self.needs_confirmation else {}


def place_order(
    *, cart: RequestCart, key: str | None, details: OrderDetails, customer: User | None
) -> Placement:
    """Order what is in the cart, exactly once for a key and once for a cart.

    The stock is taken and the attempt written in one transaction, then the payment is
    authorised outside it, then the order confirmed; the cart is left with what was added
    meanwhile. A request that dies anywhere in between is finished by the next one with its
    key, or given up at its deadline. Requests at the same time wait for each other.

    Raises `IdempotencyKeyRequired`, `IdempotencyMismatch`, `EmptyCart`, `CartAlreadyOrdered`,
    `ShortLines`, `PriceChanged`, `CouponNotApplicable`, `UnknownShippingMethod`,
    `UnknownPaymentMethod`, `PaymentDeclined`, `PaymentUnavailable`, `CheckoutExpired`,
    `OrderInProgress`, `InvalidCartToken`, `CartUnavailable`. There is then no order, the
    stock is given back, and the cart is as it was.
    """
    key = require_key(key)
    gateway = find_gateway(details.payment_method)
    buyer = Buyer(cart.owner, customer)
    release_overdue()
    patience = time.monotonic() + settings.ORDER_WAIT.total_seconds()
    while True:
        if order := find_keyed(owner=buyer.owner, key=key, details=details):
            placement = _go_on(order, details)
        else:
            placement = _begin(cart, key, details, buyer, gateway)
        if placement is not None:
            return _settle(cart, placement)
        if time.monotonic() >= patience:
            raise OrderInProgress
        time.sleep(PAUSE)


def confirm_order(*, order: Order, answer: str, cart: RequestCart | None = None) -> Placement:
    """Go on with an attempt after the shopper's confirmation step (`answer` is what came
    back with it); safe to repeat.

    Raises `PaymentDeclined`, `PaymentUnavailable`, `CheckoutExpired`; everything is then
    given back, and the cart is as it was.
    """
    order.refresh_from_db()
    payment = find_payment(order)
    if order.is_placed:
        return _settle(cart, Placement(order, payment, is_new=False))
    if order.state != OrderState.PENDING or payment is None:
        declined = order.payments.filter(state=PaymentState.DECLINED).exists()
        raise PaymentDeclined if declined else CheckoutExpired
    order = confirm_payment(order=order, payment=payment, answer=answer)
    return _settle(cart, _finish(order))


def _begin(
    cart: RequestCart, key: str, details: OrderDetails, buyer: Buyer, gateway: Gateway
) -> Placement | None:
    """A new attempt; None if another one has to be waited for."""
    contents = cart.read()
    if contents and not contents.nonce:
        contents = cart.update(Cart.merge, Cart())  # from before carts had one
    if standing := find_standing(nonce=contents.nonce):
        _make_way(standing, cart)
        return None
    if not contents:
        if last := find_last_placed(owner=buyer.owner):
            raise CartAlreadyOrdered(last.number)
        raise EmptyCart
    priced = price_order(contents, details, buyer.customer)
    try:
        with transaction.atomic(durable=True):
            order = hold_order(
                cart=contents,
                priced=priced,
                details=details,
                buyer=buyer,
                key=key,
                method=gateway.name,
            )
            payment = start_payment(order=order, gateway=gateway)
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        return None  # the key or the cart is taken this moment: look at the order
    except OfferUsedUp:
        return None  # price it anew
    except InsufficientStock as shortage:
        price_order(contents, details, buyer.customer)  # names all the lines that are short now
        raise _name(contents, shortage) from shortage
    return _pay(order, payment, details)


def _go_on(order: Order, details: OrderDetails) -> Placement | None:
    """The order that the key made before; None if another request is busy with it."""
    if order.is_placed:
        return Placement(order, find_payment(order), is_new=False)
    payment = find_payment(order)
    if order.state != OrderState.PENDING or (payment is None and order.total_minor):
        return None  # given up this moment: begin anew
    if payment is not None and payment.state == PaymentState.CONFIRMING:
        return Placement(order, payment, is_new=False)
    if payment is not None and not claim_payment(payment):
        return None
    return _pay(order, payment, details)


def _pay(order: Order, payment: Payment | None, details: OrderDetails) -> Placement:
    if payment is not None:
        order = run_payment(order=order, payment=payment, token=details.payment_token)
    else:
        with transaction.atomic(durable=True):
            order = lock_order(order)
            if order.state == OrderState.PENDING:
                confirm_hold(order=order, is_paid=True)
    return _finish(order)


def _finish(order: Order) -> Placement:
    payment = find_payment(order)
    is_due = settings.PAYMENT_CAPTURE == "placing" and order.is_placed and payment
    if payment and is_due and not find_gateway(payment.gateway).pays_later:
        payment = _capture_at_once(order, payment)
        order.refresh_from_db()
    return Placement(order, payment, is_new=True)


def _capture_at_once(order: Order, payment: Payment) -> Payment:
    """The order stands whatever comes of it: staff see a payment that is only authorised."""
    try:
        return capture_payment(order=order)
    except (PaymentDeclined, PaymentUnavailable):
        payment.refresh_from_db()
        return payment


def _make_way(standing: Order, cart: RequestCart) -> None:
    """What this cart has become under another key: an order, which stays the only one (its
    lines leave the cart, so that the shopper can go on); or an attempt, which is waited for
    while its payment runs, and else is given up."""
    if standing.is_placed:
        settle_cart(cart=cart, order=standing)
        raise CartAlreadyOrdered(standing.number)
    payment = find_payment(standing)
    if payment is not None and payment.is_busy:
        return
    give_up(order=standing, reason="the cart was ordered anew")


def _settle(cart: RequestCart | None, placement: Placement) -> Placement:
    """Take what was ordered out of the cart; what was added meanwhile stays. Safe to repeat:
    a cart that is no longer the one that was ordered is left alone."""
    if cart is not None and placement.order.is_placed:
        try:
            settle_cart(cart=cart, order=placement.order)
        except CartUnavailable as error:
            # The order stands. The cart's nonce is spent, so it is settled when it is met again.
            logger.warning("cart_not_settled", exc_info=error)
    return placement


def settle_cart(*, cart: RequestCart, order: Order) -> None:
    """Take a placed order's lines out of the cart that it was, if they are still in it."""
    if not order.cart_nonce or cart.read().nonce != order.cart_nonce:
        return
    lines = {line.sku: line.quantity for line in order.lines.all()}
    cart.update(Cart.after_order, Cart(lines, order.coupon, order.cart_nonce))


def _name(contents: Cart, shortage: InsufficientStock) -> ShortLines:
    """The stock is there again this moment: name the line that was short before."""
    sku, available = shortage.facts["sku"], shortage.facts["available"]
    line = {"sku": sku, "quantity": contents.get(sku, 0), "available": available}
    return ShortLines([{**line, "problem": "insufficient_stock"}])
