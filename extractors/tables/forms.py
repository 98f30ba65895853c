"""Every table of a document: which form it is, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.context import Context
from extractors.tables.across import read_across, read_projects_across
from extractors.tables.below import SUMMED, projects_below
from extractors.tables.cells import read_count
from extractors.tables.copies import NOTE, Copy, settle
from extractors.tables.figures import is_money_table, read_matrix
from extractors.tables.funds import EXECUTION_POINTS, Funds, FundsLine, read_funds
from extractors.tables.grid import Grid, Slot
from extractors.tables.halves import header_in_halves
from extractors.tables.harvest import Harvest, clean
from extractors.tables.headers import Segment, find_segments
from extractors.tables.indicators import read_indicators
from extractors.tables.meanings import money_unit
from extractors.tables.pairs import read_pairs
from extractors.tables.people import staff_of, staff_part, staff_row
from extractors.tables.projects import is_project_list, of_projects_alone, read_projects
from extractors.tables.surroundings import Surroundings, look_around
from extractors.tables.tallies import Sheet
from extractors.tables.totals import spot, total_spots
from extractors.tables.vocabulary import Vocabulary, plain, unit_in, vocabulary
from extractors.tables.yearly import read_years, read_years_across
from schema.quantity import HUNDRED
from schema.report import Fact, FundsRow, IndicatorTable, ProjectList, Remark

DEFAULT_UNIT = "万元"


@dataclass(frozen=True)
class TablesReading:
    """All that a document's tables say. `explained` are (block, start, end) of figures that are known
    and no fact; `claimed_tables` are the tables that were read as a form: prose need not read their
    cells but for long texts that `explained` leaves out."""

    facts: tuple[Fact, ...] = ()
    indicator_tables: tuple[IndicatorTable, ...] = ()
    project_lists: tuple[ProjectList, ...] = ()
    malformed: tuple[Remark, ...] = ()
    explained: tuple[tuple[int, int, int], ...] = ()
    claimed_tables: frozenset[int] = frozenset()


def read_tables(context: Context) -> TablesReading:
    """Facts, indicator tables and project lists of all tables, in reading order."""
    words = vocabulary()
    harvest = Harvest(context)
    copies: list[Copy] = []
    lists: list[ProjectList] = []
    claimed: set[int] = set()
    for table in context.document.tables:
        if table.hidden or not table.cells:
            continue
        grid = Grid(context.document, table)
        around = look_around(context, grid)
        harvest.shortened.update(grid.shortened())
        if _read_table(context, grid, around, copies, lists, words, harvest):
            claimed.add(table.index)
    tables = tuple(t for copy in copies if (t := settle(copy, copies, context, harvest)))
    facts, lists = of_projects_alone(harvest.facts, lists)
    return TablesReading(
        tuple(facts),
        tables,
        tuple(lists),
        tuple(harvest.malformed),
        tuple(harvest.explained),
        frozenset(claimed),
    )


def _only_unit(grid: Grid) -> str | None:
    """The one unit of money that the headers of a table state, 金额（元） beside 2022年决算; None for several."""
    data = min((slot.row for slot in grid.slots() if slot.figure), default=0)
    heads = [slot for row in range(data) for slot in grid.starting(row)]
    stated = {money for slot in heads if (money := money_unit(unit_in(slot.key)))}
    return stated.pop() if len(stated) == 1 else None


#: amounts of cents, and how large half of them are where no office counts so many 万元
CENTS, LARGE = re.compile(r"\d[\d,]*\.\d\d"), Decimal(100_000)


def _unit_by_size(grid: Grid) -> str | None:
    """元, where a table that states no unit holds amounts of cents that would be billions in 万元."""
    told = [slot.key for slot in grid.slots() if slot.figure and CENTS.fullmatch(slot.key)]
    amounts = sorted(Decimal(key.replace(",", "")) for key in told)
    return "元" if len(amounts) >= 4 and amounts[len(amounts) // 2] >= LARGE else None


def _read_table(
    context: Context, grid: Grid, around: Surroundings, copies: list[Copy], lists: list[ProjectList], words: Vocabulary,
    harvest: Harvest,
) -> bool:  # fmt: skip
    """Read one grid from top to bottom; True where it holds a known form."""
    around = around if around.unit else replace(around, unit=_only_unit(grid) or _unit_by_size(grid))
    segments = {
        segment.header.top: segment
        for segment in find_segments(grid, words)
        if not _plain_money(grid, segment, around, words) and _of_money(grid, segment, around)
    }
    period = around.period or context.fiscal_year
    unit = around.unit or DEFAULT_UNIT
    if read_years(grid, around, unit, harvest) or read_years_across(grid, around, unit, harvest):
        return True
    if read_projects_across(grid, around, unit, period, harvest):
        return True
    if not segments and read_across(grid, period, words, harvest):
        return True
    copy = _continued(copies, grid, around, segments, words) or Copy(grid.table.index, around)
    read = False
    free: list[int] = []
    stated: str | None = None  # the unit of the block above, which one below it shares
    row = 0
    while row < grid.rows:
        segment = segments.get(row)
        if segment is None:
            told = None
            if copy.subject and not copy.begun and context.kind == "project_table":
                told = read_pairs(
                    grid, row, _unit_in_row(grid, row) or around.unit or DEFAULT_UNIT, words, harvest
                )
            if told is not None:
                copy.funds.append(told)
                copies.append(copy)
                row, read = told.end, True
                continue
            copy = _free_row(grid, row, copy, copies, around, words, harvest, bool(segments))
            free.append(row)
            row += 1
            continue
        read = True
        kind = segment.header.form.kind
        stated = _column_unit(segment) or _unit_beside(grid, segment) or stated
        unit = around.unit or stated or segment.header.form.unit or DEFAULT_UNIT
        if kind == "funds":
            if copy.sheet and copy.sheet.rows:
                copy = Copy(grid.table.index, around)
            funds = read_funds(grid, segment, unit, words, harvest)
            copy.funds.append(funds)
            row = max(funds.end, segment.first)
        elif kind == "indicators":
            if copy.sheet is None or (copy.sheet.total and copy.sheet.header.roles != segment.header.roles):
                if copy.sheet:
                    copy = Copy(grid.table.index, around)
                copy.sheet = Sheet(segment.header)
                copy.table = grid.table.index
            copy.sheet.header = segment.header
            row = max(read_indicators(grid, segment, copy.sheet, words, harvest), segment.first)
        else:
            if is_project_list(grid, segment, words) and not _of_contents(context, grid, segment):
                year = segment.header.year or period
                lists += read_projects(grid, segment, unit, year, around, words, harvest)
            row = segment.end
        if copy.begun and not any(copy is known for known in copies):
            copies.append(copy)
    if copy.subject is None:
        read = bool(read_matrix(grid, free, around, context.fiscal_year, harvest)) or read
    return read


#: 建设内容 | 全年支出 | 全年预算: what a project's money went to
CONTENTS = re.compile(r"内容|用途|类别|科目|构成|方向|环节|^支出项目$")


def _of_contents(context: Context, grid: Grid, segment: Segment) -> bool:
    """Whether the rows of a table in a project's report are contents of the project."""
    name = segment.header.get("name")
    head = name.slot(grid, segment.header.top) if name else None
    return bool(context.kind.startswith("project") and head and CONTENTS.search(head.key))


