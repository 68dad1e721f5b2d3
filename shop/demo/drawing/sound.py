"""What plays: speakers, radios, records."""

from __future__ import annotations

from shop.demo.drawing.outlines import turned_form
from shop.demo.drawing.palette import dark
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


@thing("headphones", flat=True)
def headphones(pen: Pen, look: Look) -> None:
    """ "over", "on", "buds" or "cased" (buds in their case)."""
    if look.form == "buds":
        pen.line(
            "M300 330C300 560 390 520 400 740M500 330C500 560 410 520 400 740", look.second, 10
        )
        for x, turn in ((290, 18), (510, -18)):
            with pen.turned(turn, x, 270):
                pen.rect(x - 24, 270, 48, 130, look.main, r=22, light="round", drop=True)
                pen.disc(x, 260, 64, look.main, light="ball", drop=True)
                pen.disc(x, 260, 34, look.third)
        return
    if look.form == "cased":
        pen.rect(190, 330, 420, 300, look.main, r=110, drop=True, light="slant")
        pen.path("M200 430Q190 200 300 190H500Q610 200 600 430Z", dark(look.main, 0.16), drop=True)
        pen.rect(190, 420, 420, 210, look.main, r=90, light="under")
        for x, turn in ((330, -8), (470, 8)):
            with pen.turned(turn, x, 400):
                pen.rect(x - 42, 340, 84, 110, look.second, r=40, light="round")
                pen.rect(x - 24, 310, 48, 56, look.third, r=22)
        pen.disc(400, 540, 9, "#b9d8c6")
        return
    big = look.form != "on"
    pen.line("M180 470C160 70 640 70 620 470", look.second, 44)
    pen.line("M250 220C310 140 490 140 550 220", look.main, 30)
    for x, turn in ((190, -6), (610, 6)):
        with pen.turned(turn, x, 500):
            wide, high = (70, 135) if big else (56, 96)
            pen.rect(
                x - wide - 8,
                500 - high,
                wide * 2 + 16,
                high * 2,
                look.main,
                r=wide,
                drop=True,
                light="round",
            )
            inner = -24 if x < 400 else 24
            pen.rect(x - inner - 30, 520 - high, 60, high * 2 - 40, look.third, r=30)
            pen.oval(x + inner, 500, 14, high * 0.5, dark(look.main, 0.25))


@thing("speaker")
def speaker(pen: Pen, look: Look) -> None:
    """ "shelf", "pair", "round", "tube" or "amp"."""

    def cone(x: float, y: float, r: float) -> None:
        pen.disc(x, y, r, dark(look.second, 0.3))
        pen.disc(x, y, r - 12, look.second, light="ball")
        pen.disc(x, y, r * 0.34, dark(look.second, 0.5), light="ball")

    if look.form == "pair":
        for x in (260, 540):
            pen.shadow(x, 655, 130)
            pen.rect(
                x - 110,
                250,
                220,
                398,
                look.main,
                r=12,
                light="side",
                pattern="upgrain",
                ink=dark(look.main, 0.4),
            )
            cone(x, 500, 84)
            cone(x, 340, 46)
        return
    if look.form == "round":
        pen.shadow(400, 655, 150)
        pen.disc(400, 450, 200, look.main, light="ball", pattern="mesh", ink=dark(look.main, 0.4))
        pen.line("M210 500Q400 560 590 500", look.second, 26)
        pen.disc(400, 290, 30, look.third)
        return
    if look.form == "tube":
        pen.shadow(400, 655, 130)
        pen.path(
            turned_form([(270, 110), (648, 118)]),
            look.main,
            light="round",
            pattern="weave",
            ink=dark(look.main, 0.4),
        )
        pen.oval(400, 270, 110, 20, look.second)
        pen.line("M320 270C320 180 480 180 480 270", look.third, 16)
        pen.rect(290, 560, 222, 40, look.second, light="round")
        return
    if look.form == "amp":
        pen.shadow(400, 655, 270)
        pen.rect(140, 290, 520, 358, look.main, r=22, light="side")
        pen.rect(170, 400, 460, 220, look.second, r=10, pattern="mesh", ink=dark(look.second, 0.4))
        for x in range(210, 620, 66):
            pen.disc(x, 346, 22, look.third, light="ball")
            pen.line(f"M{x} 346V330", "#292b2f", 5)
        pen.line("M320 286C320 240 480 240 480 286", "#292b2f", 18)
        return
    pen.shadow(400, 655, 260)
    pen.rect(
        130,
        380,
        540,
        268,
        look.main,
        r=40,
        light="side",
        pattern="grain",
        ink=dark(look.main, 0.35),
    )
    pen.rect(170, 420, 460, 190, look.second, r=20, pattern="mesh", ink=dark(look.second, 0.4))
    for x in (560, 610):
        pen.rect(x, 366, 30, 16, look.third, r=6)


