"""A project's money as a form tells it without columns, each figure beside its label:
预算数 | 486,000 | 执行数 | 471,420, and below 分值 | 10 | 执行率97% | 得分9.7."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.tables.cells import read_figure, read_money
from extractors.tables.funds import Amount, Funds, FundsLine, quantity_of
from extractors.tables.grid import Grid, Slot
from extractors.tables.harvest import Harvest, clean
from extractors.tables.headers import MONEY
from extractors.tables.vocabulary import Vocabulary, plain
from schema.report import FundsRow

#: 执行率97% · 得分：9.7分
INLINE = re.compile(r"\s*(?P<label>[^\d：:]{2,8})[：:]?\s*(?P<value>\d[\d.,]*\s?[%％分]?)\s*")
#: the most rows that such a block takes
HEIGHT = 5


def read_pairs(grid: Grid, row: int, unit: str, words: Vocabulary, harvest: Harvest) -> Funds | None:
    """The block that begins in a row which tells what was planned and what was spent, None where it does
    neither."""
    figures: dict[str, Amount] = {}
    head = next((slot for slot in grid.lines[row] if not slot.blank), None)
    roles = {role for role, *_ in _told(grid, row, words)}
    if head is None or "spending" not in roles or not roles & {"budget", "initial", "adjusted"}:
        return None
    end = row
    for below in range(row, min(head.last_row + 1, row + HEIGHT, grid.rows)):
        for slot in grid.lines[below]:
            harvest.explain(slot)
        for role, slot, start, last in _told(grid, below, words):
            if role in figures:
                continue  # 其中：财政拨款 | 486,000, a part
            if role in MONEY:
                reading = harvest.read(slot, lambda s: read_money(s, unit))
            else:
                reading = harvest.read(slot, lambda s, a=start, b=last: read_figure(s.text, a, b))  # type: ignore[misc]
            if reading:
                figures[role] = Amount(slot, reading)
        end = below + 1
    return Funds((_line(head, figures, harvest),), (), end)


def _told(grid: Grid, row: int, words: Vocabulary) -> list[tuple[str, Slot, int, int]]:
    """The figures of a row that stand behind their label, or in its cell: role, cell, first and last character."""
    labels = next(form.columns for form in words.forms if form.kind == "funds")
    filled = [slot for slot in grid.lines[row] if not slot.blank and slot.row == row]
    found: list[tuple[str, Slot, int, int]] = []
    for label, value in pairwise(filled):
        role = labels.role(plain(label.key)) if not label.figure else None
        if role and value.figure:
            found.append((role, value, 0, len(value.text)))
    for slot in filled:
        both = INLINE.fullmatch(slot.text)
        role = labels.role(both["label"].strip()) if both else None
        if both and role in ("rate", "score", "weight"):
            found.append((role, slot, *both.span("value")))
    return found


def _line(head: Slot, figures: dict[str, Amount], harvest: Harvest) -> FundsLine:
    weight, score = quantity_of(figures, "weight"), quantity_of(figures, "score")
    cells = {
        role: harvest.evidence(amount.slot, amount.reading.start, amount.reading.end)
        for role, amount in figures.items()
    }
    row = FundsRow(
        clean(head.text), harvest.evidence(head), quantity_of(figures, "initial"),
        quantity_of(figures, "adjusted") or quantity_of(figures, "budget"), quantity_of(figures, "spending"), quantity_of(figures, "rate"), weight.value if weight else None, score.value if score else None, cells,
    )  # fmt: skip
    return FundsLine("total", row, figures, True)
