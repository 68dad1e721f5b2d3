"""Jars, tins, bottles and packets."""

from __future__ import annotations

from shop.demo.drawing.outlines import leaf, polygon, star, turned_form
from shop.demo.drawing.palette import dark, is_light, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


def _motif(pen: Pen, kind: str, x: float, y: float, shade: str, r: float = 50) -> None:
    """What is drawn on a label."""
    if kind == "leaf":
        for angle in (-130, -90, -50):
            pen.path(leaf(x, y + r, r * 1.9, angle, 0.36), shade)
    elif kind == "bean":
        pen.oval(x, y, r * 0.66, r, shade)
        pen.line(f"M{x} {y - r}q{-r * 0.4} {r} 0 {r}t0 {r}", "#fbf3e2", 6)
    elif kind == "fish":
        pen.path(f"M{x - r * 1.4} {y}Q{x} {y - r * 1.1} {x + r} {y}L{x + r * 1.6} {y - r * 0.5}V{y + r * 0.5}L{x + r} {y}"
                 f"Q{x} {y + r * 1.1} {x - r * 1.4} {y}Z", shade)  # fmt: skip
    elif kind == "olive":
        pen.oval(x, y, r * 0.62, r * 0.8, shade)
        pen.path(leaf(x + r * 0.2, y - r * 0.6, r * 1.2, -35, 0.25), dark(shade, 0.3))
    elif kind == "fruit":
        pen.disc(x - r * 0.4, y + r * 0.2, r * 0.62, shade)
        pen.disc(x + r * 0.5, y + r * 0.3, r * 0.5, dark(shade, 0.15))
        pen.path(leaf(x, y - r * 0.4, r, -40, 0.3), "#5d7d4c")
    elif kind == "bee":
        pen.oval(x, y, r, r * 0.66, shade)
        for dx in (-0.4, 0, 0.4):
            pen.line(f"M{x + dx * r} {y - r * 0.54}V{y + r * 0.54}", "#40352c", 9)
        pen.oval(x - 8, y - r * 0.7, r * 0.5, r * 0.26, "#d5e6e6")
    elif kind == "wheat":
        pen.line(f"M{x} {y + r}V{y - r}", shade, 6)
        for i in range(4):
            for angle in (-40, 220):
                pen.path(leaf(x, y + r * 0.6 - i * r * 0.42, r * 0.7, angle, 0.4), shade)
    elif kind == "salt":
        pen.path(polygon((x, y - r), (x + r, y), (x, y + r), (x - r, y)), shade)
        pen.path(polygon((x, y - r), (x + r, y), (x, y)), pale(shade, 0.4))
    elif kind == "chilli":
        pen.path(
            f"M{x - r} {y - r * 0.5}Q{x + r * 0.6} {y - r * 0.6} {x + r} {y + r}Q{x - r * 0.2} {y + r * 0.6} {x - r} {y - r * 0.5}Z",
            shade,
        )
        pen.line(f"M{x - r} {y - r * 0.5}l-14 -24", "#5d7d4c", 10)
    else:
        pen.path(star(x, y, r, r * 0.5, 8), shade)


@thing("sack")
def sack(pen: Pen, look: Look) -> None:
    """A bag of coffee, flour, pasta; the form is the picture on its label."""
    pen.shadow(400, 655, 170)
    pen.path(
        "M260 230Q400 216 540 230L560 640Q400 664 240 640Z",
        look.main,
        light="side",
        pattern=look.pattern,
        ink=look.third,
    )
    if look.n == 2:
        pen.rect(252, 190, 296, 54, dark(look.main, 0.2), r=8)
        pen.line("M290 216H510", pale(look.main, 0.4), 6)
    else:
        pen.path("M256 236L276 170H524L544 236Q400 220 256 236Z", dark(look.main, 0.14))
        pen.rect(276, 176, 248, 18, look.third, r=4)
    pen.rect(296, 320, 208, 240, look.second, r=12)
    ink = "#40352c" if is_light(look.second) else "#fbf8f0"
    pen.line("M330 360H470", ink, 12)
    _motif(pen, look.form, 400, 450, look.third)
    pen.line("M350 530H450", ink, 7)


@thing("jar")
def jar(pen: Pen, look: Look) -> None:
    """A glass of something. main: what is in it, second: its lid, third: the label's picture."""
    wide, top = (150, 330) if look.n != 2 else (115, 400)
    pen.shadow(400, 655, wide)
    outline = turned_form([(top, wide * 0.8), (top + 50, wide), (600, wide), (648, wide * 0.9)])
    pen.path(outline, "#dfeaea")
    pen.path(turned_form([(top + 46, wide - 12), (600, wide - 12), (636, wide * 0.82)]), look.main,
             pattern=look.pattern, ink=look.third)  # fmt: skip
    pen.path(outline, "#dfeaea", light="round", opacity=0.12)
    if look.n == 4:
        pen.path(f"M{400 - wide} {top - 20}Q400 {top - 90} {400 + wide} {top - 20}L{400 + wide + 26} {top + 40}Q400 {top + 10} {400 - wide - 26} {top + 40}Z",
                 look.second, pattern="check", ink=look.third)  # fmt: skip
        pen.line(
            f"M{400 - wide * 0.86} {top + 6}Q400 {top - 16} {400 + wide * 0.86} {top + 6}",
            "#c9a77c",
            9,
        )
    else:
        pen.rect(
            400 - wide * 0.86,
            top - 50,
            wide * 1.72,
            58,
            look.second,
            r=12,
            light="round",
            pattern="flute",
            ink="#292b2f",
        )
    pen.rect(400 - wide * 0.7, top + 110, wide * 1.4, 140, "#fbf5e6", r=10)
    _motif(pen, look.form, 400, top + 170, look.third, 38)
    pen.line(f"M{400 - wide * 0.4} {top + 230}h{wide * 0.8}", "#40352c", 6)


