"""Tables from their rules: strokes in, cells of the true grid out. No text, no file format.

Strokes that lie on one line are joined; strokes that touch each other belong to one table; where a
rule is missing between two neighbours of the finest grid, they are one merged cell. Tables with open
sides (no rule at the left and right, as is usual in print) are closed at the ends of their rules.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.readers.glyphs import Stroke
from schema.document import Box

#: strokes this close are on one line; ends this close touch (points)
NEAR = 3.0
#: a level rule that ends this far beyond the last upright one leaves a column open
OPEN_SIDE = 12.0
#: a column or row narrower than this is a doubled rule
THINNEST = 6.0
#: the share of a cell's side that must be ruled
RULED = 0.7
MOST_STROKES = 4000


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell at its grid position, with its place on the page."""

    row: int
    col: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table's grid lines and cells, in points."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[RuledCell, ...]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def find_tables(strokes: Sequence[Stroke]) -> list[RuledTable]:
    """All ruled tables, from top to bottom; a lone box is a table of one cell."""
    if len(strokes) > MOST_STROKES:
        strokes = sorted(strokes, key=lambda s: max(s.x1 - s.x0, s.bottom - s.top))[-MOST_STROKES:]
    flat = joined((s.top, s.x0, s.x1) for s in strokes if s.flat)
    upright = joined((s.x0, s.top, s.bottom) for s in strokes if not s.flat)
    tables = [table for group in _touching(flat, upright) if (table := solve(*group))]
    return sorted(tables, key=lambda table: (table.box[1], table.box[0]))


#: a rule as (where it lies, where it begins, where it ends)
_Rule = tuple[float, float, float]


def joined(rules: Iterable[_Rule]) -> list[_Rule]:
    """Rules snapped to common lines and joined where they meet.

    >>> joined([(10.0, 0, 50), (10.5, 49, 90), (30.0, 0, 90)])
    [(10.25, 0, 90), (30.0, 0, 90)]
    """
    ordered = sorted(rules)
    joined: list[_Rule] = []
    start = 0
    for at in range(1, len(ordered) + 1):
        if (
            at < len(ordered)
            and ordered[at][0] - ordered[at - 1][0] <= 1.2
            and ordered[at][0] - ordered[start][0] <= NEAR
        ):
            continue
        group = ordered[start:at]
        start = at
        place = sum(rule[0] for rule in group) / len(group)
        begin, end = None, 0.0
        for _, low, high in sorted(group, key=lambda rule: rule[1]):
            if begin is None:
                begin, end = low, high
            elif low <= end + NEAR:
                end = max(end, high)
            else:
                joined.append((place, begin, end))
                begin, end = low, high
        if begin is not None:
            joined.append((place, begin, end))
    return joined


