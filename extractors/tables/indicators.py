"""The rows of an indicator table or score sheet."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.tables.grid import Grid, Slot
from extractors.tables.harvest import Harvest, clean
from extractors.tables.headers import Column, Header, Segment
from extractors.tables.placement import Placed, place
from extractors.tables.tallies import (
    Sheet,
    enter_group,
    enter_heading,
    goal_tallies,
    lift_groups,
    read_subtotal,
    share,
    split_points,
)
from extractors.tables.totals import spot, total_spots
from extractors.tables.vocabulary import Vocabulary, plain
from schema.report import Evidence, Indicator, Tally

FIELDS = ("target", "actual", "weight", "score", "reason")
#: what a template leaves in the name's cell: 指标1： · …… · ...
RESIDUE = re.compile(r"(?:指标\d*[:：]?)?[….。_、:：]*")
#: 自评等级 | 优 | 等级标准 | 优（90≤得分≤100）…
SCALE = re.compile(r"(?:等级|评价|评定|评分|划分|分档)*(?:标准|划分|说明)")
#: what a target is, where a unit is asked for
NATURES = ("定性", "定量", "文字描述")
#: signs that belong in front of a target
SIGN = re.compile(r"[≥≤=＝><≧≦>=<═﹥﹤]{1,2}|大于等于|小于等于|大于|小于|等于|不低于|不高于")
NUMERIC_END = re.compile(r"[\d一二三四五六七八九十百千万两]$")
GRADE = re.compile(
    r"(?:等级|等次|级别)\s?[:：为]?\s?[“\"]?(?P<grade>优秀?|良好?|中等?|较?差|不?合格)(?=[”\"（(，。；\s]|$)"
)
#: 自评等级 | 优 | 填报日期 | 2025年3月11日
PLAIN_GRADE = re.compile(r"[“\"]?(?:优秀?|良好?|中等?|一般|较?差|不?合格)[”\"]?")
TOTAL_INLINE = re.compile(r"^(?:总分|总得分|自评总分|合计|自评得分)[:：]")


def read_indicators(grid: Grid, segment: Segment, sheet: Sheet, words: Vocabulary, harvest: Harvest) -> int:
    """Read the rows under a header into `sheet`; gives the first row that belongs to something else."""
    header = segment.header
    levels = header.levels
    harvest.explain_rows(grid, header.top, header.bottom + 1)
    end = segment.end
    for row in range(segment.first, segment.end):
        starts = grid.starting(row)
        filled = [slot for slot in starts if not slot.blank]
        if not filled:
            continue
        if _is_total(filled[0], words) and not _within_group(grid, row, filled[0], levels, segment):
            _read_total(filled, header, sheet, harvest, words)
            continue
        if words.is_word("score", plain(filled[0].key)) and any(
            words.is_word("rating", plain(slot.key)) for slot in filled[1:]
        ):  # 自评得分（大写） | 玖拾柒点叁玖分 | 自评等次 | 优
            sheet.spots = {**total_spots(filled, header, words), **sheet.spots}
            continue
        graded = words.is_word("rating", plain(filled[0].key))
        if graded and (
            len(filled) <= 3
            or SCALE.fullmatch(plain(filled[2].key))
            or PLAIN_GRADE.fullmatch(plain(filled[1].key))
        ):
            sheet.spots = {**total_spots(filled[:2], header, words), **sheet.spots}
            continue
        told = GRADE.search(filled[0].text)
        if told and told.start() <= 2 and not filled[0].text[told.end() :].strip():
            sheet.spots.setdefault("rating", spot(filled[0], *told.span("grade")))
            continue  # 自评等级：优 | （90分及以上为优，…）
        if _stops(filled, words, levels):
            if NOTE.match(filled[0].key) and _goes_on(grid, range(row + 1, segment.end), header, words):
                harvest.explain(filled[0])
                continue
            end = row
            break
        if _is_note(filled, header):
            if told := GRADE.search(filled[1].text):  # 结论 | 自评等级：优（90分以上为优…）
                sheet.spots.setdefault("rating", spot(filled[1], *told.span("grade")))
        else:
            _read_row(grid, row, header, levels, sheet, harvest, words)
        for slot in starts:
            harvest.explain(slot)
    goal_tallies(grid, segment.first, end, levels[0].first, sheet, harvest)
    lift_groups(sheet)
    return end


#: 注1：校均投入按全年执行数除以22所学校计算
NOTE = re.compile(r"^(?:注|说明|备注|填报人|填表人)\d*[:：]")


def _goes_on(grid: Grid, below: range, header: Header, words: Vocabulary) -> bool:
    """Whether indicators follow a note within their table, each with its points."""
    points = [column for role in ("weight", "score") for column in header.all(role)]
    for row in below:
        first = next((slot for slot in grid.starting(row) if not slot.blank), None)
        cells = [column.slot(grid, row) for column in points]
        told = len(points) > 1 and all(cell and cell.row == row and cell.figure for cell in cells)
        if first and told and not _is_total(first, words):
            return True
    return False


def _is_total(first: Slot, words: Vocabulary) -> bool:
    name, _ = split_points(first.key.rstrip(":"))
    return words.is_word("total", name) or bool(TOTAL_INLINE.match(first.key))


def _within_group(grid: Grid, row: int, first: Slot, levels: list[Column], segment: Segment) -> bool:
    """Whether 合计 stands beside a group's cell that reaches down from above: then it closes this
    group, unless the group is the only one."""
    group = levels[0].slot(grid, row)
    if len(levels) < 2 or group is None or group.empty or group.row == row or first.col <= levels[0].last:
        return False
    return group.row > segment.first or group.last_row + 1 < segment.end


def _is_note(filled: list[Slot], header: Header) -> bool:
    """Whether a row is a label with one text over all columns: 资金偏差说明 | 部分人员年中退出…"""
    if len(filled) != 2:
        return False
    over = [c for c in header.columns if filled[1].col <= c.first and c.last <= filled[1].last_col]
    return {"weight", "score"} <= {column.role for column in over} or len(over) >= 4


def _stops(filled: list[Slot], words: Vocabulary, levels: list[Column]) -> bool:
    """Whether a row no longer belongs to the indicators: signatures, notes, the next copy's title."""
    first = filled[0]
    if first.col > max(column.last for column in levels):
        return False
    if words.is_word("project", first.key) or re.search(r"绩效(?:目标)?自评表|自评表[(]", first.key):
        return True
    if (words.is_word("stop", first.key) or NOTE.match(first.key)) and (len(filled) <= 2 or first.col == 0):
        return True
    return len(filled) == 1 and len(first.key) > 60


