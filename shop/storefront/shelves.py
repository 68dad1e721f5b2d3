"""The categories as one tree in memory, from one query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from shop.catalog.models import Category


@dataclass(eq=False)
class Shelf:
    """A category with those below it, and the way up to the root."""

    category: Category
    parent: Shelf | None = None
    shelves: list[Shelf] = field(default_factory=list)

    @property
    def trail(self) -> list[Category]:
        """From the root down to this category."""
        above = self.parent.trail if self.parent else []
        return [*above, self.category]

    @property
    def root(self) -> Shelf:
        return self.parent.root if self.parent else self

    def walk(self) -> Iterator[Shelf]:
        """This shelf and every one below it."""
        yield self
        for shelf in self.shelves:
            yield from shelf.walk()


class Shelves:
    """All categories, in their order."""

    def __init__(self) -> None:
        # Without the tree's own fields: a plain read needs no recursive statement.
        categories = Category.objects.without_tree_fields().order_by("position", "id")
        by_id = {category.pk: Shelf(category) for category in categories}
        for shelf in by_id.values():
            # A parent is absent only if it was deleted between two reads of other pages.
            shelf.parent = by_id.get(shelf.category.parent_id)
            if shelf.parent:
                shelf.parent.shelves.append(shelf)
        self._by_id = by_id
        self.roots = [shelf for shelf in by_id.values() if shelf.parent is None]

    def find(self, slug: str) -> Shelf | None:
        return next((s for s in self._by_id.values() if s.category.slug == slug), None)

    def trail_to(self, category_id: int | None) -> list[Category]:
        """The breadcrumbs of a product in this category; empty for one without."""
        shelf = self._by_id.get(category_id or 0)
        return shelf.trail if shelf else []
