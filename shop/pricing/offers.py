"""Which offers hold for a cart: the automatic ones, and the one that its coupon gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shop.catalog.models import Category, Variant
from shop.errors import CouponNotApplicable
from shop.pricing.calculation import Goods, Offer, OfferKind, holds
from shop.pricing.models import Coupon, Promotion, PromotionUse

if TYPE_CHECKING:
    from shop.accounts.models import User


class CouponProblem(StrEnum):
    """Why a cart's coupon gives nothing."""

    UNKNOWN = "coupon_unknown"
    NOT_NOW = "coupon_not_valid_now"
    USED_UP = "coupon_used_up"
    USED_BY_CUSTOMER = "coupon_used_by_customer"
    WRONG_GOODS = "coupon_not_for_these_goods"
    BELOW_MINIMUM = "coupon_minimum_not_met"

    @property
    def message(self) -> str:
        return _MESSAGES[self]


_MESSAGES = {
    CouponProblem.UNKNOWN: "There is no such coupon.",
    CouponProblem.NOT_NOW: "This coupon is not valid at the moment.",
    CouponProblem.USED_UP: "This coupon has been used up.",
    CouponProblem.USED_BY_CUSTOMER: "You have used this coupon as often as it can be used.",
    CouponProblem.WRONG_GOODS: "This coupon is not for what is in the cart.",
    CouponProblem.BELOW_MINIMUM: "The cart is below the minimum value of this coupon.",
}


@dataclass(frozen=True, slots=True)
class Applicable:
    """A promotion as the calculation takes it, with the coupon that gave it, if one did."""

    promotion: Promotion
    offer: Offer
    coupon: Coupon | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    applicable: list[Applicable]
    problem: CouponProblem | None = None


def refuse_coupon(code: str, problem: CouponProblem) -> CouponNotApplicable:
    """The refusal for a coupon with this problem."""
    return CouponNotApplicable(code, problem.value, f"{problem.message} Remove it, or use another.")


def has_automatic() -> Exists:
    """Is any automatic promotion running? To be asked along with another query."""
    return Exists(Promotion.objects.running().automatic())


def find_offers(
    goods: Sequence[Goods],
    variants: Mapping[str, Variant],
    *,
    coupon_code: str,
    with_automatic: bool,
    customer: User | None,
    email: str,
) -> Offers:
    """The offers to apply to these goods, automatic ones first, the coupon's last.

    At most six queries, whatever the number of lines and promotions; none at all without
    a coupon and automatic promotions.
    """
    coupon, problem = _find_coupon(coupon_code)
    if coupon is None and not with_automatic:
        return Offers([], problem)
    promotions = _load(with_automatic, coupon)
    covered = _cover(promotions, variants)
    used = _count_uses(promotions, customer, email)
    applicable: list[Applicable] = []
    for promotion in promotions:
        offer = _make_offer(promotion, covered.get(promotion.pk))
        if coupon is not None and promotion.pk == coupon.promotion_id:
            problem = _find_problem(promotion, coupon, offer, goods, used)
            if problem is None:
                applicable.append(Applicable(promotion, offer, coupon))
        elif _has_uses_left(promotion, used) and holds(offer, goods):
            applicable.append(Applicable(promotion, offer))
    return Offers(applicable, problem)


def _find_coupon(code: str) -> tuple[Coupon | None, CouponProblem | None]:
    if not code:
        return None, None
    coupon: Coupon | None = (
        Coupon.objects.by_code(code).first() if "\x00" not in code else None  # no NUL in SQL
    )
    if coupon is None:
        return None, CouponProblem.UNKNOWN
    return coupon, None


def _load(with_automatic: bool, coupon: Coupon | None) -> list[Promotion]:
    """In order of use: automatic ones by position, the coupon's last. Of the coupon's it is
    annotated whether it is running."""
    running = Promotion.objects.running()
    wanted = Q(pk__in=running.automatic().values("pk")) if with_automatic else Q(pk=None)
    given = coupon.promotion_id if coupon else None
    if given is not None:
        wanted |= Q(pk=given)
    through_products = Promotion.products.through.objects
    through_categories = Promotion.categories.through.objects
    found = Promotion.objects.filter(wanted).annotate(
        is_running=Exists(running.filter(pk=OuterRef("pk"))),
        has_products=Exists(through_products.filter(promotion=OuterRef("pk"))),
        has_categories=Exists(through_categories.filter(promotion=OuterRef("pk"))),
    )
    return sorted(found, key=lambda promotion: promotion.pk == given)


