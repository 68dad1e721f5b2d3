"""Products, and the variants that can be put into a cart."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.urls import URLPattern, path

from shop.backoffice.modeladmin import ShopAdmin, display
from shop.backoffice.product_actions import ProductActions
from shop.backoffice.product_filters import CategoryFilter, StockFilter
from shop.backoffice.product_forms import ProductForm
from shop.backoffice.product_inlines import AttributeInline, ImageInline, VariantInline
from shop.catalog.models import Product, Variant
from shop.inventory.services import create_levels

SHADES = {"Active": "success", "Draft": "warning", "Archived": "danger"}


@admin.register(Product)
class ProductAdmin(ProductActions, ShopAdmin):
    form = ProductForm
    list_display = [
        *("headline", "status_label", "category", "price_from", "in_stock", "variant_count"),
        "updated_at",
    ]
    list_filter = ["status", CategoryFilter, StockFilter]
    search_fields = ["name", "vendor", "variants__sku", "tags"]
    search_help_text = "Name, sku, vendor or tag"
    prepopulated_fields = {"slug": ["name"]}
    inlines = [VariantInline, ImageInline, AttributeInline]
    warn_unsaved_form = True
    list_select_related = ["category", "cover"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("seen", ("name", "slug"), ("status", "category")),
                    *(("vendor", "product_type"), "tags", "description"),
                ]
            },
        ),
        ("Search engines", {"fields": ["seo_title", "seo_description"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        products: QuerySet[Product] = super().get_queryset(request)
        own = Variant.objects.filter(product=OuterRef("pk")).order_by().values("product")
        on_sale = own.filter(is_active=True).annotate(number=Sum("stock__on_hand"))
        return products.annotate(
            on_hand=Coalesce(Subquery(on_sale.values("number")), 0),
            variant_count=Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0),
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Product], search_term: str
    ) -> tuple[QuerySet[Product], bool]:
        queryset = queryset.alias(tag_text=Cast("tags", CharField()))
        for word in search_term.split()[:8]:
            by_sku = Variant.objects.filter(sku__icontains=word)
            queryset = queryset.filter(
                Q(name__icontains=word)
                | Q(vendor__icontains=word)
                | Q(tag_text__icontains=word)
                # SQLite keeps them as JSON writes them.
                | Q(tag_text__icontains=json.dumps(word)[1:-1])
                | Q(pk__in=by_sku.values("product"))
            )
        return queryset, False

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Product | None:
        found: Product | None = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            # What is compared with the form's state stays as it is until all is saved.
            found = Product.objects.select_for_update().filter(pk=found.pk).first()
        return found

    def get_fieldsets(self, request: HttpRequest, obj: Product | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj) if obj else self.has_add_permission(request):
            return fieldsets
        (name, main), *others = fieldsets
        return [(name, {**main, "fields": main["fields"][1:]}), *others]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        product = form.instance
        create_levels(product.variants.filter(stock=None))
        Product.objects.filter(pk=product.pk).refresh_listing()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A level and its ledger go with their product; nobody may delete them alone."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking - {"stock level", "movement"}, protected

    def get_urls(self) -> list[URLPattern]:
        export = path(
            "export/",
            self.admin_site.admin_view(self.export_view),
            name="catalog_product_export",
        )
        urls: list[URLPattern] = super().get_urls()
        return [export, *urls]

    @display(description="name", ordering="name", header=True)
    def headline(self, product: Product) -> list[Any]:
        cover = product.cover
        picture = cover and {"path": cover.url, "squared": True, "width": 40, "height": 40}
        return [product.name, product.vendor, None, picture]

    @display(description="status", ordering="status", label=SHADES)
    def status_label(self, product: Product) -> str:
        return product.get_status_display()

    @admin.display(description="price from", ordering="lowest_price")
    def price_from(self, product: Product) -> str:
        return product.price.format() if product.price else "–"

    @admin.display(description="in stock", ordering=F("on_hand"))
    def in_stock(self, product: Any) -> int:
        return int(product.on_hand)

    @admin.display(description="variants", ordering=F("variant_count"))
    def variant_count(self, product: Any) -> int:
        return int(product.variant_count)
