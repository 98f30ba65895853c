"""The rows of an indicator table or score sheet, with its groups, subtotals and total."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractors.tables.cells import points
from extractors.tables.grid import Grid, Slot
from extractors.tables.harvest import GRADES, Harvest, clean
from extractors.tables.headers import Column, Header, Segment
from extractors.tables.vocabulary import LEAD, Vocabulary, plain
from schema.report import Evidence, Indicator, Tally

LEVELS = ("level1", "level2", "level3", "level4")
FIELDS = ("target", "actual", "weight", "score", "reason")
#: 产出指标（50分） · 投入(15) · 效益指标 30分 · 过程（权重25%）
POINTS = re.compile(
    r"^(?P<name>.+?)(?:[(（\[【](?:权重|分值|共|满分)?[:：]?(?P<in>\d+(?:\.\d+)?)(?:分|%)?[)）\]】]|(?P<out>\d+(?:\.\d+)?)分)$"
)
#: what a template leaves in the name's cell: 指标1： · …… · ...
RESIDUE = re.compile(r"(?:指标\d*[:：]?)?[….。_、:：]*")
#: sign cells that belong in front of a target
SIGN = re.compile(r"[≥≤=＝><≧≦>=<═﹥﹤]{1,2}|大于等于|小于等于|大于|小于|等于|不低于|不高于")
NUMERIC_END = re.compile(r"[\d一二三四五六七八九十百千万两]$")


@dataclass
class Sheet:
    """An indicator table as it is read: rows, tallies, total."""

    header: Header
    rows: list[Indicator] = field(default_factory=list)
    groups: list[Tally] = field(default_factory=list)
    total: Tally | None = None
    rating: Slot | None = None
    total_slots: dict[str, Slot] = field(default_factory=dict)
    group: str | None = None
    subgroup: str | None = None
    begun: dict[str, int] = field(default_factory=dict)  # level -> index of the first row of its group
    seen: set[int] = field(default_factory=set)  # blocks of group cells that were read
    last: tuple[int, ...] = ()


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
    name, weight = split_points("".join(clean(text).split()))
    return LEAD.sub("", name) or name, weight


def read_indicators(grid: Grid, segment: Segment, sheet: Sheet, words: Vocabulary, harvest: Harvest) -> int:
    """Read the rows under a header into `sheet`; gives the first row that belongs to something else."""
    header = segment.header
    levels = [column for column in header.columns if column.role in LEVELS]
    for row in range(header.top, header.bottom + 1):
        for slot in grid.starting(row):
            harvest.explain(slot)
    for row in range(segment.first, segment.end):
        starts = grid.starting(row)
        filled = [slot for slot in starts if not slot.blank]
        if not filled:
            continue
        first = filled[0]
        if _is_total(first, filled, words):
            _read_total(grid, row, filled, header, sheet, harvest, words)
            continue
        if _stops(first, filled, words, levels, header):
            return row
        _read_row(grid, row, header, levels, sheet, harvest, words)
        for slot in starts:
            harvest.explain(slot)
    return segment.end


def _is_total(first: Slot, filled: list[Slot], words: Vocabulary) -> bool:
    name, _ = split_points(first.key.rstrip(":"))
    inline = re.match(r"^(?:总分|总得分|自评总分|合计|自评得分)[:：]", first.key)
    return words.is_word("total", name) or bool(inline)


def _stops(first: Slot, filled: list[Slot], words: Vocabulary, levels: list[Column], header: Header) -> bool:
    """Whether a row no longer belongs to the indicators: signatures, notes, the next copy's title."""
    if first.col > max(column.last for column in levels) or not filled:
        return False
    if words.is_word("project", first.key) or re.search(r"绩效(?:目标)?自评表|自评表[(]", first.key):
        return True
    lonely = len(filled) <= 2 or first.colspan >= 3
    if (
        words.is_word("stop", first.key) or re.match(r"^(?:注|说明|备注|填报人|填表人)\d*[:：]", first.key)
    ) and (lonely or first.col == 0):
        return True
    return len(filled) == 1 and len(first.key) > 60


