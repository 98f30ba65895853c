"""Lines of print as the rows of a table that nothing rules: what stands below each other is a column, and a line that
fills several of them begins a row, however many lines its cells take."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extractors.readers.lines import Line, part, wide

#: characters further apart than this stand in two columns (ems)
APART = 0.8
#: room that no line stands in divides columns where it is as narrow as this (ems)
CLOSER = 0.25
#: where a column ends for certain (ems)
CLOSEST = 0.1
#: but 合　计 is one word (ems)
SPELT = 4.0
#: so many lines of a hundred may run over the room between two columns: 合计, a heading of several columns
OVER = 0.15
#: lines of one cell stand this much further apart than the closest ones of the table do, at most
LEADING = 1.2
#: what stands between two tables and in none
HEADING = re.compile(
    r"第.{1,3}[部章节]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+(?:\.\d+)*[ .、．]|[表附]\s?[\d一二三四五六七八九十件表]"
)
FIGURE = re.compile(r"[≥≤=＝<>＜＞]?[\d.,，%％—/-]+")


class Piece(NamedTuple):
    """A part of a line that room divides from the others; text[start:end] of the line."""

    left: float
    right: float
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A line of print and its pieces from left to right; each is itself alone."""

    line: Line
    pieces: tuple[Piece, ...]

    @property
    def middle(self) -> float:
        return (self.line.top + self.line.bottom) / 2

    def said(self, piece: Piece) -> str:
        return self.line.text[piece.start : piece.end].replace(" ", "")

    def fills(self, columns: int) -> bool:
        """Whether the line begins a row: a figure among words, or words in half of the columns."""
        figures = any(FIGURE.fullmatch(self.said(piece)) for piece in self.pieces)
        return len(self.pieces) > 1 and (figures or 2 * len(self.pieces) >= columns)


def text_of(line: Line, apart: float = APART) -> Text:
    """A line cut into its pieces, which stand further apart than so many ems."""
    found = _cut(line, 0, len(line.text), lambda left, right: right - left > apart * line.size)
    return Text(line, tuple(_spelt_apart(line, found)))


def _cut(line: Line, start: int, end: int, apart: Callable[[float, float], bool]) -> Iterator[Piece]:
    """The pieces of text[start:end] between all room, from its left to its right end, that is such as to cut."""
    inked = [at for at in range(start, end) if line.text[at] != " "]
    first = inked[:1]
    for last, following in zip(inked, [*inked[1:], None], strict=True):
        if following is None or apart(line.boxes[last][2], line.boxes[following][0]):
            yield Piece(line.boxes[first[0]][0], line.boxes[last][2], first[0], last + 1)
            first = [following] if following is not None else []


