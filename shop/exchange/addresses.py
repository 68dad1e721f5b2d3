"""The addresses of images in a product CSV: outside ones, or of files of this shop."""

from __future__ import annotations

from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage

from shop.catalog.models import Image

_FOLDER = "products/"


def address_of(image: Image) -> str:
    """What a file calls the image: where it came from, or else where it lies."""
    return image.source_url or (image.file.url if image.file else "")


def find_file(address: str) -> str | None:
    """The stored name of the shop's own file at an address; None for an outside address.
    Raises `FileNotFoundError` where no product's file lies there."""
    if not address.startswith(settings.MEDIA_URL):
        return None
    name = unquote(address.removeprefix(settings.MEDIA_URL))
    try:
        if name.startswith(_FOLDER) and default_storage.exists(name):
            return name
    except (SuspiciousOperation, OSError, ValueError):
        pass
    raise FileNotFoundError(address)
