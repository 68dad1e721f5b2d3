"""Offers, the coupons that give them, and their uses. Amounts are in minor units of
`settings.SHOP_CURRENCY`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from shop.catalog.models import Category, Product


class PromotionQuerySet(models.QuerySet[Any]):
    def running(self) -> Self:
        """Switched on, and within their dates."""
        now = timezone.now()
        return self.filter(
            Q(starts_at=None) | Q(starts_at__lte=now),
            Q(ends_at=None) | Q(ends_at__gt=now),
            is_active=True,
        )

    def automatic(self) -> Self:
        """Those that need no coupon."""
        return self.filter(is_automatic=True)


class Promotion(models.Model):
    """An offer: what is given, for which goods, when, and how often.

    Without products and categories it is for all goods. An automatic one holds for every
    cart; the others need a coupon.
    """

    class Kind(models.TextChoices):
        PERCENT = "percent", "Percent off"
        AMOUNT = "amount", "Amount off"
        FREE_DELIVERY = "free_delivery", "Free delivery"
        BUY_X_GET_Y = "buy_x_get_y", "Buy some, get some"

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Off the goods, or off the pieces that are got.",
    )
    amount_minor = models.PositiveBigIntegerField(
        "amount", default=0, help_text="Off the goods, in minor units."
    )
    buy_quantity = models.PositiveIntegerField(default=0, help_text="Pieces to buy at full price…")
    get_quantity = models.PositiveIntegerField(
        default=0, help_text="…to get so many more, the cheapest, at the percentage off."
    )
    products = models.ManyToManyField(Product, blank=True, related_name="+")
    categories = models.ManyToManyField(
        Category, blank=True, related_name="+", help_text="With all categories below them."
    )
    minimum_minor = models.PositiveBigIntegerField(
        "minimum", default=0, help_text="Value of the goods it is for, in minor units."
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    is_automatic = models.BooleanField(default=False, help_text="Holds without a coupon.")
    is_active = models.BooleanField(default=True)
    max_uses = models.PositiveIntegerField(null=True, blank=True)
    max_uses_per_customer = models.PositiveIntegerField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0, editable=False)
    position = models.PositiveSmallIntegerField(
        default=1, help_text="Automatic ones are applied in this order, a coupon last."
    )

    objects = PromotionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="pricing_promotion_percent"
            ),
            models.CheckConstraint(
                condition=Q(max_uses=None) | Q(uses__lte=F("max_uses")),
                name="pricing_promotion_uses",
                violation_error_message="It has been used more often than that already.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="buy_x_get_y") | Q(buy_quantity__gte=1, get_quantity__gte=1),
                name="pricing_promotion_buy_get",
                violation_error_message="Say how many to buy and how many to get.",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="pricing_promotion_dates",
                violation_error_message="It ends before it starts.",
            ),
        ]
        indexes = [models.Index(fields=["is_automatic", "is_active"], name="promotion_automatic")]

    def __str__(self) -> str:
        return self.name

    @property
    def percent_basis_points(self) -> int:
        return int(self.percent * 100)


class CouponQuerySet(models.QuerySet[Any]):
    def by_code(self, code: str) -> Self:
        """Whatever the case and the blanks around it."""
        return self.filter(code=code.strip().upper())


class Coupon(models.Model):
    """A code that gives a promotion. Many codes may give the same one, each with a number
    of uses of its own."""

    code = models.CharField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z0-9_-]+\Z", "Capital letters, digits, - and _.")],
    )
    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="coupons")
    max_uses = models.PositiveIntegerField(null=True, blank=True, help_text="1: single use.")
    uses = models.PositiveIntegerField(default=0, editable=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CouponQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_uses=None) | Q(uses__lte=F("max_uses")),
                name="pricing_coupon_uses",
                violation_error_message="It has been used more often than that already.",
            )
        ]

    def __str__(self) -> str:
        return self.code


class PromotionUse(models.Model):
    """One order's use of a promotion; deleted if the order does not come about."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="used")
    coupon = models.ForeignKey(
        Coupon, null=True, blank=True, on_delete=models.SET_NULL, related_name="used"
    )
    reference = models.CharField(max_length=100, help_text="The order's number.")
    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    email = models.EmailField(blank=True, help_text="In lower case.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("promotion", "reference", name="pricing_use_once_an_order")
        ]
        indexes = [
            models.Index(fields=["reference"], name="promotion_use_reference"),
            models.Index(fields=["promotion", "email"], name="promotion_use_email"),
        ]

    def __str__(self) -> str:
        return f"{self.promotion_id} for {self.reference}"
