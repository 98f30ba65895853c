"""What speaks for several indicators: points in group cells, 小计 rows, merged weights."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractors.tables.grid import Grid, Slot
from extractors.tables.harvest import Harvest, clean
from extractors.tables.headers import Column, Header
from extractors.tables.placement import Placed
from extractors.tables.totals import Spot
from extractors.tables.vocabulary import LEAD, Vocabulary
from schema.report import Indicator, Tally

#: 产出指标（50分） · 投入(15) · 效益指标 30分 · 过程（权重25%）
POINTS = re.compile(
    r"^(?P<name>.+?)(?:[(（\[【](?:权重|分值|共|满分)?[:：]?(?P<in>\d+(?:\.\d+)?)(?:分|%)?"
    r"(?:[，,、；;]?(?:自评|实际|实)?得分?[:：]?\d+(?:\.\d+)?分?)?[)）\]】]"
    r"(?:(?:自评|实际|实)?得分[:：]?\d+(?:\.\d+)?分?)?"
    r"|(?P<out>\d+(?:\.\d+)?)分)$"
)
#: 管理指标（20分，得19.27分） · 决策（满分15分）得分：14.5分: what the group got, in the cell of its name
GOT = re.compile(
    r"[(（][^()（）]*\d\s*分?[，,、；;\s]*[)）]?\s*(?:自评|实际|实)?得\s*分?[:：]?\s*(?P<got>\d+(?:\.\d+)?\s*分?)\s*[)）]?\s*$"
)


#: 过程（续）, over a page break
GOES_ON = re.compile(r"[(（](?:续表?|接上[页表])[)）]")
#: a subtotal and its group's name: 产出指标小计 · 小计（过程） · 效果指标（小计） · 履职效能得分小计（含重点项目10分） · 以上六项得分
SUBTOTAL = re.compile(
    r"(?P<name>.*?)(?:小计|合计)(?:得分|分值)?(?:[:：（(](?P<of>[^()（）]*)[)）]?)?"
    r"|(?P<before>[^()（）]+)[（(](?:小计|合计)[)）]|(?:以上|上述|本|该).*得分|(?P<part>.+)部分计"
)
#: what stands beside a group's own name in its subtotal: 产出部分得分 · 投入类 · 本项
BESIDE_NAME = re.compile(
    r"^(?:[本该此分一]?(?:项|类|部分)|[一二]级(?:指标)?|以上.*|上述.*|各项.*)$|(?:指标|部分|方面|[类项]|得分|分值)+$"
)


@dataclass
class Sheet:
    """An indicator table as it is read: rows, tallies, total, and the groups that are open."""

    header: Header
    rows: list[Indicator] = field(default_factory=list)
    groups: list[Tally] = field(default_factory=list)
    total: Tally | None = None
    spots: dict[str, Spot] = field(default_factory=dict)  # weight, score, rating of the total row
    group: str | None = None
    subgroup: str | None = None
    seen: set[int] = field(default_factory=set)  # blocks of group cells that were read
    last: tuple[int, ...] = ()  # blocks of the last row's cells


def split_points(text: str) -> tuple[str, Decimal | None]:
    """A group's name and the points written behind it.

    >>> split_points("产出指标（50分）")
    ('产出指标', Decimal('50'))
    """
    match = POINTS.match(text)
    if not match:
        return text, None
    return match["name"].rstrip("：:"), Decimal(match["in"] or match["out"])


def group_name(text: str) -> tuple[str, Decimal | None]:
    """A group's bare name, without its number, and its points; the same where it goes on: 过程（续）."""
    name, weight = split_points(GOES_ON.sub("", "".join(clean(text).split())))
    return LEAD.sub("", name) or name, weight


def enter_group(
    at: int, slot: Slot, placed: Placed, header: Header, levels: list[Column], sheet: Sheet, harvest: Harvest
) -> None:
    """A group's cell begins: its name, and its weight and score if it states them."""
    name, weight = group_name(slot.text)
    if at == 0 and len(levels) > 1:
        if name != sheet.group or slot.block not in sheet.seen:
            sheet.group, sheet.subgroup = name, None
    else:
        sheet.subgroup = name
    if slot.block in sheet.seen:
        return
    sheet.seen.add(slot.block)
    own: dict[str, Slot] = {}
    for role in ("weight", "score"):
        columns = header.all(role)
        for nth, column in enumerate(columns if len(columns) > 1 else ()):
            found = placed.get((role, nth))
            if levels[at].last < column.first < levels[at + 1].first and found and not found.empty:
                own[role] = found
    if weight is None and not own:
        return
    here = harvest.evidence(slot)
    got = GOT.search(slot.text)
    score = Spot(own["score"], 0, len(own["score"].text)) if "score" in own else None
    score = score or (Spot(slot, *got.span("got")) if got else None)
    sheet.groups.append(
        Tally(
            name,
            here,
            harvest.points(own["weight"]) if "weight" in own else weight,
            harvest.points_at(score),
            (),
            harvest.evidence(own["weight"]) if "weight" in own else here if weight is not None else None,
            harvest.evidence(score.slot, score.start, score.end) if score else None,
        )
    )


