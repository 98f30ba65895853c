"""Pages as laid out to a Document: paragraphs over page breaks, tables over page breaks, furniture last.

What a page holds comes from a PDF's text layer or from recognition; from here on they are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.readers.assembly import visible
from extractors.readers.columns import aligned_tables
from extractors.readers.footnotes import split_notes
from extractors.readers.furniture import split_furniture
from extractors.readers.glyphs import UPRIGHT, Frame, Glyphs, in_hundredths
from extractors.readers.lines import Line, line_up
from extractors.readers.measures import measure_pages
from extractors.readers.paragraphs import Measure, Written, leads_on, paragraphs, write
from extractors.readers.pieces import (
    FilledCell,
    FilledTable,
    JoinedTable,
    continues,
    join_tables,
    parted_figures,
)
from extractors.readers.ruled import RuledTable
from extractors.readers.typed import with_typed_tables
from schema.document import Block, BlockKind, Box, Cell, Document, Ledger, Loss, Source, Table

#: what is in no cell
OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class Page:
    """One page in reading frame; `shown` leads to the page as displayed, which has `size`."""

    number: int
    size: tuple[float, float]
    reading_size: tuple[float, float]
    lines: list[Line]
    tables: list[FilledTable]
    shown: Frame = UPRIGHT
    characters: int = 0  # printed characters that the page holds
    losses: tuple[Loss, ...] = ()


def lay_out(
    number: int,
    glyphs: Glyphs,
    tables: Sequence[RuledTable],
    size: tuple[float, float],
    reading_size: tuple[float, float],
    shown: Frame = UPRIGHT,
    losses: tuple[Loss, ...] = (),
) -> Page:
    """A page from its characters and its ruled tables: each character goes to its cell or its line."""
    lines = line_up(glyphs, _places(glyphs, tables), number)
    outside, aligned = aligned_tables(lines.get(OUTSIDE, []), number, reading_size[1])
    filled = []
    place = 0
    for table in tables:
        cells = [
            FilledCell(cell.row, cell.col, cell.rowspan, cell.colspan, cell.box, lines.get(at, []))
            for at, cell in enumerate(table.cells, place)
        ]
        place += len(cells)
        cells = [part for cell in cells for part in parted_figures(cell, table.xs)]
        filled.append(FilledTable(number, table.xs, table.ys, cells, reading_size[1]))
    return Page(
        number, size, reading_size, outside, [*filled, *aligned], shown, visible(glyphs.text), losses
    )  # fmt: skip


def _places(glyphs: Glyphs, tables: Sequence[RuledTable]) -> NDArray[np.intp]:
    """The cell that each character stands in, counted through all tables, or OUTSIDE."""
    places = np.full(len(glyphs.text), OUTSIDE, np.intp)
    if not tables:
        return places
    firsts = [0, *accumulate(len(table.cells) for table in tables)]
    xs, ys = glyphs.middles()
    # the largest table first: a smaller one may stand within a cell of it
    for at in sorted(range(len(tables)), key=lambda at: (-_area(tables[at].box), -at)):
        table = tables[at]
        left, top, right, bottom = table.box
        within = np.flatnonzero((left <= xs) & (xs <= right) & (top <= ys) & (ys <= bottom))
        rows = np.searchsorted(table.ys[1:-1], ys[within], "right")
        cols = np.searchsorted(table.xs[1:-1], xs[within], "right")
        cells = _grid(table)[rows, cols]
        places[within[cells >= 0]] = firsts[at] + cells[cells >= 0]
    return places


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _grid(table: RuledTable) -> NDArray[np.intp]:
    """Which cell of a table stands at each row and column; -1 where none does."""
    grid = np.full((len(table.ys) - 1, len(table.xs) - 1), -1, np.intp)
    for at, cell in enumerate(table.cells):
        grid[cell.row : cell.row + cell.rowspan, cell.col : cell.col + cell.colspan] = at
    return grid


@dataclass(slots=True)
class _Sheet:
    """A document in the making."""

    frames: dict[int, Frame]
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def add(
        self, kind: BlockKind, written: Written, lines: Sequence[Line], page: int, *,
        table: int | None = None, row: int | None = None, col: int | None = None, centered: bool = False,
    ) -> int:  # fmt: skip
        first = lines[0] if lines else None
        index = len(self.blocks)
        self.blocks.append(
            Block(
                index=index,
                kind=kind,
                text=written.text,
                page=page,
                table=table,
                row=row,
                col=col,
                bold=bool(lines) and all(line.bold for line in lines),
                size=round(first.size, 1) if first else None,
                centered=centered,
                toc=kind == "paragraph" and leads_on(written.text),
                boxes=self._shown(written, page),
                confidences=written.confidences,
                turns=written.turns,
            )
        )
        return index

    def _shown(self, written: Written, page: int) -> tuple[Box, ...]:
        """The boxes on the pages as displayed, in hundredths of a point: those of an upright page already are."""
        if not written.turns and self.frames.get(page) is UPRIGHT:
            return written.boxes
        cuts = [0, *written.turns, len(written.boxes)]
        shown: list[Box] = []
        for turn, (start, end) in enumerate(pairwise(cuts)):
            frame = self.frames.get(page + turn, UPRIGHT)
            part = written.boxes[start:end]
            shown += part if frame is UPRIGHT else [in_hundredths(frame.box(box)) for box in part]
        return tuple(shown)


def compose(pages: Sequence[Page], source: Source) -> Document:
    """The document that these pages make."""
    sheet = _Sheet({page.number: page.shown for page in pages})
    apart = split_furniture([(page.reading_size[1], page.lines) for page in pages])
    notes, marks = [], []
    for page, (_, body, _) in zip(pages, apart, strict=True):
        body[:], found, count = split_notes(body, page.reading_size[1])
        notes.append(found)
        marks += [Loss(f"第{page.number}页", "脚注的标号，不计入正文", count)] if count else []
    measures = measure_pages(
        [(page.reading_size, body, page.tables) for page, (_, body, _) in zip(pages, apart, strict=True)]
    )
    stream: list[Line | FilledTable] = []
    sizes = {page.number: page.reading_size for page in pages}
    for page, (_, body, _) in zip(pages, apart, strict=True):
        stream.extend(_in_order(body, page.tables))
    waiting: list[Line] = []

    def flush() -> None:
        _add_paragraphs(sheet, waiting, measures, sizes)
        waiting.clear()

    for item in _with_joined_tables(stream):
        if isinstance(item, Line):
            waiting.append(item)
        else:
            flush()
            _add_table(sheet, item)
    flush()
    for kind, which in (("header", 0), ("footer", 2)):
        for page, strips in zip(pages, apart, strict=True):
            for line in strips[which]:
                sheet.add(kind, write([[line]]), [line], page.number)  # type: ignore[arg-type]
    for page, found in zip(pages, notes, strict=True):
        for note in found:
            sheet.add("footnote", write([note]), note, page.number)
    return Document(
        source,
        *with_typed_tables(_one_size(sheet.blocks), sheet.tables),
        _ledger(pages, sheet.blocks, marks),
        tuple(page.size for page in pages),
    )


def _one_size(blocks: Sequence[Block]) -> list[Block]:
    """Recognised print is measured, not told: what is nearly the usual size is the usual size."""
    sizes = Counter(block.size for block in blocks if block.confidences and block.size for _ in block.text)
    if not sizes:
        return list(blocks)
    usual = sizes.most_common(1)[0][0] or 1.0
    return [
        replace(block, size=usual)
        if block.confidences and block.size and abs(block.size - usual) <= 0.12 * usual
        else block
        for block in blocks
    ]


def _ledger(pages: Sequence[Page], blocks: Iterable[Block], marks: Sequence[Loss]) -> Ledger:
    held = sum(page.characters for page in pages)
    lost = sum(loss.characters for page in pages for loss in page.losses)
    read = visible("".join([block.text for block in blocks]))
    losses = [*(loss for page in pages for loss in page.losses), *marks]
    missing = held - read - sum(loss.characters for loss in marks)
    if missing > 0:
        losses.append(Loss("全文", "重叠印刷的同一文字或续页上重复的表头，只读一次", missing))
    return Ledger(held + lost, read, tuple(losses))


def _in_order(lines: Sequence[Line], tables: Sequence[FilledTable]) -> list[Line | FilledTable]:
    """Lines and tables from top to bottom."""
    items: list[tuple[float, Line | FilledTable]] = [(line.top, line) for line in lines]
    items += [(table.ys[0], table) for table in tables]
    items.sort(key=lambda item: item[0])
    return [item for _, item in items]


def _with_joined_tables(stream: Sequence[Line | FilledTable]) -> list[Line | JoinedTable]:
    """The stream with each table's continuations joined to it, and lone boxes dissolved."""
    result: list[Line | JoinedTable] = []
    run: list[FilledTable] = []

    def close() -> None:
        if len(run) == 1 and len(run[0].cells) == 1:
            result.extend(run[0].cells[0].lines)
        elif run:
            result.append(join_tables(run))
        run.clear()

    for item in stream:
        if isinstance(item, FilledTable):
            if not (run and continues(run, item)):
                close()
            run.append(item)
        else:
            close()
            result.append(item)
    close()
    return result


