"""Bringing an image in from the address that an import named.

The address was written by others, so the fetch trusts nothing: it connects only to public
hosts (checked on the very address it connects to, at each redirect too), reads at most
`LARGEST_BYTES` in `DEADLINE_SECONDS`, and what it keeps was drawn anew by Pillow.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import time
import urllib.error
import urllib.request
import warnings
from typing import Any, NamedTuple

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
    deadline = time.monotonic() + DEADLINE_SECONDS
    request = urllib.request.Request(  # noqa: S310  (the opener knows no other schemes)
        address, headers={"User-Agent": "Switchcart", "Accept": "image/*"}
    )
    try:
        with _opener(allow_private).open(request, timeout=TIMEOUT_SECONDS) as answer:
            content = bytearray()
            while chunk := answer.read1(65_536):
                content += chunk
                if len(content) > LARGEST_BYTES:
                    raise FetchError(f"It is larger than {LARGEST_BYTES // 2**20} MB.")
                if time.monotonic() > deadline:
                    raise FetchError(f"It took longer than {DEADLINE_SECONDS:.0f} seconds.")
            return bytes(content)
    except urllib.error.HTTPError as error:
        raise FetchError(f"The server answered {error.code}.") from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, FetchError):
            raise error.reason from error
        raise FetchError(f"The server cannot be reached: {error.reason}.") from error
    except TimeoutError as error:
        raise FetchError("The server did not answer in time.") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError(f"The server cannot be read: {error}.") from error


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


def _connect(
    address: tuple[str, int], allow_private: bool, timeout: Any, source: Any = None
) -> socket.socket:
    """Like `socket.create_connection`, to a public address only. The name is resolved
    once, so that it cannot point elsewhere when it is connected to."""
    host, port = address
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    fit = [entry for entry in found if allow_private or is_public(str(entry[4][0]))]
    if not fit:
        raise FetchError(f"{host} is not a public host.")
    last: OSError | None = None
    for family, kind, protocol, _, place in fit:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(timeout)
            connection.connect(place)
            return connection
        except OSError as error:
            connection.close()
            last = error
    raise last or OSError("no address")


def _opener(allow_private: bool) -> urllib.request.OpenerDirector:
    """One that knows http and https only, no proxy, and checks where it connects to."""

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            self.sock = _connect((self.host, self.port), allow_private, self.timeout)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            raw = _connect((self.host, self.port), allow_private, self.timeout)
            self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)

    class PlainHandler(urllib.request.HTTPHandler):
        def http_open(self, request: urllib.request.Request) -> Any:
            return self._open(Plain, request)

        def _open(self, kind: Any, request: urllib.request.Request) -> Any:
            try:
                return self.do_open(kind, request)
            except FetchError as error:
                raise urllib.error.URLError(error) from error  # type: ignore[arg-type]

    class SecureHandler(urllib.request.HTTPSHandler):
        def https_open(self, request: urllib.request.Request) -> Any:
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
