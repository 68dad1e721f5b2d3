"""What stands on the stove and hangs beside it."""

from __future__ import annotations

from shop.demo.drawing.outlines import polygon, smooth, turned_form
from shop.demo.drawing.palette import dark, mix, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


@thing("casserole")
def casserole(pen: Pen, look: Look) -> None:
    top, wide = {"tall": (340, 190), "low": (500, 265), "oval": (450, 285)}.get(
        look.form, (420, 235)
    )
    pen.shadow(400, 655, wide + 20)
    for side in (-1, 1):
        x = 400 + side * wide
        pen.line(f"M{x} {top + 46}h{side * 52}v34h{-side * 52}", dark(look.main, 0.2), 22)
    outline = turned_form([(top, wide), (560, wide), (645, wide * 0.86)])
    pen.path(outline, look.main, light="round", pattern=look.pattern, ink=look.second)
    pen.path(turned_form([(top - 74, wide * 0.3), (top - 44, wide * 0.8), (top + 6, wide + 12)]),
             mix(look.main, "#ffffff", 0.1), light="round")  # fmt: skip
    pen.rect(382, top - 106, 36, 36, dark(look.second, 0.15))
    pen.rect(350, top - 124, 100, 30, look.second, r=15, light="under")


@thing("pan", flat=True)
def pan(pen: Pen, look: Look) -> None:
    """From above, the handle to the lower right. n=2: two pouring lips; form "square"."""
    with pen.turned(40):
        pen.rect(560, 374, 230, 52, look.second, r=26, drop=True, light="under")
        pen.disc(752, 400, 12, dark(look.second, 0.5))
        pen.rect(540, 382, 70, 36, dark(look.main, 0.3), r=8)
    if look.form == "square":
        pen.rect(130, 130, 460, 460, dark(look.main, 0.1), r=70, drop=True)
        pen.rect(160, 160, 400, 400, look.main, r=50, light="slant")
        for i in range(7):
            pen.line(f"M{200 + i * 53} 190V530", dark(look.main, 0.35), 12)
        return
    if look.n == 2:
        for angle in (-70, 110):
            with pen.turned(angle, 360, 360):
                pen.rect(310, 78, 100, 80, dark(look.main, 0.1), r=30)
    pen.disc(360, 360, 250, dark(look.main, 0.12), drop=True)
    pen.disc(360, 360, 228, look.main, light="slant")
    pen.disc(360, 360, 184, dark(look.main, 0.14), light="slant")
    if look.form == "wok":
        for r in (150, 105, 60):
            pen.line(f"M{360 - r} 360a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0",
                     pale(look.main, 0.14), 5)  # fmt: skip
    elif look.form == "egg":
        pen.path(smooth([(270, 330), (340, 260), (440, 290), (470, 380), (400, 450), (300, 440)],
                        closed=True), "#fffdf6")  # fmt: skip
        pen.disc(370, 360, 52, "#f0ad2d", light="ball")


@thing("saucepan")
def saucepan(pen: Pen, look: Look) -> None:
    pen.shadow(360, 655, 190)
    pen.rect(520, 470, 200, 34, look.second, r=17, light="under")
    pen.path(turned_form([(440, 180), (600, 180), (645, 165)], 350), look.main, light="round")
    pen.oval(350, 440, 180, 28, pale(look.main, 0.35))
    pen.oval(350, 444, 168, 21, dark(look.main, 0.35))
    pen.path("M170 440l-34 -8q14 34 40 40Z", look.main)
    if look.form == "lid":
        pen.path(turned_form([(385, 40), (412, 140), (444, 190)], 350), pale(look.main, 0.2),
                 light="round")  # fmt: skip
        pen.disc(350, 366, 24, look.second, light="ball")


@thing("kettle")
def kettle(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 215)
    if look.form == "goose":
        pen.line("M270 590C150 590 220 370 120 330", look.main, 26)
        body = [(380, 100), (480, 140), (645, 190)]
        pen.line("M520 400H650V590", look.second, 30)
    else:
        pen.path("M240 520L110 370L160 350L290 440Z", dark(look.main, 0.12))
        body = [(350, 90), (430, 170), (560, 215), (645, 200)]
        pen.line("M270 400C250 150 550 150 530 400", look.second, 30)
    pen.path(turned_form(body), look.main, light="round", pattern=look.pattern, ink=look.third)
    top, rim = body[0]
    pen.path(turned_form([(top - 26, 40), (top + 6, rim)]), pale(look.main, 0.2), light="round")
    pen.disc(400, top - 38, 22, look.third, light="ball")


