"""What writes, cuts and sticks."""

from __future__ import annotations

from shop.demo.drawing.outlines import num, polygon, turned_form
from shop.demo.drawing.palette import dark, mix, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


def _pen_body(
    pen: Pen, x: float, top: float, foot: float, main: str, second: str, form: str
) -> None:
    pen.rect(x - 24, top, 48, foot - top, main, r=20, light="round", drop=True)
    if form == "pencil":
        pen.path(polygon((x - 24, foot - 20), (x + 24, foot - 20), (x, foot + 70)), "#e8c99a")
        pen.path(polygon((x - 8, foot + 42), (x + 8, foot + 42), (x, foot + 70)), second)
        pen.rect(x - 24, top, 48, 40, second, r=18, light="round")
        pen.rect(x - 24, top + 36, 48, 26, "#cba957", light="round")
    elif form == "brush":
        pen.rect(x - 20, foot - 10, 40, 50, "#bcc4c9", light="round")
        pen.path(f"M{x - 20} {foot + 38}Q{x - 30} {foot + 90} {x} {foot + 150}Q{x + 30} {foot + 90} {x + 20} {foot + 38}Z",
                 second)  # fmt: skip
    elif form == "fountain":
        pen.rect(x - 27, top - 4, 54, (foot - top) * 0.42, main, r=22, light="round")
        pen.rect(x - 27, top + (foot - top) * 0.4, 54, 14, second)
        pen.rect(x + 14, top + 16, 10, 150, second, r=5)
        pen.path(f"M{x - 18} {foot - 6}H{x + 18}L{x + 14} {foot + 40}L{x} {foot + 96}L{x - 14} {foot + 40}Z", second,
                 light="round")  # fmt: skip
        pen.line(f"M{x} {foot + 40}V{foot + 90}", "#292b2f", 3)
    else:
        pen.path(polygon((x - 18, foot - 8), (x + 18, foot - 8), (x + 5, foot + 60), (x - 5, foot + 60)), second,
                 light="round")  # fmt: skip
        pen.rect(x - 10, top - 34, 20, 46, second, r=8, light="round")
        pen.rect(x + 12, top + 16, 9, 130, second, r=4)


@thing("pen", flat=True)
def writing(pen: Pen, look: Look) -> None:
    """n pens, pencils or brushes, side by side: form "ball", "fountain", "pencil", "brush"."""
    count = max(1, min(look.n, 6))
    inks = [
        look.main,
        look.second,
        look.third,
        pale(look.main),
        dark(look.main),
        mix(look.main, look.second, 0.5),
    ]
    with pen.turned(32, size=1.2 if count == 1 else 1):
        for i in range(count):
            x = 400 + (i - (count - 1) / 2) * 84
            body = look.main if count == 1 or look.form == "brush" else inks[i]
            tip = look.second if count == 1 else ("#292b2f" if look.form == "ball" else inks[i])
            if look.form == "pencil" and count > 1:
                tip = inks[i]
            _pen_body(pen, x, 150 + (i % 2) * 26, 590 + (i % 2) * 26, body, tip, look.form)


@thing("ink")
def ink_bottle(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 170)
    if look.form == "square":
        pen.rect(240, 390, 320, 260, "#d5e3e4", r=26)
        pen.rect(258, 430, 284, 206, look.main, r=20, light="side")
    else:
        pen.path(turned_form([(390, 80), (460, 170), (648, 150)]), "#d5e3e4")
        pen.path(turned_form([(450, 130), (500, 158), (634, 138)]), look.main, light="round")
    pen.rect(330, 300, 140, 96, look.third, r=14, light="round", pattern="flute", ink="#ffffff")
    pen.rect(316, 490, 168, 100, "#fbf8f0", r=6)
    pen.disc(400, 528, 22, look.main)
    pen.line("M350 568H450", look.second, 6)


@thing("scissors", flat=True)
def scissors(pen: Pen, look: Look) -> None:
    for turn, flip in ((14, 1), (-14, -1)):
        with pen.turned(turn + 25, 400, 400):
            blade = f"M{400 + 14 * flip} 100Q{400 - 20 * flip} 260 {400 - 22 * flip} 420H{400 + 24 * flip}Z"
            pen.path(blade, look.second, drop=True, light="slant")
            pen.line(f"M400 400L{400 - 54 * flip} 520", look.main, 34)
            cx = 400 - 76 * flip
            pen.line(f"M{cx - 58} 590a58 78 0 1 0 116 0a58 78 0 1 0 -116 0", look.main, 32)
    pen.disc(400, 400, 16, look.third, light="ball")


@thing("stapler")
def stapler(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 260)
    pen.rect(140, 610, 520, 40, dark(look.main, 0.3), r=14)
    pen.rect(170, 545, 450, 30, look.second, r=6)
    pen.path("M150 540Q150 420 300 440L640 490Q670 500 660 540Z", look.main, light="under")
    pen.path("M150 612V500H240V612Z", dark(look.main, 0.12))
    pen.disc(206, 540, 16, look.second, light="ball")


@thing("washi", flat=True)
def washi(pen: Pen, look: Look) -> None:
    """Rolls of printed paper tape, n of them."""
    shades = [look.main, look.second, look.third, pale(look.main)]
    prints = ["stripes", "dots", "check", "petals"]
    for i in range(max(2, min(look.n, 4))):
        x, y = 270 + (i % 2) * 240, 540 - (i // 2) * 230 - (i % 2) * 60
        pen.disc(x, y, 120, shades[i], pattern=prints[i], ink="#ffffff", drop=True)
        pen.disc(x, y, 78, "#caa97f", light="slant")
        pen.disc(x, y, 62, "#efe6d8")


@thing("tape")
def tape(pen: Pen, look: Look) -> None:
    pen.shadow(400, 655, 230)
    pen.disc(350, 500, 120, "#f3e6bd", light="ball")
    pen.disc(350, 500, 66, look.second)
    pen.path(
        "M180 648V590Q190 520 260 530H450Q560 560 600 470H650Q690 560 640 648Z",
        look.main,
        light="under",
    )
    pen.line("M420 420L624 468", "#f3e6bd", 20, cap="butt")
    pen.path(polygon((604, 476), (650, 452), (660, 480)), "#bcc4c9")


@thing("ruler", flat=True)
def ruler(pen: Pen, look: Look) -> None:
    with pen.turned(-34):
        pen.rect(
            60,
            340,
            680,
            110,
            look.main,
            r=6,
            drop=True,
            light="slant",
            pattern="grain",
            ink=dark(look.main, 0.4),
        )
        for i in range(33):
            x = 90 + i * 19.5
            pen.line(f"M{num(x)} 342v{44 if i % 5 == 0 else 24}", look.third, 4, cap="butt")
        pen.disc(710, 410, 14, dark(look.main, 0.6))
    if look.form == "set":
        with pen.turned(20):
            pen.path("M250 330V640H600ZM310 460L446 590H310Z", look.second, drop=True, opacity=0.85)