#: 政府采购情况表 · 固定资产情况表: its rows are things, no projects
OF_THINGS = re.compile("政府采购|资产")


def _plain_money(grid: Grid, segment: Segment, around: Surroundings, words: Vocabulary) -> bool:
    """Whether what looks like a funds block or a project list is a table of the whole budget."""
    kind = segment.header.form.kind
    if kind == "indicators":  # 政府采购 | 资产原值, over 类型 | 预算 | 实际 | 类型 | 年初 | 年末
        over = "".join(slot.key for row in range(segment.header.top) for slot in grid.starting(row))
        return not {"weight", "score"} & set(segment.header.roles) and bool(OF_THINGS.match(over))
    corner = "".join(slot.key for slot in grid.starting(segment.header.top)[:1])
    if OF_THINGS.search("".join(around.captions[-1:])) or plain(corner) == "政府采购":
        return True
    if header_in_halves(grid, segment.header.top, segment.header.bottom):
        return True
    if kind == "funds" and (_sums_projects(grid) or _incomes(grid, segment, around)):
        return True
    if kind == "projects":
        return not is_project_list(grid, segment, words)
    # 年初数 | 调整数 | 支出数 | 执行率: only the rate says which budget 调整数 is
    rated = {"initial", "adjustment", "spending", "rate"} <= set(segment.header.roles)
    if rated or not is_money_table(grid):
        return False
    return "自评表" not in around.text and not any(
        words.is_word("goals", slot.key) or plain(slot.key) in ("一级指标", "三级指标")
        for slot in grid.slots()
    )


