"""Plain tables of figures: money, staffing, 三公 and base data, where a figure's meaning is its row's
label times its column's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from extractors.tables.cells import Reading, read_count, read_figure, read_money, read_percent
from extractors.tables.grid import Grid, Slot
from extractors.tables.harvest import Harvest, clean
from extractors.tables.labels import NOTHING, Meaning, concept_of, one_item, read_label
from extractors.tables.surroundings import Surroundings
from extractors.tables.vocabulary import plain
from schema.catalogue import BY_ID
from schema.report import Fact

MONEY_UNITS = ("元", "千元", "万元", "亿元")
PARTS_OF_TOTAL = frozenset({"basic", "project"})
PARTS_OF_STAFF = frozenset({"admin", "institution", "support"})
PARTS_OF_PUBLIC = frozenset({"overseas", "vehicles", "hospitality"})
#: a project below 项目支出: 1.业务工作经费 · (2)某专项
NUMBERED = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）.、．]|[①-⑩])\s*(?=\D)")
GRAND_TOTALS = frozenset({"总计", "收入总计", "支出总计", "收支总计"})
ZH = {
    "total": "总支出",
    "basic": "基本支出",
    "project": "项目支出",
    "personnel": "人员经费",
    "operating": "公用经费",
    "three_public": "三公经费",
}


@dataclass
class Matrix:
    """One table while it is read: the headers in force, the last row's item, what was understood."""

    grid: Grid
    around: Surroundings
    year: int | None
    default: Meaning
    items: frozenset[str]
    columns: dict[int, Meaning] = field(default_factory=dict)
    after_data: bool = True
    under: str | None = None  # the item of the row above that lists its parts: 项目支出：
    unit: str | None = None
    understood: int = 0
    summed: bool = False  # 合计 or carry-over stand beside 总计: it is the balance of both sides
    whole: bool = False  # the paper is about a whole department
    base: str | None = None  # the measure that changes are changes of


def read_matrix(
    grid: Grid, rows: Iterable[int], around: Surroundings, year: int | None, harvest: Harvest
) -> tuple[Fact, ...]:
    """The facts of the given rows of a grid."""
    labels = [m for slot in grid.slots() if not slot.figure and (m := read_label(slot.key))]
    items = frozenset(item for meaning in labels for item in meaning.items)
    matrix = Matrix(grid, around, around.period or year, _default(around), items, unit=around.unit)
    keys = {plain(slot.key) for slot in grid.slots() if slot.key.endswith("合计")}
    matrix.summed = bool(keys or items & {"opening", "closing"})
    matrix.whole = harvest.context.kind.startswith("department")
    matrix.base = _changing(labels) or matrix.default.measure
    facts: list[Fact] = []
    listed: list[Slot] = []
    for row in rows:
        slots = grid.lines[row]
        if any(slot.figure and slot.row == row for slot in _values(slots)):
            facts += _read_row(matrix, row, slots, harvest)
            matrix.after_data = True
            listed += [slot for slot in slots if slot.figure and slot.row == row]
        else:
            _read_header(matrix, row, slots, harvest)
    if facts:
        # lines without a concept of their own, 办公经费 between 公用经费 and 政府采购, are known too
        for slot in listed:
            harvest.explain(slot)
    return tuple(facts)


def _changing(labels: list[Meaning]) -> str | None:
    """The measure that a table states for two years, or its only one: what its changes are changes of."""
    dated: dict[str, set[tuple[int | None, int | None]]] = {}
    for meaning in labels:
        if meaning.measure in ("budget", "spending", "income"):
            dated.setdefault(meaning.measure, set()).add((meaning.year, meaning.back))
    several = [measure for measure, dates in dated.items() if len(dates) > 1] or list(dated)
    return several[0] if len(several) == 1 else None


def _default(around: Surroundings) -> Meaning:
    """What the caption says of all figures: 2023年支出决算情况表."""
    text = " ".join((*around.captions[-1:], *around.titles, around.sheet))
    spending = bool(re.search(r"决算|支出情况|执行情况|实际支出|支出明细|支出构成", text))
    budget = bool(re.search(r"预算(?!执行|绩效|单位|部门|支出情况)", text)) and not spending
    income = bool(re.search(r"收入(?!支出)", text)) and not spending and not budget
    measure = "spending" if spending else "budget" if budget else "income" if income else None
    return Meaning(measure=measure)


def _values(slots: tuple[Slot, ...]) -> list[Slot]:
    """A row's cells behind its first filled one: an ordinal in front is no figure."""
    filled = [slot for slot in slots if not slot.blank]
    return filled[1:] if filled and not filled[0].figure else filled


