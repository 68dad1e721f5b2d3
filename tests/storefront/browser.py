"""What tests read out of a page, and forms sent as a browser without a script sends them."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.hidden += tag in ("script", "style", "template", "noscript")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style", "template", "noscript")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def read_text(response: HttpResponse) -> str:
    """The words of a page, blanks made single."""
    parser = _Text()
    parser.feed(response.content.decode())
    return " ".join(unescape(" ".join(parser.parts)).split())


def read_badge(response: HttpResponse) -> str:
    """What the cart's badge shows: a number, or "?"."""
    _, _, rest = response.content.decode().partition('data-count="')
    return rest.partition('"')[0]


def find_token(response: HttpResponse) -> str:
    _, _, rest = response.content.decode().partition('name="csrfmiddlewaretoken" value="')
    return rest.partition('"')[0]


class Browser(Client):
    """A browser without JavaScript: it opens the page, then sends its form, with CSRF on."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **kwargs)

    def send(self, page: str, address: str, **fields: Any) -> Any:
        """Open `page`, send one of its forms, and follow the 303 it must be answered with."""
        opened = self.get(page, follow=True)
        data = {"csrfmiddlewaretoken": find_token(opened), **fields}
        answer = self.post(address, data)
        assert answer.status_code == 303, answer.content.decode()[:2000]
        return self.get(answer["Location"])

    def add(self, sku: str, quantity: Any = 1, page: str = "/login/") -> Any:
        return self.send(page, "/cart/add/", sku=sku, quantity=quantity)

    def log_in(self, username: str, password: str) -> Any:
        return self.send("/login/", "/login/", username=username, password=password)

    def badge(self) -> str:
        return read_badge(self.get("/"))
