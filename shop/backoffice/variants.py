"""Variants by themselves: found by sku, changed one at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from shop.backoffice.fields import MoneyField
from shop.backoffice.modeladmin import ShopAdmin
from shop.backoffice.product_forms import SingleVariantForm
from shop.backoffice.product_inlines import link_stock
from shop.catalog.models import Product, Variant


@admin.register(Variant)
class VariantAdmin(ShopAdmin):
    form = SingleVariantForm
    list_display = ["sku", "product", "name", "price", "tax_class", "is_active", "in_stock"]
    list_filter = ["is_active", "tax_class", "product__status"]
    search_fields = ["sku", "barcode", "product__name"]
    ordering = ["product_id", "position", "pk"]
    readonly_fields = ["product_link", "in_stock"]
    readonly_preprocess_fields = {
        "price_minor": MoneyField.show,
        "compare_at_minor": MoneyField.show,
    }
    fields = [
        *("product_link", ("sku", "is_active"), "options", ("price_minor", "compare_at_minor")),
        *("tax_class", "in_stock", ("weight_grams", "requires_shipping"), "barcode", "image"),
        "position",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new one is added on its product's page."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Variant]:
        variants: QuerySet[Variant] = super().get_queryset(request)
        return variants.select_related("product", "stock", "tax_class")

    def get_fields(self, request: HttpRequest, obj: Variant | None = None) -> Any:
        fields = super().get_fields(request, obj)
        return ["seen", *fields] if self.has_change_permission(request, obj) else fields

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Variant | None:
        found: Variant | None = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            # The product first, as everybody does; it stands for all of its variants.
            Product.objects.select_for_update().filter(pk=found.product_id).first()
            found = super().get_object(request, object_id, from_field)
        return found

    def get_form(self, request: HttpRequest, obj: Variant | None = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        if obj and "image" in form.base_fields:
            form.base_fields["image"].queryset = obj.product.images.all()
        return form

    def save_model(self, request: HttpRequest, obj: Variant, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _refresh([obj.product_id])

    def delete_model(self, request: HttpRequest, obj: Variant) -> None:
        super().delete_model(request, obj)
        _refresh([obj.product_id])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Variant]) -> None:
        products = list(queryset.order_by().values_list("product_id", flat=True).distinct())
        super().delete_queryset(request, queryset)
        _refresh(products)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A level and its ledger go with their variant; nobody may delete them alone."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking - {"stock level", "movement"}, protected

    @admin.display(description="product")
    def product_link(self, variant: Variant) -> str:
        address = reverse("admin:catalog_product_change", args=[variant.product_id])
        return format_html('<a class="text-link" href="{}">{}</a>', address, variant.product)

    @admin.display(description="options")
    def name(self, variant: Variant) -> str:
        return variant.name

    @admin.display(description="price", ordering="price_minor")
    def price(self, variant: Variant) -> str:
        return variant.price.format()

    @admin.display(description="in stock", ordering="stock__on_hand")
    def in_stock(self, variant: Variant) -> str:
        return link_stock(variant)


def _refresh(products: list[int]) -> None:
    """Their lists, and their state for who has them open."""
    found = Product.objects.filter(pk__in=products)
    found.update(updated_at=timezone.now())
    found.refresh_listing()
