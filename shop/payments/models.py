"""The money of orders: payments, refunds, and the demo gateway's own books.

Amounts are in minor units of the `currency`. There is never any card data here: a
gateway gives a reference, and that is all that is kept.
"""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from shop.money import Money
from shop.orders.models import Order


class PaymentState(models.TextChoices):
    STARTED = "started", "Started"
    CONFIRMING = "confirming", "Waiting for confirmation"
    AUTHORISED = "authorised", "Authorised"
    CAPTURING = "capturing", "Being captured"
    CAPTURED = "captured", "Captured"
    REFUNDED = "refunded", "Refunded"
    DECLINED = "declined", "Declined"
    VOIDING = "voiding", "Being voided"
    VOIDED = "voided", "Voided"


LIVE = frozenset(
    {
        PaymentState.STARTED,
        PaymentState.CONFIRMING,
        PaymentState.AUTHORISED,
        PaymentState.CAPTURING,
        PaymentState.CAPTURED,
        PaymentState.REFUNDED,
    }
)
"""States of the one payment that an order stands on."""


class PaymentQuerySet(models.QuerySet[Any]):
    def live(self) -> Self:
        return self.filter(state__in=LIVE)


class Payment(models.Model):
    """One order's payment at a gateway. `key` makes every call to the gateway repeatable."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    gateway = models.CharField(max_length=20)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=255, blank=True, help_text="The gateway's own.")
    state = models.CharField(
        max_length=20, choices=PaymentState.choices, default=PaymentState.STARTED
    )
    currency = models.CharField(max_length=3)
    amount_minor = models.PositiveBigIntegerField()
    captured_minor = models.PositiveBigIntegerField(default=0)
    refunded_minor = models.PositiveBigIntegerField(
        default=0, help_text="Refunded, or about to be: it is counted before the gateway is asked."
    )
    confirmation = models.JSONField(
        default=dict, blank=True, help_text="What the shopper's browser needs to confirm it."
    )
    busy_until = models.DateTimeField(
        null=True, blank=True, help_text="While somebody is talking to the gateway about it."
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "order", condition=Q(state__in=sorted(LIVE)), name="payments_one_live_an_order"
            ),
            models.UniqueConstraint(
                "gateway",
                "reference",
                condition=~Q(reference=""),
                name="payments_reference_unique",
            ),
            models.CheckConstraint(
                condition=Q(captured_minor__lte=F("amount_minor")),
                name="payments_capture_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__lte=F("captured_minor")),
                name="payments_refund_within_capture",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="payment_state")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.amount} for {self.order.number}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def captured(self) -> Money:
        return Money(self.captured_minor, self.currency)

    @property
    def refunded(self) -> Money:
        return Money(self.refunded_minor, self.currency)

    @property
    def is_open(self) -> bool:
        """Is the money reserved, but not taken yet?"""
        return self.state in (PaymentState.AUTHORISED, PaymentState.CAPTURING)

    @property
    def is_busy(self) -> bool:
        """Is somebody talking to the gateway about it?"""
        return self.busy_until is not None and self.busy_until > timezone.now()

    @property
    def refundable(self) -> Money:
        """What is left of what was captured."""
        return self.captured - self.refunded


class Refund(models.Model):
    """Money given back. It is written (and counted on the payment, under its lock) before
    the gateway is asked, so that no two at once pass what was captured."""

    class State(models.TextChoices):
        PENDING = "pending", "On its way"
        DONE = "done", "Done"
        FAILED = "failed", "Refused by the gateway"

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    amount_minor = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    reference = models.CharField(max_length=255, blank=True)
    reason = models.CharField(max_length=255, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gte=1), name="payments_refund_is_some")
        ]
        indexes = [models.Index(fields=["state"], name="refund_state")]

    def __str__(self) -> str:
        return f"{self.amount} of {self.payment}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.payment.currency)


class DemoCharge(models.Model):
    """The demo gateway's own book of a charge: stands for the outside world, so nothing but
    the gateway looks into it (and the audit)."""

    class State(models.TextChoices):
        CONFIRMING = "confirming"
        AUTHORISED = "authorised"
        CAPTURED = "captured"
        DECLINED = "declined"
        VOIDED = "voided"

    key = models.UUIDField(primary_key=True)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=20, choices=State.choices)
    captured_minor = models.PositiveBigIntegerField(default=0)
    refunds = models.JSONField(default=dict, help_text="Refund key to minor units.")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

    @property
    def refunded_minor(self) -> int:
        return sum(self.refunds.values())
