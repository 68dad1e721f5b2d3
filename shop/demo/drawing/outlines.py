"""Outlines as path data, in a square of 800."""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]


def num(value: float) -> str:
    return f"{round(value, 1):g}"


def num2(value: float) -> str:
    return f"{round(value, 2):g}"


def smooth(points: Sequence[Point], *, closed: bool = False) -> str:
    """A soft curve through all points (Catmull-Rom as cubic Béziers)."""
    count = len(points)
    steps = [f"M{num(points[0][0])} {num(points[0][1])}"]
    for i in range(count if closed else count - 1):
        near = range(i - 1, i + 3)
        places = [k % count if closed else min(max(k, 0), count - 1) for k in near]
        p0, p1, p2, p3 = (points[k] for k in places)
        steps.append(
            f"C{num(p1[0] + (p2[0] - p0[0]) / 6)} {num(p1[1] + (p2[1] - p0[1]) / 6)} "
            f"{num(p2[0] - (p3[0] - p1[0]) / 6)} {num(p2[1] - (p3[1] - p1[1]) / 6)} "
            f"{num(p2[0])} {num(p2[1])}"
        )
    return "".join(steps) + ("Z" if closed else "")


def turned_form(profile: Sequence[Point], cx: float = 400, *, sharp: bool = False) -> str:
    """The outline of a thing from the wheel or the lathe.

    `profile` goes from top to bottom in pairs of (y, half width); the foot is rounded
    as a foot seen from a little above is.
    """
    right = [(cx + half, y) for y, half in profile]
    left = [(cx - half, y) for y, half in reversed(profile)]
    foot = profile[-1][1]
    if sharp:
        down = "M" + "L".join(f"{num(x)} {num(y)}" for x, y in right)
        up = "L" + "L".join(f"{num(x)} {num(y)}" for x, y in left[1:])
    else:
        down, up = smooth(right), smooth(left)
        up = up[up.index("C") :]
    turn = f"A{num(foot)} {num(max(foot * 0.13, 1))} 0 0 1 {num(left[0][0])} {num(left[0][1])}"
    return f"{down}{turn}{up}Z"


def polygon(*points: Point) -> str:
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + "Z"


def star(cx: float, cy: float, outer: float, inner: float, tips: int, turn: float = -90) -> str:
    """A star, or with near radii a gear or a flower."""
    points = []
    for i in range(tips * 2):
        radius = inner if i % 2 else outer
        angle = math.radians(turn + i * 180 / tips)
        points.append((cx + radius * math.cos(angle), cy + radius * math.sin(angle)))
    return polygon(*points)


def leaf(x: float, y: float, length: float, angle: float, fat: float = 0.3) -> str:
    """A leaf from its stem end (x, y), pointing at `angle` degrees (0 is right)."""
    a = math.radians(angle)
    tip = (x + length * math.cos(a), y + length * math.sin(a))
    side = (-math.sin(a) * length * fat, math.cos(a) * length * fat)
    mid = ((x + tip[0]) / 2, (y + tip[1]) / 2)
    return (
        f"M{num(x)} {num(y)}Q{num(mid[0] + side[0])} {num(mid[1] + side[1])} {num(tip[0])} "
        f"{num(tip[1])}Q{num(mid[0] - side[0])} {num(mid[1] - side[1])} {num(x)} {num(y)}Z"
    )
