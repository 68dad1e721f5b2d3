"""A sku for a variant that comes without one."""

import hashlib
from collections.abc import Sequence

from django.utils.text import slugify

from shop.catalog.models import SKU_LENGTH


def derive_skus(handle: str, values: Sequence[str]) -> tuple[str, str]:
    """Two readable skus from a product's handle and the values of its options, the same
    for ever: the one to take, and the one to take where that is another variant's.

    >>> derive_skus("varsity-top", ["Small"])[0]
    'varsity-top-small'
    """
    words = [slugify(handle), *(slugify(value) for value in values)]
    plain = "-".join(word for word in words if word)
    mark = hashlib.sha256("\x00".join([handle, *values]).encode()).hexdigest()[:8]
    marked = f"{plain[: SKU_LENGTH - 9].rstrip('-')}-{mark}".lstrip("-")
    is_whole = all(words) and len(plain) <= SKU_LENGTH
    return (plain if is_whole else marked), marked


def derive_slug(handle: str) -> str:
    """The address of a product whose handle is not one already (it has other letters
    than a to z): readable, and the same for ever."""
    mark = hashlib.sha256(handle.encode()).hexdigest()[:8]
    return f"{slugify(handle)[:240]}-{mark}".lstrip("-")
