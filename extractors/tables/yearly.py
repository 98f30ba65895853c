"""Tables of years: each row is a year, with what was planned and spent in it and the rate of the two."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.tables.grid import Grid, Slot
from extractors.tables.harvest import Harvest
from extractors.tables.labels import NOTHING, Meaning, read_label
from extractors.tables.meanings import PROJECT_MEASURES, read_measure
from extractors.tables.surroundings import Surroundings
from extractors.tables.vocabulary import plain
from schema.report import Stage

#: what heads the column of years
HEADS = re.compile(r"(?:预算|项目|评价|实施)?年[度份]?|时间")
#: 2022年（调整后）
OF_YEAR = re.compile(r"(?P<year>20\d\d)年?度?(?:[(（][^()（）]*[)）])?")
#: the one row of a table whose columns say the rest
AMOUNT = re.compile(r"金额|数额|资金|合计|总额|项目|专项资金|项目资金|小计")
#: the year's plan and what was left of the year before
HELD = re.compile("(?:当年|本年|全年|年度)?(?:可用|可支配)(?:资金|预算|指标)(?:总额|合计)?")
AVAILABLE = Meaning(measure="budget", stage="adjusted")
#: 合计 · 三年累计 · 平均
SUM = re.compile("(?:[两二三四五]年|累计|总)?(?:合计|总计|累计|平均|小计)")
#: over a table of the whole department's years
OF_WHOLE = re.compile("部门|整体|总体|全局")
OF_PARTS = re.compile("项目|专项|三公|基本|采购")


@dataclass(frozen=True, slots=True)
class Years:
    """A table of years: where its rows begin, what its columns state, and its years by row."""

    columns: dict[int, Meaning]
    years: dict[int, tuple[int, Slot]]


def read_years_across(grid: Grid, around: Surroundings, unit: str, harvest: Harvest) -> bool:
    """The facts of a project's table whose years head its columns; False where it is none, or says not of what:

    年度 | 2021年 |        |        | 2022年 |        |
    项目 | 预算   | 支出   | 执行率 | 预算   | 支出   | 执行率
    金额 | 420.00 | 397.20 | 94.57% | 560.00 | 551.60 | 98.50%
    """
    project = harvest.own_project
    if grid.rows < 3 or not project:
        return False
    years = {
        col: int(found["year"])
        for slot in grid.starting(0)
        if (found := OF_YEAR.fullmatch(slot.key))
        for col in range(slot.col, slot.last_col + 1)
    }
    measures = {slot.col: read_label(slot.key) for slot in grid.starting(1) if slot.col in years}
    rows = [
        row
        for row in range(2, grid.rows)
        if any(
            s.col == 0 and (AMOUNT.fullmatch(s.key) or plain(s.key) in project) for s in grid.starting(row)
        )
    ]
    if len(set(years.values())) < 2 or len(rows) != 1 or not _told_of_each(years, measures):
        return False
    for slot in grid.starting(rows[0]):
        meaning = measures.get(slot.col)
        reading = read_measure(slot, meaning, unit, harvest) if meaning and slot.figure else None
        if meaning and reading:
            stage = meaning.stage if meaning.measure == "budget" else None
            year = years[slot.col]
            harvest.add(
                f"project.{meaning.measure}", slot, reading, subject=project, period=year, stage=stage
            )
    harvest.explain_rows(grid)
    return True


def _told_of_each(years: dict[int, int], measures: dict[int, Meaning | None]) -> bool:
    """Whether every column under a year says what it states, and each year has what was planned and spent."""
    told = {(years[col], meaning.measure) for col, meaning in measures.items() if meaning}
    plain_ones = all(m and m.measure in PROJECT_MEASURES and not m.items for m in measures.values())
    return plain_ones and all({(year, "budget"), (year, "spending")} <= told for year in set(years.values()))


def read_years(grid: Grid, around: Surroundings, unit: str, harvest: Harvest) -> bool:
    """The facts of a table of years; False where it is none, or says not of what:

    年度           | 预算数   | 支出数   | 执行率（%）
    2021年         | 2,080.00 | 2,058.40 | 98.96
    2022年（调整后） | 2,120.00 | 2,097.60 | 98.94
    """
    told = _years(grid)
    context = harvest.context
    project = harvest.own_project
    said = " ".join((around.heading, *around.captions[-1:]))
    whole = context.kind.startswith("department") and OF_WHOLE.search(said) and not OF_PARTS.search(said)
    if told is None or not (project or whole):
        return False
    for row, (year, head) in told.years.items():
        if context.fiscal_year and year > context.fiscal_year:
            continue  # 2024（计划）
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
    years = {
        row: (int(found["year"]), slot)
        for row in range(head + 1, grid.rows)
        for slot in grid.starting(row)
        if slot.col == 0 and (found := OF_YEAR.fullmatch(slot.key))
    }
    first = min(years, default=head + 1)
    columns = _columns(grid, head, first)
    if not {"budget", "spending"} <= {meaning.measure for meaning in columns.values()}:
        return None
    filled = [
        row
        for row in range(first, grid.rows)
        if any(not slot.blank for slot in grid.starting(row)) and not _of_all_years(grid, row)
    ]
    return Years(columns, years) if len(years) >= 2 and len(years) == len(filled) else None


def _columns(grid: Grid, head: int, first: int) -> dict[int, Meaning]:
    """What the columns state whose headers, of one row or of two, are understood to the last word."""
    columns: dict[int, Meaning] = {}
    for col in range(1, grid.cols):
        labels = dict.fromkeys(
            slot for row in range(head, first) if (slot := grid.at(row, col)) and not slot.blank
        )
        said = [AVAILABLE if HELD.fullmatch(plain(slot.key)) else read_label(slot.key) for slot in labels]
        whole = NOTHING
        for meaning in said:
            whole = meaning.with_(whole) if meaning else whole
        if said and all(said) and whole.items <= {"project", "total"}:
            columns[col] = replace(whole, measure="spending") if whole.items and not whole.measure else whole
    return columns


def _heads(grid: Grid, row: int) -> bool:
    return any(slot.col == 0 and HEADS.fullmatch(slot.key) for slot in grid.starting(row))


def _of_all_years(grid: Grid, row: int) -> bool:
    """Whether a row tells how the years differ, 增减额, or what they come to."""
    label = next((slot for slot in grid.starting(row) if slot.col == 0), None)
    meaning = read_label(label.key) if label else None
    compares = meaning is not None and meaning.measure in ("change_amount", "change_rate")
    return compares or bool(label and SUM.fullmatch(plain(label.key)))


def _stage(head: Slot, column: Meaning) -> Stage | None:
    if "调整后" in head.key:
        return "adjusted"
    return "initial" if "年初" in head.key else column.stage
