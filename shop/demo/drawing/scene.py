"""Where a thing is shown: its paper, and how near the eye comes."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from shop.demo.drawing.kinds import KINDS
from shop.demo.drawing.palette import PAPERS, distance, pale
from shop.demo.drawing.pen import Look, Pen

# Things that stand are drawn with their foot at y = 650; things that lie, about the middle.
_STANDING = {"whole": "translate(-40 -70)scale(1.1)", "near": "translate(-290 -420)scale(1.7)"}
_LYING = {"whole": "", "near": "translate(-250 -250)scale(1.62)"}


def draw(kind: str, look: Look, *, thing: str, paper: str, view: str = "whole") -> str:
    """The SVG of a thing on its paper. The same arguments give the same text, always;
    `thing` and `paper` seed what is left open about the one and the other."""
    drawing, lies_flat = KINDS[kind]
    pen = Pen(thing)
    drawing(pen, look)
    eye = (_LYING if lies_flat else _STANDING)[view]
    return pen.svg(_backdrop(look, paper, lies_flat, view), eye)


def recoloured(look: Look, main: str) -> Look:
    """The same thing in another colour; what was of one colour stays of one colour."""
    second = look.second
    if look.second == look.main:
        second = main
    elif look.second == main:
        second = look.main
    return replace(look, main=main, second=second)


def _backdrop(look: Look, seed: str, lies_flat: bool, view: str) -> str:
    random = Random(seed)  # noqa: S311 (pictures, not secrets)
    papers = sorted(PAPERS, key=lambda paper: -distance(paper[0], look.main))[:7]
    wall, floor = random.choice(papers)
    if view == "near":
        wall, floor = floor, wall
    base = f'<rect width="800" height="800" fill="{wall}"/>'
    shape = random.choice(["sun", "arch", "window", "none"])
    light = pale(wall, 0.4)
    if lies_flat:
        flat = {
            "sun": f'<circle cx="400" cy="400" r="330" fill="{light}"/>',
            "arch": f'<path d="M0 800L800 0V800Z" fill="{floor}" opacity=".55"/>',
            "window": f'<rect x="60" y="60" width="680" height="680" rx="36" fill="{light}"/>',
            "none": f'<path d="M0 560Q220 470 420 560T800 520V800H0Z" fill="{floor}" opacity=".6"/>',
        }
        return base + flat[shape]
    left = random.choice([330, 400, 470])
    standing = {
        "sun": f'<circle cx="{left}" cy="350" r="270" fill="{light}"/>',
        "arch": f'<path d="M{left - 240} 640V330a240 240 0 0 1 480 0V640Z" fill="{light}"/>',
        "window": f'<path d="M{left - 300} 640L{left - 130} 90H{left + 250}L{left + 80} 640Z" '
        f'fill="{light}"/>',
        "none": "",
    }
    return f'{base}{standing[shape]}<path d="M0 610H800V800H0Z" fill="{floor}"/>'