def enter_heading(slot: Slot, placed: Placed, sheet: Sheet, harvest: Harvest) -> None:
    """A line over all columns, 一、预算编制（20分）, or a group's line with its own figures."""
    name, weight = group_name(slot.text)
    sheet.group, sheet.subgroup = name, None
    weight_slot, score_slot = (placed.get((role, 0)) for role in ("weight", "score"))
    stated = harvest.points(weight_slot) if weight_slot is not slot else None
    score = harvest.points(score_slot) if score_slot is not slot else None
    here = harvest.evidence(slot)
    if weight is None and stated is None and score is None:
        return
    sheet.groups.append(
        Tally(
            name,
            here,
            stated if stated is not None else weight,
            score,
            (),
            harvest.evidence(weight_slot) if stated is not None and weight_slot else here,
            harvest.evidence(score_slot) if score is not None and score_slot else None,
        )
    )


def read_subtotal(
    row: int,
    names: list[Slot | None],
    placed: Placed,
    header: Header,
    sheet: Sheet,
    harvest: Harvest,
    words: Vocabulary,
) -> bool:
    """小计 | 50 | 48 in one of the level columns: the tally of the group that it closes, or opens."""
    weight = placed.get(("weight", len(header.all("weight")) - 1))
    score = placed.get(("score", len(header.all("score")) - 1))
    told = [placed.get((role, 0)) for role in ("target", "actual", "criterion")]
    line = names[0]  # 绩效指标满分 reaches over the columns of targets, too
    beside = [s for s in told if s and not s.empty and not (line and s.block == line.block)]
    bare = len(names) > 1 and line is names[-1] and not beside
    sums = bare and _adds_up(weight, score, sheet, harvest)
    found = next(
        (
            (at, s)
            for at, s in enumerate(names)
            if s and s.row == row and (sums or words.is_word("subtotal", s.key))
        ),
        None,
    )
    if found is None:
        return False
    at, slot = found
    inner = at == len(names) - 1 and len(names) > 2 and sheet.subgroup and _still(names[-2], sheet)
    own = _named_by(slot, sheet)
    group = own or (sheet.subgroup if inner else sheet.group) or slot.key
    opened = _opened(names[0], row) if at and not own else None
    if at == 0 and not own and _sums_all(sheet):
        group = slot.key
    elif opened:
        group = opened
    rows = tuple(i for i, r in enumerate(sheet.rows) if group in (r.group, r.subgroup))
    if not opened and not rows:
        rows = tuple(_unsummed(sheet) if own else range(len(sheet.rows)))
    sheet.groups.append(
        Tally(
            group,
            harvest.evidence(slot),
            harvest.points(weight),
            harvest.points(score),
            rows,
            harvest.evidence(weight) if weight else None,
            harvest.evidence(score) if score else None,
        )
    )
    return True


def _unsummed(sheet: Sheet) -> list[int]:
    """The rows that no tally so far speaks for."""
    summed = {i for tally in sheet.groups for i in tally.rows}
    return [i for i in range(len(sheet.rows)) if i not in summed]


def _adds_up(weight: Slot | None, score: Slot | None, sheet: Sheet, harvest: Harvest) -> bool:
    """Whether a line over all levels, whatever it is called, gives the points of the rows behind the last subtotal:
    本部分得分 | 15 | 14 · 产出部分计 | 40 | 40; or the full marks alone of all rows: 绩效指标满分 | 90."""
    unscored = weight is not None and not weight.empty and (score is None or score.empty)
    if unscored and harvest.points(weight) == sum(
        (row.weight or Decimal(0) for row in sheet.rows), Decimal(0)
    ):
        return len(sheet.rows) > 1
    rows = [row for i in _unsummed(sheet) if (row := sheet.rows[i]).group == sheet.group]
    if not rows or harvest.points(score) is None or any(row.score is None for row in rows):
        return False
    return harvest.points(weight) == sum((row.weight or Decimal(0) for row in rows), Decimal(0))


def _named_by(slot: Slot, sheet: Sheet) -> str:
    """The group that a subtotal names, as its rows call it; "" where it names none."""
    text = group_name(slot.text)[0]
    said = SUBTOTAL.fullmatch(text)
    if said is None:
        return text
    own = said["before"] or said["part"] or BESIDE_NAME.sub("", said["name"] or "") or said["of"] or ""
    core = BESIDE_NAME.sub("", own)
    if not core:
        return ""
    for row in reversed(sheet.rows):
        for group in (row.group, row.subgroup):
            name = BESIDE_NAME.sub("", group or "")
            if name and (core == name or (min(len(core), len(name)) >= 2 and (core in name or name in core))):
                return group or ""
    return own


