"""Tables without rules: successive lines whose figures stand below each other.

Only what is clearly a table is taken for one: three rows at least in three columns, or two in five, much
of it figures. Everything else stays text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.aligned import HEADING, divided, edges_of, ends_of, rows_of, spans, text_of
from extractors.readers.lines import Line
from extractors.readers.pieces import FilledCell, FilledTable

LEAST_COLUMNS = 3
#: from so many columns on, two rows are enough, of which the upper one may be the table's head
MANY_COLUMNS = 5
#: the share of cells that hold a figure, in tables of few columns and of many
FIGURES, FEWER = 0.35, 0.2
ROOM = re.compile(" {2,}")
#: a line without room in it goes with the rows around it where it takes no more of the print's width than this
WRAPPED = 0.45


def aligned_tables(lines: Sequence[Line], page: int, height: float) -> tuple[list[Line], list[FilledTable]]:
    """The lines that are text, and the tables that the others make."""
    text: list[Line] = []
    tables: list[FilledTable] = []
    widest = max((line.width for line in lines), default=0.0)
    run: list[Line] = []
    for line in [*lines, None]:
        wrapped = line is not None and run and line.width < WRAPPED * widest and not HEADING.match(line.text)
        if line is not None and (_is_apart(line) or wrapped) and (not run or _next_row(run[-1], line)):
            run.append(line)
            continue
        end = _last_row(run)
        table = _table(run[:end], page, height)
        if table:
            tables.append(table)
            text += run[end:]
        else:
            text += run
        run = [line] if line is not None and _is_apart(line) else []
        if line is not None and not run:
            text.append(line)
    return text, tables


def _is_apart(line: Line) -> bool:
    """Whether room divides a line: once for certain, or often."""
    return bool(line.gaps) or len(ROOM.findall(line.text)) >= MANY_COLUMNS - 1


def _next_row(above: Line, below: Line) -> bool:
    return below.bottom - above.bottom < 3.2 * max(above.size, below.size)


def _last_row(run: Sequence[Line]) -> int:
    """Where a table ends: behind the last line of several columns, and what goes on from one of its cells below it."""
    end = max((at for at, line in enumerate(run, 1) if _is_apart(line)), default=0)
    while 0 < end < len(run):
        above, below = text_of(run[end - 1]).pieces, run[end]
        same = any(piece.left - 1 < below.x0 and below.x1 < piece.right + below.size for piece in above[1:])
        if not same or below.top - run[end - 1].bottom > 0.6 * below.size:
            break
        end += 1
    return end


def _table(run: Sequence[Line], page: int, height: float) -> FilledTable | None:
    """The table that a run of lines makes, None where they are text."""
    if sum(map(_is_apart, run)) < 2:
        return None
    texts = [text_of(line) for line in run]
    edges = edges_of(spans(texts))
    texts = [divided(text, edges) for text in texts]
    cells = rows_of(texts, edges) if len(edges) > LEAST_COLUMNS else []
    many = len(edges) > MANY_COLUMNS and max(map(len, cells), default=0) >= MANY_COLUMNS
    if sum(len(row) >= LEAST_COLUMNS for row in cells) < (2 if many else 3):
        return None
    said = ["".join(line.text for line in lines) for row in cells for lines in row.values()]
    if sum(any(c.isdigit() for c in words) for words in said) < (FEWER if many else FIGURES) * len(said):
        return None
    ends = ends_of(cells)
    levels = [ends[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(ends)), ends[-1][1]]
    filled = [
        FilledCell(
            row, col, 1, 1, (edges[col], levels[row], edges[col + 1], levels[row + 1]), held.get(col, [])
        )
        for row, held in enumerate(cells)
        for col in range(len(edges) - 1)
    ]
    return FilledTable(page, tuple(edges), tuple(levels), filled, height)
