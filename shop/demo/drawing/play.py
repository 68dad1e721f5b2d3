"""Animals, games, and what is soft."""

from __future__ import annotations

from shop.demo.drawing.outlines import polygon, smooth, star
from shop.demo.drawing.palette import dark, mix, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing
from shop.demo.drawing.toys import wheel


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
            wheel(pen, x, 606, 44, c, b)
    elif look.form == "elephant":
        pen.path("M160 600V400C160 260 540 260 560 360C660 340 690 440 670 560L640 600Q620 600 624 560Q630 470 580 480V600H480"
                 "V520H280V600Z", a, light="under")  # fmt: skip
        pen.path("M420 340Q520 300 520 420T430 500Q380 420 420 340Z", dark(a, 0.14))
        pen.disc(570, 410, 12, "#292b2f")
        pen.path("M220 292Q340 250 440 294L420 400Q320 430 230 400Z", b, pattern="dots", ink=c)
        for x in (220, 530):
            wheel(pen, x, 608, 42, c, b)
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