def _of_money(grid: Grid, segment: Segment, around: Surroundings) -> bool:
    """Whether a funds block speaks of money at all: 任务 | 计划数 | 完成数 | 完成率 does not."""
    if segment.header.form.kind != "funds":
        return True
    rows = range(segment.header.top, segment.end)
    said = [slot.key for row in rows for slot in grid.starting(row) if not slot.figure]
    return bool(
        re.search("预算|资金|支出|经费|拨款|元", "".join((*said, *around.captions[-1:], *around.titles)))
    )


def _sums_projects(grid: Grid) -> bool:
    """Whether projects stand above their 项目合计."""
    return any(plain(slot.key) in SUMMED for slot in grid.slots()) and bool(projects_below(grid))


def _incomes(grid: Grid, segment: Segment, around: Surroundings) -> bool:
    """Whether the rows are where the money came from: 部门收入情况表, with no word of spending around."""
    stub = grid.at(segment.header.top, 0)
    said = "".join((*around.captions[-1:], *around.titles, stub.key if stub else ""))
    return "收入" in said and "支出" not in said and "自评" not in said


def _continued(
    copies: list[Copy], grid: Grid, around: Surroundings, segments: dict[int, Segment], words: Vocabulary
) -> Copy | None:
    """The copy of a form that began in the table before and lacks its indicators, or some of them, if this table
    has them and names no other project."""
    if not copies or not segments or (copies[-1].sheet and not _of_next_page(copies[-1].sheet, around)):
        return None
    kinds = [segment.header.form.kind for segment in segments.values()]
    if "indicators" not in kinds or "funds" in kinds:
        return None
    named = any(words.is_word("project", slot.key) for slot in grid.slots() if len(slot.key) < 20)
    return None if named else copies[-1]


#: 整体支出绩效自评表（续表）
NEXT_PAGE = re.compile(r"续表|[(]续[)]|续前|接上[页表]")


def _of_next_page(sheet: Sheet, around: Surroundings) -> bool:
    """Whether a table is called the rest of the one before, whose total is still to come."""
    return sheet.total is None and any(NEXT_PAGE.search(one) for one in (*around.captions, *around.titles))


def _column_unit(segment: Segment) -> str | None:
    """The unit that one money column states: it holds for its neighbours that state none."""
    units = [
        column.unit for column in segment.header.columns if column.unit in ("元", "千元", "万元", "亿元")
    ]
    return units[0] if units else None


def _unit_in_row(grid: Grid, row: int) -> str | None:
    """预算执行情况（元） in front of the row's own labels."""
    stated = [unit_in(slot.key) for slot in grid.lines[row] if not slot.figure]
    return next((unit for unit in stated if money_unit(unit)), None)


def _unit_beside(grid: Grid, segment: Segment) -> str | None:
    """项目资金（万元） beside the header of the funds block, or the unit in a label over all columns."""
    header = segment.header
    for row in range(header.top, min(header.bottom + 2, grid.rows)):
        for slot in grid.lines[row]:
            match = re.search(r"[(:/](亿元|万元|千元|元)[)]?", slot.key)
            if match and len(slot.key) < 24:
                return match.group(1)
    return None


def _names_project(value: Slot | None, harvest: Harvest) -> bool:
    """Whether what stands beside 项目 in a form's head is a project's name and no column's label."""
    if harvest.context.kind != "project_table" or value is None or value.figure:
        return False
    return len(re.findall(r"[\u3400-\u9fff]", value.key)) >= 4


#: 其他需要说明的事项: where a form gives reasons apart from its rows
OTHER_MATTERS = re.compile(
    r"(?:其[他它])?(?:需要?)?(?:补充)?说明的?(?:事项|问题|情况)?|备注|表末说明|填报说明"
)


#: 满分10分，按执行率计
FULL_SAID = re.compile(r"满分\s?(\d{1,2}(?:\.\d+)?)\s?分")


