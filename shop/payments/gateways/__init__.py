"""The gateways that `PAYMENT_GATEWAYS` names, and the one place that chooses."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from shop.errors import UnknownPaymentMethod
from shop.payments.gateways.base import (
    Gateway,
    GatewayError,
    GatewayUnavailable,
    Outcome,
    Verdict,
)

__all__ = [
    "GATEWAYS",
    "Gateway",
    "GatewayError",
    "GatewayUnavailable",
    "Outcome",
    "Verdict",
    "find_gateway",
    "load_gateways",
]

GATEWAYS = {
    "demo": "shop.payments.gateways.demo.DemoGateway",
    "invoice": "shop.payments.gateways.invoice.InvoiceGateway",
    "stripe": "shop.payments.gateways.stripe.StripeGateway",
}


def load_gateways() -> dict[str, Gateway]:
    """The shop's gateways by name, the default one first.

    Raises `ImproperlyConfigured`, naming the setting, the value and the allowed ones.
    """
    return _load(tuple(settings.PAYMENT_GATEWAYS))


def find_gateway(name: str | None = None) -> Gateway:
    """The gateway of this name; the shop's default for None or "".
    Raises `UnknownPaymentMethod`."""
    gateways = load_gateways()
    if not name:
        return next(iter(gateways.values()))
    if name not in gateways:
        raise UnknownPaymentMethod(name, list(gateways))
    return gateways[name]


@lru_cache
def _load(names: tuple[str, ...]) -> dict[str, Gateway]:
    if not names:
        raise ImproperlyConfigured(
            f"PAYMENT_GATEWAYS is empty; name at least one of {', '.join(GATEWAYS)}."
        )
    made = [_import_gateway(name).from_settings() for name in names]
    return {gateway.name: gateway for gateway in made}


def _import_gateway(name: str) -> type[Gateway]:
    allowed = f"any of {', '.join(GATEWAYS)}, or the dotted path of your own Gateway"
    try:
        found = import_string(GATEWAYS.get(name, name))
    except ImportError as error:
        raise ImproperlyConfigured(
            f"PAYMENT_GATEWAYS names {name!r}, which cannot be used ({error}). "
            f"Set it to {allowed}, separated by commas."
        ) from error
    if not (isinstance(found, type) and issubclass(found, Gateway)):
        raise ImproperlyConfigured(
            f"PAYMENT_GATEWAYS names {name!r}, which is not a Gateway. Set it to {allowed}."
        )
    return found
