"""Cups, glasses, plates: what stands on a laid table."""

from __future__ import annotations

from shop.demo.drawing.outlines import num, turned_form
from shop.demo.drawing.palette import dark, mix, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing

_CUPS = {
    "straight": [(250, 150), (640, 150)],
    "round": [(280, 150), (400, 185), (540, 185), (640, 120)],
    "tall": [(200, 125), (640, 140)],
    "taper": [(260, 175), (450, 155), (640, 105)],
    "waist": [(230, 140), (380, 118), (520, 140), (640, 150)],
    "low": [(400, 200), (520, 185), (640, 120)],
}


def _handle(pen: Pen, look: Look, x: float, top: float, foot: float, reach: float) -> None:
    mid = (top + foot) / 2
    d = f"M{num(x)} {num(top)}C{num(x + reach)} {num(top - 10)} {num(x + reach)} {num(foot + 10)} "
    d += f"{num(x - 10)} {num(foot)}"
    pen.line(d, dark(look.main, 0.14), 36)
    pen.line(f"M{num(x + 8)} {num(top)}Q{num(x + reach * 0.66)} {num(top)} "
             f"{num(x + reach * 0.7)} {num(mid)}", pale(look.main, 0.18), 8, opacity=0.7)  # fmt: skip


@thing("mug")
def mug(pen: Pen, look: Look) -> None:
    profile = _CUPS[look.form or "straight"]
    top, rim = profile[0]
    foot, base = profile[-1]
    side = profile[1][1] if len(profile) > 2 else rim
    pen.shadow(400, foot + base * 0.08, base + 50)
    _handle(pen, look, 400 + min(rim, side) - 14, top + (foot - top) * 0.2,
            top + (foot - top) * 0.74, 130)  # fmt: skip
    outline = turned_form(profile)
    pen.path(outline, look.main, light="round", pattern=look.pattern, ink=look.second)
    if look.n == 2:  # dipped in a second glaze
        with pen.clipped(outline):
            line = top + (foot - top) * 0.62
            pen.path(
                f"M100 {num(line)}Q250 {num(line + 34)} 400 {num(line)}T700 {num(line)}V760H100Z",
                look.second,
                opacity=0.92,
            )
        pen.path(outline, "", light="round")
    pen.oval(400, top, rim, rim * 0.17, pale(look.main, 0.25))
    pen.oval(400, top + 4, rim - 13, rim * 0.17 - 8, dark(look.main, 0.3))
    pen.oval(400, top + 12, rim - 24, rim * 0.17 - 14, look.third if look.n == 4 else "#4a2f22")


@thing("cup")
def cup(pen: Pen, look: Look) -> None:
    """A small cup on its saucer."""
    pen.shadow(400, 652, 235)
    pen.oval(400, 630, 250, 46, dark(look.second, 0.12))
    pen.oval(400, 618, 250, 46, look.second, light="slant")
    pen.oval(400, 614, 150, 26, dark(look.second, 0.14))
    wide = {"round": 140, "taper": 165, "tall": 115}.get(look.form, 140)
    top = {"round": 410, "taper": 430, "tall": 350}.get(look.form, 410)
    _handle(pen, look, 400 + wide - 18, top + 45, top + 135, 90)
    outline = turned_form([(top, wide), (top + (612 - top) * 0.55, wide * 0.92), (612, wide * 0.5)])
    pen.path(outline, look.main, light="round", pattern=look.pattern, ink=look.third)
    pen.oval(400, top, wide, wide * 0.18, pale(look.main, 0.3))
    pen.oval(400, top + 5, wide - 11, wide * 0.18 - 7, "#513322")
    pen.oval(380, top + 8, wide * 0.4, wide * 0.08, "#b98b5f", opacity=0.8)


@thing("teapot")
def teapot(pen: Pen, look: Look) -> None:
    tall = look.form == "tall"
    top, wide = (270, 150) if tall else (350, 205)
    pen.shadow(400, 655, wide + 30)
    pen.line(f"M{400 - wide + 30} 520C{400 - wide - 70} 520 {400 - wide - 50} {top + 60} "
             f"{400 - wide - 110} {top + 20}", dark(look.main, 0.1), 46)  # fmt: skip
    if look.form == "bail":
        pen.line(f"M{420 - wide} {top + 30}C{420 - wide} 110 {380 + wide} 110 {380 + wide} {top + 30}",
                 look.second, 20)  # fmt: skip
    else:
        pen.line(f"M{400 + wide - 40} {top + 60}C{400 + wide + 130} {top + 20} "
                 f"{400 + wide + 100} 590 {400 + wide - 40} 580", look.second, 30)  # fmt: skip
    body = turned_form([(top, wide * 0.62), (top + 110, wide), (540, wide), (645, wide * 0.55)])
    pen.path(body, look.main, light="round", pattern=look.pattern, ink=look.second)
    lid = turned_form([(top - 42, 30), (top - 30, wide * 0.4), (top + 4, wide * 0.64)])
    pen.path(lid, mix(look.main, "#ffffff", 0.12), light="round")
    pen.disc(400, top - 56, 24, look.second, light="ball")


@thing("bowl")
def bowl(pen: Pen, look: Look) -> None:
    """One bowl, or a nest of up to three (n)."""
    count = 1 if look.form in ("wide", "deep", "foot") else max(1, min(look.n, 3))
    wide, depth = {"wide": (275, 130), "deep": (205, 215), "foot": (235, 170)}.get(
        look.form, (240, 165)
    )
    colours = [look.main, look.second, look.third]
    pen.shadow(400, 655, wide * 0.62)
    for i in reversed(range(count)):
        top = 645 - depth - i * 62
        half = wide - i * 14
        if look.form == "foot":
            pen.path(turned_form([(600, 90), (650, 120)], sharp=True), dark(look.main, 0.1))
        outline = turned_form(
            [(top, half), (top + depth * 0.5, half * 0.86), (top + depth, half * 0.42)]
        )
        pen.path(outline, colours[i], light="round", pattern=look.pattern if i == 0 else "",
                 ink=look.second)  # fmt: skip
        pen.oval(400, top, half, half * 0.16, pale(colours[i], 0.28))
        pen.oval(400, top + 5, half - 14, half * 0.16 - 8, dark(colours[i], 0.2))


@thing("plate", flat=True)
def plate(pen: Pen, look: Look) -> None:
    """From above; the form is what is painted on it."""
    outer = 285
    pen.disc(400, 400, outer, look.main, drop=True, light="slant")
    pen.disc(400, 400, outer - 10, look.main, pattern=look.pattern, ink=look.second)
    if look.form == "rim":
        pen.disc(400, 400, outer - 4, look.second, light="slant")
        pen.disc(400, 400, outer - 40, look.main)
    pen.disc(400, 400, 196, dark(look.main, 0.07))
    pen.disc(404, 405, 190, look.main, light="slant")
    if look.form == "sun":
        pen.disc(400, 400, 90, look.second)
    elif look.form == "halves":
        pen.path("M210 400A190 190 0 0 0 590 400Q500 360 400 400T210 400Z", look.second)
    elif look.form == "ring":
        for r in (160, 128, 96):
            pen.line(
                f"M{400 - r} 400a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0", look.second, 9
            )
    elif look.form == "fish":
        pen.path("M270 410Q380 300 500 400L560 350V470L500 420Q380 510 270 410Z", look.second)
        pen.disc(320, 398, 9, look.main)
    elif look.form == "sprig":
        pen.line("M330 500Q390 410 470 310", look.second, 7)
        for x, y, turn in ((360, 450, -20), (400, 400, 20), (435, 355, -15)):
            pen.oval(x + turn, y - 22, 34, 13, look.second)
            pen.oval(x + 34, y + 24, 34, 13, look.second)


_GLASSES = {
    "tumbler": [(290, 135), (640, 112)],
    "beaker": [(340, 150), (640, 150)],
    "highball": [(190, 105), (640, 95)],
    "barrel": [(310, 120), (470, 150), (640, 115)],
}


