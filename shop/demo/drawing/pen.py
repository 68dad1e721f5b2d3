"""A pen that writes SVG: flat shapes, printed with a pattern, lit from the upper left.

Everything is a presentation attribute, so that a picture looks the same under the
strictest content security policy. Coordinates are in a square of 800.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from shop.demo.drawing.lights import LIGHTS
from shop.demo.drawing.outlines import Point, num, num2
from shop.demo.drawing.palette import colour
from shop.demo.drawing.prints import PRINTS


@dataclass(frozen=True, slots=True)
class Look:
    """What tells one thing from another of its kind."""

    main: str = "chalk"
    second: str = "oak"
    third: str = "coal"
    form: str = ""
    pattern: str = ""
    n: int = 3


class Pen:
    def __init__(self, seed: str) -> None:
        self.random = Random(seed)  # noqa: S311 (pictures, not secrets)
        self._defs: dict[str, str] = {}
        self._parts: list[str] = []
        self._shadows: list[str] = []

    # --- shapes ---------------------------------------------------------------------

    def path(
        self,
        d: str,
        fill: str,
        *,
        light: str = "",
        pattern: str = "",
        ink: str = "",
        scale: float = 1,
        drop: bool = False,
        opacity: float = 1,
    ) -> None:
        """A filled shape; `pattern` in the colour `ink` lies on it, and `light` on both.

        With an empty `fill` there is only the pattern and the light."""
        self._put("path", f'd="{d}"', fill, light, pattern, ink, scale, drop, opacity)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str,
        *,
        r: float = 0,
        light: str = "",
        pattern: str = "",
        ink: str = "",
        scale: float = 1,
        drop: bool = False,
        opacity: float = 1,
    ) -> None:
        attrs = f'x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"'
        attrs += f' rx="{num(r)}"' if r else ""
        self._put("rect", attrs, fill, light, pattern, ink, scale, drop, opacity)

    def oval(
        self,
        cx: float,
        cy: float,
        rx: float,
        ry: float,
        fill: str,
        *,
        light: str = "",
        pattern: str = "",
        ink: str = "",
        scale: float = 1,
        drop: bool = False,
        opacity: float = 1,
    ) -> None:
        attrs = f'cx="{num(cx)}" cy="{num(cy)}" rx="{num(rx)}" ry="{num(ry)}"'
        self._put("ellipse", attrs, fill, light, pattern, ink, scale, drop, opacity)

    def disc(
        self,
        cx: float,
        cy: float,
        r: float,
        fill: str,
        *,
        light: str = "",
        pattern: str = "",
        ink: str = "",
        drop: bool = False,
        opacity: float = 1,
    ) -> None:
        self.oval(cx, cy, r, r, fill, light=light, pattern=pattern, ink=ink, drop=drop,
                  opacity=opacity)  # fmt: skip

    def line(
        self,
        d: str,
        ink: str,
        width: float,
        *,
        cap: str = "round",
        opacity: float = 1,
        dash: str = "",
    ) -> None:
        extra = f' opacity="{num2(opacity)}"' if opacity < 1 else ""
        extra += f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<path d="{d}" fill="none" stroke="{colour(ink)}" stroke-width="{num(width)}" '
            f'stroke-linecap="{cap}" stroke-linejoin="round"{extra}/>'
        )

    def shadow(self, cx: float, y: float, rx: float, ry: float = 0) -> None:
        """Where a thing meets the ground; all lie beneath every shape."""
        ry = ry or max(10, rx * 0.1)
        self._shadows.append(
            f'<ellipse cx="{num(cx + rx * 0.14)}" cy="{num(y)}" rx="{num(rx * 1.12)}" '
            f'ry="{num(ry)}" fill="#2a1f1a" opacity=".1"/>'
            f'<ellipse cx="{num(cx)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry * 0.6)}" '
            'fill="#2a1f1a" opacity=".2"/>'
        )

    @contextmanager
    def turned(
        self, angle: float = 0, x: float = 400, y: float = 400, *, move: Point = (0, 0),
        size: float = 1,
    ) -> Iterator[None]:  # fmt: skip
        """What is drawn inside is moved, turned about a point, and scaled from it."""
        steps = f"translate({num(move[0])} {num(move[1])})" if move != (0, 0) else ""
        steps += f"rotate({num(angle)} {num(x)} {num(y)})" if angle else ""
        if size != 1:
            steps += f"translate({num(x)} {num(y)})scale({num2(size)})"
            steps += f"translate({num(-x)} {num(-y)})"
        self._parts.append(f'<g transform="{steps}">')
        yield
        self._parts.append("</g>")

    @contextmanager
    def stamped(self, places: Sequence[tuple[float, float, float]]) -> Iterator[None]:
        """What is drawn inside appears at each place: moved by (x, y), at a size about (400, 470)."""
        outside, self._parts = self._parts, []
        yield
        name = f"s{len(self._defs)}"
        self._defs[name] = f'<g id="{name}">{"".join(self._parts)}</g>'
        self._parts = outside
        for x, y, size in places:
            self._parts.append(
                f'<use href="#{name}" transform="translate({num(x + 400 - 400 * size)} '
                f'{num(y + 470 - 470 * size)})scale({num2(size)})"/>'
            )

    @contextmanager
    def mirrored(self, axis: float = 400) -> Iterator[None]:
        self._parts.append(f'<g transform="translate({num(axis * 2)})scale(-1 1)">')
        yield
        self._parts.append("</g>")

    @contextmanager
    def clipped(self, d: str) -> Iterator[None]:
        name = f"c{len(self._defs)}"
        self._defs[name] = f'<clipPath id="{name}"><path d="{d}"/></clipPath>'
        self._parts.append(f'<g clip-path="url(#{name})">')
        yield
        self._parts.append("</g>")

    # --- the result -----------------------------------------------------------------

    def svg(self, backdrop: str, view: str = "") -> str:
        """The whole picture; `view` is a transform of the thing, not of its backdrop."""
        body = "".join([*self._shadows, *self._parts])
        if view:
            body = f'<g transform="{view}">{body}</g>'
        defs = f"<defs>{''.join(self._defs.values())}</defs>" if self._defs else ""
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800" '
            f'viewBox="0 0 800 800">{defs}{backdrop}{body}</svg>\n'
        )

    # --- inside ---------------------------------------------------------------------

    def _put(
        self, tag: str, attrs: str, fill: str, light: str, pattern: str, ink: str,
        scale: float, drop: bool, opacity: float,
    ) -> None:  # fmt: skip
        if drop:
            self._parts.append(
                f'<{tag} {attrs} transform="translate(10 14)" fill="#2a1f1a" opacity=".16"/>'
            )
        extra = f' opacity="{num2(opacity)}"' if opacity < 1 else ""
        if fill:
            self._parts.append(f'<{tag} {attrs} fill="{colour(fill)}"{extra}/>')
        if pattern:
            self._parts.append(f'<{tag} {attrs} fill="url(#{self._print(pattern, ink, scale)})"/>')
        if light:
            self._defs.setdefault(light, LIGHTS[light])
            self._parts.append(f'<{tag} {attrs} fill="url(#{light})"/>')

    def _print(self, pattern: str, ink: str, scale: float) -> str:
        name = f"{pattern}{colour(ink)[1:]}{round(scale * 10)}"
        if name not in self._defs:
            size, shapes = PRINTS[pattern]
            turn = f"scale({num2(scale)})" if scale != 1 else ""
            turn = f' patternTransform="{turn}"' if turn else ""
            self._defs[name] = (
                f'<pattern id="{name}" width="{size[0]}" height="{size[1]}" '
                f'patternUnits="userSpaceOnUse"{turn}>'
                f"{shapes.replace('INK', colour(ink))}</pattern>"
            )
        return name