@thing("moka")
def moka(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 150)
    pen.path("M500 300H620Q640 300 634 330L600 480H560L590 345H500Z", look.second)
    pen.path(polygon((290, 250), (510, 250), (470, 430), (330, 430)), look.main, light="round",
             pattern="facet", ink=dark(look.main))  # fmt: skip
    pen.path("M290 250l-46 -14l34 90Z", look.main)
    pen.rect(322, 430, 156, 34, dark(look.main, 0.25), light="round")
    pen.path(polygon((318, 464), (482, 464), (530, 650), (270, 650)), look.main, light="round",
             pattern="facet", ink=dark(look.main))  # fmt: skip
    pen.path(
        polygon((286, 250), (514, 250), (430, 200), (370, 200)), pale(look.main), light="round"
    )
    pen.rect(384, 156, 32, 48, look.second, r=8)


@thing("colander")
def colander(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 150)
    for side in (-1, 1):
        pen.line(f"M{400 + side * 240} 400h{side * 40}v50h{-side * 50}", look.second, 20)
    pen.path(turned_form([(600, 90), (648, 120)], sharp=True), dark(look.main))
    pen.path(turned_form([(400, 245), (520, 210), (620, 90)]), look.main, light="round",
             pattern="mesh", ink=dark(look.main, 0.55), scale=2)  # fmt: skip
    pen.oval(400, 400, 250, 36, pale(look.main, 0.3))
    pen.oval(400, 405, 234, 28, dark(look.main, 0.25))


@thing("mill")
def mill(pen: Pen, look: Look) -> None:
    """A pepper mill; with n=2 the salt beside it."""
    forms = {
        "tall": [(190, 34), (240, 66), (300, 40), (420, 74), (645, 88)],
        "pawn": [(270, 30), (340, 80), (400, 46), (520, 80), (645, 110)],
    }
    profile = forms.get(look.form, [(300, 80), (400, 88), (520, 82), (645, 92)])
    places = [(-105, look.main), (105, look.second)] if look.n == 2 else [(0, look.main)]
    for move, shade in places:
        pen.shadow(400 + move, 654, 96)
        with pen.turned(move=(move, 0)):
            pen.path(
                turned_form(profile),
                shade,
                light="round",
                pattern=look.pattern,
                ink=dark(shade, 0.4),
            )
            seam = profile[1][0] + 64
            pen.rect(300, seam, 0, 0, shade)
            pen.disc(400, profile[0][0] - 16, 20, look.third, light="ball")


@thing("tin-form")
def tin_form(pen: Pen, look: Look) -> None:
    """A baking tin: "loaf", "round" or "ring", with what came out of it."""
    pen.shadow(400, 655, 250)
    crust = look.second
    if look.form == "loaf":
        pen.path("M150 470Q150 330 260 340Q400 290 540 340Q650 330 650 470Z", crust, light="under")
        for x in (270, 400, 530):
            pen.line(f"M{x - 40} 380Q{x} 345 {x + 46} 372", pale(crust, 0.4), 12)
        pen.path(polygon((130, 460), (670, 460), (630, 650), (170, 650)), look.main, light="side")
        pen.rect(118, 446, 564, 26, pale(look.main, 0.2), r=13)
        return
    pen.path("M170 500Q180 380 400 370T630 500Z", crust, light="under")
    if look.form == "ring":
        pen.oval(400, 420, 60, 26, dark(crust, 0.4))
    pen.path(turned_form([(490, 250), (645, 225)]), look.main, light="round",
             pattern="flute" if look.form != "round" else "", ink=dark(look.main, 0.6))  # fmt: skip
    pen.rect(142, 478, 516, 24, pale(look.main, 0.25), r=12)


@thing("scales")
def scales(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 170)
    pen.path(polygon((310, 420), (490, 420), (550, 645), (250, 645)), look.main, light="side")
    pen.disc(400, 540, 78, "#fbf8f0")
    pen.line("M400 540L440 490", look.third, 8)
    for i in range(8):
        with pen.turned(i * 45, 400, 540):
            pen.line("M400 474V484", "#40454b", 5)
    pen.rect(384, 370, 32, 60, dark(look.main))
    pen.path(turned_form([(320, 230), (360, 190), (384, 60)]), look.second, light="round")
    pen.oval(400, 320, 230, 28, pale(look.second, 0.3))
