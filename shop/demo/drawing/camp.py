"""What one sleeps in, cooks on and sees by, out of doors."""

from __future__ import annotations

from shop.demo.drawing.outlines import polygon, star, turned_form
from shop.demo.drawing.palette import dark, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


@thing("tent")
def tent(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 320, 24)
    if look.form == "tunnel":
        pen.path(
            "M90 648C90 300 280 280 400 280H560C660 300 710 480 720 648Z", look.main, light="under"
        )
        pen.path("M90 648C90 300 280 280 300 280C400 330 420 500 420 648Z", look.second)
        pen.path(
            "M180 648C180 470 240 420 260 420C310 440 330 560 330 648Z", dark(look.second, 0.5)
        )
        pen.line("M420 648C420 500 400 330 300 280M560 280C620 340 640 520 640 648", look.third, 7)
    elif look.form == "tarp":
        pen.line("M150 648V300M650 648V260", look.third, 14)
        pen.path("M70 380L150 290Q400 360 650 250L740 360Q400 460 70 380Z", look.main, light="under",
                 pattern=look.pattern, ink=look.second)  # fmt: skip
        pen.line("M70 380L30 648M740 360L780 648", look.third, 4)
        pen.rect(300, 560, 200, 20, look.second)
        pen.line("M330 580V648M470 580V648", look.third, 12)
    else:
        pen.path(polygon((400, 220), (720, 648), (80, 648)), look.main, light="side")
        pen.path(polygon((400, 220), (520, 648), (280, 648)), dark(look.main, 0.55))
        pen.path(polygon((400, 220), (280, 648), (210, 648)), look.second)
        pen.path(polygon((400, 220), (520, 648), (590, 648)), look.second)
        pen.line("M400 220L376 180M400 220L424 180", look.third, 10)
        pen.line("M80 648L30 654M720 648L770 654", look.third, 5)


@thing("bedroll")
def bedroll(pen: Pen, look: Look) -> None:
    """A sleeping bag or mat, rolled."""
    pen.shadow(400, 655, 260)
    pen.path(
        "M200 430H600Q680 430 680 540T600 650H200Z",
        look.main,
        light="under",
        pattern=look.pattern,
        ink=look.second,
    )
    pen.oval(200, 540, 76, 110, pale(look.main, 0.12))
    pen.line("M200 540C230 540 230 500 200 500S150 540 160 580S240 610 250 540", look.second, 12)
    for x in (350, 520):
        pen.path(f"M{x} 430h32Q{x + 70} 540 {x + 32} 650h-32Q{x + 38} 540 {x} 430Z", look.third)
    if look.form == "bag":
        pen.line("M360 430C360 350 560 350 550 430", look.third, 16)


@thing("lantern")
def lantern(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 140)
    pen.line("M300 330C300 130 500 130 500 330", look.second, 10)
    pen.path(turned_form([(250, 40), (300, 110), (330, 116)], sharp=True), look.main, light="round")
    pen.rect(296, 330, 208, 200, "#ffe9b0", light="round")
    pen.disc(400, 440, 60, "#fffaf0", opacity=0.8)
    pen.path("M400 380q34 50 0 84q-34 -34 0 -84Z", "#f6b73c")
    for x in (300, 398, 494):
        pen.line(f"M{x} 330V530", look.main, 8)
    pen.path(turned_form([(530, 116), (580, 130), (648, 130)]), look.main, light="round")
    pen.disc(400, 590, 18, look.second, light="ball")


@thing("stove")
def stove(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 200)
    pen.path(turned_form([(520, 100), (648, 130)]), look.main, light="round")
    pen.line("M230 440H570M260 440L340 540M540 440L460 540", look.third, 16)
    pen.path("M340 500q20 -60 60 -20q40 -40 60 20Z", "#6fa8dc", opacity=0.8)
    pen.path(turned_form([(270, 140), (430, 130)], sharp=True), look.second, light="round")
    pen.oval(400, 270, 146, 22, pale(look.second, 0.3))
    pen.line("M536 310H650", look.third, 18)


@thing("compass", flat=True)
def compass(pen: Pen, look: Look) -> None:
    pen.disc(400, 160, 50, look.main, drop=True, light="ball")
    pen.disc(400, 160, 28, "#efe6d8")
    pen.disc(400, 440, 260, look.main, drop=True, light="slant")
    pen.disc(400, 440, 214, "#fbf8f0")
    for i in range(24):
        with pen.turned(i * 15, 400, 440):
            pen.line(f"M400 244v{30 if i % 6 == 0 else 14}", look.third, 7 if i % 6 == 0 else 4)
    with pen.turned(34, 400, 440):
        pen.path(polygon((400, 270), (430, 440), (370, 440)), look.second)
        pen.path(polygon((400, 610), (430, 440), (370, 440)), "#c9cfcf")
    pen.disc(400, 440, 16, look.third)


@thing("pocketknife", flat=True)
def pocketknife(pen: Pen, look: Look) -> None:
    with pen.turned(-28):
        pen.path("M330 380L70 380Q90 330 200 326H330Z", look.third, drop=True, light="under")
        pen.line("M170 350H290", dark(look.third, 0.3), 5)
        pen.path("M300 330H660Q720 340 720 390T660 440H300Z", look.main, drop=True, light="under", pattern="grain",
                 ink=dark(look.main, 0.4))  # fmt: skip
        for x in (340, 520, 680):
            pen.disc(x, 386, 13, look.second, light="ball")


@thing("hammock")
def hammock(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 200, 14)
    pen.rect(70, 60, 46, 590, "#7f5739", light="round")
    pen.rect(684, 60, 46, 590, "#7f5739", light="round")
    pen.line("M100 220L200 360M100 220L180 410M700 220L600 360M700 220L620 410", look.third, 6)
    pen.path("M190 350Q400 600 610 350L630 410Q400 700 170 410Z", look.main, light="under", pattern=look.pattern,
             ink=look.second)  # fmt: skip
    pen.line("M170 410Q400 700 630 410", look.second, 10)


@thing("map", flat=True)
def folded_map(pen: Pen, look: Look) -> None:
    with pen.turned(-6):
        for i in range(4):
            x = 120 + i * 140
            dy = 20 if i % 2 else 0
            d = polygon((x, 190 + dy), (x + 140, 210 - dy), (x + 140, 610 - dy), (x, 590 + dy))
            pen.path(d, look.main if i % 2 == 0 else dark(look.main, 0.07), drop=i == 0)
        pen.path("M120 470Q250 400 330 470T520 500T680 430V590H120Z", look.second, opacity=0.75)
        pen.line("M150 260Q260 330 330 280T520 340T650 260", look.third, 9, dash="22 14")
        pen.path(star(560, 300, 34, 15, 5), look.third)
        pen.disc(190, 280, 18, look.third)
