"""Documents for tests, built from text: what a reader would give, without a file.

    document(
        "一、部门概况",
        paragraph("年度工作", bold=True, number="（二）"),
        table(["指标", "分值"], ["培训期数", "10"]),
    )

Each string is a paragraph; "\\f" on its own starts a new page. `understood` adds outline, kind and
cover and gives the Context that figures and remarks are read in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.context import Context
from schema.document import Block, Cell, Document, Ledger, Source, Table


@dataclass(frozen=True)
class Paragraph:
    text: str
    number: str = ""  # an automatic number: it is put before the text
    level: int | None = None
    bold: bool = False
    size: float | None = None
    centered: bool = False
    toc: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows of cell texts; "<" joins a cell to its left neighbour, "^" to the one above."""

    rows: tuple[tuple[str, ...], ...]
    name: str = ""


def paragraph(text: str, **look: object) -> Paragraph:
    return Paragraph(text, **look)  # type: ignore[arg-type]


def table(*rows: Sequence[str], name: str = "") -> Grid:
    width = max(len(row) for row in rows)
    return Grid(tuple((*row, *("",) * (width - len(row))) for row in rows), name)


def document(*parts: str | Paragraph | Grid, name: str = "sample.docx", pages: bool = False) -> Document:
    """A Document of these parts, in order; page numbers only where `pages` is set."""
    blocks: list[Block] = []
    tables: list[Table] = []
    page = 1
    for part in parts:
        if part == "\f":
            page += 1
            continue
        at = page if pages else None
        if isinstance(part, Grid):
            tables.append(_table(part, len(tables), blocks, at))
            continue
        found = Paragraph(part) if isinstance(part, str) else part
        blocks.append(
            Block(
                index=len(blocks),
                kind="paragraph",
                text=found.number + found.text,
                page=at,
                number=found.number,
                level=found.level,
                bold=found.bold,
                size=found.size,
                centered=found.centered,
                toc=found.toc,
            )
        )
    characters = sum(len("".join(block.text.split())) for block in blocks)
    source = Source(name, "0" * 64, "text/plain", "test", page if pages else None)
    return Document(source, tuple(blocks), tuple(tables), Ledger(characters, characters))


def _table(grid: Grid, index: int, blocks: list[Block], page: int | None) -> Table:
    """Adds the cells' blocks to `blocks` and gives the table over them."""
    height, width = len(grid.rows), len(grid.rows[0])
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(height):
        for col in range(width):
            text = grid.rows[row][col]
            above = {"<": (row, col - 1), "^": (row - 1, col)}.get(text)
            owner[row, col] = owner[above] if above else (row, col)
    cells = []
    for row, col in dict.fromkeys(owner.values()):
        covered = [place for place, first in owner.items() if first == (row, col)]
        rows, cols = {r for r, _ in covered}, {c for _, c in covered}
        cells.append(Cell(row, col, len(rows), len(cols), len(blocks)))
        blocks.append(Block(len(blocks), "cell", grid.rows[row][col], page, table=index, row=row, col=col))
    return Table(index, height, width, tuple(cells), page, grid.name)


def understood(*parts: str | Paragraph | Grid | Document) -> Context:
    """The Context of a document (or of these parts), by the real outline, kind and cover."""
    from extractors.cover import read_cover
    from extractors.kinds import recognise_kind
    from extractors.outline import read_outline

    made = parts[0] if isinstance(parts[0], Document) else document(*parts)  # type: ignore[arg-type]
    sections = read_outline(made)
    kind = recognise_kind(made, sections)
    cover = read_cover(made, sections, kind)
    return Context(made, sections, kind, cover.department, cover.fiscal_year)
