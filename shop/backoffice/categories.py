"""The tree of categories."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from unfold.views import ChangeList

from shop.backoffice.modeladmin import ShopAdmin
from shop.catalog.models import Category, Product


class TreeChangeList(ChangeList):
    """Each category right below the one it stands in, unless another order is asked for."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        if self.params.get("o"):
            return list(super().get_ordering(request, queryset))
        return ["tree_ordering"]


@admin.register(Category)
class CategoryAdmin(ShopAdmin):
    list_display = ["indented_name", "slug", "product_count", "position"]
    list_display_links = ["indented_name"]
    list_editable = ["position"]
    list_per_page = 200
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "parent", "position", "description"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TreeChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        own = Product.objects.filter(category=OuterRef("pk")).order_by().values("category")
        counted = own.annotate(number=Count("pk")).values("number")
        categories: QuerySet[Category] = Category.objects.with_tree_fields()
        categories = categories.annotate(product_count=Coalesce(Subquery(counted), 0))
        return categories

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Category | None:
        if request.method == "POST":
            # The whole tree: of two who put A into B and B into A, the second has to see it.
            list(Category.objects.without_tree_fields().order_by("pk").select_for_update())
        found: Category | None = super().get_object(request, object_id, from_field)
        return found

    @admin.display(description="name", ordering="name")
    def indented_name(self, category: Any) -> str:
        return format_html(
            '<span class="shop-depth-{}">{}</span>', min(category.tree_depth, 6), category.name
        )

    @admin.display(description="products", ordering=F("product_count"))
    def product_count(self, category: Any) -> int:
        return int(category.product_count)
