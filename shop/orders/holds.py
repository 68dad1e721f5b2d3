"""An order while it comes about: held for the payment, then confirmed or abandoned.

Lock order everywhere: the order's row, then offers by id, then stock levels by sku.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shop.cart.cart import Cart
from shop.errors import PriceChanged, ShortLines
from shop.inventory.models import Movement
from shop.inventory.services import give_stock, take_stock
from shop.orders.details import OrderDetails
from shop.orders.history import note
from shop.orders.mail.outbox import post_mail
from shop.orders.models import IdempotencyKey, Order, OrderLine, OutboxMail
from shop.orders.states import OrderState, require_transition
from shop.pricing.coupons import give_uses_back, use_offers
from shop.pricing.lines import PricedCart, price_cart
from shop.pricing.offers import refuse_coupon

if TYPE_CHECKING:
    from shop.accounts.models import User


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who orders: the owner of the cart, by which keys are kept apart, and the account."""

    owner: str
    customer: User | None = None


def price_order(cart: Cart, details: OrderDetails, customer: User | None) -> PricedCart:
    """The cart's prices for this order, all of it found in order.

    Raises `ShortLines` with every line that cannot be had, `CouponNotApplicable`,
    `UnknownShippingMethod`, `PriceChanged`.
    """
    priced = price_cart(
        cart,
        country=details.shipping_address.country,
        shipping_method=details.shipping_method,
        customer=customer,
        email=details.email,
    )
    require_stock(priced)
    if priced.coupon_problem is not None:
        raise refuse_coupon(cart.coupon, priced.coupon_problem)
    expected = details.expected_total
    if expected is not None and priced.total > expected:
        raise PriceChanged(str(expected), str(priced.total))
    return priced


def require_stock(priced: PricedCart) -> None:
    """Raises `ShortLines`, naming every line that cannot be ordered as it is."""
    short = [
        {
            "sku": line.sku,
            "quantity": line.quantity,
            "available": line.available,
            "problem": line.problem.value,
        }
        for line in priced.lines
        if line.problem
    ]
    if short:
        raise ShortLines(short)


def hold_order(
    *, cart: Cart, priced: PricedCart, details: OrderDetails, buyer: Buyer, key: str, method: str
) -> Order:
    """Write the order and its lines as an attempt, count its offers and take its stock, to be
    held until the payment's outcome, at most `ORDER_HOLD`.

    Raises `IntegrityError` if the key or the cart is taken by another order, `InsufficientStock`,
    `CouponNotApplicable`, `OfferUsedUp`; nothing is then written.
    """
    with transaction.atomic():
        order = _write_order(cart, priced, details, buyer, method)
        IdempotencyKey.objects.create(
            owner=buyer.owner, key=key, fingerprint=details.fingerprint, order=order
        )
        _write_lines(order, priced)
        note(order, "held", actor=buyer.customer)
        use_offers(
            applied=[offer.applied for offer in priced.offers],
            reference=order.number,
            customer=buyer.customer,
            email=details.email,
        )
        # Last, since these rows are the ones that other shoppers wait for.
        take_stock(quantities=dict(cart), reference=order.number, actor=buyer.customer)
        return order


def confirm_hold(*, order: Order, is_paid: bool = False) -> None:
    """Make the attempt an order. `order` is locked by the caller's transaction.
    Raises `WrongOrderState`."""
    require_transition(order.number, order.state, OrderState.PLACED)
    now = timezone.now()
    order.state = OrderState.PAID if is_paid else OrderState.PLACED
    order.placed_at, order.hold_until = now, None
    order.paid_at = now if is_paid else None
    order.save(update_fields=["state", "placed_at", "paid_at", "hold_until"])
    note(order, "placed", actor=order.customer)
    post_mail(order=order, kind=OutboxMail.Kind.PLACED, about=order.number)


def abandon_hold(*, order: Order, reason: str) -> None:
    """Give up the attempt: stock and offers go back, key and cart are free again. `order` is
    locked by the caller's transaction, so this happens once. Raises `WrongOrderState`."""
    require_transition(order.number, order.state, OrderState.ABANDONED)
    order.state, order.hold_until = OrderState.ABANDONED, None
    order.save(update_fields=["state", "hold_until"])
    IdempotencyKey.objects.filter(order=order).delete()
    note(order, "abandoned", reason)
    give_uses_back(reference=order.number)
    held = {line: line.quantity for line in order.lines.select_related("variant")}
    put_back(order, held, Movement.Reason.RELEASE)


def put_back(
    order: Order, pieces: dict[OrderLine, int], reason: str, *, actor: User | None = None
) -> None:
    """Give pieces of these lines back to stock. A variant that has been deleted since has no
    level to go to; one that was renamed goes under its present sku."""
    quantities: dict[str, int] = {}
    for line, quantity in pieces.items():
        if line.variant is not None and quantity:
            sku = line.variant.sku
            quantities[sku] = quantities.get(sku, 0) + quantity
    if quantities:
        give_stock(quantities=quantities, reference=order.number, reason=reason, actor=actor)


def _write_order(
    cart: Cart, priced: PricedCart, details: OrderDetails, buyer: Buyer, method: str
) -> Order:
    billing = details.billing_address
    return Order.objects.create(
        state=OrderState.PENDING,
        customer=buyer.customer,
        email=details.email,
        currency=settings.SHOP_CURRENCY,
        subtotal_minor=priced.subtotal.minor,
        discount_minor=priced.discount.minor,
        shipping_minor=priced.shipping.minor,
        shipping_tax_minor=priced.shipping_tax.minor,
        tax_minor=priced.tax.minor,
        total_minor=priced.total.minor,
        coupon=cart.coupon,
        shipping_method=priced.delivery.code if priced.delivery else "",
        shipping_name=priced.delivery.name if priced.delivery else "",
        payment_method=method,
        shipping_address_data=details.shipping_address.as_dict(),
        billing_address_data=billing.as_dict() if billing else {},
        hold_until=timezone.now() + settings.ORDER_HOLD,
        cart_owner=buyer.owner,
        cart_nonce=cart.nonce,
    )


def _write_lines(order: Order, priced: PricedCart) -> None:
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            position=position,
            variant=line.variant,
            sku=line.sku,
            name=line.name[:500],
            unit_price_minor=line.unit_price.minor,
            quantity=line.quantity,
            line_total_minor=line.line_total.minor,
            discount_minor=line.discount.minor,
            tax_minor=line.tax.minor,
            tax_rate_basis_points=line.tax_rate_basis_points,
        )
        for position, line in enumerate(priced.lines)
    )
