"""The admin's site: the theme's, under a policy of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from csp.decorators import csp_replace
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.sites import UnfoldAdminSite

from shop.backoffice.policy import ADMIN_POLICY

_with_policy = csp_replace(ADMIN_POLICY)


class ShopAdminSite(UnfoldAdminSite):
    index_title = "Overview"

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Every page but the log-in goes through here."""
        guarded: Callable[..., Any] = _with_policy(super().admin_view(view, cacheable))
        return guarded

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if REDIRECT_FIELD_NAME not in request.GET and REDIRECT_FIELD_NAME not in request.POST:
            # The theme's form does not say where to go then, and the shop's home is not it.
            query = request.GET.copy()
            query[REDIRECT_FIELD_NAME] = reverse("admin:index", current_app=self.name)
            request.GET = cast(Any, query)
        response: HttpResponse = super().login(request, extra_context)
        # As the decorator does, which would have to wrap a method.
        vars(response)["_csp_replace"] = ADMIN_POLICY
        return response

    def search(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The theme's search over the names of lists; one page, since it fails on others."""
        query = request.GET.copy()
        query.pop("page", None)
        request.GET = cast(Any, query)
        response: HttpResponse = super().search(request, extra_context)
        return response
