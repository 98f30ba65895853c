"""Lists of projects: one row a project with budget and spending, and 合计 below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractors.figures.names import UNNAMED
from extractors.tables.cells import read_money, read_percent
from extractors.tables.funds import Amount, with_rate
from extractors.tables.grid import Grid, Slot
from extractors.tables.harvest import Harvest, clean
from extractors.tables.headers import Segment
from extractors.tables.labels import read_label
from extractors.tables.meanings import MONEY_UNITS, money_unit
from extractors.tables.surroundings import Surroundings
from extractors.tables.vocabulary import Vocabulary, plain, unit_in
from schema.report import Fact, ProjectList, Stage

GROUP = re.compile(r"[一二三四五六七八九十]{1,2}、")
#: 项目支出合计 · 金额合计
TOTAL = re.compile(r"(?:年度|项目|专项|任务|支出|资金|经费|预算|金额|全部)*(?:合计|总计|共计)")
#: 我局项目一共五个，全部列在下表，别无其他项目：
COMPLETE = re.compile(
    r"项目[^。；]{0,12}(?:全部|悉数|一个不落|逐一|都)[^。；]{0,4}(?:列|载|反映|汇总)[^。；]{0,6}(?:下表|表中|如下)|(?:别无|没有|再无|无)其[他它]项目"
)
#: 其他18个项目 · 其余零星项目 · 其余7个专项小计: a row that sums up what is not listed
REST = re.compile(
    r"(?:(?:其[他它余]|剩余)(?:的|等)?(?:\d+|[一二两三四五六七八九十]+)[个项]?|其余|剩余)(?:零星|小型|一般|小额|日常|类)*(?:项目|专项|支出|资金|经费|工作)*"
    r"(?:小计|合计|汇总)?"
)
PART = re.compile(r"^其中[:：]\s*")
#: the two halves of a department's money, told as rows above its tasks
HALVES = {"基本支出": "basic", "项目支出": "project"}
STAGES: dict[str, Stage | None] = {"initial": "initial", "adjusted": "adjusted", "budget": None}


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list: the project's name cell and its figures by column."""

    name: Slot
    figures: dict[str, Amount]
    total: bool


#: the figure of the year before among those of a line
BEFORE = "before"


def is_project_list(grid: Grid, segment: Segment, words: Vocabulary) -> bool:
    """Whether the rows are projects: names that no budget table has, each with a figure."""
    name = segment.header.get("name")
    if name is None:
        return False
    known = total = 0
    for row in range(segment.first, segment.end):
        slot = name.slot(grid, row)
        if slot and not slot.empty:
            total += 1
            meaning = read_label(slot.key)
            known += bool(meaning and meaning.says) or words.funds_rows.role(slot.key) is not None
    return total > 0 and known * 2 < total


def read_projects(
    grid: Grid,
    segment: Segment,
    unit: str,
    period: int | None,
    around: Surroundings,
    words: Vocabulary,
    harvest: Harvest,
) -> tuple[ProjectList, ...]:
    """Facts of every listed project, and the list with its total where it claims to be whole."""
    for row in range(segment.header.top, segment.end):
        for slot in grid.starting(row):
            if len(slot.key) < 60:
                harvest.explain(slot)
    before = _before(grid, segment, period)
    ours = (row for row in range(segment.first, segment.end) if _ends_ours(grid, row))
    listed = [
        line
        for row in range(segment.first, next(ours, segment.end))
        if (line := _line(grid, row, segment, unit, before, words, harvest))
    ]
    partial = any(word in around.text for word in words.partial)
    complete = bool(COMPLETE.search(around.above))
    groups = _group_rows([line for line in listed if not line.total])
    # a list with 其中 or 基本支出保障 in it adds up to no total of its projects
    nested = any(plain(line.name.key).startswith(("其中", "基本支出")) for line in listed)
    parts: dict[str, list[Fact]] = {}
    totals: dict[str, Fact] = {}
    own = harvest.own_project if harvest.context.kind == "project_report" else ""
    for line in listed:
        key = plain(line.name.key)
        half = HALVES.get(key) if segment.header.form.name == "tasks" else None
        none = not (line.total or half) and (UNNAMED.fullmatch(key) or key.startswith("基本支出"))
        if line in groups or _is_rest(line) or none:
            continue  # 第一批, 四季度, 基本支出保障 are no projects
        subject = None if line.total else PART.sub("", clean(line.name.text))
        spent = line.figures.pop(BEFORE, None)
        if spent and period and not (half or line.total):  # those of projects that ended are not listed
            harvest.add("project.spending", spent.slot, spent.reading, subject=subject, period=period - 1)
        for role, amount in line.figures.items():
            concept = {"spending": "spending", "rate": "rate"}.get(role, "budget")
            stage = STAGES.get(role) if concept == "budget" else None
            if half:
                harvest.add(
                    f"{concept}.{half}",
                    amount.slot,
                    amount.reading,
                    period=period,
                    stage=stage,
                    confidence=0.9,
                )
            elif line.total:
                if partial:
                    harvest.explain(amount.slot)
                    continue
                # tasks of a department divide all its money, projects only what is not basic
                of = "total" if segment.header.form.name == "tasks" else "project"
                whole = f"project.{concept}" if own else f"{concept}.{of}"
                totals[role] = harvest.add(
                    whole,
                    amount.slot,
                    amount.reading,
                    subject=own or None,
                    period=period,
                    stage=stage,
                    confidence=0.9,
                )
            else:
                fact = harvest.add(
                    f"project.{concept}",
                    amount.slot,
                    amount.reading,
                    subject=subject,
                    period=period,
                    stage=stage,
                )
                parts.setdefault(role, []).append(fact)
    if any(map(_is_rest, listed)):
        return ()
    lists: list[ProjectList] = []
    for role, facts in parts.items():
        concept_of: Literal["project.budget", "project.spending"] = (
            "project.spending" if role == "spending" else "project.budget"
        )
        if role != "rate" and len(facts) > 1 and role in totals and not partial and not nested:
            lists.append(ProjectList(totals[role], tuple(facts), concept_of, totals[role].evidence))
        elif role != "rate" and len(facts) > 1 and complete and not totals and not nested:
            lists.append(ProjectList(None, tuple(facts), concept_of, facts[0].evidence))
    return tuple(lists)


