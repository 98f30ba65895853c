"""Rules of completeness: what the profile asks for, and what the template left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schema.catalogue import BY_ID
from schema.finding import Severity
from schema.profile import outline_fits
from schema.report import Remark, RemarkKind, Report, Role, Section
from schema.rules.comparison import malformed
from schema.rules.figures import Book, at
from schema.rules.kinds import Rule, Trial, not_run

ROLE_ZH: dict[Role, str] = {
    "functions": "部门职能", "annual_work": "年度工作", "goals": "绩效目标", "spending": "部门整体支出情况",
    "conclusion": "自评结论", "budgeting": "预算编制情况", "execution": "预算执行情况",
    "benefits": "预算使用效益", "problems": "存在问题", "improvements": "改进措施", "other": "其他自评情况",
}  # fmt: skip
#: kinds of document that have an outline
PROSE = ("department_report", "project_report")


def required_sections(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """Each section that the profile's outline requires is there; a gap counts as a fault only where
    that outline is surely the one in use, and is a notice otherwise."""
    return Rule(
        rule_id, zh, "error", "completeness", _missing, meaning, "提纲要求的章节 ⊆ 报告的章节", clause
    )


def _missing(book: Book) -> Iterator[Trial]:
    report, profile = book.report, book.profile
    if report.kind != "department_report" or not report.sections:
        yield not_run(None, "有提纲的部门整体自评报告")
        return
    fits = outline_fits(report, profile)
    there = {s.role for s in report.sections}
    wanted = dict.fromkeys((*(profile.outline if fits else ()), *profile.core))
    if not wanted:
        yield not_run(None, "适用的报告提纲")
    for role in wanted:
        if role in there:
            yield Trial(role, "held")
            continue
        surely = fits and role in profile.outline
        yield Trial(
            role,
            "broken",
            message=f"没有找到“{ROLE_ZH[role]}”一节" + ("" if surely else "，如已写在其他章节中可不处理"),
            expected=ROLE_ZH[role],
            severity=None if surely else "notice",
            clause=profile.outline_source.clause,
        )


def filled_sections(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """A section with a known role has text under its heading; 无 is text."""
    return Rule(rule_id, zh, "error", "completeness", _empty, meaning, "章节标题下有正文", clause)


def _empty(book: Book) -> Iterator[Trial]:
    report = book.report
    if report.kind not in PROSE or not any(s.role for s in report.sections):
        yield not_run(None, "有提纲的自评报告")
        return
    for role in dict.fromkeys(s.role for s in report.sections if s.role):
        same = [s for s in report.sections if s.role == role]
        if any(_has_text(s) or _runs_on(report, s) for s in same):
            yield Trial(role, "held")
            continue
        section = same[0]
        heading = f"{section.number}{section.title}".strip()
        yield Trial(
            role,
            "broken",
            message=f"“{heading}”{_page(section)}只有标题，没有内容；确无内容的请写“无”",
            stated=heading,
            expected="正文",
            clause=book.profile.outline_source.clause,
        )


def _runs_on(report: Report, section: Section) -> bool:
    """Whether what follows a bare heading is a paragraph whose first words were taken for another:
    年度绩效目标：完成年度各项工作任务."""
    after = next((s for s in report.sections if s.block == section.last_block + 1), None)
    return after is not None and not after.number and (bool(section.number) or after.role is None)


def _has_text(section: Section) -> bool:
    """Prose, a table, or words glued to the heading after a colon or a full stop."""
    if section.text.strip() or section.last_block > section.block:
        return True
    title = section.title.rstrip("：:。．. ")
    return any(mark in title for mark in "：:。；") or len(title) > 40


def _page(section: Section) -> str:
    return f"（第{section.page}页）" if section.page else ""


def required_facts(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """Each fact that the profile requires is stated."""
    return Rule(rule_id, zh, "error", "completeness", _absent, meaning, "必填数据 ⊆ 报告的数据", clause)


def _absent(book: Book) -> Iterator[Trial]:
    report, profile = book.report, book.profile
    if report.kind != "department_report" or not profile.facts:
        yield not_run(None, "必填数据的规定")
        return
    if not outline_fits(report, profile):
        yield not_run(None, "适用的报告提纲")
        return
    there = {f.concept for f in report.facts}
    for concept in profile.facts:
        if concept in there:
            yield Trial(concept, "held")
        else:
            unread = _hinted(report, concept)
            yield Trial(
                concept,
                "broken",
                message=f"全文没有找到“{BY_ID[concept].zh}”，此项应当写明"
                + ("；自评结论一节似有相关文字，请核对" if unread else ""),
                expected=BY_ID[concept].zh,
                severity="notice" if unread else None,
                clause=profile.facts_source.clause,
            )


#: what the conclusion looks like where a fact stands in words that were not understood
HINTS = {
    "score.total": re.compile(r"\d(?:\.\d+)?\s*分|[一二三四五六七八九]十[一二三四五六七八九]?分|得分"),
    "rating": re.compile(r"优|良|等级|等次|档次|评[为定]"),
}


def _hinted(report: Report, concept: str) -> bool:
    hint = HINTS.get(concept)
    told = " ".join(s.text for s in report.sections if s.role == "conclusion")
    return bool(hint and hint.search(told))


def unreadable(report: Report) -> list[Remark]:
    """The cells of indicator tables that hold digits and no figure, those not remarked on already."""
    known = {r.evidence.block for r in report.remarks if r.kind == "malformed"}
    return [
        Remark("malformed", evidence, where="table")
        for table in report.tables
        for row in table.rows
        for name, evidence in (row.cells or {}).items()
        if name in ("target", "actual", "weight", "score")
        and evidence.block not in known
        and malformed(evidence.text)
    ]


def nothing_said(
    rule_id: str, *, kind: RemarkKind, says: str, wants: str, zh: str, meaning: str, clause: str,
    severity: Severity = "warning",
) -> Rule:  # fmt: skip
    """The text holds no remark of one kind. `says` is the message with {text} and {at} in it."""

    def engine(book: Book) -> Iterator[Trial]:
        found: dict[int, list[Remark]] = {}
        for remark in (*book.report.remarks, *(unreadable(book.report) if kind == "malformed" else ())):
            if remark.kind == kind:
                found.setdefault(remark.evidence.block, []).append(remark)
        if not found:
            yield Trial(None, "held")
        for remarks in found.values():  # one block gives one finding
            texts = "、".join(dict.fromkeys(f"“{r.evidence.text.strip()}”" for r in remarks))
            places = tuple(r.evidence for r in remarks)
            yield Trial(
                remarks[0].evidence.text.strip(),
                "broken",
                message=says.format(text=texts, at=at(*places)),
                stated=remarks[0].evidence.text.strip(),
                expected=wants,
                evidence=places,
            )

    return Rule(rule_id, zh, severity, "completeness", engine, meaning, "文中没有此类字样", clause)
