"""Plain tables of figures: money, staffing, 三公 and base data, where a figure's meaning is its row's
label times its column's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise, takewhile

from extractors.tables.below import SUMMED, projects_below
from extractors.tables.grid import Grid, Slot
from extractors.tables.halves import sides
from extractors.tables.harvest import Harvest
from extractors.tables.headers import PART_OF_YEAR
from extractors.tables.labels import FOREIGN, NOTHING, Meaning, concept_of, one_item, read_label
from extractors.tables.meanings import (
    GRAND_TOTALS,
    NUMBERED,
    PARTS_OF_PUBLIC,
    PARTS_OF_STAFF,
    PARTS_OF_TOTAL,
    Matrix,
    money_unit,
    read_cell,
    read_halves,
    read_project,
)
from extractors.tables.surroundings import Surroundings
from extractors.tables.vocabulary import plain
from schema.report import Fact, Stage

#: 1 · (2) · A · 3=2/1 · C=B/A*100%: a number of a column
FORMULA = re.compile(r"[(\[]?[\dA-Za-z栏]+(?:[=/+\-*×÷%()\dA-Za-z]*)[)\]]?")
#: B/A · (B/A) as a header of its own
RATIO = re.compile(r"\(?B[/÷]A\)?")
#: the column that numbers the rows of an official table
LINE = re.compile("(?:行次|行号|栏次|序号)")
#: a column that says what kind of unit a row is of: 行政, 公益一类
NATURE = re.compile("(?:单位|机构|经费)(?:性质|类[型别]|分类)|经费(?:来源|形式)")
#: people who are there, as one word beside 编制
PRESENT = re.compile("(?:在职|在编|在岗|实有)+(?:人员|人数|数)?")
#: 事业(参公和全额): a kind of posts with what it takes in
KIND_TOLD = re.compile(r"(?P<kind>行政|事业|工勤)[(][^()]+[)]")
#: what a table of a department's people speaks of
STAFFED = re.compile("编制|在职|在编|在岗|实有|退休|编外|聘")
#: columns of points, which are no money
POINTS = re.compile(r"(?:分值|满分|标准分|权重|(?:自评|实际|最终)?得分|自评分|扣分)")
#: the parts of what vehicles cost, beside their sum
OF_CARS = re.compile("(?:公务用车)?(?:购置|运行|运行维护|运维)(?:费|支出)?")
#: 决算比预算 · 较预算增减: a difference, and none to last year
AGAINST_BUDGET = re.compile(
    r"(?:决算|执行|支出)?数?[比较与](?P<stage>年初|全年|调整后?)?预算数?(?:相?比较?)?(?:的)?(?:增减|增加|减少|差[额异]|超支|节约|变动|[+-/])*(?:额|数|值|%|[(]%[)]|率|幅度)?"
)
#: 支出（万元） | 数量 | 批次, beside the money of 三公: how many cars, groups and guests
HOW_MANY = re.compile(
    r"(?:本年|上年|20\d\d年)?(?:数量|实物量|保有量|(?:车辆|批次|人次|团组)数?)(?:[(].*[)])?"
)
#: columns whose words name no line
WORDS_BESIDE = re.compile(f"{NATURE.pattern}|{HOW_MANY.pattern}")
#: 市残疾人福利基金会 | 工会经费 | 省档案学会, beside 部门预算资金: bodies with money of their own
OTHER_BODIES = re.compile(r"(?:学会|协会|基金会|工会|商会|促进会|公司|集团)(?:资金|经费|收支|账户)?$")
#: what budget such a comparison is with
BUDGETS: dict[str | None, Stage] = {
    "年初": "initial",
    "全年": "adjusted",
    "调整": "adjusted",
    "调整后": "adjusted",
}
#: 收案（件） | 结案（件）: columns of things, which are no money either
OF_THINGS = re.compile("[（(](?:件|起|宗|例|次|场次?|户|亩|吨|台|套|所|座|辆|公里|平方米)[）)]$")
#: 资产原值（万元）, beside 政府采购: of what is owned
OF_ASSETS = re.compile(r"(?:固定|国有|流动|无形)?资产(?:原值|净值|总额|价值|情况)?(?:[(]万?元[)])?")
#: 中心合计 · 全局合计
ALL_OF_US = re.compile(r"(?:本|全)?(?:局|委|办|院|馆|校|会|中心|单位|系统|部门)(?:机关)?合计")
#: the year that a row is of
BARE_YEAR = re.compile(r"(?:19|20)\d\d年?度?")


def read_matrix(
    grid: Grid, rows: Iterable[int], around: Surroundings, year: int | None, harvest: Harvest
) -> tuple[Fact, ...]:
    """The facts of the given rows of a grid."""
    labels = [m for slot in grid.slots() if _labels(slot) and (m := read_label(slot.key))]
    items = frozenset(item for meaning in labels for item in meaning.items)
    matrix = Matrix(grid, around, around.period or year, _default(around), items, unit=around.unit)
    keys = {plain(slot.key) for slot in grid.slots() if slot.key.endswith("合计")}
    matrix.summed = bool(keys or items & {"opening", "closing"})
    matrix.executed = any("执行数" in slot.key for slot in grid.slots() if len(slot.key) < 20)
    measures = {meaning.measure for meaning in labels}
    matrix.planned = "budget" in measures
    matrix.named = any(
        re.search("整体支出|部门(?:总|全部)?支出", s.key) for s in grid.slots() if len(s.key) < 20
    )
    matrix.of_project = harvest.context.kind.startswith("project")
    matrix.staffed = not matrix.of_project or any(STAFFED.search(slot.key) for slot in grid.slots())
    matrix.whole = harvest.context.kind.startswith("department")
    totals = {meaning.measure for meaning in labels if meaning.items == {"total"}}
    sides_told = {"income", "spending"} <= totals
    carried = matrix.whole and {"opening", "closing"} <= items and not items & PARTS_OF_TOTAL
    bare = {meaning.measure for meaning in labels if meaning.items <= {"total"}}
    matrix.both_sides = (sides_told and ("personnel" in items or (matrix.whole and _yearly(labels)))) or (
        carried and {"income", "spending"} <= bare
    )
    if "fiscal" in items and items <= {"fiscal", "total"} and not measures & {"budget", "spending", "rate"}:
        matrix.default = Meaning(measure="income")  # 年份 | 财政拨款 | 经营收入 | 其他 | 合计
    matrix.yearly = _yearly(labels) and not matrix.planned
    plainly = {meaning.measure for meaning in labels if not meaning.items}
    spent = any(meaning.items == {"total"} and meaning.measure == "spending" for meaning in labels)
    spent = spent or (matrix.whole and {"budget", "spending"} <= plainly)  # 全年预算数 over 决算支出数
    matrix.spent_by_year = spent and _yearly(labels)
    matrix.base = _changing(labels) or matrix.default.measure or ("spending" if matrix.yearly else None)
    matrix.of_spending = any(re.match("占[^预]*支出", slot.key) for slot in grid.slots())
    matrix.one_car_line = sum("vehicle_part" in m.items for m in labels) == 1 and "vehicles" not in items
    subtotals = [slot for slot in grid.slots() if plain(slot.key) == "小计"]
    matrix.subtotal_ends = "total" not in items and len(subtotals) == 1 and not subtotals[0].colspan > 2
    matrix.projects = projects_below(grid)
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
    facts += read_halves(matrix, facts, harvest)
    if facts:
        # lines without a concept of their own, 办公经费 between 公用经费 and 政府采购, are known too
        for slot in listed:
            harvest.explain(slot)
    return tuple(facts)


def _labels(slot: Slot) -> bool:
    """Whether a cell is a label: words, or the bare year that begins a row."""
    return not slot.figure or (slot.col == 0 and BARE_YEAR.fullmatch(slot.key) is not None)


def _yearly(labels: list[Meaning]) -> bool:
    """Whether columns or rows are years that say no more: 2022年 | 2023年 · 上年数 | 2023年决算数."""
    bare = {
        (m.year, m.back) for m in labels if (m.year or m.back is not None) and not m.items and not m.measure
    }
    spent = any(m.measure == "spending" and not m.items for m in labels)
    return len(bare) >= 2 or (len(bare) == 1 and spent)


def _changing(labels: list[Meaning]) -> str | None:
    """The measure that a table states for two years, or its only one: what its changes are changes of."""
    dated: dict[str, set[tuple[int | None, int | None]]] = {}
    for meaning in labels:
        if meaning.measure in ("budget", "spending", "income"):
            dated.setdefault(meaning.measure, set()).add((meaning.year, meaning.back))
    several = [measure for measure, dates in dated.items() if len(dates) > 1] or list(dated)
    if set(several) == {"budget", "spending"}:
        return "spending"  # 2021年 over 决算, 2022年 over 预算 and 决算 · 实际支出 | 较上年增减: what was spent in both
    return several[0] if len(several) == 1 else None


#: “三公”经费年初预算9.80万元，实际支出如下，没有超出预算。
AS_FOLLOWS = re.compile(
    r"(?P<what>支出|执行|决算|预算)(?:数|情况|明细|构成)?(?:分列|列示)?(?:如下表?|见下表)(?:所示)?(?:[，,][^。，,]{0,14})?[。：:]?$"
)


def _default(around: Surroundings) -> Meaning:
    """What the caption says of all figures: 2023年支出决算情况表."""
    text = " ".join((*around.captions[-1:], *around.titles, around.sheet))
    spending = bool(re.search(r"决算|支出情况|执行情况|实际支出|支出明细|支出构成|支出结构", text))
    spending = spending or bool(
        re.search("(?<!整体)支出", text) and not re.search("预算|收入|计划|收支", text)
    )
    budget = bool(re.search(r"预算(?!执行|绩效|单位|部门|支出情况)", text)) and not spending
    if re.search("收入", text) and "支出" not in text:
        return Meaning(measure="income")
    if not spending and not budget and (said := AS_FOLLOWS.search(around.above)):
        spending, budget = said["what"] != "预算", said["what"] == "预算"
    measure = "spending" if spending else "budget" if budget else None
    return Meaning(measure=measure)


def _values(slots: tuple[Slot, ...]) -> list[Slot]:
    """A row's cells behind its first filled one: an ordinal in front is no figure."""
    filled = [slot for slot in slots if not slot.blank]
    return filled[1:] if filled and not filled[0].figure else filled


