"""Tables that go on over page breaks: the pieces on single pages become one table of the true grid.

The header that a program repeats is left out, a row cut in two by the break is made one again, and
a merged cell that spans the break stays one cell.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from extractors.readers.lines import Line, pieces
from extractors.readers.paragraphs import Measure, goes_on, paragraphs
from extractors.readers.ruled import nearest
from schema.document import Box

#: how far the outer sides of two pieces may differ in width (share of the width)
WIDTH_SLACK = 0.02
#: grid lines of pieces this close are one (points)
SAME_LINE = 5.0
#: the share of a page's height that print usually ends at
TYPE_AREA_END = 0.88
MOST_HEADER_ROWS = 5
ENDS = set("。！？；")
FIGURE = re.compile(r"[\d,，]+(?:\.\d+)?[%％]?")


@dataclass(slots=True)
class FilledCell:
    """A cell on one page with its lines."""

    row: int
    col: int
    rowspan: int
    colspan: int
    box: Box
    lines: list[Line]

    @property
    def text(self) -> str:
        return "".join("".join(line.text.split()) for line in self.lines)


def parted_figures(cell: FilledCell, xs: Sequence[float]) -> list[FilledCell]:
    """A cell over several columns whose one line is a figure in each of two or more of them, as the cells that the rules
    between them, worn away there, would have made."""
    line = cell.lines[0] if len(cell.lines) == 1 else None
    if line is None or cell.rowspan > 1 or cell.colspan < 2 or not line.gaps:
        return [cell]
    parts = pieces(line)
    first = [bisect(xs, part.middle) - 1 for part in parts]
    apart = len(set(first)) == len(parts) > 1 and all(FIGURE.fullmatch(part.text) for part in parts)
    if not apart or any(
        part.x1 > xs[col + 1] and col + 1 in first for part, col in zip(parts, first, strict=True)
    ):
        return [cell]
    starts = [cell.col, *first[1:], cell.col + cell.colspan]
    return [
        FilledCell(cell.row, start, 1, end - start, (xs[start], cell.box[1], xs[end], cell.box[3]), [part])
        for part, (start, end) in zip(parts, pairwise(starts), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table's piece on one page."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: list[FilledCell]
    page_height: float = 842.0

    @property
    def width(self) -> float:
        return self.xs[-1] - self.xs[0]

    def row(self, row: int) -> list[FilledCell]:
        return [cell for cell in self.cells if cell.row == row]


@dataclass(frozen=True, slots=True)
class JoinedCell:
    row: int
    col: int
    rowspan: int
    colspan: int
    page: int
    paragraphs: list[list[Line]]
    centered: bool


@dataclass(frozen=True, slots=True)
class JoinedTable:
    page: int
    rows: int
    cols: int
    cells: list[JoinedCell]


def continues(run: Sequence[FilledTable], piece: FilledTable) -> bool:
    """Whether a piece on the next page goes on with the table of `run`."""
    last = run[-1]
    if piece.page != last.page + 1 or abs(piece.width - last.width) > WIDTH_SLACK * last.width:
        return False
    repeated = _repeated_rows(run[0], piece)
    height = piece.ys[min(repeated + 1, len(piece.ys) - 1)] - piece.ys[0]
    if TYPE_AREA_END * last.page_height - last.ys[-1] > height + 40:
        return False  # there was room for the row: the page was ended on purpose
    if repeated and max(len([c for c in piece.row(row) if c.text]) for row in range(repeated)) < 2:
        return False  # the title alone comes again: the same form, filled in a second time
    return repeated < len(piece.ys) - 1 or len(piece.ys) == 2


def _repeated_rows(first: FilledTable, piece: FilledTable) -> int:
    """How many rows at the top of a piece are the table's header again."""
    rows = 0
    while rows < min(len(first.ys), len(piece.ys), MOST_HEADER_ROWS + 1) - 1:
        ours, theirs = first.row(rows), piece.row(rows)
        if len(ours) != len(theirs) or not any(cell.text for cell in ours):
            break
        if not all(_same(a.text, b.text) for a, b in zip(ours, theirs, strict=True)):
            break
        rows += 1
    # a header's merged cells end with it
    while rows and any(cell.row < rows < cell.row + cell.rowspan for cell in piece.cells):
        rows -= 1
    return rows


def _same(a: str, b: str) -> bool:
    """Equal, but for a character that was recognised wrongly in a long text."""
    return a == b or (min(len(a), len(b)) > 4 and SequenceMatcher(None, a, b).ratio() > 0.84)


@dataclass(slots=True)
class _Draft:
    """A cell of the joined table in the making."""

    row: int
    col: int
    rowspan: int
    colspan: int
    page: int
    lines: list[Line]
    measures: dict[int, Measure] = field(default_factory=dict)

    @property
    def end(self) -> int:
        return self.row + self.rowspan

    @property
    def place(self) -> tuple[int, int]:
        return self.col, self.colspan


