"""The ways of keeping a cart, and the one place that chooses between them."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from shop.cart.strategies.base import Carrier, CartStrategy, Change
from shop.cart.strategies.client import CookieCartStrategy, LocalCartStrategy
from shop.cart.strategies.memory import MemoryCartStrategy
from shop.cart.strategies.redis import RedisCartStrategy
from shop.cart.strategies.session import SessionCartStrategy

__all__ = ["STRATEGIES", "Carrier", "CartStrategy", "Change", "load_strategy"]

STRATEGIES: dict[str, type[CartStrategy]] = {
    strategy.name: strategy
    for strategy in (
        CookieCartStrategy,
        SessionCartStrategy,
        RedisCartStrategy,
        LocalCartStrategy,
        MemoryCartStrategy,
    )
}


def load_strategy(name: str | None = None) -> CartStrategy:
    """The process's strategy of this name or dotted path; `CART_STRATEGY` by default.

    Raises `ImproperlyConfigured`, naming the value and the allowed ones.
    """
    return _load(settings.CART_STRATEGY if name is None else name)


@lru_cache
def _load(name: str) -> CartStrategy:
    strategy = STRATEGIES.get(name) or _import_strategy(name)
    return strategy.from_settings()


def _import_strategy(path: str) -> type[CartStrategy]:
    allowed = f"one of {', '.join(STRATEGIES)}, or the dotted path of your own CartStrategy"
    try:
        strategy = import_string(path)
    except ImportError as error:
        raise ImproperlyConfigured(
            f"CART_STRATEGY is {path!r}, which cannot be used ({error}). Set it to {allowed}."
        ) from error
    if not (isinstance(strategy, type) and issubclass(strategy, CartStrategy)):
        raise ImproperlyConfigured(
            f"CART_STRATEGY is {path!r}, which is not a CartStrategy. Set it to {allowed}."
        )
    return strategy