def _read_header(matrix: Matrix, row: int, slots: tuple[Slot, ...], harvest: Harvest) -> None:
    """A row of labels: the headers of the columns below, or a heading such as 项目支出：."""
    filled = [slot for slot in slots if not slot.blank and slot.row == row]
    meanings = [
        (slot, meaning)
        for slot in filled
        if (meaning := read_label(slot.key)) and (meaning.says or meaning.unit)
    ]
    if not meanings:
        return
    if len(filled) == 1 and filled[0].col == 0:
        item = one_item(meanings[0][1].items)
        matrix.under = item or None
        matrix.unit = _money_unit(meanings[0][1].unit) or matrix.unit
        return
    said = [meaning for _, meaning in meanings if meaning.says]
    dashes = sum(slot.dash for slot in filled)
    if dashes and len(said) <= 1:
        return  # a row of dashes under its label
    if matrix.after_data:
        matrix.columns = {}
        matrix.after_data = False
    matrix.understood += len(said)
    for slot, meaning in meanings:
        if slot.col == 0 and len(meanings) > 1:
            matrix.unit = _money_unit(meaning.unit) or matrix.unit
        for col in range(slot.col, slot.last_col + 1):
            matrix.columns[col] = meaning.with_(matrix.columns.get(col, NOTHING))
    for slot in filled:
        harvest.explain(slot)


def _money_unit(unit: str | None) -> str | None:
    return unit if unit in MONEY_UNITS else None


def _read_row(matrix: Matrix, row: int, slots: tuple[Slot, ...], harvest: Harvest) -> list[Fact]:
    facts: list[Fact] = []
    label = NOTHING
    known = False
    named: Slot | None = None
    last_figure = False
    for slot in slots:
        if slot.blank or slot.dash:
            last_figure = last_figure or slot.dash
            continue
        if not slot.figure:
            meaning = read_label(slot.key)
            if last_figure:
                label, known, last_figure = NOTHING, False, False
            if meaning is not None and not (matrix.summed and plain(slot.key) in GRAND_TOTALS):
                label, known = meaning.with_(label), known or meaning.says
            else:
                known = False
            named = slot
            continue
        last_figure = True
        if slot.row != row:
            continue
        column = matrix.columns.get(slot.col, NOTHING)
        if not known and named is not None and matrix.under == "project" and NUMBERED.match(named.text):
            facts += _project(matrix, named, slot, column, harvest)
        elif (
            known
            or (named is None and column.says)
            or (named is not None and not named.key)
            or (named is not None and read_label(named.key) is not None and column.says)
        ):
            facts += _figure(matrix, slot, label, column, harvest)
    if label.items and named is not None:
        item = one_item(label.items)
        matrix.under = item or matrix.under
    if facts or known:
        for slot in slots:
            if slot.row == row and len(slot.key) < 40:
                harvest.explain(slot)
    return facts


def _figure(matrix: Matrix, slot: Slot, label: Meaning, column: Meaning, harvest: Harvest) -> list[Fact]:
    """The fact of one figure, if its two labels make a concept."""
    meaning = label.with_(column)
    if column.measure in ("change_amount", "change_rate", "share", "rate", "controlled", "adjustment"):
        meaning = replace(meaning, measure=column.measure)
    item = one_item(meaning.items)
    if item is None:
        return []
    item = _resolve_total(matrix, item, meaning)
    if item is None:
        return []
    measure = meaning.measure or _implied(matrix, item)
    if measure in ("change_amount", "change_rate"):
        return _change(matrix, slot, item, measure, meaning, harvest)
    if measure == "share":
        return _share(matrix, slot, item, meaning, harvest)
    if measure == "income" and item in ("opening", "closing"):
        measure = None
    concept = concept_of(item, measure) or (
        concept_of(item, None) if item in ("opening", "closing", "contract", "retired") else None
    )
    if concept is None:
        return []
    reading = _read(matrix, slot, concept, meaning, harvest)
    if reading is None:
        return []
    stage = meaning.stage if concept in ("budget.total", "budget.basic", "budget.project") else None
    return [harvest.add(concept, slot, reading, period=_period(matrix, meaning, concept), stage=stage)]


def _resolve_total(matrix: Matrix, item: str, meaning: Meaning) -> str | None:
    """What 合计 is the total of in this table; None where the table does not say."""
    if item not in ("total", ""):
        return item
    if item == "" and meaning.measure in ("authorized", "actual"):
        return ""
    items = matrix.items
    if meaning.measure in ("authorized", "actual"):
        return "total"
    if item == "" and (meaning.measure is None or matrix.columns or not matrix.whole):
        return None
    if items & PARTS_OF_PUBLIC and not items & PARTS_OF_TOTAL:
        return "three_public"
    if items & PARTS_OF_TOTAL or meaning.measure == "income":
        return "total" if item else None
    if item == "":
        return "total"  # 全年预算数 | 335 beside each other, in a paper about the whole department
    if re.search(r"整体|部门支出|收支|总支出", matrix.around.text):
        return "total"
    return None


