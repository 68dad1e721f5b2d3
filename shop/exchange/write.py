"""Writing a batch of drafts: all of it in one transaction, or none.

Lock order: products by id, then variants, then stock levels by sku (last, all at once).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from shop.catalog.models import Attribute, Image, Product, TaxClass, Variant
from shop.exchange.addresses import address_of
from shop.exchange.categories import Categories
from shop.exchange.drafts import ProductDraft
from shop.exchange.match import STANDARD, ZERO, Match, Matcher, VariantMatch
from shop.exchange.report import Refusal
from shop.exchange.seen import Seen
from shop.inventory.models import Movement
from shop.inventory.services import create_levels, set_stock

if TYPE_CHECKING:
    from shop.accounts.models import User

COLUMNS_KEY = "$columns"
"""In `Product.extra`: the column of each attribute that does not have the usual one."""


@dataclass(slots=True)
class Outcome:
    """How many products a batch brought, and the rows that it refused."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    taken: list[Match] = field(default_factory=list)


def write_products(
    drafts: Sequence[ProductDraft],
    *,
    seen: Seen,
    dry_run: bool,
    reference: str,
    actor: User | None = None,
) -> Outcome:
    """Create and update the products of these drafts (each slug at most once). In a dry
    run everything is done and then taken back."""
    with transaction.atomic():
        outcome = _Batch(Matcher(drafts, seen, is_dry_run=dry_run)).write(drafts, reference, actor)
        if dry_run:
            transaction.set_rollback(True)
    return outcome


