"""Where a table's headers stand, and which columns they name: several headers may follow each other
in one grid, each over one to three rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from extractors.tables.grid import Grid, Slot
from extractors.tables.labels import read_label
from extractors.tables.vocabulary import Form, Vocabulary, plain, unit_in

#: the most rows that one header takes
HEIGHT = 3
#: the share of a header's filled cells that must be known labels
KNOWN = 0.5
#: the columns of what may be spent and what was
MONEY = ("budget", "initial", "adjusted", "spending")
LONGEST_NAME = 24
LEVELS = ("level1", "level2", "level3", "level4")
#: words of no column of a block's own money: the name of the block, 预算执行情况; 采购预算, 实际采购金额; 预算单位
APART = re.compile(r"预算.{0,4}执行情况|采购|预算单位|负责人")
#: 一季度 | 二季度 | 全年 · 1-6月执行数 | 全年执行数: of a part of the year
PART_OF_YEAR = re.compile(
    r"第?[一二三四1-4]季度(?:执行|支出|预算)?数?|[上下]?半年(?:执行|支出|预算)?数?|\d{1,2}(?:[-—~～至]\d{1,2})?月(?:份|底|末)?(?:累计)?(?:执行|支出|预算)?数?"
)
#: a column that in some forms holds the adjusted budget and in others what was added to the first one
ADJUSTED = re.compile(r"(?:年中)?预算调整数?")
#: how much of its points a row got: no points themselves
SHARE_OF_POINTS = re.compile("(?:自评)?得分(?:率|比例)")
#: the words of a budget that no adjustment follows
FINAL = re.compile("全年|调整|最终|确定")
#: the sign and the number in front of a unit: ≥2.6 of ≥2.6万平方米
SIGN = re.compile(r"[≥≤><=＝≧≦]|不[低高]于|不少于")
YEAR = re.compile(r"(?<!\d)(20\d\d)年")
NUMBERS = re.compile(r"[\d.,%]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One named column: the grid columns first..last, the label as folded, the unit that it states."""

    role: str
    first: int
    last: int
    label: str
    unit: str | None

    def slot(self, grid: Grid, row: int) -> Slot | None:
        """The cell of a row under this column: the filled one first, where several stand there; of money the
        figure, where its label stands before it (预算数 | 156.40)."""
        found = list(dict.fromkeys(s for col in range(self.first, self.last + 1) if (s := grid.at(row, col))))
        filled = [slot for slot in found if not slot.blank]
        figures = [slot for slot in filled if slot.figure] if self.role in MONEY else []
        return next(iter((*figures, *filled, *found)), None)


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a known form: rows top..bottom of the grid, its columns from left to right."""

    form: Form
    top: int
    bottom: int
    columns: tuple[Column, ...]
    year: int | None = None  # the one year that its labels name: 2024年预算数 | 2024年支出数

    def get(self, role: str) -> Column | None:
        return next((column for column in self.columns if column.role == role), None)

    def all(self, role: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role == role)

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(column.role for column in self.columns)

    @property
    def levels(self) -> list[Column]:
        """The columns of the groups and of the names, the widest groups first, wherever they stand."""
        return sorted((one for one in self.columns if one.role in LEVELS), key=lambda one: one.role)


@dataclass(frozen=True, slots=True)
class Segment:
    """A header and the rows under it, up to the next header or the end of the grid."""

    header: Header
    first: int
    end: int


def find_segments(grid: Grid, words: Vocabulary) -> tuple[Segment, ...]:
    """All headers of known forms from top to bottom, each with its rows."""
    headers: list[Header] = []
    row = 0
    while row < grid.rows:
        header = _header_at(grid, row, words)
        if header is None:
            row += 1
        else:
            headers.append(header)
            row = header.bottom + 1
    ends = [*(header.top for header in headers[1:]), grid.rows]
    return tuple(Segment(h, h.bottom + 1, end) for h, end in zip(headers, ends, strict=False))


def _header_at(grid: Grid, row: int, words: Vocabulary) -> Header | None:
    """The best reading of the rows from `row` as a header: most columns, fewest rows."""
    best: tuple[int, int, Header] | None = None
    for height in range(1, HEIGHT + 1):
        bottom = row + height - 1
        if bottom >= grid.rows or not _texts_only(grid, bottom, row):
            break
        for form in words.forms:
            header = _read(grid, row, bottom, form)
            if header is None or (form.kind == "projects" and _over_funds(grid, header, words)):
                continue
            rank = (len({c.role for c in header.columns} - {"levels"}), -height)
            if best is None or rank > best[:2]:
                best = (*rank, header)
    if best is None:
        return None
    header = _with_levels_below(grid, best[2])
    # a line above that adds no column, 项目名称 over the funds block, is not part of the header
    if header.bottom > header.top:
        lower = _read(grid, row + 1, header.bottom, header.form)
        if lower and len(set(lower.roles)) >= len(set(header.roles)):
            return None
        lower_rows = range(row + 1, header.bottom + 1)
        if _told_in_pairs(grid, row, words) and any(_header_at(grid, at, words) for at in lower_rows):
            return None
    return header


def _over_funds(grid: Grid, header: Header, words: Vocabulary) -> bool:
    """Whether the first rows of what looks like a list of projects are a form's funds and who gave them:
    项目 over 资金总额 and 其中：区级财政."""
    name = header.get("name")
    below = [name.slot(grid, row) for row in range(header.bottom + 1, grid.rows)[:2]] if name else []
    keys = [slot.key for slot in below if slot]
    if len(keys) < 2 or words.is_word("total", plain(keys[0])):
        return False
    given = keys[1].startswith("其中") or words.funds_rows.role(plain(keys[1])) == "part"
    return given and words.funds_rows.role(plain(keys[0])) == "total"


def _told_in_pairs(grid: Grid, row: int, words: Vocabulary) -> bool:
    """Whether a row is of labels and values, 项目名称 | 古桥维修 over 年初预算数 | 执行数: a label of a column
    has nothing below it but parts of itself."""
    names = [slot for slot in grid.starting(row) if words.is_word("project", slot.key)]
    below = [grid.at(row + 1, slot.col) for slot in names if slot.rowspan == 1]
    return any(under is not None and not under.blank for under in below)


def _with_levels_below(grid: Grid, header: Header) -> Header:
    """With the next row too, where it only names the levels: 绩效指标 over 一级指标 | 二级指标 | 三级指标."""
    below = header.bottom + 1
    slots = [slot for slot in grid.starting(below) if not slot.blank] if below < grid.rows else []
    roles = [header.form.columns.role(slot.key) for slot in slots]
    if len(slots) < 2 or not all(role and role.startswith("level") for role in roles):
        return header
    return _read(grid, header.top, below, header.form) or header


def _texts_only(grid: Grid, row: int, top: int) -> bool:
    """Whether a row can be part of a header: it starts cells, and none of them is a figure."""
    slots = [slot for slot in grid.starting(row) if not slot.blank]
    if row > top and not slots:
        return False
    return not any(slot.figure or slot.dash or len(slot.key) > 40 for slot in slots)


def _read(grid: Grid, top: int, bottom: int, form: Form) -> Header | None:
    columns: list[tuple[Slot, str, Column]] = []
    filled: set[Slot] = set()
    known: set[Slot] = set()
    heads = [slot for row in range(top, bottom + 1) for slot in grid.starting(row)]
    years = {int(year) for slot in heads for year in YEAR.findall(slot.key)}
    # 2023年支出 | 2024年预算 | 2024年支出: projects with what they spent the year before
    of_two = form.kind == "projects" and len(years) == 2 and max(years) - min(years) == 1
    last = max(years) if of_two else None
    if form.kind == "projects" and len(years) == 1 and _spent_before(heads):
        last = max(years) + 1
    strange: list[tuple[int, Slot]] = []
    for col in range(grid.cols):
        stack = [s for row in range(top, bottom + 1) if (s := grid.at(row, col)) and s.row >= top]
        stack = list(dict.fromkeys(slot for slot in stack if not slot.blank))
        filled.update(stack)
        if not stack:
            continue
        told = {int(year) for slot in stack for year in YEAR.findall(slot.key)}
        if last and told == {last - 1}:
            known.update(stack)
            continue
        role, slot = _role(stack, form, len(years) == 1 or told == {last})
        if role == "name" and stack[-1].last_row > bottom:
            role = None  # 项目资金 down a whole block, under 项目名称: projects have a row each
        if role is None:
            strange.append((col, stack[-1]))
            continue
        known.update(stack)
        before = columns[-1] if columns else None
        if before and before[0] is slot and before[1] == role:
            columns[-1] = (slot, role, _widened(before[2], col))
        else:
            label = "".join(s.key for s in stack)
            columns.append((slot, role, Column(role, col, col, label, unit_in(label))))
    columns = [
        entry
        for entry in columns
        if not _side_label(entry, columns, bottom) and not _goal_of_rows(entry[2], columns)
    ]
    found = _split_levels(_numbered([column for _, _, column in columns]))
    found = _named_by_place(found, strange, grid, bottom)
    if form.kind == "indicators":
        found, known = _named_first(found, strange, known)
        found, known = _target_by_place(_grouped_by_place(found), strange, known, grid, bottom)
    else:
        found = _adjusted_by_place(found)
    # every row of a header must name something: a data row below it never does
    named = {slot.row for slot in known}
    if any(row not in named for row in range(top, bottom + 1)):
        return None
    roles = {column.role for column in found}
    if not form.met_by(roles | ({"levels"} if "level3" in roles else set())):
        return None
    if len(known) < KNOWN * len(filled) or len(roles) < 2:
        return None
    return Header(form, top, bottom, tuple(found), last or (years.pop() if len(years) == 1 else None))


def _spent_before(heads: Sequence[Slot]) -> bool:
    """Whether one column of spending is of a year that the other one is not of: 支出 | 执行率 | 2022年支出."""
    spent = [slot for slot in heads if (said := read_label(plain(slot.key))) and said.measure == "spending"]
    dated = [slot for slot in spent if YEAR.search(slot.key)]
    return len(spent) == 2 and len(dated) == 1 and not any("累计" in slot.key for slot in spent)


def _side_label(
    entry: tuple[Slot, str, Column], columns: list[tuple[Slot, str, Column]], bottom: int
) -> bool:
    """Whether a cell labels the rows beside it, 主要任务 before 任务名称 or 部门预算 before 年初预算数, and
    heads no column of its own."""
    slot, role, _ = entry
    roles = MONEY if role == "budget" else (role,)
    same = [other for other, said, _ in columns if said in roles and other is not slot]
    return slot.last_row > bottom and any(other.last_row <= bottom for other in same)


def _goal_of_rows(column: Column, columns: list[tuple[Slot, str, Column]]) -> bool:
    """Whether a column of targets holds the goals that groups of indicators serve: 年度目标 | 一级指标 | … | 目标值."""
    others = [other for _, _, other in columns]
    levels = [other.first for other in others if other.role.startswith("level")]
    targets = [other.first for other in others if other.role == "target"]
    return column.role == "target" and bool(levels) and column.first < min(levels) < max(targets)


def _role(stack: list[Slot], form: Form, dated: bool = False) -> tuple[str | None, Slot]:
    """The role of a column whose header cells are `stack` from top to bottom: the lowest cell says
    most, then all cells read as one, then those above that span several columns; `dated`: all labels
    that name a year name the same one."""
    lowest = stack[-1]
    if SHARE_OF_POINTS.fullmatch(plain(lowest.key)) or (
        form.kind in ("funds", "projects") and PART_OF_YEAR.fullmatch(plain(lowest.key))
    ):
        return None, lowest  # 得分率 below 自评得分
    wide = [(slot.key, slot) for slot in stack[-2::-1] if slot.colspan > 1]
    candidates = [(lowest.key, lowest), ("".join(slot.key for slot in stack), lowest), *wide]
    for read in (
        form.columns.role,
        partial(_composed, form=form, dated=dated),
        partial(form.columns.role, fuzzy=True),
    ):
        for key, slot in candidates:
            if role := read(key):
                # 预算数（调整后）: the note in brackets says which budget it is
                staged = _composed(key, form, noted=True) if role == "budget" and "(" in key else None
                return staged or role, slot
    return None, lowest


def _composed(key: str, form: Form, noted: bool = False, dated: bool = False) -> str | None:
    """The column of money or of rates that the words of a label make up, though no form prints it so:
    年初安排的预算, 实际完成支出. Not a label that also says of what or of which year."""
    if form.kind not in ("funds", "projects") or APART.search(key):
        return None
    said = read_label(key if noted else plain(key))
    if said is None or said.items or said.back or (said.year and not dated):
        return None
    if said.measure == "budget":
        return said.stage or "budget"
    return said.measure if said.measure in ("spending", "rate", "adjustment") else None


def _widened(column: Column, last: int) -> Column:
    return Column(column.role, column.first, last, column.label, column.unit)


def _named_by_place(
    columns: list[Column], strange: list[tuple[int, Slot]], grid: Grid, bottom: int
) -> list[Column]:
    """With the one strange column between the groups and the figures as the indicators' names, 指标类别 | 事项 | 目标值 |
    完成值; else what explains them, 得分 | 评价要点 | 指标类别."""
    levels = [column for column in columns if column.role in ("level1", "level2")]
    if not levels or any(column.role in ("level3", "level4", "levels") for column in columns):
        return columns
    explained = [column for column in columns if column.role == "criterion"]
    if len(explained) == 1 and not strange and _names(grid, explained[0].first, bottom):
        named = replace(explained[0], role="level3")
        return [named if column is explained[0] else column for column in columns]
    after = [
        c.first for c in columns if c.role in ("target", "actual", "weight", "score", "criterion", "sign")
    ]
    if not after or not any(column.role == "target" for column in columns):
        return columns
    between = [(col, slot) for col, slot in strange if levels[-1].last < col < min(after)]
    if len(between) != 1 or bottom + 1 >= grid.rows:
        return columns
    col, slot = between[0]
    if not _names(grid, col, bottom):
        return columns
    named = Column("level3", col, col, slot.key, None)
    return sorted([*columns, named], key=lambda column: column.first)


def _names(grid: Grid, col: int, bottom: int) -> bool:
    """Whether a column's cells can be the names of rows: short, and hardly one twice."""
    cells = [cell for row in range(bottom + 1, grid.rows) if (cell := grid.at(row, col)) and cell.row == row]
    told = [cell for cell in cells if not cell.blank and not cell.figure]
    short = sum(len(cell.key) <= LONGEST_NAME for cell in told) * 2 >= len(told)
    return short and len({cell.key for cell in told}) >= max(2, len(cells) // 2)


def _grouped_by_place(columns: list[Column]) -> list[Column]:
    """With what stands between the groups and the names as the smaller groups, whatever it is called:
    评价维度 | 评价要点 | 考核内容. What explains an indicator stands behind its name."""
    if any(column.role == "level2" for column in columns):
        return columns
    roles = [column.role for column in columns]
    at = next(
        (at for at in range(len(roles) - 2) if roles[at : at + 3] == ["level1", "criterion", "level3"]), None
    )
    if at is None:
        return columns
    between = replace(columns[at + 1], role="level2")
    return [*columns[: at + 1], between, *columns[at + 2 :]]


def _target_by_place(
    columns: list[Column], strange: list[tuple[int, Slot]], known: set[Slot], grid: Grid, bottom: int
) -> tuple[list[Column], set[Slot]]:
    """With the strange column before the actual values as the targets, where its cells are such:
    考核内容 | 预定值 | 达成值 over ≥2.6万平方米 | 2.68万平方米."""
    actual = next((column for column in columns if column.role == "actual"), None)
    if actual is None or any(column.role in ("target", "revised", "prior") for column in columns):
        return columns, known
    before = next((slot for col, slot in strange if col == actual.first - 1), None)
    if before is None:
        return columns, known
    pairs = [
        (one.key, other.key)
        for row in range(bottom + 1, grid.rows)
        if (one := grid.at(row, before.col)) and (other := grid.at(row, actual.first))
        if one is not other and one.row == other.row == row and one.key and other.key
    ]
    alike = [one for one, other in pairs if SIGN.match(one) or NUMBERS.sub("", one) == NUMBERS.sub("", other)]
    if len(alike) < 2 or len(alike) * 2 < len(pairs):
        return columns, known
    targets = Column("target", before.col, before.last_col, before.key, None)
    return sorted([*columns, targets], key=lambda column: column.first), known | {before}


def _adjusted_by_place(columns: list[Column]) -> list[Column]:
    """With 预算调整数 as what was added where the budget that came of it follows, 年初预算数 | 预算调整数 | 预算确定数; and
    with the year's budget as the first one before what it was adjusted to, 年度预算数 | 年中调整 | 调整后预算数."""
    budgets = [at for at, column in enumerate(columns) if column.role in ("adjusted", "budget")]
    last = max(budgets, default=0)
    changed = bool(budgets) and "调整后" in columns[last].label

    def role(at: int, column: Column) -> str:
        if column.role != "adjusted" or at >= last:
            return column.role
        if ADJUSTED.fullmatch(plain(column.label)):
            return "adjustment"
        return "initial" if changed and not FINAL.search(column.label) else column.role

    return [replace(column, role=role(at, column)) for at, column in enumerate(columns)]


def _named_first(
    columns: list[Column], strange: list[tuple[int, Slot]], known: set[Slot]
) -> tuple[list[Column], set[Slot]]:
    """With the strange first column as what the points beside it are of: 板块 | 满分 | 得分."""
    roles = {column.role for column in columns}
    levels = any(role.startswith("level") for role in roles)
    if levels or [col for col, _ in strange] != [0] or not {"weight", "score"} <= roles:
        return columns, known
    slot = strange[0][1]
    return [Column("level3", 0, 0, slot.key, None), *columns], known | {slot}


def _numbered(columns: list[Column]) -> list[Column]:
    """With the level of a label whose numeral recognition lost, as its place tells: 一级指标 | 二级指标 | 级指标."""
    found: list[Column] = []
    for column in columns:
        before = [one.role for one in found if one.role in LEVELS]
        if column.label == "级指标" and before and before[-1] != LEVELS[-1]:
            column = replace(column, role=LEVELS[LEVELS.index(before[-1]) + 1])
        found.append(column)
    return found


def _names_all(column: Column, columns: list[Column]) -> bool:
    """Whether a column called 指标 holds the indicators' names: right of the groups, 类别 | 指标, where no
    other column names them."""
    levels = [other for other in columns if other.role.startswith("level") and other.role != "levels"]
    deeper = any(other.role in ("level3", "level4") for other in levels)
    return not deeper and all(other.last < column.first for other in levels)


def _named_last(columns: list[Column]) -> list[Column]:
    """With the indicators' names in a column called 绩效指标 behind those of two levels, 指标类型 | 指标内容 | 绩效指标."""
    roles = [column.role for column in columns]
    at = next(
        (at for at in range(len(roles) - 2) if roles[at : at + 3] == ["level1", "level3", "levels"]), None
    )
    if at is None or columns[at + 2].first != columns[at + 2].last:
        return columns
    between, names = replace(columns[at + 1], role="level2"), replace(columns[at + 2], role="level3")
    return [*columns[: at + 1], between, names, *columns[at + 3 :]]


def _split_levels(columns: list[Column]) -> list[Column]:
    """One label over the levels of indicators, 绩效指标 over three columns, becomes its levels; beside
    named levels it is a cell of the group column and names nothing."""
    columns = _named_last(columns)
    named = any(column.role in ("level1", "level2", "level3", "level4") for column in columns)
    # 绩效指标 | 二级 | 指标名称: the group's column under the name of all
    grouped = any(c.role == "level2" for c in columns) and not any(c.role == "level1" for c in columns)
    split: list[Column] = []
    for column in columns:
        if column.role != "levels":
            split.append(column)
        elif named and grouped and column is columns[0]:
            split.append(Column("level1", column.first, column.last, column.label, None))
        elif named and column.first == column.last and _names_all(column, columns):
            split.append(Column("level3", column.first, column.last, column.label, None))
        elif not named:
            width = column.last - column.first + 1
            roles = {1: ["level3"], 2: ["level1", "level3"]}.get(width, ["level1", "level2", "level3"])
            for offset, role in enumerate(roles):
                first = column.first + offset
                last = column.last if offset == len(roles) - 1 else first
                split.append(Column(role, first, last, column.label, None))
    return split