@thing("oil")
def oil(pen: Pen, look: Look) -> None:
    """A bottle: "oil" profiles by n: 1 tall, 2 square, 3 flask, 4 swing-top."""
    profile = {
        2: [(210, 34), (330, 34), (370, 100), (648, 100)],
        3: [(260, 30), (360, 34), (470, 130), (600, 140), (648, 120)],
        4: [(250, 40), (330, 46), (420, 105), (648, 105)],
    }.get(look.n, [(170, 32), (330, 36), (420, 90), (648, 86)])
    top, rim = profile[0]
    foot = profile[-1][1]
    pen.shadow(400, 655, foot + 20)
    pen.path(turned_form(profile, sharp=look.n == 2), look.main, light="round")
    pen.rect(400 - rim - 6, top - 40, rim * 2 + 12, 70, look.second, r=10, light="round")
    if look.n == 4:
        pen.line(
            f"M{400 - rim} {top + 50}L{400 - rim - 26} {top - 10}L{400 + rim + 8} {top - 24}",
            "#bcc4c9",
            7,
        )
    half = foot * 0.76
    pen.rect(400 - half, 460, half * 2, 140, "#fbf5e6", r=6)
    _motif(pen, look.form, 400, 516, look.third, 34)
    pen.line(f"M{400 - half * 0.6} 580h{half * 1.2}", "#40352c", 6)


@thing("tin")
def tin(pen: Pen, look: Look) -> None:
    """n: 1 a tall caddy, 2 a flat sardine tin, 3 a round tin, 4 a stack of two."""
    if look.n == 2:
        pen.shadow(400, 655, 250)
        for y, shade in ((560, dark(look.main, 0.12)), (470, look.main)):
            pen.rect(
                150, y, 500, 92, shade, r=40, light="under", pattern=look.pattern, ink=look.second
            )
        pen.path(
            "M160 470Q170 400 260 400H540Q630 400 640 470Q640 500 600 506H200Q160 500 160 470Z",
            look.second,
            light="under",
        )
        _motif(pen, look.form, 400, 450, look.third, 36)
        pen.line("M560 430a24 24 0 1 0 48 0a24 24 0 1 0 -48 0", "#bcc4c9", 9)
        return
    places = [(648, 150, 320)] if look.n == 1 else [(648, 190, 210)]
    if look.n == 4:
        places = [(648, 160, 190), (454, 160, 190)]
    pen.shadow(400, 655, places[0][1] + 10)
    for i, (foot, half, high) in enumerate(places):
        shade = look.main if i == 0 else look.second
        pen.path(
            turned_form([(foot - high, half), (foot, half)], sharp=True),
            shade,
            light="round",
            pattern=look.pattern,
            ink=look.third,
        )
        pen.rect(400 - half * 0.66, foot - high * 0.76, half * 1.32, high * 0.56, "#fbf5e6", r=10)
        _motif(pen, look.form, 400, foot - high * 0.48, look.third, min(48, high * 0.2))
        pen.rect(
            400 - half - 6,
            foot - high - 30,
            half * 2 + 12,
            48,
            dark(shade, 0.18),
            r=12,
            light="round",
        )
        pen.oval(400, foot - high - 28, half + 4, 14, pale(shade, 0.2))


@thing("bar", flat=True)
def bar(pen: Pen, look: Look) -> None:
    """Chocolate, soap or biscuits in paper; form: "chocolate", "biscuit", "nougat" or "soap"."""
    with pen.turned(-12):
        if look.form == "biscuit":
            pen.rect(
                160,
                220,
                480,
                360,
                look.main,
                r=18,
                drop=True,
                light="slant",
                pattern=look.pattern,
                ink=look.second,
            )
            pen.disc(400, 400, 130, look.second)
            for r, shade in ((104, "#d9a766"), (80, "#c9944f")):
                pen.path(star(400, 400, r, r * 0.9, 18), shade)
            for x, y in ((370, 380), (430, 390), (400, 430)):
                pen.disc(x, y, 9, "#5a3a2a")
            return
        if look.form == "nougat":
            for x, y in ((190, 210), (420, 250), (240, 430), (470, 470)):
                pen.rect(
                    x,
                    y,
                    180,
                    140,
                    "#f7ecd8",
                    r=14,
                    drop=True,
                    light="slant",
                    pattern="terrazzo",
                    ink=look.third,
                    scale=0.6,
                )
                pen.rect(x, y, 60, 140, look.main, r=10)
            return
        pen.rect(220, 120, 360, 560, "#5a3a2a", r=10, drop=True)
        if look.form == "chocolate":
            for col in range(3):
                for row in range(2):
                    pen.rect(
                        236 + col * 112, 136 + row * 88, 104, 80, "#6d4733", r=8, light="slant"
                    )
            pen.path(
                "M210 310L240 296L280 312L330 294L380 314L430 296L480 312L530 298L590 310V690H210Z",
                "#e9d9a8",
            )
        pen.path("M206 350H594V700H206Z" if look.form == "chocolate" else "M206 110H594V690H206Z", look.main, light="slant",
                 pattern=look.pattern, ink=look.third)  # fmt: skip
        pen.rect(270, 430, 260, 170, look.second, r=8)
        ink = "#40352c" if is_light(look.second) else "#fbf8f0"
        pen.line("M310 480H490", ink, 14)
        pen.line("M340 520H460", ink, 8)
        pen.path(star(400, 562, 22, 10, 8), look.third)
