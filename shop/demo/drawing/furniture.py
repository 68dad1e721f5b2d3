"""Chairs, tables, shelves, mirrors and clocks."""

from __future__ import annotations

from shop.demo.drawing.outlines import turned_form
from shop.demo.drawing.palette import dark, mix, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing

_GLOW = "#ffe9b0"


def _legs(
    pen: Pen, shade: str, top: float, pairs: list[tuple[float, float]], width: float = 18
) -> None:
    for x, foot in pairs:
        pen.line(f"M{x} {top}L{foot} 648", shade, width)


@thing("chair")
def chair(pen: Pen, look: Look) -> None:
    pen.shadow(400, 652, 190)
    if look.form == "lounge":
        _legs(pen, look.second, 560, [(280, 250), (520, 550)], 20)
        pen.path(
            "M230 520Q180 250 260 210H520Q590 250 570 520Z", dark(look.main, 0.12), light="round"
        )
        pen.rect(
            190, 470, 420, 110, look.main, r=46, light="under", pattern=look.pattern, ink=look.third
        )
        for x in (150, 560):
            pen.rect(x, 390, 90, 190, look.main, r=44, light="round")
    elif look.form == "stool":
        _legs(pen, look.second, 420, [(330, 270), (470, 530), (380, 370), (430, 450)])
        pen.line("M300 560H500", look.second, 12)
        pen.rect(270, 390, 260, 46, look.main, r=22, light="under")
    elif look.form == "bench":
        _legs(pen, look.second, 500, [(190, 170), (610, 630), (230, 220), (570, 580)])
        pen.rect(
            130, 465, 540, 44, look.main, r=14, light="under", pattern=look.pattern, ink=look.third
        )
    elif look.form == "rocker":
        _legs(pen, look.second, 500, [(300, 280), (500, 520)])
        pen.line("M180 630Q400 690 640 620", look.second, 20)
        for x in range(290, 520, 38):
            pen.line(f"M{x} 190V480", look.second, 12)
        pen.rect(270, 160, 260, 44, look.second, r=20, light="under")
        pen.rect(
            250, 465, 300, 50, look.main, r=22, light="under", pattern=look.pattern, ink=look.third
        )
    else:
        _legs(pen, look.second, 460, [(290, 260), (510, 540)])
        _legs(pen, dark(look.second, 0.18), 460, [(330, 320), (470, 480)], 16)
        pen.line("M290 460V190M510 460V190", look.second, 18)
        if look.form == "ladder":
            for y in (200, 265, 330):
                pen.rect(280, y, 240, 34, look.second, r=14, light="under")
        elif look.form == "spindle":
            for x in (335, 378, 422, 465):
                pen.line(f"M{x} 210V460", look.second, 10)
            pen.rect(274, 170, 252, 46, look.second, r=22, light="under")
        else:
            pen.rect(274, 180, 252, 130, look.main, r=40, light="slant")
        pen.rect(
            262, 440, 276, 40, look.main, r=18, light="under", pattern=look.pattern, ink=look.third
        )


@thing("table")
def table(pen: Pen, look: Look) -> None:
    pen.shadow(400, 654, 220)
    if look.form == "pedestal":
        pen.path(turned_form([(440, 40), (540, 46), (646, 140)]), look.second, light="round")
        pen.oval(400, 430, 240, 40, dark(look.main))
        pen.oval(400, 416, 240, 40, look.main, light="slant", pattern=look.pattern, ink=look.third)
    elif look.form == "drawer":
        _legs(pen, look.second, 540, [(250, 240), (550, 560)], 22)
        pen.rect(220, 390, 360, 160, look.main, r=10, light="side", pattern="grain", ink=look.third)
        pen.rect(246, 430, 308, 92, pale(look.main, 0.12), r=8, light="under")
        pen.disc(400, 476, 14, look.third, light="ball")
        pen.rect(200, 368, 400, 32, dark(look.main, 0.1), r=8, light="under")
    elif look.form == "desk":
        _legs(pen, look.second, 400, [(160, 130), (640, 670), (210, 195), (590, 605)])
        pen.rect(100, 350, 600, 80, look.main, r=10, light="side", pattern="grain", ink=look.third)
        for x in (140, 330, 520):
            pen.rect(x, 374, 140, 46, dark(look.main, 0.08), r=6)
            pen.rect(x + 54, 392, 32, 10, look.second, r=5)
    else:
        _legs(pen, look.second, 440, [(270, 220), (530, 580), (370, 350), (440, 460)])
        pen.oval(400, 440, 230, 36, dark(look.main))
        pen.oval(
            400, 428, 230, 36, look.main, light="slant", pattern="grain", ink=dark(look.main, 0.4)
        )


