"""An API client without cookies: it keeps the cart token and the access token."""

from __future__ import annotations

from typing import Any

from django.test import Client

from shop.api.problems import MEDIA_TYPE


class Shopper:
    """Sends JSON; takes the cart token from every answer that carries one."""

    def __init__(self) -> None:
        self.cart: str | None = None
        self.access = ""
        self.refresh = ""

    def send(
        self,
        method: str,
        path: str,
        data: Any = None,
        *,
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> Any:
        sent = {"Accept": "application/json", **(headers or {})}
        if self.cart is not None:
            sent.setdefault("X-Cart", self.cart)
        if self.access:
            sent.setdefault("Authorization", f"Bearer {self.access}")
        client = Client(raise_request_exception=False)
        response: Any = client.generic(
            method,
            path if path.startswith("/") else f"/api/v1/{path}",
            data="" if data is None else client._encode_json(data, "application/json"),
            content_type="application/json",
            headers=sent,
            **extra,
        )
        assert not response.cookies, response.cookies
        self.cart = response.headers.get("X-Cart", self.cart)
        return response

    def get(self, path: str, **kwargs: Any) -> Any:
        return self.send("GET", path, **kwargs)

    def post(self, path: str, data: Any = None, **kwargs: Any) -> Any:
        return self.send("POST", path, data, **kwargs)

    def patch(self, path: str, data: Any = None, **kwargs: Any) -> Any:
        return self.send("PATCH", path, data, **kwargs)

    def put(self, path: str, data: Any = None, **kwargs: Any) -> Any:
        return self.send("PUT", path, data, **kwargs)

    def delete(self, path: str, data: Any = None, **kwargs: Any) -> Any:
        return self.send("DELETE", path, data, **kwargs)

    def add(self, sku: str, quantity: Any = 1) -> Any:
        return self.post("cart/lines/", {"sku": sku, "quantity": quantity})

    def read_cart(self) -> dict[str, int]:
        """The cart's lines: sku to quantity."""
        answer = self.get("cart/")
        assert answer.status_code == 200, answer.content
        return {line["sku"]: line["quantity"] for line in answer.json()["lines"]}

    def log_in(self, username: str, password: str) -> Any:
        answer = self.post("token/", {"username": username, "password": password})
        if answer.status_code == 200:
            self.access, self.refresh = answer.json()["access"], answer.json()["refresh"]
        return answer


def assert_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The answer is this problem, in its media type and whole. Gives its body."""
    assert (response.status_code, response.headers["Content-Type"]) == (status, MEDIA_TYPE), (
        response.status_code,
        response.content,
    )
    body: dict[str, Any] = response.json()
    assert body["code"] == code, body
    assert body["status"] == status
    assert {"type", "title", "detail"} <= body.keys()
    if status == 401:
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    return body
