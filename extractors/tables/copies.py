"""One filled-in copy of a form: whose it is, and the facts that its parts give together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import takewhile

from extractors.context import Context
from extractors.figures.groups import group_names
from extractors.figures.projects import own_project
from extractors.figures.scores import group_of_heading
from extractors.tables.apart import lacks_execution
from extractors.tables.cells import Reading, read_points
from extractors.tables.funds import Funds
from extractors.tables.grid import Slot
from extractors.tables.harvest import Harvest
from extractors.tables.headers import Header
from extractors.tables.meanings import OF_PROJECTS
from extractors.tables.surroundings import Surroundings
from extractors.tables.tallies import Sheet, group_name, settled_groups
from extractors.tables.totals import Spot
from extractors.tables.vocabulary import Form, Labels
from schema.report import Evidence, IndicatorTable, Stage, Tally

STAGES: dict[str, Stage | None] = {"initial": "initial", "adjusted": "adjusted", "budget": None}
NO_HEADER = Header(Form("", "indicators", "", (), Labels()), 0, 0, ())


@dataclass
class Copy:
    """One filled-in copy of a form, which may run over several tables."""

    table: int
    around: Surroundings
    subject: str | None = None
    named: Slot | None = None
    funds: list[Funds] = field(default_factory=list)
    sheet: Sheet | None = None
    notes: list[str] = field(default_factory=list)  # 其他需要说明的事项
    loose: dict[str, Spot] = field(default_factory=dict)  # score, weight, rating outside the total row

    @property
    def begun(self) -> bool:
        return bool(self.funds or self.sheet)


def settle(copy: Copy, copies: list[Copy], context: Context, harvest: Harvest) -> IndicatorTable | None:
    """The facts of one copy of a form, and its indicator table."""
    subject = _subject(copy, copies, context)
    period = copy.around.period or context.fiscal_year
    side = "project" if OF_PROJECTS.search(copy.around.heading) else "total"
    for funds in copy.funds:
        _funds_facts(funds, subject, side, period, harvest)
    sheet = copy.sheet
    if sheet is not None and (lines := group_lines(sheet)):
        _summary_facts(sheet, lines, {**copy.loose, **sheet.spots}, subject, period, harvest)
        sheet = None
    rows = tuple(line.row for funds in copy.funds for line in funds.lines)
    if sheet is None or not sheet.rows:
        if not rows:
            return None
        sheet = sheet or Sheet(NO_HEADER)
    groups = settled_groups(sheet)
    total = sheet.total or _loose_total(copy, sheet, harvest)
    spots = {**copy.loose, **sheet.spots}
    alone = subject is None or len(copies) == 1
    headed = _headed_group(context, copy.table)
    if headed and (part := _of_one_group(groups, total, len(sheet.rows))):
        groups, total, spots = (replace(part, name=headed),), None, {}
    if total and lacks_execution(total, context):
        spots = {role: here for role, here in spots.items() if role == "rating"}
    if total and total.score is not None:
        harvest.add_points("score.total", spots.get("score"), subject=subject, period=period)
    if total and total.weight is not None:
        harvest.add_points("score.full", spots.get("weight"), subject=subject, period=period)
    if "rating" in spots:
        harvest.add_grade(spots["rating"], subject=subject, period=period)
    if alone or headed:
        _group_facts(sheet, groups, headed, period, harvest)
    fields = tuple(f for f in ("target", "actual", "weight", "score", "reason") if f in sheet.header.roles)
    if "item_score" in sheet.header.roles and "score" not in fields:
        fields = (*fields, "score")
    return IndicatorTable(
        copy.table, fields, tuple(sheet.rows), groups, total, rows, subject, total.weight if total else None,
        (*copy.notes, *notes_below(context, copy.table)),
    )  # fmt: skip


#: 注：1.执行率得分=执行率×分值 · 计分依据（县财绩〔2024〕11号）：…: what stands below a form or in its last row
NOTE = re.compile(
    r"\s*(?:备?注|附注|说明|[填评计][表分](?:说明|依据|标准)|其他说明)\s?(?:[（(][^（）()]*[）)])?\s?[：:]"
)
#: 2.儿童家长满意度89.1%，比目标低0.9个百分点，…: the next one
NEXT_NOTE = re.compile(r"\s*[（(]?\d{1,2}[.．、）)]")
#: how many paragraphs below a table may be its notes
BELOW = 8


def notes_below(context: Context, table: int) -> tuple[str, ...]:
    """The notes in the paragraphs right below a table."""
    blocks = context.document.blocks
    last = max((cell.block for cell in context.document.tables[table].cells), default=len(blocks))
    below = takewhile(lambda block: block.kind == "paragraph", blocks[last + 1 : last + 1 + BELOW])
    told: list[str] = []
    for block in below:
        if NOTE.match(block.text) or (told and NEXT_NOTE.match(block.text)):
            told.append(block.text)
    return tuple(told)


#: the groups of every score sheet: 决策, 过程指标, 部门履职效益
GROUP = re.compile(
    r"(?:项目|部门|单位|履职|预算|资金|整体)*(?:决策|过程|产出|效益|投入|效果|投入管理|管理|效能|满意度|社会满意度|成本|运行成本|管理效率|可持续发展能力|目标设定|目标完成|预算执行|预算管理|预算编制|投入与管理|过程管理|产出与效益|效益与满意度)(?:类|方面)?(?:指标)?(?:情况)?"
)


#: no score sheet has more first-level groups
MOST_GROUPS = 6


def group_lines(sheet: Sheet) -> list[tuple[str, Evidence]]:
    """The groups of a table that sums up a score sheet, each with the place of its score; none where
    the rows are indicators: 评价维度 | 分值 | 得分."""
    levels = [column for column in sheet.header.columns if column.role.startswith("level")]
    if len(levels) != 1 or {"target", "actual", "criterion"} & set(sheet.header.roles) or len(sheet.rows) < 2:
        return []
    found: list[tuple[str, Evidence]] = []
    # 一级指标 | 权重 | 得分, and nothing below the first level
    first = levels[0].role == "level1" and len(sheet.rows) <= MOST_GROUPS
    for row in sheet.rows:
        name, _ = group_name(row.name)
        score = (row.cells or {}).get("score")
        known = first or GROUP.fullmatch(name) or name in group_names()
        if not known or score is None or row.score is None:
            return []
        found.append((name, score))
    return found


def _summary_facts(
    sheet: Sheet, groups: list[tuple[str, Evidence]], spots: dict[str, Spot], subject: str | None,
    period: int | None, harvest: Harvest,
) -> None:  # fmt: skip
    if sheet.total and sheet.total.score is not None:
        harvest.add_points("score.total", spots.get("score"), subject=subject, period=period)
    if sheet.total and sheet.total.weight is not None:
        harvest.add_points("score.full", spots.get("weight"), subject=subject, period=period)
    if "rating" in spots:
        harvest.add_grade(spots["rating"], subject=subject, period=period)
    for name, place in groups:
        if reading := _reading_at(harvest, place):
            slot = Slot(0, 0, 1, 1, place.block, place.text, place.text)
            harvest.add("score.group", slot, reading, subject=name, period=period)


def _subject(copy: Copy, copies: list[Copy], context: Context) -> str | None:
    """The project that a form is of, None for the whole department; a table within or below a form is of its project."""
    if re.search(r"(?:部门|单位)(?:[(（]单位[)）])?整体", " ".join(copy.around.titles)):
        return None
    if copy.subject:
        return copy.subject
    if context.kind == "project_table" and copy.funds and (lines := copy.funds[0].lines):
        first = lines[0]  # a form that names its project beside the money alone
        if first.role == "total" and not first.labelled and re.search(r"[\u3400-\u9fff]{4}", first.row.name):
            return first.row.name
    for caption in reversed(copy.around.captions):
        match = re.search(r"项目名称[:：](.+)$", caption)
        if match:
            return match.group(1)
    if context.kind.startswith("project"):
        named = {one.subject for one in copies if one.subject}
        if len(named) == 1:
            return named.pop()
        return own_project(context, ()) or None  # 路灯节能改造项目支出绩效自评表
    return None


def _loose_total(copy: Copy, sheet: Sheet, harvest: Harvest) -> Tally | None:
    score, weight = copy.loose.get("score"), copy.loose.get("weight")
    if score is None and weight is None:
        return None
    of = {
        role: harvest.evidence(here.slot, here.start, here.end) if here else None
        for role, here in (("weight", weight), ("score", score))
    }
    place = of["score"] or of["weight"]
    if place is None:
        return None
    rows = tuple(range(len(sheet.rows)))
    return Tally(
        "总分", place, harvest.points_at(weight), harvest.points_at(score), rows, of["weight"], of["score"]
    )


#: no group of a sheet has so many of its 100 points
MOST_OF_SHEET = 70
#: what the sum of a table is called
SUM = re.compile(r"小计|合计|总计|总分")


def _headed_group(context: Context, table: int) -> str | None:
    """The first-level group that the heading above a table names: （一）决策类."""
    cells = context.document.tables[table].cells
    section = context.section_at(cells[0].block) if cells else None
    return group_of_heading(section.title) if section else None


def _of_one_group(groups: tuple[Tally, ...], total: Tally | None, rows: int) -> Tally | None:
    """The sum of a table that holds the indicators of one group alone: no sum of the whole sheet has so few points."""
    alone = groups[0] if len(groups) == 1 and len(groups[0].rows) == rows else None
    part = alone if alone and SUM.fullmatch(alone.name) else total if not groups else None
    return part if part and part.weight is not None and part.weight < MOST_OF_SHEET else None


def _group_facts(
    sheet: Sheet, groups: tuple[Tally, ...], headed: str | None, period: int | None, harvest: Harvest
) -> None:
    """score.group for every stated score of a first-level group."""
    first = {*(row.group for row in sheet.rows), headed}
    for tally in groups:
        named = tally.name in first or (first == {None} and not SUM.fullmatch(tally.name))
        if tally.score is not None and tally.score_evidence and named:
            place = tally.score_evidence
            reading = _reading_at(harvest, place)
            if reading:
                slot = Slot(0, 0, 1, 1, place.block, place.text, place.text)
                harvest.add("score.group", slot, reading, subject=tally.name, period=period)


def _reading_at(harvest: Harvest, place: Evidence) -> Reading | None:
    text = harvest.context.document.blocks[place.block].text
    slot = Slot(0, 0, 1, 1, place.block, text, text.strip())
    return harvest.read(slot, lambda cell: read_points(cell, place.start, place.end))


#: 2021年 | 1,096.00 | 1,080.92: a year's row
YEAR_ROW = re.compile(r"(?P<year>20\d\d)年?度?")


def _funds_facts(funds: Funds, subject: str | None, side: str, period: int | None, harvest: Harvest) -> None:
    """project.* of a project's total row; budget.*, spending.*, rate.* of a department's rows, `side` being what their
    total is of: all its money, or its projects' (项目资金来源及执行). A row that is called after a year is the total of that
    year: 2021年 | 1,096.00 | 1,080.92 | 98.62%."""
    seen_total = False
    for line in funds.lines:
        of_year = YEAR_ROW.fullmatch(line.row.name)
        year = int(of_year["year"]) if of_year else period
        if of_year or (line.role == "total" and not seen_total):
            seen_total = True
            prefix = (
                ("project.budget", "project.spending", "project.rate")
                if subject
                else (f"budget.{side}", f"spending.{side}", f"rate.{side}")
            )
        elif line.role in ("three_public", "procurement") and subject is None:
            prefix = (f"{line.role}.budget", f"{line.role}.spending", "")
        elif line.role in ("personnel", "operating") and subject is None:
            if "spending" in line.figures:
                amount = line.figures["spending"]
                harvest.add(f"spending.{line.role}", amount.slot, amount.reading, period=year)
            continue
        elif line.role in ("basic", "project") and subject is None:
            prefix = (f"budget.{line.role}", f"spending.{line.role}", f"rate.{line.role}")
        else:
            continue
        for role, amount in line.figures.items():
            if role in STAGES:
                harvest.add(
                    prefix[0], amount.slot, amount.reading, subject=subject, period=year, stage=STAGES[role]
                )
            elif role == "spending":
                harvest.add(prefix[1], amount.slot, amount.reading, subject=subject, period=year)
            elif role == "rate" and prefix[2]:
                harvest.add(prefix[2], amount.slot, amount.reading, subject=subject, period=year)
    if subject is None:
        _beside_facts(funds, period, harvest)


def _beside_facts(funds: Funds, period: int | None, harvest: Harvest) -> None:
    """Parts listed beside the columns are of the budget, unless they add up to the spending alone."""
    parts = [amount for role, amount in funds.beside if role in ("basic", "project")]
    total = next((line for line in funds.lines if line.role == "total"), None)
    side = "spending" if funds.spent else "budget"
    if total and len(parts) == 2:
        summed: Decimal = sum((part.reading.quantity.value for part in parts), Decimal(0))
        stated = {role: amount.reading.quantity.value for role, amount in total.figures.items()}
        if stated.get("spending") == summed and summed not in (
            stated.get("initial"),
            stated.get("adjusted"),
            stated.get("budget"),
        ):
            side = "spending"
    for role, amount in funds.beside:
        if side == "spending" or role in ("basic", "project"):
            concept = "three_public.spending" if role == "three_public" else f"{side}.{role}"
            harvest.add(concept, amount.slot, amount.reading, period=period)
