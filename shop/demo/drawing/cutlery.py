"""Boards, knives and spoons."""

from __future__ import annotations

from shop.demo.drawing.outlines import polygon
from shop.demo.drawing.palette import dark
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


@thing("board", flat=True)
def board(pen: Pen, look: Look) -> None:
    """A board for cutting and serving: "rect", "round", "paddle" or "cheese"."""
    grain = dark(look.main, 0.45)
    with pen.turned(-14):
        if look.form == "round":
            pen.disc(400, 420, 240, look.main, drop=True, light="slant", pattern="grain", ink=grain)
            pen.disc(400, 232, 20, "#efe6d8")
        elif look.form == "paddle":
            pen.path("M240 320Q240 290 280 290H350Q370 290 370 250V120Q370 90 400 90T430 120V250Q430 290 450 290H520Q560 290 560 320"
                     "V660Q560 700 520 700H280Q240 700 240 660Z", look.main, drop=True, light="slant", pattern="upgrain", ink=grain)  # fmt: skip
            pen.disc(400, 140, 15, "#efe6d8")
        else:
            pen.rect(
                150,
                230,
                500,
                360,
                look.main,
                r=34,
                drop=True,
                light="slant",
                pattern="grain",
                ink=grain,
            )
            if look.n == 2:
                pen.rect(
                    150,
                    230,
                    120,
                    360,
                    look.second,
                    r=34,
                    light="slant",
                    pattern="speckle",
                    ink=dark(look.second, 0.3),
                )
                pen.rect(240, 230, 30, 360, look.second)
            else:
                pen.rect(180, 260, 440, 300, "#000000", r=20, opacity=0.07)
            pen.rect(584, 370, 34, 80, dark(look.main, 0.55), r=16)
    if look.form == "cheese":
        pen.path(
            polygon((300, 460), (500, 380), (500, 470), (320, 520)),
            "#f3d47a",
            drop=True,
            light="slant",
        )
        pen.line("M330 320L480 300", look.third, 16)


@thing("knife", flat=True)
def knife(pen: Pen, look: Look) -> None:
    """ "chef", "bread", "paring", "cleaver", "cheese", or "set" of three."""
    blades = {
        "bread": "M372 420V120Q372 96 400 110L428 130Q440 150 440 420Z",
        "paring": "M378 420V260Q380 230 410 210Q436 280 432 420Z",
        "cleaver": "M340 420V120Q340 100 360 100H450V420Z",
        "cheese": "M370 420V150L352 110L396 130L430 104Q446 200 440 420Z",
    }
    chef = "M376 420V90Q376 60 396 90Q462 220 456 420Z"

    def one(blade: str, x: float) -> None:
        with pen.turned(move=(x, 0)):
            pen.path(blade, look.second, drop=True, light="side")
            pen.rect(370, 414, 74, 34, look.third, r=6, light="round")
            pen.path("M374 446H440L450 690Q444 716 410 716Q376 716 372 690Z", look.main, drop=True, light="round", pattern="upgrain",
                     ink=dark(look.main, 0.4))  # fmt: skip
            for y in (500, 580, 660):
                pen.disc(410, y, 9, look.third)

    with pen.turned(30):
        if look.form == "set":
            one(chef, -120)
            one(blades["bread"], 0)
            one(blades["paring"], 110)
        else:
            one(blades.get(look.form, chef), -10)


@thing("utensil", flat=True)
def utensil(pen: Pen, look: Look) -> None:
    """ "spoons", "whisk", "pin", "spatula", "ladle", "grater", "cutlery" or "chopsticks"."""
    grain = dark(look.main, 0.4)
    if look.form == "pin":
        with pen.turned(-36):
            pen.rect(60, 376, 680, 48, look.second, r=24, drop=True, light="under")
            pen.rect(
                170,
                330,
                460,
                140,
                look.main,
                r=40,
                drop=True,
                light="under",
                pattern="grain",
                ink=grain,
            )
        return
    if look.form == "grater":
        pen.path("M300 230C300 110 500 110 500 230", look.second)
        pen.rect(270, 220, 260, 450, look.main, r=24, drop=True, light="slant")
        pen.rect(
            300, 260, 200, 370, look.main, pattern="scale", ink=dark(look.main, 0.4), scale=0.5
        )
        pen.rect(330, 130, 140, 40, look.second, r=20, light="under")
        return
    with pen.turned(32):
        if look.form == "whisk":
            for half in (24, 62, 100):
                pen.line(
                    f"M400 420C{400 - half * 1.6} 340 {400 - half} 100 400 90C{400 + half} 100 {400 + half * 1.6} 340 400 420",
                    look.second,
                    7,
                )
            pen.rect(
                374,
                410,
                52,
                300,
                look.main,
                r=26,
                drop=True,
                light="round",
                pattern="upgrain",
                ink=grain,
            )
        elif look.form == "cutlery":
            pen.path("M270 120V250Q270 300 300 306V690Q310 712 326 690V306Q356 300 356 250V120H340V240H324V120H304V240H288V120Z",
                     look.second, drop=True, light="slant")  # fmt: skip
            pen.path(
                "M392 330V120Q460 150 450 340V360H418V690Q404 712 392 690Z",
                look.second,
                drop=True,
                light="slant",
            )
            pen.oval(540, 190, 44, 76, look.second, drop=True, light="slant")
            pen.rect(528, 250, 26, 450, look.second, r=12, drop=True, light="round")
            for x in (294, 386, 523):
                pen.rect(x, 470, 38, 236, look.main, r=16, light="round")
        elif look.form == "chopsticks":
            for x in (330, 372, 440, 482):
                pen.path(
                    polygon((x, 90), (x + 22, 90), (x + 14, 710), (x + 8, 710)),
                    look.main,
                    drop=True,
                    light="round",
                )
                pen.rect(x, 90, 22, 110, look.second)
        elif look.form == "ladle":
            pen.rect(
                384,
                90,
                32,
                460,
                look.main,
                r=16,
                drop=True,
                light="round",
                pattern="upgrain",
                ink=grain,
            )
            pen.oval(400, 600, 110, 96, look.main, drop=True, light="ball")
            pen.oval(392, 592, 80, 66, dark(look.main, 0.25))
        elif look.form == "spatula":
            for x, shade in ((300, look.third), (460, look.second)):
                pen.rect(
                    x + 16,
                    330,
                    28,
                    380,
                    look.main,
                    r=14,
                    drop=True,
                    light="round",
                    pattern="upgrain",
                    ink=grain,
                )
                pen.rect(x - 20, 110, 100, 240, shade, r=36, drop=True, light="slant")
        else:
            for i, x in enumerate((270, 400, 530)):
                pen.rect(
                    x - 16,
                    260,
                    32,
                    440,
                    look.main if i != 1 else look.second,
                    r=16,
                    drop=True,
                    light="round",
                )
                pen.oval(
                    x, 200, 60, 96, look.main if i != 1 else look.second, drop=True, light="ball"
                )
                if i == 2:
                    pen.rect(x - 8, 150, 16, 110, "#efe6d8", r=8)
