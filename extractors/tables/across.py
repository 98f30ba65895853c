"""A score sheet on its side: the groups head the columns, what they count and what they got are rows."""

from __future__ import annotations

from extractors.figures.groups import group_names
from extractors.tables.cells import read_points
from extractors.tables.grid import Grid, Slot
from extractors.tables.harvest import Harvest, clean
from extractors.tables.vocabulary import Vocabulary, plain


def read_across(grid: Grid, period: int | None, words: Vocabulary, harvest: Harvest) -> bool:
    """The scores of a table whose columns are first-level groups; False where it is none:

    一级指标 | 项目决策 | 项目过程 | 项目产出 | 项目效益 | 合计
    分值     | 20       | 20       | 30       | 30       | 100
    得分     | 18.50    | 18       | 28.60    | 28       | 93.10
    """
    head = next((row for row in range(grid.rows) if len(_groups(grid, row)) >= 2), None)
    if head is None:
        return False
    groups = _groups(grid, head)
    whole = next((s.col for s in grid.starting(head) if words.is_word("total", plain(s.key))), None)
    rows = {_role(grid, row, words): row for row in range(grid.rows - 1, head, -1)}
    scores, weights = rows.get("score"), rows.get("full")
    if scores is None or not all((slot := grid.at(scores, col)) and slot.figure for col in groups):
        return False
    for col, name in groups.items():
        _add("score.group", grid.at(scores, col), period, harvest, name)
    if whole is not None:
        _add("score.total", grid.at(scores, whole), period, harvest)
        _add("score.full", grid.at(weights, whole) if weights is not None else None, period, harvest)
    for row in range(head + 1, grid.rows):
        for slot in grid.starting(row):
            harvest.explain(slot)
    return True


def _groups(grid: Grid, row: int) -> dict[int, str]:
    """The columns of a row that are headed by a group's name."""
    return {s.col: clean(s.text) for s in grid.starting(row) if s.col and plain(s.key) in group_names()}


def _role(grid: Grid, row: int, words: Vocabulary) -> str | None:
    """What a row tells of the groups: what they got, or what they count."""
    label = next((plain(slot.key) for slot in grid.starting(row) if not slot.blank), "")
    return next((role for role in ("score", "full") if words.is_word(role, label)), None)


def _add(
    concept: str, slot: Slot | None, period: int | None, harvest: Harvest, subject: str | None = None
) -> None:
    reading = harvest.read(slot, read_points)
    if slot and reading:
        harvest.add(concept, slot, reading, subject=subject, period=period)