def _read_header(matrix: Matrix, row: int, slots: tuple[Slot, ...], harvest: Harvest) -> None:
    """A row of labels: the headers of the columns below, or a heading such as 项目支出：."""
    filled = [slot for slot in slots if not slot.blank and slot.row == row]
    foreign = _of_else(filled)
    matrix.columns |= foreign
    # 小计 | 购置 | 运行维护, below 公务用车购置及运行费
    if any(plain(slot.key) == "小计" for slot in filled):
        cars = (slot for slot in filled if OF_CARS.fullmatch(plain(slot.key)))
        beneath = {slot.col for slot in cars if "vehicles" in matrix.columns.get(slot.col, NOTHING).items}
        matrix.columns |= dict.fromkeys(beneath, FOREIGN)
    matrix.silent |= {slot.col for slot in filled if slot.col and WORDS_BESIDE.fullmatch(plain(slot.key))}
    # 部门预算资金, beside bodies with money of their own: all that the department has
    own = 1 if any(map(_of_others, filled)) else None
    meanings = [
        (slot, meaning)
        for slot in filled
        if slot.col not in foreign
        and slot.col != own
        and (meaning := read_label(slot.key))
        and (meaning.says or meaning.unit)
    ]
    if any(meaning.measure == "authorized" for _, meaning in meanings):
        meanings = [
            (slot, replace(meaning, measure="actual") if _present(slot) else meaning)
            for slot, meaning in meanings
        ]
    if not meanings:
        if len(filled) > 1 and all(_divides(matrix, slot) for slot in filled):
            matrix.columns |= dict.fromkeys((slot.col for slot in filled), FOREIGN)
        return
    meanings += [
        (slot, Meaning(measure="rate", unit="%")) for slot in filled if RATIO.fullmatch(plain(slot.key))
    ]
    if len(filled) == 1 and filled[0].col == 0:
        item = one_item(meanings[0][1].items)
        matrix.under = item or None
        matrix.unit = money_unit(meanings[0][1].unit) or matrix.unit
        return
    meanings = _spent_beside(_as_the_whole(meanings), matrix)
    said = [meaning for _, meaning in meanings if meaning.says]
    dashes = sum(slot.dash for slot in filled)
    if dashes and len(said) <= 1:
        return  # a row of dashes under its label
    if matrix.after_data:
        matrix.columns, matrix.sides = foreign.copy(), {}
        matrix.after_data = False
    matrix.understood += len(said)
    matrix.sides = sides(matrix.grid, row) or matrix.sides
    counted: str | None = None  # 在职人数 before 行政 | 事业: whom the kinds behind it count
    for slot, meaning in meanings:
        if slot.col == 0 and len(meanings) > 1:
            matrix.unit = money_unit(meaning.unit) or matrix.unit
        if meaning.measure in ("authorized", "actual") and not meaning.items & PARTS_OF_STAFF:
            counted = meaning.measure
        elif meaning.measure is None and counted and meaning.items and meaning.items <= PARTS_OF_STAFF:
            meaning = replace(meaning, measure=counted)
        for col in range(slot.col, slot.last_col + 1):
            over = matrix.columns.get(col, NOTHING)
            if over.measure != "foreign" or meaning.measure not in ("change_amount", "change_rate"):
                matrix.columns[col] = meaning.with_(over)  # 增减额 below 比预算 is no change to last year
    for slot in filled:
        # 空编 under 行政编制, 其他资金 under 决算: one column of something else
        if slot.colspan == 1 and slot.col > 0 and not slot.dash and said and _is_foreign(matrix, slot):
            matrix.columns[slot.col] = FOREIGN
        harvest.explain(slot)