class _Batch:
    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._categories = Categories()
        self._now = timezone.now()
        self._present: set[int] = set()
        self._changed: set[int] = set()
        self._new_variants: list[Variant] = []
        self._stock: dict[str, int] = {}

    def write(self, drafts: Sequence[ProductDraft], reference: str, actor: User | None) -> Outcome:
        outcome = Outcome()
        matches = [self._matcher.match(draft) for draft in drafts]
        outcome.refused = [refusal for match in matches for refusal in match.refused]
        matches = outcome.taken = [match for match in matches if not match.is_refused]
        present = self._present = {match.product.pk for match in matches if match.product}
        self._write_products(matches)
        pairs = [(match, match.product) for match in matches if match.product]
        images = self._write_images(pairs)
        for match, product in pairs:
            self._write_variants(match, product, images[product.pk])
        Variant.objects.bulk_create(self._new_variants, batch_size=500)
        self._write_attributes(pairs)
        create_levels(self._new_variants)
        self._changed |= {variant.product_id for variant in self._new_variants}
        set_stock(
            quantities=self._stock,
            reason=Movement.Reason.IMPORT,
            reference=reference[:100],
            actor=actor,
        )
        Product.objects.filter(pk__in=self._changed & present).update(updated_at=self._now)
        Product.objects.filter(pk__in=self._changed).refresh_listing()
        new = [match for match, product in pairs if product.pk not in present]
        # Only in a dry run does a continuation find no product: its own was taken back.
        outcome.created = sum(not match.draft.is_continuation for match in new)
        outcome.updated = len(self._changed & present) + len(new) - outcome.created
        outcome.unchanged = len(present - self._changed)
        return outcome

    def _write_products(self, matches: Sequence[Match]) -> None:
        new = []
        for match in matches:
            draft, product = match.draft, match.product
            if product is None:
                product = match.product = Product(slug=draft.slug, name=draft.handle)
                new.append(product)
            values = dict(draft.fields)
            if not draft.is_continuation:
                values["extra"] = _merge_extra(draft, product.extra)
            kind = values.get("product_type", "")
            if draft.category:
                values["category_id"] = self._categories.at(draft.category).pk
            elif kind and (product.pk is None or kind != product.product_type):
                values["category_id"] = self._categories.at((kind,)).pk
            self._apply(product, values, product.pk)
        Product.objects.bulk_create(new)
        self._changed |= {product.pk for product in new}

    def _write_images(self, pairs: Sequence[tuple[Match, Product]]) -> dict[int, dict[str, Image]]:
        found: dict[int, dict[str, Image]] = {}
        new: list[Image] = []
        for match, product in pairs:
            bad = {refusal.line for refusal in match.refused}
            present = list(product.images.all()) if product.pk in self._present else []
            own = found[product.pk] = {address_of(image): image for image in reversed(present)}
            last = max((image.position for image in present), default=0)
            wanted = [
                (d.address, d.position, d.alt) for d in match.draft.images if d.line not in bad
            ]
            wanted += [(v.draft.image, None, None) for v in match.variants if v.draft.image]
            for address, position, alt in wanted:
                values = {"position": position, "alt": alt}
                values = {name: value for name, value in values.items() if value is not None}
                if image := own.get(address):
                    self._apply(image, values, product.pk)
                    continue
                last = max(last + 1, position or 0)
                image = Image(product=product, **{"position": min(last, 32_767), **values})
                if name := match.files.get(address):
                    image.file.name = name
                else:
                    image.source_url = address
                own[address] = image
                new.append(image)
                self._changed.add(product.pk)
        Image.objects.bulk_create(new, batch_size=500)
        return found

    def _write_variants(self, match: Match, product: Product, images: dict[str, Image]) -> None:
        kept = list(product.variants.all()) if product.pk in self._present else []
        is_in_order = _is_in_order(kept, match.variants)
        position = max((variant.position for variant in kept), default=0) if is_in_order else 0
        for found in match.variants:
            values = found.draft.fields | {"sku": found.sku, "options": found.options}
            if tax_class := self._tax_class(found):
                values["tax_class_id"] = tax_class.pk
            if found.draft.image or found.draft.clears_image:
                image = images.get(found.draft.image)
                values["image_id"] = image.pk if image else None
            variant = found.variant or Variant(product=product)
            values["extra"] = found.draft.extra.merged_into(variant.extra)
            if found.variant is None or not is_in_order:
                position += 1
                values["position"] = min(position, 32_767)
            self._apply(variant, values, product.pk)
            if found.variant is None:
                self._new_variants.append(variant)
            self._count(found, variant)

    def _count(self, found: VariantMatch, variant: Variant) -> None:
        level = getattr(variant, "stock", None) if variant.pk else None
        if variant.pk and level is None:
            create_levels([variant])
        on_hand = level.on_hand if level else 0
        if found.draft.quantity is not None and found.draft.quantity != on_hand:
            self._stock[found.sku] = found.draft.quantity
            self._changed.add(variant.product_id)

    def _tax_class(self, found: VariantMatch) -> TaxClass | None:
        classes, draft, variant = self._matcher.tax_classes, found.draft, found.variant
        if draft.tax_class:
            return classes[draft.tax_class]
        if draft.is_taxable is False:
            return classes[ZERO]
        if variant is None or (draft.is_taxable and variant.tax_class.code == ZERO):
            return classes[STANDARD]
        return None

    def _write_attributes(self, pairs: Sequence[tuple[Match, Product]]) -> None:
        new: list[Attribute] = []
        for match, product in pairs:
            present = product.attributes.all() if product.pk in self._present else ()
            own = {attribute.name: attribute for attribute in present}
            last = max((attribute.position for attribute in own.values()), default=0)
            for name, attribute in own.items():
                if name in match.draft.attribute_names and name not in match.draft.attributes:
                    attribute.delete()
                    self._changed.add(product.pk)
            for name, value in match.draft.attributes.items():
                if found := own.get(name):
                    self._apply(found, {"value": value}, product.pk)
                    continue
                last += 1
                new.append(Attribute(product=product, name=name, value=value, position=last))
                self._changed.add(product.pk)
        Attribute.objects.bulk_create(new, batch_size=500)

    def _apply(self, row: models.Model, values: dict[str, Any], product: int | None) -> None:
        """Set what differs, and update a stored row in just those fields: an edit of
        another field at the same time is not undone."""
        changes = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in changes.items():
            setattr(row, name, value)
        if changes and row.pk and product is not None:
            type(row)._default_manager.filter(pk=row.pk).update(**changes)
            self._changed.add(product)


def _is_in_order(kept: Sequence[Variant], matches: Sequence[VariantMatch]) -> bool:
    """Do the variants that were there follow each other as in the file, new ones last?"""
    order = {variant.pk: index for index, variant in enumerate(kept)}
    places = [
        order[match.variant.pk] if match.variant else len(kept) + index
        for index, match in enumerate(matches)
    ]
    return places == sorted(places)


def _merge_extra(draft: ProductDraft, present: dict[str, Any]) -> dict[str, Any]:
    extra = draft.extra.merged_into(present)
    columns = {
        name: column
        for name, column in extra.pop(COLUMNS_KEY, {}).items()
        if name not in draft.attribute_names
    } | draft.attribute_columns
    return extra | ({COLUMNS_KEY: columns} if columns else {})
