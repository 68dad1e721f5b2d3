"""Keeps Django's own error pages away from API clients."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse

from shop.api.problems import MEDIA_TYPE, Problem

_CODES = {
    400: Problem(400, "bad_request", "The request could not be understood."),
    403: Problem(403, "permission_denied", "This is not allowed."),
    413: Problem(413, "too_large", "The body of the request is too large."),
}


class ApiErrorMiddleware:
    """What Django refuses before a view of the API is reached (a wrong host, say) would be
    an HTML page; below /api/ it is a problem. The views' own answers pass as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if (
            response.status_code < HTTPStatus.BAD_REQUEST
            or not is_page
            or not request.path_info.startswith("/api/")
            or hasattr(response, "accepted_renderer")
        ):
            return response
        status = response.status_code
        problem = _CODES.get(status) or Problem(status, "internal_error", "Something went wrong.")
        return JsonResponse(problem.as_json(), status=status, content_type=MEDIA_TYPE)