def _of_else(filled: Iterable[Slot]) -> dict[int, Meaning]:
    """The columns that are no money and no people of the department's, or only hold them against a budget: 与调整预算比
    over 预算数 | 增减额 | 执行率, which says what budget."""
    columns: dict[int, Meaning] = {}
    for slot in filled:
        key = plain(slot.key)
        compared = AGAINST_BUDGET.fullmatch(key)
        behind = slot.col > 0 and (
            HOW_MANY.fullmatch(key)
            or LINE.fullmatch(key)
            or OF_THINGS.search(slot.key)
            or (slot.colspan > 1 and OF_ASSETS.fullmatch(slot.key))
        )
        if compared or behind or _of_others(slot) or POINTS.fullmatch(key) or PART_OF_YEAR.fullmatch(key):
            stage = BUDGETS.get(compared["stage"]) if compared and slot.colspan > 1 else None
            columns |= dict.fromkeys(range(slot.col, slot.last_col + 1), replace(FOREIGN, stage=stage))
    return columns


def _of_others(slot: Slot) -> bool:
    """Whether a column is of a body with money of its own."""
    return slot.col > 1 and OTHER_BODIES.search(plain(slot.key)) is not None


def _present(slot: Slot) -> bool:
    """Whether a header says that people are there, not how many cars: 实有数（辆）."""
    return PRESENT.fullmatch(plain(slot.key)) is not None and not OF_THINGS.search(slot.key)


