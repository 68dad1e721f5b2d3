"""Pots with what grows in them, seeds, bulbs."""

from __future__ import annotations

from shop.demo.drawing.outlines import leaf, polygon, star, turned_form
from shop.demo.drawing.palette import dark, mix, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing

_GREEN = "#5d7d4c"


def _plant(pen: Pen, kind: str, top: float, bloom: str) -> None:
    if kind == "cactus":
        pen.path(
            f"M340 {top}V{top - 190}a60 60 0 0 1 120 0V{top}Z",
            _GREEN,
            light="round",
            pattern="flute",
            ink="#22443b",
        )
        pen.line(f"M330 {top - 90}h-34v-60M470 {top - 120}h34v-50", _GREEN, 40)
        pen.path(star(400, top - 250, 36, 16, 6), bloom)
    elif kind == "snake":
        for x, tall, lean in ((350, 240, -8), (400, 320, 0), (448, 260, 8), (376, 280, -3)):
            with pen.turned(lean, x, top):
                pen.path(
                    leaf(x, top + 10, tall, -90, 0.22),
                    _GREEN,
                    pattern="zigzag",
                    ink="#9db08e",
                    scale=0.5,
                )
    elif kind == "fern":
        for angle in (-170, -150, -125, -90, -58, -32, -10):
            pen.path(
                leaf(400, top + 10, 230, angle, 0.2),
                mix(_GREEN, "#b9d8c6", 0.15 if angle % 4 else 0.3),
            )
    elif kind == "herb":
        for x, tall in ((330, 130), (380, 190), (430, 160), (478, 120)):
            pen.line(
                f"M{400 + (x - 400) * 0.4} {top + 6}Q{x} {top - tall * 0.4} {x} {top - tall}",
                _GREEN,
                7,
            )
            for i in range(3):
                y = top - tall + i * 42
                pen.path(leaf(x, y + 20, 54, -30, 0.4), mix(_GREEN, "#cfe0a8", 0.25))
                pen.path(leaf(x, y + 20, 54, 210, 0.4), _GREEN)
    elif kind == "tulips":
        for lean, rise in ((-110, 200), (-40, 260), (40, 230), (110, 190)):
            pen.line(
                f"M400 {top + 6}Q{400 + lean * 0.3} {top - 80} {400 + lean} {top - rise}", _GREEN, 9
            )
            pen.path(
                leaf(400 + lean * 0.3, top, 150, -90 + lean * 0.5, 0.18),
                mix(_GREEN, "#b9d8c6", 0.2),
            )
            x, y = 400 + lean, top - rise
            pen.path(f"M{x - 34} {y - 46}L{x - 14} {y - 24}L{x} {y - 52}L{x + 14} {y - 24}L{x + 34} {y - 46}Q{x + 42} {y + 30} {x} {y + 30}T{x - 34} {y - 46}Z",
                     bloom, light="round")  # fmt: skip
    else:
        for x, y, r in ((330, 90, 84), (470, 90, 84), (400, 150, 110), (400, 60, 90)):
            pen.disc(
                x,
                top - y,
                r,
                mix(_GREEN, "#22443b", 0.2 if r < 90 else 0),
                pattern="leaves",
                ink="#86a06d",
            )


@thing("planter")
def planter(pen: Pen, look: Look) -> None:
    """A pot; the form is what grows: cactus, snake, fern, herb, tulips, bush. n: 1 pot, 2 trough, 3 on legs."""
    pen.shadow(400, 655, 260 if look.n == 2 else 150)
    top = 470
    if look.n == 2:
        with pen.stamped([(-150, 0, 0.72), (0, 0, 0.78), (150, 0, 0.72)]):
            _plant(pen, look.form, top, look.second)
        pen.path(polygon((130, top), (670, top), (640, 648), (160, 648)), look.main, light="side",
                 pattern=look.pattern, ink=look.third)  # fmt: skip
        pen.rect(118, top - 12, 564, 34, pale(look.main, 0.16), r=8, light="under")
        return
    if look.n == 3:
        for x, foot in ((330, 290), (470, 510), (400, 400)):
            pen.line(f"M{x} 560L{foot} 648", look.third, 14)
        top = 400
    _plant(pen, look.form, top, look.second)
    foot = 580 if look.n == 3 else 648
    pen.path(
        turned_form([(top, 140), (foot, 104)]),
        look.main,
        light="round",
        pattern=look.pattern,
        ink=look.third,
    )
    pen.path(
        turned_form([(top - 14, 152), (top + 28, 150)], sharp=True),
        pale(look.main, 0.14),
        light="round",
    )


