"""Toys: wood, paint and paper."""

from __future__ import annotations

from shop.demo.drawing.palette import dark, mix, pale
from shop.demo.drawing.pen import Look, Pen, polygon, smooth, star, turned_form
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


def _wheel(pen: Pen, x: float, y: float, r: float, shade: str, hub: str) -> None:
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
        _wheel(pen, 360, 612, 40, c, b)
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
            _wheel(pen, x, 604, r, c, b)
        for x in (150, 220, 290):
            pen.disc(x, 440, 34, pale(c), light="ball")
    elif look.form in ("truck", "tractor"):
        if look.form == "tractor":
            pen.rect(330, 420, 290, 130, a, r=24, light="under")
            pen.path("M230 270H420V520H230Z", a, light="side")
            pen.rect(260, 306, 130, 110, "#fbf8f0", r=10)
            pen.rect(540, 320, 22, 110, "#40352c")
            _wheel(pen, 300, 540, 112, c, b)
            _wheel(pen, 580, 580, 70, c, b)
            pen.rect(210, 250, 230, 30, b, r=12)
            return
        pen.path(polygon((120, 340), (480, 340), (460, 540), (140, 540)), b, light="side")
        for x in (200, 290, 380):
            pen.disc(x, 336, 48, pale(c), light="ball")
        pen.rect(480, 380, 180, 160, a, r=26, light="under")
        pen.rect(540, 410, 90, 66, "#fbf8f0", r=12)
        pen.rect(110, 530, 560, 40, dark(a, 0.2), r=10)
        for x in (220, 350, 580):
            _wheel(pen, x, 592, 58, c, b)
    else:
        pen.path(
            "M110 560Q110 460 210 450L290 350Q320 330 420 330T560 440Q690 450 690 560Z",
            a,
            light="under",
        )
        pen.path("M300 440L340 380H410V440ZM430 380H470Q510 390 530 440H430Z", "#fbf8f0")
        pen.rect(110, 540, 580, 40, dark(a, 0.2), r=18)
        _wheel(pen, 240, 590, 62, c, b)
        _wheel(pen, 560, 590, 62, c, b)
        if look.n == 2:
            pen.disc(650, 500, 20, b)
            pen.rect(110, 490, 580, 16, b)


def _whale(pen: Pen, look: Look) -> None:
    a, b, c = look.main, look.second, look.third
    pen.path("M110 520C110 360 330 320 480 360Q600 390 650 330L620 230Q700 240 720 300L780 270Q770 380 690 400Q680 600 480 640"
             "Q120 660 110 520Z", a, light="under", pattern=look.pattern, ink=b)  # fmt: skip
    pen.path("M116 560Q300 520 480 600Q470 640 420 646Q130 650 116 560Z", b)
    pen.disc(220, 490, 13, "#292b2f")
    pen.line("M260 330Q260 260 220 250M270 330Q280 250 330 250", c, 11)