def _as_the_whole(meanings: list[tuple[Slot, Meaning]]) -> list[tuple[Slot, Meaning]]:
    """With the halves planned or spent as the whole beside them is: 支出合计 | 基本支出 | 项目支出."""
    wholes = [m for _, m in meanings if m.items == {"total"} and m.measure in ("budget", "spending")]
    bare = [m for _, m in meanings if m.items and m.items <= PARTS_OF_TOTAL and m.measure is None]
    if not wholes or len(bare) < 2:
        return meanings
    found: list[tuple[Slot, Meaning]] = []
    side = wholes[0] if len(wholes) == 1 else NOTHING  # of several the one right before
    for slot, meaning in meanings:
        side = meaning if meaning in wholes else side
        if meaning in bare and side is not NOTHING:
            meaning = replace(meaning, measure=side.measure, stage=meaning.stage or side.stage)
        found.append((slot, meaning))
    return found


#: 2023年预算 | 2023年实际
REALLY = re.compile("实际数?$")


def _spent_beside(meanings: list[tuple[Slot, Meaning]], matrix: Matrix) -> list[tuple[Slot, Meaning]]:
    """With what is called 实际 beside a budget as what was spent, in a table without people."""
    planned = any(meaning.measure == "budget" for _, meaning in meanings)
    if not planned or matrix.items & (PARTS_OF_STAFF | {"staff"}):
        return meanings
    return [
        (
            slot,
            replace(m, measure="spending")
            if m.measure in (None, "actual") and REALLY.search(slot.key)
            else m,
        )
        for slot, m in meanings
    ]


