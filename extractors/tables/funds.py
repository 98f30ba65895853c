"""The funds block of a form: 年度资金总额, 当年财政拨款 … × 年初预算数, 全年预算数, 全年执行数, 执行率."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from extractors.tables.cells import NotAFigure, Reading, read_figure, read_money, read_percent
from extractors.tables.grid import Grid, Slot
from extractors.tables.harvest import Harvest, clean
from extractors.tables.headers import MONEY, Column, Header, Segment
from extractors.tables.labels import one_item, read_label
from extractors.tables.meanings import money_unit
from extractors.tables.vocabulary import Vocabulary, plain, unit_in
from schema.quantity import Quantity
from schema.report import Evidence, FundsRow

VALUES = (*MONEY, "rate", "weight", "score", "arrived", "left", "adjustment")
#: rows that any wording of their words names
COMPOSED = ("total", "basic", "project", "personnel", "operating", "procurement", "three_public")
#: 其中:一般公共预算:1234.5 (label and amount in one cell)
INLINE = re.compile(r"^\s*(?:其中\s*[:：])?(?P<label>[^0-9:：]{2,20})[:：]\s*(?P<value>\d.*)$", re.S)

#: 按支出类型：基本支出
BY_KIND = re.compile(r"^按[^:：]{2,8}[:：]")
#: 预算数：335.60, in a cell under 预算安排情况
AFTER_LABEL = re.compile(
    r"\s*(?:其中[:：])?(?:预算|批复|到位|执行|支出|决算|财政资金|其他)(?:数|额|金额)?\s*[:：]\s*(?P<value>\d.*)$"
)
#: 按支出性质分（决算数）：
SPENT = re.compile(r"按支出性质[^，。；]{0,6}(?:决算|执行|支出数|实际|完成)")
#: both halves of the whole with their amounts in one cell: 基本支出：80 项目支出：20
HALF = re.compile(
    r"(?P<label>基本支出|项目支出)(?:总额|合计)?[\s:：]*(?P<value>\d[\d,]*(?:\.\d+)?(?:万?元)?)"
)
HALVES = re.compile(r"基本支出(?:总额|合计)?[\s:：]*\d[\d,.]*[^\d]{0,8}项目支出(?:总额|合计)?[\s:：]*\d")
#: (B/A×100%) says how the rate is worked out, not that it is written in percent
FORMULA = re.compile(r"[×*]100%")


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of a funds row with the cell that holds it."""

    slot: Slot
    reading: Reading


@dataclass(frozen=True, slots=True)
class FundsLine:
    """A row of the block: what it is of (total, basic, project, part) and its figures by column."""

    role: str
    row: FundsRow
    figures: dict[str, Amount]
    labelled: bool  # False where only its place says what it is of


@dataclass(frozen=True, slots=True)
class Funds:
    """The whole block. `beside` are parts that the form lists without columns of their own:
    按支出性质分 其中：基本支出 80. `end` is the first row behind the block."""

    lines: tuple[FundsLine, ...]
    beside: tuple[tuple[str, Amount], ...]
    end: int
    spent: bool = False  # the form says that those parts are of what was spent


