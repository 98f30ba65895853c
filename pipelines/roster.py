"""The bureau's lists as files: which column is what, and which department a name means."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from schema.quantity import as_written
from schema.report import Stage
from storage.roster import Entry, Expected

Rows = list[list[str]]

#: heading (a part of it) -> what stands under it; the first that fits counts
ROSTER_COLUMNS = (
    ("曾用名", "aliases"), ("别名", "aliases"), ("简称", "aliases"), ("其他名称", "aliases"),
    ("类别", "kind"), ("类型", "kind"), ("性质", "kind"),
    ("部门名称", "name"), ("单位名称", "name"), ("预算单位", "name"), ("主管部门", "name"), ("部门", "name"),
    ("单位", "name"), ("名称", "name"),
)  # fmt: skip
#: heading -> (concept, stage)
LEDGER_COLUMNS: tuple[tuple[str, tuple[str, Stage | None]], ...] = (
    ("三公经费预算", ("three_public.budget", None)), ("三公经费支出", ("three_public.spending", None)),
    ("三公经费决算", ("three_public.spending", None)),
    ("年初预算", ("budget.total", "initial")), ("调整预算", ("budget.total", "adjusted")),
    ("全年预算", ("budget.total", "adjusted")), ("调整后预算", ("budget.total", "adjusted")),
    ("基本支出预算", ("budget.basic", None)), ("项目支出预算", ("budget.project", None)),
    ("基本支出", ("spending.basic", None)), ("项目支出", ("spending.project", None)),
    ("人员经费", ("spending.personnel", None)), ("公用经费", ("spending.operating", None)),
    ("收入合计", ("income.total", None)), ("总收入", ("income.total", None)),
    ("支出合计", ("spending.total", None)), ("总支出", ("spending.total", None)),
    ("支出总额", ("spending.total", None)), ("决算支出", ("spending.total", None)),
    ("支出决算", ("spending.total", None)),
    ("全年执行数", ("spending.total", None)),
    ("预算总额", ("budget.total", None)), ("预算合计", ("budget.total", None)), ("总预算", ("budget.total", None)),
    ("年末结转结余", ("carryover.closing", None)), ("年初结转结余", ("carryover.opening", None)),
    ("执行率", ("rate.total", None)),
)  # fmt: skip
#: a column of these is only a part of what it names, or of another fund
PARTIAL = re.compile("政府性基金|国有资本|一般公共预算|财政拨款|专户|社保|社会保险|其中|其他")
UNITS = (("亿元", 100_000_000), ("百万元", 1_000_000), ("万元", 10_000), ("千元", 1_000), ("元", 1))
#: names at least so alike may be the same department; a person decides
DOUBTFUL = 82
YEARS = frozenset({"年度", "年份", "年", "评价年度", "预算年度", "会计年度"})
#: rows above the heading: a title, the unit
HEADROOM = 15


class NotAList(Exception):
    """A file without the columns that are needed: the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that is no department's, but much like one's."""

    name: str
    like: str
    score: int


def read_rows(path: Path) -> Rows:
    """A sheet or a CSV (UTF-8 or GBK) as texts; the first sheet that has rows. Raises NotAList."""
    try:
        if path.suffix.lower() in (".csv", ".txt"):
            return _csv(path.read_bytes())
        return _sheet(path)
    except OSError as error:
        raise NotAList(f"打不开文件 {path}") from error


def _csv(data: bytes) -> Rows:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        separator = max(",\t;", key=text[:2000].count)
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
    raise NotAList("CSV 文件的编码认不出来，请另存为 UTF-8")


def _sheet(path: Path) -> Rows:
    from extractors.intake import read_document
    from schema.errors import NotReadable

    try:
        document = read_document(path)
    except NotReadable as refused:
        raise NotAList(f"读不出 {path.name}：{refused.message}") from refused
    for table in document.tables:
        grid = table.grid()
        if len(grid) > 1:
            return [
                [document.blocks[cell.block].text.strip() if cell else "" for cell in row] for row in grid
            ]
    raise NotAList(f"{path.name} 里没有表格")


def roster_of(rows: Rows) -> list[Expected]:
    """The departments of a list, each once. Raises NotAList."""
    top, columns = _heading(rows, ROSTER_COLUMNS, "name")
    found: dict[str, Expected] = {}
    for row in rows[top + 1 :]:
        cells = {what: row[at] for at, what in columns.items() if at < len(row)}
        name = tidy(cells.get("name", ""))
        if not name or name in ("合计", "总计", "小计"):
            continue
        aliases = tuple(tidy(a) for a in re.split(r"[、，,;；/\n]", cells.get("aliases", "")) if tidy(a))
        found.setdefault(name, Expected(name, aliases, cells.get("kind") or None))
    if not found:
        raise NotAList("名册里没有部门")
    return list(found.values())


def ledger_of(rows: Rows, year: int | None, origin: str) -> list[Entry]:
    """The figures of a ledger; units from each heading, else from a line above. Raises NotAList."""
    top, names = _heading(rows, ROSTER_COLUMNS, "name")
    name_at = next(at for at, what in names.items() if what == "name")
    heading = rows[top]
    year_at = next((at for at, cell in enumerate(heading) if tidy(cell) in YEARS), None)
    above = " ".join(cell for row in rows[:top] for cell in row)
    if year is None and year_at is None and (found := re.search(r"(20\d\d)年", above + origin)):
        year = int(found[1])
    figures = {
        at: (concept, _unit(cell) or _unit(above), cell)
        for at, cell in enumerate(heading)
        if at not in (name_at, year_at) and (concept := _figure(cell))
    }
    if not figures:
        raise NotAList("台账里没有认得的金额列，表头应写明如“年初预算（万元）”“支出合计（万元）”")
    for (named, _), unit, cell in figures.values():
        if unit is None and not named.startswith("rate."):
            raise NotAList(f"看不出“{cell}”一列的金额单位，请在表头注明万元或元")
    return list(_entries(rows, top, name_at, year_at, year, figures, origin))


def _figure(heading: str) -> tuple[str, Stage | None] | None:
    """
    >>> _figure("支出决算（万元）"), _figure("政府性基金支出决算")
    (('spending.total', None), None)
    """
    if PARTIAL.search(heading):
        return None
    return next((to for part, to in LEDGER_COLUMNS if part in tidy(heading)), None)


def unused_columns(rows: Rows) -> list[str]:
    """The headings of a ledger that say nothing we know: whoever imports it is told. Raises NotAList."""
    top, names = _heading(rows, ROSTER_COLUMNS, "name")
    known = {*YEARS, "序号", "编号", "备注"}
    return [
        cell
        for at, cell in enumerate(rows[top])
        if cell and at not in names and tidy(cell) not in known and _figure(cell) is None
    ]


def _entries(
    rows: Rows, top: int, name_at: int, year_at: int | None, year: int | None,
    figures: Mapping[int, tuple[tuple[str, Stage | None], tuple[str, int] | None, str]], origin: str,
) -> Iterable[Entry]:  # fmt: skip
    for number, row in enumerate(rows[top + 1 :], top + 2):
        name = tidy(row[name_at]) if name_at < len(row) else ""
        if not name or name in ("合计", "总计", "小计"):
            continue
        said = re.search(r"20\d\d", row[year_at]) if year_at is not None and year_at < len(row) else None
        own = int(said[0]) if said else year
        if own is None:
            raise NotAList("台账没有年度，请加 --year 年度")
        for at, ((concept, stage), unit, _) in figures.items():
            text = row[at].strip() if at < len(row) else ""
            if not text or text in ("-", "—", "/"):
                continue
            rate = concept.startswith("rate.")
            word, factor = ("%", 1) if rate or unit is None else unit
            try:
                value = Decimal(text.replace(",", "").replace("，", "").rstrip("%％"))
            except InvalidOperation as error:
                raise NotAList(f"第{number}行“{name}”的“{text}”不是数字") from error
            step = (as_written(value).step or Decimal(1)) * factor
            yield Entry(
                name, own, concept, value * factor, step, f"{text.rstrip('%％')}{word}", stage,
                f"{origin} 第{number}行",
            )  # fmt: skip


def matched(names: Iterable[str], known: Mapping[str, str]) -> tuple[dict[str, str], list[Doubt], list[str]]:
    """Names -> departments by exact name or alias; then the doubtful ones and those like none.

    `known` is storage.roster.canonical_names. Likeness alone never decides.
    """
    from rapidfuzz import fuzz, process

    sure: dict[str, str] = {}
    doubts, new = [], []
    folded = {tidy(name): canonical for name, canonical in known.items()}
    for name in dict.fromkeys(names):
        if name in folded:
            sure[name] = folded[name]
        elif (best := process.extractOne(name, list(folded), scorer=fuzz.WRatio)) and best[1] >= DOUBTFUL:
            doubts.append(Doubt(name, folded[best[0]], round(best[1])))
        else:
            new.append(name)
    return sure, doubts, new


def tidy(name: str) -> str:
    """
    >>> tidy(" 县 民政局(机关) ")
    '县民政局（机关）'
    """
    return re.sub(r"\s+", "", name).replace("(", "（").replace(")", "）")


def _unit(text: str) -> tuple[str, int] | None:
    return next(((word, factor) for word, factor in UNITS if word in text), None)


def _heading(rows: Rows, columns: Sequence[tuple[str, str]], needed: str) -> tuple[int, dict[int, str]]:
    """The row of headings and what stands under each: the first that has the column needed and another
    cell or nothing but it."""
    for number, row in enumerate(rows[:HEADROOM]):
        found: dict[int, str] = {}
        if len({cell for cell in row if cell}) < 2 and tidy(row[0] if row else "") not in dict(columns):
            continue  # a title over the whole width
        for part, what in columns:
            for at, cell in enumerate(row):
                short = tidy(cell)
                if at not in found and what not in found.values() and part in short and len(short) <= 12:
                    if "单位:" in short or "单位：" in short:  # the unit of money, not a department
                        continue
                    found[at] = what
        if needed in found.values():
            return number, found
    raise NotAList("找不到“部门名称”或“单位名称”一列")
