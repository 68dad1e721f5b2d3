"""The walk of docs/api.md and the example client, against a real server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from examples.client import Address, Shop, ShopProblem
from shop.cart.strategies import STRATEGIES
from tests.factories import ProductFactory
from tests.shop_server import ShopServer

ROOT = Path(__file__).resolve().parents[2]
ADDRESS: Address = {
    "name": "Ada",
    "line1": "Lane 1",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}
StartShop = Callable[..., ShopServer]


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_walk_with_curl(start_shop: StartShop, strategy: str) -> None:
    ProductFactory(sku="MUG-1", stock=9)
    shop = start_shop(strategy)
    script = "\n".join(re.findall(r"```bash\n(.*?)```", Path("docs/api.md").read_text(), re.S))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={
            **os.environ,
            "SHOP": shop.url,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.split()
    assert said[0] == "MUG-1"
    assert said[1:4] == ["12.90", "2", "unknown_sku"]
    assert said[-4:] == ["0", "placed", "cancelled", "token_not_valid"]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_example_client(start_shop: StartShop, strategy: str) -> None:
    ProductFactory(sku="MUG-1", stock=9, name="Mug")
    shop = start_shop(strategy)
    done = subprocess.run(
        [sys.executable, "examples/client.py", shop.url],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert "1 × Mug: 12.90" in done.stdout
    assert "placed" in done.stdout
    assert "cancelled" in done.stdout


def test_client_refreshes_once_for_all_threads(start_shop: StartShop) -> None:
    """Eight threads meet an access token that has run out; the login survives."""
    shop = Shop(start_shop("session").url)
    shop.register("ada", "ada@example.com", "correct-horse-9")
    shop.log_in("ada", "correct-horse-9")
    shop.access += "x"
    seen: list[int] = []

    def look() -> None:
        seen.append(shop.cart()["count"])

    threads = [Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [0] * 8
    refresh = shop.refresh
    shop.log_out()
    with pytest.raises(ShopProblem) as refused:
        shop._send("POST", "token/refresh/", {"refresh": refresh}, None, "")
    assert (refused.value.status, refused.value.code) == (401, "token_not_valid")


def test_client_tells_what_was_refused(start_shop: StartShop) -> None:
    ProductFactory(sku="A", stock=1)
    shop = Shop(start_shop("cookie").url)
    with pytest.raises(ShopProblem) as refused:
        shop.add("A", 2)
    assert (refused.value.code, refused.value.body["available"]) == ("insufficient_stock", 1)
    shop.add("A")
    first = shop.order(email="a@example.com", address=ADDRESS, key="one")
    assert shop.order(email="a@example.com", address=ADDRESS, key="one") == first
    assert shop.cart()["count"] == 0


def test_a_body_in_chunks(start_shop: StartShop) -> None:
    """Some clients send no length: under ASGI the body is read, up to the same limit."""
    ProductFactory(sku="A", stock=5)
    shop = start_shop("cookie")
    for body, status in ((b'{"sku": "A", "quantity": 2}', 201), (b" " * 200_000, 413)):
        connection = HTTPConnection("127.0.0.1", shop.port, timeout=30)
        pieces = [body[i : i + 9_999] for i in range(0, len(body), 9_999)]
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        connection.request("POST", "/api/v1/cart/lines/", iter(pieces), headers)
        assert connection.getresponse().status == status
        connection.close()
