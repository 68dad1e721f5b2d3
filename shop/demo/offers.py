"""The demo shop's ways of delivery and its coupon. Amounts are in minor units."""

from __future__ import annotations

from decimal import Decimal

from shop.demo.terms import RATES
from shop.pricing.models import Coupon, Promotion, ShippingMethod

COUPON = "WELCOME10"


def create_offers() -> None:
    """Those that are missing are made; what staff made of the others stays."""
    # The first is the default and costs nothing, so that a cart's total is its order's.
    ShippingMethod.objects.bulk_create(
        [
            ShippingMethod(
                code="standard",
                name="Standard delivery",
                description="Three to five days.",
                price_minor=0,
                position=1,
            ),
            ShippingMethod(
                code="express",
                name="Express",
                description="Tomorrow, if ordered by noon.",
                countries=sorted(RATES),
                max_weight_grams=30_000,
                price_minor=990,
                free_from_minor=20_000,
                position=2,
            ),
        ],
        ignore_conflicts=True,
    )
    if not Coupon.objects.filter(code=COUPON).exists():
        promotion = Promotion.objects.create(
            name="Ten percent to begin with", kind=Promotion.Kind.PERCENT, percent=Decimal(10)
        )
        Coupon.objects.create(code=COUPON, promotion=promotion)
