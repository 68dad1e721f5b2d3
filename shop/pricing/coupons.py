"""Putting a coupon on a cart, and counting the uses of offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from shop.cart.cart import Cart
from shop.cart.request import RequestCart
from shop.errors import ShopError, UnknownCoupon
from shop.pricing.lines import price_cart
from shop.pricing.models import Coupon, Promotion, PromotionUse
from shop.pricing.offers import Applicable, CouponProblem, refuse_coupon, uses_of

if TYPE_CHECKING:
    from shop.accounts.models import User


class OfferUsedUp(ShopError):
    """An automatic promotion was used up since the cart was priced: price it again."""

    code = "offer_used_up"


def apply_coupon(cart: RequestCart, *, code: str, customer: User | None = None) -> Cart:
    """Put the coupon on the cart in place of any other.

    Raises `UnknownCoupon`, `CouponNotApplicable` (the cart is then as it was), and what
    `RequestCart.update` raises. A coupon goes on an empty cart, to hold later.
    """
    wanted = code.strip().upper()
    if not wanted or "\x00" in wanted or not Coupon.objects.by_code(wanted).exists():
        raise UnknownCoupon(code.strip())
    priced = price_cart(cart.read().with_coupon(wanted), customer=customer)
    if priced.coupon_problem is not None:
        raise refuse_coupon(wanted, priced.coupon_problem)
    return cart.update(Cart.with_coupon, wanted)


def use_offers(
    *, applied: Sequence[Applicable], reference: str, customer: User | None, email: str
) -> None:
    """Count one use of each offer for the order `reference`, in the order's transaction.

    Limits hold under any race: the conditional UPDATE of a limited promotion (in order of
    id, then its coupon) locks its row, and the customer's own uses are counted behind that
    lock. Raises `CouponNotApplicable`, and `OfferUsedUp` for an automatic one. A promotion
    without limits is not updated, since its row would be a queue for every order.
    """
    address = email.strip().lower()
    with transaction.atomic():
        for use in sorted(applied, key=lambda use: use.promotion.pk):
            _count(use, customer, address)
        PromotionUse.objects.bulk_create(
            PromotionUse(
                promotion=use.promotion,
                coupon=use.coupon,
                reference=reference,
                customer=customer,
                email=address,
            )
            for use in applied
        )


def give_uses_back(*, reference: str) -> None:
    """Undo `use_offers` for an order that does not come about. The caller makes sure that
    it runs once, by the order's own lock; run again it finds nothing to do."""
    with transaction.atomic():
        for use in PromotionUse.objects.filter(reference=reference).order_by("promotion_id"):
            counted = Promotion.objects.filter(pk=use.promotion_id, uses__gt=0)
            counted.exclude(max_uses=None, max_uses_per_customer=None).update(uses=F("uses") - 1)
            if use.coupon_id is not None:
                Coupon.objects.filter(pk=use.coupon_id, uses__gt=0).update(uses=F("uses") - 1)
        PromotionUse.objects.filter(reference=reference).delete()


def _count(use: Applicable, customer: User | None, email: str) -> None:
    promotion = use.promotion
    if promotion.max_uses is not None or promotion.max_uses_per_customer is not None:
        has_use = Q(max_uses=None) | Q(uses__lt=F("max_uses"))
        rows = Promotion.objects.filter(has_use, pk=promotion.pk)
        if not rows.update(uses=F("uses") + 1):
            raise _refuse(use, CouponProblem.USED_UP)
        most = promotion.max_uses_per_customer
        if (
            most is not None
            and uses_of(customer, email).filter(promotion=promotion).count() >= most
        ):
            raise _refuse(use, CouponProblem.USED_BY_CUSTOMER)
    if use.coupon is not None:
        has_use = Q(max_uses=None) | Q(uses__lt=F("max_uses"))
        coupons = Coupon.objects.filter(has_use, pk=use.coupon.pk, is_active=True)
        if not coupons.update(uses=F("uses") + 1):
            raise _refuse(use, CouponProblem.USED_UP)


def _refuse(use: Applicable, problem: CouponProblem) -> ShopError:
    if use.coupon is None:
        return OfferUsedUp("An offer was used up just now.")
    return refuse_coupon(use.coupon.code, problem)