def join_tables(run: Sequence[FilledTable]) -> JoinedTable:
    """One table from its pieces on successive pages."""
    lines = _columns(run)
    drafts: list[_Draft] = []
    total = 0
    for at, piece in enumerate(run):
        skipped = _repeated_rows(run[0], piece) if at else 0
        fresh = [draft for draft in _drafts(piece, run[0], lines) if draft.row >= skipped]
        for draft in fresh:
            draft.row -= skipped
        rows = len(piece.ys) - 1 - skipped
        total = _append(drafts, fresh, total, rows) if at else rows
        if not at:
            drafts = fresh
    cells = []
    for draft in sorted(drafts, key=lambda d: (d.row, d.col)):
        groups: list[list[Line]] = []
        for page in dict.fromkeys(line.page for line in draft.lines):
            measure = draft.measures[page]
            found = paragraphs([line for line in draft.lines if line.page == page], measure)
            if groups and found and goes_on(groups[-1][-1], found[0][0], measure):
                groups[-1].extend(found.pop(0))
            groups.extend(found)
        centre = draft.measures[draft.page].centre or 0
        centered = bool(draft.lines) and abs(draft.lines[0].middle - centre) < draft.lines[0].size / 2
        cells.append(
            JoinedCell(draft.row, draft.col, draft.rowspan, draft.colspan, draft.page, groups, centered)
        )
    return JoinedTable(run[0].page, total, len(lines) - 1, cells)


def _columns(run: Sequence[FilledTable]) -> list[float]:
    """The grid lines of all pieces, laid over the first piece's width."""
    places = sorted(_across(run[0], piece, x) for piece in run for x in piece.xs)
    lines = [places[0]]
    for place in places:
        if place - lines[-1] > SAME_LINE:
            lines.append(place)
    return lines


def _across(first: FilledTable, piece: FilledTable, x: float) -> float:
    return first.xs[0] + (x - piece.xs[0]) * first.width / (piece.width or 1)


def _drafts(piece: FilledTable, first: FilledTable, lines: list[float]) -> list[_Draft]:
    def line_at(x: float) -> int:
        return nearest(lines, _across(first, piece, x))

    padding = _padding(piece)
    found = []
    for cell in piece.cells:
        start, end = line_at(cell.box[0]), line_at(cell.box[2])
        left, right = cell.box[0] + padding, cell.box[2] - padding
        measure = Measure(left, right, 1e6, (cell.box[0] + cell.box[2]) / 2)
        found.append(
            _Draft(
                cell.row,
                start,
                cell.rowspan,
                max(end - start, 1),
                piece.page,
                cell.lines,
                {piece.page: measure},
            )
        )
    return found


def _padding(piece: FilledTable) -> float:
    """The distance that cells keep between their sides and their text."""
    room = [min(line.x0 - cell.box[0], cell.box[2] - line.x1) for cell in piece.cells for line in cell.lines]
    return max(0.5, min([*room, 5.4]))


def _append(drafts: list[_Draft], fresh: list[_Draft], total: int, rows: int) -> int:
    """Adds a piece's cells below; gives the new number of rows."""
    above = {draft.place: draft for draft in drafts if draft.end == total}
    top = sorted((draft for draft in fresh if draft.row == 0), key=lambda d: d.col)
    if not top:
        return total
    split = _is_split_row(above, top)
    offset = total - 1 if split else total
    for draft in fresh:
        draft.row += offset
    leading = True  # only what stands left of the first text of its own may belong to a cell above
    for draft in top:
        partner = above.get(draft.place)
        if partner and (split or (leading and _spans_break(partner, draft, drafts))):
            partner.lines = partner.lines + draft.lines
            partner.measures |= draft.measures
            partner.rowspan = draft.end - partner.row
            if not partner.lines or partner.lines[0].page != partner.page:
                partner.page = partner.lines[0].page if partner.lines else partner.page
            fresh.remove(draft)
        else:
            leading = leading and not draft.lines
    drafts.extend(fresh)
    return offset + rows


def _is_split_row(above: dict[tuple[int, int], _Draft], top: Sequence[_Draft]) -> bool:
    """Whether the first row of a piece is the rest of the last row before it."""
    pairs = [(above.get(draft.place), draft) for draft in top]
    if any(upper is None for upper, _ in pairs):
        return False
    told = [(upper, lower) for upper, lower in pairs if upper and lower.lines]
    silent = [
        upper for upper, lower in pairs if upper and upper.lines and not lower.lines and upper.rowspan == 1
    ]
    if not told or not all(upper.lines for upper, _ in told) or not (silent or len(pairs) == 1):
        return False
    wrapped = [_wraps(upper, lower) for upper, lower in told]
    return all(wrapped) or (len(told) == 1 and len(silent) >= 1 and len(told[0][0].lines) > 2)


def _wraps(upper: _Draft, lower: _Draft) -> bool:
    last, following = upper.lines[-1], lower.lines[0]
    if last.text[-1] in ENDS:
        return False
    return goes_on(last, following, lower.measures[lower.page])


def _spans_break(upper: _Draft, lower: _Draft, drafts: Sequence[_Draft]) -> bool:
    """Whether a cell at the top of a piece is the rest of a merged cell before the break."""
    if lower.lines:
        return not upper.lines and upper.rowspan > 1
    grouping = any(draft.col == upper.col and draft.rowspan > 1 and draft.row > 0 for draft in drafts)
    return bool(upper.lines) and (upper.rowspan > 1 or lower.rowspan > 1 or grouping)
