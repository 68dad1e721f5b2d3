"""Vases, candles, baskets, pictures."""

from __future__ import annotations

from shop.demo.drawing.outlines import leaf, num, smooth, turned_form
from shop.demo.drawing.palette import dark, mix, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing

_VASES = {
    "bottle": [(250, 44), (380, 40), (500, 130), (648, 110)],
    "globe": [(360, 60), (420, 120), (530, 180), (648, 90)],
    "cylinder": [(300, 105), (648, 105)],
    "waist": [(280, 120), (400, 70), (540, 140), (648, 90)],
    "amphora": [(260, 74), (310, 56), (430, 160), (648, 70)],
    "bud": [(400, 30), (480, 28), (560, 80), (648, 66)],
    "ripple": [(280, 90), (330, 120), (390, 92), (450, 124), (510, 94), (570, 124), (648, 90)],
}


@thing("vase")
def vase(pen: Pen, look: Look) -> None:
    """n: 0 nothing in it, 1 branch, 2 grasses, 3 flowers."""
    profile = _VASES[look.form or "bottle"]
    top, rim = profile[0]
    pen.shadow(400, 656, profile[-1][1] + 40)
    green = "#6f8a5a"
    if look.n == 1:
        top += 40
        pen.line(f"M400 {top + 20}Q420 {top - 90} 350 {top - 190}M408 {top - 60}Q460 {top - 120} 500 {top - 170}",
                 "#7b6248", 7)  # fmt: skip
        for x, y, a in ((402, -40, 200), (410, -70, 320), (398, -110, 190), (378, -150, 300), (450, -118, 250),
                        (470, -140, 10), (352, -186, 230), (498, -168, 290)):  # fmt: skip
            pen.path(leaf(x, top + y, 66, a, 0.42), mix(green, look.second, 0.15))
        top -= 40
    elif look.n == 2:
        for lean in (-120, -60, 0, 55, 110):
            pen.line(
                f"M400 {top + 10}Q{400 + lean * 0.2} {top - 90} {400 + lean} {top - 130}",
                "#b59a62",
                5,
            )
            pen.path(leaf(400 + lean * 0.8, top - 100, 96, -90 + lean * 0.3, 0.3), "#d6bd88")
    elif look.n == 3:
        for lean, rise in ((-95, 110), (0, 180), (90, 130)):
            pen.line(f"M400 {top + 10}Q400 {top - 60} {400 + lean} {top - rise}", green, 7)
            pen.path(
                leaf(400 + lean * 0.4, top - rise * 0.45, 70, 200 if lean < 0 else -20, 0.3), green
            )
            for i in range(7):
                with pen.turned(i * 51, 400 + lean, top - rise):
                    pen.oval(400 + lean, top - rise - 32, 17, 28, look.second)
            pen.disc(400 + lean, top - rise, 18, look.third)
    pen.oval(400, top, rim, max(6, rim * 0.16), dark(look.main, 0.35))
    pen.path(turned_form(profile), look.main, light="round", pattern=look.pattern, ink=look.second)
    pen.line(
        f"M{400 - rim} {top}A{rim} {num(max(6, rim * 0.16))} 0 0 0 {400 + rim} {top}",
        pale(look.main, 0.35),
        6,
    )


@thing("candle")
def candle(pen: Pen, look: Look) -> None:
    def flame(x: float, y: float) -> None:
        pen.line(f"M{x} {y + 4}v-22", "#40352c", 5)
        pen.path(
            f"M{x} {y - 76}Q{x + 30} {y - 30} {x} {y - 14}Q{x - 30} {y - 30} {x} {y - 76}Z",
            "#f6b73c",
        )

    if look.form == "taper":
        for x, top in ((290, 300), (400, 210), (510, 260)):
            pen.shadow(x, 654, 66)
            pen.rect(x - 17, top, 34, 330, look.main, r=10, light="round")
            pen.path(turned_form([(560, 28), (600, 22), (650, 62)], x), look.second, light="round")
            flame(x, top)
    elif look.form == "jar":
        pen.shadow(400, 655, 150)
        pen.path(
            turned_form([(380, 140), (648, 140)]),
            look.main,
            light="round",
            pattern=look.pattern,
            ink=look.third,
        )
        pen.oval(400, 380, 140, 22, pale(look.main))
        pen.oval(400, 384, 126, 16, "#f7eedb")
        pen.rect(320, 470, 160, 110, "#fbf7ec", r=4)
        pen.line("M350 510H450M365 540H435", look.second, 7)
        flame(400, 382)
    else:
        for x, top, r in ((300, 430, 74), (470, 330, 92)):
            pen.shadow(x, 654, r + 10)
            pen.path(turned_form([(top, r), (648, r)], x), look.main if x < 400 else look.second, light="round",
                     pattern=look.pattern, ink=look.third)  # fmt: skip
            pen.oval(x, top, r, r * 0.16, pale(look.main, 0.4))
            flame(x, top)


@thing("basket")
def basket(pen: Pen, look: Look) -> None:
    top, wide, foot = {
        "tall": (270, 170, 150),
        "log": (450, 260, 230),
        "trug": (470, 265, 200),
    }.get(look.form, (400, 220, 180))
    pen.shadow(400, 655, foot + 20)
    if look.form == "trug":
        pen.line(f"M{400 - 190} {top}C230 210 570 210 590 {top}", look.second, 26)
    else:
        for x in (400 - wide * 0.55, 400 + wide * 0.55):
            pen.line(
                f"M{x - 46} {top}C{x - 46} {top - 90} {x + 46} {top - 90} {x + 46} {top}",
                look.second,
                20,
            )
    if look.form == "log":
        for x in (260, 340, 430, 520):
            pen.disc(x, top - 16, 50, "#8a6142")
            pen.disc(x, top - 16, 40, "#d9b483", light="ball")
    pen.path(turned_form([(top, wide), (648, foot)]), look.main, light="round", pattern="weave",
             ink=dark(look.main, 0.45))  # fmt: skip
    if look.n == 2:
        pen.path(
            turned_form([(top + 100, wide - 6), (top + 180, wide - 16)], sharp=True),
            look.second,
            light="round",
        )
    pen.rect(
        400 - wide - 6, top - 12, wide * 2 + 12, 28, pale(look.main, 0.15), r=14, light="under"
    )


@thing("print", flat=True)
def framed_print(pen: Pen, look: Look) -> None:
    """A framed picture; the form is the picture."""
    pen.rect(180, 110, 440, 580, look.third, drop=True, light="slant")
    pen.rect(202, 132, 396, 536, "#fbf8f1")
    with pen.clipped("M250 190H550V590H250Z"):
        pen.rect(250, 190, 300, 400, look.main)
        if look.form == "hills":
            pen.disc(470, 290, 56, look.second)
            pen.path(
                smooth([(220, 460), (330, 390), (440, 450), (580, 380)]) + "V700H220Z",
                dark(look.main, 0.3),
            )
            pen.path(
                smooth([(220, 540), (340, 480), (450, 520), (580, 460)]) + "V700H220Z",
                dark(look.main, 0.55),
            )
        elif look.form == "stem":
            pen.line("M400 580C380 460 430 360 400 240", look.second, 8)
            for i in range(6):
                pen.path(leaf(402, 530 - i * 50, 110, -30 if i % 2 else 210, 0.3), look.second)
        else:
            pen.disc(350, 320, 90, look.second)
            pen.path("M400 440a110 110 0 0 1 220 0V600H400Z", dark(look.second))
            pen.rect(270, 450, 110, 200, look.third)
