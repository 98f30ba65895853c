"""The projects that a table of figures lists below 项目支出, or above 项目合计."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from extractors.tables.cells import NotAFigure, read_figure
from extractors.tables.grid import Grid, Slot
from extractors.tables.labels import read_label
from extractors.tables.meanings import KIND, NUMBERED
from extractors.tables.vocabulary import plain


@dataclass(frozen=True, slots=True)
class Line:
    """A row below 项目支出: whether its name has a number of its own, and its amounts by column."""

    row: int
    numbered: bool
    amounts: dict[int, Decimal]


def projects_below(grid: Grid) -> frozenset[int]:
    """The rows right below 项目支出, or above 项目合计, whose names no label explains and whose amounts add up to its
    own: its projects."""
    found: set[int] = set()
    for row in range(grid.rows):
        label, whole = _name_and_amounts(grid, row)
        if label is not None and plain(label.key) in SUMMED:
            found |= _summed_by(grid, row, whole)
            continue
        if label is None or not (meaning := read_label(label.key)) or meaning.items != {"project"}:
            continue
        parts: list[Line] = []
        for below in range(row + 1, grid.rows):
            name, amounts = _name_and_amounts(grid, below)
            if name is not None and not amounts and KIND.fullmatch(NUMBERED.sub("", name.text)):
                continue  # 1、业务工作专项（一个项目一行）, over its projects
            known = read_label(name.key) if name else None
            if name is None or not amounts or (known and known.says) or PAYER.search(name.key):
                break
            parts.append(Line(below, bool(NUMBERED.match(name.text)), amounts))
        parts = [line for at, line in enumerate(parts) if not _heads(line, parts[at + 1 :])]
        adds_up = any(value and value == _sum(parts, col) for col, value in whole.items())
        if len(parts) >= 2 and adds_up:
            found |= {line.row for line in parts}
    return frozenset(found)


#: the last line of a list of projects
SUMMED = frozenset({"项目合计", "项目小计", "项目支出合计", "项目支出小计"})
#: 中央补助 | 省级补助 | 县级安排: whose money it is, and no projects
PAYER = re.compile(
    "^(?:其中[:：])?(?:中央|上级|地方|本级|[省市县区州]级?)(?:、[省市县区州]级?)*(?:财政|补助|安排|资金|配套|专项|转移支付)"
)


def _summed_by(grid: Grid, row: int, whole: dict[int, Decimal]) -> set[int]:
    """The rows right above such a line whose names no label explains and whose amounts add up to its own."""
    parts: list[Line] = []
    for above in range(row - 1, -1, -1):
        name, amounts = _name_and_amounts(grid, above)
        known = read_label(name.key) if name else None
        if name is None or not amounts or (known and known.says):
            break
        if PAYER.search(name.key):
            return set()
        parts.append(Line(above, False, amounts))
    adds_up = any(value and value == _sum(parts, col) for col, value in whole.items())
    return {line.row for line in parts} if len(parts) >= 2 and adds_up else set()


def _sum(lines: Sequence[Line], col: int) -> Decimal:
    return sum((line.amounts.get(col, Decimal(0)) for line in lines), Decimal(0))


def _heads(line: Line, below: Sequence[Line]) -> bool:
    """Whether a line is the sum of those right below it: 1、业务工作经费 over its projects, which have no numbers."""
    own = list(takewhile(lambda one: not one.numbered, below))
    return line.numbered and bool(own) and all(value == _sum(own, col) for col, value in line.amounts.items())


def _name_and_amounts(grid: Grid, row: int) -> tuple[Slot | None, dict[int, Decimal]]:
    """A row's first words and its figures by column."""
    slots = [slot for slot in grid.lines[row] if not slot.blank]
    name = next((slot for slot in slots if not slot.figure and slot.row == row), None)
    amounts: dict[int, Decimal] = {}
    for slot in slots:
        try:
            reading = read_figure(slot.text) if slot.figure else None
        except NotAFigure:
            reading = None
        if reading:
            amounts[slot.col] = reading.quantity.value
    return name, amounts
