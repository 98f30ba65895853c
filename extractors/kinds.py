"""Which kind of paper a document is, by what it says and how it is made, never by its name.

A report with annexed tables stays a report; what is no self-evaluation (a notice, rules, a
contract, the disclosure of accounts, a work summary) is `other`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.covers import covers
from extractors.dates import YEAR
from schema.document import Block, Document
from schema.report import DocumentKind, Section

#: prose of this many characters is more than what stands around a form
PROSE = 500
#: and of fewer no more than the notes around a form, where the title calls the paper one
NOTES = 800
TITLE_LINES = 10
#: 2024年度部门整体支出和项目支出绩效自评表: of the department, and its projects within
BOTH = re.compile("部门整体(?:支出|绩效)?[和与及、暨](?:部门)?(?:预算)?项目(?:支出|绩效)")


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for one kind or another."""

    title: str  # the lines above the first heading, without spaces, divided by "\n"
    roles: int  # sections with a role, outside of forms
    prose: int  # characters of sentences outside of tables, or in tables that hold a report
    indicators: int  # cells that are headers of an indicator table
    project_cells: int
    department_cells: int
    text: str


@cache
def words() -> dict[str, re.Pattern[str]]:
    """The patterns of data/kinds.toml by "part.name"."""
    data = tomllib.loads((Path(__file__).with_name("data") / "kinds.toml").read_text("utf8"))
    return {f"{part}.{name}": re.compile(text) for part, rows in data.items() for name, text in rows.items()}


def recognise_kind(document: Document, sections: tuple[Section, ...]) -> DocumentKind:
    """The kind of a document: it needs the outline, nothing else."""
    signs = signs_of(document, sections)
    if is_foreign(signs) or not _is_evaluation(signs):
        return "other"
    form = signs.indicators >= 3 or signs.project_cells + signs.department_cells >= 2
    told = signs.roles >= 3 or (signs.roles >= 1 and signs.prose >= PROSE)
    told = told or (signs.prose >= NOTES and _says(signs.title, "title.report"))  # without a heading
    titled = _says(signs.title, "title.table") and not _says(signs.title, "title.report")
    if form and titled and signs.prose < NOTES:
        told = False  # 一、部门基本信息 · 二、收支决算, over the parts of a form; 说明（随表报送） below it
    if not form and not told and signs.prose < PROSE and document.tables and _says(signs.title, "title.list"):
        return "other"
    table = form and not told
    if (
        not form
        and not told
        and _says(signs.title, "title.table")
        and signs.prose < PROSE
        and document.tables
    ):
        table = True
    if _is_project(signs, table):
        return "project_table" if table else "project_report"
    return "department_table" if table else "department_report"


def signs_of(document: Document, sections: tuple[Section, ...]) -> Signs:
    start = _behind_guidance(document)
    first = next(
        (s.block for s in sections if (s.role or s.number) and s.block > start), len(document.blocks)
    )
    title = _title(document, start, first)
    in_text = [s for s in sections if s.role and document.blocks[s.block].kind == "paragraph"]
    in_cells = [s for s in sections if s.role and document.blocks[s.block].kind == "cell"]
    held = in_cells if len(in_cells) >= 3 and not _says(title, "title.form") else []
    prose_tables = {document.blocks[s.block].table for s in held}
    prose = indicators = project = department = 0
    pieces: list[str] = []
    for block in document.body():
        pieces.append(block.text)
        if block.kind == "paragraph" or block.table in prose_tables:
            prose += len(block.text) if "。" in block.text else 0
            continue
        plain = "".join(block.text.split())
        if len(plain) <= 20:
            indicators += bool(words()["cells.indicators"].search(plain))
            project += bool(words()["cells.project"].search(plain))
            department += bool(words()["cells.department"].search(plain))
    roles = len(in_text) + (len(in_cells) if prose_tables else 0)
    return Signs(title, roles, prose, indicators, project, department, "\n".join(pieces))


#: how to fill in the form, before it: 填表须知, the first sheet of a workbook
GUIDANCE = re.compile(r"(?:填[表报写]|自评|操作)(?:须知|说明|要求|指南|指引)")


def _behind_guidance(document: Document) -> int:
    """Where a paper begins: 0, or behind the guidance that comes before its form."""
    said = ((block.index, "".join(block.text.split())) for block in document.body() if block.text.strip())
    if not GUIDANCE.fullmatch(next(said, (0, ""))[1]):
        return 0
    titles = (at for at, line in said if len(line) <= 60 and words()["title.surely"].search(line))
    return next(titles, 0)


def _title(document: Document, start: int, first: int) -> str:
    lines: list[str] = []
    for block in document.body():
        if block.index < start:
            continue
        if block.index > first or len(lines) >= TITLE_LINES:
            break
        lines += [plain for line in block.text.split("\n") if _titular(block, plain := "".join(line.split()))]
    return "\n".join(lines[:TITLE_LINES])


def _titular(block: Block, line: str) -> bool:
    if not 2 <= len(line) <= 60 or "。" in line or re.match(r"附[件表].{0,4}[:：]?.{4,}", line):
        return False
    return not next(covers().labels(line), None)


def _says(title: str, name: str) -> bool:
    return any(words()[name].search(line) for line in title.split("\n"))


def is_foreign(signs: Signs) -> bool:
    """Whether a paper is surely of another sort: not only unlike a self-evaluation, but known as
    something else, so that none of its figures is a department's word about itself."""
    own = "自评" in signs.title
    text = signs.text[:20000]
    if len(set(words()["text.disclosed"].findall(text))) >= 3:
        return True
    if not own and (
        _says(signs.title, "title.by_others") or words()["text.commissioned"].search(text[:3000])
    ):
        return True
    if not words()["text.spoken"].search(text):
        return True
    return _other_first(signs) is True and not _holds_report(signs)


def _other_first(signs: Signs) -> bool | None:
    """What the first line that says anything says: another paper, a self-evaluation, or nothing."""
    for line in signs.title.split("\n"):
        if words()["title.other"].search(line) and not words()["title.surely"].search(line):
            return True
        if words()["title.evaluation"].search(line):
            return False
    return None


def _holds_report(signs: Signs) -> bool:
    """A covering letter with the report behind it still holds the report."""
    return signs.roles >= 5 and _told(signs) and bool(YEAR.search(signs.text))


def _told(signs: Signs) -> bool:
    return signs.roles >= 3 and len(words()["text.said"].findall(signs.text[:20000])) >= 2


def _is_evaluation(signs: Signs) -> bool:
    first = _other_first(signs)
    if first is not None:
        return not first or _holds_report(signs)
    if _told(signs):
        return True
    said = len(words()["text.said"].findall(signs.text[:20000]))
    form = signs.indicators >= 3 and (said >= 1 or signs.project_cells >= 2)
    return form and bool(re.search(r"得分|自评|实际完成|完成值|完成情况|执行率", signs.text))


def _is_project(signs: Signs, table: bool) -> bool:
    lines = [line for line in signs.title.split("\n") if words()["title.evaluation"].search(line)] or [
        signs.title
    ]
    for told in (lines, [signs.title]):  # 某专项资金 / 绩效自评报告: the line above says what of
        department = any(words()["title.department"].search(line) for line in told)
        project = any(words()["title.project"].search(line) for line in told)
        if department != project:
            return project
    if BOTH.search(signs.title):
        return False
    if table and signs.project_cells != signs.department_cells:
        return signs.project_cells > signs.department_cells
    text = signs.text[:20000]
    mine, whole = len(words()["text.project"].findall(text)), len(words()["text.department"].findall(text))
    return mine > whole