def _touching(flat: list[_Rule], upright: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules in groups that hang together."""
    parent = list(range(len(flat) + len(upright)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for j, (x, top, bottom) in enumerate(upright, len(flat)):
        low = bisect_left(flat, (top - NEAR,))
        for i in range(low, len(flat)):
            y, left, right = flat[i]
            if y > bottom + NEAR:
                break
            if left - NEAR <= x <= right + NEAR:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for at, rule in enumerate([*flat, *upright]):
        groups.setdefault(root(at), ([], []))[at >= len(flat)].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _grid_lines(rules: list[_Rule], cross: list[_Rule]) -> list[float]:
    """Where the grid's lines of one direction lie, open sides closed at the ends of the other's rules."""
    places = sorted({rule[0] for rule in rules})
    lines: list[float] = []
    for place in places:
        if not lines or place - lines[-1] > THINNEST:
            lines.append(place)
    begins, ends = sorted(r[1] for r in cross), sorted(r[2] for r in cross)
    # two rules at least must reach out, or it is an underline that runs over
    if len(begins) > 1 and lines and lines[0] - begins[1] > OPEN_SIDE:
        lines.insert(0, begins[0] if begins[1] - begins[0] < OPEN_SIDE else begins[1])
    if len(ends) > 1 and lines and ends[-2] - lines[-1] > OPEN_SIDE:
        lines.append(ends[-1] if ends[-1] - ends[-2] < OPEN_SIDE else ends[-2])
    return lines


def nearest(lines: Sequence[float], place: float) -> int:
    """Which of the lines, in their order, is the nearest to a place; the first of two.

    >>> nearest([10, 20, 30], 24.9), nearest([10, 20, 30], 25), nearest([10, 20, 30], 99)
    (1, 1, 2)
    """
    at = bisect_left(lines, place)
    if at == len(lines) or (at and place - lines[at - 1] <= lines[at] - place):
        return at - 1
    return at


class _Sides:
    """Whether a stretch of a grid line is ruled."""

    def __init__(self, rules: list[_Rule], lines: list[float], open_ends: tuple[bool, bool]) -> None:
        self._on: list[list[tuple[float, float]]] = [[] for _ in lines]
        for place, begin, end in rules:
            line = nearest(lines, place)
            if abs(lines[line] - place) <= THINNEST:
                self._on[line].append((begin, end))
        self._open = {0} if open_ends[0] else set()
        if open_ends[1]:
            self._open.add(len(lines) - 1)

    def ruled(self, line: int, begin: float, end: float) -> bool:
        if line in self._open:
            return True
        covered = 0.0
        for low, high in self._on[line]:
            if low <= begin and end <= high:
                return True
            covered += max(0.0, min(high, end) - max(low, begin))
        return covered >= RULED * (end - begin)


def solve(flat: list[_Rule], upright: list[_Rule]) -> RuledTable | None:
    """The cells of one group of rules, or None where they enclose nothing."""
    xs, ys = _grid_lines(upright, flat), _grid_lines(flat, upright)
    if len(xs) < 2 or len(ys) < 2:
        return None
    left_open = all(abs(rule[0] - xs[0]) > THINNEST for rule in upright)
    right_open = all(abs(rule[0] - xs[-1]) > THINNEST for rule in upright)
    top_open = all(abs(rule[0] - ys[0]) > THINNEST for rule in flat)
    bottom_open = all(abs(rule[0] - ys[-1]) > THINNEST for rule in flat)
    columns = _Sides(upright, xs, (left_open, right_open))
    rows = _Sides(flat, ys, (top_open, bottom_open))
    height, width = len(ys) - 1, len(xs) - 1
    owner = [[(row, col) for col in range(width)] for row in range(height)]
    regions: dict[tuple[int, int], set[tuple[int, int]]] = {
        place: {place} for line in owner for place in line
    }

    def merge(first: tuple[int, int], second: tuple[int, int]) -> None:
        a, b = owner[first[0]][first[1]], owner[second[0]][second[1]]
        if a == b:
            return
        a, b = min(a, b), max(a, b)
        for row, col in regions[b]:
            owner[row][col] = a
        regions[a] |= regions.pop(b)

    for row in range(height):
        for col in range(width):
            if col + 1 < width and not columns.ruled(col + 1, ys[row], ys[row + 1]):
                merge((row, col), (row, col + 1))
            if row + 1 < height and not rows.ruled(row + 1, xs[col], xs[col + 1]):
                merge((row, col), (row + 1, col))
    cells = []
    for region in regions.values():
        for r0, c0, r1, c1 in _rectangles(region):
            if _enclosed(columns, rows, xs, ys, (r0, c0, r1, c1)):
                cells.append((r0, c0, r1, c1))
    return _compact(xs, ys, cells)


def _rectangles(region: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """A region as (row, col, end row, end col) rectangles: one, unless a rule is lost and it has corners."""
    rows, cols = [row for row, _ in region], [col for _, col in region]
    r0, c0, r1, c1 = min(rows), min(cols), max(rows) + 1, max(cols) + 1
    if (r1 - r0) * (c1 - c0) == len(region):
        return [(r0, c0, r1, c1)]
    left = set(region)
    found = []
    while left:
        row, col = min(left)
        end = col + 1
        while (row, end) in left:
            end += 1
        below = row + 1
        while all((below, at) in left for at in range(col, end)):
            below += 1
        found.append((row, col, below, end))
        left -= {(r, c) for r in range(row, below) for c in range(col, end)}
    return found


def _enclosed(
    columns: _Sides, rows: _Sides, xs: list[float], ys: list[float], place: tuple[int, int, int, int]
) -> bool:
    """Whether at least three sides of a rectangle are ruled: the outside of an odd shape is no cell."""
    r0, c0, r1, c1 = place
    sides = (
        columns.ruled(c0, ys[r0], ys[r1]),
        columns.ruled(c1, ys[r0], ys[r1]),
        rows.ruled(r0, xs[c0], xs[c1]),
        rows.ruled(r1, xs[c0], xs[c1]),
    )
    return sum(sides) >= 3


def _compact(xs: list[float], ys: list[float], cells: list[tuple[int, int, int, int]]) -> RuledTable | None:
    """The table without grid lines that no cell begins or ends at."""
    if not cells:
        return None
    used_rows = sorted({at for cell in cells for at in (cell[0], cell[2])})
    used_cols = sorted({at for cell in cells for at in (cell[1], cell[3])})
    row_of = {at: place for place, at in enumerate(used_rows)}
    col_of = {at: place for place, at in enumerate(used_cols)}
    made = tuple(
        RuledCell(
            row_of[r0],
            col_of[c0],
            row_of[r1] - row_of[r0],
            col_of[c1] - col_of[c0],
            (xs[c0], ys[r0], xs[c1], ys[r1]),
        )
        for r0, c0, r1, c1 in sorted(cells)
    )
    return RuledTable(tuple(xs[at] for at in used_cols), tuple(ys[at] for at in used_rows), made)
