"""A score sheet on its side: the groups head the columns, what they count and what they got are rows."""

from __future__ import annotations

from extractors.figures.groups import group_names
from extractors.tables.grid import Grid
from extractors.tables.harvest import Harvest, clean
from extractors.tables.totals import Spot, spot
from extractors.tables.vocabulary import Vocabulary, plain


def read_across(grid: Grid, period: int | None, words: Vocabulary, harvest: Harvest) -> bool:
    """The scores of a table whose columns are first-level groups; False where it is none:

    一级指标 | 项目决策 | 项目过程 | 项目产出 | 项目效益 | 合计
    分值     | 20       | 20       | 30       | 30       | 100
    得分     | 18.50    | 18       | 28.60    | 28       | 93.10
    """
    heads = ((row, groups) for row in range(grid.rows) if len(groups := _groups(grid, row)) >= 2)
    head, groups = next(heads, (grid.rows, {}))
    rows = {_role(grid, row, words): row for row in range(grid.rows - 1, head, -1)}
    scores, weights = rows.get("score"), rows.get("full")
    if (
        not groups
        or scores is None
        or not all((slot := grid.at(scores, col)) and slot.figure for col in groups)
    ):
        return False
    for col, name in groups.items():
        harvest.add_points("score.group", _spot(grid, scores, col), subject=name, period=period)
    whole = next((s.col for s in grid.starting(head) if words.is_word("total", plain(s.key))), None)
    if whole is not None:
        harvest.add_points("score.total", _spot(grid, scores, whole), period=period)
        harvest.add_points("score.full", _spot(grid, weights, whole), period=period)
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


def _spot(grid: Grid, row: int | None, col: int) -> Spot | None:
    slot = grid.at(row, col) if row is not None else None
    return spot(slot) if slot else None
