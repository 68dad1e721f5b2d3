"""Limits on how often one client may call, by customer or by address."""

from __future__ import annotations

import math
import time
from typing import Any, ClassVar

from django.conf import settings
from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}


class Throttle(BaseThrottle):
    """Counts in fixed windows with an atomic increment, in the cache that all processes
    share if there is one: of many calls at once none slips through. While that cache is
    away, nobody is turned away."""

    scope: ClassVar[str]
    cache: ClassVar[str] = "shared"

    def __init__(self) -> None:
        self.left = 0.0

    def identify(self, request: Request) -> str | None:
        """Whom to count; None for nobody."""
        if request.user and request.user.is_authenticated:
            return f"user-{request.user.pk}"
        return f"address-{self.get_ident(request)}"

    def allow_request(self, request: Request, view: Any) -> bool:
        most, seconds = parse_rate(settings.API_RATES[self.scope])
        who = self.identify(request)
        if who is None or not most:
            return True
        now = time.time()
        window = math.floor(now / seconds)
        key = f"rate-{self.scope}-{who}-{window}"
        cache = caches[self.cache]
        cache.add(key, 0, timeout=seconds + 1)
        try:
            count: int | None = cache.incr(key)
        except ValueError:  # the window ended between the two calls
            return True
        self.left = (window + 1) * seconds - now
        return count is None or count <= most

    def wait(self) -> float:
        return self.left


class AnyThrottle(Throttle):
    """Generous: stops a loop gone wild, not a busy shopper. Counted by each process for
    itself, since every call of the API is."""

    scope = "any"
    cache = "local"


class AddressThrottle(Throttle):
    def identify(self, request: Request) -> str | None:
        return f"address-{self.get_ident(request)}"


class LoginThrottle(AddressThrottle):
    scope = "login"


class RefreshThrottle(AddressThrottle):
    scope = "refresh"


class RegisterThrottle(AddressThrottle):
    scope = "register"


class CouponThrottle(Throttle):
    scope = "coupon"


class CheckoutThrottle(Throttle):
    scope = "checkout"


def parse_rate(text: str) -> tuple[int, int]:
    """ "60/minute" as (60, 60): so many calls in so many seconds; 0 is no limit."""
    number, _, unit = text.partition("/")
    return int(number), _SECONDS[unit]
