"""Bags, and the small things that go along."""

from __future__ import annotations

from shop.demo.drawing.outlines import polygon, turned_form
from shop.demo.drawing.palette import dark, mix, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


@thing("backpack")
def backpack(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 200)
    pen.line("M350 190C350 110 450 110 450 190", look.third, 20)
    if look.form == "roll":
        pen.path("M230 300H570V600Q570 650 510 650H290Q230 650 230 600Z", look.main, light="round")
        pen.rect(220, 190, 360, 120, dark(look.main, 0.1), r=40, light="under")
        for x in (290, 490):
            pen.rect(x, 200, 24, 260, look.second, r=6)
            pen.rect(x - 6, 400, 36, 30, look.third, r=6)
    else:
        pen.path("M220 330C220 210 290 180 400 180S580 210 580 330V600Q580 650 520 650H280Q220 650 220 600Z", look.main,
                 light="round", pattern=look.pattern, ink=look.second)  # fmt: skip
        pen.line("M240 400C240 300 300 280 400 280S560 300 560 400", dark(look.main, 0.3), 7)
    pen.rect(
        270,
        450,
        260,
        160,
        dark(look.main, 0.12) if look.form != "patch" else look.second,
        r=30,
        light="under",
    )
    pen.line("M290 490H510", look.second if look.form != "patch" else look.main, 7)
    pen.rect(505, 486, 14, 44, look.third, r=6)


@thing("bag")
def bag(pen: Pen, look: Look) -> None:
    """ "tote", "duffel", "sling", "satchel" or "weekender"."""
    pen.shadow(400, 655, 240)
    if look.form == "tote":
        pen.line("M310 330C310 130 490 130 490 330", look.second, 20)
        pen.path(
            "M220 310H580L610 648H190Z",
            look.main,
            light="side",
            pattern=look.pattern,
            ink=look.third,
        )
        pen.line("M222 330H578", dark(look.main, 0.2), 5, dash="12 9")
    elif look.form == "sling":
        pen.line("M230 480C200 180 600 180 570 480", look.second, 22)
        pen.path("M190 470Q400 420 610 470Q640 630 540 640H260Q160 630 190 470Z", look.main, light="under",
                 pattern=look.pattern, ink=look.third)  # fmt: skip
        pen.line("M240 500Q400 462 560 500", dark(look.main, 0.35), 8)
        pen.rect(550, 496, 14, 46, look.third, r=6)
    elif look.form == "satchel":
        pen.line("M240 380C220 160 580 160 560 380", look.second, 20)
        pen.rect(200, 360, 400, 288, dark(look.main, 0.15), r=26, light="side")
        pen.path("M200 390Q200 350 240 350H560Q600 350 600 390V500Q600 540 560 545H240Q200 540 200 500Z", look.main,
                 light="under")  # fmt: skip
        for x in (270, 500):
            pen.rect(x, 350, 32, 240, look.second, r=6)
            pen.rect(x - 4, 560, 40, 34, look.third, r=6, light="under")
    else:
        pen.line("M270 460C270 250 530 250 530 460", look.second, 22)
        d = "M130 480Q130 400 210 400H590Q670 400 670 480V600Q670 650 610 650H190Q130 650 130 600Z"
        if look.form == "weekender":
            d = "M180 390Q400 360 620 390L660 600Q664 650 610 650H190Q136 650 140 600Z"
        pen.path(d, look.main, light="round", pattern=look.pattern, ink=look.third)
        pen.line("M180 430Q400 410 620 430", dark(look.main, 0.35), 8)
        for x in (260, 510):
            pen.rect(x, 400, 32, 248, look.second, light="side")
        if look.form == "duffel":
            pen.oval(150, 530, 26, 90, dark(look.main, 0.2))


@thing("suitcase")
def suitcase(pen: Pen, look: Look) -> None:
    if look.form == "trunk":
        pen.shadow(400, 655, 260)
        pen.line("M330 400C330 330 470 330 470 400", look.second, 24)
        pen.rect(
            150, 390, 500, 258, look.main, r=26, light="side", pattern=look.pattern, ink=look.third
        )
        for x in (150, 596):
            pen.path(
                polygon((x, 390), (x + 54, 390), (x + 54, 420), (x + 30, 444), (x, 444)),
                look.second,
            )
        pen.line("M150 500H650", dark(look.main, 0.3), 6)
        for x in (260, 510):
            pen.rect(x, 480, 32, 46, look.third, r=6, light="under")
        return
    pen.shadow(400, 660, 170)
    pen.line("M330 260V110H470V260", look.third, 16)
    for x in (270, 500):
        pen.rect(x, 630, 34, 30, "#292b2f", r=10)
    pen.rect(230, 230, 340, 410, look.main, r=40, light="round")
    for x in range(275, 540, 42):
        pen.rect(x, 262, 14, 346, dark(look.main, 0.16), r=7)
    if look.form == "band":
        pen.rect(230, 410, 340, 44, look.second, light="round")
        pen.rect(372, 402, 56, 60, look.third, r=8)


