"""What is played."""

from __future__ import annotations

from shop.demo.drawing.outlines import polygon, turned_form
from shop.demo.drawing.palette import dark, mix, pale
from shop.demo.drawing.pen import Look, Pen
from shop.demo.drawing.registry import thing


@thing("strings", flat=True)
def strings(pen: Pen, look: Look) -> None:
    """ "ukulele", "guitar" or "banjo"."""
    with pen.turned(34, size=1.05):
        pen.rect(372, 30, 56, 90, dark(look.second, 0.2), r=12, drop=True)
        for y in (50, 90):
            pen.disc(358, y, 12, look.third)
            pen.disc(442, y, 12, look.third)
        if look.form == "banjo":
            pen.disc(400, 590, 160, look.main, drop=True)
            pen.disc(400, 590, 134, "#fbf8f0", light="slant")
        else:
            wide = 1.25 if look.form == "guitar" else 1
            bout = [400 + dx * wide for dx in (-120, -76, -150, 150, 76, 120)]
            pen.path(f"M400 400C{bout[0]} 390 {bout[0]} 500 {bout[1]} 530C{bout[2]} 560 {bout[2]} 740 400 740C{bout[3]} 740 {bout[3]} 560 {bout[4]} 530"
                     f"C{bout[5]} 500 {bout[5]} 390 400 400Z", look.main, drop=True, light="slant", pattern="upgrain", ink=dark(look.main, 0.3))  # fmt: skip
            pen.disc(400, 530, 46, dark(look.main, 0.7))
        pen.rect(378, 110, 44, 400 if look.form != "banjo" else 360, look.second)
        pen.rect(346, 640, 108, 20, look.second, r=8)
        for x in (387, 396, 404, 413):
            pen.line(f"M{x} 60V646", "#efe6d8", 2)


@thing("percussion")
def percussion(pen: Pen, look: Look) -> None:
    """ "drum", "cajon", "bongos", "shaker", "kalimba", "xylophone", "bells" or "metronome"."""
    a, b, c = look.main, look.second, look.third
    pen.shadow(400, 655, 230)
    if look.form == "cajon":
        pen.path(
            polygon((230, 230), (500, 230), (500, 648), (230, 648)),
            a,
            light="slant",
            pattern="upgrain",
            ink=dark(a, 0.3),
        )
        pen.path(polygon((500, 230), (590, 190), (590, 600), (500, 648)), dark(a, 0.3))
        pen.path(polygon((230, 230), (320, 190), (590, 190), (500, 230)), pale(a, 0.2))
        pen.disc(365, 430, 60, dark(a, 0.7))
    elif look.form == "bongos":
        for x, half in ((280, 120), (530, 145)):
            pen.path(
                turned_form([(430, half), (648, half * 0.72)], x),
                a,
                light="round",
                pattern="upgrain",
                ink=dark(a, 0.3),
            )
            pen.rect(x - half - 6, 430, half * 2 + 12, 34, c, r=10, light="round")
            pen.oval(x, 428, half, half * 0.2, b)
    elif look.form == "kalimba":
        pen.path(
            "M240 250Q400 200 560 250V600Q560 650 500 650H300Q240 650 240 600Z",
            a,
            light="slant",
            pattern="upgrain",
            ink=dark(a, 0.3),
        )
        pen.disc(400, 500, 54, dark(a, 0.7))
        for i in range(9):
            pen.rect(268 + i * 30, 270, 18, 130 + (4 - abs(4 - i)) * 34, b, r=8, light="round")
        pen.rect(256, 300, 288, 22, c, r=8, light="under")
    elif look.form == "xylophone":
        pen.line("M150 640L300 400M650 640L500 400", "#c89d67", 26)
        shades = [a, b, c, pale(a), pale(b), mix(a, c, 0.5), dark(b)]
        for i in range(7):
            half = 250 - i * 26
            pen.rect(400 - half, 598 - i * 42, half * 2, 34, shades[i], r=12, light="under")
        pen.line("M560 300L330 470", "#7f5739", 12)
        pen.disc(560, 300, 28, a, light="ball")
    elif look.form == "shaker":
        for x, turn, shade in ((300, -14, a), (500, 14, b)):
            with pen.turned(turn, x, 560):
                pen.rect(x - 15, 430, 30, 210, c, r=14, light="round")
                pen.oval(x, 360, 84, 116, shade, light="ball", pattern="zigzag", ink="#fbf8f0")
    elif look.form == "metronome":
        pen.path(
            polygon((340, 180), (460, 180), (560, 640), (240, 640)),
            a,
            light="side",
            pattern="upgrain",
            ink=dark(a, 0.4),
        )
        pen.path(polygon((365, 230), (435, 230), (480, 520), (320, 520)), b)
        with pen.turned(14, 400, 540):
            pen.line("M400 540V200", c, 9)
            pen.path(polygon((376, 290), (424, 290), (416, 340), (384, 340)), c)
        pen.rect(220, 620, 360, 30, dark(a, 0.25), r=8)
    elif look.form == "bells":
        pen.line("M230 650V260Q230 220 270 220H530Q570 220 570 260V650", c, 22)
        for i, x in enumerate((300, 400, 500)):
            pen.line(f"M{x} 230V330", "#7f5739", 6)
            pen.path(
                turned_form([(320, 24), (380, 40), (440 + i * 20, 50), (460 + i * 20, 62)], x),
                (a, b, a)[i],
                light="round",
            )
    else:
        pen.path(turned_form([(360, 200), (648, 200)]), a, light="round")
        for x in range(220, 620, 80):
            pen.line(f"M{x} 390L{x + 40} 630L{min(x + 80, 600)} 390", "#fbf8f0", 8)
        for y in (350, 622):
            pen.path(turned_form([(y, 210), (y + 36, 210)], sharp=True), c, light="round")
        pen.oval(400, 352, 208, 34, b)
        pen.line("M250 330L420 220M560 320L420 190", "#c89d67", 16)


@thing("wind", flat=True)
def wind(pen: Pen, look: Look) -> None:
    """ "recorder", "harmonica", "ocarina" or "whistle"."""
    if look.form == "harmonica":
        with pen.turned(-14):
            pen.rect(120, 330, 560, 150, look.main, r=30, drop=True, light="under")
            pen.rect(140, 392, 520, 40, "#292b2f", r=8)
            for x in range(156, 640, 50):
                pen.rect(x, 398, 32, 28, look.second, r=4)
            pen.line("M200 362H600", look.third, 8)
    elif look.form == "ocarina":
        pen.path("M170 430C180 300 340 240 500 270L640 200L660 270L570 330C640 460 520 570 380 560S160 540 170 430Z", look.main,
                 drop=True, light="ball", pattern=look.pattern, ink=look.second)  # fmt: skip
        for x, y in ((290, 400), (360, 360), (430, 370), (480, 430), (400, 450), (320, 470)):
            pen.disc(x, y, 18, dark(look.main, 0.6))
    else:
        with pen.turned(38, size=1.1):
            pen.rect(
                364,
                60,
                72,
                660,
                look.main,
                r=30,
                drop=True,
                light="round",
                pattern="upgrain",
                ink=dark(look.main, 0.3),
            )
            pen.rect(358, 210, 84, 22, look.second, light="round")
            pen.rect(356, 600, 88, 22, look.second, light="round")
            pen.rect(384, 130, 32, 44, dark(look.main, 0.7), r=4)
            for y in range(280, 590, 52):
                pen.disc(400, y, 12, dark(look.main, 0.7))
