"""Bringing in the images that imports named by address only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from shop.catalog.models import Image, Product
from shop.exchange.fetch import Fetched, FetchError, fetch_picture

WORKERS = 4
_CHUNK = 16


class FetchOutcome(NamedTuple):
    fetched: int
    failed: int


def images_to_fetch() -> QuerySet[Image]:
    """Those with an outside address and no file yet."""
    return Image.objects.filter(file="").exclude(source_url="")


def fetch_images(
    *,
    allow_private: bool = False,
    on_done: Callable[[Image, str | None], None] | None = None,
) -> FetchOutcome:
    """Download every image that has no file yet. Each is kept as soon as it is there, so a
    run that was cut short goes on where it was; those that fail are tried again by the next
    run. `on_done` is told each image with None, or why it failed."""
    fetched = failed = 0

    def fetch(image: Image) -> Fetched | FetchError:
        try:
            return fetch_picture(image.source_url, allow_private=allow_private)
        except FetchError as error:
            return error

    with ThreadPoolExecutor(WORKERS) as pool:
        for chunk in _chunks():
            for image, found in zip(chunk, pool.map(fetch, chunk), strict=True):
                reason = str(found) if isinstance(found, FetchError) else None
                if isinstance(found, Fetched):
                    _keep(image, found)
                    fetched += 1
                else:
                    failed += 1
                if on_done:
                    on_done(image, reason)
    return FetchOutcome(fetched, failed)


def _chunks() -> Iterator[list[Image]]:
    last = 0
    while chunk := list(
        images_to_fetch().filter(pk__gt=last).select_related("product").order_by("pk")[:_CHUNK]
    ):
        yield chunk
        last = chunk[-1].pk


def _keep(image: Image, found: Fetched) -> None:
    """Store the file, unless another run did so or the address is another by now."""
    mark = hashlib.sha256(found.content).hexdigest()[:12]
    name = f"products/{image.product.slug[:80]}-{mark}.webp"
    name = default_storage.save(name, ContentFile(found.content))
    with transaction.atomic():
        is_kept = (
            images_to_fetch()
            .filter(pk=image.pk, source_url=image.source_url)
            .update(file=name, width=found.width, height=found.height)
        )
        if is_kept:
            Product.objects.filter(pk=image.product_id).update(updated_at=timezone.now())
    if not is_kept:
        default_storage.delete(name)
