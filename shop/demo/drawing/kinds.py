"""All things that can be drawn (importing a module registers its drawings)."""

from shop.demo.drawing import (
    books,
    clothes,
    cookware,
    cups,
    furniture,
    garden,
    pantry,
    soft,
    sound,
    stationery,
    toys,
    travel,
)
from shop.demo.drawing.registry import KINDS

__all__ = [
    "KINDS",
    "books",
    "clothes",
    "cookware",
    "cups",
    "furniture",
    "garden",
    "pantry",
    "soft",
    "sound",
    "stationery",
    "toys",
    "travel",
]
