"""What one socket is sent when its reader is slow, and in which order."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from shop.inventory.announcement import Announcement, Level
from shop.live import hub as hub_module
from shop.live.frames import write_stock
from shop.live.hub import Hub
from shop.live.outbox import MAX_ANSWERS, Outbox
from shop.live.reader import LevelReader


class Wire:
    """A socket whose reader takes nothing until `takes` is set."""

    def __init__(self, *, takes: bool = True) -> None:
        self.takes = asyncio.Event()
        if takes:
            self.takes.set()
        self.sent: list[dict[str, Any]] = []
        self.is_cut = False
        self.outbox = Outbox(self.send, self.cut)

    async def send(self, message: dict[str, Any]) -> None:
        await self.takes.wait()
        self.sent.append(json.loads(message["text"]))

    def cut(self) -> None:
        self.is_cut = True

    def show(self, *levels: Level) -> None:
        for level in levels:
            self.outbox.show(level, write_stock(level))


async def _let_it_run() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_of_each_sku_only_the_newest_waits() -> None:
    wire = Wire(takes=False)
    wire.outbox.show_snapshot([Level("A", 9, 1), Level("B", 9, 1)])
    await _let_it_run()
    wire.show(Level("A", 8, 2), Level("B", 8, 2), Level("A", 7, 3), Level("A", 8, 2))
    wire.takes.set()
    await _let_it_run()

    assert [(said["sku"], said["version"]) for said in wire.sent[1:]] == [("A", 3), ("B", 2)]


async def test_a_version_never_goes_back() -> None:
    wire = Wire()
    wire.outbox.show_snapshot([Level("A", 9, 5)])
    wire.show(Level("A", 8, 4), Level("A", 9, 5), Level("A", 3, 6), Level("A", 9, 5))
    await _let_it_run()

    assert [said.get("version", "snapshot") for said in wire.sent] == ["snapshot", 6]


async def test_a_newer_snapshot_takes_the_place_of_what_waits() -> None:
    wire = Wire(takes=False)
    wire.outbox.show_snapshot([Level("A", 9, 1)])
    await _let_it_run()
    wire.show(Level("A", 8, 2))
    wire.outbox.show_snapshot([Level("A", 7, 3)])
    wire.takes.set()
    await _let_it_run()

    assert [said["type"] for said in wire.sent] == ["snapshot", "snapshot"]


async def test_a_reader_too_far_behind_is_cut_off() -> None:
    wire = Wire(takes=False)
    for _ in range(MAX_ANSWERS + 1):
        wire.outbox.put('{"type":"pong"}')
        await _let_it_run()
    assert not wire.is_cut

    wire.outbox.put('{"type":"pong"}')
    assert wire.is_cut


async def test_a_reader_that_takes_nothing_is_cut_off_and_the_others_are_not(
    monkeypatch: Any, settings: Any
) -> None:
    settings.CHANNEL_LAYER_URL = ""
    monkeypatch.setattr(hub_module, "SWEEP_SECONDS", 0.01)
    monkeypatch.setattr(hub_module, "SLOW_SECONDS", 0.05)
    hub, slow, quick = Hub(), Wire(takes=False), Wire()
    for wire in (slow, quick):
        hub.enter(wire.outbox)
        wire.outbox.put('{"type":"pong"}')
    try:
        async with asyncio.timeout(5):
            while not slow.is_cut:
                await asyncio.sleep(0.01)
        assert not quick.is_cut
        assert quick.sent == [{"type": "pong"}]
    finally:
        for wire in (slow, quick):
            hub.leave(wire.outbox, [])


async def test_a_change_between_subscribing_and_reading_is_not_lost() -> None:
    hub, wire = Hub(), Wire()

    class SlowReader(LevelReader):
        async def read(self, skus: Any) -> dict[str, Level]:
            # Read before the change, and back only after it was announced.
            hub.receive(Announcement(levels=(Level("A", 4, 2),)))
            await asyncio.sleep(0.1)
            return {"A": Level("A", 9, 1)}

    hub._on_sale = SlowReader(list)
    await hub.watch(wire.outbox, ["A"])
    hub.receive(Announcement(levels=(Level("A", 3, 3), Level("A", 9, 1))))
    await asyncio.sleep(0.2)

    assert [said["type"] for said in wire.sent] == ["snapshot", "stock"]
    assert wire.sent[0]["items"] == [{"sku": "A", "available": 4, "version": 2}]
    assert wire.sent[1]["version"] == 3


async def test_a_burst_goes_out_once() -> None:
    hub, wire = Hub(), Wire()

    class QuickReader(LevelReader):
        async def read(self, skus: Any) -> dict[str, Level]:
            return {"A": Level("A", 0, 0)}

    hub._on_sale = QuickReader(list)
    await hub.watch(wire.outbox, ["A"])
    for version in range(1, 1_000):
        hub.receive(Announcement(levels=(Level("A", version, version),)))
    await asyncio.sleep(0.2)

    assert [said.get("version") for said in wire.sent[1:]] == [999]