def _add_paragraphs(
    sheet: _Sheet,
    lines: Sequence[Line],
    measures: dict[tuple[float, float], Measure],
    sizes: dict[int, tuple[float, float]],
) -> None:
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and sizes[lines[at].page] == sizes[lines[start].page]:
            continue
        run = lines[start:at]
        start = at
        if not run:
            continue
        size = sizes[run[0].page]
        measure = measures[size]
        for group in paragraphs(run, measure):
            first = group[0]
            centered = (
                abs(first.middle - size[0] / 2) < 0.025 * size[0]
                and first.x0 - measure.left > 2.1 * first.size
            )
            sheet.add("paragraph", write([group]), group, first.page, centered=centered)


def _add_table(sheet: _Sheet, table: JoinedTable) -> None:
    index = len(sheet.tables)
    cells = []
    for cell in table.cells:
        written = write(cell.paragraphs)
        lines = [line for group in cell.paragraphs for line in group]
        block = sheet.add(
            "cell", written, lines, lines[0].page if lines else cell.page,
            table=index, row=cell.row, col=cell.col, centered=cell.centered,
        )  # fmt: skip
        cells.append(Cell(cell.row, cell.col, cell.rowspan, cell.colspan, block))
    sheet.tables.append(Table(index, table.rows, table.cols, tuple(cells), table.page))