def _read_total(
    filled: list[Slot], header: Header, sheet: Sheet, harvest: Harvest, words: Vocabulary
) -> None:
    """总分 | 100 | 96 | 优, with or without labels before the figures."""
    found = total_spots(filled, header, words)
    weight, score = found.get("weight"), found.get("score")
    sheet.spots = found
    sheet.total = Tally(
        re.sub(r"[:：].*$", "", split_points(filled[0].key)[0]),
        harvest.evidence(filled[0]),
        harvest.points_at(weight),
        harvest.points_at(score),
        tuple(range(len(sheet.rows))),
        harvest.evidence(weight.slot, weight.start, weight.end) if weight else None,
        harvest.evidence(score.slot, score.start, score.end) if score else None,
    )
    for slot in filled:
        harvest.explain(slot)


def _read_row(
    grid: Grid,
    row: int,
    header: Header,
    levels: list[Column],
    sheet: Sheet,
    harvest: Harvest,
    words: Vocabulary,
) -> None:
    placed = place(grid, row, header, levels)
    names = [placed.get((column.role, 0)) for column in levels]
    if read_subtotal(row, names, placed, header, sheet, harvest, words):
        return
    filled = [slot for slot in grid.starting(row) if not slot.blank]
    if len(filled) == 1 and filled[0].last_col > levels[-1].last and filled[0] in names:
        enter_heading(filled[0], placed, sheet, harvest)
        return
    for at, slot in enumerate(names[:-1]):
        if slot and not slot.empty and not (slot.block in sheet.seen and slot.row != row):
            enter_group(at, slot, placed, header, levels, sheet, harvest)
    values = _values(placed, header, levels)
    told = [slot for slot in values.values() if slot and slot.row == row and not slot.blank]
    name = _name(grid, row, names, values, placed, header, sheet, harvest)
    if name is None or (not told and (RESIDUE.fullmatch(name.key) or name.row != row)):
        return
    # the same cells go on in this row
    identity = tuple(slot.block for slot in (name, *values.values()) if slot)
    if name.block in sheet.last and (not told or all(block in sheet.last for block in identity)):
        return
    sheet.last = identity
    sheet.rows.append(_indicator(name, values, placed, header, sheet, harvest))


