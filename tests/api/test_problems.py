"""Whatever is sent, an API client gets a problem with a code: no page, no server error."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from shop.api.parsers import MAX_BYTES
from tests.api.shopper import Shopper, assert_problem
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db

WRITES = [
    ("POST", "token/"),
    ("POST", "token/refresh/"),
    ("POST", "token/revoke/"),
    ("POST", "register/"),
    ("POST", "cart/lines/"),
    ("PATCH", "cart/lines/A/"),
    ("PUT", "cart/coupon/"),
]


def send_raw(method: str, path: str, body: bytes, content_type: str, **headers: str) -> Any:
    return Client(raise_request_exception=False).generic(
        method, f"/api/v1/{path}", body, content_type, headers=headers
    )


@pytest.mark.parametrize(("method", "path"), WRITES)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "parse_error"),
        (b"\xff\xfe{}", "parse_error"),
        (b'{"sku": NaN}', "parse_error"),
        (b'{"quantity": 1' + b"0" * 5_000 + b"}", "parse_error"),
        (b"[" * 30_000 + b"]" * 30_000, "parse_error"),
        (b'{"a":' * 9_000 + b"1" + b"}" * 9_000, "parse_error"),
        (b"[]", "invalid"),
        (b'[{"sku": "A"}]', "invalid"),
        (b"null", "invalid"),
        (b"12", "invalid"),
        (b'"text"', "invalid"),
        (b"true", "invalid"),
        (b" " * (MAX_BYTES + 1), "too_large"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_bad_bodies(method: str, path: str, body: bytes, code: str) -> None:
    status = 413 if code == "too_large" else 400
    assert_problem(send_raw(method, path, body, "application/json"), status, code)


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_bad_texts(shopper: Shopper, method: str, path: str) -> None:
    names = ("username", "email", "password", "refresh", "sku", "code")
    for bad in ("\x00", "\ud800", "x" * 60_000, 10**40, 1e308, True, None, {}, [[]]):
        body = str(bad) if bad == "\ud800" else bad
        answer = shopper.send(method, path, {**dict.fromkeys(names, body), "quantity": 1})
        assert 400 <= answer.status_code < 500, (bad, answer.content)
        assert_problem(answer, answer.status_code, answer.json()["code"])


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_bad_content_types(method: str, path: str) -> None:
    for kind in ("text/plain", "application/xml", "image/png", "nonsense", "application/jsonx"):
        assert_problem(send_raw(method, path, b"{}", kind), 415, "unsupported_media_type")
    answer = send_raw(method, path, b"{", "application/json; charset=zlib")
    assert_problem(answer, 400, "parse_error")
    answer = send_raw(method, path, b"xx", "multipart/form-data")
    assert_problem(answer, 400, "parse_error")
    answer = send_raw(method, path, b"xx", "multipart/form-data; boundary=é")
    assert_problem(answer, 400, "parse_error")
    form = b"a=" + b"x" * MAX_BYTES
    answer = send_raw(method, path, form, "application/x-www-form-urlencoded")
    assert_problem(answer, 413, "too_large")
    parts = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + form + b"\r\n--b--\r\n"
    answer = send_raw(method, path, parts, "multipart/form-data; boundary=b")
    assert_problem(answer, 413, "too_large")
    many = b"&".join(b"a=1" for _ in range(2_000))
    answer = send_raw(method, path, many, "application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert_problem(answer, 400, answer.json()["code"])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "token/"),
        ("DELETE", "products/"),
        ("POST", "profile/"),
        ("PATCH", "cart/"),
        ("BREW", "cart/"),
        ("GET", "cart/lines/"),
        ("TRACE", "categories/"),
    ],
)
def test_unknown_methods(method: str, path: str, signed_in: Shopper) -> None:
    answer = signed_in.send(method, path)
    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"]


@pytest.mark.parametrize(
    "path",
    ["/api/", "/api", "/api/v2/cart/", "/api/v1/nothing/", "/api/v1/products/a/b/", "/api/v1/%00/"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS", "BREW"])
def test_unknown_addresses(shopper: Shopper, method: str, path: str) -> None:
    assert_problem(shopper.send(method, path), 404, "not_found")


def test_an_address_without_its_slash(shopper: Shopper) -> None:
    ProductFactory(sku="A")
    answer = shopper.get("products?search=x")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/api/v1/products/?search=x")
    answer = shopper.post("cart/lines", {"sku": "A", "quantity": 1})
    assert (answer.status_code, answer.headers["Location"]) == (308, "/api/v1/cart/lines/")


def test_not_acceptable(shopper: Shopper) -> None:
    answer = shopper.get("products/", headers={"Accept": "image/png"})
    assert_problem(answer, 406, "not_acceptable")


@pytest.mark.parametrize("accept", ["", "*/*", "application/json", "application/*"])
def test_clients_get_json(shopper: Shopper, accept: str) -> None:
    answer = shopper.get("products/", headers={"Accept": accept})
    assert answer.headers["Content-Type"] == "application/json"
    assert_problem(shopper.get("nothing/", headers={"Accept": accept}), 404, "not_found")


def test_a_wrong_host_gets_no_page(shopper: Shopper) -> None:
    answer = shopper.get("cart/", headers={"Host": "evil.example"})
    assert_problem(answer, 400, "bad_request")


def test_what_breaks_inside_is_a_problem_too(shopper: Shopper, monkeypatch: Any) -> None:
    def fail(*args: Any) -> None:
        raise error

    monkeypatch.setattr("shop.api.views.catalog.CategoryListView.get_queryset", fail)
    error: Exception = ZeroDivisionError("secret")
    body = assert_problem(shopper.get("categories/"), 500, "internal_error")
    assert "secret" not in str(body)
    error = OperationalError("secret")
    answer = shopper.get("categories/")
    assert "secret" not in str(assert_problem(answer, 503, "unavailable"))
    assert answer.headers["Retry-After"] == "5"


def test_a_cart_store_that_is_away(
    shopper: Shopper, use_strategy: Any, settings: Any, monkeypatch: Any
) -> None:
    from redis import Redis

    strategy: Any = use_strategy("redis")
    monkeypatch.setattr(strategy, "client", Redis(port=1))
    answer = shopper.get("cart/", headers={"X-Cart": strategy and _make_token(strategy)})
    assert_problem(answer, 503, "cart_unavailable")
    assert answer.headers["Retry-After"] == "5"


def _make_token(strategy: Any) -> str:
    from shop.cart.tokens import seal_token

    return seal_token("0" * 32, family=strategy.token_family)


def test_a_body_in_chunks_under_wsgi() -> None:
    """Django reads none there, so it is said and not taken for an empty one."""
    answer = send_raw("POST", "token/", b"", "application/json", **{"Transfer-Encoding": "chunked"})
    assert_problem(answer, 411, "length_required")
