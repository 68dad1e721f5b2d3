"""Shoes, hats, scarves, socks."""

from __future__ import annotations

from shop.demo.drawing.palette import dark
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


@thing("shoe")
def shoe(pen: Pen, look: Look) -> None:
    """A pair: "sneaker", "boot", "sandal", "slipper", "clog" or "wellie"."""

    def one(shade: str) -> None:
        if look.form in ("boot", "wellie"):
            high = 260 if look.form == "wellie" else 330
            pen.path(
                f"M250 {high}H410V500Q560 520 590 570Q600 620 580 626H250Z", shade, light="side"
            )
            pen.rect(242, 612, 356, 36, look.third, r=12)
            pen.rect(244, high - 6, 172, 36, look.second, r=10)
            if look.form == "boot":
                for y in range(390, 520, 34):
                    pen.line(f"M380 {y}L440 {y + 14}", look.second, 9)
        elif look.form == "sandal":
            pen.rect(170, 612, 450, 36, look.third, r=18)
            pen.rect(176, 596, 438, 22, look.second, r=11)
            pen.path("M430 600Q480 500 560 600ZM200 600Q230 430 300 600Z", shade, light="under")
            pen.line("M216 520Q290 500 330 600", shade, 22)
        elif look.form == "slipper":
            pen.path("M180 620Q180 520 260 530Q330 560 400 530Q560 510 610 600Q616 630 590 640H200Q180 640 180 620Z", shade,
                     light="under", pattern=look.pattern, ink=look.second)  # fmt: skip
            pen.path("M200 545Q300 590 410 532Q330 500 270 520Z", look.second)
            pen.rect(180, 626, 430, 22, look.third, r=11)
        elif look.form == "clog":
            pen.path("M180 600Q190 500 300 510L420 480Q590 490 620 590Z", shade, light="under")
            pen.path(
                "M170 596H624Q640 640 560 648H470L440 630H300V648H180Z", look.second, light="side"
            )
            pen.line("M300 516Q330 560 420 488", look.third, 14)
        else:
            pen.path(
                "M170 600Q160 470 230 450Q300 500 370 440L470 520Q610 530 620 600Z",
                shade,
                light="under",
            )
            pen.path("M160 596H626Q640 648 590 648H190Q150 648 160 596Z", look.third, light="under")
            for i in range(4):
                pen.line(
                    f"M{350 + i * 30} {470 + i * 16}L{392 + i * 30} {444 + i * 20}", "#fbf8f0", 9
                )
            pen.path("M230 452Q250 520 230 600H172Q162 480 230 452Z", look.second)

    pen.shadow(380, 656, 270)
    with pen.turned(x=400, y=648, move=(60, -36), size=0.9):
        one(dark(look.main, 0.18))
    with pen.turned(x=400, y=648, move=(-50, 0)):
        one(look.main)


