"""Blocks and tables put together in reading order, whatever the file's format."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from extractors.readers.typed import with_typed_tables
from schema.document import Block, BlockKind, Cell, Document, Ledger, Loss, Source, Table

#: dots that lead to a page's number · numbered titles in three lines and more, each with a tab before it
_CONTENTS = re.compile(
    r"(?:\.{4,}|…{2,}|·{4,})\s*\d{1,3}\s*$"
    r"|^\s*(?:(?:第?[一二三四五六七八九十]{1,3}[、章部]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、．])[^\n\t]+\t+\d{1,3}\s*(?:\n|$)){3,}$"
)


def visible(text: str) -> int:
    """How many characters are not white space: what the ledger counts.

    >>> visible("预算　147.89\\u00a0万元")
    10
    """
    return len("".join(text.split()))


class Assembly:
    """A document in the making: blocks are numbered as they come, a table gets its cells' blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table | None] = []

    def add(self, kind: BlockKind, text: str, **look: Any) -> int:
        """Append a block and give its index; `look` holds any further field of Block."""
        if kind == "paragraph" and not look.get("toc"):
            look["toc"] = text.rstrip()[-1:].isdecimal() and bool(_CONTENTS.search(text))
        self.blocks.append(Block(len(self.blocks), kind, text, **look))
        return len(self.blocks) - 1

    def open_table(self) -> int:
        """The index of a table whose cells follow."""
        self.tables.append(None)
        return len(self.tables) - 1

    def close_table(
        self,
        index: int,
        rows: int,
        cols: int,
        cells: list[Cell],
        *,
        parent: int | None = None,
        name: str = "",
    ) -> None:
        self.tables[index] = Table(index, rows, cols, tuple(cells), name=name, parent=parent)

    def embed(self, other: Document) -> None:
        """All blocks and tables of a document that stands within this one; it has no pages of its own."""
        first_block, first_table = len(self.blocks), len(self.tables)
        for block in other.blocks:
            table = None if block.table is None else block.table + first_table
            index = block.index + first_block
            self.blocks.append(replace(block, index=index, table=table, page=None, boxes=(), turns=()))
        for grid in other.tables:
            cells = tuple(replace(cell, block=cell.block + first_block) for cell in grid.cells)
            parent = None if grid.parent is None else grid.parent + first_block
            index = grid.index + first_table
            self.tables.append(replace(grid, index=index, cells=cells, parent=parent, page=None))

    def document(
        self, source: Source, in_file: int, losses: tuple[Loss, ...] = (), read: int | None = None
    ) -> Document:
        """The finished value; `read` is for a reader whose text has characters that the file has not."""
        given = sum(visible(block.text) for block in self.blocks) if read is None else read
        tables = tuple(table for table in self.tables if table is not None)
        return Document(source, *with_typed_tables(self.blocks, tables), Ledger(in_file, given, losses))
