"""The outline of a report: headings placed in a tree, each required role given to one of them.

Numbers are duplicated, skipped, lost and used again a level down, so the tree is the cheapest
reading of all headings together (a beam search over the open levels), with the template's titles
as a prior. A section's text is its paragraphs and the cells that hold sentences; where it has
neither, the text of its tables' cells.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.assignment import Draft, assign, shared
from extractors.headings import Heading, headings
from extractors.levels import place
from extractors.roles import fold, lexicon
from schema.document import Block, Document
from schema.report import DocumentKind, Role, Section

DATE_LINE = re.compile(r"^\s*[\d二〇○零年月日一三四五六七八九十.\-/\s]{6,20}\s*$")
NAME_LINE = re.compile(r"^[\s\u4e00-\u9fff（）()]{3,30}$")


def read_outline(document: Document) -> tuple[Section, ...]:
    """The sections in reading order; each role at most once."""
    found = headings(document)
    while found and found[0].style == "annex":  # "附件1：" above a report's own title
        found.pop(0)
    if not found:
        return ()
    levels = place(found)
    drafts = _drafts(document, found, levels)
    roles = assign(drafts)
    sections: list[Section] = []
    for i, draft in enumerate(drafts):
        own = Section(
            draft.path, draft.level, draft.heading.number, draft.heading.title.strip(), roles.get(i),
            document.blocks[draft.heading.block].page, draft.heading.block, draft.heading.start,
            draft.heading.end, draft.last_block, draft.text,
        )  # fmt: skip
        if second := shared(drafts, i, roles):  # 年度目标及重点任务 is a section of both
            sections.append(replace(own, path=f"{own.path}.0", role=second))
        sections.append(own)
    return tuple(sections)


#: what a heading says that is on the spending of one project: 资金使用情况, 资金支付, 资金的去向
USED = re.compile(r"使用|支出|开支|到哪|去处|支付|拨付|兑付|兑现|发放|去向|流向|用款|支用|花|执行")
#: 资金支付情况, in a project's report what was spent; 资金执行情况 says that it is on the execution
PAID = re.compile(r"支付|拨付|兑[付现]|发放|支出(?:完成|进度|执行数)|执行数")


def suited(document: Document, sections: tuple[Section, ...], kind: DocumentKind) -> tuple[Section, ...]:
    """The sections with the roles that a document of this kind has: roles are those of a
    self-evaluation that is told, a form's lines have none but those over sentences below it, and a project report's
    基本情况 tells of the project."""
    kept: list[Section] = []
    told = any(section.role == "spending" and USED.search(section.title) for section in sections)
    paid = kind == "project_report" and not told
    paying = paid and any(section.role == "execution" and PAID.search(section.title) for section in sections)
    for section in sections:
        if paid and section.role == "execution" and PAID.search(section.title):
            section = replace(section, role="spending")
        if (
            kind == "other"
            or (kind.endswith("_table") and not _below_form(document, section))
            or (kind == "project_report" and not _of_a_project(section, paying))
        ):
            section = replace(section, role=None)
        if section.role or not section.path.endswith(".0"):
            kept.append(section)
    return tuple(kept)


#: 一、, over the sentences below a form; 1. begins one of its notes
OF_NOTES = re.compile("[一二三四五六七八九十]+、")


def _below_form(document: Document, section: Section) -> bool:
    """Whether a heading stands outside of the form's cells, over sentences: numbered 一、, or of no number and no 其他说明."""
    outside = document.blocks[section.block].kind == "paragraph"
    led = OF_NOTES.match(section.number) if section.number else section.role != "other"
    return bool(outside and led and "。" in section.text)


#: 资金管理, in a project's report how the money is watched: no execution of a budget
MANAGED = re.compile(r"^(?!.*(?:执行|支付|支出|使用)).*(?:管理|监管|过程)")

#: 资金, 项目资金情况: titles that name no use
FUNDS = re.compile(r"(?:资金|经费)(?:总体|基本)?(?:情况)?|项目(?:资金|经费)(?:总体|基本)?情况")
#: and how their text says that the money's use is told there
SPENT = re.compile(r"(?:支出|支付|拨付|发放|使用)(?:了|资金|金额)?\s*[\d,.]+\s*[万亿]?元")


def _of_a_project(section: Section, paying: bool) -> bool:
    """Whether a section may have its role in a project's report; `paying`: another tells of what was paid."""
    title = section.title.strip()
    if section.role in ("budgeting", "functions", "annual_work"):
        return False  # a department's
    if section.role == "execution":
        return not MANAGED.search(title)
    if section.role == "spending":
        told = FUNDS.fullmatch(title) and not paying and SPENT.search(section.text)
        return bool(USED.search(title) or told)
    return True


