"""The public keys that verify this shop's access tokens."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from shop.accounts.keys import load_keys

MAX_AGE = 300
"""Seconds for which a verifier may keep the keys: put a new one in front that long after
adding it at the end, and every verifier knows it before it signs."""


@require_safe
def jwks(request: HttpRequest) -> JsonResponse:
    """`/.well-known/jwks.json`: empty while a secret signs."""
    headers = {"Cache-Control": f"public, max-age={MAX_AGE}"}
    return JsonResponse(load_keys().jwks, headers=headers)
