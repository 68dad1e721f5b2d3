"""`python -m bench.fanout [--sockets 10000] [--processes 2] [--rounds 5] [--json FILE]`"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvloop
from rich.console import Console
from rich.table import Table

from bench.fanout.readers import Audience, seat
from bench.fanout.servers import run_servers
from engines.valkey import Valkey

SKU = "BENCH"
_GIVE_UP = 60.0
"""Seconds after which a round counts its losses."""

Change = Callable[[int], Awaitable[None]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fanout", description=__doc__)
    parser.add_argument("--sockets", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args()
    _raise_file_limit(options.sockets + 200)
    with tempfile.TemporaryDirectory() as folder, Valkey() as valkey:
        environment = {
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "MEDIA_ROOT": folder,
            "REDIS_URL": valkey.url,
            "CHANNEL_LAYER_URL": valkey.url,
            "CART_STRATEGY": "cookie",
            "LIVE_MAX_SOCKETS_PER_ADDRESS": "1000000",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        os.environ.update(environment)
        _prepare_shop()
        shop = uvloop.run(_measure("config.asgi:application", _change_shop, options, environment))
        plain = uvloop.run(
            _measure("bench.fanout.plain:application", _change_plain, options, environment)
        )
    figures = {
        "sockets": options.sockets,
        "processes": options.processes,
        "shop": shop,
        "channels_redis": plain,
        "times_faster": round(plain["median_ms"] / shop["median_ms"], 1),
    }
    _show(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def _raise_file_limit(wanted: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and wanted > hard:
        sys.exit(f"This needs {wanted} open files, and the limit is {hard} (ulimit -Hn).")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def _prepare_shop() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from shop.catalog.models import Product, TaxClass, Variant
    from shop.inventory.services import create_levels, set_stock

    call_command("migrate", verbosity=0)
    product = Product.objects.create(name="Bench", slug="bench")
    tax_class, _ = TaxClass.objects.get_or_create(code="standard", defaults={"name": "Standard"})
    variant = Variant.objects.create(product=product, sku=SKU, price_minor=100, tax_class=tax_class)
    create_levels([variant])
    set_stock(quantities={SKU: 1})


async def _change_shop(number: int) -> None:
    """One committed change."""
    from shop.inventory.services import set_stock

    await asyncio.to_thread(set_stock, quantities={SKU: 1_000 + number})


async def _change_plain(number: int) -> None:
    from channels.layers import get_channel_layer

    from bench.fanout.plain import GROUP

    level = {"sku": SKU, "available": 1_000 + number, "version": number}
    text = json.dumps({"type": "stock", **level}, separators=(",", ":"))
    await get_channel_layer().group_send(GROUP, {"type": "stock.changed", "text": text})


async def _measure(
    application: str, change: Change, options: argparse.Namespace, environment: dict[str, str]
) -> dict[str, Any]:
    with run_servers(application, options.processes, environment) as servers:
        ports = [server.port for server in servers]
        audience = Audience()
        await seat(audience, ports, len(ports), SKU)  # what the first socket costs is not its own
        empty = sum(server.resident_bytes() for server in servers)
        began = time.monotonic()
        seated = await seat(audience, ports, options.sockets, SKU)
        opening = time.monotonic() - began
        full = sum(server.resident_bytes() for server in servers)
        gc.collect()
        gc.disable()
        times, computed, lost = [], [], 0
        for number in range(options.rounds):
            await asyncio.sleep(1)
            audience.expect(f'"available":{1_000 + number},')
            cpu = sum(server.cpu_ms() for server in servers)
            began = time.monotonic()
            await change(number)
            try:
                await asyncio.wait_for(audience.all_served.wait(), _GIVE_UP)
            except TimeoutError:
                lost += audience.size - audience.served
            computed.append(sum(server.cpu_ms() for server in servers) - cpu)
            times.append((audience.last - began) * 1_000)
        gc.enable()
        for reader in seated:
            reader.transport.abort()
    return {
        "median_ms": round(statistics.median(times), 1),
        "worst_ms": round(max(times), 1),
        "rounds_ms": [round(each, 1) for each in times],
        "cpu_ms": round(statistics.median(computed)),
        "lost": lost,
        "bytes_a_socket": round((full - empty) / options.sockets),
        "opening_s": round(opening, 1),
    }


def _show(figures: dict[str, Any]) -> None:
    table = Table(
        title=f"One change to {figures['sockets']:,} sockets on {figures['processes']} processes"
    )
    for name in ("", "median", "worst", "CPU", "lost", "memory a socket", "opening all"):
        table.add_column(name, justify="right" if name else "left")
    for name, title in (("shop", "the shop"), ("channels_redis", "Channels' Redis layer")):
        found = figures[name]
        table.add_row(
            title,
            f"{found['median_ms']:,} ms",
            f"{found['worst_ms']:,} ms",
            f"{found['cpu_ms']:,} ms",
            str(found["lost"]),
            f"{found['bytes_a_socket'] / 1024:.1f} KiB",
            f"{found['opening_s']} s",
        )
    console = Console()
    console.print(table)
    console.print(f"{figures['times_faster']} times as fast (medians).")


if __name__ == "__main__":
    main()
