"""What a product's page shows below it: variants, pictures, facts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from unfold.admin import TabularInline

from shop.backoffice.fields import MoneyField
from shop.backoffice.modeladmin import show_picture
from shop.backoffice.product_forms import AttributeFormSet, ImageForm, VariantForm
from shop.catalog.models import Attribute, Image, Product, Variant

ROWS = 25
"""Of one page: a browser sends a dozen fields a row, and Django takes a thousand."""


class VariantInline(TabularInline):
    model = Variant
    form = VariantForm
    fk_name = "product"
    extra = 0
    per_page = ROWS
    tab = True
    hide_title = True
    fields = [
        *("sku", "options", "price_minor", "compare_at_minor", "tax_class", "in_stock"),
        *("is_active", "weight_grams", "requires_shipping", "barcode", "image", "position"),
    ]
    readonly_fields = ["in_stock"]
    readonly_preprocess_fields = {
        "price_minor": MoneyField.show,
        "compare_at_minor": MoneyField.show,
    }
    _product: Product | None = None

    def get_formset(self, request: HttpRequest, obj: Product | None = None, **kwargs: Any) -> Any:
        self._product = obj
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Variant]:
        return super().get_queryset(request).select_related("stock", "product")  # type: ignore[no-any-return]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "image":
            own = self._product.images.all() if self._product else Image.objects.none()
            kwargs["queryset"] = own
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in ("image", "tax_class"):
            # Once for all rows; left alone, every row would ask the database for them.
            field.choices = list(field.choices)
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    @admin.display(description="in stock")
    def in_stock(self, variant: Variant) -> str:
        return link_stock(variant)


class ImageInline(TabularInline):
    model = Image
    form = ImageForm
    fk_name = "product"
    extra = 0
    per_page = ROWS
    tab = True
    hide_title = True
    fields = ["thumbnail", "file", "alt", "source", "position"]
    readonly_fields = ["thumbnail", "source"]

    @admin.display(description="")
    def thumbnail(self, image: Image) -> str:
        return show_picture(image.url) if image.pk else ""

    @admin.display(description="source")
    def source(self, image: Image) -> str:
        return "" if image.file or not image.pk else f"waiting for {image.source_url}"


class AttributeInline(TabularInline):
    model = Attribute
    formset = AttributeFormSet
    extra = 0
    per_page = ROWS
    tab = True
    hide_title = True
    fields = ["name", "value", "position"]


def link_stock(variant: Variant) -> str:
    """How many there are, with a link to the level and its ledger."""
    level = getattr(variant, "stock", None) if variant.pk else None
    if level is None:
        return "none yet"
    address = reverse("admin:inventory_stocklevel_change", args=[level.pk])
    return format_html('<a class="text-link" href="{}">{}</a>', address, level.on_hand)
