"""Tables that only level lines rule, as print sets them (三线表): their columns are where the rules are drawn in pieces,
or else where no text stands; their rows are between the rules, or else each line that fills several columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extractors.readers.aligned import HEADING, Text, divided, ends_of, rows_of, spans, text_of
from extractors.readers.glyphs import Glyphs, Stroke
from extractors.readers.lines import line_up
from extractors.readers.ruled import NEAR, THINNEST, RuledTable, joined, solve
from schema.document import Box

#: so many characters may stand above a table that goes on from the page before: the page's header
HEADER = 20
#: narrower ones are underlines (points)
LEAST_WIDTH = 150.0
#: so many rules make a table, fewer where it goes on from the page before
LEAST_RULES, GOING_ON = 3, 2
LEAST_COLUMNS = 3
#: how far from its first and last rule a row that no other rule ends may stand (points, and in ems)
REACH, END = 30.0, 1.8
#: a line that is all of so much of a table's width is none of its rows
PROSE = 0.7
#: from so many spaces between rules on, a rule stands between any two rows
RULED_ROWS = 4


@dataclass(frozen=True, slots=True)
class _Frame:
    """Level rules of the same width below each other, the shorter ones between them, and the text within."""

    left: float
    right: float
    rules: list[float]
    texts: list[Text]

    def lies_in(self, other: _Frame) -> bool:
        """Whether it is but the lower part of another's rows: rules that begin beside a higher cell."""
        narrower = other.left - NEAR < self.left and self.right < other.right + NEAR
        return (
            narrower
            and self.right - self.left < other.right - other.left - NEAR
            and other.rules[0] - NEAR < self.rules[0]
            and self.rules[-1] < other.rules[-1] + NEAR
        )

    def with_ends(self) -> _Frame:
        """With a row above its first rule and one below its last, where nothing rules a table off."""
        size = max((text.line.size for text in self.texts), default=0.0)
        above = [text for text in self.texts if self.rules[0] - END * size < text.middle < self.rules[0]]
        below = [text for text in self.texts if self.rules[-1] < text.middle < self.rules[-1] + END * size]
        rules = self.rules
        if above and self._begins(above[-1:]):
            rules = [above[-1].line.top - 1, *rules]
        if below and self._begins(below[:1]):
            rules = [*rules, below[0].line.bottom + 1]
        return _Frame(self.left, self.right, rules, self.texts)

    def _begins(self, row: Sequence[Text]) -> bool:
        return len(row[0].pieces) >= LEAST_COLUMNS

    def within(self, top: float, bottom: float) -> list[Text]:
        return [text for text in self.texts if top < text.middle < bottom]


def open_tables(strokes: Sequence[Stroke], glyphs: Glyphs, closed: Sequence[RuledTable]) -> list[RuledTable]:
    """The tables of a page that have no upright rules, beside those that have (`closed`)."""
    flat = [one for one in strokes if one.flat and not any(_lies_in(one, table.box) for table in closed)]
    found = [_table(frame, flat) for frame in _frames(flat, glyphs)]
    return [table for table in found if table is not None]


def opened(box: RuledTable, glyphs: Glyphs) -> RuledTable:
    """The table that stands in a lone box, else the box."""
    if len(box.cells) > 1:
        return box
    left, top, right, bottom = box.box
    frame = _Frame(left, right, [top, bottom], _texts(glyphs, box.box))
    if (
        _is_prose(frame.texts, right - left)
        or sum(len(text.pieces) > 2 for text in frame.texts) < LEAST_RULES
    ):
        return box
    return _table(frame, []) or box


def _lies_in(rule: Stroke, box: Box) -> bool:
    return box[0] - NEAR < rule.x1 and rule.x0 < box[2] + NEAR and box[1] - NEAR <= rule.top <= box[3] + NEAR


def _frames(flat: Sequence[Stroke], glyphs: Glyphs) -> list[_Frame]:
    """Where as many rules as a table has stand below each other, without prose between them."""
    widths: list[tuple[float, float, list[float]]] = []
    for place, left, right in sorted(joined((one.top, one.x0, one.x1) for one in flat)):
        if right - left < LEAST_WIDTH:
            continue
        alike = (one for one in widths if abs(one[0] - left) < NEAR and abs(one[1] - right) < NEAR)
        same = next(alike, None)
        if same:
            same[2].append(place)
        else:
            widths.append((left, right, [place]))
    frames: list[_Frame] = []
    for left, right, places in _continued(widths):
        above = int((glyphs.sides[3] < places[0]).sum())
        least = GOING_ON if above < HEADER else LEAST_RULES
        if len(places) < least:
            continue
        texts = _texts(glyphs, (left, places[0] - REACH, right, places[-1] + REACH))
        frame = _Frame(left, right, places, texts)
        prose = [
            at
            for at, (above, below) in enumerate(pairwise(places), 1)
            if below - above > THINNEST and _is_prose(frame.within(above, below), right - left)
        ]
        for start, end in pairwise([0, *prose, len(places)]):
            if end - start >= (LEAST_RULES if start else least):
                frames.append(_Frame(left, right, places[start:end], texts).with_ends())
    return [frame for frame in frames if not any(frame.lies_in(other) for other in frames)]