def read_funds(grid: Grid, segment: Segment, unit: str, words: Vocabulary, harvest: Harvest) -> Funds:
    """The rows under a funds header, until a row speaks of something else."""
    header = segment.header
    values = [c for c in header.columns if c.role in VALUES and not _names_rows(c, grid, segment, words)]
    left = min(column.first for column in values)
    lines: list[FundsLine] = []
    # 基本支出总额 | 1,046.38 | 项目支出总额 | 312.55 right above the block
    above = grid.starting(header.top - 1) if header.top else ()
    beside = _beside(above, 0, unit, words, harvest)
    end = segment.first
    for row in range(segment.first, segment.end):
        slots = grid.lines[row]
        starts = grid.starting(row)
        if _ends(starts, words) or _in_pairs(starts) or _heads(starts) or (lines and _uses(starts, values)):
            break
        label = _label(slots, left, row, words)
        found = [column.slot(grid, row) for column in values]
        filled = any(s and (s.figure or AFTER_LABEL.match(s.text)) for s in found)
        apart = _two_sides(found, values, words)
        if (
            label is None
            and not filled
            and lines
            and not any(unit_word in s.key for s in starts for unit_word in ("按", "其中", "支出"))
        ):
            if any(len(s.key) > 30 for s in starts):
                break
            if any(s.blank is False for s in starts):
                end = row + 1
                continue
        beside += _beside(slots, left, unit, words, harvest)
        name, role = label or (_nearest(slots, left, row), "total" if not lines else "part")
        if name is None and filled:
            name = next((s for s in grid.lines[header.bottom] if s.col >= left and not s.blank), None)
        begun = label is not None and name is not None and name.row == row and not INLINE.match(name.text)
        if name is not None and not apart and (filled or begun):
            lines.append(_line(grid, row, name, role, values, unit, header, harvest, label is not None))
        for slot in starts:
            harvest.explain(slot)
        end = row + 1
    harvest.explain_rows(grid, header.top, header.bottom + 1)
    spent = any(SPENT.match(slot.key) for row in range(header.top, end) for slot in grid.starting(row))
    return Funds(_one_total(lines), tuple(beside), end, spent)


def _names_rows(column: Column, grid: Grid, segment: Segment, words: Vocabulary) -> bool:
    """Whether a column called after its money, 年度预算数（元）, holds the labels of the rows: 总额, 其中：财政资金."""
    header = segment.header  # 全年执行数 over 合计 | 其中：财政拨款, beside heads that reach down to these
    heads = [slot for one in header.columns if (slot := grid.at(header.bottom, one.first))]
    first = max([segment.first, *(slot.last_row + 1 for slot in heads)])
    below = column.slot(grid, first) if first < segment.end else None
    if below is None or below.figure or AFTER_LABEL.match(below.text) or column.role not in MONEY:
        return False
    if words.funds_rows.role(plain(below.key)) or _composed(plain(below.key)):
        return True
    cells = [column.slot(grid, row) for row in range(first, segment.end)]
    twice = sum(other.role == column.role for other in header.columns) > 1
    return twice and all(
        cell and not cell.blank and not cell.figure for cell in cells
    )  # 支出内容: 日常养护, 水毁修复


def _planned(line: FundsLine) -> Decimal | None:
    """What a line says was planned, at first or at last."""
    roles = (role for role in ("adjusted", "budget", "initial") if role in line.figures)
    role = next(roles, None)
    return line.figures[role].reading.quantity.value if role else None


def _one_total(lines: list[FundsLine]) -> tuple[FundsLine, ...]:
    """The first line without a known label is the total only where no other line is called so."""
    totals = [line for line in lines if line.role == "total"]
    if len(totals) == 1 and totals[0] is lines[0] and not any(line.labelled for line in lines):
        first, *rest = (_planned(line) for line in lines)
        if first and len(rest) > 1 and all(rest) and sum(rest) != first:  # type: ignore[arg-type]
            # 低保 | 5,020, 特困供养 | 1,580, …: kinds beside each other
            return (replace(lines[0], role="part"), *lines[1:])
    if len(totals) > 1 and totals[0] is lines[0] and not totals[0].labelled:
        lines = [replace(lines[0], role="part"), *lines[1:]]
    return tuple(lines)


#: 预算执行得分 | 执行率95.50%×20 | 20 | 19.1
EXECUTION_POINTS = re.compile(r"预算执行(?:情况|率)?(?:得分|评分)|执行率(?:得分|评分)")


def _ends(slots: tuple[Slot, ...], words: Vocabulary) -> bool:
    """Whether a row begins another part of the form."""
    first = next((slot for slot in slots if not slot.blank), None)
    if first is None:
        return False
    if EXECUTION_POINTS.fullmatch(plain(first.key)):
        return True
    return any(words.is_word(word, first.key) for word in ("goals", "stop", "project")) or len(first.key) > 60