def _divides(matrix: Matrix, slot: Slot) -> bool:
    """Whether a header that is not understood stands below one over several columns: 局机关 | 司法所 below 实有人数."""
    above = matrix.grid.at(slot.row - 1, slot.col)
    return above is not None and above.colspan > 1 and slot.colspan == 1 and _is_foreign(matrix, slot)


def _is_foreign(matrix: Matrix, slot: Slot) -> bool:
    """Whether a header's cell is not understood and stands over figures."""
    if read_label(slot.key) is not None or FORMULA.fullmatch(slot.key):
        return False
    below = matrix.grid.at(slot.last_row + 1, slot.col)
    return below is None or not below.blank


def _read_row(matrix: Matrix, row: int, slots: tuple[Slot, ...], harvest: Harvest) -> list[Fact]:
    facts: list[Fact] = []
    label = NOTHING
    known = False
    named: Slot | None = None
    last_figure = False
    matrix.crowded = _side_by_side(matrix, slots)
    matrix.balance = _balance(matrix, slots)
    lead, topic = _leader(matrix, slots), _topic(slots)
    before = NOTHING  # the label of the row's pair before
    led = False
    rated = any(slot.figure and "%" in slot.key for slot in slots)
    aim, paired = _aim(slots), _in_pairs(slots, row)
    category: frozenset[str] = frozenset()  # 行政 of 行政编制 | 13 | 实有 | 12
    for slot in slots:
        if slot.blank or slot.dash:
            empty = (
                matrix.after_data
                and slot.row == row
                and matrix.columns.get(slot.col, NOTHING).measure is not None
            )
            last_figure = last_figure or slot.dash or empty  # nothing where a figure may stand
            continue
        if slot.col in matrix.silent and not slot.figure:
            continue
        if not slot.figure or (
            named is None and not known and BARE_YEAR.fullmatch(slot.key) and slot.col == 0
        ):
            meaning = _meaning(matrix, slot)
            if last_figure:
                before, label, known, last_figure = label, NOTHING, False, False
            if slot.col in matrix.sides:
                label, known = matrix.sides[slot.col], False
            if meaning is not None and not (matrix.summed and plain(slot.key) in GRAND_TOTALS):
                led = led or (lead is not None and slot.key.startswith("其中"))
                if meaning.measure and not meaning.items and not label.items:
                    label = label.with_(topic)
                if meaning.items == {"total"} and not meaning.measure:
                    meaning = Meaning(meaning.items | _headed_by(matrix, slot))
                label, known = meaning.with_(label), known or meaning.says
                if lead is not None and (led or meaning == lead):
                    label = _led(label, lead)
                elif lead is None:
                    label = _within(_below(matrix, row, slot, label), before, slot)
                if label.measure in ("authorized", "actual") and not label.items:
                    label = replace(label, items=category)
                category = label.items & PARTS_OF_STAFF
            elif _heads_block(matrix, row, slot):
                continue
            else:
                known = False
            named = slot
            continue
        last_figure = True
        if slot.row != row or (label.measure == "rate" and "%" not in slot.key and rated):
            continue  # 预算执行率 | 98.42% | 10 | 9.84: beside a rate its points
        if label.measure == "rate" and slot is aim:
            continue
        column = matrix.columns.get(slot.col, NOTHING) if not (paired and label.measure) else NOTHING
        balance = matrix.summed and named is not None and plain(named.key) in GRAND_TOTALS
        if balance and label.with_(column).measure in ("budget", "spending", "income"):
            continue  # 本年支出合计, and behind 年末结转 the balance of both sides: 总计
        of_project = _project_named(matrix, row, slots, named)
        if not known and of_project is not None:
            facts += read_project(matrix, of_project, slot, column, harvest)
        elif (
            known
            or (named is None and column.says)
            or (named is not None and not named.key)
            or (named is not None and read_label(named.key) is not None and column.says)
        ):
            facts += read_cell(matrix, slot, label, column, harvest)
        if known and label.measure in ("authorized", "actual"):
            matrix.staff = label.measure
    if label.items and named is not None:
        item = one_item(label.items)
        matrix.under = item or matrix.under
    if facts or known:
        for slot in slots:
            if slot.row == row and len(slot.key) < 40:
                harvest.explain(slot)
    return facts


