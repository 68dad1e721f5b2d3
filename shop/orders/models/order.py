"""An order: a snapshot of what was sold, to whom, for what.

Amounts are in minor units of the order's `currency`, tax included. Only the verbs of
`orders` and `payments` change an order.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from shop.accounts.addresses import PostalAddress
from shop.money import Money
from shop.orders.numbers import make_number
from shop.orders.states import ATTEMPTS, OrderState, allows


class OrderQuerySet(models.QuerySet[Any]):
    def placed(self) -> Self:
        """Real orders: not the attempts whose payment is open or failed."""
        return self.exclude(state__in=ATTEMPTS)

    def of_customer(self, customer: Any) -> Self:
        """The customer's own orders, newest first."""
        return self.placed().filter(customer=customer).order_by("-placed_at", "-id")

    def overdue(self) -> Self:
        """Attempts that hold stock past their deadline."""
        return self.filter(state=OrderState.PENDING, hold_until__lte=timezone.now())

    def with_lines(self) -> Self:
        return self.prefetch_related("lines")


class Order(models.Model):
    """What a cart became. `total` = `subtotal` - `discount` + `shipping`; `tax` is the part
    of `total` that is tax."""

    number = models.CharField(max_length=20, unique=True, default=make_number, editable=False)
    state = models.CharField(
        max_length=20, choices=OrderState.choices, default=OrderState.PENDING, editable=False
    )
    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="orders",
    )
    email = models.EmailField()
    currency = models.CharField(max_length=3)
    subtotal_minor = models.PositiveBigIntegerField()
    discount_minor = models.PositiveBigIntegerField(default=0)
    shipping_minor = models.PositiveBigIntegerField(default=0)
    shipping_tax_minor = models.PositiveBigIntegerField(default=0)
    tax_minor = models.PositiveBigIntegerField(default=0)
    total_minor = models.PositiveBigIntegerField()
    coupon = models.CharField(max_length=64, blank=True)
    shipping_method = models.CharField(max_length=50, blank=True)
    shipping_name = models.CharField(max_length=100, blank=True)
    payment_method = models.CharField(max_length=20, blank=True)
    shipping_address_data = models.JSONField(default=dict)
    billing_address_data = models.JSONField(default=dict)
    hold_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when the stock is held for the payment."
    )
    cart_owner = models.CharField(max_length=100, blank=True, editable=False)
    cart_nonce = models.CharField(max_length=40, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    placed_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    total_minor=F("subtotal_minor") - F("discount_minor") + F("shipping_minor")
                ),
                name="orders_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(discount_minor__lte=F("subtotal_minor")),
                name="orders_discount_within_subtotal",
            ),
            models.CheckConstraint(
                condition=Q(tax_minor__lte=F("total_minor"))
                & Q(shipping_tax_minor__lte=F("shipping_minor")),
                name="orders_tax_within_total",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OrderState.values), name="orders_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="pending") | Q(hold_until__isnull=False),
                name="orders_hold_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ATTEMPTS)) | Q(placed_at__isnull=False),
                name="orders_placed_has_time",
            ),
            # One cart makes one order; an attempt that failed gives the cart free again.
            models.UniqueConstraint(
                "cart_nonce",
                condition=~Q(cart_nonce="") & ~Q(state="abandoned"),
                name="orders_one_cart_one_order",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-placed_at"], name="order_of_customer"),
            models.Index(fields=["state", "-created_at"], name="order_state"),
            models.Index(fields=["-placed_at"], name="order_placed_at"),
            models.Index(fields=["cart_owner", "-created_at"], name="order_cart_owner"),
            models.Index(
                fields=["hold_until"], condition=Q(state="pending"), name="order_hold_until"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subtotal(self) -> Money:
        return Money(self.subtotal_minor, self.currency)

    @property
    def discount(self) -> Money:
        return Money(self.discount_minor, self.currency)

    @property
    def shipping(self) -> Money:
        return Money(self.shipping_minor, self.currency)

    @property
    def tax(self) -> Money:
        return Money(self.tax_minor, self.currency)

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)

    @property
    def shipping_address(self) -> PostalAddress:
        return PostalAddress.from_dict(self.shipping_address_data)

    @property
    def billing_address(self) -> PostalAddress:
        """Where the invoice goes: the shipping address unless another was given."""
        return PostalAddress.from_dict(self.billing_address_data or self.shipping_address_data)

    @property
    def is_placed(self) -> bool:
        return self.state not in ATTEMPTS

    @property
    def can_be_cancelled(self) -> bool:
        return allows(self.state, OrderState.CANCELLED)