def _implied(matrix: Matrix, item: str) -> str | None:
    """The measure where no label states one."""
    if item in ("contract", "retired", "opening", "closing"):
        return None
    if item in ("admin", "institution", "support", "staff"):
        return "actual" if re.search(r"实有|在职|在编", matrix.around.text) else None
    if item == "fiscal":
        return "income"
    if (
        matrix.default.measure is None
        and matrix.base is None
        and item in ("basic", "project", "personnel", "operating")
    ):
        return "spending"  # 基本支出 without any word of budgets is what was spent
    return matrix.default.measure


def _period(matrix: Matrix, meaning: Meaning, concept: str) -> int | None:
    if meaning.year:
        return meaning.year
    if meaning.back is not None and matrix.year is not None:
        return matrix.year - meaning.back
    return matrix.year


def _read(matrix: Matrix, slot: Slot, concept: str, meaning: Meaning, harvest: Harvest) -> Reading | None:
    kind = BY_ID[concept].kind
    if kind == "count":
        return harvest.read(slot, read_count)
    if kind == "percent":
        return harvest.read(slot, lambda s: read_percent(s, fraction=_fraction(s, meaning)))
    unit = _money_unit(meaning.unit) or matrix.unit or _guess(matrix)
    return harvest.read(slot, lambda s: read_money(s, unit))


def _fraction(slot: Slot, meaning: Meaning) -> bool:
    """0.958 under 执行率 without a percent sign anywhere."""
    reading = read_figure(slot.text)
    return bool(
        reading
        and not reading.unit
        and 0 < reading.quantity.value <= 1
        and reading.quantity.step < 1
        and meaning.unit != "%"
    )


def _guess(matrix: Matrix) -> str:
    """元 where amounts are written with cents and run into hundreds of thousands, else 万元."""
    longest = max(
        (len(s.key.split(".")[0].replace(",", "")) for s in matrix.grid.slots() if s.figure and "." in s.key),
        default=0,
    )
    return "元" if longest >= 6 else "万元"


def _project(matrix: Matrix, named: Slot, slot: Slot, column: Meaning, harvest: Harvest) -> list[Fact]:
    """A single project listed under 项目支出."""
    if column.measure not in ("budget", "spending"):
        return []
    unit = _money_unit(column.unit) or matrix.unit or _guess(matrix)
    reading = harvest.read(slot, lambda s: read_money(s, unit))
    if reading is None:
        return []
    subject = NUMBERED.sub("", clean(named.text)).rstrip("：:")
    period = _period(matrix, column, "project.budget")
    stage = column.stage if column.measure == "budget" else None
    return [
        harvest.add(f"project.{column.measure}", slot, reading, subject=subject, period=period, stage=stage)
    ]


def _change(
    matrix: Matrix, slot: Slot, item: str, measure: str, meaning: Meaning, harvest: Harvest
) -> list[Fact]:
    """增减额, 增减率 against the year before, of the one measure that the table holds."""
    base = concept_of(item, matrix.base) or concept_of(item, None)
    if base is None:
        return []
    if measure == "change_rate":
        reading = harvest.read(slot, read_percent)
        concept = "change.rate"
    else:
        unit = _money_unit(meaning.unit) or matrix.unit or _guess(matrix)
        reading = harvest.read(
            slot, lambda s: read_percent(s) if s.key.endswith("%") else read_money(s, unit)
        )
        concept = "change.rate" if slot.key.endswith("%") else "change.amount"
    if reading is None or BY_ID[base].kind != "money":
        return []
    return [harvest.add(concept, slot, reading, subject=base, period=matrix.year)]


def _share(matrix: Matrix, slot: Slot, item: str, meaning: Meaning, harvest: Harvest) -> list[Fact]:
    if (
        item not in ("basic", "project", "personnel", "operating")
        or (matrix.base or matrix.default.measure) != "spending"
    ):
        return []
    reading = harvest.read(slot, lambda s: read_percent(s, fraction=_fraction(s, meaning)))
    if reading is None:
        return []
    return [
        harvest.add(
            "share", slot, reading, subject=f"{ZH[item]} / 总支出", period=_period(matrix, meaning, "share")
        )
    ]


def is_money_table(grid: Grid, words_total: str = "年度资金总额") -> bool:
    """Whether the row labels are those of a whole budget (基本支出, 人员经费, 三公经费) and not of one
    project's funds."""
    keys = {plain(slot.key) for slot in grid.slots() if not slot.figure}
    if words_total in keys:
        return False
    meanings = [m for key in keys if (m := read_label(key)) and m.items]
    known = {item for m in meanings for item in m.items}
    return bool(known & (PARTS_OF_TOTAL | PARTS_OF_PUBLIC | {"personnel", "operating", "three_public"}))
