"""What the shop sells: a tree of categories, products, their variants and images.

Money is in minor units of `settings.SHOP_CURRENCY`, tax included.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from tree_queries.models import OrderableTreeNode

from shop.catalog.fields import OrderedJSONField
from shop.catalog.querysets import ProductQuerySet, VariantQuerySet
from shop.money import Money

if TYPE_CHECKING:
    from shop.inventory.models import StockLevel

# A sku travels in addresses, cookies and CSV files: printable, no blank at its ends.
_INNER, _OUTER = r"[^\x00-\x1f\x7f\u2028\u2029]", r"[^\s\x00-\x1f\x7f]"
SKU_PATTERN = re.compile(f"{_OUTER}(?:{_INNER}{{0,62}}{_OUTER})?")
SKU_LENGTH = 64
validate_sku = RegexValidator(
    re.compile(rf"^(?:{SKU_PATTERN.pattern})\Z"),
    message="A sku has 1 to 64 printable characters, with no blank at its ends.",
)


class TaxClass(models.Model):
    """How a variant is taxed ("standard", "reduced"); rates by country are in `pricing`."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "tax classes"

    def __str__(self) -> str:
        return self.name


class Category(OrderableTreeNode):
    """A shelf of the shop; it may stand inside another."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    description = models.TextField(blank=True)

    class Meta(OrderableTreeNode.Meta):
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("storefront:category", args=[self.slug])


class Product(models.Model):
    """Something on sale, in one or more variants.

    `lowest_price`, `default_variant` and `cover` are derived from its variants and
    images by `Product.objects.refresh_listing()`, so that a list needs one query.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        DRAFT = "draft", "Draft"
        ARCHIVED = "archived", "Archived"

    name = models.CharField(max_length=255)
    slug = models.SlugField(max_length=255, unique=True)
    description = models.TextField(blank=True, help_text="Sanitised HTML.")
    vendor = models.CharField(max_length=255, blank=True)
    product_type = models.CharField(max_length=255, blank=True)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="products"
    )
    tags = models.JSONField(default=list, blank=True, help_text="A list of words.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    seo_title = models.CharField(max_length=255, blank=True)
    seo_description = models.CharField(max_length=500, blank=True)
    extra = models.JSONField(
        default=dict, blank=True, help_text="Columns of an import to give back on export."
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    lowest_price = models.PositiveBigIntegerField(null=True, editable=False)
    default_variant = models.ForeignKey(
        "Variant", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    cover = models.ForeignKey(
        "Image", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["status", "-created_at", "-id"], name="product_newest"),
            models.Index(fields=["status", "lowest_price", "id"], name="product_price"),
            models.Index(fields=["status", "name", "id"], name="product_name"),
            models.Index(fields=["category", "status", "-created_at"], name="product_category"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("storefront:product", args=[self.slug])

    @property
    def price(self) -> Money | None:
        """The lowest price of its variants on sale; None if there is none."""
        if self.lowest_price is None:
            return None
        return Money(self.lowest_price, settings.SHOP_CURRENCY)


class Attribute(models.Model):
    """A fact about a product ("Material: oak")."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="attributes")
    name = models.CharField(max_length=100)
    value = models.CharField(max_length=255)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint("product", "name", name="catalog_attribute_name_unique")
        ]
        indexes = [models.Index(fields=["name", "value"], name="attribute_facet")]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class Image(models.Model):
    """A picture of a product: a file of the shop's own, or for now only the outside
    address that an import named (never loaded by a page; `fetch_images` brings it in)."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="images")
    file = models.FileField(upload_to="products/", blank=True)
    source_url = models.URLField(max_length=1000, blank=True)
    alt = models.CharField(max_length=500, blank=True)
    width = models.PositiveIntegerField(default=800, help_text="In pixels.")
    height = models.PositiveIntegerField(default=800, help_text="In pixels.")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.alt or self.file.name or self.source_url

    @property
    def url(self) -> str:
        """An address on this host, whole or placeholder; never an outside one."""
        return self.file.url if self.file else static("img/placeholder.svg")


class Variant(models.Model):
    """What can be put into a cart: one sku with its options and price."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    sku = models.CharField(max_length=SKU_LENGTH, unique=True, validators=[validate_sku])
    options = OrderedJSONField(
        default=dict, blank=True, help_text='At most three, in order: {"Size": "M"}.'
    )
    price_minor = models.PositiveBigIntegerField("price", help_text="In minor units, tax included.")
    compare_at_minor = models.PositiveBigIntegerField(
        "compare-at price", null=True, blank=True, help_text="In minor units, tax included."
    )
    tax_class = models.ForeignKey(TaxClass, on_delete=models.PROTECT, related_name="variants")
    weight_grams = models.PositiveIntegerField(default=0)
    barcode = models.CharField(max_length=64, blank=True)
    requires_shipping = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    image = models.ForeignKey(
        Image, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=1)
    extra = models.JSONField(
        default=dict, blank=True, help_text="Columns of an import to give back on export."
    )

    objects = VariantQuerySet.as_manager()

    if TYPE_CHECKING:
        stock: StockLevel

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.product.name} ({self.name})" if self.name else self.product.name

    @property
    def name(self) -> str:
        """Its options in words: "Red / M"; empty for a product's only variant."""
        return " / ".join(str(value) for value in self.options.values())

    @property
    def price(self) -> Money:
        return Money(self.price_minor, settings.SHOP_CURRENCY)

    @property
    def compare_at(self) -> Money | None:
        """The former price, only where it is higher than today's."""
        if self.compare_at_minor is None or self.compare_at_minor <= self.price_minor:
            return None
        return Money(self.compare_at_minor, settings.SHOP_CURRENCY)
