"""How the storefront's templates write money and text."""

from datetime import timedelta
from typing import Any

import nh3
from django import template
from django.contrib.messages.storage.base import Message
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, to_locale

from shop.money import Money

register = template.Library()

# No images and no styles: a description must not load from another host.
_TAGS = {"p", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd", "strong", "b", "em", "i", "a"} | {
    "h2", "h3", "h4", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "sup", "sub"
}  # fmt: skip


@register.filter
def money(value: Money) -> str:
    """As a reader of the page's language writes it."""
    return value.format(to_locale(get_language() or "en"))


@register.filter
def prose(html: str) -> SafeString:
    """A description with the tags that a text needs, whoever wrote it."""
    return mark_safe(nh3.clean(html, tags=_TAGS))  # noqa: S308  (nh3 made it safe)


@register.filter
def percent_off(variant: Any) -> int:
    """How much lower the price is than the former one, in whole percent; 0 if it is not."""
    if variant is None or variant.compare_at is None:
        return 0
    return int(100 - 100 * variant.price.minor // variant.compare_at.minor)


@register.filter
def tax_percent(basis_points: int) -> str:
    """1900 is "19", 550 is "5.5"."""
    return f"{basis_points / 100:g}"


@register.filter
def minutes(span: timedelta) -> int:
    return max(1, round(span.total_seconds() / 60))


@register.filter
def undo_of(message: Message) -> dict[str, str] | None:
    """The line that a notice offers to put back; see `views.cart.remove`."""
    word, _, rest = (message.extra_tags or "").partition(" ")
    quantity, _, sku = rest.partition(" ")
    return {"sku": sku, "quantity": quantity} if word == "undo" else None