def _execution_points(slots: list[Slot], harvest: Harvest) -> FundsLine | None:
    """The points for execution that a row of their own gives, apart from the money: 预算执行得分 | 执行率95.50%×20 | 20 | 19.1
    or 预算执行得分 | 满分10分，按执行率计 | 得分 | 9.1."""
    if len(slots) < 3 or not EXECUTION_POINTS.fullmatch(plain(slots[0].key)):
        return None
    said = FULL_SAID.search(slots[1].key)
    pair = (slots[1] if said else slots[-2], slots[-1])
    weight = Decimal(said[1]) if said else harvest.points(pair[0])
    score = harvest.points(pair[1])
    if weight is None or score is None or score > weight:
        return None
    places = dict(zip(("weight", "score"), map(harvest.evidence, pair), strict=True))
    name = harvest.evidence(slots[0])
    return FundsLine(
        "total", FundsRow(clean(slots[0].text), name, weight=weight, score=score, cells=places), {}, True
    )


def _full_and_score(slots: list[Slot]) -> bool:
    """Whether a row gives full marks and a score, in that order: 自评总分 | 100 | 95.75 | 等级：优, above its sheet."""
    told = [points for slot in slots[1:] if slot.figure and (points := spot(slot).points())]
    return len(told) == 2 and told[0].quantity.value == HUNDRED and told[1].quantity.value <= HUNDRED


def _free_row(
    grid: Grid,
    row: int,
    copy: Copy,
    copies: list[Copy],
    around: Surroundings,
    words: Vocabulary,
    harvest: Harvest,
    form: bool,
) -> Copy:
    """A row of no segment: the project's name, a score or a rating, in a form's head a number of people,
    in label and value."""
    slots = [slot for slot in grid.starting(row) if not slot.blank]
    if slots and words.is_word("total", plain(slots[0].key)) and (copy.sheet or _full_and_score(slots)):
        # 总分 | 100 | 99.8 below a line of other matters, or above the sheet: the columns say which figure is which
        for role, here in total_spots(slots, copy.sheet.header if copy.sheet else None, words).items():
            copy.loose.setdefault(role, here)
        return copy
    told = any(line.row.score is not None for funds in copy.funds for line in funds.lines)
    if (points := _execution_points(slots, harvest)) and not told:
        if not copy.begun:
            copies.append(copy)
        copy.funds.append(Funds((points,), (), row + 1))
        return copy
    if len(slots) > 1 and OTHER_MATTERS.fullmatch(plain(slots[0].key)):
        copy.notes.append(slots[1].text)
    elif len(slots) == 1 and NOTE.match(slots[0].text):
        copy.notes.append(slots[0].text)
    year = around.period or harvest.context.fiscal_year
    for counted, slot, people in staff_row(slots):
        harvest.add(counted, slot, people, period=year)
    whole: str | None = None  # the posts or people of all kinds, told in this row
    for at, slot in enumerate(slots):
        value = slots[at + 1] if at + 1 < len(slots) else None
        inline = re.match(r"^([^:：]{2,14})[:：](.+)$", slot.text.strip(), re.S)
        label = plain(slot.key)
        if words.is_word("project", slot.key) or (
            inline and words.is_word("project", "".join(inline[1].split()))
        ):
            name = inline[2] if inline else value.text if value else ""
            if copy.begun and clean(name) != copy.subject:
                copy = Copy(grid.table.index, around)
            copy.subject, copy.named = clean(name) or None, slot
        elif at == 0 and label == "项目" and _names_project(value, harvest) and not copy.subject:
            copy.subject, copy.named = clean(value.text) if value else None, slot
        elif (
            form
            and value is not None
            and (concept := staff_of(slot) or staff_part(slot, whole))
            and (number := harvest.read(value, read_count))
        ):
            harvest.add(concept, value, number, period=year)
            whole = concept if concept in ("staff.authorized", "staff.actual") else whole
        elif value is not None and words.is_word("rating", label) and not words.is_word("total", label):
            copy.loose.setdefault("rating", spot(value))
        elif (
            value is not None
            and words.is_word("score", label)
            and value.figure
            and (copy.begun or "总" in label)
        ):
            copy.loose.setdefault("score", spot(value))
    return copy
