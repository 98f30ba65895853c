"""The type area of pages: where lines begin and end, and how far they are apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.lines import Line
from extractors.readers.paragraphs import Measure
from extractors.readers.pieces import FilledTable

Size = tuple[float, float]
#: a line that ends with one of these may have ended on purpose
ENDS = set("。！？；：，、）)")


def measure_pages(pages: Sequence[tuple[Size, Sequence[Line], Sequence[FilledTable]]]) -> dict[Size, Measure]:
    """The type area for each size of page, from all its lines and tables."""
    by_size: dict[Size, list[tuple[Sequence[Line], Sequence[FilledTable]]]] = {}
    for size, lines, tables in pages:
        by_size.setdefault(size, []).append((lines, tables))
    return {size: _measure(size, held) for size, held in by_size.items()}


def _measure(size: Size, held: Sequence[tuple[Sequence[Line], Sequence[FilledTable]]]) -> Measure:
    lines = [line for group, _ in held for line in group]
    tables = [table for _, group in held for table in group if table.width > size[0] / 2]
    if not lines:
        return Measure(0, size[0], 24.0, size[0] / 2)
    left = _left(lines, [table.xs[0] for table in tables])
    right = _right(lines, left, size[0])
    steps = Counter(
        round(b.bottom - a.bottom)
        for group, _ in held
        for a, b in pairwise(group)
        if 0 < b.bottom - a.bottom < 4 * a.size
    )
    pitch = float(steps.most_common(1)[0][0]) if steps else 24.0
    return Measure(left, right, pitch, (left + right) / 2)


def _left(lines: Sequence[Line], tables: Sequence[float]) -> float:
    """Where lines that are not indented begin: the leftmost place that several begin at."""
    starts = sorted([line.x0 for line in lines] + [side + 5.4 for side in tables])
    needed = max(2, len(starts) // 20)
    for at, start in enumerate(starts):
        near = [other for other in starts[at:] if other - start < 3]
        if len(near) >= needed:
            return sum(near) / len(near)
    return starts[0]


def _right(lines: Sequence[Line], left: float, width: float) -> float:
    """Where full lines end. Without two lines that break off in mid sentence, margins are taken as equal."""
    reach = max(line.x1 for line in lines)
    broken = sorted(
        line.x1
        for line in lines
        if line.x1 > reach - 0.06 * width and line.text[-1] not in ENDS and not line.gaps
    )
    if len(broken) < 2:
        return max(reach, width - left)
    return broken[len(broken) // 2]