def _project_named(matrix: Matrix, row: int, slots: tuple[Slot, ...], named: Slot | None) -> Slot | None:
    """The words that name the project of a row below 项目支出: those that it begins with, whatever is told of it behind
    them (1.养老服务体系建设 | 跨年实施 | 310.00)."""
    first = next((slot for slot in slots if not slot.blank and not slot.figure and slot.row == row), None)
    if named is None:
        return None
    if row in matrix.projects:
        return first or named
    if matrix.projects or matrix.under != "project":
        return None
    return next((slot for slot in (first, named) if slot and NUMBERED.match(slot.text)), None)


def _in_pairs(slots: tuple[Slot, ...], row: int) -> bool:
    """Whether a row says of each figure what it is, whatever its columns are called: 年初结转 | 42.18 | 本年收入 | 1,893.50."""
    filled = [slot for slot in slots if not slot.blank and slot.row == row]
    told = [b for a, b in pairwise(filled) if b.figure and not (a.figure or a.dash)]
    return len(told) >= 2 and len(told) == sum(slot.figure for slot in filled)


def _headed_by(matrix: Matrix, slot: Slot) -> frozenset[str]:
    """What the header over a column of labels says of all its rows: “三公”经费 over 合计; over the first column only
    what no part of the department's money is called so."""
    column = matrix.columns.get(slot.col, NOTHING)
    told = not column.measure and (slot.col or column.items <= {"procurement", "three_public"})
    return column.items if told else frozenset()


def _aim(slots: tuple[Slot, ...]) -> Slot | None:
    """What a rate was to be, in the row of an indicator that no header explains: 预算执行率 | 100% | 94.16% | 10 | 9.42."""
    percents = [slot for slot in slots if slot.figure and "%" in slot.key]
    points = [slot for slot in slots if slot.figure and "%" not in slot.key]
    return percents[0] if (len(percents), len(points)) == (2, 2) and percents[0].key == "100%" else None


def _heads_block(matrix: Matrix, row: int, slot: Slot) -> bool:
    """Whether a label stands beside the headers of a block and the figures below them, and names none of its own:
    收支（万元） | 年初结转结余 | 本年收入, 38.40 | 4,915.20."""
    beside = [other for other in matrix.grid.starting(slot.row) if other is not slot and not other.blank]
    said = [meaning for other in beside if (meaning := read_label(other.key)) and meaning.says]
    return slot.row < row and len(said) > 1 and not any(other.figure for other in beside)


#: 二、收支（万元）, beside the rows of the whole department's money
WHOLE_GROUP = re.compile(r"(?:部门|单位|资金|经费|财务|预算)?(?:收支|预算执行)(?:情况)?")


def _meaning(matrix: Matrix, slot: Slot) -> Meaning | None:
    """What a row's label says in this table: 公务用车运行维护费 is all that was spent on cars where no other
    line is, 小计 the total where there is no 合计."""
    told = KIND_TOLD.fullmatch(slot.key)
    meaning = read_label(slot.key) or (read_label(told["kind"]) if told else None)
    if plain(slot.key) in SUMMED and matrix.projects:
        return Meaning(frozenset({"project"}))
    if plain(slot.key) == "人数" and matrix.staffs_in_columns:
        return NOTHING  # beside 编制: 行政 | 事业 and 实有: 行政 | 事业
    if meaning and meaning.items == {"staff"} and not meaning.measure and _posts_above(matrix, slot):
        meaning = replace(
            meaning, items=frozenset(), measure="actual"
        )  # 编制(名), and in the next row 在职(人)
    if matrix.whole and _groups(slot) and WHOLE_GROUP.fullmatch(plain(slot.key)):
        return None if _heads_block(matrix, slot.row + 1, slot) else Meaning(frozenset({"total"}))
    if meaning and "fiscal" in meaning.items and slot.key.startswith("其中") and _fiscal_whole(matrix):
        return None  # 财政拨款收入 | 2,078, below it 其中：一般公共预算财政拨款 | 2,034
    if meaning and "fiscal" in meaning.items and "一般公共" in slot.key and _funds_beside(matrix):
        return FOREIGN  # 政府性基金预算财政拨款收入 | 120 beside it
    goods = "商品和服务" in slot.key and "公用" not in slot.key
    if meaning and meaning.items == {"operating"} and goods and _operating_beside(matrix):
        return FOREIGN  # 公用经费 | 716.56 | 商品和服务支出 | 3,102.48: by economic class, of projects too
    if meaning and meaning.items == {"vehicle_part"} and matrix.one_car_line:
        return replace(meaning, items=frozenset({"vehicles"}))
    if (
        meaning is None
        and "total" not in matrix.items
        and matrix.staffs_in_columns
        and ALL_OF_US.fullmatch(plain(slot.key))
    ):
        return Meaning(frozenset({"total"}))  # 中心合计 | 96 | 91, the only total
    if meaning and not meaning.says and plain(slot.key) == "小计" and matrix.subtotal_ends:
        return replace(meaning, items=frozenset({"total"}))
    return meaning


