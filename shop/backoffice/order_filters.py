"""How the list of orders is narrowed. Also used by links of the first page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest

from shop.orders.models import Order
from shop.orders.states import OrderState
from shop.payments.models import LIVE, Payment, PaymentState, Refund

TO_SEND = (OrderState.PLACED, OrderState.PAID, OrderState.PART_FULFILLED)
"""Orders in these states wait for a parcel."""
ATTEMPTS, ALL, WAITING = "attempts", "all", "waiting"


class StateFilter(admin.SimpleListFilter):
    """Orders by their state; without a choice all that were placed."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (WAITING, "To be sent"),
            *((str(state), str(state.label)) for state in OrderState),
            (ATTEMPTS, "Attempts: not (yet) placed"),
            (ALL, "Orders and attempts"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        placed = Order.objects.placed().values("pk")
        if chosen in OrderState.values:
            return queryset.filter(state=chosen)
        if chosen == ALL:
            return queryset
        if chosen == ATTEMPTS:
            return queryset.filter(state__in=[OrderState.PENDING, OrderState.ABANDONED])
        if chosen == WAITING:
            return queryset.filter(state__in=TO_SEND)
        return queryset.filter(pk__in=placed)

    def choices(self, changelist: Any) -> Any:
        """What is shown without a choice is not all."""
        for choice in super().choices(changelist):
            yield {**choice, "display": "Placed"} if choice["display"] == "All" else choice


class PaymentFilter(admin.SimpleListFilter):
    title = "payment"
    parameter_name = "payment"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("open", "To be captured"),
            ("captured", "Captured"),
            ("part_refunded", "Partly refunded"),
            ("refunded", "Refunded"),
            ("unfinished", "Waiting for the payment service"),
            ("none", "None"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        own = Payment.objects.filter(order=OuterRef("pk"))
        pending = Refund.objects.filter(state=Refund.State.PENDING).values("payment")
        conditions: dict[str | None, Any] = {
            "open": Exists(own.filter(OPEN)),
            "captured": Exists(own.filter(state=PaymentState.CAPTURED)),
            "part_refunded": Exists(
                own.filter(refunded_minor__gt=0, refunded_minor__lt=F("captured_minor"))
            ),
            "refunded": Exists(own.filter(state=PaymentState.REFUNDED)),
            "unfinished": Exists(own.filter(Q(state__in=_UNFINISHED) | Q(pk__in=pending))),
            "none": ~Exists(own.filter(state__in=LIVE)),
        }
        condition = conditions.get(self.value())
        return queryset if condition is None else queryset.filter(condition)


OPEN = Q(state__in=[PaymentState.AUTHORISED, PaymentState.CAPTURING])
"""Payments whose money is still to be taken."""
_UNFINISHED = [PaymentState.CAPTURING, PaymentState.VOIDING]
