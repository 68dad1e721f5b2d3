"""Garden tools, and houses for birds."""

from __future__ import annotations

from contextlib import nullcontext

from shop.demo.drawing.outlines import polygon, turned_form
from shop.demo.drawing.palette import dark, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing

_GREEN = "#5d7d4c"


@thing("hand-tool", flat=True)
def hand_tool(pen: Pen, look: Look) -> None:
    """A short-handled tool: "trowel", "fork", "weeder", "hoe" or "dibber"."""
    with pen.turned(36, size=1.05):
        pen.rect(368, 80, 64, 270, look.main, r=32, drop=True, light="round", pattern="upgrain",
                 ink=dark(look.main, 0.4))  # fmt: skip
        pen.disc(400, 112, 11, dark(look.main, 0.6))
        pen.rect(374, 336, 52, 40, look.third, r=8, light="round")
        pen.rect(388, 370, 24, 90, look.second, light="round")
        if look.form == "fork":
            pen.line("M330 690V500Q330 450 400 450T470 500V690M400 450V700", look.second, 24)
        elif look.form == "weeder":
            pen.path(
                "M380 440H420L414 660L440 740L400 700L360 740L386 660Z",
                look.second,
                light="round",
                drop=True,
            )
        elif look.form == "hoe":
            pen.path(
                "M390 440H412L420 560H560L540 640H300Q330 560 380 540Z",
                look.second,
                light="slant",
                drop=True,
            )
        elif look.form == "dibber":
            pen.path("M352 400H448L436 640L400 740L364 640Z", look.second, light="round", drop=True)
            for y in (480, 540, 600):
                pen.line(f"M366 {y}H434", pale(look.second), 5)
        else:
            pen.path(
                "M320 470Q400 430 480 470Q500 640 400 750Q300 640 320 470Z",
                look.second,
                light="side",
                drop=True,
            )
            pen.line("M400 470V650", dark(look.second, 0.2), 6)


@thing("long-tool", flat=True)
def long_tool(pen: Pen, look: Look) -> None:
    """A long-handled tool: "spade", "rake", "fork" or "broom"."""
    with pen.turned(38, size=1.1):
        pen.rect(386, 60, 28, 470, look.main, r=10, drop=True, light="round")
        if look.form in ("spade", "fork"):
            pen.line("M350 62H450L412 130H388Z", look.main, 22)
        pen.rect(384, 480, 32, 70, look.third, light="round")
        if look.form == "spade":
            pen.path(
                "M330 540H470V680Q460 740 400 760Q340 740 330 680Z",
                look.second,
                light="side",
                drop=True,
            )
        elif look.form == "fork":
            pen.line(
                "M330 740V580Q330 550 400 550T470 580V740M376 552V748M424 552V748", look.second, 16
            )
        elif look.form == "broom":
            pen.path("M370 520H430L500 740H300Z", look.second, light="side", drop=True, pattern="bars",
                     ink=dark(look.second), scale=0.4)  # fmt: skip
            pen.rect(352, 570, 96, 16, look.third)
        else:
            pen.rect(270, 548, 260, 30, look.second, r=8, light="under", drop=True)
            for x in range(284, 530, 33):
                pen.line(f"M{x} 570v70", look.second, 12)


@thing("secateurs", flat=True)
def secateurs(pen: Pen, look: Look) -> None:
    with pen.turned(-40, size=1.05):
        pen.line("M420 360C500 420 500 560 450 700", look.main, 44)
        pen.line("M380 360C300 420 310 560 350 700", look.main, 44)
        if look.form == "shears":
            pen.path("M370 370L430 40L440 370Z", look.second, light="slant", drop=True)
            pen.path("M430 370L370 40L360 370Z", pale(look.second), light="slant")
        else:
            pen.path(
                "M360 380Q340 200 430 120Q500 240 440 380Z", look.second, light="slant", drop=True
            )
            pen.path("M440 380Q420 240 330 190Q330 300 370 380Z", dark(look.second, 0.25))
        pen.line("M370 440Q400 460 430 440M366 470Q400 490 434 470", look.third, 8)
        pen.disc(400, 370, 26, look.third, light="ball")


@thing("watering-can")
def watering_can(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 200)
    long = look.form == "long"
    pen.path(polygon((300, 560), (330, 600), (120, 330), (90, 350)) if not long
             else polygon((330, 570), (290, 610), (62, 262), (78, 250)), dark(look.main, 0.1))  # fmt: skip
    if not long:
        with pen.turned(-37, 104, 338):
            pen.path(
                polygon((64, 300), (144, 300), (122, 348), (88, 348)), look.second, light="round"
            )
    pen.line("M560 400C700 380 690 620 550 600", look.second, 24)
    if not long:
        pen.line("M320 400C330 250 500 250 520 400", look.second, 22)
    pen.path(turned_form([(400, 130), (646, 160)], 430, sharp=True), look.main, light="round",
             pattern=look.pattern, ink=look.third)  # fmt: skip
    pen.oval(430, 400, 130, 22, dark(look.main, 0.35))
    pen.path("M300 400a130 22 0 0 1 130 -22V420a130 22 0 0 1 -130 -20Z", pale(look.main, 0.2))


