"""The two ways of saying who asks, on every call that asks for it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework.permissions import IsAuthenticated

SCHEMES: dict[str, Any] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "An access token of `POST /api/v1/token/`.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "A browser's session; a change needs the header `X-CSRFToken` too.",
    },
}


class ShopSchema(AutoSchema):
    """Describes a view; which class checks the token is no matter of the schema."""

    def get_auth(self) -> list[dict[str, list[str]]]:
        if not self.view.authentication_classes:
            return []
        ways: list[dict[str, list[str]]] = [{name: []} for name in SCHEMES]
        permissions = self.view.get_permissions()
        needs_customer = any(isinstance(each, IsAuthenticated) for each in permissions)
        return ways if needs_customer else [*ways, {}]


def add_schemes(result: Any, generator: Any, request: Any, public: bool) -> Any:
    """A hook of drf-spectacular."""
    result["components"]["securitySchemes"] = SCHEMES
    return result
