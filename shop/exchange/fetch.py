"""Bringing an image in from the address that an import named.

The address was written by others, so the fetch trusts nothing: it connects only to public
hosts (checked on the very address it connects to, at each redirect too), reads at most
`LARGEST_BYTES` in `DEADLINE_SECONDS`, and what it keeps was drawn anew by Pillow.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import ipaddress
import socket
import ssl
import threading
import urllib.error
import urllib.request
import warnings
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri
from PIL import Image as Picture
from PIL import ImageOps

LARGEST_BYTES = 20 * 1024 * 1024
LARGEST_PIXELS = 50_000_000
LARGEST_SIDE = 2_000
TIMEOUT_SECONDS = 10.0
DEADLINE_SECONDS = 60.0
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class FetchError(Exception):
    """Why an address gave no image, in a sentence."""


class Fetched(NamedTuple):
    """A picture drawn anew: WebP, its sides in pixels."""

    content: bytes
    width: int
    height: int


def fetch_picture(address: str, *, allow_private: bool = False) -> Fetched:
    """The picture at an http(s) address, as a WebP of at most `LARGEST_SIDE` a side.
    Raises `FetchError`."""
    return redraw(download(address, allow_private=allow_private))


def download(address: str, *, allow_private: bool = False) -> bytes:
    """The content at an address. Raises `FetchError`."""
    with _Watch() as watch:
        try:
            content = _read(address, allow_private, watch)
            if watch.is_over:
                raise TimeoutError  # hung up on, a stream looks as if it had ended
            return content
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise FetchError(_explain(error, watch.is_over)) from error


class _Watch:
    """Hangs up after `DEADLINE_SECONDS`. A socket's time-out is for one read only; a server
    that sends a byte now and then would keep us for ever."""

    def __enter__(self) -> _Watch:
        self.is_over = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(DEADLINE_SECONDS, self._hang_up)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()

    def add(self, connection: socket.socket) -> None:
        self._sockets.append(connection)
        if self.is_over:
            raise TimeoutError

    def _hang_up(self) -> None:
        self.is_over = True
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _read(address: str, allow_private: bool, watch: _Watch) -> bytes:
    parts = urlsplit(address)
    address = parts._replace(path=iri_to_uri(parts.path), query=iri_to_uri(parts.query)).geturl()
    request = urllib.request.Request(  # noqa: S310  (the opener knows no other schemes)
        address, headers={"User-Agent": "Switchcart", "Accept": "image/*"}
    )
    content = bytearray()
    with _opener(allow_private, watch).open(request, timeout=TIMEOUT_SECONDS) as answer:
        while chunk := answer.read1(65_536):
            content += chunk
            if len(content) > LARGEST_BYTES:
                raise FetchError(f"It is larger than {LARGEST_BYTES // 2**20} MB.")
        if answer.length:
            raise ConnectionError("it broke off")
    return bytes(content)


def _explain(error: Exception, is_late: bool) -> str:
    if is_late:
        return f"It took longer than {DEADLINE_SECONDS:.0f} seconds."
    if isinstance(error, urllib.error.HTTPError):
        return f"The server answered {error.code}."
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return "The server did not answer in time."
    return f"The server cannot be read: {reason}."


def redraw(content: bytes) -> Fetched:
    """The picture in `content`, whatever its name says. Raises `FetchError` where there is
    none that can be drawn."""
    try:
        with warnings.catch_warnings():
            # Our own limit is lower than the one that Pillow warns at.
            warnings.simplefilter("ignore", Picture.DecompressionBombWarning)
            with Picture.open(io.BytesIO(content), formats=_FORMATS) as opened:
                if opened.width * opened.height > LARGEST_PIXELS:
                    raise FetchError(f"It has more than {LARGEST_PIXELS:,} pixels.")
                picture: Picture.Image = ImageOps.exif_transpose(opened)
                has_alpha = "A" in picture.getbands() or "transparency" in picture.info
                picture = picture.convert("RGBA" if has_alpha else "RGB")
                picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
                drawn = io.BytesIO()
                # A new picture carries no metadata, and so no place where it was taken.
                picture.info.clear()
                picture.save(drawn, "WEBP", quality=85, method=4)
    except FetchError:
        raise
    except Picture.DecompressionBombError:
        raise FetchError(f"It has more than {LARGEST_PIXELS:,} pixels.") from None
    except Exception as error:
        # Pillow's readers raise whatever a damaged file makes them stumble over.
        raise FetchError("It is no image that can be read.") from error
    return Fetched(drawn.getvalue(), *picture.size)


def is_public(host: str) -> bool:
    """Is this IP address one of the open internet, by whatever road it is written?"""
    address = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if address.teredo or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


def _connect(host: str, port: int, allow_private: bool, timeout: float | None) -> socket.socket:
    """A connection to a public address only. The name is resolved once, so that it
    cannot point elsewhere when it is connected to."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    fit = [entry for entry in found if allow_private or is_public(str(entry[4][0]))]
    if not fit:
        raise FetchError(f"{host} is not a public host.")
    last = OSError("no address")
    for family, kind, protocol, _, place in fit:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(timeout)
            connection.connect(place)
            return connection
        except OSError as error:
            connection.close()
            last = error
    raise last


def _opener(allow_private: bool, watch: _Watch) -> urllib.request.OpenerDirector:
    """One that knows http and https only, no proxy, and checks where it connects to."""

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            self.sock = _connect(self.host, self.port, allow_private, self.timeout)
            watch.add(self.sock)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            raw = _connect(self.host, self.port, allow_private, self.timeout)
            self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)
            watch.add(self.sock)

    class PlainHandler(urllib.request.HTTPHandler):
        def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Plain, request)

    class SecureHandler(urllib.request.HTTPSHandler):
        def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Secure, request)

    opener = urllib.request.OpenerDirector()
    for handler in (
        PlainHandler(),
        SecureHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener
