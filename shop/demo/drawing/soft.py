"""Textiles: what makes a room soft."""

from __future__ import annotations

from shop.demo.drawing.palette import dark, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


@thing("cushion")
def cushion(pen: Pen, look: Look) -> None:
    pen.shadow(400, 640, 250)
    if look.form == "bolster":
        pen.rect(
            120,
            430,
            560,
            210,
            look.main,
            r=100,
            light="under",
            pattern=look.pattern,
            ink=look.second,
        )
        pen.oval(640, 535, 40, 100, dark(look.main, 0.12))
        pen.disc(646, 535, 14, look.second)
        return
    if look.form == "round":
        pen.oval(400, 430, 240, 215, look.main, light="ball", pattern=look.pattern, ink=look.second)
        for i in range(12):
            with pen.turned(i * 30, 400, 430):
                pen.line("M400 410V240", dark(look.main, 0.2), 3, opacity=0.5)
        pen.disc(400, 430, 20, look.second, light="ball")
        return
    d = "M170 200Q400 240 630 200Q600 420 636 644Q400 606 164 644Q204 420 170 200Z"
    pen.path(d, look.main, light="slant", pattern=look.pattern, ink=look.second, scale=1.2)
    if look.form == "piped":
        pen.line(d, look.third, 9)
    if look.form == "tassel":
        for x, y in ((168, 198), (632, 198), (638, 646), (162, 646)):
            pen.disc(x, y, 20, look.third, light="ball")
    if look.form == "patch":
        pen.path("M400 226Q520 220 616 208Q604 320 606 420H400Z", look.second, opacity=0.95)
        pen.path("M190 420H400V622Q280 622 178 636Q196 520 190 420Z", look.third, opacity=0.95)


@thing("throw")
def throw(pen: Pen, look: Look) -> None:
    """A blanket, folded; n layers."""
    pen.shadow(400, 650, 270)
    layers = max(2, min(look.n, 4))
    for i in range(layers):
        y = 646 - (i + 1) * 78
        shade = look.main if i % 2 == 0 else dark(look.main, 0.07)
        d = f"M150 {y + 12}Q150 {y} 170 {y}H600Q660 {y} 660 {y + 39}T600 {y + 78}H170Q150 {y + 78} 150 {y + 66}Z"
        pen.path(d, shade, light="under", pattern=look.pattern, ink=look.second)
    top = 646 - layers * 78
    d = f"M230 {top}H470V590Q350 612 230 590Z"
    pen.path(d, pale(look.main, 0.1), light="side", pattern=look.pattern, ink=look.second)
    for x in range(236, 470, 16):
        pen.line(
            f"M{x} 594v{36 + (x % 3) * 5}", look.second if look.form == "fringe" else look.main, 5
        )


@thing("rug", flat=True)
def rug(pen: Pen, look: Look) -> None:
    if look.form == "round":
        pen.disc(400, 400, 300, look.main, drop=True)
        for i, r in enumerate(range(260, 30, -46)):
            pen.disc(400, 400, r, [look.second, look.third, look.main][i % 3])
        return
    with pen.turned(-8):
        if look.form != "bound":
            for x in (122, 678):
                pen.line(f"M{x} 134V668", pale(look.main, 0.3), 36, cap="butt", dash="5 11")
        pen.rect(140, 130, 520, 540, look.main, drop=True, light="slant")
        pen.rect(
            176,
            166,
            448,
            468,
            pale(look.main, 0.16),
            pattern=look.pattern,
            ink=look.second,
            scale=1.5,
        )
        pen.line("M176 166H624V634H176Z", look.third, 12, cap="butt")


@thing("towel")
def towel(pen: Pen, look: Look) -> None:
    """Hung over a rail: a tea towel, a bath towel, a runner."""
    pen.line("M120 190H680", look.third, 18)
    wide = {"runner": 110, "bath": 210}.get(look.form, 150)
    pen.path(f"M{420 - wide} 186H{440 + wide}V480H{420 - wide}Z", dark(look.main, 0.16))
    d = f"M{400 - wide} 184Q400 172 {400 + wide} 184V620Q400 640 {400 - wide} 620Z"
    pen.path(d, look.main, light="slant", pattern=look.pattern, ink=look.second, drop=True)
    if look.form == "bath":
        for y in (520, 548):
            pen.rect(400 - wide, y, wide * 2, 14, look.second)
    if look.form == "runner":
        for x in range(400 - wide + 6, 400 + wide, 15):
            pen.line(f"M{x} 626v34", look.second, 4)


@thing("apron")
def apron(pen: Pen, look: Look) -> None:
    pen.line("M320 240C300 60 500 60 480 240", look.second, 14)
    pen.line("M240 400L150 440M560 400L650 440", look.second, 12)
    d = "M316 220H484Q490 360 570 390V680Q400 700 230 680V390Q310 360 316 220Z"
    pen.path(d, look.main, drop=True, light="slant", pattern=look.pattern, ink=look.second)
    pen.path("M300 460H500V560Q400 610 300 560Z", dark(look.main, 0.12))
    pen.line("M300 470H500", look.second, 5, dash="12 9")