@thing("bottle")
def bottle(pen: Pen, look: Look) -> None:
    """A flask to carry: "flask", "wide", "loop" or "canteen"."""
    pen.shadow(400, 655, 130)
    if look.form == "canteen":
        pen.line("M230 420C160 120 640 120 570 420", look.second, 18)
        pen.rect(362, 240, 76, 66, look.third, r=12, light="round")
        pen.disc(400, 470, 182, look.main, light="ball", pattern=look.pattern, ink=look.second)
        return
    body = {
        "wide": [(270, 110), (300, 125), (648, 122)],
        "loop": [(300, 60), (360, 108), (648, 106)],
    }.get(look.form, [(280, 70), (330, 96), (648, 96)])
    if look.form == "loop":
        pen.line("M350 270C350 170 450 170 450 270", look.second, 20)
    pen.path(turned_form(body), look.main, light="round", pattern=look.pattern, ink=look.second)
    top, rim = body[0]
    pen.path(turned_form([(top - 90 if look.form != "loop" else top - 50, rim - 8), (top + 4, rim)], sharp=True),
             look.second, light="round")  # fmt: skip
    pen.rect(400 - rim, top, rim * 2, 14, look.third, light="round")
    if look.form == "flask":
        pen.rect(304, 500, 192, 34, look.second, light="round")


@thing("wallet", flat=True)
def wallet(pen: Pen, look: Look) -> None:
    """ "fold", "passport", "cards", "pouch" or "tag"."""
    with pen.turned(-9, size=1.1):
        if look.form == "passport":
            pen.rect(250, 180, 300, 440, look.main, r=26, drop=True, light="slant")
            pen.line("M280 184V616", dark(look.main, 0.25), 5)
            pen.line("M330 380a78 78 0 1 0 156 0a78 78 0 1 0 -156 0M330 380H486M408 302Q360 380 408 458Q456 380 408 302",
                     look.second, 7)  # fmt: skip
            pen.line("M350 520H466", look.second, 10)
        elif look.form == "cards":
            for i, shade in enumerate((look.third, look.second)):
                pen.rect(230 + i * 20, 220 + i * 46, 330, 200, shade, r=18, drop=True)
            pen.path(
                "M220 330H590V560Q590 590 560 590H250Q220 590 220 560Z",
                look.main,
                drop=True,
                light="slant",
            )
            pen.path("M350 330a54 40 0 0 0 108 0Z", dark(look.main, 0.3))
        elif look.form == "pouch":
            pen.rect(
                170,
                260,
                460,
                300,
                look.main,
                r=40,
                drop=True,
                light="slant",
                pattern=look.pattern,
                ink=look.third,
            )
            pen.line("M190 320H610", look.second, 14)
            pen.line("M600 322q40 20 30 76", look.third, 16)
        elif look.form == "tag":
            for x, turn, shade in ((300, -10, look.main), (480, 12, look.second)):
                with pen.turned(turn, x, 400):
                    pen.path(f"M{x - 86} 340L{x} 250L{x + 86} 340V600Q{x + 86} 620 {x + 66} 620H{x - 66}Q{x - 86} 620 {x - 86} 600Z",
                             shade, drop=True, light="slant")  # fmt: skip
                    pen.disc(x, 320, 20, "#efe6d8")
                    pen.line(f"M{x} 316C{x - 60} 200 {x + 70} 180 {x} 316", look.third, 10)
                    pen.rect(x - 54, 430, 108, 110, "#fbf8f0", r=8)
                    pen.line(f"M{x - 34} 470h68M{x - 34} 504h44", "#5f6c75", 6)
        else:
            pen.rect(180, 240, 440, 320, dark(look.main, 0.15), r=30, drop=True)
            pen.rect(180, 256, 440, 304, look.main, r=30, light="slant")
            pen.line("M204 290H596V536H204Z", look.second, 4, dash="12 10")
            pen.rect(520, 360, 120, 90, look.main, r=20, drop=True)
            pen.disc(560, 405, 18, look.third, light="ball")


@thing("umbrella", flat=True)
def umbrella(pen: Pen, look: Look) -> None:
    with pen.turned(14, 400, 400, size=1.05):
        pen.line("M400 150V640Q400 700 350 700T310 650", look.third, 18)
        pen.path("M110 420C110 240 250 150 400 150S690 240 690 420Q642 376 594 420Q546 376 497 420Q448 376 400 420"
                 "Q352 376 303 420Q255 376 206 420Q158 376 110 420Z", look.main, drop=True, light="under",
                 pattern=look.pattern, ink=look.second)  # fmt: skip
        pen.line("M400 156Q300 240 303 416M400 156Q500 240 497 416M400 156Q200 240 206 416M400 156Q600 240 594 416",
                 dark(look.main, 0.25), 4)  # fmt: skip
        pen.line("M400 150V112", look.second, 14)


@thing("cubes", flat=True)
def cubes(pen: Pen, look: Look) -> None:
    """Packing cubes, seen from above."""
    for x, y, w, h, shade in ((130, 160, 330, 290, look.main), (490, 160, 190, 290, look.second),
                              (130, 480, 550, 170, look.third)):  # fmt: skip
        pen.rect(x, y, w, h, shade, r=26, drop=True, light="slant")
        pen.rect(
            x + 36,
            y + 56,
            w - 72,
            h - 96,
            dark(shade, 0.14),
            r=14,
            pattern="grid",
            ink=pale(shade, 0.2),
        )
        pen.line(f"M{x + 20} {y + 26}h{w - 40}", dark(shade, 0.4), 6)
        pen.line(f"M{x + w - 44} {y + 26}v30", mix(shade, "#ffffff", 0.6), 9)


@thing("sleep-mask", flat=True)
def sleep_mask(pen: Pen, look: Look) -> None:
    pen.line("M150 380C40 180 760 180 650 380", dark(look.main, 0.3), 22)
    pen.path("M130 390C150 310 320 310 400 340S650 310 670 390S620 560 520 540Q440 520 400 460Q360 520 280 540"
             "C180 560 110 470 130 390Z", look.main, drop=True, light="slant", pattern=look.pattern, ink=look.second)  # fmt: skip
    if not look.pattern:
        pen.line("M220 430q50 50 100 0M480 430q50 50 100 0", look.second, 10)
