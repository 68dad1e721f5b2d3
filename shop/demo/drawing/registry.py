"""The things that can be drawn, by name."""

from __future__ import annotations

from collections.abc import Callable

from shop.demo.drawing.pen import Look, Pen

Drawing = Callable[[Pen, Look], None]
KINDS: dict[str, tuple[Drawing, bool]] = {}


def thing(name: str, *, flat: bool = False) -> Callable[[Drawing], Drawing]:
    """Registers a drawing. A flat one is seen from above, without a floor."""

    def register(drawing: Drawing) -> Drawing:
        KINDS[name] = (drawing, flat)
        return drawing

    return register