@thing("animal")
def animal(pen: Pen, look: Look) -> None:
    """On wheels or soft: "duck", "elephant", "bear", "rabbit", "fox", "whale", "hedgehog"."""
    a, b, c = look.main, look.second, look.third
    pen.shadow(400, 655, 230)
    if look.form == "duck":
        pen.path(smooth([(170, 470), (280, 540), (420, 420), (430, 290), (520, 240), (590, 310), (570, 400), (620, 500),
                         (540, 600), (300, 610)], closed=True), a, light="under")  # fmt: skip
        pen.path("M586 320L690 340L590 372Z", b)
        pen.disc(536, 306, 13, "#292b2f")
        pen.path("M300 500Q400 400 500 510Q420 580 300 500Z", dark(a, 0.12))
        for x in (320, 520):
            _wheel(pen, x, 606, 44, c, b)
    elif look.form == "elephant":
        pen.path("M160 600V400C160 260 540 260 560 360C660 340 690 440 670 560L640 600Q620 600 624 560Q630 470 580 480V600H480"
                 "V520H280V600Z", a, light="under")  # fmt: skip
        pen.path("M420 340Q520 300 520 420T430 500Q380 420 420 340Z", dark(a, 0.14))
        pen.disc(570, 410, 12, "#292b2f")
        pen.path("M220 292Q340 250 440 294L420 400Q320 430 230 400Z", b, pattern="dots", ink=c)
        for x in (220, 530):
            _wheel(pen, x, 608, 42, c, b)
    elif look.form == "whale":
        with pen.turned(x=400, y=650, size=0.88, move=(-20, 0)):
            _whale(pen, look)
    elif look.form == "fox":
        pen.path("M560 600Q760 560 700 380Q620 420 640 500Q610 560 540 560Z", a, light="under")
        pen.path("M690 470Q720 430 700 380Q650 410 640 460Z", "#fbf8f0")
        pen.path("M280 648Q260 430 400 420T540 648Z", a, light="side")
        pen.path("M340 648Q340 500 400 490T460 648Z", "#fbf8f0")
        pen.path(
            "M240 200L330 270Q400 250 470 270L560 200Q590 330 530 400L400 490L270 400Q210 330 240 200Z",
            a,
            light="under",
        )
        pen.path(
            "M240 350Q320 350 400 486L270 400Q250 380 240 350ZM560 350Q480 350 400 486L530 400Q550 380 560 350Z",
            "#fbf8f0",
        )
        for x in (330, 470):
            pen.disc(x, 350, 13, "#292b2f")
        pen.disc(400, 470, 22, "#292b2f")
    elif look.form == "hedgehog":
        pen.path(star(370, 470, 240, 204, 26), c)
        pen.path("M130 600Q130 300 380 270Q560 260 600 430L700 540Q720 600 640 610H180Z", dark(c, 0.1), light="under",
                 pattern="herring", ink=pale(c, 0.3))  # fmt: skip
        pen.path("M560 380Q610 430 700 540Q720 600 640 612H480Q460 440 560 380Z", a, light="under")
        pen.disc(706, 548, 18, "#292b2f")
        pen.disc(600, 490, 12, "#292b2f")
    else:
        ear = look.form == "rabbit"
        for side in (-1, 1):
            if ear:
                with pen.turned(side * 12, 400, 330):
                    pen.oval(400 + side * 66, 180, 40, 120, a, light="round")
                    pen.oval(400 + side * 66, 190, 20, 86, b)
            else:
                pen.disc(400 + side * 120, 230, 56, a, light="ball")
                pen.disc(400 + side * 120, 230, 28, b)
            pen.oval(400 + side * 140, 500, 44, 90, dark(a, 0.08), light="round")
            pen.oval(400 + side * 80, 620, 70, 40, dark(a, 0.08))
        pen.oval(400, 530, 150, 130, a, light="ball", pattern=look.pattern, ink=c)
        pen.oval(400, 320, 156, 138, a, light="ball")
        pen.oval(400, 372, 66, 48, pale(a, 0.5))
        pen.path("M378 350Q400 340 422 350Q416 376 400 378Q384 376 378 350Z", "#40352c")
        for x in (336, 464):
            pen.disc(x, 310, 13, "#292b2f")
        pen.path("M340 444Q400 480 460 444L470 476Q400 510 330 476Z", c)


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


@thing("puzzle", flat=True)
def puzzle(pen: Pen, look: Look) -> None:
    """ "jigsaw", "dominoes", "cards", "board" or "tangram"."""
    a, b, c = look.main, look.second, look.third
    if look.form == "dominoes":
        for i, (x, y, turn) in enumerate(
            ((190, 180, -12), (360, 260, 8), (520, 200, -4), (240, 470, 10), (470, 490, -8))
        ):
            with pen.turned(turn, x + 60, y + 110):
                pen.rect(x, y, 120, 230, "#fbf3e2", r=18, drop=True, light="slant")
                pen.line(f"M{x + 16} {y + 115}h88", "#5a3a2a", 5)
                pen.disc(x + 60, y + 60, 26, (a, b, c, a, b)[i])
                pen.path(star(x + 60, y + 172, 30, 14, 5), (b, c, a, c, a)[i])
    elif look.form == "cards":
        for i, turn in enumerate((-24, -8, 8, 24)):
            with pen.turned(turn, 400, 720):
                pen.rect(300, 200, 200, 300, "#fbf8f0", r=20, drop=True)
                pen.rect(
                    316,
                    216,
                    168,
                    268,
                    (a, b, c, a)[i],
                    r=12,
                    pattern=("petals", "stars", "leaves", "dots")[i],
                    ink="#fbf8f0",
                )
    elif look.form == "board":
        pen.rect(150, 150, 500, 500, a, r=20, drop=True, light="slant")
        pen.rect(180, 180, 440, 440, pale(a, 0.5), pattern="blocks", ink=b, scale=0.916)
        for x, y, s in ((260, 250, c), (430, 330, dark(b)), (340, 470, c), (540, 520, dark(b))):
            pen.disc(x, y, 32, s, drop=True, light="ball")
    elif look.form == "tangram":
        t = [(polygon((200, 200), (600, 200), (400, 400)), a), (polygon((200, 200), (400, 400), (200, 600)), b),
             (polygon((600, 200), (600, 400), (500, 300)), c), (polygon((500, 300), (600, 400), (500, 500), (400, 400)), pale(a)),
             (polygon((400, 400), (500, 500), (300, 500)), pale(b)), (polygon((200, 600), (300, 500), (500, 500), (400, 600)), dark(c)),
             (polygon((600, 400), (600, 600), (400, 600)), mix(b, c, 0.5))]  # fmt: skip
        pen.rect(170, 170, 460, 460, "#c89d67", r=18, drop=True)
        for d, shade in t:
            pen.path(d, shade, light="slant")
            pen.line(d, "#c89d67", 5)
    else:
        pen.rect(150, 190, 500, 420, a, r=14, drop=True)
        with pen.clipped("M150 190H650V610H150Z"):
            pen.disc(520, 300, 80, b)
            pen.path("M150 470Q300 360 420 460T650 430V610H150Z", c)
            pen.path("M150 540Q330 470 470 540T650 520V610H150Z", dark(c, 0.25))
        for x in (275, 400, 525):
            pen.line(f"M{x} 190v70q-30 30 0 60v90q30 30 0 60v140", dark(a, 0.4), 4, opacity=0.6)
        for y in (330, 470):
            pen.line(
                f"M150 {y}h90q30 -30 60 0h100q30 30 60 0h120q30 -30 60 0h10",
                dark(a, 0.4),
                4,
                opacity=0.6,
            )
        with pen.turned(18, 640, 640):
            pen.path("M580 590h40q20 -40 40 0h40v100h-120Z", b, drop=True, light="slant")


