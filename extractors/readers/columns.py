"""Tables without rules: successive lines whose figures stand below each other.

Only what is clearly a table is taken for one: three lines at least, in three columns at least, much of
it figures. Everything else stays text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.lines import Line, pieces
from extractors.readers.pieces import FilledCell, FilledTable

LEAST_ROWS = 3
LEAST_COLUMNS = 3
#: the share of cells that hold a figure
FIGURES = 0.35


def aligned_tables(lines: Sequence[Line], page: int, height: float) -> tuple[list[Line], list[FilledTable]]:
    """The lines that are text, and the tables that the others make."""
    text: list[Line] = []
    tables: list[FilledTable] = []
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and line.gaps and (not run or _next_row(run[-1], line)):
            run.append(line)
            continue
        table = _table(run, page, height)
        if table:
            tables.append(table)
        else:
            text += run
        run = [line] if line is not None and line.gaps else []
        if line is not None and not line.gaps:
            text.append(line)
    return text, tables


def _next_row(above: Line, below: Line) -> bool:
    return below.bottom - above.bottom < 3.2 * max(above.size, below.size)


def _table(run: Sequence[Line], page: int, height: float) -> FilledTable | None:
    if len(run) < LEAST_ROWS:
        return None
    rows = [pieces(line) for line in run]
    spans: list[list[float]] = []
    for x0, x1 in sorted((piece.x0, piece.x1) for row in rows for piece in row):
        if spans and x0 <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], x1)
        else:
            spans.append([x0, x1])
    places = [
        [next(at for at, (x0, x1) in enumerate(spans) if x0 <= piece.middle <= x1) for piece in row]
        for row in rows
    ]
    if len(spans) < LEAST_COLUMNS or any(len(set(row)) < len(row) for row in places):
        return None
    cells = [piece for row in rows for piece in row]
    if sum(any(c.isdigit() for c in piece.text) for piece in cells) < FIGURES * len(cells):
        return None
    if sum(len(row) >= LEAST_COLUMNS for row in rows) < LEAST_ROWS:
        return None
    edges = [spans[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(spans)), spans[-1][1]]
    levels = [run[0].top, *((a.bottom + b.top) / 2 for a, b in pairwise(run)), run[-1].bottom]
    filled = []
    for row, (held, at) in enumerate(zip(rows, places, strict=True)):
        by_column = dict(zip(at, held, strict=True))
        for col in range(len(spans)):
            box = (edges[col], levels[row], edges[col + 1], levels[row + 1])
            filled.append(FilledCell(row, col, 1, 1, box, [by_column[col]] if col in by_column else []))
    return FilledTable(page, tuple(edges), tuple(levels), filled, height)
