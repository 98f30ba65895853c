"""Footnotes of a printed page: small print at its foot that a raised mark in the text leads to.

They are no part of the paragraph that runs on over the page's end, and their marks are no figures of it:
135.64¹万元 is not 135.641.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.lines import Line, part, without

#: what leads to a note: ¹ or ① or [1] or *, printed raised
MARK = re.compile(r"[\[〔(（]?(?:\d{1,2}|[①-⑳]|[*＊†‡]{1,3})[\]〕)）]?")
#: footnotes stand below this share of the page's height
FOOT = 0.35


def split_notes(lines: Sequence[Line], height: float) -> tuple[list[Line], list[list[Line]], int]:
    """The lines of the text without their marks, the notes without theirs, and how many characters the
    marks have."""
    marks = [mark for line in lines for _, _, mark in _marks(line)]
    start = _first_note(lines, marks, height) if marks else None
    if start is None:
        return list(lines), [], 0
    notes: list[list[Line]] = []
    known, dropped = set(marks), 0
    for line in lines[start:]:
        mark = _leading(line, known)
        if mark:
            known.discard(mark)  # each leads to one note
            rest = len(mark) + (line.text[len(mark) : len(mark) + 1] == " ")
            dropped += len(mark)
            notes.append([part(line, rest, len(line.text))] if rest < len(line.text) else [])
        else:
            notes[-1].append(line)
    told = set(marks) - known
    body = []
    for line in lines[:start]:
        gone = [at for begin, end, mark in _marks(line) if mark in told for at in range(begin, end)]
        dropped += len(gone)
        rest_of_line = without(line, gone) if gone else line
        if rest_of_line is not None:
            body.append(rest_of_line)
    return body, [note for note in notes if note], dropped


def _marks(line: Line) -> list[tuple[int, int, str]]:
    """The raised marks of a line as (start, end, text)."""
    found = []
    start = 0
    for at in range(1, len(line.raised) + 1):
        if at < len(line.raised) and line.raised[at] == line.raised[at - 1] + 1:
            continue
        begin, end = line.raised[start], line.raised[at - 1] + 1
        start = at
        # a mark follows what it is a note to; at a line's start it is a note's own
        if begin and MARK.fullmatch(line.text[begin:end]):
            found.append((begin, end, line.text[begin:end]))
    return found


def _first_note(lines: Sequence[Line], marks: Sequence[str], height: float) -> int | None:
    """Where the notes begin: the line with the page's first mark, set apart from what stands above it."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    steps = sorted(b.bottom - a.bottom for a, b in pairwise(lines) if b.bottom > a.bottom)
    pitch = steps[len(steps) // 2] if steps else 0.0
    for at in range(1, len(lines)):
        line, above = lines[at], lines[at - 1]
        if _leading(line, {marks[0]}) is None or line.top < FOOT * height:
            continue
        small = line.size < 0.93 * usual
        apart = line.bottom - above.bottom > 1.3 * max(pitch, 1.2 * line.size)
        if (small or apart) and all(other.size <= line.size + 0.6 for other in lines[at:]):
            return at
    return None


def _leading(line: Line, known: set[str]) -> str | None:
    """The mark of `known` that a note's line begins with."""
    found = MARK.match(line.text)
    if found is None or found[0] not in known:
        return None
    raised = line.raised[: len(found[0])] == tuple(range(len(found[0])))
    after = line.text[found.end() : found.end() + 1]
    # 1、 and 1. number an item, 12% and 1,2 are figures
    return found[0] if raised or not (after.isdigit() or after in "、.．,，%％") else None
