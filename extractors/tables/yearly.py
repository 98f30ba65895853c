"""Tables of years: each row is a year, with what was planned and spent in it and the rate of the two."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.figures.projects import own_project
from extractors.tables.grid import Grid, Slot
from extractors.tables.harvest import Harvest
from extractors.tables.labels import Meaning, read_label
from extractors.tables.meanings import PROJECT_MEASURES, read_measure
from extractors.tables.surroundings import Surroundings
from schema.report import Stage

#: what heads the column of years
HEADS = re.compile(r"(?:预算|项目|评价|实施)?年[度份]?|时间")
#: 2022年（调整后）
OF_YEAR = re.compile(r"(?P<year>20\d\d)年?度?(?:[(（][^()（）]*[)）])?")
#: over a table of the whole department's years
OF_WHOLE = re.compile("部门|整体|总体|全局")
OF_PARTS = re.compile("项目|专项|三公|基本|采购")


@dataclass(frozen=True, slots=True)
class Years:
    """A table of years: where its rows begin, what its columns state, and its years by row."""

    columns: dict[int, Meaning]
    years: dict[int, tuple[int, Slot]]


def read_years(grid: Grid, around: Surroundings, unit: str, harvest: Harvest) -> bool:
    """The facts of a table of years; False where it is none, or says not of what:

    年度           | 预算数   | 支出数   | 执行率（%）
    2021年         | 2,080.00 | 2,058.40 | 98.96
    2022年（调整后） | 2,120.00 | 2,097.60 | 98.94
    """
    told = _years(grid)
    context = harvest.context
    project = own_project(context, ()) if context.kind.startswith("project") else ""
    said = " ".join((around.heading, *around.captions[-1:]))
    whole = context.kind.startswith("department") and OF_WHOLE.search(said) and not OF_PARTS.search(said)
    if told is None or not (project or whole):
        return False
    for row, (year, head) in told.years.items():
        for slot in grid.starting(row):
            column = told.columns.get(slot.col)
            if column is None or not slot.figure or column.measure not in PROJECT_MEASURES:
                continue
            reading = read_measure(slot, column, unit, harvest)
            if reading:
                concept = f"project.{column.measure}" if project else f"{column.measure}.total"
                stage = _stage(head, column) if column.measure == "budget" else None
                harvest.add(concept, slot, reading, subject=project or None, period=year, stage=stage)
    harvest.explain_rows(grid)
    return True


def _years(grid: Grid) -> Years | None:
    head = next((row for row in range(grid.rows) if _heads(grid, row)), None)
    if head is None:
        return None
    columns = {
        slot.col: meaning
        for slot in grid.starting(head)
        if slot.col and (meaning := read_label(slot.key)) and meaning.items <= {"project", "total"}
    }
    columns = {
        col: replace(meaning, measure="spending") if meaning.items and not meaning.measure else meaning
        for col, meaning in columns.items()  # 项目支出
    }
    if not {"budget", "spending"} <= {meaning.measure for meaning in columns.values()}:
        return None
    years = {
        row: (int(found["year"]), slot)
        for row in range(head + 1, grid.rows)
        for slot in grid.starting(row)
        if slot.col == 0 and (found := OF_YEAR.fullmatch(slot.key))
    }
    rows = range(head + 1, grid.rows)
    filled = [
        row for row in rows if any(not slot.blank for slot in grid.starting(row)) and not _compares(grid, row)
    ]
    return Years(columns, years) if len(years) >= 2 and len(years) == len(filled) else None


def _heads(grid: Grid, row: int) -> bool:
    return any(slot.col == 0 and HEADS.fullmatch(slot.key) for slot in grid.starting(row))


def _compares(grid: Grid, row: int) -> bool:
    """Whether a row tells how the years differ: 增减额."""
    label = next((read_label(slot.key) for slot in grid.starting(row) if slot.col == 0), None)
    return label is not None and label.measure in ("change_amount", "change_rate")


def _stage(head: Slot, column: Meaning) -> Stage | None:
    if "调整后" in head.key:
        return "adjusted"
    return "initial" if "年初" in head.key else column.stage