def _posts_above(matrix: Matrix, slot: Slot) -> bool:
    """Whether a row of the people on posts stands below the row of the posts, each called so in its first cell."""
    label = re.sub(r"[(][人名][)]$", "", plain(slot.key))
    above = matrix.grid.at(slot.row - 1, slot.col)
    posts = read_label(above.key) if above is not None and not above.figure else None
    return bool(PRESENT.fullmatch(label) and posts and posts.measure == "authorized")


def _operating_beside(matrix: Matrix) -> bool:
    """Whether another line of the table is called 公用经费."""
    return any("公用" in slot.key and not slot.figure for slot in matrix.grid.slots())


def _fiscal_whole(matrix: Matrix) -> bool:
    """Whether a line of the table is all that the treasury granted."""
    keys = (plain(slot.key) for slot in matrix.grid.slots() if not slot.key.startswith("其中"))
    return any(key in ("财政拨款", "财政拨款收入") for key in keys)


def _funds_beside(matrix: Matrix) -> bool:
    """Whether another line is what the government's funds granted, and is not 0."""
    numbering = {slot.col for slot in matrix.grid.slots() if LINE.fullmatch(plain(slot.key))}
    for label in matrix.grid.slots():
        if "政府性基金" in label.key and not label.figure:
            behind = [s for s in matrix.grid.starting(label.row) if s.col > label.col]
            own = takewhile(lambda s: s.figure or s.blank or s.dash, behind)
            if any(s.figure and s.col not in numbering and re.search("[1-9]", s.key) for s in own):
                return True
    return False


def _balance(matrix: Matrix, slots: tuple[Slot, ...]) -> bool:
    """Whether a row states what the whole department was given and spent, each beside its label, or its rate
    beside those of its halves."""
    labels = [m for slot in slots if not slot.figure and (m := read_label(slot.key))]
    measures = {meaning.measure for meaning in labels}
    halves = [meaning for meaning in labels if meaning.items & PARTS_OF_TOTAL]
    if matrix.whole and measures == {"rate"} and 0 < len(halves) < len(labels):
        return True  # 预算执行率 | 88.4% | 基本支出执行率 | 99.5% | 项目支出执行率 | 58.8%
    told = matrix.under is None or concept_of(matrix.under, "spending") is None  # no part of the money
    bare = not matrix.columns and matrix.whole and told
    return bare and {"budget", "spending"} <= measures and not any(meaning.items for meaning in labels)


def _within(label: Meaning, whole: Meaning, slot: Slot) -> Meaning:
    """三公经费支出 | 1.64 | 其中：公务接待 | 0.52: a part is on the side of the pair before it."""
    inside = slot.key.startswith("其中") and bool(label.items) and not label.measure
    sides = ("authorized", "actual") if label.items <= PARTS_OF_STAFF else ("budget", "spending")
    return _led(label, whole) if inside and whole.measure in sides else label


def _leader(matrix: Matrix, slots: tuple[Slot, ...]) -> Meaning | None:
    """The label of a whole whose parts follow in its row: 实际支出 | 755 | 其中:基本支出 | 550 | 项目支出 | 205."""
    filled = [slot for slot in slots if not slot.blank]
    if len(filled) < 4 or filled[0].figure or not filled[1].figure or not filled[2].key.startswith("其中"):
        return None
    meaning = read_label(filled[0].key)
    sides = ("budget", "spending", "rate", "authorized", "actual")
    stated = any(matrix.columns.get(slot.col, NOTHING).measure for slot in filled if slot.figure)
    return meaning if meaning and meaning.measure in sides and not stated else None


