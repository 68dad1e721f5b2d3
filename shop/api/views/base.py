"""What all views of the API share."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control, patch_vary_headers
from rest_framework import exceptions
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from shop.accounts.models import User
from shop.api.authentication import CUSTOMER
from shop.api.parsers import expect_chunks
from shop.api.problems import CHALLENGE


class ShopView(GenericAPIView[Any]):
    """A view whose caller may be a guest, a customer with a token, or with a session."""

    authentication_classes = CUSTOMER
    filter_backends: list[Any] = []

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        request._request.cart.carrier.answers_in_header = True  # type: ignore[attr-defined]
        expect_chunks(request._request)
        super().initial(request, *args, **kwargs)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """What is said to one caller is not for another, so no shared cache may keep it."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if not answer.has_header("Cache-Control"):
            patch_cache_control(answer, private=True, no_cache=True)
        patch_vary_headers(answer, ["Authorization", "Cookie"])
        return answer

    def get_object(self) -> Any:
        """OPTIONS and the browsable pages ask before they show the form of a PUT."""
        return None

    def get_authenticate_header(self, request: Request) -> str:
        return CHALLENGE

    def read_body(self, request: Request) -> dict[str, Any]:
        """The body, checked by the view's serializer. Raises DRF's `ValidationError`."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data: dict[str, Any] = serializer.validated_data
        return data


def get_customer(request: Request) -> User | None:
    """The signed-in customer's row; None for a guest, and where no row was needed."""
    return request.user if isinstance(request.user, User) else None


class UnknownAddressView(APIView):
    """Everything below /api/ that is no call: 404 as a problem, not as a page. An address
    that only lacks its slash at the end is sent on, with its method and body."""

    authentication_classes = []
    throttle_classes = []
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.format_kwarg = None
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(
            request, force=True
        )

    def answer(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        if target := self._find_with_slash(request):
            return HttpResponsePermanentRedirect(target, preserve_request=True)
        raise exceptions.NotFound("There is no such address in this API.")

    get = post = put = patch = delete = answer
    http_method_not_allowed = options = answer

    def _find_with_slash(self, request: Request) -> str:
        path = request.path_info
        if path.endswith("/"):
            return ""
        try:
            found = resolve(f"{path}/").func
        except Resolver404:
            return ""
        if getattr(found, "view_class", getattr(found, "cls", None)) is UnknownAddressView:
            return ""
        return request._request.get_full_path(force_append_slash=True)