def _is_rest(line: Listed) -> bool:
    return not line.total and REST.fullmatch(plain(line.name.key)) is not None


def _group_rows(lines: list[Listed]) -> list[Listed]:
    """一、经常性项目 above projects that carry no such number: a heading with the sum of its rows."""
    groups = [line for line in lines if GROUP.match(line.name.key)]
    return groups if len(groups) < len(lines) else []


#: 本馆小计, above the projects of others
OUR_TOTAL = re.compile(r"本[局委办院馆校会镇乡站所](?:机关|本级)?(?:小计|合计)$")
#: 不计入 | 军休所, below the total · 市方志办（参考） · 附：航道共建办公室（邻县列支，不计入）
OTHERS = re.compile(r"^不[计列]入|^参考$|[（(](?:[^（）()]*(?:不计入|不列入)|(?:仅供)?参考)[^（）()]*[)）]")


def _ends_ours(grid: Grid, row: int) -> bool:
    """Whether a row totals the department's own projects, 本馆小计, so that those below it are others'."""
    return any(OUR_TOTAL.match(slot.key) for slot in grid.starting(row))


#: 2023年支出, before the columns of 2024年: what was spent the year before
SPENT_BEFORE = re.compile(r"(?:(?P<year>20\d\d)年?度?|上年度?|去年)(?:实际|决算)?(?:支出|执行|决算)数?")


def _before(grid: Grid, segment: Segment, period: int | None) -> int | None:
    """The column of what each project spent the year before."""
    for top in range(segment.header.top, segment.header.bottom + 1):
        for head in grid.starting(top):
            told = SPENT_BEFORE.fullmatch(plain(head.key))
            if period and told and int(told["year"] or period - 1) == period - 1:
                return head.col
    return None


def _line(
    grid: Grid,
    row: int,
    segment: Segment,
    unit: str,
    before: int | None,
    words: Vocabulary,
    harvest: Harvest,
) -> Listed | None:
    header = segment.header
    named = header.all("name")  # 任务名称 | 对应项目: the project, where both are told
    name_column = next((one for one in named if "项目" in one.label), named[0] if named else None)
    starts = [slot for slot in grid.starting(row) if not slot.blank]
    if not starts or name_column is None:
        return None
    name = name_column.slot(grid, row)
    if any(one and OTHERS.search(one.key) for one in (name, grid.at(row, 0))):
        return None
    total = words.is_word("total", plain(starts[0].key)) or bool(
        name and words.is_word("total", plain(name.key))
    )
    total = total or bool(name and not name.empty and TOTAL.fullmatch(plain(name.key)))
    if total:
        name = starts[0]
    if (
        name is None
        or name.empty
        or name.figure
        or (words.is_word("subtotal", name.key) and not (total or REST.fullmatch(plain(name.key))))
    ):
        return None
    figures: dict[str, Amount] = {}
    own = next((slot.key for slot in starts if slot.key in MONEY_UNITS), None)  # 计量单位: 元, 万元 by row
    for column in header.columns:
        slot = column.slot(grid, row)
        if slot is None or slot.row != row or slot is name:
            continue
        if column.role in ("initial", "adjusted", "budget", "spending"):
            stated = own or money_unit(column.unit) or unit_in(name.key) or unit
            reading = harvest.read(slot, lambda s, stated=stated: read_money(s, stated))  # type: ignore[misc]
        elif column.role == "rate":
            reading = harvest.read(slot, read_percent)
        else:
            continue
        if reading:
            figures.setdefault(column.role, Amount(slot, reading))
    stated = own or unit_in(name.key) or unit
    earlier = grid.at(row, before) if before is not None else None
    if earlier and earlier.row == row and (reading := harvest.read(earlier, lambda s: read_money(s, stated))):
        figures[BEFORE] = Amount(earlier, reading)
    return Listed(name, with_rate(figures, header.get("rate")), total) if figures else None


def of_projects_alone(
    facts: Sequence[Fact], lists: Sequence[ProjectList]
) -> tuple[list[Fact], list[ProjectList]]:
    """Facts and lists where the tasks of a sheet sum up to what its own fund rows call project spending beside another
    total: then the tasks are its projects, and their sum is none of all its money."""
    told = {(one.concept, one.number) for one in facts if one.quantity}
    moved: dict[int, Fact] = {}
    for total in (one.total for one in lists if one.total is not None):
        side = total.concept.removesuffix(".total")
        others = {number for concept, number in told if concept == total.concept} - {total.number}
        if side != total.concept and others and (f"{side}.project", total.number) in told:
            moved[id(total)] = replace(total, concept=f"{side}.project")
    return (
        [moved.get(id(one), one) for one in facts],
        [replace(one, total=moved.get(id(one.total), one.total)) for one in lists],
    )