def _opened(slot: Slot | None, row: int) -> str | None:
    """The group whose cell begins in this row and goes on below it: its 小计 stands ahead of its indicators."""
    return group_name(slot.text)[0] if slot and slot.row == row and slot.last_row > row else None


def _sums_all(sheet: Sheet) -> bool:
    """Whether the first 小计, in the place of a group's name, comes behind several groups: it is of them all."""
    return not sheet.groups and len({row.group for row in sheet.rows}) > 1


def _still(slot: Slot | None, sheet: Sheet) -> bool:
    """Whether the second level's cell of this row still is the current subgroup's."""
    return bool(slot and not slot.blank and group_name(slot.text)[0] == sheet.subgroup)


def share(role: str, slot: Slot, sheet: Sheet, harvest: Harvest) -> None:
    """A merged weight or score cell over several rows: the tally of those rows. Called once a row."""
    at = len(sheet.rows)
    here = harvest.evidence(slot)
    for index, tally in enumerate(sheet.groups):
        own = tally.weight_evidence if role == "weight" else tally.score_evidence
        other = tally.score_evidence if role == "weight" else tally.weight_evidence
        if own and own.block == slot.block:
            if at not in tally.rows:
                sheet.groups[index] = replace(tally, rows=(*tally.rows, at))
            return
        if own is None and other and tally.evidence.row == slot.row and tally.rows == (at,):
            value = harvest.points(slot)
            sheet.groups[index] = (
                replace(tally, weight=value, weight_evidence=here)
                if role == "weight"
                else replace(tally, score=value, score_evidence=here)
            )
            return
    value = harvest.points(slot)
    if value is None:
        return
    name = sheet.subgroup or sheet.group or "小计"
    if role == "weight":
        sheet.groups.append(Tally(name, here, value, None, (at,), here, None))
    else:
        sheet.groups.append(Tally(name, here, None, value, (at,), None, here))


def goal_tallies(grid: Grid, first: int, end: int, left: int, sheet: Sheet, harvest: Harvest) -> None:
    """年度绩效目标1（50分） beside the groups: the tally of the rows that it spans."""
    for row in range(first, end):
        for slot in grid.lines[row]:
            weight = split_points(slot.key)[1]
            if slot.last_col >= left or slot.rowspan < 2 or weight is None or slot.block in sheet.seen:
                continue
            sheet.seen.add(slot.block)
            inside = range(slot.row, slot.last_row + 1)
            rows = tuple(i for i, r in enumerate(sheet.rows) if r.evidence.row in inside)
            here = harvest.evidence(slot)
            sheet.groups.append(Tally(group_name(slot.text)[0], here, weight, None, rows, here, None))


#: 二、过程, above its rows in a sheet of one level
NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、")


def lift_groups(sheet: Sheet) -> None:
    """The lines of a sheet of one level that sum up those below them as the groups that they are: 二、过程 | 40 | 38.39
    above rows of 40 points in all."""
    heads = [i for i, row in enumerate(sheet.rows) if NUMBERED.match(row.evidence.text)]
    ends = [*heads[1:], len(sheet.rows)]
    below = {head: range(head + 1, end) for head, end in zip(heads, ends, strict=False)}
    weighed = [
        sheet.rows[head].weight == sum((sheet.rows[i].weight or Decimal(0) for i in rows), Decimal(0))
        for head, rows in below.items()
    ]
    flat = not sheet.groups and all(row.group in (None, group_name(row.name)[0]) for row in sheet.rows)
    if len(heads) < 2 or heads[0] != 0 or not flat or not all(weighed) or not all(below.values()):
        return
    kept: list[Indicator] = []
    for head, rows in below.items():
        line, cells = sheet.rows[head], sheet.rows[head].cells or {}
        name, first = group_name(line.name)[0], len(kept)
        kept += [replace(sheet.rows[i], group=name) for i in rows]
        members = tuple(range(first, len(kept)))
        sheet.groups.append(
            Tally(
                name, line.evidence, line.weight, line.score, members, cells.get("weight"), cells.get("score")
            )
        )
    sheet.rows[:] = kept


def settled_groups(sheet: Sheet) -> tuple[Tally, ...]:
    """The tallies with the rows that they speak for; a weight in a group's cell and a score in its
    小计 are one tally."""
    settled: list[Tally] = []
    for tally in sheet.groups:
        members = tuple(i for i, r in enumerate(sheet.rows) if r.group == tally.name)
        members = members or tuple(i for i, r in enumerate(sheet.rows) if r.subgroup == tally.name)
        tally = replace(tally, rows=tally.rows or members)
        for index, other in enumerate(settled):
            alike = other.name == tally.name and other.rows == tally.rows and other.score is None
            if alike and (other.weight is None or tally.weight in (None, other.weight)):
                settled[index] = replace(
                    tally,
                    weight=tally.weight if tally.weight is not None else other.weight,
                    weight_evidence=tally.weight_evidence
                    if tally.weight is not None
                    else other.weight_evidence,
                )
                break
        else:
            settled.append(tally)
    return tuple(settled)
