"""Characters to lines of text: by baseline, then from left to right, with the gaps that mean a space."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.readers.glyphs import Glyphs
from extractors.readers.rows import Numbers, Rows, in_rows
from schema.document import Box

#: gaps in ems: between Latin letters a word ends; elsewhere only a wide gap is one that was meant
LATIN_GAP = 0.22
PLAIN_GAP = 0.6
#: from here on two things stand on one line, divided by several spaces of so much each
APART, SPACE = 1.2, 0.42
MOST_SPACES = 8
#: any narrower one is none, even where a space was typed
LEAST_GAP = 0.12
#: print of this share of its line's size is a mark above or below it
RAISED = 0.78
#: from here on a gap divides columns
WIDE_GAP = 2.2


class Line(NamedTuple):
    """One line of print: text without white space at its ends, a box and a confidence a character."""

    text: str
    boxes: tuple[Box, ...]
    confidences: tuple[float, ...]  # empty where the text was not recognised
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    page: int = 1
    gaps: tuple[int, ...] = ()  # offsets of the spaces that stand for wide gaps
    trailing: bool = False  # the file has a space at its end
    raised: tuple[int, ...] = ()  # offsets of characters printed small and above the baseline

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0


@cache
def wide(char: str) -> bool:
    """Whether a character takes a full square: Chinese, its punctuation, full-width forms.

    >>> wide("绩"), wide("，"), wide("a")
    (True, True, False)
    """
    return ord(char) > 0x2E7F or unicodedata.east_asian_width(char) in "WF"


def line_up(glyphs: Glyphs, places: Numbers, page: int = 1) -> dict[int, list[Line]]:
    """The lines of each place (a cell, or what is outside of all) from top to bottom."""
    rows = in_rows(glyphs, places)
    found: dict[int, list[Line]] = {}
    if len(rows.starts):
        for place, line in zip(rows.places.tolist(), _lines(rows, page), strict=True):
            found.setdefault(place, []).append(line)
    return found


def _lines(rows: Rows, page: int) -> list[Line]:
    """The line that each row makes. Only where there is room or a small character is it looked at closely."""
    (text, sides, sizes, bolds, sure, _), _, starts, counts, _, trailing = rows
    spans = list(map(slice, starts.tolist(), (starts + counts).tolist()))
    boxes, largest = tuple(zip(*sides.tolist(), strict=True)), np.maximum.reduceat(sizes, starts)
    columns: tuple[Iterable[Any], ...] = (
        map(text.__getitem__, spans),
        map(boxes.__getitem__, spans),
        repeat(()) if sure is None else _confidences(tuple(sure.tolist()), spans),
        sides[0, starts].tolist(),
        np.minimum.reduceat(sides[1], starts).tolist(),
        np.maximum.reduceat(sides[2], starts).tolist(),
        np.maximum.reduceat(sides[3], starts).tolist(),
        largest.tolist(),
        (2 * np.add.reduceat(bolds, starts, dtype=np.intp) > counts).tolist(),
        repeat(page),
        repeat(()),
        map(trailing.__contains__, range(len(spans))),
    )
    lines = list(map(Line, *columns))
    for row, openings in _openings(rows, LEAST_GAP * largest).items():
        lines[row] = _spaced(lines[row], openings)
    for row in (np.minimum.reduceat(sizes, starts) < RAISED * largest).nonzero()[0].tolist():
        full = sizes[spans[row]] > RAISED * largest[row]
        # the foot of full size print; a box is as high as its font, so it tells the baseline
        lines[row] = _with_raised(lines[row], sides[3, spans[row]][full].max())
    return lines


def _confidences(sure: tuple[float, ...], spans: Iterable[slice]) -> Iterator[tuple[float, ...]]:
    """A confidence for each character of a row, if one of them is not sure."""
    return (sure[span] if min(sure[span]) < 1 else () for span in spans)


def _openings(rows: Rows, least: NDArray[np.float64]) -> dict[int, list[tuple[int, bool]]]:
    """In which rows there is at least so much room before a character: its offset, whether white space is there."""
    lefts, rights, row_of = rows.glyphs.sides[0], rows.glyphs.sides[2], np.arange(len(rows.starts))
    row_of = row_of.repeat(rows.counts)[1:]
    apart = lefts[1:] - rights[:-1] > least[row_of]
    apart[rows.starts[1:] - 1] = False
    places = apart.nonzero()[0]
    openings: dict[int, list[tuple[int, bool]]] = {}
    for at, row in zip((places + 1).tolist(), row_of[places].tolist(), strict=True):
        openings.setdefault(row, []).append((at - int(rows.starts[row]), at in rows.blanks))
    return openings


def _spaced(line: Line, openings: Sequence[tuple[int, bool]]) -> Line:
    """A line with the spaces that its gaps stand for; an opening is an offset, and whether white space is there."""
    chars, boxes, confidences = list(line.text), list(line.boxes), list(line.confidences)
    gaps: list[int] = []
    for at, blank in reversed(openings):
        left, right = boxes[at - 1], boxes[at]
        gap = right[0] - left[2]
        if not _parted(chars[at - 1], chars[at], gap / line.size, blank):
            continue
        count = spaces(gap / line.size)
        gaps = [later + count for later in gaps]
        if gap > WIDE_GAP * line.size:
            gaps.insert(0, at)
        chars[at:at] = " " * count
        boxes[at:at] = [(left[2], min(left[1], right[1]), right[0], max(left[3], right[3]))] * count
        if confidences:
            confidences[at:at] = [1.0] * count
    return line._replace(
        text="".join(chars), boxes=tuple(boxes), confidences=tuple(confidences), gaps=tuple(gaps)
    )


def _with_raised(line: Line, foot: float) -> Line:
    """A line that says where its small print stands above the foot of the other."""
    raised = tuple(
        at
        for at, (_, top, _, bottom) in enumerate(line.boxes)
        if line.text[at] != " " and bottom - top < RAISED * line.size and bottom < foot - 0.15 * line.size
    )
    return line._replace(raised=raised)


def spaces(gap: float) -> int:
    """How many spaces someone may have typed for a gap of so many ems.

    >>> spaces(0.3), spaces(1.0), spaces(1.3), spaces(30)
    (1, 1, 3, 8)
    """
    return 1 if gap < APART else min(MOST_SPACES, int(gap / SPACE))


def _parted(left: str, right: str, gap: float, blank: bool) -> bool:
    """Whether a space stands between two characters; `gap` in ems, `blank` where the file has one.

    Justification spreads figures and Chinese; a space that was typed keeps some of its width.
    """
    if blank and gap > LEAST_GAP:
        return True
    if wide(left) or wide(right):
        return gap > PLAIN_GAP
    if left.isdigit() and (right.isdigit() or right in ".,%"):
        return gap > 0.35
    return gap > LATIN_GAP


def pieces(line: Line) -> list[Line]:
    """A line cut at its wide gaps."""
    cuts = [-1, *line.gaps, len(line.text)]
    found = []
    for a, b in pairwise(cuts):
        start = a + 1
        while line.text[start : start + 1] == " ":  # a wide gap is several spaces
            start += 1
        if b > start:
            found.append(part(line, start, b))
    return found


def part(line: Line, start: int, end: int) -> Line:
    """text[start:end] of a line as a line of its own."""
    boxes = line.boxes[start:end]
    return Line(
        line.text[start:end], boxes, line.confidences[start:end],
        boxes[0][0], line.top, boxes[-1][2], line.bottom, line.size, line.bold, line.page,
    )  # fmt: skip


def without(line: Line, gone: Sequence[int]) -> Line | None:
    """A line without the characters at these offsets; None where nothing is left."""
    dropped = set(gone)
    kept = [at for at in range(len(line.text)) if at not in dropped]
    if not kept:
        return None
    return line._replace(
        text="".join([line.text[at] for at in kept]),
        boxes=tuple([line.boxes[at] for at in kept]),
        confidences=tuple([line.confidences[at] for at in kept]) if line.confidences else (),
        gaps=tuple([at - sum(other < at for other in dropped) for at in line.gaps]),
        raised=tuple([at - sum(other < at for other in dropped) for at in line.raised if at not in dropped]),
    )
