"""Characters to rows of print: by baseline, then from left to right, for all places of a page at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.readers.glyphs import Glyphs, Runs, codes_of

WHITE = re.compile(r"\s")

Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]


class Rows(NamedTuple):
    """The characters that are seen, row after row, and where the file has white space between them."""

    glyphs: Glyphs
    places: Numbers  # of each row
    starts: Numbers  # offsets of the characters that rows begin with
    counts: Numbers  # how many characters each row has
    blanks: frozenset[int] = frozenset()  # offsets of the characters that white space stands before
    trailing: frozenset[int] = frozenset()  # the rows that white space ends


def in_rows(glyphs: Glyphs, places: Numbers) -> Rows:
    """The rows of each place from top to bottom.

    Small raised or lowered characters go with the row beside them. What is drawn twice, a little apart, is bold:
    it is seen once.
    """
    if not glyphs.text:
        return Rows(glyphs, places, places, places)
    inked = _inked(glyphs.text)
    order, rows = _ordered(glyphs, places, inked)
    inked = inked[order]
    seen = inked.nonzero()[0]
    seen = seen[_first_drawn(glyphs, order[seen], rows[seen])]
    runs = Runs.of(rows[seen])
    held = glyphs.taken(order[seen]), places[order[seen]][runs.starts]
    if len(seen) == len(order):
        return Rows(*held, *runs)
    white = np.flatnonzero(~inked)
    following = np.searchsorted(seen, white)
    ended = rows[white][rows[white] != np.append(rows[seen], -1)[following]]
    trailing = np.flatnonzero(np.isin(rows[seen][runs.starts], ended))
    return Rows(*held, *runs, frozenset(following.tolist()), frozenset(trailing.tolist()))


def _inked(text: str) -> Flags:
    """Which characters are not white space."""
    inked = np.ones(len(text), np.bool_)
    inked[[found.start() for found in WHITE.finditer(text)]] = False
    return inked


def _ordered(glyphs: Glyphs, places: Numbers, inked: Flags) -> tuple[Numbers, Numbers]:
    """The characters in the order of their rows, and the number of each one's row."""
    order = np.argsort(places, kind="stable")
    levels = [column[order] for column in (places, glyphs.sides[1], glyphs.sides[3], glyphs.sizes)]
    starts, counts = Runs.of(*levels)  # pieces: what follows each other on one level
    place, top, bottom, size = [level[starts] for level in levels]
    middle, told = (top + bottom) / 2, np.logical_or.reduceat(inked[order], starts)
    downwards = np.lexsort((middle, place))
    pieces = zip(*[each[downwards].tolist() for each in (place, middle, size, told)], strict=True)
    rank, row = np.empty_like(downwards), np.empty_like(downwards)
    rank[downwards] = np.arange(len(downwards))
    row[downwards] = _row_numbers(pieces)
    rank, row = rank.repeat(counts), row.repeat(counts)
    along = np.lexsort((rank, glyphs.sides[0, order], row))
    return order[along], row[along]


def _row_numbers(pieces: Iterable[tuple[float, float, float, bool]]) -> list[int]:
    """The number of each piece's row; a piece is its place, its middle, its size, and whether it has any ink."""
    numbers: list[int] = []
    number, home, level, largest = -1, -1.0, 0.0, 0.0
    for place, middle, size, told in pieces:
        if place != home or middle - level > 0.5 * (size if size > largest else largest):
            number, home, level, largest = number + 1, place, middle, size
        elif size > largest and told:
            level, largest = middle, size
        numbers.append(number)
    return numbers


def _first_drawn(glyphs: Glyphs, order: Numbers, rows: Numbers) -> Numbers | slice:
    """Which characters of rows are not drawn a second time."""
    codes, sizes = codes_of(glyphs.text)[order], glyphs.sizes[order]
    lefts, rights = glyphs.sides[0, order], glyphs.sides[2, order]
    reach = 0.25 * np.minimum(sizes[1:], np.maximum(rights - lefts, 1)[:-1])
    again = (codes[1:] == codes[:-1]) & (np.diff(lefts) < reach) & (rows[1:] == rows[:-1])
    if not again.any():
        return slice(None)
    kept: list[int] = []
    for at in range(len(order)):
        last = kept[-1] if kept else at
        if (
            last < at
            and codes[last] == codes[at]
            and rows[last] == rows[at]
            and lefts[at] - lefts[last] < 0.25 * min(sizes[at], max(rights[last] - lefts[last], 1))
        ):
            continue
        kept.append(at)
    return np.array(kept, np.intp)
