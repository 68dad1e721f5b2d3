"""Toys of wood: blocks, vehicles, towers."""

from __future__ import annotations

from shop.demo.drawing.outlines import polygon, star, turned_form
from shop.demo.drawing.palette import dark, mix, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


@thing("blocks")
def blocks(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 280)
    a, b, c = look.main, look.second, look.third
    if look.form == "arches":
        for r, shade in ((250, a), (200, b), (150, c), (100, pale(a)), (50, dark(b, 0.1))):
            pen.path(
                f"M{400 - r} 648V{640 - r * 0.4}a{r} {r} 0 0 1 {2 * r} 0V648Z", shade, light="side"
            )
        pen.path("M382 648v-28a18 18 0 0 1 36 0v28Z", "#efe6d8")
        return
    if look.form == "castle":
        for x, y, w, h, s in (
            (160, 420, 110, 228, a),
            (530, 420, 110, 228, a),
            (270, 500, 260, 148, b),
            (340, 400, 120, 100, c),
        ):
            pen.rect(x, y, w, h, s, light="side", pattern="upgrain", ink=dark(s, 0.3))
        pen.path("M350 648V590a50 50 0 0 1 100 0V648Z", "#40352c")
        for x, y in ((215, 420), (585, 420), (400, 400)):
            pen.path(
                polygon((x - 70, y), (x + 70, y), (x, y - 110)), c if x != 400 else a, light="side"
            )
        return
    for x, y, s in ((150, 520, a), (284, 520, b), (418, 520, c), (552, 520, pale(a)), (216, 390, c), (352, 390, pale(b)),
                    (486, 390, a), (300, 260, b)):  # fmt: skip
        pen.rect(x, y, 126, 128, s, r=10, light="side")
        shape = (x // 7) % 3
        if shape == 0:
            pen.disc(x + 63, y + 64, 30, "#fbf8f0")
        elif shape == 1:
            pen.path(star(x + 63, y + 64, 38, 17, 5), "#fbf8f0")
        else:
            pen.path(polygon((x + 63, y + 28), (x + 98, y + 92), (x + 28, y + 92)), "#fbf8f0")
    pen.path(polygon((440, 388), (560, 388), (500, 280)), c, light="side")


def wheel(pen: Pen, x: float, y: float, r: float, shade: str, hub: str) -> None:
    pen.disc(x, y, r, shade, light="ball")
    pen.disc(x, y, r * 0.34, hub)


@thing("vehicle")
def vehicle(pen: Pen, look: Look) -> None:
    """ "train", "car", "truck", "boat", "plane" or "tractor"."""
    a, b, c = look.main, look.second, look.third
    pen.shadow(400, 655, 280)
    if look.form == "boat":
        pen.path(polygon((390, 130), (390, 470), (200, 470)), "#fbf8f0", light="side")
        pen.path(polygon((412, 180), (412, 470), (560, 470)), b, light="side")
        pen.rect(392, 110, 18, 400, c)
        pen.path(
            "M130 500H670Q640 648 540 648H260Q160 648 130 500Z",
            a,
            light="under",
            pattern="grain",
            ink=dark(a, 0.3),
        )
    elif look.form == "plane":
        pen.path(
            "M130 440Q130 400 200 400H540Q680 410 680 470T540 540H260Q150 540 130 440Z",
            a,
            light="under",
        )
        pen.path("M130 440L110 300L190 320L230 410Z", b)
        pen.path("M280 470H520L470 530H330Z", b, light="under")
        pen.rect(672, 360, 18, 220, c, r=9)
        pen.disc(690, 470, 22, dark(c))
        for x in (320, 400, 480):
            pen.disc(x, 440, 18, "#fbf8f0")
        wheel(pen, 360, 612, 40, c, b)
        pen.line("M360 600V530", c, 12)
    elif look.form == "train":
        pen.rect(110, 460, 220, 130, b, r=14, light="side")
        pen.rect(370, 440, 250, 150, a, r=30, light="under")
        pen.rect(370, 310, 120, 280, a, r=12, light="side")
        pen.rect(350, 284, 160, 36, b, r=10)
        pen.rect(396, 350, 68, 72, "#fbf8f0", r=8)
        pen.path(polygon((556, 330), (624, 330), (606, 444), (574, 444)), c, light="round")
        pen.line("M330 560H370", "#40352c", 12)
        for x, r in ((160, 46), (280, 46), (410, 46), (510, 46), (596, 46)):
            wheel(pen, x, 604, r, c, b)
        for x in (150, 220, 290):
            pen.disc(x, 440, 34, pale(c), light="ball")
    elif look.form in ("truck", "tractor"):
        if look.form == "tractor":
            pen.rect(330, 420, 290, 130, a, r=24, light="under")
            pen.path("M230 270H420V520H230Z", a, light="side")
            pen.rect(260, 306, 130, 110, "#fbf8f0", r=10)
            pen.rect(540, 320, 22, 110, "#40352c")
            wheel(pen, 300, 540, 112, c, b)
            wheel(pen, 580, 580, 70, c, b)
            pen.rect(210, 250, 230, 30, b, r=12)
            return
        pen.path(polygon((120, 340), (480, 340), (460, 540), (140, 540)), b, light="side")
        for x in (200, 290, 380):
            pen.disc(x, 336, 48, pale(c), light="ball")
        pen.rect(480, 380, 180, 160, a, r=26, light="under")
        pen.rect(540, 410, 90, 66, "#fbf8f0", r=12)
        pen.rect(110, 530, 560, 40, dark(a, 0.2), r=10)
        for x in (220, 350, 580):
            wheel(pen, x, 592, 58, c, b)
    else:
        pen.path(
            "M110 560Q110 460 210 450L290 350Q320 330 420 330T560 440Q690 450 690 560Z",
            a,
            light="under",
        )
        pen.path("M300 440L340 380H410V440ZM430 380H470Q510 390 530 440H430Z", "#fbf8f0")
        pen.rect(110, 540, 580, 40, dark(a, 0.2), r=18)
        wheel(pen, 240, 590, 62, c, b)
        wheel(pen, 560, 590, 62, c, b)
        if look.n == 2:
            pen.disc(650, 500, 20, b)
            pen.rect(110, 490, 580, 16, b)


@thing("stacker")
def stacker(pen: Pen, look: Look) -> None:
    """ "rings", "top", "skittles" or "abacus"."""
    shades = [
        look.main,
        look.second,
        look.third,
        pale(look.main),
        mix(look.second, look.third, 0.5),
    ]
    pen.shadow(400, 655, 220)
    if look.form == "top":
        pen.rect(386, 210, 28, 170, look.second, r=12, light="round")
        pen.path(
            turned_form([(370, 40), (420, 240), (480, 210), (640, 14)]),
            look.main,
            light="round",
            pattern="stripes",
            ink=look.third,
        )
        return
    if look.form == "skittles":
        for i, x in enumerate((180, 290, 400, 510, 620)):
            y = 0 if i % 2 else -30
            with pen.turned(move=(x - 400, y)):
                pen.path(
                    turned_form([(300, 20), (350, 42), (410, 22), (540, 54), (660, 40)]),
                    shades[i],
                    light="round",
                )
                pen.rect(374, 392, 52, 14, "#fbf8f0")
        pen.disc(330, 620, 46, look.third, light="ball")
        return
    if look.form == "abacus":
        for x in (160, 610):
            pen.rect(x, 180, 34, 470, "#dfbd91", r=12, light="side")
        for row in range(5):
            y = 240 + row * 84
            pen.line(f"M180 {y}H620", "#a8a399", 9)
            for i in range(8):
                x = 216 + i * 44 + (54 if i >= 3 + row else 0)
                pen.oval(x, y, 20, 34, shades[row])
        pen.rect(140, 620, 524, 34, "#c89d67", r=14, light="under")
        return
    for i in range(5):
        half, y = 200 - i * 30, 590 - i * 82
        pen.rect(400 - half, y, half * 2, 80, shades[i], r=40, light="under")
    pen.disc(400, 210, 48, look.main, light="ball")
