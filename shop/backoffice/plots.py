"""Plots as shapes for a template: bars, a line for the largest value, days below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 600, 160
_TOP, _BOTTOM = 18, 18
"""Room for the words above and below the bars."""


@dataclass(frozen=True, slots=True)
class Bar:
    """`label` says in words what it shows; the `hover` area is the whole height."""

    x: float
    y: float
    width: float
    height: float
    hover_x: float
    hover_width: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """In units of a drawing of `width` by `height`."""

    title: str
    bars: list[Bar]
    most: str
    """The value at the upper line, in words."""
    days: list[tuple[float, str]]
    """Where below the bars which day stands."""
    width: int = WIDTH
    height: int = HEIGHT
    top: int = _TOP
    base: int = HEIGHT - _BOTTOM


def draw_plot(title: str, values: Sequence[tuple[date, int, str]]) -> Plot:
    """A bar for each day with its value, which is also given in words. The largest one
    reaches the top."""
    most = max((value for _, value, _ in values), default=0)
    step = WIDTH / max(len(values), 1)
    room = HEIGHT - _TOP - _BOTTOM
    bars = []
    for number, (day, value, words) in enumerate(values):
        height = room * value / most if most else 0.0
        bars.append(
            Bar(
                x=round(number * step + step * 0.15, 2),
                y=round(HEIGHT - _BOTTOM - height, 2),
                width=round(step * 0.7, 2),
                height=round(height, 2),
                hover_x=round(number * step, 2),
                hover_width=round(step, 2),
                label=f"{_say(day)}: {words}",
            )
        )
    largest = next((words for _, value, words in values if value == most and most), "")
    days = [
        (round((number + 0.5) * step, 2), _say(day))
        for number, (day, _, _) in enumerate(values)
        if (len(values) - 1 - number) % 7 == 0
    ]
    return Plot(title, bars, largest, days)


def _say(day: date) -> str:
    return f"{day.day} {day:%b}"