def _read_total(
    grid: Grid,
    row: int,
    filled: list[Slot],
    header: Header,
    sheet: Sheet,
    harvest: Harvest,
    words: Vocabulary,
) -> None:
    """总分 | 100 | 96 | 优, with or without labels before the figures."""
    found = total_figures(filled, header, words)
    weight, score = found.get("weight"), found.get("score")
    stated = split_points(filled[0].key.rstrip(":"))[1]
    total = Tally(
        re.sub(r"[:：].*$", "", split_points(filled[0].key)[0]), harvest.evidence(filled[0]),
        harvest.points(weight) if weight else stated, harvest.points(score),
        tuple(range(len(sheet.rows))),
        harvest.evidence(weight) if weight else None, harvest.evidence(score) if score else None,
    )  # fmt: skip
    sheet.total, sheet.rating, sheet.total_slots = total, found.get("rating"), found
    for slot in filled:
        if slot not in found.values():
            harvest.explain(slot)


def total_figures(filled: list[Slot], header: Header | None, words: Vocabulary) -> dict[str, Slot]:
    """Which cells of a total row hold the full marks (weight), the score and the rating: by the label
    in front, then by column, then by order."""
    found: dict[str, Slot] = {}
    loose: list[Slot] = []
    pending: str | None = None
    for at, slot in enumerate(filled):
        label = plain(slot.key)
        if words.is_word("rating", label):
            pending = "rating"
        elif at and words.is_word("score", label):
            pending = "score"
        elif at and words.is_word("full", label):
            pending = "weight"
        elif points(slot) is not None:
            role = pending or _column_role(slot, header)
            if role in ("weight", "score") and role not in found:
                found[role] = slot
            else:
                loose.append(slot)
            pending = None
        elif slot.key.strip('“”"') in GRADES and at:
            found.setdefault("rating", slot)
            pending = None
    for slot in loose:
        value = points(slot) or Decimal(0)
        if "weight" not in found and ("score" in found or (value == 100 and len(loose) > 1)):
            if "score" not in found or value >= (points(found["score"]) or 0):
                found["weight"] = slot
        elif "score" not in found:
            found["score"] = slot
    return found


def _column_role(slot: Slot, header: Header | None) -> str | None:
    """The role of the column that a cell stands under, None where it covers several."""
    if header is None:
        return None
    roles = {c.role for c in header.columns if c.first <= slot.last_col and c.last >= slot.col}
    if len(roles) == 1:
        role = roles.pop()
        return {"item_score": "score"}.get(role, role)
    return None


def _read_row(
    grid: Grid,
    row: int,
    header: Header,
    levels: list[Column],
    sheet: Sheet,
    harvest: Harvest,
    words: Vocabulary,
) -> None:
    placed = _place(grid, row, header, levels)
    names = [(column.role, placed.get((column.role, 0))) for column in levels]
    if _subtotal(row, names, placed, header, sheet, harvest, words):
        return
    groups = names[:-1]
    for at, (role, slot) in enumerate(groups):
        if slot and not slot.empty and not (slot.block in sheet.seen and slot.row != row):
            _enter(at, slot, placed, header, levels, sheet, harvest)
    deepest = names[-1][1]
    if deepest and deepest.empty:
        deepest = None
    values = {role: placed.get((role, 0)) for role in FIELDS}
    _last_weight(values, placed, header, levels)
    has_values = any(slot and not slot.blank and slot.row == row for slot in values.values())
    if deepest is None:
        # a table without a third level in this row: the second one names the indicator
        inner = [slot for _, slot in groups if slot and not slot.empty and slot.row == row]
        if (
            not inner
            or not has_values
            or _group_row(grid, row, inner[-1], values, placed, header, sheet, harvest)
        ):
            return
        deepest = inner[-1]
    if not has_values and (RESIDUE.fullmatch(deepest.key) or len(groups) and deepest.row != row):
        return
    if deepest.colspan >= grid.cols - 1 and not has_values:
        sheet.group, sheet.subgroup = group_name(deepest.text)[0], None
        sheet.begun["level1"] = len(sheet.rows)
        return
    identity = tuple(slot.block for slot in (deepest, *values.values()) if slot)
    if (
        sheet.last
        and identity
        and deepest.block in sheet.last
        and (not has_values or all(block in sheet.last for block in identity))
    ):
        return  # the same cells go on in this row
    sheet.last = identity
    _add(row, deepest, values, placed, header, sheet, harvest)


