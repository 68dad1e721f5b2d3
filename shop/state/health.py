"""Is this process alive, and can it serve? For load balancers and whoever watches."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shop.cart.strategies import load_strategy
from shop.inventory.announce import check_transport

Part = Callable[[], None]
"""Returns if the part works, raises if it does not."""


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 while the process runs; asks nobody else."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 if every part that the settings need answers, else 503, with the state of each."""
    parts = {name: _ask(part) for name, part in find_parts().items()}
    is_ready = all(state == "ok" for state in parts.values())
    return JsonResponse(
        {"status": "ok" if is_ready else "unavailable", "parts": parts},
        status=200 if is_ready else 503,
    )


def find_parts() -> dict[str, Part]:
    """What the chosen settings need beyond this process, by name."""
    parts: dict[str, Part] = {"database": _ask_database, "cart_store": _ask_cart_store}
    if settings.CHANNEL_LAYER_URL:
        parts["channel_layer"] = _ask_channel_layer
    return parts


def _ask(part: Part) -> str:
    try:
        part()
    except Exception as error:
        # The kind of the error says enough, and gives no address or password away.
        return type(error).__name__
    return "ok"


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cart_store() -> None:
    # Every strategy can be asked for a cart that nobody has.
    load_strategy().read("")


def _ask_channel_layer() -> None:
    if why := check_transport():
        raise ConnectionError(why)
