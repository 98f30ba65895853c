"""What one figure of a plain table states: its row's label times its column's, as a fact."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extractors.tables.cells import NotAFigure, Reading, read_count, read_figure, read_money, read_percent
from extractors.tables.grid import Grid, Slot
from extractors.tables.harvest import Harvest, clean
from extractors.tables.labels import DERIVED, NOTHING, Meaning, at_crossing, concept_of, one_item, read_label
from extractors.tables.surroundings import Surroundings
from schema.catalogue import BY_ID
from schema.report import Fact

#: what a table of projects or years states of each
PROJECT_MEASURES = ("budget", "spending", "rate")
MONEY_UNITS = ("元", "千元", "万元", "亿元")
PARTS_OF_TOTAL = frozenset({"basic", "project"})
PARTS_OF_STAFF = frozenset({"admin", "institution", "support"})
PARTS_OF_PUBLIC = frozenset({"overseas", "vehicles", "hospitality"})
PUBLIC = PARTS_OF_PUBLIC | {"three_public"}
#: a project below 项目支出: 1.业务工作经费 · (2)某专项
NUMBERED = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）.、．]|[(（][一二三四五六七八九十]{1,2}[)）]|[①-⑩])\s*(?=\D)")
#: what a form lists below 项目支出 and is a kind of project, not one: 运行维护专项 · 市级专项资金（一个专项一行）
KIND = re.compile(
    r"(?:业务工作|运行维护|运转类?|(?:中央|上级|本级|[省市县区]级?|其他)(?:财政)?)?(?:专项|项目)(?:资金|经费|支出)?(?:[(（].*[)）])?"
)
#: 项目支出结构 · 固定资产情况表: what the rows of a table add up to is not the department's money
OF_PROJECTS = re.compile("(?<!基本支出和)(?<!基本支出、)项目(?:支出|资金)")
OF_ELSE = re.compile(f"{OF_PROJECTS.pattern}|专项|资产|债务")
#: 采购类别 over 货物 | 工程 | 服务
KINDS_OF_PURCHASES = re.compile("(?:政府)?采购(?:类[别型]|品目|方式|形式)")
#: what a row tells of a report's one project
OF_ONE_PROJECT = ("budget", "spending", "rate")
#: what is of a whole department
OF_WHOLE = ("budget.", "spending.", "rate.", "carryover.")
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
    silent: set[int] = field(default_factory=set)  # columns whose words name no line: 单位性质
    after_data: bool = True
    under: str | None = None  # the item of the row above that lists its parts: 项目支出：
    public: Meaning = NOTHING  # what a row says of 三公 as a whole, and of the items below it
    unit: str | None = None
    understood: int = 0
    staff: str | None = None  # the side that staff categories below are of: 实有人数, then 其中：行政
    crowded: bool = False  # this row has figures side by side without labels between them
    summed: bool = False  # 合计 or carry-over stand beside 总计: it is the balance of both sides
    whole: bool = False  # the paper is about a whole department
    sides: dict[int, Meaning] = field(default_factory=dict)  # label columns of income and spending halves
    lead: Meaning = NOTHING  # the whole above, 全年支出, whose parts follow below it: 其中：基本支出
    told: tuple[int, Meaning] | None = None  # a group's first row, and what was last told in it
    executed: bool = False  # some label speaks of execution: 执行数
    planned: bool = False  # some label speaks of a budget
    named: bool = False  # a label itself says that its row is of the whole department
    yearly: bool = False  # the columns are years, and no label speaks of a budget
    spent_by_year: bool = False  # the columns are years, and a row is all that was spent in each: 支出合计
    base: str | None = None  # the measure that changes are changes of
    balance: bool = False  # this row tells of the whole in pairs: 年初预算 | 268 | 决算支出 | 266
    of_spending: bool = False  # a column of shares says that they are of what was spent: 占总支出比重
    one_car_line: bool = False  # 公务用车运行维护费 is the table's only line on cars
    subtotal_ends: bool = False  # 小计 is the table's only total
    both_sides: bool = False  # 收入合计 stands beside 支出合计: they are of the whole department
    projects: frozenset[int] = frozenset()  # rows that are the projects of 项目支出
    of_project: bool = False  # the paper is about one project or several
    staffed: bool = True  # some cell speaks of posts: 人数 beside 编制, no trainees or villagers
    unsided: dict[str, Slot] = field(default_factory=dict)  # halves of the whole, planned or spent unsaid

    @property
    def staffs_in_columns(self) -> bool:
        """Whether a column is of posts."""
        return any(column.measure == "authorized" for column in self.columns.values())


def money_unit(unit: str | None) -> str | None:
    return unit if unit in MONEY_UNITS else None


def read_measure(slot: Slot, label: Meaning, unit: str, harvest: Harvest) -> Reading | None:
    """A cell under a label of PROJECT_MEASURES: a rate, or an amount in the label's own unit before the table's."""
    if label.measure == "rate":
        return harvest.read(slot, read_percent)
    stated = money_unit(label.unit) or unit
    return harvest.read(slot, lambda s: read_money(s, stated))


def read_cell(matrix: Matrix, slot: Slot, label: Meaning, column: Meaning, harvest: Harvest) -> list[Fact]:
    """The fact of one figure, if its two labels make a concept."""
    if matrix.of_project and not column.says and _alone(matrix, slot, label):
        return _of_project(matrix, slot, label, harvest)
    if column.measure in ("change_amount", "change_rate") and column.year == (matrix.year or 0) - 1:
        column = replace(column, year=None)  # 比2021年增减, of 2022
    meaning = at_crossing(label, column)
    if meaning.measure is None and label.measure and column.measure:
        return []
    if matrix.default.measure == "income":
        meaning = at_crossing(meaning, matrix.default)
    side = label.measure if label.measure not in DERIVED else column.measure
    if "income" in (side, matrix.default.measure) and meaning.measure in DERIVED:
        if meaning.measure not in ("change_amount", "change_rate"):
            return []
        side = "income"
    item = one_item(meaning.items)
    # 预算执行率 | | | 95.56%, below the lines of a table of all the department's money
    if (
        not meaning.items
        and (label.measure, column.measure) == ("rate", "spending")
        and "total" in matrix.items
    ):
        item = "total"
    if item is None:
        return []
    measure = meaning.measure or matrix.default.measure
    of = "income" if side == "income" else measure  # 增减%, in the row 本年收入合计
    item = _resolve_total(matrix, item, replace(meaning, measure=of))
    # figures side by side under headers that say nothing, 一季度 | 二季度, are not of the year
    if item is None or (meaning.measure is None and not column.says and matrix.crowded):
        return []
    measure = meaning.measure or _implied(matrix, item)
    if measure == "change_amount" and meaning.unit == "%":
        measure = "change_rate"  # 决算较上年增减%
    if measure is None and item in PARTS_OF_TOTAL and not matrix.columns:
        matrix.unsided[item] = slot
    if measure in ("change_amount", "change_rate"):
        base = side if side in ("budget", "spending", "income") else matrix.base
        base = "income" if item == "fiscal" else base
        return _change(matrix, slot, item, measure, base, meaning, harvest)
    if measure in ("share", "share_basic"):
        return _share(matrix, slot, item, meaning, harvest)
    if item in ("opening", "closing"):
        # what was planned or spent out of carried-over money is not the money carried over
        carried = side == "income" or item == "closing"
        if measure == "budget" or (measure == "spending" and matrix.executed and not carried):
            return []
        measure = None if measure == "income" else measure
    concept = concept_of(item, measure) or (
        concept_of(item, None)
        if item in ("opening", "closing", "contract", "retired") and measure not in DERIVED
        else None
    )
    if concept is None:
        return []
    if matrix.of_project and concept.startswith(OF_WHOLE):
        return []  # 合计 of the payers of a project's money
    if matrix.of_project and concept.startswith("staff.") and not matrix.staffed:
        return []
    reading = _read(matrix, slot, concept, meaning, harvest)
    if reading is None:
        return []
    stage = meaning.stage if concept.startswith("budget.") or concept.endswith(".budget") else None
    return [harvest.add(concept, slot, reading, period=_period(matrix, meaning, concept), stage=stage)]


def _alone(matrix: Matrix, slot: Slot, label: Meaning) -> bool:
    """Whether a figure is the only one of its row, behind words that say budget, spending or rate and nothing else."""
    row = [one for one in matrix.grid.lines[slot.row] if one.row == slot.row and not one.blank]
    bare = label.measure in OF_ONE_PROJECT and not label.items
    return (
        bare
        and sum(one.figure for one in row) == 1
        and row[1:2] == [slot]
        and read_label(row[0].key) == label
    )


def _of_project(matrix: Matrix, slot: Slot, label: Meaning, harvest: Harvest) -> list[Fact]:
    """The budget, the spending or the rate of the one project of a report, in a row that names nothing else:
    全年执行数 | 119.04 | 含检测费."""
    concept, own = f"project.{label.measure}", harvest.own_project
    reading = _read(matrix, slot, concept, label, harvest) if own else None
    if reading is None:
        return []
    stage = label.stage if label.measure == "budget" else None
    period = _period(matrix, label, concept)
    return [harvest.add(concept, slot, reading, subject=own, period=period, stage=stage)]


def _resolve_total(matrix: Matrix, item: str, meaning: Meaning) -> str | None:
    """What 合计 is the total of in this table; None where the table does not say."""
    if item not in ("total", ""):
        return item
    items = matrix.items
    if (
        OF_ELSE.search("".join((matrix.around.heading, *matrix.around.captions[-1:])))
        and not items & PARTS_OF_TOTAL
    ):
        return None
    if meaning.measure in ("authorized", "actual") and meaning.unit != "人" and _of_things(matrix):
        return None
    if item == "" and meaning.measure in ("authorized", "actual"):
        return ""
    if meaning.measure in ("authorized", "actual"):
        return "total"
    if (
        item == ""
        and matrix.spent_by_year
        and matrix.whole
        and (items & PARTS_OF_TOTAL or not items & PARTS_OF_PUBLIC or "three_public" in items)
        and meaning.measure in ("budget", "spending", "rate", "change_amount", "change_rate")
    ):
        return "total"  # 全年预算 | 支出合计 | 预算执行率, each over the years
    if item == "" and meaning.year and items & PARTS_OF_PUBLIC and not items & PARTS_OF_TOTAL:
        return "three_public"  # 2023 | 44.00 | 40.12, the parts beside it
    if item == "" and (
        meaning.measure is None or not matrix.whole or (matrix.columns and not matrix.balance)
    ):
        return None
    of_whole = bool(items & PARTS_OF_TOTAL) or matrix.both_sides
    if item and "three_public" in items and (matrix.named or _has_row(matrix, "three_public")):
        return "total"  # 部门整体支出 below 三公经费 and 政府采购金额 · 支出合计 above 三公经费 and its items
    if (items & PARTS_OF_PUBLIC or matrix.one_car_line) and not of_whole:
        return "three_public"
    corner = matrix.grid.at(0, 0)
    procured = "procurement" in items or "政府采购" in "".join(matrix.around.captions[-1:])
    procured = procured or bool(corner and KINDS_OF_PURCHASES.match(corner.key))
    if item and procured and not of_whole:
        return "procurement"
    if of_whole or meaning.measure == "income":
        return "total" if item or matrix.balance else None
    if item == "":
        return "total"  # 全年预算数 | 335 beside each other, in a paper about the whole department
    if re.search(r"整体|部门支出|收支|总支出", matrix.around.text) or matrix.named:
        return "total"
    return None


def _has_row(matrix: Matrix, item: str) -> bool:
    """Whether a row of figures is called so."""
    called = (
        slot
        for slot in matrix.grid.slots()
        if slot.col == 0 and (m := read_label(slot.key)) and m.items == {item}
    )
    return any(any(one.figure for one in matrix.grid.starting(slot.row)) for slot in called)


def _of_things(matrix: Matrix) -> bool:
    """Whether 编制 and 实有 are those of cars or beds, not of persons."""
    said = "".join((*matrix.around.captions[-1:], *matrix.around.titles))
    vehicles = matrix.items & PARTS_OF_PUBLIC and not matrix.items & (PARTS_OF_STAFF | {"staff"})
    return bool(vehicles or (re.search("车|床位|设备|房屋", said) and "人" not in said))


def _implied(matrix: Matrix, item: str) -> str | None:
    """The measure where no label states one."""
    if item in ("contract", "retired", "opening", "closing"):
        return None
    if item in ("admin", "institution", "support", "staff"):
        return matrix.staff or ("actual" if re.search(r"实有|在职|在编", matrix.around.text) else None)
    if item == "fiscal":
        return "income"
    if matrix.yearly and item in PUBLIC:
        return matrix.default.measure or "spending"  # 三公经费 | 2021年 | 2022年 | 2023年
    if matrix.spent_by_year and item in PARTS_OF_TOTAL | PUBLIC | {"personnel", "operating"}:
        return "spending"
    if (
        matrix.default.measure is None
        and (matrix.base is None or (matrix.yearly and matrix.base == "spending"))
        and not matrix.planned
        and (item in ("basic", "project", "personnel", "operating") or (item == "total" and matrix.yearly))
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
        if money_unit(meaning.unit):
            return None
        return harvest.read(slot, read_count)
    if kind == "percent":
        return harvest.read(slot, lambda s: read_percent(s, fraction=_fraction(matrix, s, meaning)))
    unit = money_unit(meaning.unit) or matrix.unit or _guess(matrix)
    return harvest.read(slot, lambda s: read_money(s, unit))


def read_halves(matrix: Matrix, facts: list[Fact], harvest: Harvest) -> list[Fact]:
    """基本支出 | 171.20 | 项目支出 | 94.80, planned or spent: what of the whole they add up to, they are of."""
    unit = matrix.unit or _guess(matrix)
    read = {
        item: (slot, reading)
        for item, slot in matrix.unsided.items()
        if (reading := harvest.read(slot, lambda s: read_money(s, unit)))
    }
    if len(read) < 2:
        return []
    summed = sum(reading.quantity.value for _, reading in read.values())
    wholes = ("spending.total", "budget.total")
    equal = [fact for fact in facts if fact.concept in wholes and fact.number == summed]
    if len({(fact.concept, fact.stage) for fact in equal}) != 1:
        return []
    side, stage = equal[0].concept.partition(".")[0], equal[0].stage
    return [
        harvest.add(f"{side}.{item}", slot, reading, period=matrix.year, stage=stage, confidence=0.9)
        for item, (slot, reading) in read.items()
    ]


def _fraction(matrix: Matrix, slot: Slot, meaning: Meaning) -> bool:
    """0.958 under 执行率 without a percent sign anywhere; 1 beside such shares is all of it."""
    if meaning.unit == "%" or not _is_share(slot):
        return False
    column = [s for row in range(matrix.grid.rows) if (s := matrix.grid.at(row, slot.col)) and s.figure]
    shares = [s for s in column if _is_share(s)]
    return any("." in s.key for s in (slot, *(shares if len(shares) == len(column) else ())))


def _is_share(slot: Slot) -> bool:
    try:
        reading = read_figure(slot.text)
    except NotAFigure:
        return False
    return bool(reading and not reading.unit and 0 <= reading.quantity.value <= 1)


def _guess(matrix: Matrix) -> str:
    """元 where amounts are written with cents and run into hundreds of thousands, else 万元."""
    longest = max(
        (len(s.key.split(".")[0].replace(",", "")) for s in matrix.grid.slots() if s.figure and "." in s.key),
        default=0,
    )
    return "元" if longest >= 6 else "万元"


def read_project(matrix: Matrix, named: Slot, slot: Slot, column: Meaning, harvest: Harvest) -> list[Fact]:
    """A single project listed under 项目支出."""
    if column.measure not in ("budget", "spending", "rate"):
        return []
    unit = money_unit(column.unit) or matrix.unit or _guess(matrix)
    if column.measure == "rate":
        reading = harvest.read(slot, lambda s: read_percent(s, fraction=_fraction(matrix, s, column)))
    else:
        reading = harvest.read(slot, lambda s: read_money(s, unit))
    if reading is None:
        return []
    subject = NUMBERED.sub("", clean(named.text)).rstrip("：:")
    if KIND.fullmatch(subject):
        return []
    period = _period(matrix, column, "project.budget")
    stage = column.stage if column.measure == "budget" else None
    return [
        harvest.add(f"project.{column.measure}", slot, reading, subject=subject, period=period, stage=stage)
    ]


def _change(
    matrix: Matrix,
    slot: Slot,
    item: str,
    measure: str,
    of: str | None,
    meaning: Meaning,
    harvest: Harvest,
) -> list[Fact]:
    """增减额, 增减率 against the year before, of the one measure that the table holds; none of an earlier year's row."""
    if meaning.year is not None and meaning.year != matrix.year:
        return []
    base = concept_of(item, of) or concept_of(item, None)
    if base is None:
        return []
    if measure == "change_rate":
        reading = harvest.read(slot, read_percent)
        concept = "change.rate"
    else:
        unit = money_unit(meaning.unit) or matrix.unit or _guess(matrix)
        reading = harvest.read(
            slot, lambda s: read_percent(s) if s.key.endswith("%") else read_money(s, unit)
        )
        concept = "change.rate" if slot.key.endswith("%") else "change.amount"
    if reading is None or BY_ID[base].kind != "money":
        return []
    return [harvest.add(concept, slot, reading, subject=base, period=matrix.year)]


def _share(matrix: Matrix, slot: Slot, item: str, meaning: Meaning, harvest: Harvest) -> list[Fact]:
    of_basic = meaning.measure == "share_basic"
    parts = ("personnel", "operating") if of_basic else ("basic", "project", "personnel", "operating")
    if item not in parts or (
        not matrix.of_spending and (matrix.base or matrix.default.measure) != "spending"
    ):
        return []
    reading = harvest.read(slot, lambda s: read_percent(s, fraction=_fraction(matrix, s, meaning)))
    if reading is None:
        return []
    subject = f"{ZH[item]} / {ZH['basic'] if of_basic else ZH['total']}"
    return [harvest.add("share", slot, reading, subject=subject, period=_period(matrix, meaning, "share"))]