def _spelt_apart(line: Line, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, characters that are only set apart, 合　计, as one."""
    last: Piece | None = None
    for piece in pieces:
        if last and piece.left - last.right < SPELT * line.size:
            letters = [line.text[one.start : one.end] for one in (last, piece)]
            if all(len(letter) == 1 and wide(letter) for letter in letters):
                last = Piece(last.left, piece.right, last.start, piece.end)
                continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def spans(texts: Sequence[Text]) -> list[tuple[float, float]]:
    """The stretches that columns take, but for a few lines that run over several of them."""
    most = max((len(text.pieces) for text in texts), default=0)
    full = [text for text in texts if len(text.pieces) >= max(2, 0.6 * most)]
    found = _covered([text_of(text.line, CLOSER) for text in full])
    for piece in sorted(piece for text in texts if text not in full for piece in text.pieces):
        own = [span for span in found if piece.left < span[1] and span[0] < piece.right]
        if len(own) < 2:
            ends = [(piece.left, piece.right), *own]
            whole = min(left for left, _ in ends), max(right for _, right in ends)
            found = sorted([*(span for span in found if span not in own), whole])
    return found


def _covered(texts: Sequence[Text]) -> list[tuple[float, float]]:
    """The stretches that the pieces of more than a few lines stand in."""
    pieces = [piece for text in texts for piece in text.pieces]
    steps = sorted([*((piece.left, 1) for piece in pieces), *((piece.right, -1) for piece in pieces)])
    found: list[tuple[float, float]] = []
    depth, begin = 0, 0.0
    for place, step in steps:
        was, depth = depth, depth + step
        if was <= OVER * len(texts) < depth:
            begin = place
        elif depth <= OVER * len(texts) < was:
            found.append((begin, place))
    return found


def divided(text: Text, edges: Sequence[float]) -> Text:
    """A line whose pieces are cut wherever a side of two columns goes through room, however narrow."""
    return Text(text.line, tuple(part for piece in text.pieces for part in _divided(text.line, piece, edges)))


def _divided(line: Line, piece: Piece, edges: Sequence[float]) -> Iterator[Piece]:
    inked = [at for at in range(piece.start, piece.end) if line.text[at] != " "]
    room = [line.boxes[b][0] - line.boxes[a][2] for a, b in pairwise(inked)]
    if room and min(room) > CLOSEST * line.size and all(wide(line.text[at]) for at in inked):
        yield piece  # 合　计
        return

    def parted(left: float, right: float) -> bool:
        return right - left >= CLOSEST * line.size and any(left <= edge <= right for edge in edges)

    yield from _cut(line, piece.start, piece.end, parted)


def edges_of(columns: Sequence[tuple[float, float]]) -> list[float]:
    """The sides of columns, in the middle of the room between them."""
    middles = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    return [columns[0][0], *middles, columns[-1][1]] if columns else []


def column_of(edges: Sequence[float], left: float, right: float) -> int:
    """The column that most of a stretch stands in."""
    shared = [min(b, right) - max(a, left) for a, b in pairwise(edges)]
    return shared.index(max(shared))


#: the parts of lines that each cell of a row holds, by column
Row = dict[int, list[Line]]


def rows_of(texts: Sequence[Text], edges: Sequence[float]) -> list[Row]:
    """The rows from top to bottom.

    A line that fills columns begins a row. Another one goes with the line of its column that stands as close as lines of
    a cell do; what stands alone in its column, in the middle of a cell of several lines beside it, with the row there.
    """
    columns = len(edges) - 1
    heads = [text for text in texts if text.fills(columns)]
    if not heads:
        return []
    rows: list[Row] = [{} for _ in heads]
    cells = _cells(texts, edges)
    leading = min((closest for column in cells if (closest := _closest(column))), default=0.0)
    for col, column in enumerate(cells):
        run: list[tuple[Text, Line]] = []
        for text, cell in column:
            apart = run and text.middle - run[-1][0].middle > LEADING * leading
            if run and (apart or (text in heads and any(one in heads for one, _ in run))):
                _row_of(run, heads, rows).setdefault(col, []).extend(line for _, line in run)
                run = []
            run.append((text, part(text.line, cell[0].start, cell[-1].end)))
        if run:
            _row_of(run, heads, rows).setdefault(col, []).extend(line for _, line in run)
    return rows


def ends_of(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Where the print of each row that has some begins and ends, from above."""
    held = [[line for lines in row.values() for line in lines] for row in rows if row]
    return [(min(line.top for line in lines), max(line.bottom for line in lines)) for lines in held]


_Cells = list[tuple[Text, list[Piece]]]


def _cells(texts: Sequence[Text], edges: Sequence[float]) -> list[_Cells]:
    """For each column the lines that stand in it, each with its pieces there."""
    cells: list[_Cells] = [[] for _ in edges[1:]]
    for text in texts:
        for piece in text.pieces:
            column = cells[column_of(edges, piece.left, piece.right)]
            if column and column[-1][0] is text:
                column[-1][1].append(piece)
            else:
                column.append((text, [piece]))
    return cells


def _closest(column: _Cells) -> float:
    """How far apart lines of a column stand at least."""
    steps = (below.middle - above.middle for (above, _), (below, _) in pairwise(column))
    return min(
        (step for step, (below, _) in zip(steps, column[1:], strict=True) if step > 0.7 * below.line.size),
        default=0.0,
    )


def _row_of(run: Sequence[tuple[Text, Line]], heads: Sequence[Text], rows: Sequence[Row]) -> Row:
    """The row of the lines of one cell: that which one of them begins, else the one whose first line is nearest to
    their middle."""
    own = next((heads.index(text) for text, _ in run if text in heads), None)
    middle = (run[0][0].middle + run[-1][0].middle) / 2
    at = own if own is not None else min(range(len(heads)), key=lambda at: abs(heads[at].middle - middle))
    return rows[at]
