"""The schema, its page, and the way in."""

from __future__ import annotations

from typing import Any

from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from shop.api.views.base import ShopView


class SchemaView(SpectacularAPIView):
    """JSON, or YAML for who asks for it."""

    authentication_classes: list[Any] = []
    renderer_classes = [
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
    ]


class DocsView(SpectacularSwaggerSplitView):
    authentication_classes: list[Any] = []
    template_name = "api/docs.html"
    url_name = "api:schema"


class RootView(ShopView):
    """Where everything is."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        names = ("products", "categories", "cart", "profile", "token", "register", "schema", "docs")
        return Response({name: reverse(f"api:{name}", request=request) for name in names})