def _add(
    row: int, name: Slot, values: dict[str, Slot | None], placed: dict[tuple[str, int], Slot | None], header: Header,
    sheet: Sheet, harvest: Harvest,
) -> None:  # fmt: skip
    """One more indicator; a weight or score that stands for several rows is a tally of them."""
    cells: dict[str, Evidence] = {"name": harvest.evidence(name)}
    for role, slot in values.items():
        if slot:
            cells[role] = harvest.evidence(slot)
    numbers: dict[str, Decimal | None] = {}
    for role in ("weight", "score"):
        slot = values[role]
        shared = slot is not None and slot.rowspan > 1 and slot.rowspan > name.rowspan
        if slot and shared:
            _share(role, slot, row, sheet, harvest)
            cells.pop(role)
        numbers[role] = None if shared else harvest.points(slot)
    if numbers["weight"] is None and header.get("weight") is None:
        numbers["weight"] = split_points(name.key)[1]
    target = _target(placed)
    sheet.rows.append(
        Indicator(
            clean(name.text),
            cells["name"],
            sheet.group,
            sheet.subgroup,
            target,
            _text(values["actual"]),
            numbers["weight"],
            numbers["score"],
            _text(values["reason"]),
            cells,
        )
    )


def _share(role: str, slot: Slot, row: int, sheet: Sheet, harvest: Harvest) -> None:
    """A merged weight or score cell over several rows: the tally of those rows."""
    at = len(sheet.rows)
    for index, tally in enumerate(sheet.groups):
        place = tally.weight_evidence if role == "weight" else tally.score_evidence
        if place and place.block == slot.block:
            sheet.groups[index] = replace(tally, rows=(*tally.rows, at))
            return
        other = tally.score_evidence if role == "weight" else tally.weight_evidence
        if other and tally.evidence.row == slot.row and tally.rows == (at,):
            value, place = harvest.points(slot), harvest.evidence(slot)
            sheet.groups[index] = (
                replace(tally, weight=value, weight_evidence=place)
                if role == "weight"
                else replace(tally, score=value, score_evidence=place)
            )
            return
    value, place = harvest.points(slot), harvest.evidence(slot)
    if value is None:
        return
    name = sheet.subgroup or sheet.group or "小计"
    weight, score = (value, None) if role == "weight" else (None, value)
    sheet.groups.append(
        Tally(
            name,
            place,
            weight,
            score,
            (at,),
            place if role == "weight" else None,
            place if role == "score" else None,
        )
    )


def _text(slot: Slot | None) -> str | None:
    return clean(slot.text) or None if slot else None


def _target(placed: dict[tuple[str, int], Slot | None]) -> str | None:
    """The target as one string: sign and unit from their own columns go around the value."""
    value = _text(placed.get(("target", 0)))
    sign, unit = placed.get(("sign", 0)), placed.get(("unit", 0))
    if value is None:
        return None
    if (
        sign
        and SIGN.fullmatch(sign.key)
        and not SIGN.match(value)
        and re.match(r"[\d.一二三四五六七八九十]", value)
    ):
        value = clean(sign.text) + value
    if unit and not unit.empty and NUMERIC_END.search(value) and unit.key not in ("定性", "定量", "文字描述"):
        value += clean(unit.text)
    return value


