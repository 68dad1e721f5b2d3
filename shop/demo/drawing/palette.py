"""The shop's colours: a name, its value, and the family that shoppers filter by."""

from __future__ import annotations

_PALETTE = """
chalk f5f2ea White · bone e8dfcd Beige · oat dbc9a9 Beige · sand cfb488 Beige
straw e2c67f Yellow · butter f3da90 Yellow · saffron e5a832 Yellow · mustard c78f24 Yellow
apricot efb489 Orange · clay cb7b53 Orange · terracotta bd6040 Orange · rust 9a482c Brown
brick a5413a Red · poppy d84d36 Red · coral e88570 Pink · rose d89aa1 Pink · blush efd0c8 Pink
plum 74405c Purple · fig 50324a Purple · lilac b5a6cf Purple
sky abcbde Blue · sea 6299ab Blue · lake 37748f Blue · cobalt 3459a8 Blue · navy 27395a Blue
ink 222b3c Blue · mint b9d8c6 Green · sage 9db08e Green · moss 70834a Green · olive 7b783f Green
forest 335a48 Green · pine 22443b Green · teal 33827d Green
fog c9cfcf Grey · stone a8a399 Grey · slate 5f6c75 Grey · graphite 40454b Grey · coal 292b2f Black
steel bcc4c9 Silver · brass cba957 Gold · copper c38058 Copper · glass cfe3e2 Clear
beech dfbd91 Natural · oak c89d67 Natural · walnut 7f5739 Brown · cork c99e71 Natural
kraft caa97f Natural · leather a3663e Brown · cocoa 5a3a2a Brown · amber b8742a Brown
"""
COLOURS: dict[str, str] = {}
FAMILIES: dict[str, str] = {}
for _entry in _PALETTE.replace("·", "\n").split("\n"):
    if _entry.strip():
        _name, _value, _family = _entry.split()
        COLOURS[_name], FAMILIES[_name] = f"#{_value}", _family

# Papers that things stand on: wall and floor, quiet enough for any of the colours above.
PAPERS = [
    ("#efe6d8", "#e0d1bb"),
    ("#e3e8e1", "#cdd6ca"),
    ("#f2ddd3", "#e4c4b5"),
    ("#dde6ea", "#c4d2d9"),
    ("#f3e8c9", "#e6d5a6"),
    ("#e6e0ea", "#d2c9d9"),
    ("#ece9e4", "#d8d3cb"),
    ("#d9e4dc", "#bfd0c4"),
    ("#f0d9c9", "#dfbfa8"),
    ("#d5dfe6", "#b9c9d4"),
]


def colour(name: str) -> str:
    """The value of a named colour; a value (`#rrggbb`) is given back as it is."""
    return name if name.startswith("#") else COLOURS[name]


def mix(first: str, second: str, part: float) -> str:
    """`part` (0 to 1) of the second colour in the first."""
    a, b = colour(first), colour(second)
    pairs = ((int(a[i : i + 2], 16), int(b[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(x + (y - x) * part):02x}" for x, y in pairs)


def dark(name: str, part: float = 0.22) -> str:
    return mix(name, "#1b1a22", part)


def pale(name: str, part: float = 0.35) -> str:
    return mix(name, "#ffffff", part)


def is_light(name: str) -> bool:
    value = colour(name)
    red, green, blue = (int(value[i : i + 2], 16) for i in (1, 3, 5))
    return red * 0.3 + green * 0.59 + blue * 0.11 > 150


def distance(first: str, second: str) -> int:
    """How far two colours are apart; 0 is the same."""
    a, b = colour(first), colour(second)
    return sum(abs(int(a[i : i + 2], 16) - int(b[i : i + 2], 16)) for i in (1, 3, 5))
