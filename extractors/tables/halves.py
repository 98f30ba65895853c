"""Two tables side by side in one grid: income on the left, spending on the right, each with a column
of labels of its own and with the same headers over its figures."""

from __future__ import annotations

from extractors.tables.grid import Grid, Slot
from extractors.tables.labels import Meaning, read_label

#: what the label column of a half may say of all its rows
SIDES = ("income", "spending")
#: the rows below a header that show whether it stands over two halves
LOOK = 12


def sides(grid: Grid, row: int) -> dict[int, Meaning]:
    """The label columns of a header row over two halves, with what they say of their rows: {1: income,
    5: spending}. Empty where the row is no such header."""
    named = [(slot, side) for slot in grid.starting(row) if (side := _side(slot))]
    if len({side for _, side in named}) < 2:
        return {}
    stubs = {slot.col: side for slot, side in named if _holds_labels(grid, row, slot)}
    if sorted(stubs.values()) != sorted(SIDES):
        return {}
    return {col: Meaning(measure=side) for col, side in stubs.items()}


def header_in_halves(grid: Grid, top: int, bottom: int) -> bool:
    """Whether one of the rows top..bottom is a header over two halves."""
    return any(sides(grid, row) for row in range(top, bottom + 1))


def _side(slot: Slot) -> str | None:
    meaning = read_label(slot.key)
    side = meaning.measure if meaning else None
    return side if side in SIDES and not (meaning and meaning.stage) else None


def _holds_labels(grid: Grid, row: int, stub: Slot) -> bool:
    """Whether words stand below a header's cell, and figures right of them."""
    words = figures = 0
    for below in range(row + 1, min(row + 1 + LOOK, grid.rows)):
        slot = grid.at(below, stub.col)
        if slot is None or slot.row != below or slot.blank:
            continue
        if slot.figure or slot.dash:
            return False
        if slot.last_col > stub.last_col:
            break  # a line over the whole width ends the block
        beside = grid.at(below, slot.last_col + 1)  # 收入 may stand over the labels and their figures
        words += 1
        figures += bool(beside and beside.figure)
    return words > 0 and figures > 0