def _place(grid: Grid, row: int, header: Header, levels: list[Column]) -> dict[tuple[str, int], Slot | None]:
    """(role, n-th column of that role) -> the row's cell under it, shifted rows set right."""
    columns = header.columns
    slots = [column.slot(grid, row) for column in columns]
    if _faults(columns, slots):
        slots = _shifted(grid, row, columns, levels, slots)
    placed: dict[tuple[str, int], Slot | None] = {}
    counts: dict[str, int] = {}
    for column, slot in zip(columns, slots, strict=True):
        nth = counts.get(column.role, 0)
        counts[column.role] = nth + 1
        placed[column.role, nth] = slot
    return placed


def _faults(columns: tuple[Column, ...], slots: list[Slot | None]) -> int:
    """How many cells under 分值 and 得分 hold words instead of points."""
    return sum(
        1
        for column, slot in zip(columns, slots, strict=True)
        if column.role in ("weight", "score")
        and slot
        and not slot.empty
        and points(slot) is None
        and len(slot.key) > 1
    )


def _shifted(
    grid: Grid, row: int, columns: tuple[Column, ...], levels: list[Column], slots: list[Slot | None]
) -> list[Slot | None]:
    """The cells of a row in which one empty cell too many, or one too few, moved the rest."""
    keep = next((at for at, column in enumerate(columns) if column is levels[-1]), 0)
    have: list[Slot | None] = [s for s in grid.lines[row] if s.col >= columns[keep].first]
    want = len(columns) - keep
    trials: list[list[Slot | None]] = []
    if len(have) >= want:
        trials.append(have[:want])
        trials += [(have[:at] + have[at + 1 :])[:want] for at, s in enumerate(have) if s and s.blank]
    padded = have + [None] * max(0, want - len(have))
    trials += [([*padded[:at], None, *padded[at:]])[:want] for at in range(1, want)]
    for trial in trials:
        if len(trial) == want and not _faults(columns[keep:], trial):
            figures = [s for c, s in zip(columns[keep:], trial, strict=True) if c.role in ("weight", "score")]
            if any(s and points(s) is not None for s in figures):
                return [*slots[:keep], *trial]
    return slots


def _last_weight(
    values: dict[str, Slot | None],
    placed: dict[tuple[str, int], Slot | None],
    header: Header,
    levels: list[Column],
) -> None:
    """Where every level has its own 分值 column, the last one is the row's."""
    for role in ("weight", "score"):
        columns = header.all(role)
        if len(columns) > 1 and columns[0].first < levels[-1].first:
            values[role] = placed.get((role, len(columns) - 1))
    if header.get("score") is None:
        values["score"] = placed.get(("item_score", 0))


def _enter(
    at: int, slot: Slot, placed: dict[tuple[str, int], Slot | None], header: Header, levels: list[Column], sheet: Sheet,
    harvest: Harvest,
) -> None:  # fmt: skip
    """A group's cell begins: its name, and its weight and score if it states them."""
    name, weight = group_name(slot.text)
    if at == 0 and len(levels) > 1:
        if name == sheet.group and slot.block in sheet.seen:
            return
        sheet.group = name
        sheet.subgroup = None
    elif name == sheet.subgroup and slot.block in sheet.seen:
        return
    else:
        sheet.subgroup = name
    if slot.block in sheet.seen:
        return
    sheet.seen.add(slot.block)
    own: dict[str, Slot] = {}
    for role in ("weight", "score"):
        columns = header.all(role)
        if len(columns) > 1:
            right = levels[at + 1].first
            for nth, column in enumerate(columns):
                found = placed.get((role, nth))
                if levels[at].last < column.first < right and found and not found.empty:
                    own[role] = found
    if weight is None and not own:
        return
    place = harvest.evidence(slot)
    sheet.groups.append(
        Tally(
            name, place,
            harvest.points(own["weight"]) if "weight" in own else weight,
            harvest.points(own.get("score")),
            tuple(range(len(sheet.rows), len(sheet.rows) + slot.rowspan)) if slot.rowspan > 1 else (),
            harvest.evidence(own["weight"]) if "weight" in own else place if weight is not None else None,
            harvest.evidence(own["score"]) if "score" in own else None,
        )
    )  # fmt: skip


