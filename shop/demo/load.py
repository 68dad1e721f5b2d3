"""Puts the planned shop into the database and its pictures into the storage.

The rule is: what is there stays as it is, what is missing is made. So a second run changes
nothing, and neither stock that was sold nor a word that staff have edited comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.core.files.base import ContentFile
from django.db import transaction

from shop.catalog.models import Attribute, Category, Image, Product, TaxClass, Variant
from shop.demo.numbers import pick
from shop.demo.offers import create_offers
from shop.demo.plan import PicturePlan, ProductPlan, plan_shop
from shop.demo.reading import Shelf
from shop.demo.terms import create_tax_classes
from shop.inventory.models import Movement
from shop.inventory.services import create_levels, give_stock

T = TypeVar("T")
Track = Callable[[Sequence[T], str], Iterable[T]]
"""Passes a sequence through and shows, under a heading, how far it has got."""

FOLDER = "products/demo"
DELIVERY = "Opening delivery"
_OPENING = datetime(2026, 9, 1, 9, tzinfo=UTC)


@dataclass(slots=True)
class Outcome:
    """What a load has made; `skipped` says which products it left out, and why."""

    products: int = 0
    variants: int = 0
    pictures: int = 0
    kept: int = 0
    skipped: list[str] = field(default_factory=list)


def load_catalogue(*, track: Track[PicturePlan] = lambda items, heading: items) -> Outcome:
    """Make what is missing of the demo shop. Safe to repeat, and safe to kill.

    All in one transaction, and runs at the same time take turns. Each picture has one name
    that is its own, so a run that was killed leaves at most files that the next one uses.
    """
    shelves, plans = plan_shop()
    outcome = Outcome()
    pictures = [picture for plan in plans for picture in plan.pictures]
    with transaction.atomic():
        tax_classes = create_tax_classes()
        create_offers()
        for picture in track(pictures, "Drawing"):
            outcome.pictures += _write(picture)
        categories = _create_categories(shelves)
        missing = _find_missing(plans, outcome)
        products = _create_products(missing, categories)
        images = _create_images(missing, products)
        variants = _create_variants(missing, products, images, tax_classes)
        create_levels(variants)
        _receive(missing)
        Product.objects.filter(pk__in=[product.pk for product in products]).refresh_listing()
    outcome.products, outcome.variants = len(products), len(variants)
    return outcome


def _write(picture: PicturePlan) -> bool:
    """Bring the file to what the plan draws; False if it is that already."""
    storage = Image._meta.get_field("file").storage
    name, content = f"{FOLDER}/{picture.file_name}", picture.svg()
    try:
        with storage.open(name) as found:
            if found.read() == content:
                return False
    except FileNotFoundError:
        pass
    storage.delete(name)
    storage.save(name, ContentFile(content))
    return True


def _create_categories(shelves: Sequence[Shelf]) -> dict[str, Category]:
    found = {category.slug: category for category in Category.objects.all()}
    for shelf in shelves:
        if shelf.slug not in found:
            found[shelf.slug] = Category.objects.create(
                slug=shelf.slug,
                name=shelf.name,
                description=shelf.description,
                parent=found[shelf.parent] if shelf.parent else None,
                position=shelf.position,
            )
    return found


def _find_missing(plans: Sequence[ProductPlan], outcome: Outcome) -> list[ProductPlan]:
    """Those without a product of their slug. One whose sku is another product's is skipped."""
    here = set(
        Product.objects.filter(slug__in=[plan.slug for plan in plans]).values_list(
            "slug", flat=True
        )
    )
    missing = [plan for plan in plans if plan.slug not in here]
    outcome.kept = len(plans) - len(missing)
    wanted = [variant.sku for plan in missing for variant in plan.variants]
    taken = set(Variant.objects.filter(sku__in=wanted).values_list("sku", flat=True))
    free = []
    for plan in missing:
        if owned := sorted({variant.sku for variant in plan.variants} & taken):
            outcome.skipped.append(f"“{plan.name}”: another product has the sku {owned[0]}.")
        else:
            free.append(plan)
    return free


def _create_products(
    plans: Sequence[ProductPlan], categories: dict[str, Category]
) -> list[Product]:
    products = Product.objects.bulk_create(
        Product(
            slug=plan.slug,
            name=plan.name,
            description=plan.description,
            vendor=plan.vendor,
            product_type=plan.product_type,
            category=categories[plan.shelf],
            tags=plan.tags,
            seo_title=plan.name,
            seo_description=plan.summary[:500],
            # By lot, so that the newest are a mixture of all shelves.
            created_at=_OPENING - timedelta(minutes=pick(plan.slug, "age", 120 * 24 * 60)),
        )
        for plan in plans
    )
    Attribute.objects.bulk_create(
        Attribute(product=product, name=name, value=value, position=position)
        for product, plan in zip(products, plans, strict=True)
        for position, (name, value) in enumerate(plan.attributes.items(), start=1)
    )
    return products


def _create_images(
    plans: Sequence[ProductPlan], products: Sequence[Product]
) -> dict[tuple[str, int], Image]:
    places = [
        (plan.slug, place, product)
        for product, plan in zip(products, plans, strict=True)
        for place in range(len(plan.pictures))
    ]
    pictures = [picture for plan in plans for picture in plan.pictures]
    images = Image.objects.bulk_create(
        Image(
            product=product,
            file=f"{FOLDER}/{picture.file_name}",
            alt=picture.alt,
            width=800,
            height=800,
            position=place + 1,
        )
        for (_, place, product), picture in zip(places, pictures, strict=True)
    )
    return {(slug, place): image for (slug, place, _), image in zip(places, images, strict=True)}


def _create_variants(
    plans: Sequence[ProductPlan],
    products: Sequence[Product],
    images: dict[tuple[str, int], Image],
    tax_classes: dict[str, TaxClass],
) -> list[Variant]:
    return Variant.objects.bulk_create(
        Variant(
            product=product,
            sku=variant.sku,
            options=variant.options,
            price_minor=variant.price_minor,
            compare_at_minor=variant.compare_at_minor,
            tax_class=tax_classes[plan.tax_class],
            weight_grams=variant.weight_grams,
            barcode=variant.barcode,
            image=None if variant.picture is None else images[plan.slug, variant.picture],
            position=position,
        )
        for product, plan in zip(products, plans, strict=True)
        for position, variant in enumerate(plan.variants, start=1)
    )


def _receive(plans: Sequence[ProductPlan]) -> None:
    delivery = {
        variant.sku: variant.stock for plan in plans for variant in plan.variants if variant.stock
    }
    if delivery:
        give_stock(quantities=delivery, reference=DELIVERY, reason=Movement.Reason.RECEIPT)
