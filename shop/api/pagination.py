"""Pages of a list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import InvalidPage
from rest_framework import exceptions, pagination
from rest_framework.request import Request

MAX_PAGE_SIZE = 100


class Pages(pagination.PageNumberPagination):
    """`?page=` from 1, `?page_size=` up to 100. A page that is not there is 404."""

    page_size = 24
    page_size_query_param = "page_size"
    max_page_size = MAX_PAGE_SIZE

    def get_page_size(self, request: Request) -> int:
        text = request.query_params.get("page_size")
        if text is None:
            return self.page_size
        if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MAX_PAGE_SIZE):
            raise exceptions.ValidationError(
                {"page_size": [f"It must be a whole number from 1 to {MAX_PAGE_SIZE}."]}
            )
        return int(text)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        paginator = self.django_paginator_class(queryset, self.get_page_size(request))
        text = request.query_params.get(self.page_query_param, "1")
        if not (text.isascii() and text.isdecimal()) or int(text[:18]) < 1:
            raise exceptions.ValidationError({"page": ["It must be a whole number from 1."]})
        try:
            self.page = paginator.page(int(text[:18]))
        except InvalidPage:
            raise exceptions.NotFound("There is no such page.", code="invalid_page") from None
        if paginator.num_pages > 1 and self.template is not None:
            self.display_page_controls = True
        return list(self.page)
