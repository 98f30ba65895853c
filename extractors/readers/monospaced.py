"""Tables in plain text: drawn with ┌─┬─┐ or +--+--+, or set in columns by spaces, as a page where each character is one
column wide or two, so that what reads the tables of PDFs reads them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from extractors.readers.glyphs import Glyph, Glyphs, Stroke
from extractors.readers.pages import compose, lay_out
from extractors.readers.ruled import find_tables
from schema.document import Document, Source

#: of a narrow character and of a line, a wide character being as wide as it is high (points)
WIDTH, SIZE, LEADING = 6.0, 12.0, 18.0
DRAWN = re.compile("[\u2500-\u257f]")
#: what is in several columns
APART = re.compile(r"\S(?: {2,}|[ \u3000]*\u3000)\S")
#: lines of a table at least, and how long one is at most (characters)
LEAST_ROWS, LONGEST = 3, 2000
#: from so many level rules on, all rows are ruled
RULED_ROWS = 4
#: what keyboards type rules with: +----+----+, |:---|---:|
_TYPED = frozenset("+|-=: ")
#: columns of one table that its lines are padded to, at most (characters)
WIDEST = 400

_DRAWING = str.maketrans("+|-=:", "┼│───")
_ARMS = {"HORIZONTAL": ("LEFT", "RIGHT"), "VERTICAL": ("UP", "DOWN")}


def tables_among(lines: Sequence[str], source: Source) -> Iterator[str | Document]:
    """Lines of text in their order, those that are a table as a document of its own."""
    for kind, together in groupby(lines, _kind):
        run = list(together)
        while kind == "apart" and run and len(APART.findall(run[0].strip())) < 2:
            yield run.pop(0)  # a caption: 表2  指标完成情况
        likely = kind and len(run) >= LEAST_ROWS and max(map(len, run)) <= LONGEST
        document = _page(run, source) if likely else None
        if document and document.tables and all(block.table is not None for block in document.blocks):
            yield document
        else:
            yield from run


def _kind(line: str) -> str:
    """Whether a line may belong to a table that is drawn, or to one in columns; else empty."""
    if DRAWN.match(_drawn(line).strip()):
        return "drawn"
    return "apart" if APART.search(line.strip()) and "\t" not in line else ""


def _drawn(line: str) -> str:
    """A line with the rules that a keyboard typed as those of a drawing."""
    said = line.strip()
    if said[:1] in ("+", "|") and _TYPED.issuperset(said) and ("-" in said or "=" in said):
        return line.translate(_DRAWING)
    return line.replace("|", "│") if len(said) > 1 and said[0] == said[-1] == "|" else line


def _padded(lines: Sequence[str]) -> Sequence[str]:
    """Lines with as many rules each, with each field as long as the longest of its column: |合计|486.90|503.64|."""
    fields = [re.split("[│┼]", line.strip()) for line in lines]
    if len({len(row) for row in fields}) > 1 or len(fields[0]) < 3:
        return lines
    widths = [[sum(_width(char, 2) for char in field) for field in row] for row in fields]
    longest = [max(column) + max(column) % 2 for column in zip(*widths, strict=True)]
    if sum(longest) > WIDEST:
        return lines
    return [
        "┼".join("─" * (most // 2) for most in longest)
        if any(field[:1] == "─" for field in row)
        else "│".join(
            field + " " * (most - width) for field, width, most in zip(row, own, longest, strict=True)
        )
        for row, own in zip(fields, widths, strict=True)
    ]


def _page(typed: Sequence[str], source: Source) -> Document:
    """A page that these lines are printed on."""
    lines = _padded([_drawn(line) for line in typed])
    ambiguous = min((2, 1), key=lambda width: len(set(_stops(lines, width))))
    glyphs: list[Glyph] = []
    strokes: list[Stroke] = []
    for row, line in enumerate(lines):
        top, at = row * LEADING, 0
        for char in line:
            left, at = at * WIDTH, at + _width(char, ambiguous)
            if DRAWN.match(char):
                strokes += _strokes(char, left, top, at * WIDTH)
            elif not char.isspace():
                foot = top + (LEADING + SIZE) / 2
                glyphs.append(Glyph(char, left, foot - SIZE, at * WIDTH, foot, SIZE))
    strokes += _between_rows(lines, strokes)
    size = (max((glyph.x1 for glyph in glyphs), default=0.0) + SIZE, len(lines) * LEADING)
    return compose([lay_out(1, Glyphs.of(glyphs), find_tables(strokes), size, size)], source)


def _between_rows(lines: Sequence[str], strokes: Sequence[Stroke]) -> Iterator[Stroke]:
    """Where a drawing has no rules but below its head, one above each line that has words in half of its columns."""
    fields = [[field for field in DRAWN.split(line) if field.strip()] for line in lines]
    if not strokes or sum(not row for row in fields) >= RULED_ROWS:
        return
    left, right = min(one.x0 for one in strokes), max(one.x1 for one in strokes)
    most = max(len(row) for row in fields)
    for row in range(1, len(lines)):
        if fields[row - 1] and 2 * len(fields[row]) >= most:
            yield Stroke(left, row * LEADING, right, row * LEADING)


def _width(char: str, ambiguous: int) -> int:
    kind = unicodedata.east_asian_width(char)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1


def _stops(lines: Sequence[str], ambiguous: int) -> Iterator[int]:
    """Where columns begin, if characters that are wide or narrow by their font are so wide."""
    for line in lines:
        at, blanks = 0, 2
        for char in line:
            if _arms(char) & {"UP", "DOWN"} or (blanks > 1 and not char.isspace()):
                yield at
            at += _width(char, ambiguous)
            blanks = blanks + _width(char, ambiguous) if char.isspace() else 0


@cache
def _arms(char: str) -> frozenset[str]:
    """Where a character of a drawing leads to.

    >>> sorted(_arms("├"))
    ['DOWN', 'RIGHT', 'UP']
    """
    words = unicodedata.name(char, "").split()
    return frozenset(arm for word in words for arm in _ARMS.get(word, (word,)))


def _strokes(char: str, left: float, top: float, right: float) -> Iterator[Stroke]:
    """The strokes that a character of a drawing is."""
    middle, level = (left + right) / 2, top + LEADING / 2
    ends = {
        "LEFT": (left, middle),
        "RIGHT": (middle, right),
        "UP": (top, level),
        "DOWN": (level, top + LEADING),
    }
    for arm in _arms(char) & ends.keys():
        start, end = ends[arm]
        flat = arm in ("LEFT", "RIGHT")
        yield Stroke(start, level, end, level) if flat else Stroke(middle, start, middle, end)
