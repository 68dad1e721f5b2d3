"""Things of the shop for tests, made as the shop makes them: stock through its ledger, and
lists refreshed."""

from __future__ import annotations

from typing import Any

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from shop.accounts.models import User
from shop.catalog.models import Category, Image, Product, TaxClass, Variant
from shop.inventory.models import Movement
from shop.inventory.services import create_levels, give_stock
from shop.pricing.models import TaxRate

PASSWORD = "a-Passw0rd-of-tests"
_PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'


class UserFactory(DjangoModelFactory[User]):
    """A customer whose password is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"shopper{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.com")
    password = factory.django.Password(PASSWORD)


class TaxClassFactory(DjangoModelFactory[TaxClass]):
    """The standard class, with Germany's 19 %."""

    class Meta:
        model = TaxClass
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = "standard"
    name = factory.LazyAttribute(lambda tax_class: tax_class.code.title())

    @factory.post_generation
    def rate(self: TaxClass, create: bool, basis_points: int | None, **kwargs: Any) -> None:
        if create and basis_points != 0:
            TaxRate.objects.get_or_create(
                tax_class=self,
                country="DE",
                defaults={"rate_basis_points": basis_points or 1_900},
            )


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"Category {n}")
    slug = factory.Sequence(lambda n: f"category-{n}")


class ProductFactory(DjangoModelFactory[Product]):
    """A product with one variant on sale: `ProductFactory(sku="A", price_minor=1290, stock=3)`;
    with `stock=None` it has no variant yet."""

    class Meta:
        model = Product

    name = factory.Sequence(lambda n: f"Product {n}")
    slug = factory.Sequence(lambda n: f"product-{n}")
    category = factory.SubFactory(CategoryFactory)

    @classmethod
    def _create(
        cls,
        model_class: type[Product],
        *args: Any,
        stock: int | None = 10,
        sku: str = "",
        price_minor: int = 1_290,
        **kwargs: Any,
    ) -> Product:
        product: Product = super()._create(model_class, *args, **kwargs)
        if stock is not None:
            own = {"sku": sku} if sku else {}
            VariantFactory(product=product, stock=stock, price_minor=price_minor, **own)
        return product


class VariantFactory(DjangoModelFactory[Variant]):
    """A variant on sale, of a product of its own unless given: `VariantFactory(stock=0)`,
    `VariantFactory(product=product, options={"Size": "M"})`."""

    class Meta:
        model = Variant

    product = factory.SubFactory(ProductFactory, stock=None)
    sku = factory.Sequence(lambda n: f"SKU-{n}")
    price_minor = 1_290
    tax_class = factory.SubFactory(TaxClassFactory)

    @classmethod
    def _create(
        cls, model_class: type[Variant], *args: Any, stock: int = 10, **kwargs: Any
    ) -> Variant:
        variant: Variant = super()._create(model_class, *args, **kwargs)
        create_levels([variant])
        if stock:
            give_stock(
                quantities={variant.sku: stock},
                reason=Movement.Reason.RECEIPT,
                reference="factory",
            )
        _refresh_listing(variant.product)
        return variant


class ImageFactory(DjangoModelFactory[Image]):
    """A small SVG file of a product of its own unless given."""

    class Meta:
        model = Image

    product = factory.SubFactory(ProductFactory)
    file = factory.LazyFunction(lambda: ContentFile(_PICTURE, name="picture.svg"))
    alt = factory.LazyAttribute(lambda image: f"A picture of {image.product.name}")

    @classmethod
    def _create(cls, model_class: type[Image], *args: Any, **kwargs: Any) -> Image:
        image: Image = super()._create(model_class, *args, **kwargs)
        _refresh_listing(image.product)
        return image


def create_small_catalogue() -> None:
    """Two categories and eight products, for tests that look at the shop from outside: skus
    `BASKET-1` to `BASKET-5` (10 in stock each), `BASKET-LAST` (1) and `BASKET-OUT` (0), and
    `SHIRT-S`, `SHIRT-M`, two sizes of one product."""
    baskets = CategoryFactory(name="Baskets", slug="baskets")
    shirts = CategoryFactory(name="Shirts", slug="shirts")
    for number in range(1, 6):
        ProductFactory(
            name=f"Basket {number}",
            slug=f"basket-{number}",
            category=baskets,
            sku=f"BASKET-{number}",
            price_minor=1_000 + 100 * number,
        )
    for name, stock in (("Last", 1), ("Out", 0)):
        ProductFactory(
            name=f"{name} basket",
            slug=f"basket-{name.lower()}",
            category=baskets,
            sku=f"BASKET-{name.upper()}",
            stock=stock,
        )
    shirt = ProductFactory(name="Shirt", slug="shirt", category=shirts, stock=None)
    for position, size in enumerate("SM", start=1):
        VariantFactory(
            product=shirt, sku=f"SHIRT-{size}", options={"Size": size}, position=position
        )


def _refresh_listing(product: Product) -> None:
    Product.objects.filter(pk=product.pk).refresh_listing()
    product.refresh_from_db()