def _uses(slots: tuple[Slot, ...], values: Sequence[Column]) -> bool:
    """Whether a row has words where the columns hold figures: 支出内容（元） | 扫描加工费 | 修裱费 | 设备购置费."""
    filled = [slot for slot in slots if not slot.blank]
    named = [
        slot
        for slot in filled
        if not (slot.figure or slot.dash or AFTER_LABEL.match(slot.text)) and len(slot.key) < 20
    ]
    under = [slot for slot in named if any(column.first <= slot.col <= column.last for column in values)]
    return len(named) == len(filled) and len(under) >= 3


#: so many things side by side, without a figure, head a table of their own
OTHER_ITEMS = 4


def _heads(slots: tuple[Slot, ...]) -> bool:
    """Whether a row heads a table of something else: 项目 | 2022年决算 | 2023年预算 | 2023年决算 | 增减额; “三公”经费 |
    支出合计 | 因公出国（境）费 | 公务用车费 | 公务接待费."""
    filled = [slot for slot in slots if not slot.blank]
    said = [read_label(slot.key) for slot in filled if not (slot.figure or slot.dash)]
    dated = [m for m in said if m and (m.year or m.back is not None) and m.measure in ("budget", "spending")]
    items = {item for m in said if m for item in m.items}
    return len(said) == len(filled) and (len(dated) >= 2 or len(items) >= OTHER_ITEMS)


def _in_pairs(slots: tuple[Slot, ...]) -> bool:
    """Whether a row says of each figure what it is, 采购预算 | 168.00 | 采购支出 | 124.36, whatever the columns
    are called."""
    filled = [slot for slot in slots if not slot.blank]
    told = [read_label(name.key) for name, value in pairwise(filled) if value.figure and not name.figure]
    items = {item for slot in filled if (said := read_label(slot.key)) for item in said.items}
    measures = {said.measure for said in told if said}
    apart = one_item(items) not in (None, "", "total", "basic", "project")
    return len(told) >= 2 and apart and measures >= {"budget", "spending"}


def _two_sides(found: list[Slot | None], values: list[Column], words: Vocabulary) -> bool:
    """Whether a row names a part under the columns of money, 政府性基金 | 0 | 项目支出 | | 205.43: what
    stands there is beside that label, whatever the columns are called."""
    money = [slot for slot, column in zip(found, values, strict=True) if column.role in MONEY]
    return any(s and not s.figure and words.funds_rows.role(plain(s.key)) for s in money)


def _label(slots: tuple[Slot, ...], left: int, row: int, words: Vocabulary) -> tuple[Slot, str] | None:
    """The label of a funds row: the known one that stands nearest to the figures; of cells that reach down from above
    only where the row has no words of its own."""
    before = [s for s in slots if s.col < left and not s.blank]
    own = [s for s in before if s.row == row and not s.figure]
    for slot in reversed(own or before):
        inline = INLINE.match(slot.text)
        key = BY_KIND.sub("", plain(slot.key) if not inline else plain(inline["label"]))
        role = words.funds_rows.role(key) or _composed(key) or words.funds_rows.role(key, fuzzy=True)
        if role:
            return slot, role
    return None


def _composed(key: str) -> str | None:
    """What a row is of by the words of its label, though no form prints it so: 基本类支出, 项目经费支出."""
    said = read_label(key)
    if said is None or said.back or said.year or said.measure not in (None, "budget", "spending"):
        return None
    item = one_item(said.items)
    return item if item in COMPOSED else None


def _nearest(slots: tuple[Slot, ...], left: int, row: int) -> Slot | None:
    """The words nearest to the figures, of the row itself where it has any: 其中：中央补助 under 年初预算数."""
    words = [
        s
        for s in slots
        if not (s.blank or s.figure or s.dash or (s.col >= left and AFTER_LABEL.match(s.text)))
    ]
    before = next((s for s in reversed(words) if s.col < left), None)
    own = next((s for s in words if s.row == row), None)
    return before if before and (own is None or before.row == row) else own