#: sections on money, below which 预算安排 and 支出执行 are lines of that account; only a title in these words is a section on
#: how the budget was made, or carried out
ON_MONEY = re.compile("预算|资金|收支|支出|经费|决算|钱")
OWN: dict[Role, re.Pattern[str]] = {"budgeting": re.compile("编"), "execution": re.compile("预算执行")}
#: titles on how the budget was carried out, by their words alone
CARRIED_OUT = re.compile("预算执行|执行率|^(?:项目)?执行情况")
#: 绩效目标完成情况 is on the benefits where it tells of them, on the output alone where it does not
GOALS_MET = re.compile("(?:目标|指标|任务)的?(?:完成|实现|达成)[^效]*$")
BENEFIT = re.compile("满意|效益")


def plain_roles(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with the roles that a reader would give them. Figures are read with more: 预算安排 below 部门收支情况 says
    what its amounts are, and is no section on budgeting."""
    kept = [replace(one, role=None) if _less(one, sections) else one for one in sections]
    if all(one.role != "spending" for one in kept):
        kept = [also for one in kept for also in _on_spending(one)]
    return tuple(one for one in kept if one.role or not one.path.endswith(".0"))


def _less(section: Section, sections: tuple[Section, ...]) -> bool:
    """Whether a section is less than its role: a line of the account that it stands in, or goals that were met."""
    title = fold(section.title)
    if section.role == "benefits":
        below = [one for one in sections if one.path.startswith(f"{section.path}.")]
        told = (section.text, *(f"{one.title}{one.text}" for one in below))
        return bool(GOALS_MET.search(title)) and not any(map(BENEFIT.search, told))
    own = OWN.get(section.role) if section.role else None
    if own is None or own.search(title):
        return False
    above = (fold(one.title) for one in sections if section.path.startswith(f"{one.path}."))
    return any(ON_MONEY.search(one) and not re.search("绩效|管理", one) for one in above)


def _on_spending(section: Section) -> tuple[Section, ...]:
    """The section on the execution as the one on the spending where there is none: 部门预算及执行情况, 资金执行; as both where
    its title is on the execution alone and it is one of the report's parts: 三、预算执行情况."""
    proof = lexicon().kind("spending").proof
    if section.role != "execution" or not (proof and proof.search(section.text)):
        return (section,)
    if not CARRIED_OUT.search(fold(section.title)):
        return (replace(section, role="spending"),)
    if section.level > 1:
        return (section,)
    return (replace(section, path=f"{section.path}.0", role="spending"), section)


def _drafts(document: Document, found: list[Heading], levels: tuple[int, ...]) -> list[Draft]:
    counts = [0] * 9
    drafts: list[Draft] = []
    open_at: list[int] = []
    body = list(document.body())
    closing = _closing_lines(body)
    for i, (heading, level) in enumerate(zip(found, levels, strict=True)):
        counts[level - 1] += 1
        counts[level:] = [0] * (len(counts) - level)
        path = ".".join(str(count) for count in counts[:level])
        del open_at[level - 1 :]
        parent = open_at[-1] if open_at else None
        open_at.append(i)
        after = next((j for j in range(i + 1, len(found)) if levels[j] <= level), None)
        stop = _begins(document, found[after]) if after is not None else (len(document.blocks), 0)
        inside = [block for block in body if heading.block <= block.index and (block.index, 0) < stop]
        text = _text(inside, heading, stop, closing)
        filled = [block.index for block in inside if block.text.strip() and block.index not in closing]
        drafts.append(Draft(heading, level, path, parent, max(filled, default=heading.block), text))
    return drafts


def _begins(document: Document, heading: Heading) -> tuple[int, int]:
    """Where what is before a heading ends: blanks that indent it are of no other section."""
    indent = not document.blocks[heading.block].text[: heading.start].strip()
    return heading.block, 0 if indent else heading.start


def _closing_lines(body: list[Block]) -> frozenset[int]:
    """The signature at the end: a name and a date alone on their lines belong to no section."""
    paragraphs = [block for block in body if block.kind == "paragraph" and block.text.strip()]
    for at in range(len(paragraphs) - 1, max(len(paragraphs) - 6, 0), -1):
        if DATE_LINE.match(paragraphs[at].text) and re.search(r"[年.\-/]", paragraphs[at].text):
            lines = {paragraphs[at].index}
            if NAME_LINE.match(paragraphs[at - 1].text) and len(paragraphs[at - 1].text.strip()) > 3:
                lines.add(paragraphs[at - 1].index)
            return frozenset(lines)
    return frozenset()


def _text(inside: list[Block], heading: Heading, stop: tuple[int, int], closing: frozenset[int]) -> str:
    prose: list[str] = []
    cells: list[str] = []
    for block in inside:
        if block.index in closing:
            continue
        first = heading.end if block.index == heading.block else 0
        last = stop[1] if block.index == stop[0] else len(block.text)
        piece = block.text[first:last].lstrip("。：:；; \u3000\t\n").rstrip()
        if not piece:
            continue
        sentence = len(piece) >= 20 and "。" in piece
        (prose if block.kind == "paragraph" or heading.in_table or sentence else cells).append(piece)
    return "\n".join(prose or cells)