def _name(
    grid: Grid, row: int, names: list[Slot | None], values: dict[str, Slot | None], placed: Placed, header: Header,
    sheet: Sheet, harvest: Harvest,
) -> Slot | None:  # fmt: skip
    """The cell that names the row's indicator: the deepest level, or the second one where that is
    blank; None for template rows and a group's own line."""
    deepest = names[-1]
    told = any(  # a reason alone tells of no indicator: 经济效益指标 | / | / | 无此类指标
        slot and slot.row == row and not slot.empty for role, slot in values.items() if role != "reason"
    )
    if deepest and not deepest.empty:
        return deepest
    if not told or (deepest and deepest.key in ("...", "…", "……", "......")):
        return None
    inner = [slot for slot in names[:-1] if slot and not slot.empty and slot.row == row]
    if not inner:
        return None
    if _opens_group(grid, row, values, placed, header):
        enter_heading(inner[-1], placed, sheet, harvest)
        return None
    return inner[-1]


def _opens_group(
    grid: Grid, row: int, values: dict[str, Slot | None], placed: Placed, header: Header
) -> bool:
    """产出指标 | | | 50 | 48 above its own indicators: a group's line, not an indicator."""
    told = [values["target"], values["actual"], placed.get(("criterion", 0))]
    if any(s and not s.blank and s.row == row for s in told) or row + 1 >= grid.rows:
        return False
    below = [column.slot(grid, row + 1) for column in header.levels]
    deepest = below[-1]
    new_group = below[0] and below[0].row == row + 1 and not below[0].blank
    return deepest is not None and not deepest.empty and not new_group


def _values(placed: Placed, header: Header, levels: list[Column]) -> dict[str, Slot | None]:
    """The row's cells by field. Where every level has its own 分值 column, the last one is the row's."""
    values = {role: placed.get((role, 0)) for role in FIELDS}
    # 未完成原因分析 over 经费保障 | 制度保障 | 其他 | 原因说明, of which the first ones are ticked
    reasons = [slot for (role, _), slot in placed.items() if role == "reason" and slot and len(slot.key) > 1]
    if reasons:
        values["reason"] = max(reasons, key=lambda slot: len(slot.key))
    for role in ("weight", "score"):
        columns = header.all(role)
        if len(columns) > 1 and columns[0].first < levels[-1].first:
            values[role] = placed.get((role, len(columns) - 1))
    if header.get("score") is None:
        values["score"] = placed.get(("item_score", 0))
    return values


def _indicator(
    name: Slot, values: dict[str, Slot | None], placed: Placed, header: Header, sheet: Sheet, harvest: Harvest
) -> Indicator:
    """One indicator; a weight or score that stands for several rows is a tally of them."""
    cells: dict[str, Evidence] = {"name": harvest.evidence(name)}
    cells.update({role: harvest.evidence(slot) for role, slot in values.items() if slot})
    if standard := placed.get(("criterion", 0)):
        cells["criterion"] = harvest.evidence(standard)
    for role in ("target", "actual"):
        harvest.look_for_broken(values[role])
    numbers: dict[str, Decimal | None] = {}
    for role in ("weight", "score"):
        slot = values[role]
        shared = slot is not None and slot.rowspan > 1 and slot.rowspan > name.rowspan
        if slot and shared:
            share(role, slot, sheet, harvest)
            cells.pop(role)
        numbers[role] = None if shared else harvest.points(slot)
    if numbers["weight"] is None and header.get("weight") is None:
        numbers["weight"] = split_points(name.key)[1]
    return Indicator(
        clean(name.text),
        cells["name"],
        sheet.group,
        sheet.subgroup,
        _target(placed),
        _text(values["actual"]),
        numbers["weight"],
        numbers["score"],
        _text(values["reason"]),
        cells,
    )


def _text(slot: Slot | None) -> str | None:
    return (clean(slot.text) or None) if slot else None


def _target(placed: Placed) -> str | None:
    """The target as one string: sign and unit from their own columns go around the value, which is the one that
    it was changed to within the year where it was (年初指标值 14 | 调整指标值 12)."""
    revised = placed.get(("revised", 0))
    value = _text(revised if revised and not revised.empty else placed.get(("target", 0)))
    signs = [slot for at in (0, 1) if (slot := placed.get(("sign", at)))]  # 指标性质 定量 | 符号 ≥
    sign = next((slot for slot in signs if SIGN.fullmatch(slot.key)), signs[0] if signs else None)
    unit = placed.get(("unit", 0))
    told = unit if unit and not unit.empty and unit.key not in NATURES else None
    if value is None:  # 文字描述 |  | 有所提升
        return clean(told.text) if told and sign and not SIGN.fullmatch(sign.key) else None
    numeric = re.match(r"[-－−]?[\d.一二三四五六七八九十]", value)
    if sign and SIGN.fullmatch(sign.key) and not SIGN.match(value) and numeric:
        value = clean(sign.text) + value
    if told and NUMERIC_END.search(value):
        value += clean(told.text)
    return value
