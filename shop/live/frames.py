"""The words of `/ws/stock/`: what a client may say, and how it is answered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shop.inventory.announcement import Level

MAX_FRAME_BYTES = 16 * 1024


class FrameError(Exception):
    """A frame that is not understood, or not granted; the socket stays open."""

    def __init__(self, code: str, detail: str, **facts: Any) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Subscribe:
    skus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    skus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Authenticate:
    token: str
    """Empty: by the session that the browser brought along."""


@dataclass(frozen=True, slots=True)
class Ping:
    pass


Frame = Subscribe | Unsubscribe | Authenticate | Ping


def is_too_large(text: str | None, data: bytes | None) -> bool:
    if text is None:
        return len(data or b"") > MAX_FRAME_BYTES
    # A character takes one byte to four.
    return len(text) > MAX_FRAME_BYTES or len(text.encode()) > MAX_FRAME_BYTES


def read_frame(text: str | None) -> Frame:
    """What a client's text frame says. Raises `FrameError`."""
    if text is None:
        raise FrameError("invalid_frame", "Send JSON in text frames; this frame is binary.")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise FrameError("invalid_json", "This frame is not JSON.") from None
    if not isinstance(content, dict) or not isinstance(content.get("type"), str):
        raise FrameError("invalid_frame", 'A frame is a JSON object with a text "type".')
    match content["type"]:
        case "subscribe":
            return Subscribe(_read_skus(content))
        case "unsubscribe":
            return Unsubscribe(_read_skus(content))
        case "authenticate":
            return Authenticate(_read_token(content))
        case "ping":
            return Ping()
    raise FrameError(
        "unknown_type", 'The "type" must be subscribe, unsubscribe, authenticate or ping.'
    )


def write_snapshot(levels: Iterable[Level]) -> str:
    return _write("snapshot", items=[level._asdict() for level in levels])


def write_stock(level: Level) -> str:
    return _write("stock", **level._asdict())


def write_error(error: FrameError) -> str:
    return _write("error", code=error.code, detail=error.detail, **error.facts)


def write_pong() -> str:
    return _write("pong")


def write_authenticated() -> str:
    return _write("authenticated")


def _write(kind: str, **content: Any) -> str:
    return json.dumps({"type": kind, **content}, separators=(",", ":"))


def _read_skus(content: dict[str, Any]) -> tuple[str, ...]:
    skus = content.get("skus")
    if not isinstance(skus, list) or not all(isinstance(sku, str) for sku in skus):
        raise FrameError("invalid_frame", 'Give "skus" as a list of texts.')
    return tuple(dict.fromkeys(skus))


def _read_token(content: dict[str, Any]) -> str:
    token = content.get("token", "")
    if not isinstance(token, str):
        raise FrameError("invalid_frame", 'Give "token" as a text.')
    return token
