"""Reads request bodies: within a size, as UTF-8, and never to a server error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, QueryDict
from rest_framework import exceptions, parsers, renderers

MAX_BYTES = 64 * 1024
"""More than any call of this API has to say."""


class TooLarge(exceptions.APIException):
    status_code = 413
    default_detail = f"The body of the request is larger than {MAX_BYTES} bytes."
    default_code = "too_large"


class LengthRequired(exceptions.APIException):
    status_code = 411
    default_detail = "Send the body with a Content-Length here, not in chunks."
    default_code = "length_required"


def expect_chunks(request: HttpRequest) -> None:
    """A body in chunks has no length, which DRF takes for no body at all: let the parsers
    read it, up to their limit. Raises `LengthRequired` under WSGI, where Django cannot."""
    if "chunked" not in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
        return
    if request.META.get("CONTENT_LENGTH"):
        return
    if not isinstance(request, ASGIRequest):
        raise LengthRequired
    request.META["CONTENT_LENGTH"] = str(MAX_BYTES)


class JSONParser(parsers.BaseParser):
    """JSON, in UTF-8 whatever the header says (RFC 8259 knows no other)."""

    media_type = "application/json"
    renderer_class = renderers.JSONRenderer

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            return json.loads(read_body(stream).decode(), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            # The decoder repeats no input in its message, only where it stopped.
            why = str(error) if isinstance(error, json.JSONDecodeError) else "not JSON in UTF-8"
            raise exceptions.ParseError(f"The body is not valid JSON: {why}.") from None


class FormParser(parsers.BaseParser):
    """A plain form, which the browsable pages send."""

    media_type = "application/x-www-form-urlencoded"

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> QueryDict:
        return QueryDict(read_body(stream), encoding="utf-8")


class MultiPartParser(parsers.MultiPartParser):
    """A form in parts; the browsable pages' own way."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        length = stream.META.get("CONTENT_LENGTH") if hasattr(stream, "META") else None
        if length and str(length).isdecimal() and int(length) > MAX_BYTES:
            raise TooLarge
        return super().parse(stream, media_type, parser_context)


class RawParser(parsers.BaseParser):
    """The bytes as they came, for what is signed."""

    media_type = "*/*"

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        return read_body(stream)


def read_body(stream: Any) -> bytes:
    body: bytes = stream.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise TooLarge
    return body


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