def _beside(
    slots: tuple[Slot, ...], left: int, unit: str, words: Vocabulary, harvest: Harvest
) -> list[tuple[str, Amount]]:
    """Parts with their amount in the same cell or in the next one, where columns say nothing."""
    found: list[tuple[str, Amount]] = []
    for at, slot in enumerate(slots):
        inline = INLINE.match(slot.text)
        if HALVES.search(slot.text):
            found += _in_one_cell(slot, unit, harvest)
            continue
        if not inline and slot.col < left:
            continue
        role = words.funds_rows.role(
            plain(slot.key) if not inline else plain("".join(inline["label"].split()))
        )
        if role not in ("basic", "project", "personnel", "operating", "three_public"):
            continue
        stated = unit_in(slot.key) or unit
        if inline:
            start = inline.start("value")
            reading = harvest.read(slot, lambda s, start=start, stated=stated: read_money(s, stated, start))  # type: ignore[misc]
            place: Slot | None = slot
        else:
            place = slots[at + 1] if at + 1 < len(slots) else None
            reading = harvest.read(place, lambda s, stated=stated: read_money(s, stated))  # type: ignore[misc]
        if reading and place:
            found.append((role, Amount(place, reading)))
    return found


def _in_one_cell(slot: Slot, unit: str, harvest: Harvest) -> Iterator[tuple[str, Amount]]:
    """按支出性质分：其中：基本支出2,310.44；项目支出2,676.31"""
    for match in HALF.finditer(slot.text):
        span = match.span("value")
        reading = harvest.read(slot, lambda s, span=span: read_money(s, unit, *span))  # type: ignore[misc]
        if reading:
            yield ("basic" if match["label"] == "基本支出" else "project"), Amount(slot, reading)


def _line(
    grid: Grid,
    row: int,
    name: Slot,
    role: str,
    values: list[Column],
    unit: str,
    header: Header,
    harvest: Harvest,
    labelled: bool,
) -> FundsLine:
    figures: dict[str, Amount] = {}
    cells: dict[str, Evidence] = {}
    for column in values:
        slot = column.slot(grid, row)
        if slot is None or slot is name or slot.row != row:
            continue
        cells.setdefault(column.role, harvest.evidence(slot))
        reading: Reading | None = None
        if column.role in (*MONEY, "arrived", "left", "adjustment"):
            stated = money_unit(column.unit) or unit_in(name.key) or unit
            after = AFTER_LABEL.match(slot.text)
            start = after.start("value") if after else 0
            reading = harvest.read(slot, lambda s, stated=stated, start=start: read_money(s, stated, start))  # type: ignore[misc]
        elif column.role == "rate":
            reading = _rate_beside_score(slot, harvest) or harvest.read(slot, read_percent)
        elif column.role == "score" and (rate := _rate_beside_score(slot, harvest)):
            figures.setdefault("rate", Amount(slot, rate))
            cells.setdefault("rate", harvest.evidence(slot, rate.start, rate.end))
        if reading:
            figures.setdefault(column.role, Amount(slot, reading))
    figures = _of_planned(_adjusted_to(with_rate(figures, header.get("rate"))))
    weight, score = header.get("weight"), header.get("score") or header.get("rate")
    budget = figures.get("adjusted") or figures.get("budget")
    if budget and "adjusted" not in cells and "budget" in cells:
        cells["adjusted"] = cells["budget"]
    return FundsLine(
        role,
        FundsRow(
            clean(name.text).rstrip("：:"),
            harvest.evidence(name),
            quantity_of(figures, "initial"),
            budget.reading.quantity if budget else None,
            quantity_of(figures, "spending"),
            quantity_of(figures, "rate"),
            harvest.points(_own(weight, grid, row)) or (_headed_weight(score) if role == "total" else None),
            _score(score, grid, row, harvest),
            {"budget" if key == "adjusted" else key: place for key, place in cells.items()},
        ),
        figures,
        labelled,
    )


#: 97.2% over 9.72 in a cell under 执行率 / 得分
RATE_AND_SCORE = re.compile(r"\s*(?P<rate>\d[\d.]*\s?[%％])\s*[/／\n]\s*(?P<score>\d[\d.]*)\s?分?\s*")