@thing("seeds", flat=True)
def seeds(pen: Pen, look: Look) -> None:
    """A packet of seeds; the form is the picture: flower, daisy, carrot, tomato, bean, poppy, leaf, sunflower."""
    with pen.turned(-5):
        pen.path("M220 120L240 106L260 120L280 106L300 120L320 106L340 120L360 106L380 120L400 106L420 120L440 106L460 120"
                 "L480 106L500 120L520 106L540 120L560 106L580 120V690H220Z", look.main, drop=True, light="slant")  # fmt: skip
        pen.rect(250, 160, 300, 90, "#fbf8f0", r=8)
        pen.line("M290 192H510", look.third, 14)
        pen.line("M330 224H470", look.second, 8)
        if look.form in ("carrot", "radish"):
            for x, turn in ((340, -12), (400, 0), (460, 12)):
                with pen.turned(turn, 400, 600):
                    for a in (-115, -90, -65):
                        pen.path(leaf(x, 410, 100, a, 0.22), _GREEN)
                    shape = f"M{x - 34} 410Q{x} 390 {x + 34} 410L{x + 6} 630Q{x} 640 {x - 6} 630Z"
                    if look.form == "radish":
                        shape = f"M{x} 400C{x + 70} 400 {x + 50} 510 {x + 6} 530L{x} 600L{x - 6} 530C{x - 50} 510 {x - 70} 400 {x} 400Z"
                    pen.path(shape, look.second, light="round")
        elif look.form in ("tomato", "bean"):
            pen.line("M400 300V600", _GREEN, 9)
            for i, (x, y) in enumerate(((340, 400), (466, 440), (350, 520), (450, 570))):
                pen.line(f"M400 {y - 50}L{x} {y}", _GREEN, 7)
                if look.form == "bean":
                    pen.line(f"M{x} {y}q{-26 if i % 2 else 26} 50 0 110", look.second, 24)
                else:
                    pen.disc(x, y + 24, 46, look.second, light="ball")
                    pen.path(star(x, y - 8, 26, 9, 5), _GREEN)
        elif look.form == "leaf":
            for a in (-150, -120, -90, -60, -30):
                pen.path(leaf(400, 620, 260, a, 0.34), look.second, light="slant")
                pen.path(leaf(400, 610, 200, a, 0.03), pale(look.second, 0.5))
        else:
            petals = {"daisy": 13, "sunflower": 20, "poppy": 4}.get(look.form, 7)
            for x, y, size in ((400, 390, 1.15), (320, 520, 0.8), (480, 540, 0.9)):
                pen.line(f"M{x} {y}Q{x} 600 400 680", _GREEN, 8)
                with pen.turned(x=x, y=y, size=size):
                    if look.form in ("daisy", "sunflower"):
                        pen.path(star(x, y, 96, 44, petals), look.second)
                    else:
                        for i in range(petals):
                            with pen.turned(i * 360 / petals, x, y):
                                pen.oval(x, y - 40, 62 if petals == 4 else 30, 36, look.second)
                    pen.disc(x, y, 34, look.third, light="ball")


@thing("bulbs")
def bulbs(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 200)
    pen.path("M250 300Q230 500 220 648H580Q570 500 550 300Q400 330 250 300Z", look.main, light="side",
             pattern="weave", ink=dark(look.main, 0.3))  # fmt: skip
    pen.path(
        "M250 300Q300 220 330 230T400 210T470 232T550 300Q400 330 250 300Z", dark(look.main, 0.12)
    )
    pen.line("M244 312Q400 344 556 312", look.third, 12)
    pen.rect(310, 400, 180, 170, "#fbf8f0", r=10)
    for i in range(6):
        with pen.turned(i * 60, 400, 470):
            pen.oval(400, 438, 15, 28, look.second)
    pen.disc(400, 470, 16, "#e5a832")
    for x in (150, 640, 610):
        y = 620 if x != 640 else 600
        pen.path(f"M{x} {y - 60}Q{x + 50} {y - 10} {x + 30} {y + 26}H{x - 30}Q{x - 50} {y - 10} {x} {y - 60}Z", "#a8744b",
                 light="round")  # fmt: skip