_Width = tuple[float, float, list[float]]


def _continued(widths: Sequence[_Width]) -> list[_Width]:
    """Rules of one width with those behind the last of them that begin beside a cell which its page leaves open."""
    found: list[_Width] = []
    for left, right, places in sorted(widths, key=lambda one: one[0] - one[1]):
        beside = (
            one
            for one in found
            if one[0] < left and abs(one[1] - right) < NEAR and places[0] < one[2][-1] < places[-1]
        )
        wider = next(beside, None)
        if wider:
            wider[2].append(places[-1])
        else:
            found.append((left, right, [*places]))
    return found


def _texts(glyphs: Glyphs, box: Box) -> list[Text]:
    xs, ys = glyphs.middles()
    within = np.flatnonzero((box[0] <= xs) & (xs <= box[2]) & (box[1] <= ys) & (ys <= box[3]))
    lines = line_up(glyphs.taken(within), np.zeros(len(within), np.intp)).get(0, [])
    return [text_of(line) for line in lines]


def _is_prose(texts: Sequence[Text], width: float) -> bool:
    """Whether what stands between two rules is no row of a table."""
    if any(len(text.pieces) == 1 and text.line.width > PROSE * width for text in texts):
        return True
    if any(len(text.pieces) > 2 for text in texts):
        return False
    said = "".join(text.line.text for text in texts)
    if HEADING.match(said):
        return True
    return all(len(text.pieces) < 2 for text in texts) and (
        len(texts) != 1 or len(said) > 24 or said.endswith(("。", "：", "；"))
    )


def _table(frame: _Frame, flat: Sequence[Stroke]) -> RuledTable | None:
    top, bottom = frame.rules[0], frame.rules[-1]
    texts = frame.within(top, bottom)
    drawn = [
        one
        for one in flat
        if top - NEAR <= one.top <= bottom + NEAR
        and frame.left - NEAR < one.x0
        and one.x1 < frame.right + NEAR
    ]
    edges = _edges(frame, drawn, texts)
    if len(edges) < LEAST_COLUMNS + 1:
        return None
    frame = replace(frame, texts=[divided(text, edges) for text in frame.texts])
    # rules of one cell after the other, where a cell above or below is higher
    whole = ((place, frame.left, frame.right) for place in frame.rules)
    rules = joined([*whole, *((one.top, one.x0, one.x1) for one in drawn)])
    ys = _apart(sorted({y for y, _, _ in rules}))
    if len(ys) - 1 < RULED_ROWS:
        cuts = [cut for above, below in pairwise(ys) for cut in _cuts(frame.within(above, below), edges)]
        rules += [(cut, frame.left, frame.right) for cut in cuts]
        ys = sorted([*ys, *cuts])
    upright = [(x, top, bottom) for x in (edges[0], edges[-1])]
    for above, below in pairwise(ys):
        row = frame.within(above, below)
        upright += [(x, above, below) for x in edges[1:-1] if not any(_runs_over(text, x) for text in row)]
    return solve(rules, sorted(upright))


def _runs_over(text: Text, x: float) -> bool:
    return any(piece.left < x - 2 and x + 2 < piece.right for piece in text.pieces)


def _edges(frame: _Frame, drawn: Sequence[Stroke], texts: Sequence[Text]) -> list[float]:
    """The sides of columns: where rules begin and end within the frame, and in the middle of all other room that no
    text stands in."""
    ends = sorted({x for one in drawn for x in (one.x0, one.x1)})
    told = _apart([x for x in ends if frame.left + THINNEST < x < frame.right - THINNEST])
    room = [(a[1], b[0]) for a, b in pairwise(spans(texts))]
    middles = [(a + b) / 2 for a, b in room if not any(a - NEAR < x < b + NEAR for x in told)]
    return [frame.left, *sorted([*told, *middles]), frame.right]


def _apart(places: Sequence[float]) -> list[float]:
    """Places in order, of those close to each other the first."""
    apart: list[float] = []
    for place in places:
        if not apart or place - apart[-1] > THINNEST:
            apart.append(place)
    return apart


def _cuts(texts: Sequence[Text], edges: Sequence[float]) -> list[float]:
    """Where rows end that no rule divides."""
    ends = sorted(ends_of(rows_of(texts, edges)))
    return [(above[1] + below[0]) / 2 for above, below in pairwise(ends)]
