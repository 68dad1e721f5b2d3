"""Which kind of answer a client wants."""

from __future__ import annotations

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

from shop.api.problems import MEDIA_TYPE


class Negotiation(DefaultContentNegotiation):
    """An empty `Accept` is no wish at all, and who asks for problems gets JSON."""

    def get_accept_list(self, request: Request) -> list[str]:
        wanted = [part for part in super().get_accept_list(request) if part] or ["*/*"]
        return ["application/json" if part == MEDIA_TYPE else part for part in wanted]