def _rate_beside_score(slot: Slot, harvest: Harvest) -> Reading | None:
    """The rate in a cell that holds the rate and its score."""
    both = RATE_AND_SCORE.fullmatch(slot.text)
    return harvest.read(slot, lambda s: read_figure(s.text, *both.span("rate"))) if both else None


def _score(column: Column | None, grid: Grid, row: int, harvest: Harvest) -> Decimal | None:
    """The points under a score's column, or beside the rate in one cell."""
    slot = _own(column, grid, row)
    both = RATE_AND_SCORE.fullmatch(slot.text) if slot else None
    if both:
        return Decimal(both["score"])
    return harvest.points(slot) if column and column.role == "score" else None


#: 得分（10分） · 得分（20分*执行率） heads the column of scores
WEIGHT_IN_HEAD = re.compile(r"得分\((?:满分|分值)?[:：]?(?P<weight>\d{1,3})分?(?:[*×x]执行率)?\)")


def _headed_weight(score: Column | None) -> Decimal | None:
    """The weight of the row of execution, where the head of the scores' column says it."""
    said = WEIGHT_IN_HEAD.search(score.label) if score else None
    return Decimal(said["weight"]) if said else None


def _adjusted_to(figures: dict[str, Amount]) -> dict[str, Amount]:
    """The figures with 调整数 as what the budget was adjusted to, where the rate is of it: 年初数 | 调整数 | 支出数 | 执行率."""
    changed, spent, rate = figures.get("adjustment"), figures.get("spending"), figures.get("rate")
    if not (changed and spent and rate) or "adjusted" in figures or not changed.reading.quantity.value:
        return figures
    share = spent.reading.quantity.value / changed.reading.quantity.value * 100
    if abs(share - rate.reading.quantity.value) > Decimal("0.02"):
        return figures
    return {**{role: amount for role, amount in figures.items() if role != "adjustment"}, "adjusted": changed}


def _of_planned(figures: dict[str, Amount]) -> dict[str, Amount]:
    """The figures without a rate that is of what arrived, 支出率（C/B）, and not of what was planned."""
    money = {role: amount.reading.quantity.value for role, amount in figures.items()}
    planned = [money[role] for role in ("adjusted", "budget", "initial") if money.get(role)]
    arrived, spent, rate = money.get("arrived"), money.get("spending"), money.get("rate")
    if not arrived or not planned or spent is None or rate is None:
        return figures

    def near(whole: Decimal) -> bool:
        return abs(spent / whole * 100 - rate) < Decimal("0.06")

    apart = near(arrived) and not any(near(whole) for whole in planned)
    return {role: amount for role, amount in figures.items() if role != "rate"} if apart else figures


def _own(column: Column | None, grid: Grid, row: int) -> Slot | None:
    """The cell under a column if it belongs to this row alone or begins here."""
    slot = column.slot(grid, row) if column else None
    return slot if slot and slot.row == row else None


def quantity_of(figures: dict[str, Amount], role: str) -> Quantity | None:
    """What a row states under a role."""
    return figures[role].reading.quantity if role in figures else None


def with_rate(figures: dict[str, Amount], column: Column | None) -> dict[str, Amount]:
    """The figures with a rate like 0.958 read as 95.8% where nothing says percent and the amounts,
    or the figure alone, say that it is a share of one."""
    rate = figures.get("rate")
    if rate is None or rate.reading.unit or (column and "%" in FORMULA.sub("", column.label)):
        return figures
    value = rate.reading.quantity.value
    budget = figures.get("adjusted") or figures.get("budget") or figures.get("initial")
    spending = figures.get("spending")
    share = value <= 1 and value != 0
    if budget and spending and budget.reading.quantity.value:
        true = spending.reading.quantity.value / budget.reading.quantity.value
        share = abs(value - true) < abs(value - true * 100)
    if not share or value > Decimal(2):
        return figures
    try:
        reading = read_percent(rate.slot, fraction=True)
    except NotAFigure:
        return figures
    return {**figures, "rate": Amount(rate.slot, reading)} if reading else figures
