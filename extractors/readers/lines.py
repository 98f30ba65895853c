"""Characters to lines of text: by baseline, then from left to right, with the gaps that mean a space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter, sub

from extractors.readers.glyphs import Glyph
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
_FIRST = itemgetter(0)
_LEFT = itemgetter(1)  # of a glyph
_LEVEL = itemgetter(2, 4, 5)  # its top, bottom and size
#: white space, or a character that may be drawn twice
WHITE_OR_TWICE = re.compile(r"\s|(.)\1")
#: from here on a gap divides columns
WIDE_GAP = 2.2


@dataclass(frozen=True, slots=True)
class Line:
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


def line_up(glyphs: Iterable[Glyph], page: int = 1) -> list[Line]:
    """Lines from top to bottom. Small raised or lowered characters go with the line beside them."""
    pieces = [(top + bottom, own, list(same)) for (top, bottom, own), same in groupby(glyphs, _LEVEL)]
    pieces.sort(key=_FIRST)
    rows: list[list[Glyph]] = []
    place = size = 0.0
    for twice, own, same in pieces:
        middle = twice / 2
        if rows and middle - place <= 0.5 * (own if own > size else size):
            rows[-1] += same
            if own > size and not all(glyph.char.isspace() for glyph in same):
                place, size = middle, own
        else:
            rows.append(same)
            place, size = middle, own
    return [line for row in rows if (line := _line(row, page))]


def _line(row: list[Glyph], page: int) -> Line | None:
    row.sort(key=_LEFT)
    seen, blanks = row, set[int]()
    if WHITE_OR_TWICE.search("".join([glyph.char for glyph in row])):
        seen, blanks = _seen(row)
        if not seen:
            return None
    said, lefts, tops, rights, bottoms, sizes, bolds, sure, _ = zip(*seen, strict=True)
    chars, boxes, confidences = list(said), list(zip(lefts, tops, rights, bottoms, strict=True)), list(sure)
    size = max(sizes)
    gaps: list[int] = []
    added = 0
    for at in [at for at, gap in enumerate(map(sub, lefts[1:], rights), 1) if gap > LEAST_GAP * size]:
        gap = lefts[at] - rights[at - 1]
        if not _parted(said[at - 1], said[at], gap / size, at in blanks):
            continue
        here, count = at + added, spaces(gap / size)
        if gap > WIDE_GAP * size:
            gaps.append(here)
        between = (rights[at - 1], min(tops[at - 1 : at + 1]), lefts[at], max(bottoms[at - 1 : at + 1]))
        chars[here:here] = " " * count
        boxes[here:here] = [between] * count
        confidences[here:here] = [1.0] * count
        added += count
    raised: tuple[int, ...] = ()
    if min(sizes) < RAISED * size:
        # the foot of full size print; a box is as high as its font, so it tells the baseline
        foot = max([bottom for bottom, own in zip(bottoms, sizes, strict=True) if own > RAISED * size])
        raised = tuple(
            at
            for at, (_, top, _, bottom) in enumerate(boxes)
            if chars[at] != " " and bottom - top < RAISED * size and bottom < foot - 0.15 * size
        )
    return Line(
        "".join(chars), tuple(boxes), tuple(confidences) if min(sure) < 1 else (),
        lefts[0], min(tops), max(rights), max(bottoms), size, sum(bolds) * 2 > len(seen), page,
        tuple(gaps), len(seen) in blanks, raised,
    )  # fmt: skip


def _seen(row: Sequence[Glyph]) -> tuple[list[Glyph], set[int]]:
    """The glyphs that are seen, and before which of them the file has white space.

    What is drawn twice, a little apart, is bold: it is seen once.
    """
    seen: list[Glyph] = []
    blanks: set[int] = set()
    for glyph in row:
        if glyph.char.isspace():
            blanks.add(len(seen))
        elif seen and glyph.char == seen[-1].char and _twice(seen[-1], glyph):
            continue
        else:
            seen.append(glyph)
    return seen, blanks


def _twice(last: Glyph, glyph: Glyph) -> bool:
    return glyph.x0 - last.x0 < 0.25 * min(glyph.size, max(last.x1 - last.x0, 1))


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
    return replace(
        line,
        text="".join([line.text[at] for at in kept]),
        boxes=tuple([line.boxes[at] for at in kept]),
        confidences=tuple([line.confidences[at] for at in kept]) if line.confidences else (),
        gaps=tuple([at - sum(other < at for other in dropped) for at in line.gaps]),
        raised=tuple([at - sum(other < at for other in dropped) for at in line.raised if at not in dropped]),
    )
