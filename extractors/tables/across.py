"""Tables on their side: groups or projects head the columns, what they count, got or spent are rows."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from extractors.figures.groups import group_names
from extractors.tables.grid import Grid
from extractors.tables.harvest import Harvest, clean
from extractors.tables.labels import Meaning, read_label
from extractors.tables.meanings import PROJECT_MEASURES, read_measure
from extractors.tables.projects import REST
from extractors.tables.surroundings import Surroundings
from extractors.tables.tallies import group_name
from extractors.tables.totals import Spot, spot
from extractors.tables.vocabulary import Vocabulary, plain


def read_across(grid: Grid, period: int | None, words: Vocabulary, harvest: Harvest) -> bool:
    """The scores of a table whose columns are first-level groups; False where it is none:

    一级指标 | 项目决策 | 项目过程 | 项目产出 | 项目效益 | 合计
    分值     | 20       | 20       | 30       | 30       | 100
    得分     | 18.50    | 18       | 28.60    | 28       | 93.10
    """
    if _below_full_marks(grid, period, words, harvest):
        return True
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
    whole = next((s.col for s in grid.starting(head) if words.is_word("total", plain(s.key))), None)
    _add_scores(grid, scores, groups, whole, period, harvest)
    if whole is not None:
        harvest.add_points("score.full", _spot(grid, weights, whole), period=period)
    harvest.explain_rows(grid, head + 1)
    return True


def _below_full_marks(grid: Grid, period: int | None, words: Vocabulary, harvest: Harvest) -> bool:
    """The scores in the one row below the groups' names with their full marks:
    投入（15分） | 过程（30分） | 产出（30分） | 效果（25分） | 合计（100分）
    14.5         | 27.3         | 28.4         | 23           | 93.2"""
    for row in range(grid.rows - 1):
        told = {slot.col: group_name(slot.text) for slot in grid.starting(row) if not slot.blank}
        groups = {col: name for col, (name, full) in told.items() if full and name in group_names()}
        fulls = {col: full for col, (_, full) in told.items() if full}
        scores = {col: _points(grid, row + 1, col) for col in fulls}
        got = {col: score for col, score in scores.items() if score is not None and score <= fulls[col]}
        if len(groups) < 2 or len(got) < len(told):
            continue
        whole = next((col for col, (name, _) in told.items() if words.is_word("total", name)), None)
        _add_scores(grid, row + 1, groups, whole, period, harvest)
        harvest.explain_rows(grid, row, row + 2)
        return True
    return False


def _add_scores(
    grid: Grid, row: int, groups: dict[int, str], whole: int | None, period: int | None, harvest: Harvest
) -> None:
    """The scores of a row: of the group that heads each column, and of all in the column of their sum."""
    for col, name in groups.items():
        harvest.add_points("score.group", _spot(grid, row, col), subject=name, period=period)
    if whole is not None:
        harvest.add_points("score.total", _spot(grid, row, whole), period=period)


def _points(grid: Grid, row: int, col: int) -> Decimal | None:
    here = _spot(grid, row, col)
    reading = here.points() if here else None
    return reading.quantity.value if reading else None


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


#: columns that are no projects: quarters, years, units, payers
NOT_PROJECTS = re.compile(
    r"季度|月|半年|年|机关|本级|(?:中心|站|馆|院|所|局|乡|镇|街道|学校|公司)$|^(?:中央|省|市|县|区|地方|上级)"
)


#: rows that tell of a part, or in words: 其中：局本级支出 · 备注
ASIDE = re.compile(
    r"其中|备注|说明|(?:偏差|未完成)?原因|(?:中央|省|市|县|区|本|地方)级?(?:财政)?(?:补助|安排|配套|资金|投入)*(?:[(].*[)])?$"
)
#: what the column of all projects is called
WHOLE = frozenset({"合计", "总计", "项目合计", "项目支出合计"})


def read_projects_across(
    grid: Grid, around: Surroundings, unit: str, period: int | None, harvest: Harvest
) -> bool:
    """The facts of a list of projects on its side; False where it is none:

    项目             | 合计     | 农村公路养护 | 撤渡建桥 | 其他项目
    调整后预算（万元） | 4,930.00 | 2,480.00     | 1,350.00 | 1,100.00
    实际支出（万元）   | 4,392.92 | 2,365.92     | 1,161.00 | 866.00
    """
    head, rows = grid.starting(0), range(1, grid.rows)
    firsts = [slot for row in rows for slot in grid.starting(row) if slot.col == 0]
    labels = {slot.row: _spent(read_label(slot.key)) for slot in firsts if not ASIDE.match(slot.key)}
    named = [
        slot
        for slot in head
        if slot.col
        and not slot.blank
        and read_label(slot.key) is None
        and not REST.fullmatch(plain(slot.key))
    ]
    measured = [
        label.measure in PROJECT_MEASURES and not label.items if label else False for label in labels.values()
    ]
    if (
        not harvest.context.kind.startswith("department")
        or not head
        or plain(head[0].key) not in ("项目", "项目名称")
        or len(named) < 2
        or any(slot.figure or NOT_PROJECTS.search(slot.key) for slot in named)
        or len(measured) < 2
        or not all(measured)
    ):
        return False
    whole = [slot for slot in head if slot.col and plain(slot.key) in WHOLE]
    for row, label in labels.items():
        assert label is not None  # noqa: S101 (all are measured)
        for slot in (*named, *whole):
            cell = grid.at(row, slot.col)
            if cell is None or not cell.figure:
                continue
            if reading := read_measure(cell, label, unit, harvest):
                of_one = slot in named
                harvest.add(
                    f"project.{label.measure}" if of_one else f"{label.measure}.project",
                    cell,
                    reading,
                    subject=clean(slot.text) if of_one else None,
                    period=period - (label.back or 0) if period else None,
                    stage=label.stage if label.measure == "budget" else None,
                )
    harvest.explain_rows(grid)
    return True


def _spent(label: Meaning | None) -> Meaning | None:
    """A row's label; 上年 alone is what was spent in it."""
    bare = label is not None and label.back and not label.items and not label.measure
    return replace(label, measure="spending") if label and bare else label
