"""Books, notebooks and paper; each cover is a small poster."""

from __future__ import annotations

from shop.demo.drawing.outlines import leaf, polygon, smooth, star
from shop.demo.drawing.palette import dark, is_light, mix, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


def _cover(pen: Pen, look: Look) -> None:
    """The picture on a cover of 220..580 by 130..670 (clipped by the caller)."""
    a, b, c = look.main, look.second, look.third
    kind = look.form
    if kind == "hills":
        pen.disc(480, 370, 70, b)
        pen.path(smooth([(200, 560), (320, 470), (450, 540), (600, 450)]) + "V700H200Z", c)
        pen.path(
            smooth([(200, 620), (350, 560), (480, 610), (600, 560)]) + "V700H200Z", dark(c, 0.3)
        )
    elif kind == "moon":
        pen.disc(400, 470, 120, b)
        pen.disc(450, 440, 104, a)
        for x, y in ((300, 360), (520, 340), (340, 600), (530, 580)):
            pen.path(star(x, y, 18, 6, 4), c)
    elif kind == "sea":
        for i, y in enumerate((430, 480, 530, 580, 630)):
            pen.path(f"M200 {y}q45 -40 90 0t90 0t90 0t90 0t90 0V700H200Z", mix(b, c, i / 4))
        pen.path("M360 430L400 330L440 430Z", "#fbf8f0")
    elif kind == "fish":
        for y, flip in ((400, 1), (490, -1), (580, 1)):
            x = 400
            pen.path(f"M{x - 100 * flip} {y}Q{x} {y - 60} {x + 70 * flip} {y}L{x + 120 * flip} {y - 34}V{y + 34}L{x + 70 * flip} {y}"
                     f"Q{x} {y + 60} {x - 100 * flip} {y}Z", b if y != 490 else c)  # fmt: skip
            pen.disc(x - 64 * flip, y - 8, 7, a)
    elif kind == "tree":
        pen.rect(390, 480, 22, 150, c)
        for x, y, r in ((400, 420, 90), (340, 470, 60), (460, 470, 60)):
            pen.disc(x, y, r, b)
        pen.line("M250 630H550", c, 8)
    elif kind == "leaf":
        pen.line("M400 650V360", c, 8)
        for i in range(4):
            for angle in (-35, 215):
                pen.path(leaf(400, 620 - i * 66, 116, angle, 0.34), b)
        pen.path(leaf(400, 370, 90, -90, 0.34), b)
    elif kind == "house":
        pen.path(polygon((300, 460), (400, 370), (500, 460)), c)
        pen.rect(316, 460, 168, 150, b)
        pen.rect(380, 530, 40, 80, a)
        for x in (340, 440):
            pen.rect(x, 484, 26, 30, "#ffe9b0")
        pen.line("M240 610H560", c, 8)
    elif kind == "bird":
        pen.path(
            "M290 520Q300 400 420 400Q450 350 500 380L540 400L500 414Q500 560 380 560L300 620L330 540Z",
            b,
        )
        pen.path("M340 500Q400 440 450 500Q400 540 340 500Z", c)
        pen.disc(480, 394, 7, a)
        pen.line("M400 560V620M430 552V620M340 622H520", c, 7)
    elif kind == "loaf":
        pen.path("M280 560Q250 420 400 410T520 560Q520 590 490 590H310Q280 590 280 560Z", b)
        for x in (340, 400, 460):
            pen.line(f"M{x - 24} 500q24 -34 40 -50", c, 9)
    elif kind == "pot":
        pen.rect(300, 470, 200, 130, b, r=20)
        pen.line("M290 490H260M510 490H540M300 458H500", c, 16)
        for x in (350, 400, 450):
            pen.line(f"M{x} 420q-20 -30 0 -50t0 -50", c, 8)
    elif kind == "map":
        pen.path(
            smooth(
                [
                    (270, 420),
                    (360, 380),
                    (440, 430),
                    (530, 400),
                    (520, 540),
                    (430, 610),
                    (330, 560),
                ],
                closed=True,
            ),
            b,
        )
        pen.line("M300 440Q380 500 420 470T500 560", c, 7, dash="16 10")
        pen.path(star(500, 560, 22, 9, 5), c)
    elif kind == "rings":
        for r in (130, 96, 62, 28):
            pen.disc(400, 490, r, b if r in (130, 62) else c)
    elif kind == "steps":
        for i in range(5):
            pen.rect(240 + i * 64, 610 - i * 52, 64, 60 + i * 52, mix(b, c, i / 4))
    elif kind == "chairs":
        for x in (310, 440):
            pen.line(f"M{x} 380V610M{x + 60} 500V610M{x} 500H{x + 64}", b if x == 310 else c, 14)
    elif kind == "boat":
        pen.path("M290 560H520L480 620H330Z", c)
        pen.path(polygon((400, 360), (400, 540), (300, 540)), b)
        pen.path(polygon((416, 390), (416, 540), (490, 540)), "#fbf8f0")
    elif kind == "window":
        pen.rect(300, 370, 200, 240, c)
        pen.rect(318, 388, 164, 204, b)
        pen.line("M400 388V592M318 490H482", c, 12)
        pen.disc(440, 440, 26, "#fbf8f0")
    elif kind == "stars":
        for i in range(9):
            x, y = 270 + (i % 3) * 130, 390 + (i // 3) * 100
            pen.path(star(x, y, 34 - (i % 2) * 12, 10, 4 + i % 3), b if i % 2 else c)


@thing("book", flat=True)
def book(pen: Pen, look: Look) -> None:
    """A book with a cover; n=2: a second, other copy behind it."""
    with pen.turned(pen.random.choice([-7, -4, 4, 6])):
        pen.rect(226, 122, 364, 552, "#f6efe0", r=4, drop=True)
        pen.rect(218, 116, 364, 552, look.main, r=6)
        with pen.clipped("M218 116H582V668H218Z"):
            _cover(pen, look)
        ink = dark(look.main, 0.75) if is_light(look.main) else "#fbf8f0"
        title = pen.random.choice([150, 180, 210])
        pen.rect(400 - title / 2, 186, title, 26, ink, r=4)
        pen.rect(400 - title * 0.34, 228, title * 0.68, 20, ink, r=4)
        pen.rect(350, 278, 100, 9, ink, r=4, opacity=0.6)
        pen.rect(218, 116, 26, 552, "#16121d", opacity=0.14)
        pen.rect(218, 116, 364, 552, "", r=6, light="slant")


@thing("notebook", flat=True)
def notebook(pen: Pen, look: Look) -> None:
    """ "band", "ring", "stitched", "label" or "set" (three, fanned)."""
    if look.form == "set":
        for turn, shade in ((-14, look.third), (0, look.second), (14, look.main)):
            with pen.turned(turn, 400, 700):
                pen.rect(270, 170, 280, 430, shade, r=14, drop=True, light="slant")
                pen.rect(330, 260, 160, 76, "#fbf8f0", r=6)
        return
    with pen.turned(-6):
        pen.rect(232, 128, 370, 560, "#f6efe0", r=14, drop=True)
        pen.rect(
            224,
            120,
            370,
            560,
            look.main,
            r=16,
            light="slant",
            pattern=look.pattern,
            ink=look.second,
        )
        if look.form == "ring":
            for y in range(150, 670, 40):
                pen.line(f"M206 {y}h46", look.third, 10)
        elif look.form == "stitched":
            pen.rect(224, 120, 80, 560, look.second, r=10)
            pen.line("M290 140V664", "#fbf8f0", 5, dash="22 16")
        elif look.form == "label":
            pen.rect(300, 220, 220, 130, "#fbf8f0", r=8)
            pen.line("M330 264H490M330 304H450", look.third, 7)
            pen.path(
                "M224 560V664Q224 680 240 680H330ZM594 240V136Q594 120 578 120H488Z", look.second
            )
        else:
            pen.rect(520, 116, 22, 568, look.second)
            pen.line("M440 680V730", look.third, 14)


@thing("cards", flat=True)
def cards(pen: Pen, look: Look) -> None:
    """Cards and envelopes; the form is the picture on the card."""
    with pen.turned(9, 460, 440):
        pen.rect(230, 330, 430, 300, look.second, r=8, drop=True, light="slant")
        pen.line("M234 336L445 500L656 336", dark(look.second, 0.22), 6)
    with pen.turned(-7, 360, 360):
        pen.rect(170, 130, 330, 440, "#fbf8f0", r=6, drop=True)
        pen.rect(196, 156, 278, 388, look.main)
        with (
            pen.turned(x=400, y=480, move=(-65, -120), size=0.8),
            pen.clipped("M226 240H574V725H226Z"),
        ):
            _cover(pen, look)


@thing("wrap", flat=True)
def wrap(pen: Pen, look: Look) -> None:
    """Rolls of wrapping paper."""
    for x, shade, pattern in (
        (190, look.main, look.pattern or "petals"),
        (340, look.second, "dots"),
        (490, look.third, "check"),
    ):
        with pen.turned(16):
            pen.rect(
                x,
                100,
                110,
                600,
                shade,
                r=6,
                drop=True,
                light="round",
                pattern=pattern,
                ink="#fbf8f0",
            )
            pen.oval(x + 55, 100, 55, 16, pale(shade))
            pen.oval(x + 55, 100, 24, 7, "#caa97f")
            pen.rect(x - 3, 380, 116, 30, "#fbf8f0")


@thing("pad", flat=True)
def pad(pen: Pen, look: Look) -> None:
    """A planner, a sketch pad, a letter pad."""
    pen.rect(210, 110, 380, 580, "#fbf8f0", r=8, drop=True)
    pen.rect(210, 110, 380, 110, look.main, r=8, pattern=look.pattern, ink=look.second)
    if look.form == "week":
        for i in range(7):
            y = 250 + i * 60
            pen.disc(248, y + 20, 14, look.second if i % 2 else look.third)
            pen.line(f"M284 {y + 20}H{520 - (i * 37) % 110}", "#d9d2c4", 8)
    elif look.form == "sketch":
        pen.path(leaf(310, 620, 320, -62, 0.26), look.second)
        pen.line("M310 620L460 340", look.third, 5)
        pen.path(leaf(350, 560, 150, -10, 0.3), pale(look.second))
    else:
        for y in range(270, 660, 46):
            pen.line(f"M246 {y}H554", "#d9d2c4", 5)
        pen.path(star(400, 165, 34, 15, 8), look.third)
