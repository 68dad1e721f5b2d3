"""The API as pages with forms, for a browser."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework.renderers import BrowsableAPIRenderer


class BrowsableRenderer(BrowsableAPIRenderer):
    """DRF's pages under the shop's own name and policy."""

    template = "api/browsable.html"

    def get_context(
        self, data: Any, accepted_media_type: Any, renderer_context: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(data, accepted_media_type, renderer_context)
        # Bootstrap's script and DRF's markup set styles on elements; scripts stay strict.
        renderer_context["response"]._csp_update = {"style-src": ["'unsafe-inline'"]}
        context["shop_name"] = settings.SHOP_NAME
        return context

    def get_filter_form(self, data: Any, view: Any, request: Any) -> Any:
        # Otherwise DRF asks every view with a list for a queryset, to find no filter for it.
        if getattr(view, "filterset_class", None) is None:
            return None
        return super().get_filter_form(data, view, request)