@thing("shelf")
def shelf(pen: Pen, look: Look) -> None:
    """A shelf of n boards; it hangs ("wall") or stands."""
    boards = max(2, min(look.n, 4))
    top, gap = 190, 440 // boards
    spines = [
        look.second,
        look.third,
        pale(look.main),
        dark(look.second),
        mix(look.second, look.third, 0.5),
    ]
    pen.shadow(400, 652, 230)
    for x in (180, 600):
        pen.rect(x, top - 20, 20, 660 - top, look.main, light="side")
    for i in range(boards + 1):
        y = top + i * gap - (10 if i == boards else 0)
        if i:
            x = 214 + (i % 2) * 150
            for j in range(5):
                wide, tall = pen.random.randint(18, 34), pen.random.randint(60, min(gap - 30, 110))
                pen.rect(x, y - tall, wide, tall, spines[(i + j) % 5])
                x += wide + 3
            pot_at = 500 if i % 2 == 0 else 280
            pen.path(turned_form([(y - 54, 34), (y - 3, 24)], pot_at), look.third, light="round")
        pen.rect(
            170,
            y,
            460,
            22,
            look.main,
            r=4,
            light="under",
            pattern="grain",
            ink=dark(look.main, 0.4),
        )


@thing("mirror")
def mirror(pen: Pen, look: Look) -> None:
    shapes = {
        "arch": "M220 650V340a180 180 0 0 1 360 0V650Z",
        "oval": "M400 130a190 250 0 0 1 0 500a190 250 0 0 1 0 -500Z",
        "pebble": "M250 260C340 90 590 150 620 340S520 660 350 610S170 400 250 260Z",
    }
    d = shapes.get(look.form, "M400 140a240 240 0 0 1 0 480a240 240 0 0 1 0 -480Z")
    pen.path(d, look.main, drop=True, light="slant")
    with pen.turned(size=0.9, x=400, y=390):
        pen.path(d, "#cfdfe3")
        with pen.clipped(d):
            pen.path("M180 560L520 80H620L280 660Z", "#ffffff", opacity=0.45)
            pen.path("M380 700L680 240V300L440 700Z", "#ffffff", opacity=0.35)


@thing("clock")
def clock(pen: Pen, look: Look) -> None:
    if look.form == "table":
        pen.shadow(400, 652, 180)
        pen.path("M200 648V440a200 200 0 0 1 400 0V648Z", look.main, light="round")
        cx, cy, r = 400, 450, 150
    elif look.form == "alarm":
        pen.shadow(400, 652, 170)
        pen.line("M270 620L230 650M530 620L570 650", look.third, 24)
        for x in (-1, 1):
            with pen.turned(x * 34, 400, 440):
                pen.path("M340 250a60 50 0 0 1 120 0Z", look.second, light="ball")
        pen.disc(400, 450, 200, look.main, light="ball")
        cx, cy, r = 400, 450, 164
    else:
        pen.disc(400, 370, 250, look.main, drop=True, light="slant")
        cx, cy, r = 400, 370, 216
    pen.disc(cx, cy, r, "#fbf8f0" if look.form != "dark" else "#292b2f")
    mark = look.third if look.form != "dark" else "#f5f2ea"
    for i in range(12):
        with pen.turned(i * 30, cx, cy):
            pen.line(
                f"M{cx} {cy - r + 16}V{cy - r + (44 if i % 3 == 0 else 28)}",
                mark,
                9 if i % 3 == 0 else 5,
            )
    with pen.turned(-58, cx, cy):
        pen.line(f"M{cx} {cy}V{cy - r * 0.5}", mark, 14)
    with pen.turned(52, cx, cy):
        pen.line(f"M{cx} {cy}V{cy - r * 0.74}", mark, 10)
    pen.disc(cx, cy, 13, look.second)
