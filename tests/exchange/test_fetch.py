"""Fetching images: what is kept, and what is refused, from a real server on this host."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image as Picture

from shop.catalog.models import Image
from shop.exchange import fetch
from shop.exchange.fetch import FetchError, fetch_picture, is_public, redraw
from shop.exchange.images import fetch_images
from tests.exchange.files import product, run_import
from tests.threads import run_at_once


def draw(kind: str = "PNG", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    content = io.BytesIO()
    Picture.new("RGB", size, "teal").save(content, kind, **options)
    return content.getvalue()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append(self.path)
        name = self.path.partition("?")[0]
        if name == "/moved":
            self.send_response(302)
            self.send_header("Location", server.target)
            self.end_headers()
        elif name == "/endless":
            self.send_response(200)
            self.end_headers()
            self._pour(b"x" * 65_536, pause=0)
        elif name == "/slow":
            self.send_response(200)
            self.end_headers()
            self._pour(b"x", pause=0.1)
        elif name == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(draw()[:50])
        elif name in server.files:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(server.files[name])
        else:
            self.send_error(404)

    def _pour(self, content: bytes, pause: float) -> None:
        try:
            for _ in range(2_000):
                self.wfile.write(content)
                time.sleep(pause)
        except OSError:
            pass

    def log_message(self, *args: Any) -> None:
        """Quiet."""


class Host:
    """An HTTP server of images on 127.0.0.1."""

    def __init__(self) -> None:
        self._server: Any = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.files = {"/a.png": draw(), "/text.png": b"<html>no</html>"}
        self._server.asked = []
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.files: dict[str, bytes] = self._server.files
        self.asked: list[str] = self._server.asked
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def redirect_to(self, target: str) -> None:
        self._server.target = target

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    yield host
    host.close()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
    ],
)
def test_which_addresses_are_public(address: str, expected: bool) -> None:
    assert is_public(address) is expected


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001"])
def test_a_private_host_is_never_connected_to(name: str, host: Host) -> None:
    port = host.url.rpartition(":")[2]
    with pytest.raises(FetchError, match=r"not a public host|cannot be read"):
        fetch_picture(f"http://{name}:{port}/a.png")
    assert host.asked == []


def test_a_redirect_to_a_private_host_is_refused(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = Host()
    host.redirect_to(inner.url + "/a.png")
    port = int(host.url.rpartition(":")[2])
    connect = fetch._connect

    def connect_outside(name: str, to: int, allow_private: bool, timeout: Any) -> Any:
        # The first server stands for a public one.
        return connect(name, to, allow_private or to == port, timeout)

    monkeypatch.setattr(fetch, "_connect", connect_outside)
    with pytest.raises(FetchError, match="not a public host"):
        fetch_picture(host.url + "/moved")
    assert (host.asked, inner.asked) == (["/moved"], [])
    inner.close()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,x"])
def test_a_redirect_to_another_scheme_is_refused(target: str, host: Host) -> None:
    host.redirect_to(target)
    with pytest.raises(FetchError):
        fetch_picture(host.url + "/moved", allow_private=True)


def test_a_circle_of_redirects_ends(host: Host) -> None:
    host.redirect_to("/moved")
    with pytest.raises(FetchError, match="302"):
        fetch_picture(host.url + "/moved", allow_private=True)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/none.png", "answered 404"),
        ("/text.png", "no image"),
        ("/endless", "larger than 20 MB"),
        ("/cut", "broke off"),
        ("/slow", "longer than"),
    ],
)
def test_answers_that_give_no_image(
    address: str, said: str, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "DEADLINE_SECONDS", 1.0 if address == "/slow" else 60.0)
    with pytest.raises(FetchError, match=said):
        fetch_picture(host.url + address, allow_private=True)


def test_hosts_that_are_not_there(host: Host) -> None:
    host.close()
    with pytest.raises(FetchError, match="cannot be read"):
        fetch_picture(host.url + "/a.png", allow_private=True)
    for address in ("http://nowhere.invalid/a.png", "http://[bad/", "file:///etc/passwd", "x"):
        with pytest.raises(FetchError):
            fetch_picture(address, allow_private=True)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_every_kind_is_drawn_anew_as_webp(kind: str) -> None:
    found = redraw(draw(kind))
    with Picture.open(io.BytesIO(found.content)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (40, 20))
    assert (found.width, found.height) == (40, 20)


def test_a_large_picture_is_made_smaller_and_loses_its_metadata() -> None:
    exif = Picture.Exif()
    exif[0x010E] = "where I live"
    exif[0x0112] = 6  # turned by a quarter
    found = redraw(draw("JPEG", (4_000, 1_000), exif=exif))
    assert (found.width, found.height) == (500, 2_000)
    assert b"where I live" not in found.content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        draw()[:60],
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>',
        b"%!PS-Adobe-3.0 EPSF-3.0",
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(FetchError, match="no image"):
        redraw(content)


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(FetchError, match="pixels"):
        redraw(draw("PNG", (10_000, 5_001)))


def imported(host: Host, *names: str) -> None:
    run_import(
        *(product(f"p{n}", **{"Image Src": host.url + name}) for n, name in enumerate(names))
    )


@pytest.mark.django_db
def test_fetching_keeps_what_it_can_and_goes_on_where_it_was(host: Host) -> None:
    imported(host, "/a.png", "/none.png", "/a.png?2")
    told: list[tuple[str, str | None]] = []

    outcome = fetch_images(
        allow_private=True, on_done=lambda image, reason: told.append((image.source_url, reason))
    )

    assert outcome == (2, 1)
    assert told == [
        (host.url + "/a.png", None),
        (host.url + "/none.png", "The server answered 404."),
        (host.url + "/a.png?2", None),
    ]
    first = Image.objects.get(source_url=host.url + "/a.png")
    assert (first.width, first.height) == (40, 20)
    assert first.url.startswith("/media/products/p0-")
    with first.file.open() as file:
        assert file.read(4) == b"RIFF"

    host.asked.clear()
    host.files["/none.png"] = draw("JPEG")
    assert fetch_images(allow_private=True) == (1, 0)
    assert host.asked == ["/none.png"]
    assert run_import(product("p0", **{"Image Src": host.url + "/a.png"})).unchanged == 1


@pytest.mark.django_db
def test_many_images_are_fetched_in_turns(host: Host) -> None:
    imported(host, *(f"/a.png?{number}" for number in range(40)))
    assert fetch_images(allow_private=True) == (40, 0)
    assert len(set(Image.objects.values_list("file", flat=True))) == 40


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_keep_one_file(host: Host, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    imported(host, "/a.png", "/a.png?2")
    outcomes = run_at_once(lambda number: fetch_images(allow_private=True), threads=4)
    assert [o for o in outcomes if isinstance(o, Exception)] == []
    kept = {Path(name).name for name in Image.objects.values_list("file", flat=True)}
    assert kept == set(default_storage.listdir("products")[1])
    assert len(kept) == 2


@pytest.mark.django_db
def test_the_command_tells_what_failed(
    host: Host, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(host, "/a.png")
    with pytest.raises(CommandError, match="could not be fetched"):
        call_command("fetch_images")
    out, err = capsys.readouterr()
    assert out == "0 images fetched, 1 failed.\n"
    assert err == f"p0: {host.url}/a.png: 127.0.0.1 is not a public host.\n"
    assert host.asked == []

    call_command("fetch_images", "--allow-private")
    assert capsys.readouterr().out == "1 images fetched, 0 failed.\n"

    def stop(**kwargs: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("shop.exchange.management.commands.fetch_images.fetch_images", stop)
    with pytest.raises(CommandError, match="run it again") as stopped:
        call_command("fetch_images")
    assert stopped.value.returncode == 130