@thing("radio")
def radio(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 260)
    if look.form == "clock":
        pen.path("M150 648Q150 420 260 420H540Q650 420 650 648Z", look.main, light="under")
        pen.rect(210, 480, 250, 110, "#26282b", r=14)
        for x in (236, 290, 360, 414):
            pen.line(f"M{x} 506h26v58h-26Z", "#f6b73c", 8)
        pen.disc(560, 540, 50, look.second, light="ball")
        return
    if look.form == "world":
        pen.line("M600 330L700 90", look.third, 9)
    pen.line("M240 350C240 230 560 230 560 350", look.second, 22)
    pen.rect(
        130,
        340,
        540,
        308,
        look.main,
        r=36,
        light="side",
        pattern="grain" if look.form == "wood" else "",
        ink=dark(look.main, 0.4),
    )
    pen.rect(
        160,
        380,
        260,
        230,
        look.second,
        r=18,
        pattern="bars",
        ink=dark(look.second, 0.35),
        scale=0.5,
    )
    pen.disc(540, 460, 84, "#fbf8f0")
    for i in range(12):
        with pen.turned(i * 30, 540, 460):
            pen.line("M540 392v14", "#40454b", 5)
    pen.line("M540 460L584 412", "#d84d36", 8)
    pen.disc(540, 460, 18, look.third, light="ball")
    for x in (480, 540, 600):
        pen.disc(x, 590, 20, look.third, light="ball")


@thing("turntable", flat=True)
def turntable(pen: Pen, look: Look) -> None:
    pen.rect(
        110,
        170,
        580,
        470,
        look.main,
        r=26,
        drop=True,
        light="slant",
        pattern="grain" if look.form == "wood" else "",
        ink=dark(look.main, 0.4),
    )
    pen.disc(350, 405, 204, "#1f2023")
    for r in (180, 150, 120):
        pen.line(f"M{350 - r} 405a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0", "#3d4045", 3)
    pen.path("M350 405L470 250A196 196 0 0 1 520 310Z", "#ffffff", opacity=0.12)
    pen.disc(350, 405, 68, look.second)
    pen.disc(350, 405, 9, "#efe6d8")
    pen.disc(620, 250, 42, look.third, light="ball")
    pen.line("M620 250V450L520 520", look.third, 14)
    pen.rect(490, 500, 50, 34, dark(look.third, 0.4), r=6)
    for y in (560, 600):
        pen.disc(640, y, 13, look.third)


@thing("record", flat=True)
def record(pen: Pen, look: Look) -> None:
    """A record half out of its sleeve; the form is the sleeve's picture."""
    pen.disc(520, 400, 225, "#1f2023", drop=True)
    for r in (200, 165, 130):
        pen.line(f"M{520 - r} 400a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0", "#3d4045", 3)
    pen.disc(520, 400, 70, look.second)
    pen.rect(100, 165, 470, 470, look.main, drop=True)
    with pen.clipped("M100 165H570V635H100Z"):
        if look.form == "sun":
            pen.disc(335, 420, 150, look.second)
            for y in (440, 480, 520, 560):
                pen.rect(100, y, 470, (y - 400) / 5, look.main)
        elif look.form == "bars":
            for i in range(9):
                high = 60 + (i * 83) % 250
                pen.rect(130 + i * 47, 600 - high, 32, high, look.second if i % 2 else look.third)
        elif look.form == "rings":
            for i, r in enumerate((260, 200, 140, 80)):
                pen.disc(100, 635, r * 1.5, (look.second, look.third)[i % 2])
        elif look.form == "night":
            pen.disc(430, 290, 60, "#fbf3d0")
            pen.path("M100 520L220 400L330 510L440 380L570 520V635H100Z", look.second)
            pen.path("M100 580Q300 520 570 590V635H100Z", look.third)
        else:
            pen.path("M100 165H335V400A235 235 0 0 1 100 165Z", look.second)
            pen.path("M335 400H570V635A235 235 0 0 1 335 400Z", look.third)
            pen.disc(452, 282, 80, look.third)
    pen.rect(100, 165, 470, 470, "", light="slant")


@thing("crate")
def crate(pen: Pen, look: Look) -> None:
    """A crate for records, or with n=2 a low stand."""
    pen.shadow(400, 655, 250)
    shades = [look.second, look.third, "#e8dfcd", "#6299ab", "#c78f24", "#74405c"]
    for i in range(9):
        pen.rect(190 + i * 46, 300 - (i * 29) % 40, 40, 330, shades[i % 6], light="side")
    pen.rect(
        160, 430, 480, 218, look.main, r=8, light="side", pattern="grain", ink=dark(look.main, 0.4)
    )
    pen.rect(330, 470, 140, 40, dark(look.main, 0.6), r=20)
    pen.line("M160 545H640", dark(look.main, 0.25), 6)
