"""The product CSV in and out; see `import_products` and `export_products`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from shop.exchange.report import Refusal, Report

if TYPE_CHECKING:
    from shop.accounts.models import User
    from shop.catalog.querysets import ProductQuerySet


def import_products(
    file: IO[bytes],
    *,
    dry_run: bool = False,
    actor: User | None = None,
    on_progress: Callable[[int], None] | None = None,
    on_refused: Callable[[Refusal], None] | None = None,
) -> Report:
    """Bring the products of a Shopify product CSV (open in binary) into the shop.

    `on_progress` is told the number of bytes read so far; `on_refused` every refused
    row as it is met. Raises `InvalidImportFile` if it is no product export at all.
    """
    raise NotImplementedError


def export_products(queryset: ProductQuerySet) -> Iterator[str]:
    """The products as lines of a Shopify product CSV, one by one."""
    raise NotImplementedError
