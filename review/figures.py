"""Charts as values: bars and points already in the picture's own coordinates, each with its link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, ROW = 520.0, 150.0, 24.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar: a label, its value, and where a click leads."""

    label: str
    value: str
    y: float
    width: float
    link: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    title: str
    link: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """`marks` on the axes are (position, text)."""

    title: str
    width: float
    height: float
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()
    across: tuple[tuple[float, str], ...] = ()
    up: tuple[tuple[float, str], ...] = ()


def bars(title: str, rows: Sequence[tuple[str, float, str, str]]) -> Chart:
    """Rows are (label, value, link, kind)."""
    most = max((value for _, value, _, _ in rows), default=0) or 1
    room = WIDTH - LEFT - 60
    drawn = tuple(
        Bar(label, f"{value:,.0f}", at * ROW, max(1.0, room * value / most) if value else 0, link, kind)
        for at, (label, value, link, kind) in enumerate(rows)
    )
    return Chart(title, WIDTH, max(1, len(rows)) * ROW, drawn)


def scatter(
    title: str, points: Sequence[tuple[float, float, str, str, str]], x: tuple[float, float], y: tuple[float, float],
    unit: tuple[str, str],
) -> Chart:  # fmt: skip
    """Points are (x, y, title, link, kind); those beyond an axis are drawn at its end."""
    left, top, wide, high = 46.0, 10.0, WIDTH - 62, 200.0

    def place(value: float, ends: tuple[float, float]) -> float:
        return (min(max(value, ends[0]), ends[1]) - ends[0]) / (ends[1] - ends[0])

    dots = tuple(
        Dot(round(left + wide * place(a, x), 1), round(top + high * (1 - place(b, y)), 1), name, link, kind)
        for a, b, name, link, kind in points
    )
    steps = (0, 0.25, 0.5, 0.75, 1)
    across = tuple((left + wide * s, f"{x[0] + (x[1] - x[0]) * s:g}{unit[0]}") for s in steps)
    up = tuple((top + high * (1 - s), f"{y[0] + (y[1] - y[0]) * s:g}{unit[1]}") for s in steps)
    return Chart(title, WIDTH, top + high + 26, dots=dots, across=across, up=up)
