"""Every refusal of the API as a problem+json answer (RFC 9457), by one handler."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.http.request import UnreadablePostError
from rest_framework import exceptions
from rest_framework.response import Response

from shop import errors
from shop.accounts.tokens import TokenNotValid
from shop.pricing.coupons import OfferUsedUp

logger = logging.getLogger("shop.api")

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[errors.ShopError], HTTPStatus] = {
    errors.ShopError: HTTPStatus.BAD_REQUEST,
    errors.UnknownSku: HTTPStatus.NOT_FOUND,
    errors.InvalidQuantity: HTTPStatus.BAD_REQUEST,
    errors.InsufficientStock: HTTPStatus.CONFLICT,
    errors.CartFull: HTTPStatus.CONFLICT,
    errors.InvalidCartToken: HTTPStatus.BAD_REQUEST,
    errors.CartUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.UnknownCoupon: HTTPStatus.NOT_FOUND,
    errors.CouponNotApplicable: HTTPStatus.CONFLICT,
    errors.UnknownShippingMethod: HTTPStatus.BAD_REQUEST,
    errors.EmptyCart: HTTPStatus.CONFLICT,
    errors.PriceChanged: HTTPStatus.CONFLICT,
    errors.IdempotencyKeyRequired: HTTPStatus.BAD_REQUEST,
    errors.IdempotencyMismatch: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.CartAlreadyOrdered: HTTPStatus.CONFLICT,
    errors.OrderInProgress: HTTPStatus.CONFLICT,
    errors.CheckoutExpired: HTTPStatus.CONFLICT,
    errors.UnknownPaymentMethod: HTTPStatus.BAD_REQUEST,
    errors.PaymentDeclined: HTTPStatus.PAYMENT_REQUIRED,
    errors.PaymentUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.RefundTooLarge: HTTPStatus.CONFLICT,
    errors.WrongOrderState: HTTPStatus.CONFLICT,
    errors.TooManyPieces: HTTPStatus.CONFLICT,
    OfferUsedUp: HTTPStatus.CONFLICT,
    TokenNotValid: HTTPStatus.UNAUTHORIZED,
}
"""The status of each refusal of the shop; a class without an entry has its parent's."""

FIELDS = {
    "invalid_quantity": "quantity",
    "unknown_coupon": "code",
    "unknown_shipping_method": "shipping_method",
    "unknown_payment_method": "payment_method",
}
"""The field of the body that a refusal of the shop is about, where there is one."""

CHALLENGE = 'Bearer realm="api"'


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal: its status, its stable code, a sentence, the fields that are wrong, and
    further facts."""

    status: int
    code: str
    detail: str
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "type": f"urn:switchcart:problem:{self.code}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        if self.errors:
            body["errors"] = dict(self.errors)
        return body | {name: fact for name, fact in self.facts.items() if name not in body}


class ProblemResponse(Response):
    """An answer that calls itself a problem wherever it is not shown as a page."""

    def __init__(self, problem: Problem) -> None:
        headers = {"Cache-Control": "no-store", **problem.headers}
        super().__init__(problem.as_json(), status=problem.status, headers=headers)
        self.exception = True

    @property
    def rendered_content(self) -> Any:
        if self.accepted_renderer.format == "json":
            self.content_type = MEDIA_TYPE
        return super().rendered_content


def handle_exception(error: Exception, context: dict[str, Any]) -> Response:
    """DRF's exception handler: always an answer, never a traceback to the client."""
    problem = describe(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        request = context.get("request")
        logger.exception("api_error", exc_info=error)
        if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            got_request_exception.send(sender=None, request=getattr(request, "_request", None))
    return ProblemResponse(problem)


def describe(error: Exception) -> Problem:
    """What a client is told of this exception."""
    match error:
        case errors.ShopError():
            return _describe_shop(error)
        case exceptions.ValidationError():
            return _describe_invalid(dict(flatten(error.detail)))
        case exceptions.APIException():
            return _describe_api(error)
        case ValidationError():
            named = hasattr(error, "error_dict")
            return _describe_invalid(error.message_dict if named else {"": error.messages})
        case Http404():
            return _describe_api(exceptions.NotFound())
        case PermissionDenied():
            return _describe_api(exceptions.PermissionDenied())
        case RequestDataTooBig():
            return Problem(413, "too_large", "The body of the request is too large.")
        case SuspiciousOperation() | UnreadablePostError():
            return Problem(400, "bad_request", "The request could not be understood.")
        case OperationalError() | InterfaceError():
            return Problem(
                503,
                "unavailable",
                "The shop cannot answer at the moment. Please try again.",
                headers={"Retry-After": "5"},
            )
    return Problem(500, "internal_error", "Something went wrong here. It has been noted.")


def flatten(detail: Any, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """DRF's nested error details as (field, messages), nested fields joined by dots; what
    belongs to no field is under `non_field_errors`."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            is_whole = name and key == "non_field_errors"
            inner = f"{name}.{key}" if name else str(key)
            yield from flatten(value, name if is_whole else inner)
    elif isinstance(detail, list) and any(isinstance(part, (Mapping, list)) for part in detail):
        for index, part in enumerate(detail):
            yield from flatten(part, f"{name}.{index}" if name else str(index))
    elif detail:
        parts = detail if isinstance(detail, list) else [detail]
        yield name or "non_field_errors", [str(part) for part in parts]


def _describe_shop(error: errors.ShopError) -> Problem:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    headers: dict[str, str] = {}
    if (seconds := getattr(error, "retry_after", None)) is not None:
        headers["Retry-After"] = str(seconds)
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = CHALLENGE
    about = FIELDS.get(error.code)
    return Problem(
        status,
        error.code,
        error.message,
        errors={about: [error.message]} if about else {},
        facts=error.facts,
        headers=headers,
    )


def _describe_invalid(fields: Mapping[str, list[str]]) -> Problem:
    named = {name or "non_field_errors": messages for name, messages in fields.items()}
    first = next(iter(named.items()), None)
    detail = "The request is not valid."
    if first and first[0] != "non_field_errors":
        detail = f"{first[0]}: {first[1][0]}"
    elif first:
        detail = first[1][0]
    return Problem(400, "invalid", detail, errors=named)


def _describe_api(error: exceptions.APIException) -> Problem:
    detail: Any = error.detail
    code: Any = error.get_codes()
    if isinstance(detail, Mapping):  # simplejwt's way
        code = detail.get("code", error.default_code)
        detail = detail.get("detail", error.default_detail)
    elif isinstance(detail, list):
        detail, code = detail[0], error.default_code
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = str(challenge)
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(max(1, round(wait)))
    return Problem(error.status_code, str(code), str(detail), headers=headers)