@thing("glass")
def glass(pen: Pen, look: Look) -> None:
    profile = _GLASSES[look.form or "tumbler"]
    top, rim = profile[0]
    for x, size in ((-135, 0.8), (105, 1.0)):
        with pen.turned(x=400, y=640, move=(x, 0), size=size):
            outline = turned_form(profile)
            pen.path(outline, look.main, opacity=0.55)
            pen.path(turned_form([(top + (640 - top) * 0.4, profile[-1][1] + 6), (632, profile[-1][1] - 10)]),
                     look.second, opacity=0.6)  # fmt: skip
            pen.path(
                outline, look.main, light="round", opacity=0.2, pattern=look.pattern, ink="#ffffff"
            )
            pen.oval(400, top, rim, rim * 0.15, "#ffffff", opacity=0.65)
            pen.oval(
                400, top + 2, rim - 8, rim * 0.15 - 5, mix(look.main, "#48606a", 0.25), opacity=0.6
            )
            pen.line(
                f"M{400 - rim + 26} {top + 60}L{400 - rim + 34} {top + 190}",
                "#ffffff",
                9,
                opacity=0.7,
            )
    pen.shadow(280, 648, 110)
    pen.shadow(505, 655, 130)


@thing("goblet")
def goblet(pen: Pen, look: Look) -> None:
    """A stemmed glass: "tulip", "coupe" or "flute"."""
    bowl_form = {
        "coupe": [(270, 170), (330, 150), (390, 20)],
        "flute": [(140, 70), (330, 75), (420, 18)],
    }.get(look.form, [(180, 110), (300, 135), (420, 22)])
    top, rim = bowl_form[0]
    pen.shadow(400, 656, 120)
    pen.oval(400, 646, 118, 20, look.main, light="slant")
    pen.path(
        turned_form([(bowl_form[-1][0] - 4, 13), (560, 8), (646, 26)]), look.third, light="round"
    )
    outline = turned_form(bowl_form)
    pen.path(outline, look.main, opacity=0.6)
    with pen.clipped(outline):
        pen.rect(200, top + 66, 400, 300, look.second, opacity=0.75)
        pen.oval(400, top + 66, rim + 22, 16, pale(look.second, 0.3), opacity=0.8)
    pen.path(outline, look.main, light="round", opacity=0.15)
    pen.oval(400, top, rim, rim * 0.14, "#ffffff", opacity=0.6)


@thing("jug")
def jug(pen: Pen, look: Look) -> None:
    form = {
        "tall": [(210, 95), (300, 85), (480, 150), (645, 115)],
        "milk": [(360, 95), (430, 88), (540, 135), (645, 100)],
        "carafe": [(190, 80), (330, 52), (500, 150), (645, 140)],
    }.get(look.form, [(270, 120), (370, 110), (520, 175), (645, 130)])
    top, rim = form[0]
    clear = look.form == "carafe"
    pen.shadow(400, 656, form[-1][1] + 30)
    if not clear:
        _handle(pen, look, 400 + rim - 14, top + 40, top + (645 - top) * 0.66, 150)
    outline = turned_form(form)
    pen.path(outline, look.main, opacity=0.6 if clear else 1)
    if clear:
        pen.path(turned_form([(470, 135), (560, 158), (636, 128)]), look.second, opacity=0.7)
    pen.path(outline, look.main, light="round", opacity=0.15 if clear else 1,
             pattern=look.pattern, ink=look.second)  # fmt: skip
    if not clear:
        pen.path(f"M{400 - rim} {top}L{400 - rim - 46} {top - 16}Q{400 - rim - 10} {top + 50} "
                 f"{400 - rim + 8} {top + 66}Z", look.main)  # fmt: skip
    pen.oval(400, top, rim, rim * 0.18, pale(look.main, 0.3))
    pen.oval(400, top + 4, rim - 11, rim * 0.18 - 7, dark(look.main, 0.3))
