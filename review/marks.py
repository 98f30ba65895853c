"""A document for the screen: blocks and tables cut at every mark, so that a fact or finding lights up
the very characters that it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from schema.document import Block, Document, Table


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a block that something points at. `name`: "f12" fact 12, "g7" finding 7, "u" a
    number that nothing explains."""

    name: str
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters with the same marks all along."""

    text: str
    marks: tuple[str, ...]

    @property
    def kinds(self) -> str:
        """CSS classes: the kinds of marks that lie here."""
        return " ".join(sorted({name[0] for name in self.marks}))


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph, or a cell's text. `heading` is the level to show it at, 0 for text."""

    block: int
    kind: str
    pieces: tuple[Piece, ...]
    heading: int = 0
    centered: bool = False


@dataclass(frozen=True, slots=True)
class ShownCell:
    rowspan: int
    colspan: int
    content: Shown


@dataclass(frozen=True, slots=True)
class ShownTable:
    rows: tuple[tuple[ShownCell, ...], ...]
    name: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark on a page's picture, in percent of its width and height."""

    marks: tuple[str, ...]
    kinds: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageView:
    number: int
    width: float  # points
    height: float
    spots: tuple[Spot, ...]


Part = Shown | ShownTable


def shown_parts(document: Document, marks: Iterable[Mark], headings: dict[int, int]) -> tuple[Part, ...]:
    """All that a person sees, in reading order. `headings` maps blocks to their level."""
    by_block = _by_block(marks)

    def shown(block: Block) -> Shown:
        pieces = tuple(cut(block.text, by_block.get(block.index, ())))
        level = headings.get(block.index, 0)
        return Shown(block.index, block.kind, pieces, min(level, 4), block.centered)

    parts: list[Part] = []
    done: set[int] = set()
    for block in document.blocks:
        if block.hidden:
            continue
        if block.kind != "cell" or block.table is None:
            parts.append(shown(block))
        elif block.table not in done:
            done.add(block.table)
            table = document.tables[block.table]
            if not table.hidden:
                parts.append(_table(document, table, shown))
    return tuple(parts)


def _table(document: Document, table: Table, shown: object) -> ShownTable:
    assert callable(shown)  # noqa: S101 - a closure, typed at its only caller
    rows: list[list[ShownCell]] = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda one: (one.row, one.col)):
        if cell.row < table.rows:
            content = shown(document.blocks[cell.block])
            rows[cell.row].append(ShownCell(cell.rowspan, cell.colspan, content))
    return ShownTable(tuple(tuple(row) for row in rows), table.name)


def cut(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """The text in pieces at whose ends some mark begins or ends.

    >>> [(p.text, p.marks) for p in cut("abcd", [Mark("f1", 0, 1, 3), Mark("g2", 0, 2, 4)])]
    [('a', ()), ('b', ('f1',)), ('c', ('f1', 'g2')), ('d', ('g2',))]
    """
    found = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    edges = sorted({0, len(text), *(m.start for m in found), *(m.end for m in found)})
    for start, end in pairwise(edges):
        names = tuple(dict.fromkeys(m.name for m in found if m.start <= start and end <= m.end))
        yield Piece(text[start:end], names)


def page_views(document: Document, marks: Iterable[Mark]) -> tuple[PageView, ...]:
    """The pages of a PDF or scan with their marks; empty where blocks have no boxes."""
    if not document.page_sizes or not any(block.boxes for block in document.blocks):
        return ()
    spots: dict[int, list[Spot]] = defaultdict(list)
    for index, found in _by_block(marks).items():
        block = document.blocks[index]
        if len(block.boxes) != len(block.text):
            continue
        offset = 0
        for piece in cut(block.text, found):
            if piece.marks:
                for page, box in _lines(block, offset, offset + len(piece.text)):
                    if page <= len(document.page_sizes):
                        spots[page].append(_spot(piece, box, document.page_sizes[page - 1]))
            offset += len(piece.text)
    return tuple(
        PageView(number, width, height, tuple(spots[number]))
        for number, (width, height) in enumerate(document.page_sizes, 1)
    )


def _lines(block: Block, start: int, end: int) -> Iterator[tuple[int, list[float]]]:
    """The boxes around text[start:end], one a line of print."""
    current: tuple[int, list[float]] | None = None
    for offset in range(start, end):
        left, top, right, bottom = block.boxes[offset]
        if right <= left or block.text[offset].isspace():
            continue
        page = block.page_at(offset) or 1
        if current and current[0] == page and top < current[1][3] and left >= current[1][0]:
            box = current[1]
            box[1], box[2], box[3] = min(box[1], top), max(box[2], right), max(box[3], bottom)
            continue
        if current:
            yield current
        current = (page, [left, top, right, bottom])
    if current:
        yield current


def _spot(piece: Piece, box: list[float], size: tuple[float, float]) -> Spot:
    left, top, right, bottom = box
    width, height = size
    percent = (left / width, top / height, (right - left) / width, (bottom - top) / height)
    return Spot(piece.marks, piece.kinds, *(round(100 * value, 3) for value in percent))


def _by_block(marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.block].append(mark)
    return found