def _subtotal(
    row: int, names: list[tuple[str, Slot | None]], placed: dict[tuple[str, int], Slot | None], header: Header,
    sheet: Sheet, harvest: Harvest, words: Vocabulary,
) -> bool:  # fmt: skip
    """小计 | 50 | 48 in one of the level columns: the tally of the group that it closes."""
    found = next(
        (
            (at, s)
            for at, (_, s) in enumerate(names)
            if s and s.row == row and words.is_word("subtotal", s.key)
        ),
        None,
    )
    if found is None:
        return False
    at, slot = found
    weight, score = (
        placed.get(("weight", len(header.all("weight")) - 1)),
        placed.get(("score", len(header.all("score")) - 1)),
    )
    inner = at == len(names) - 1 and len(names) > 2 and sheet.subgroup
    own = re.sub(r"(?:小计|合计)$", "", group_name(slot.text)[0])
    group = own or (sheet.subgroup if inner and _still(names, sheet) else sheet.group) or slot.key
    rows = tuple(i for i, r in enumerate(sheet.rows) if group in (r.group, r.subgroup)) or tuple(
        range(len(sheet.rows))
    )
    sheet.groups.append(
        Tally(
            group, harvest.evidence(slot), harvest.points(weight), harvest.points(score), rows,
            harvest.evidence(weight) if weight else None, harvest.evidence(score) if score else None,
        )
    )  # fmt: skip
    return True


def _still(names: list[tuple[str, Slot | None]], sheet: Sheet) -> bool:
    """Whether the second level's cell of this row still is the current subgroup's."""
    slot = names[-2][1]
    return bool(slot and not slot.blank and group_name(slot.text)[0] == sheet.subgroup)


def _group_row(
    grid: Grid, row: int, slot: Slot, values: dict[str, Slot | None], placed: dict[tuple[str, int], Slot | None],
    header: Header, sheet: Sheet, harvest: Harvest,
) -> bool:  # fmt: skip
    """产出指标 | | | 50 | 48 above its own indicators: a group's line, not an indicator."""
    told = [values["target"], values["actual"], placed.get(("criterion", 0))]
    if any(s and not s.blank and s.row == row for s in told):
        return False
    below = [column.slot(grid, row + 1) for column in header.columns if column.role in LEVELS]
    if (
        not below
        or below[-1] is None
        or below[-1].empty
        or (below[0] and below[0].row == row + 1 and not below[0].blank)
    ):
        return False
    weight, score = values["weight"], values["score"]
    sheet.groups.append(
        Tally(
            group_name(slot.text)[0], harvest.evidence(slot), harvest.points(weight), harvest.points(score), (),
            harvest.evidence(weight) if weight else None, harvest.evidence(score) if score else None,
        )
    )  # fmt: skip
    return True


def settled_groups(sheet: Sheet) -> tuple[Tally, ...]:
    """The tallies with the rows that they speak for; those of one group are one."""
    settled: list[Tally] = []
    for tally in sheet.groups:
        members = tuple(i for i, r in enumerate(sheet.rows) if r.group == tally.name)
        members = members or tuple(i for i, r in enumerate(sheet.rows) if r.subgroup == tally.name)
        rows = tally.rows if tally.rows and not members else members
        rows = tuple(i for i in rows if i < len(sheet.rows))
        settled.append(replace(tally, rows=rows))
    return tuple(settled)