@thing("hat")
def hat(pen: Pen, look: Look) -> None:
    """ "beanie", "cap", "brim", "beret" or "bucket"."""
    pen.shadow(400, 652, 250)
    if look.form == "cap":
        pen.path("M210 560C210 360 330 330 400 330S590 360 590 560Z", look.main, light="round")
        pen.path(
            "M540 540Q700 530 744 606Q600 572 400 584Q460 548 540 540Z", look.second, light="under"
        )
        pen.line(
            "M400 332V560M300 350Q270 450 280 560M500 350Q530 450 520 560", dark(look.main, 0.25), 4
        )
        pen.disc(400, 326, 16, look.second, light="ball")
        pen.rect(208, 548, 384, 34, dark(look.main, 0.15), r=12)
    elif look.form == "brim":
        pen.oval(400, 590, 320, 58, dark(look.main, 0.14))
        pen.oval(400, 580, 320, 56, look.main, light="slant", pattern=look.pattern, ink=look.third)
        pen.path("M230 576C230 380 290 330 350 340Q400 370 450 340C510 330 570 380 570 576Q400 620 230 576Z", look.main,
                 light="round", pattern=look.pattern, ink=look.third)  # fmt: skip
        pen.path("M230 530Q400 580 570 530V576Q400 620 230 576Z", look.second)
    elif look.form == "beret":
        pen.path("M150 530C140 360 420 310 560 380C700 450 680 560 560 580Q400 610 240 600Q160 590 150 530Z", look.main,
                 light="under", pattern=look.pattern, ink=look.second)  # fmt: skip
        pen.line("M400 350Q396 310 416 290", look.main, 18)
        pen.path("M230 590Q400 630 570 580V610Q400 660 240 620Z", look.second)
    elif look.form == "bucket":
        pen.path(
            "M270 360H530L570 520H230Z",
            look.main,
            light="round",
            pattern=look.pattern,
            ink=look.third,
        )
        pen.path(
            "M230 516H570L670 640Q400 690 130 640Z",
            dark(look.main, 0.1),
            light="round",
            pattern=look.pattern,
            ink=look.third,
        )
        pen.line("M230 516H570", look.second, 12)
    else:
        pen.path("M200 560C190 300 320 280 400 280S610 300 600 560Z", look.main, light="round",
                 pattern=look.pattern or "knit", ink=look.second if look.pattern else dark(look.main, 0.5))  # fmt: skip
        pen.rect(
            180,
            510,
            440,
            130,
            dark(look.main, 0.1),
            r=30,
            light="under",
            pattern="rib",
            ink="#292b2f",
        )
        if look.n == 2:
            pen.disc(400, 262, 62, look.second, light="ball")


@thing("scarf", flat=True)
def scarf(pen: Pen, look: Look) -> None:
    if look.form == "bandana":
        pen.path("M130 230Q400 190 670 230L420 650Q400 680 380 650Z", look.main, drop=True, light="slant",
                 pattern=look.pattern, ink=look.second)  # fmt: skip
        pen.line("M160 250Q400 214 640 250L406 632Z", look.second, 7)
        return
    for x in range(432, 556, 18):
        pen.line(f"M{x} 640v50", look.second, 7)
    for x in range(262, 372, 18):
        pen.line(f"M{x} 560v50", look.second, 7)
    pen.path(
        "M420 240H560V650H424Z",
        look.main,
        drop=True,
        light="slant",
        pattern=look.pattern,
        ink=look.second,
    )
    pen.path(
        "M250 260H380V570H250Z",
        dark(look.main, 0.12),
        drop=True,
        pattern=look.pattern,
        ink=look.second,
    )
    pen.path("M240 270C220 90 580 90 566 290Q560 350 500 330Q400 290 300 340Q250 350 240 270Z", look.main, drop=True,
             light="under", pattern=look.pattern, ink=look.second)  # fmt: skip
    pen.path("M310 230Q400 150 490 230Q400 262 310 230Z", dark(look.main, 0.45))


@thing("socks", flat=True)
def socks(pen: Pen, look: Look) -> None:
    d = "M300 120H440V430Q440 480 490 510L590 566Q630 600 600 650Q570 680 510 660L340 590Q300 560 300 500Z"
    for move, turn in ((60, -10), (-70, 4)):
        with pen.turned(turn, 400, 400, move=(move, 0)):
            pen.path(d, look.main, drop=True, light="slant", pattern=look.pattern, ink=look.second)
            with pen.clipped(d):
                pen.rect(280, 110, 180, 76, look.second, pattern="rib", ink="#292b2f")
                pen.disc(606, 640, 76, look.third)
                pen.disc(296, 566, 66, look.third)


@thing("belt", flat=True)
def belt(pen: Pen, look: Look) -> None:
    pen.oval(400, 420, 270, 220, dark(look.main, 0.35), drop=True)
    pen.oval(400, 420, 236, 186, "#efe6d8")
    pen.line("M130 420a270 220 0 0 0 540 0", look.main, 64, cap="butt")
    pen.rect(330, 590, 140, 110, look.second, r=18, drop=True, light="slant")
    pen.rect(354, 614, 92, 62, look.main, r=6)
    pen.line("M354 645H440", look.second, 10)
    for x in (240, 280, 520, 560):
        pen.disc(x, 634 if 270 < x < 530 else 612, 7, dark(look.main, 0.6))
