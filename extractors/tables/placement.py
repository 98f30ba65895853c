"""A row's cells under the columns of its header, set right where an empty cell shifted them."""

from __future__ import annotations

import re

from extractors.tables.cells import BROKEN, points
from extractors.tables.grid import Grid, Slot
from extractors.tables.headers import Column, Header

#: (role, n-th column of that role) -> the row's cell
Placed = dict[tuple[str, int], Slot | None]


def place(grid: Grid, row: int, header: Header, levels: list[Column]) -> Placed:
    """The cell of a row under every column."""
    columns = header.columns
    slots = [column.slot(grid, row) for column in columns]
    if _faults(columns, slots):
        slots = _shifted(grid, row, columns, levels, slots)
    placed: Placed = {}
    counts: dict[str, int] = {}
    for column, slot in zip(columns, slots, strict=True):
        nth = counts.get(column.role, 0)
        counts[column.role] = nth + 1
        placed[column.role, nth] = slot
    return placed


def _faults(columns: tuple[Column, ...] | list[Column], slots: list[Slot | None]) -> int:
    """How many cells under 分值 and 得分 hold words or percentages instead of points."""
    return sum(
        1 for column, slot in zip(columns, slots, strict=True) if column.role in ("weight", "score") and _odd(column, slot)
    )  # fmt: skip


def _odd(column: Column, slot: Slot | None) -> bool:
    if slot is None or slot.empty:
        return False
    if slot.key.endswith("%"):
        return not re.search(r"权重|%|比", column.label)
    return points(slot) is None and len(slot.key) > 1 and not BROKEN.fullmatch(slot.key)


def _shifted(
    grid: Grid, row: int, columns: tuple[Column, ...], levels: list[Column], slots: list[Slot | None]
) -> list[Slot | None]:
    """The cells of a row in which one empty cell too many, or one too few, moved the rest."""
    keep = next((at for at, column in enumerate(columns) if column is levels[-1]), 0)
    have: list[Slot | None] = [s for s in grid.lines[row] if s.col >= columns[keep].first]
    want = len(columns) - keep
    trials: list[list[Slot | None]] = []
    if len(have) >= want:
        trials.append(have[:want])
    padded = have + [None] * max(0, want + 1 - len(have))
    trials += [(padded[:at] + padded[at + 1 :])[:want] for at, s in enumerate(have) if at and s and s.blank]
    trials += [([*padded[:at], None, *padded[at:]])[:want] for at in range(1, want)]
    for trial in trials:
        if len(trial) == want and not _faults(columns[keep:], trial):
            figures = [s for c, s in zip(columns[keep:], trial, strict=True) if c.role in ("weight", "score")]
            if any(s and points(s) is not None for s in figures):
                return [*slots[:keep], *trial]
    return slots