@thing("gloves", flat=True)
def gloves(pen: Pen, look: Look) -> None:
    """Gardening gloves; "mitten" and "wool" for the cold."""
    hand = (
        "M300 690V560Q230 500 210 430Q210 390 250 400L300 460V250Q300 210 328 210T356 250V190Q356 150 386 150T416 190"
        "V220Q418 186 446 190T474 230V280Q480 250 504 256T528 300V560Q520 620 510 690Z"
    )
    if look.form == "mitten":
        hand = "M300 690V540Q220 480 215 420Q220 370 262 390L300 440V290Q300 170 410 170T520 290V560L512 690Z"
    for turn, flip in ((-10, 1), (12, -1)):
        pair = pen.turned(turn, 400, 640, move=(-120 if flip == 1 else 120, 0), size=0.82)
        with pair, pen.mirrored(405) if flip == -1 else nullcontext():
            pen.path(hand, look.main, drop=True, light="slant", pattern=look.pattern,
                     ink=look.second)  # fmt: skip
            pen.rect(290, 600, 232, 96, look.second, r=14, pattern="rib", ink="#292b2f")
            if look.form == "work":
                pen.oval(410, 480, 90, 80, look.third, opacity=0.9)


@thing("birdhouse")
def birdhouse(pen: Pen, look: Look) -> None:
    """ "box", "feeder", "bath" or "bee"."""
    if look.form == "bath":
        pen.shadow(400, 655, 150)
        pen.path(turned_form([(430, 60), (540, 46), (646, 130)]), look.main, light="round")
        pen.path(turned_form([(390, 240), (430, 170), (450, 60)]), look.main, light="round")
        pen.oval(400, 390, 240, 40, pale(look.main, 0.2))
        pen.oval(400, 392, 210, 30, "#9cc6d2")
        return
    pen.line("M400 -80V180", "#40352c", 5)
    if look.form == "feeder":
        pen.rect(310, 250, 180, 290, "#d5e6e6", r=10, opacity=0.8)
        pen.rect(318, 360, 164, 176, "#c99e71", pattern="speckle", ink="#40352c")
        pen.rect(250, 540, 300, 30, look.main, r=10, light="under")
        pen.line("M230 600H570", look.third, 12)
        pen.path(polygon((400, 150), (580, 256), (220, 256)), look.second, light="side")
        return
    pen.path(polygon((250, 330), (550, 330), (550, 620), (250, 620)), look.main, light="side", pattern="upgrain",
             ink=dark(look.main, 0.3))  # fmt: skip
    pen.path(polygon((250, 332), (400, 200), (550, 332)), look.main, light="side")
    if look.form == "bee":
        for row in range(4):
            for col in range(6):
                pen.disc(284 + col * 47, 390 + row * 60, 19, "#e2c67f")
                pen.disc(284 + col * 47, 390 + row * 60, 11, "#40352c")
    else:
        pen.disc(400, 420, 56, "#33281f")
        pen.line("M400 520V540", look.third, 22)
    pen.line("M220 356L400 192L580 356", look.second, 36)


@thing("twine")
def twine(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 150)
    pen.path(turned_form([(390, 130), (420, 165), (620, 165), (648, 140)]), look.main, light="round", pattern="fine",
             ink=dark(look.main, 0.35))  # fmt: skip
    pen.oval(400, 392, 140, 24, pale(look.main, 0.2))
    pen.oval(400, 394, 44, 10, "#40352c")
    pen.line("M540 560Q640 560 620 640T720 640", look.main, 10)
    pen.rect(320, 470, 160, 90, "#fbf8f0", r=6)
    pen.line("M344 515H456", look.second, 8)


@thing("hose")
def hose(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 210)
    for r in (200, 160, 120):
        pen.line(
            f"M{400 - r} 440a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0",
            look.main if r != 160 else dark(look.main, 0.15),
            36,
        )
        pen.line(f"M{400 - r} 440a{r} {r} 0 0 1 {r} {-r}", pale(look.main, 0.3), 6)
    pen.line("M560 560Q640 660 720 560", look.main, 34)
    pen.path(polygon((696, 560), (746, 590), (790, 500), (740, 474)), look.second, light="slant")