@thing("kite", flat=True)
def kite(pen: Pen, look: Look) -> None:
    with pen.turned(12):
        pen.line("M400 560C320 640 460 680 380 780", look.third, 7)
        for x, y in ((372, 620), (412, 680)):
            pen.path(polygon((x, y), (x - 34, y - 20), (x - 34, y + 20)), look.second)
            pen.path(polygon((x, y), (x + 34, y - 20), (x + 34, y + 20)), look.second)
        pen.path(polygon((400, 80), (600, 280), (400, 570), (200, 280)), look.main, drop=True)
        pen.path(polygon((400, 80), (600, 280), (400, 280)), look.second)
        pen.path(polygon((400, 280), (400, 570), (200, 280)), look.third)
        pen.line("M400 80V570M200 280H600", "#5a3a2a", 7)


@thing("mobile")
def mobile(pen: Pen, look: Look) -> None:
    pen.line("M400 -80V130M220 190Q400 120 580 190", "#7f5739", 8)
    for i, (x, y) in enumerate(((230, 420), (340, 540), (460, 460), (570, 360))):
        top = 170 if i in (1, 2) else 188
        pen.line(f"M{x} {top}V{y}", "#a8a399", 4)
        shade = (look.main, look.second, look.third, pale(look.main))[i]
        if look.form == "stars":
            pen.path(star(x, y, 70, 32, 5), shade, light="slant")
        elif look.form == "clouds" and i % 2 == 0:
            pen.path(
                f"M{x - 80} {y + 30}a34 34 0 0 1 10 -66a50 50 0 0 1 96 -6a36 36 0 0 1 44 72Z",
                shade,
                light="under",
            )
        else:
            pen.disc(x, y, 52, shade, light="ball")


@thing("onesie", flat=True)
def onesie(pen: Pen, look: Look) -> None:
    """ "onesie" or "bib"."""
    if look.form == "bib":
        pen.path("M280 130C200 200 250 330 230 420C210 600 320 680 400 680S590 600 570 420C550 330 600 200 520 130"
                 "Q560 330 400 330T280 130Z", look.main, drop=True, light="slant", pattern=look.pattern, ink=look.second)  # fmt: skip
        pen.disc(282, 150, 16, look.third)
        pen.disc(518, 150, 16, look.third)
        return
    pen.path("M300 150Q400 220 500 150L640 260L580 340L530 300V520L500 660H440Q430 590 400 590T360 660H300L270 520V300L220 340"
             "L160 260Z", look.main, drop=True, light="slant", pattern=look.pattern, ink=look.second)  # fmt: skip
    pen.line("M300 150Q400 220 500 150M300 656H360M440 656H500", look.second, 14)
    for x in (370, 400, 430):
        pen.disc(x, 580, 8, look.third)
