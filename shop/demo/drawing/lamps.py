"""Lamps."""

from __future__ import annotations

from shop.demo.drawing.outlines import polygon, turned_form
from shop.demo.drawing.palette import dark
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing

_GLOW = "#ffe9b0"


def _shade(pen: Pen, look: Look, top: float, foot: float, narrow: float, wide: float) -> None:
    d = polygon((400 - narrow, top), (400 + narrow, top), (400 + wide, foot), (400 - wide, foot))
    pen.path(d, look.main, light="round", pattern=look.pattern, ink=look.third)
    pen.oval(400, foot, wide, wide * 0.09, _GLOW)


@thing("lamp")
def lamp(pen: Pen, look: Look) -> None:
    """A table lamp: "mushroom", "globe", "column", "gourd" or "task"."""
    pen.shadow(400, 652, 130)
    if look.form == "mushroom":
        pen.path(turned_form([(390, 40), (520, 44), (646, 120)]), look.second, light="round")
        pen.path("M190 400C190 220 610 220 610 400Q400 450 190 400Z", look.main, light="round")
        pen.path("M190 400Q400 450 610 400Q400 425 190 400Z", _GLOW)
    elif look.form == "globe":
        pen.disc(400, 370, 190, _GLOW, opacity=0.35)
        pen.path(turned_form([(500, 60), (560, 70), (646, 110)]), look.second, light="round")
        pen.disc(400, 370, 150, "#fff6dc", light="ball")
    elif look.form == "task":
        pen.path(turned_form([(620, 110), (648, 130)], sharp=True), look.second, light="round")
        pen.line("M400 620L300 430L470 250", look.third, 16)
        pen.disc(300, 430, 18, look.second)
        with pen.turned(38, 480, 250):
            pen.path("M430 210H540L600 330H380Z", look.main, light="round")
            pen.oval(490, 332, 108, 18, _GLOW)
    elif look.form == "gourd":
        pen.path(turned_form([(400, 26), (450, 74), (500, 50), (580, 120), (646, 96)]), look.second,
                 light="round")  # fmt: skip
        _shade(pen, look, 180, 400, 110, 200)
    else:
        pen.path(turned_form([(420, 46), (646, 70)]), look.second, light="round", pattern="flute",
                 ink=dark(look.second, 0.6))  # fmt: skip
        _shade(pen, look, 200, 420, 150, 190)


@thing("floor-lamp")
def floor_lamp(pen: Pen, look: Look) -> None:
    pen.shadow(400, 652, 150)
    if look.form == "tripod":
        for x in (270, 400, 530):
            pen.line(f"M400 300L{x} 646", look.second, 16)
        _shade(pen, look, 120, 310, 120, 170)
    elif look.form == "arc":
        pen.rect(230, 630, 190, 22, dark(look.second), r=10)
        pen.line("M290 640V300C290 60 560 60 590 220", look.second, 14)
        pen.path("M480 300C480 190 700 190 700 300Z", look.main, light="round")
        pen.oval(590, 300, 110, 14, _GLOW)
    else:
        pen.oval(400, 644, 130, 18, look.second, light="slant")
        pen.line("M400 640V250", look.second, 12)
        _shade(pen, look, 110, 280, 90, 160)


@thing("pendant")
def pendant(pen: Pen, look: Look) -> None:
    pen.line("M400 -80V250", look.third, 6)
    pen.rect(376, 220, 48, 56, look.second, r=8, light="round")
    if look.form == "dome":
        pen.path("M170 500C170 330 290 270 400 270S630 330 630 500Z", look.main, light="round",
                 pattern=look.pattern, ink=look.second)  # fmt: skip
        pen.oval(400, 500, 230, 26, _GLOW)
    elif look.form == "paper":
        pen.oval(400, 420, 230, 190, look.main, light="round")
        for y, half in (
            (280, 155),
            (330, 205),
            (380, 225),
            (430, 230),
            (480, 218),
            (530, 185),
            (575, 130),
        ):
            pen.line(f"M{400 - half} {y}Q400 {y + 22} {400 + half} {y}", dark(look.main, 0.14), 4)
    elif look.form == "basket":
        pen.path(turned_form([(268, 60), (380, 190), (540, 150)]), look.main, light="round",
                 pattern="weave", ink=dark(look.main, 0.5))  # fmt: skip
        pen.oval(400, 545, 140, 18, _GLOW)
    else:
        pen.path(polygon((350, 270), (450, 270), (560, 540), (240, 540)), look.main, light="round")
        pen.oval(400, 540, 160, 22, _GLOW)