def _cover(
    promotions: Sequence[Promotion], variants: Mapping[str, Variant]
) -> dict[int, frozenset[str]]:
    """Of each promotion that is for some goods only: the skus of those in the cart."""
    by_product = [p.pk for p in promotions if _flag(p, "has_products")]
    by_category = [p.pk for p in promotions if _flag(p, "has_categories")]
    if not by_product and not by_category:
        return {}
    products: dict[int, set[int]] = {pk: set() for pk in (*by_product, *by_category)}
    categories: dict[int, set[int]] = {pk: set() for pk in (*by_product, *by_category)}
    if by_product:
        ids = {variant.product_id for variant in variants.values()}
        pairs = Promotion.products.through.objects.filter(
            promotion__in=by_product, product__in=ids
        ).values_list("promotion_id", "product_id")
        for promotion, product in pairs:
            products[promotion].add(product)
    paths: dict[int, set[int]] = {}
    if by_category:
        pairs = Promotion.categories.through.objects.filter(promotion__in=by_category).values_list(
            "promotion_id", "category_id"
        )
        for promotion, category in pairs:
            categories[promotion].add(category)
        shelves = {v.product.category_id for v in variants.values()} - {None}
        found = Category.objects.with_tree_fields().filter(pk__in=shelves)
        paths = {category.pk: set(category.tree_path) for category in found}
    return {
        pk: frozenset(
            sku
            for sku, variant in variants.items()
            if variant.product_id in products[pk]
            or categories[pk] & paths.get(variant.product.category_id or 0, set())
        )
        for pk in products
    }


def _count_uses(
    promotions: Sequence[Promotion], customer: User | None, email: str
) -> dict[int, int]:
    """How often this customer has used each promotion that counts it."""
    limited = [p.pk for p in promotions if p.max_uses_per_customer is not None]
    if not limited or (customer is None and not email):
        return {}
    rows = uses_of(customer, email).filter(promotion__in=limited).values("promotion")
    return dict(rows.annotate(times=Count("pk")).values_list("promotion", "times"))


def uses_of(customer: User | None, email: str) -> QuerySet[PromotionUse]:
    """The uses of a customer: by the account, and by the address of a guest's order."""
    mine = Q(pk=None)
    if customer is not None:
        mine |= Q(customer=customer)
    if address := (email or getattr(customer, "email", "")).strip().lower():
        mine |= Q(email=address)
    return PromotionUse.objects.filter(mine)


def _make_offer(promotion: Promotion, keys: frozenset[str] | None) -> Offer:
    return Offer(
        kind=OfferKind(promotion.kind),
        keys=keys,
        percent_basis_points=promotion.percent_basis_points,
        amount_minor=promotion.amount_minor,
        buy_quantity=promotion.buy_quantity,
        get_quantity=promotion.get_quantity,
        minimum_minor=promotion.minimum_minor,
    )


def _find_problem(
    promotion: Promotion,
    coupon: Coupon,
    offer: Offer,
    goods: Sequence[Goods],
    used: Mapping[int, int],
) -> CouponProblem | None:
    if not coupon.is_active or not _flag(promotion, "is_running"):
        return CouponProblem.NOT_NOW
    if _is_reached(coupon.uses, coupon.max_uses) or _is_reached(promotion.uses, promotion.max_uses):
        return CouponProblem.USED_UP
    if _is_reached(used.get(promotion.pk, 0), promotion.max_uses_per_customer):
        return CouponProblem.USED_BY_CUSTOMER
    if not any(offer.covers(line) for line in goods):
        return CouponProblem.WRONG_GOODS
    return None if holds(offer, goods) else CouponProblem.BELOW_MINIMUM


def _has_uses_left(promotion: Promotion, used: Mapping[int, int]) -> bool:
    return not (
        _is_reached(promotion.uses, promotion.max_uses)
        or _is_reached(used.get(promotion.pk, 0), promotion.max_uses_per_customer)
    )


def _is_reached(uses: int, most: int | None) -> bool:
    return most is not None and uses >= most


def _flag(promotion: Promotion, name: str) -> bool:
    """An annotation of `_load`."""
    return bool(getattr(promotion, name))