def _topic(slots: tuple[Slot, ...]) -> Meaning:
    """What all pairs of a row are of, told in front of them: 政府采购情况 | 采购预算 | 168 | 采购支出 | 124.36."""
    filled = [slot for slot in slots if not slot.blank]
    if len(filled) < 5 or filled[0].figure or filled[1].figure or not filled[2].figure:
        return NOTHING
    meaning = read_label(filled[0].key)
    return Meaning(meaning.items) if meaning and meaning.items and not meaning.measure else NOTHING


def _groups(slot: Slot) -> bool:
    """Whether a cell of the first column stands beside several rows."""
    return slot.col == 0 and slot.rowspan > 1 and not slot.figure


def _in_group(matrix: Matrix, row: int, label: Meaning) -> Meaning:
    """The label of a row with one figure, with the side last told beside the same group's cell."""
    slots = matrix.grid.lines[row]
    one = _groups(slots[0]) and sum(slot.figure and slot.row == row for slot in slots) == 1
    if not one or any(column.measure for column in matrix.columns.values()):
        return label
    if label.measure in ("budget", "spending"):
        matrix.told = slots[0].row, label
    elif label.items and not label.measure and matrix.told and matrix.told[0] == slots[0].row:
        return _led(label, matrix.told[1])
    return label


def _below(matrix: Matrix, row: int, slot: Slot, label: Meaning) -> Meaning:
    """The same in rows: 全年支出 | 755, below it 其中:基本支出 | 550, then 项目支出 | 205; or beside a group's cell,
    三公经费: 决算数 | 9.46, below it 公务接待费 | 2.58."""
    label = _in_group(matrix, row, label) if slot.col else label
    if "three_public" in label.items and not slot.col:
        matrix.public = label
    elif label.items and label.items <= PARTS_OF_PUBLIC and not slot.col:
        label = _led(label, matrix.public)  # “三公”经费支出 | 8.64, below it 公务接待费 | 1.52
    if label.measure:
        below = [s for s in matrix.grid.lines[row + 1] if not s.blank] if row + 1 < matrix.grid.rows else []
        leads = label.measure in ("budget", "spending") and not (
            label.items or matrix.columns or matrix.of_project
        )
        matrix.lead = label if leads and below and below[0].key.startswith("其中") else NOTHING
        return _led(label, label) if matrix.lead is label else label
    parts = label.items and label.items <= PARTS_OF_TOTAL and slot.col == 0
    return _led(label, matrix.lead) if parts and matrix.lead.measure else label


def _led(label: Meaning, lead: Meaning) -> Meaning:
    """A part's label with the side that its whole states; the whole itself is the total."""
    if label == lead and not label.items:
        return replace(label, items=frozenset({"total"}))
    return replace(label, measure=label.measure or lead.measure, stage=label.stage or lead.stage)


def _side_by_side(matrix: Matrix, slots: tuple[Slot, ...]) -> bool:
    """Whether figures stand beside each other whose columns do not tell them apart; 行次 and 占比 do."""
    filled = [slot for slot in slots if not slot.blank and not _told_apart(matrix, slot)]
    return any(one.figure and other.figure for one, other in pairwise(filled))


def _told_apart(matrix: Matrix, slot: Slot) -> bool:
    column = matrix.columns.get(slot.col, NOTHING)
    return slot.figure and (column == FOREIGN or column.measure == "share")


def is_money_table(grid: Grid, words_total: str = "年度资金总额") -> bool:
    """Whether the row labels are those of a whole budget (基本支出, 人员经费, 三公经费) and not of one
    project's funds."""
    keys = {plain(slot.key) for slot in grid.slots() if not slot.figure}
    if words_total in keys:
        return False
    meanings = [m for key in keys if (m := read_label(key)) and m.items]
    known = {item for m in meanings for item in m.items}
    return bool(known & (PARTS_OF_TOTAL | PARTS_OF_PUBLIC | {"personnel", "operating", "three_public"}))
