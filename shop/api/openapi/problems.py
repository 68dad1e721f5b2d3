"""Adds to every call the problems that it may answer with."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from shop.api.problems import MEDIA_TYPE, Problem

PROBLEM = {
    "type": "object",
    "description": "Why a call was refused (RFC 9457); further members belong to the `code`.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for people."},
        "code": {"type": "string", "description": "A stable word for programs."},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "description": "What is wrong, by field.",
        },
    },
    "required": ["type", "title", "status", "detail", "code"],
    "additionalProperties": True,
}
EXAMPLES = {
    400: Problem(400, "invalid", "code: This field is required.", {"code": ["…"]}),
    401: Problem(401, "token_not_valid", "This token is not valid any more."),
    402: Problem(402, "payment_declined", "The payment was declined."),
    403: Problem(403, "csrf_failed", "A change made with the session's cookie needs its token."),
    404: Problem(404, "not_found", "Not found."),
    406: Problem(406, "not_acceptable", "Could not satisfy the request Accept header."),
    409: Problem(
        409,
        "insufficient_stock",
        "Only 2 of “MUG-1” can be ordered.",
        facts={"sku": "MUG-1", "available": 2},
    ),
    411: Problem(411, "length_required", "Send the body with a Content-Length."),
    413: Problem(413, "too_large", "The body of the request is larger than 65536 bytes."),
    415: Problem(415, "unsupported_media_type", 'Unsupported media type "text/plain".'),
    422: Problem(422, "idempotency_mismatch", "This key was used with another request."),
    429: Problem(429, "throttled", "Request was throttled. Expected available in 7 seconds."),
    503: Problem(503, "cart_unavailable", "The cart cannot be reached at the moment."),
}
_WAITS = {429, 503}


def add_problems(result: Any, generator: Any, request: Any, public: bool) -> Any:
    """A hook of drf-spectacular."""
    components = result["components"]
    components["schemas"]["Problem"] = PROBLEM
    components["responses"] = {
        _name(status): _make_response(status, example) for status, example in EXAMPLES.items()
    }
    for path, method, operation in _each_operation(result):
        for status in _find_statuses(path, method, operation):
            operation["responses"].setdefault(
                str(status), {"$ref": f"#/components/responses/{_name(status)}"}
            )
        operation["responses"] = dict(sorted(operation["responses"].items()))
    return result


def _each_operation(result: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _find_statuses(path: str, method: str, operation: Any) -> Iterator[int]:
    yield from (400, 406, 429, 503)
    if "/profile/" in path or "/token/" in path:
        yield 401
    if operation.get("security"):
        yield 401
        if method != "get":
            yield 403
    if (
        "{" in path
        or "/lines/" in path
        or "/coupon/" in path
        or "page" in str(operation.get("parameters", ""))
    ):
        yield 404
    if "/cart/" in path and method != "get":
        yield 409
    if method == "post" and "/orders/" in path:
        yield from (402, 404, 409, 422)
    if "requestBody" in operation:
        yield from (411, 413, 415)


def _make_response(status: int, example: Problem) -> dict[str, Any]:
    response: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": example.as_json(),
            }
        },
    }
    if status in _WAITS:
        response["headers"] = {
            "Retry-After": {
                "description": "Seconds after which another try is worth it.",
                "schema": {"type": "string", "pattern": r"^\d+$"},
            }
        }
    if status == HTTPStatus.UNAUTHORIZED:
        response["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    return response


def _name(status: int) -> str:
    return "".join(word.title() for word in HTTPStatus(status).phrase.split())
