"""Which products and variants of the shop a batch of drafts speaks of.

Reads only; it locks the products, so that what it found holds until the batch is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch

from shop.catalog.models import Product, TaxClass, Variant
from shop.exchange.addresses import address_of, find_file
from shop.exchange.columns import OPTION_VALUES, Column
from shop.exchange.drafts import ProductDraft, VariantDraft, name_options
from shop.exchange.parse import refuse_because
from shop.exchange.report import Refusal
from shop.exchange.seen import Seen
from shop.exchange.skus import derive_skus

STANDARD, ZERO = "standard", "zero"


@dataclass(slots=True)
class VariantMatch:
    """`variant` is None where the file brings a new one; `sku` is the one to bear."""

    draft: VariantDraft
    sku: str
    options: dict[str, str]
    variant: Variant | None


@dataclass(slots=True)
class Match:
    """`product` is None where the file brings a new one."""

    draft: ProductDraft
    product: Product | None
    variants: list[VariantMatch] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    """Images that are files of the shop already: their stored names by address."""
    refused: list[Refusal] = field(default_factory=list)
    is_refused: bool = False


class Matcher:
    """Made for one batch, inside its transaction."""

    def __init__(self, drafts: Sequence[ProductDraft], seen: Seen, *, is_dry_run: bool) -> None:
        self._seen = seen
        self._is_dry_run = is_dry_run
        self.tax_classes = {tax_class.code: tax_class for tax_class in TaxClass.objects.all()}
        for code, name in ((STANDARD, "Standard"), (ZERO, "No tax")):
            if code not in self.tax_classes:
                made, _ = TaxClass.objects.get_or_create(code=code, defaults={"name": name})
                self.tax_classes[code] = made
        variants = Variant.objects.select_related("stock", "tax_class")
        self._products: dict[str, Product] = {
            product.slug: product
            for product in Product.objects.filter(slug__in=[draft.slug for draft in drafts])
            .order_by("pk")
            .select_for_update(no_key=True)
            .prefetch_related(Prefetch("variants", variants), "images", "attributes")
        }
        wanted = {
            sku
            for draft in drafts
            for variant in draft.variants
            for sku in ([variant.sku] if variant.sku else _derive(draft, variant))
        }
        self._owners: dict[str, str] = dict(
            Variant.objects.filter(sku__in=wanted).values_list("sku", "product__slug")
        )

    def match(self, draft: ProductDraft) -> Match:
        found = Match(draft, self._products.get(draft.slug))
        names = self._option_names(found)
        if names is None:
            reason = "No row of this product has a title, and the shop does not have it."
            found.refused = [draft.refuse(line, Column.TITLE, reason) for line in draft.lines]
            found.is_refused = True
            return found
        for variant in draft.variants:
            self._match_variant(found, variant, names)
        self._match_images(found)
        bad = {refusal.line for refusal in found.refused}
        if not draft.is_continuation and draft.lines[0] in bad:
            found.is_refused = True
            found.refused += [
                refuse_because(draft.handle, line, draft.lines[0])
                for line in draft.lines
                if line not in bad
            ]
        found.variants = [variant for variant in found.variants if variant.draft.line not in bad]
        return found

    def _option_names(self, found: Match) -> tuple[str, ...] | None:
        """None for rows that belong to no product."""
        draft, product = found.draft, found.product
        earlier = self._seen.option_names(draft.slug)
        if draft.is_continuation and product is None and not (earlier and self._is_dry_run):
            return None
        names: tuple[str, ...] = draft.option_names or ()
        if not names and draft.is_continuation:
            options = [tuple(v.options) for v in product.variants.all()] if product else []
            names = max(options, key=len, default=()) or earlier or ()
        return (*names, "", "", "")[:3]

    def _match_variant(self, found: Match, draft: VariantDraft, names: tuple[str, ...]) -> None:
        def refuse(column: str, reason: str) -> None:
            found.refused.append(found.draft.refuse(draft.line, column, reason))

        try:
            options = name_options(names, draft.option_values)
        except ValueError as error:
            return refuse(OPTION_VALUES[0], str(error))
        if draft.tax_class and draft.tax_class not in self.tax_classes:
            return refuse(Column.TAX_CLASS, f"The shop has no tax class “{draft.tax_class}”.")
        present = list(found.product.variants.all()) if found.product else []
        alike = next((variant for variant in present if variant.options == options), None)
        if draft.sku:
            sku, variant = draft.sku, next((v for v in present if v.sku == draft.sku), None)
            if line := self._seen.claim_sku(sku, draft.line):
                return refuse(Column.SKU, f"The sku is given on line {line} already.")
            if variant is None and (owner := self._owners.get(sku)) not in (None, found.draft.slug):
                return refuse(Column.SKU, f"The sku belongs to another product, “{owner}”.")
            if variant is None and alike and self._was_derived(found.draft, alike, draft):
                variant = alike
        else:
            if twin := next((m for m in found.variants if m.options == options), None):
                reason = f"It has the options of line {twin.draft.line}, and no sku of its own."
                return refuse(OPTION_VALUES[0], reason)
            variant = alike
            sku = alike.sku if alike else self._find_free_sku(found.draft, draft)
            if not sku:
                reason = "It has no sku, and those that its options would make are taken."
                return refuse(Column.SKU, reason)
            if line := self._seen.claim_sku(sku, draft.line):
                reason = f"The variant is given on line {line} already."
                return refuse(OPTION_VALUES[0], reason)
        if variant is None and "price_minor" not in draft.fields:
            return refuse(Column.PRICE, "A new variant needs a price.")
        found.variants.append(VariantMatch(draft, sku, options, variant))
        return None

    def _was_derived(self, product: ProductDraft, variant: Variant, draft: VariantDraft) -> bool:
        """Does the variant still bear a sku that an import made up, and no row's own?"""
        is_named = any(variant.sku == other.sku for other in product.variants)
        return not is_named and variant.sku in _derive(product, draft)

    def _find_free_sku(self, product: ProductDraft, draft: VariantDraft) -> str:
        for sku in _derive(product, draft):
            if sku not in self._owners and self._seen.claim_sku(sku, draft.line) is None:
                return sku
        return ""

    def _match_images(self, found: Match) -> None:
        images = found.product.images.all() if found.product else ()
        present = {address_of(image) for image in images}
        asked = [(image.line, Column.IMAGE, image.address) for image in found.draft.images]
        asked += [(v.line, Column.VARIANT_IMAGE, v.image) for v in found.draft.variants if v.image]
        for line, column, address in asked:
            try:
                if address not in present and (name := find_file(address)):
                    found.files[address] = name
            except FileNotFoundError:
                reason = "The shop has no file of a product at this address."
                found.refused.append(found.draft.refuse(line, column, reason))


def _derive(product: ProductDraft, variant: VariantDraft) -> Iterable[str]:
    values = name_options(("Title", "2", "3"), variant.option_values).values()
    return derive_skus(product.handle, list(values))
