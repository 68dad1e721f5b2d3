"""What keeps a desk in order."""

from __future__ import annotations

from shop.demo.drawing.outlines import polygon, star, turned_form
from shop.demo.drawing.palette import dark, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


@thing("pot-of-pens")
def pot_of_pens(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 140)
    for x, top, turn, shade in (
        (350, 190, -8, look.second),
        (400, 150, 1, look.third),
        (450, 220, 9, "#caa97f"),
    ):
        with pen.turned(turn, x, 500):
            pen.rect(x - 18, top, 36, 340, shade, r=10, light="round")
            pen.path(polygon((x - 18, top + 6), (x + 18, top + 6), (x, top - 50)), "#e8c99a")
            pen.path(polygon((x - 6, top - 32), (x + 6, top - 32), (x, top - 50)), "#40352c")
    d = (
        turned_form([(400, 118), (648, 112)])
        if look.form != "square"
        else polygon((280, 400), (520, 400), (520, 648), (280, 648))
    )
    pen.path(d, look.main, light="round", pattern=look.pattern, ink=look.second)
    pen.rect(276, 390, 248, 20, pale(look.main, 0.25), r=10)


@thing("tray", flat=True)
def tray(pen: Pen, look: Look) -> None:
    """A tray with compartments: "valet", "letter" (stacked), or a plain one with handles."""
    if look.form == "letter":
        for i in range(3):
            y = 220 + i * 150
            pen.path(
                polygon((200, y), (600, y), (680, y + 110), (120, y + 110)),
                dark(look.main, 0.18),
                drop=True,
            )
            pen.path(polygon((230, y + 8), (570, y + 8), (630, y + 86), (170, y + 86)), "#fbf8f0")
            pen.rect(120, y + 100, 560, 40, look.main, r=8, light="under")
        return
    if look.form == "valet":
        pen.rect(150, 220, 500, 360, look.main, r=40, drop=True, light="slant")
        pen.rect(180, 250, 230, 300, dark(look.main, 0.16), r=26)
        pen.rect(430, 250, 190, 140, dark(look.main, 0.16), r=26)
        pen.rect(430, 410, 190, 140, dark(look.main, 0.16), r=26)
        pen.line("M230 500L330 310", look.second, 22)
        pen.disc(525, 320, 42, look.third, light="ball")
        pen.path(star(525, 480, 44, 26, 9), look.second)
        return
    pen.rect(
        110,
        210,
        580,
        380,
        look.main,
        r=60,
        drop=True,
        light="slant",
        pattern=look.pattern,
        ink=look.second,
    )
    pen.rect(140, 240, 520, 320, pale(look.main, 0.12), r=44, pattern=look.pattern, ink=look.second)
    for x in (122, 640):
        pen.rect(x, 340, 38, 120, dark(look.main, 0.4), r=18)


@thing("calendar")
def calendar(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 220)
    pen.path(polygon((220, 230), (580, 230), (640, 650), (160, 650)), look.second)
    pen.path(polygon((220, 230), (580, 230), (606, 610), (194, 610)), "#fbf8f0")
    pen.path(
        polygon((220, 230), (580, 230), (590, 370), (210, 370)),
        look.main,
        pattern=look.pattern,
        ink=look.third,
    )
    for row in range(4):
        for col in range(7):
            shade = look.main if (row, col) == (1, 3) else "#d9d2c4"
            pen.disc(238 + col * 54, 420 + row * 50, 15, shade)
    for x in range(260, 560, 46):
        pen.line(f"M{x} 246V206", look.third, 9)


@thing("hourglass")
def hourglass(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 160)
    glass = "M300 230H500Q500 380 416 430Q500 480 500 630H300Q300 480 384 430Q300 380 300 230Z"
    pen.path(glass, "#d5e6e6", opacity=0.8)
    pen.path(
        "M326 320H474Q460 390 404 424V540Q490 560 490 630H310Q310 560 396 540V424Q340 390 326 320Z",
        look.second,
    )
    pen.path(glass, "#d5e6e6", light="round", opacity=0.2)
    for y in (190, 620):
        pen.rect(260, y, 280, 36, look.main, r=10, light="under")
    for x in (276, 510):
        pen.rect(x, 210, 14, 420, look.main, light="round")


@thing("pinboard", flat=True)
def pinboard(pen: Pen, look: Look) -> None:
    pen.rect(110, 170, 580, 460, look.second, r=8, drop=True, light="slant")
    pen.rect(136, 196, 528, 408, look.main, pattern="speckle", ink=dark(look.main, 0.4))
    for x, y, w, h, turn, shade in ((190, 240, 150, 190, -5, "#fbf8f0"), (380, 250, 220, 140, 4, look.third),
                                    (430, 430, 140, 130, -4, "#f3da90"), (220, 460, 130, 100, 6, "#b9d8c6")):  # fmt: skip
        with pen.turned(turn, x, y):
            pen.rect(x, y, w, h, shade, drop=True)
            pen.disc(x + w / 2, y + 18, 13, "#d84d36", light="ball")


@thing("bookend")
def bookend(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 250)
    x = 290
    for wide, tall, shade in (
        (46, 260, look.third),
        (60, 300, "#e8dfcd"),
        (40, 240, look.second),
        (56, 280, "#9db08e"),
    ):
        pen.rect(x, 648 - tall, wide, tall, shade, light="side")
        pen.rect(x, 648 - tall + 40, wide, 12, "#fbf8f0", opacity=0.7)
        x += wide + 4
    shapes = {"arch": "M110 648V500a85 85 0 0 1 170 0V648Z", "ball": "M110 648V600H280V648Z"}
    d = shapes.get(look.form, "M110 648L280 400V648Z")
    pen.path(d, look.main, light="side", pattern=look.pattern, ink=look.second)
    if look.form == "ball":
        pen.disc(196, 522, 84, look.main, light="ball")
    pen.path(f"M{x} 648V{400 if look.form != 'ball' else 600}L{x + 160} 648Z" if look.form != "arch"
             else f"M{x} 648V500a85 85 0 0 1 170 0V648Z", look.main, light="side")  # fmt: skip


@thing("box")
def box(pen: Pen, look: Look) -> None:
    """A box with a lid and a label; n=2 stacks a smaller one on top."""
    pen.shadow(400, 655, 240)
    rows = [(180, 440, 440, 210, look.main)]
    if look.n == 2:
        rows.append((240, 270, 320, 130, look.second))
    for x, y, w, h, shade in rows:
        pen.rect(x, y, w, h, shade, r=6, light="side", pattern=look.pattern, ink=look.third)
        pen.rect(x - 14, y - 34, w + 28, 70, dark(shade, 0.12), r=8, light="under")
        pen.rect(x + w / 2 - 60, y + h * 0.42, 120, 60, "#fbf8f0", r=4)
        pen.line(f"M{x + w / 2 - 36} {y + h * 0.42 + 30}h72", look.third, 6)
