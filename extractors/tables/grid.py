"""A table as people see it: its visible cells, their folded text, and who stands beside whom."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from schema.document import Document, Table

#: what people write where there is no value; "" is blank, the others say "not applicable"
DASHES = frozenset(
    {"/", "\\", "-", "--", "—", "——", "———", "–", "―", "－", "一一", "无", "N/A", "不适用", "／", "═"}
)
#: 12 · 1,234.50 · -3 · 95% · 95.5分 · 12.3万元 · 4人
NUMBER = re.compile(r"[-+−]?[¥￥]?\d[\d,.，]*(?:%|‰|分|万元|亿元|元|万|人|个|名|辆|项|次|期)?")
#: an amount of three digits and more with one or two decimals
AMOUNT = re.compile(r"[\d,]{3,}\.\d{1,2}")
EMPTY = re.compile(r"[….。_\s]*|[xX×]{2,}.*")


def fold(text: str) -> str:
    """Text without its white space, in half width: two printed variants become one.

    >>> fold(" 全年预算数 （Ａ）\\n")
    '全年预算数(A)'
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace())


@dataclass(frozen=True, slots=True)
class Slot:
    """One visible cell: upper left position, spans, its block, its text as written and folded."""

    row: int
    col: int
    rowspan: int
    colspan: int
    block: int
    text: str
    key: str

    @property
    def last_col(self) -> int:
        return self.col + self.colspan - 1

    @property
    def last_row(self) -> int:
        return self.row + self.rowspan - 1

    @property
    def blank(self) -> bool:
        return not self.key

    @property
    def dash(self) -> bool:
        return self.key in DASHES

    @property
    def figure(self) -> bool:
        """Whether the cell holds a number and nothing else."""
        return bool(NUMBER.fullmatch(self.key))

    @property
    def empty(self) -> bool:
        """Nothing that a form asks for: blank, a dash, or the dots of the template."""
        return self.blank or self.dash or bool(EMPTY.fullmatch(self.key))


class Grid:
    """The slots of one table by position. A slot stands at each position that it covers."""

    def __init__(self, document: Document, table: Table) -> None:
        self.table = table
        self.rows, self.cols = table.rows, table.cols
        self._at: list[list[Slot | None]] = [[None] * table.cols for _ in range(table.rows)]
        for cell in table.cells:
            text = document.blocks[cell.block].text
            slot = Slot(cell.row, cell.col, cell.rowspan, cell.colspan, cell.block, text, fold(text))
            for row in range(cell.row, min(cell.row + cell.rowspan, table.rows)):
                for col in range(cell.col, min(cell.col + cell.colspan, table.cols)):
                    self._at[row][col] = slot

    def at(self, row: int, col: int) -> Slot | None:
        return self._at[row][col] if 0 <= row < self.rows and 0 <= col < self.cols else None

    @cached_property
    def lines(self) -> tuple[tuple[Slot, ...], ...]:
        """For each row its slots from left to right, those that began in a row above included."""
        return tuple(tuple(dict.fromkeys(s for s in row if s is not None)) for row in self._at)

    def starting(self, row: int) -> tuple[Slot, ...]:
        """The slots whose upper edge is this row."""
        return tuple(slot for slot in self.lines[row] if slot.row == row)

    def slots(self) -> Iterator[Slot]:
        for row in range(self.rows):
            yield from self.starting(row)

    def title_rows(self) -> tuple[int, ...]:
        """The first rows that hold one text over (nearly) the whole width, or one text alone."""
        rows: list[int] = []
        for row in range(min(self.rows, 6)):
            filled = [slot for slot in self.starting(row) if not slot.blank]
            if len(filled) > 1 or (filled and filled[0].rowspan > 1 and self.rows > filled[0].rowspan):
                break
            rows.append(row)
        return tuple(rows)

    def shortened(self) -> set[int]:
        """Blocks of amounts with one decimal where all amounts beside and above have two: 209.3 among
        209.03s. Print does not do so; a scan that lost a character does."""
        amounts = {slot.block: slot for slot in self.slots() if AMOUNT.fullmatch(slot.key)}
        found: set[int] = set()
        for slot in amounts.values():
            near = [s for s in amounts.values() if s is not slot and (s.row == slot.row or s.col == slot.col)]
            full = sum(s.key[-3] == "." for s in near)
            if slot.key[-2] == "." and full > 1 and full == len(near):
                found.add(slot.block)
        return found
