"""Patterns that can lie on a shape: their tile's size, and its shapes in INK."""

from __future__ import annotations

_F = 'fill="INK"'
_S = 'fill="none" stroke="INK"'

PRINTS: dict[str, tuple[tuple[int, int], str]] = {
    "dots": ((44, 44), f'<circle cx="11" cy="11" r="7" {_F}/><circle cx="33" cy="33" r="7" {_F}/>'),
    "pin": ((26, 26), f'<circle cx="6" cy="6" r="3" {_F}/><circle cx="19" cy="19" r="3" {_F}/>'),
    "stripes": ((800, 48), f'<rect width="800" height="20" {_F}/>'),
    "fine": ((800, 22), f'<rect width="800" height="6" {_F}/>'),
    "breton": ((800, 34), f'<rect y="10" width="800" height="10" {_F}/>'),
    "bars": ((48, 800), f'<rect width="20" height="800" {_F}/>'),
    "ticking": (
        (40, 800),
        f'<rect width="4" height="800" {_F}/><rect x="9" width="2" height="800" {_F}/>'
        f'<rect x="15" width="4" height="800" {_F}/>',
    ),
    "check": (
        (64, 64),
        f'<rect width="32" height="64" {_F} opacity=".5"/>'
        f'<rect width="64" height="32" {_F} opacity=".5"/>',
    ),
    "pane": ((70, 70), f'<path d="M0 6H70M6 0V70" stroke-width="5" {_S}/>'),
    "grid": ((30, 30), f'<path d="M0 1H30M1 0V30" stroke-width="2" {_S}/>'),
    "wave": (
        (80, 40),
        f'<path d="M-20 20Q0 0 20 20T60 20T100 20" stroke-width="7" {_S}/>',
    ),
    "zigzag": ((60, 50), f'<path d="M-5 40L15 12L45 42L75 8" stroke-width="8" {_S}/>'),
    "herring": (
        (40, 40),
        f'<path d="M0 30L20 10L40 30M0 50L20 30L40 50M0 10L20 -10L40 10" stroke-width="6" {_S}/>',
    ),
    "leaves": (
        (90, 90),
        f'<path d="M20 50Q20 20 45 12Q45 42 20 50ZM66 88Q50 62 66 42Q82 64 66 88Z" {_F}/>',
    ),
    "petals": (
        (90, 90),
        f'<g {_F}><circle cx="30" cy="18" r="9"/><circle cx="42" cy="30" r="9"/>'
        '<circle cx="30" cy="42" r="9"/><circle cx="18" cy="30" r="9"/>'
        '<circle cx="75" cy="75" r="6"/></g>',
    ),
    "stars": (
        (90, 90),
        f'<path d="M22 8L26 18L36 22L26 26L22 36L18 26L8 22L18 18Z'
        f'M66 54L69 62L78 66L69 69L66 78L63 69L54 66L63 62Z" {_F}/>',
    ),
    "scale": (
        (60, 60),
        f'<path d="M0 0A30 30 0 0 0 60 0M-30 30A30 30 0 0 0 30 30A30 30 0 0 0 90 30" '
        f'stroke-width="5" {_S}/>',
    ),
    "speckle": (
        (120, 120),
        f'<g {_F} opacity=".75"><circle cx="14" cy="20" r="3"/><circle cx="52" cy="8" r="2"/>'
        '<circle cx="88" cy="34" r="4"/><circle cx="34" cy="62" r="2.5"/>'
        '<circle cx="70" cy="78" r="2"/><circle cx="106" cy="92" r="3"/>'
        '<circle cx="20" cy="104" r="3.5"/><circle cx="58" cy="110" r="2"/></g>',
    ),
    "terrazzo": (
        (130, 130),
        f'<path d="M10 14L34 8L40 28L18 34ZM80 20L104 30L92 48L74 40ZM30 76L50 70L58 92L36 98Z'
        f'M96 84L118 80L120 104L102 108Z" {_F}/>',
    ),
    "knit": (
        (24, 22),
        f'<path d="M2 4L12 14L22 4" stroke-width="4" opacity=".35" {_S}/>',
    ),
    "rib": ((18, 800), f'<rect width="6" height="800" {_F} opacity=".3"/>'),
    "weave": (
        (32, 32),
        f'<path d="M2 8H14M18 24H30M24 2V14M8 18V30" stroke-width="6" opacity=".55" {_S}/>',
    ),
    "grain": (
        (220, 60),
        f'<path d="M0 14Q60 4 120 14T220 14M0 38Q40 48 110 38T220 38" stroke-width="3" '
        f'opacity=".4" {_S}/>',
    ),
    "upgrain": (
        (60, 220),
        f'<path d="M14 0Q4 60 14 120T14 220M38 0Q48 40 38 110T38 220" stroke-width="3" '
        f'opacity=".4" {_S}/>',
    ),
    "mesh": ((14, 14), f'<circle cx="7" cy="7" r="3.4" {_F}/>'),
    "flute": ((30, 800), f'<rect width="9" height="800" {_F} opacity=".22"/>'),
    "facet": ((70, 60), f'<path d="M0 0L35 60L70 0" stroke-width="3" opacity=".5" {_S}/>'),
    "blocks": (
        (120, 120),
        f'<rect width="60" height="60" {_F}/><rect x="60" y="60" width="60" height="60" {_F}/>',
    ),
    "lines": ((800, 46), f'<rect width="800" height="3" {_F} opacity=".5"/>'),
}
