"""Clothing, laid out flat."""

from __future__ import annotations

from shop.demo.drawing.palette import dark, pale
from shop.demo.drawing.pen import Look, Pen, polygon
from shop.demo.drawing.registry import thing


@thing("top", flat=True)
def top(pen: Pen, look: Look) -> None:
    """ "tee", "jumper", "rollneck", "cardigan", "shirt", "vest", "hoodie" or "jacket"."""
    long = look.form not in ("tee", "vest", "")
    knit = look.form in ("jumper", "rollneck", "cardigan", "vest")
    sleeve = dark(look.main, 0.1)
    texture = look.pattern or ("knit" if knit else "")
    ink = look.second if look.pattern else dark(look.main, 0.55)
    if look.form != "vest":
        foot = 620 if long else 400
        spread = 130 if long else 150
        for flip in (False, True):
            x = lambda v, f=flip: 800 - v if f else v
            d = polygon(
                (x(300), 170),
                (x(235), 215),
                (x(spread), foot - 20),
                (x(spread + 86), foot + 10),
                (x(290), 340),
            )
            pen.path(d, sleeve, drop=True, pattern=texture, ink=ink)
            if knit:
                cuff = polygon(
                    (x(spread), foot - 20),
                    (x(spread + 86), foot + 10),
                    (x(spread + 76), foot + 50),
                    (x(spread - 12), foot + 18),
                )
                pen.path(cuff, look.second if look.form == "vest" else dark(look.main, 0.22))
    body = (
        "M300 165Q400 210 500 165L566 215Q540 300 540 400V650Q400 668 260 650V400Q260 300 234 215Z"
    )
    if look.form == "vest":
        body = "M310 170L400 330L490 170L540 190Q520 290 550 360V650Q400 668 250 650V360Q280 290 260 190Z"
    pen.path(body, look.main, drop=True, light="slant", pattern=texture, ink=ink)
    if knit:
        pen.rect(258, 612, 284, 48, dark(look.main, 0.18), r=8, pattern="rib", ink="#292b2f")
    if look.form == "rollneck":
        pen.rect(325, 110, 150, 86, dark(look.main, 0.12), r=26, pattern="rib", ink="#292b2f")
    elif look.form in ("cardigan", "shirt", "jacket"):
        pen.line("M400 210V652", dark(look.main, 0.3), 6)
        pen.path("M330 172L400 330L470 172Q400 206 330 172Z" if look.form == "cardigan" else "M340 168Q400 200 460 168L400 214Z",
                 dark(look.main, 0.42))  # fmt: skip
        for y in range(360 if look.form == "cardigan" else 260, 640, 70):
            pen.disc(414 if look.form != "jacket" else 424, y, 10, look.third)
        if look.form != "cardigan":
            for side in (-1, 1):
                pen.path(polygon((400, 212), (400 + side * 62, 160), (400 + side * 96, 196), (400 + side * 44, 262)),
                         pale(look.main, 0.12))  # fmt: skip
        if look.form == "jacket":
            for x in (280, 440):
                pen.rect(x, 470, 84, 96, dark(look.main, 0.14), r=8)
                pen.rect(x, 470, 84, 26, dark(look.main, 0.24), r=6)
    elif look.form == "hoodie":
        pen.path("M300 168C290 70 510 70 500 168Q400 260 300 168Z", dark(look.main, 0.2))
        pen.path("M336 168Q400 110 464 168Q400 216 336 168Z", dark(look.main, 0.5))
        pen.line("M370 196V300M430 196V286", look.second, 8)
        pen.path("M300 490H500L530 600H270Z", dark(look.main, 0.12))
    elif look.form != "vest":
        pen.path("M332 172Q400 250 468 172Q400 206 332 172Z", dark(look.main, 0.4))
        pen.line(
            "M332 172Q400 250 468 172",
            look.second if look.form == "tee" else dark(look.main, 0.2),
            12,
        )
    if look.form == "vest":
        pen.line("M310 170L400 330L490 170", look.second, 16)
    if look.n == 2:
        pen.rect(440, 310, 70, 80, dark(look.main, 0.14), r=6)


@thing("bottoms", flat=True)
def bottoms(pen: Pen, look: Look) -> None:
    """ "trousers", "wide", "shorts", "skirt" or "overalls"."""
    belt = dark(look.main, 0.15)
    if look.form == "skirt":
        pen.path(
            "M290 190H510L610 640Q400 690 190 640Z",
            look.main,
            drop=True,
            light="slant",
            pattern=look.pattern,
            ink=look.second,
        )
        for x in (330, 400, 470):
            pen.line(f"M{x} 230L{400 + (x - 400) * 1.9} 640", belt, 4)
    elif look.form == "overalls":
        pen.line("M320 230L290 90M480 230L510 90", look.main, 30)
        pen.path("M300 220H500L520 390L560 420L540 730H420L400 480L380 730H260L240 420L280 390Z", look.main, drop=True,
                 light="slant", pattern=look.pattern, ink=look.second)  # fmt: skip
        pen.rect(340, 270, 120, 90, belt, r=10)
        for x in (320, 480):
            pen.disc(x, 240, 14, look.third, light="ball")
        return
    elif look.form == "shorts":
        pen.path("M270 220H530L600 560L420 580L400 420L380 580L200 560Z", look.main, drop=True, light="slant",
                 pattern=look.pattern, ink=look.second)  # fmt: skip
        pen.line("M380 256V340M420 256V330", look.third, 8)
    else:
        foot = (190, 350, 450, 610) if look.form == "wide" else (260, 370, 430, 540)
        pen.path(f"M280 110H520L550 330L{foot[3]} 710H{foot[2]}L400 360L{foot[1]} 710H{foot[0]}L250 330Z", look.main,
                 drop=True, light="slant", pattern=look.pattern, ink=look.second)  # fmt: skip
        pen.line("M400 150V350", dark(look.main, 0.25), 5)
        pen.line("M296 160Q300 220 262 240M504 160Q500 220 538 240", dark(look.main, 0.25), 6)
    y, x, w = {"skirt": (176, 286, 228), "shorts": (200, 268, 264)}.get(look.form, (96, 278, 244))
    pen.rect(x, y, w, 40, belt, r=8)
    pen.disc(400, y + 20, 10, look.third)


@thing("dress", flat=True)
def dress(pen: Pen, look: Look) -> None:
    if look.form == "wrap":
        pen.path(
            "M300 140L210 300L270 330L310 260M500 140L590 300L530 330L490 260Z",
            dark(look.main, 0.1),
            drop=True,
        )
    d = "M310 130Q400 250 490 130L530 150Q500 260 500 350L600 690Q400 730 200 690L300 350Q300 260 270 150Z"
    if look.form == "shirt":
        d = "M300 120H500L600 280L540 320L520 290V690Q400 716 280 690V290L260 320L200 280Z"
    pen.path(d, look.main, drop=True, light="slant", pattern=look.pattern, ink=look.second)
    pen.rect(296, 346, 208, 30, look.third, r=8)
    if look.form == "shirt":
        pen.line("M400 130V690", dark(look.main, 0.25), 5)
        for y in range(180, 680, 74):
            pen.disc(400, y, 9, look.third)
    if look.form == "wrap":
        pen.line("M310 132L420 350M420 376Q470 520 520 700", dark(look.main, 0.28), 6)


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
