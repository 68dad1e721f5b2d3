"""Finding the shelf that a file names, or putting it up."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.utils.text import slugify

from shop.catalog.models import Category


class Categories:
    """The categories that one batch asks for; each is looked up once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Category] = {}

    def at(self, path: Sequence[str]) -> Category:
        """The category at the end of a path such as ("Apparel", "Shirts"); what is missing
        of it is created."""
        category: Category | None = None
        for depth in range(1, len(path) + 1):
            key = tuple(path[:depth])
            if key not in self._known:
                self._known[key] = self._find(category, key[-1]) or self._create(category, key[-1])
            category = self._known[key]
        if category is None:
            raise ValueError("a path has at least one part")
        return category

    def _find(self, parent: Category | None, name: str) -> Category | None:
        name = name[:120]
        siblings = Category.objects.filter(parent=parent).order_by("pk")
        found: Category | None = siblings.filter(name=name).first()
        if found is None:
            # A shelf at the top may be named from anywhere in the tree by its slug.
            shelves = siblings if parent else Category.objects.order_by("pk")
            found = shelves.filter(slug=_slug(name)).first()
        if found is None and parent:
            found = siblings.filter(slug=_slug_below(parent, name)).first()
        return found

    def _create(self, parent: Category | None, name: str) -> Category:
        slugs = [_slug(name)]
        if parent:
            below = _slug_below(parent, name)
            slugs += [below, f"{below[:110]}-{_mark(f'{parent.pk} {name}')}"]
        taken = set(Category.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        slug = next((slug for slug in slugs if slug not in taken), slugs[-1])
        created: Category = Category.objects.create(parent=parent, name=name[:120], slug=slug)
        return created


def _slug(name: str) -> str:
    return slugify(name)[:120].strip("-_") or f"category-{_mark(name)}"


def _slug_below(parent: Category, name: str) -> str:
    slug = f"{parent.slug}-{slugify(name)}".strip("-_")
    return slug if len(slug) <= 120 else f"{slug[:110]}-{_mark(slug)}"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
