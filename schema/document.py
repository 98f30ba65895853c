"""What a reader gives: the text of a file in reading order, with the place of every character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["paragraph", "cell", "header", "footer", "footnote"]

#: left, top, right, bottom in points (1/72 inch) from the page's upper left corner
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from. `media_type` is decided by content, never by the extension."""

    name: str
    sha256: str
    media_type: str
    reader: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that a reader sees as one: a paragraph, or everything in one table cell.

    `text` is what a person sees, the automatic number first ("（一）部门职能"); lines within a block
    are divided by "\\n". Offsets in evidence count its characters.
    """

    index: int
    kind: BlockKind
    text: str
    page: int | None = None  # 1-based; None where the format has no pages
    table: int | None = None  # for kind "cell": index into Document.tables
    row: int | None = None
    col: int | None = None
    number: str = ""  # the automatic number at the start of `text`, if Word made one
    level: int | None = None  # outline level 1..9 that the style gives, None for plain text
    bold: bool = False
    size: float | None = None  # points
    centered: bool = False
    hidden: bool = False
    toc: bool = False  # a line of a table of contents, by its style or its dotted leader
    boxes: tuple[Box, ...] = ()  # one a character, for PDFs and scans; else empty
    confidences: tuple[float, ...] = ()  # one a character, for recognised text; else empty
    turns: tuple[int, ...] = ()  # offsets at which the text goes on at the next page

    def page_at(self, offset: int) -> int | None:
        """The page that the character at this offset stands on."""
        return None if self.page is None else self.page + sum(turn <= offset for turn in self.turns)

    def confidence(self, start: int, end: int) -> float:
        """The lowest recognition confidence in text[start:end]; 1.0 for text that was not recognised."""
        return min(self.confidences[start:end], default=1.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the true grid: its upper left position, its spans, and the block with its text."""

    row: int
    col: int
    rowspan: int
    colspan: int
    block: int


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells. Continuations over pages are already one table.

    `name` is a sheet's name in a workbook. `parent` is the block of the cell that a nested table
    stands in.
    """

    index: int
    rows: int
    cols: int
    cells: tuple[Cell, ...]
    page: int | None = None
    name: str = ""
    hidden: bool = False
    parent: int | None = None

    def grid(self) -> list[list[Cell | None]]:
        """rows x cols; a spanning cell stands at each position that it covers."""
        grid: list[list[Cell | None]] = [[None] * self.cols for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.rowspan, self.rows)):
                for col in range(cell.col, min(cell.col + cell.colspan, self.cols)):
                    grid[row][col] = cell
        return grid


@dataclass(frozen=True, slots=True)
class Loss:
    """Characters that the file holds and the reader did not give, or a thing dropped on purpose."""

    part: str  # a part of the file, in the format's words: "word/header1.xml", "page 3"
    what: str  # plain Chinese, for people
    characters: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a file holds against what was read, in characters that are not white space."""

    in_file: int
    read: int
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: `blocks[i].index == i`, in reading order; the cells of a table stand where the
    table stands. Headers, footers and footnotes come last."""

    source: Source
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    ledger: Ledger
    page_sizes: tuple[tuple[float, float], ...] = field(default=())  # points, for PDFs and scans

    def body(self) -> Iterator[Block]:
        """Paragraphs and cells in reading order, without hidden text."""
        return (b for b in self.blocks if b.kind in ("paragraph", "cell") and not b.hidden)

    def paragraphs(self) -> Iterator[Block]:
        return (b for b in self.blocks if b.kind == "paragraph" and not b.hidden)

    def cell_text(self, table: int, row: int, col: int) -> str:
        """The text at a grid position, "" where there is no cell."""
        cell = self.tables[table].grid()[row][col]
        return self.blocks[cell.block].text if cell else ""
