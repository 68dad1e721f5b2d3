"""The catalogue: reads only, the same for everybody."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.authentication import STATELESS
from shop.api.filters import ProductFilter
from shop.api.openapi.parameters import FIELDS, PAGES, PRICES
from shop.api.serializers.catalog import (
    CategorySerializer,
    ProductRowSerializer,
    ProductSerializer,
)
from shop.api.views.base import ShopView
from shop.catalog.models import Category, Product, Variant


@method_decorator(conditional_page, name="dispatch")
class CatalogView(ShopView):
    """Answers with an ETag of what it says, so that a price or a level that changed shows at
    once, and what did not change is not sent again."""

    authentication_classes = STATELESS

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        # The data is everybody's; a browsable page (it names who is logged in) is not.
        if not response.exception and request.accepted_renderer.format == "json":
            patch_cache_control(response, no_cache=True)
        return super().finalize_response(request, response, *args, **kwargs)


class CategoryListView(CatalogView):
    """The shelves of the shop."""

    serializer_class = CategorySerializer

    def get_queryset(self) -> Any:
        return Category.objects.with_tree_fields().select_related("parent")

    @extend_schema(
        operation_id="categories_list",
        parameters=[*PAGES, FIELDS],
        responses=CategorySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class ProductListView(CatalogView):
    """The products on sale."""

    serializer_class = ProductRowSerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = ProductFilter

    def get_queryset(self) -> Any:
        return Product.objects.on_sale().for_listing().with_in_stock()

    @extend_schema(
        operation_id="products_list",
        parameters=[*PRICES, *PAGES, FIELDS],
        responses=ProductRowSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class ProductView(CatalogView):
    """One product with its variants."""

    serializer_class = ProductSerializer

    def get_queryset(self) -> Any:
        variants = Variant.objects.filter(is_active=True).select_related("stock", "image")
        return (
            Product.objects.on_sale()
            .for_listing()
            .with_in_stock()
            .prefetch_related(Prefetch("variants", variants), "images", "attributes")
        )

    @extend_schema(operation_id="products_retrieve", parameters=[FIELDS])
    def get(self, request: Request, slug: str) -> Response:
        product = get_object_or_404(self.get_queryset(), slug=slug)
        return Response(self.get_serializer(product).data)
