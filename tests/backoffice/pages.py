"""Reading the forms of a page and sending them as a browser would."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client


class _Fields(HTMLParser):
    """The values that the forms of a page would send, all forms together."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._select: str | None = None
        self._first_option = True
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in given:
                    self.values[name] = given.get("value") or "on"
            elif kind not in ("submit", "button", "file"):
                self.values[name] = given.get("value") or ""
        elif tag == "select":
            self._select, self._first_option = name, True
        elif tag == "option" and self._select:
            if "selected" in given or self._first_option:
                self.values[self._select] = given.get("value") or ""
            self._first_option = False
        elif tag == "textarea" and name:
            self._area = name
            self.values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            # A browser leaves out the line break that templates put first.
            self.values[self._area] += data.removeprefix("\r\n").removeprefix("\n")


def read_fields(response: HttpResponse) -> dict[str, Any]:
    parser = _Fields()
    parser.feed(response.content.decode())
    return {name: value for name, value in parser.values.items() if "__prefix__" not in name}


def send_form(client: Client, address: str, **changes: Any) -> HttpResponse:
    """Open the page, change these fields (None leaves one out), and send its form."""
    page = client.get(address)
    assert page.status_code == 200, page
    values = read_fields(page) | changes
    return client.post(
        address, {name: value for name, value in values.items() if value is not None}
    )


def add_row(fields: dict[str, Any], prefix: str, **values: Any) -> dict[str, Any]:
    """The fields of a page with one more row in this inline."""
    number = int(fields[f"{prefix}-TOTAL_FORMS"])
    return {
        **fields,
        **{f"{prefix}-{number}-{name}": value for name, value in values.items()},
        f"{prefix}-TOTAL_FORMS": str(number + 1),
    }


def read_messages(response: HttpResponse) -> list[str]:
    from django.contrib.messages import get_messages

    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]
