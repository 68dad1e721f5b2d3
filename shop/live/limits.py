"""How much one client may ask of the live processes."""

from __future__ import annotations

import ipaddress
import time
from typing import Any


class FrameLimit:
    """A client's frames: `per_second` in the long run, as many at once after a rest."""

    __slots__ = ("_left", "_per_second", "_since")

    def __init__(self, per_second: int) -> None:
        self._per_second = per_second
        self._left = float(per_second)
        self._since = time.monotonic()

    def allows_one(self) -> bool:
        now = time.monotonic()
        grown = self._left + (now - self._since) * self._per_second
        self._left, self._since = min(grown, self._per_second) - 1, now
        return self._left >= 0


class AddressCount:
    """How many sockets of this process each address holds open."""

    def __init__(self) -> None:
        self._sockets: dict[str, int] = {}

    def enter(self, address: str, *, limit: int) -> bool:
        """Count one more; false, and not counted, where that is past the limit. An empty
        address is unknown (a server on a Unix socket) and knows no limit."""
        held = self._sockets.get(address, 0)
        if address and held >= limit:
            return False
        self._sockets[address] = held + 1
        return True

    def leave(self, address: str) -> None:
        held = self._sockets.get(address, 0)
        if held > 1:
            self._sockets[address] = held - 1
        else:
            self._sockets.pop(address, None)


def find_address(scope: dict[str, Any]) -> str:
    """Whom to count a socket for: an IPv4 address, or an IPv6 network of a household (/64),
    as one household can take any address in it."""
    client = scope.get("client")
    host = str(client[0]) if client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host
