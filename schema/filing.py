"""Under which department and year a report is filed, where a reviewer says otherwise than its cover was read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeVar

from schema.report import Evidence, Fact, ProjectList, Remark, Report

Dated = TypeVar("Dated", Fact, Remark)
YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Filing:
    """A reviewer's word; `year` is the fiscal year."""

    who: str
    department: str
    year: int


class NotAFiling(ValueError):
    """No department or no year: the message is one Chinese sentence."""


def filing_of(who: str, department: str, year: str) -> Filing:
    """From what a reviewer typed. Raises NotAFiling."""
    name = " ".join(department.split())
    if not 2 <= len(name) <= 100:
        raise NotAFiling("请填写部门的全称")
    if not re.fullmatch(r"\d{4}", year.strip()) or int(year) not in YEARS:
        raise NotAFiling("年度应为四位数字，如2023")
    return Filing(who, name, int(year))


def filed(report: Report, filing: Filing) -> Report:
    """The report under this department and year. What was taken for the old year or the one before because
    the text only says 本年 or 上年 follows the year; a year that stands beside a figure stays."""
    if (report.department, report.fiscal_year) == (filing.department, filing.year):
        return report
    moved = {fact: _moved(fact, report.fiscal_year, filing.year) for fact in report.facts}
    return replace(
        report, department=filing.department, fiscal_year=filing.year, facts=tuple(moved.values()),
        remarks=tuple(_moved(one, report.fiscal_year, filing.year) for one in report.remarks),
        project_lists=tuple(_listed(each, report.fiscal_year, filing.year) for each in report.project_lists),
    )  # fmt: skip


def follows(period: int | None, old: int | None, new: int) -> int | None:
    """The year that takes a period's place when the report's year changes."""
    if old is None:
        return new if period is None else period
    return period + new - old if period in (old, old - 1) else period


def _moved(one: Dated, old: int | None, new: int) -> Dated:
    if isinstance(one, Fact) and (
        one.corrected_by or one.concept in ("department", "fiscal_year", "filed_on")
    ):
        return one
    if isinstance(one, Remark) and one.kind in ("year", "department"):
        return one
    if one.period is not None and _written(one.period, one.evidence):
        return one
    period = follows(one.period, old, new)
    return one if period == one.period else replace(one, period=period)


def _written(year: int, evidence: Evidence) -> bool:
    """Whether the sentence names the year itself."""
    return re.search(rf"(?<!\d){year}(?!\d)", evidence.context or evidence.text) is not None


def _listed(found: ProjectList, old: int | None, new: int) -> ProjectList:
    total = _moved(found.total, old, new) if found.total else None
    return replace(found, total=total, parts=tuple(_moved(part, old, new) for part in found.parts))
