"""Clothing, laid out flat."""

from __future__ import annotations

from shop.demo.drawing.outlines import polygon
from shop.demo.drawing.palette import dark, pale
from shop.demo.drawing.pen import Look, Pen
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

            def across(place: float, flip: bool = flip) -> float:
                return 800 - place if flip else place

            d = polygon(
                (across(300), 170),
                (across(235), 215),
                (across(spread), foot - 20),
                (across(spread + 86), foot + 10),
                (across(290), 340),
            )
            pen.path(d, sleeve, drop=True, pattern=texture, ink=ink)
            if knit:
                cuff = polygon(
                    (across(spread), foot - 20),
                    (across(spread + 86), foot + 10),
                    (across(spread + 76), foot + 50),
                    (across(spread - 12), foot + 18),
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
