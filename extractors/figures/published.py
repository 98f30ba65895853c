"""What reports copy from the published accounts and what is no year's income or spending where they tell that beside it
(部门决算公开): 收入总计 and 支出总计, both sides with what was carried over, which balance; 一般公共预算财政拨款支出, the one
fund's part of 本年支出合计; and 部门预算收入, what was only to come in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.figures.proving.carried import SIDES
from schema.report import Fact

#: what a side is called with all that was carried over
GRAND = re.compile(r"(?<!本年)(?<!当年)(?:收入|支出|收[、和]?支)(?:决算)?总计(?:均|各|都)?[为是]?\s?$")
#: 2023年度收入、支出总计9,867.45万元: both at once
BOTH = re.compile(r"收入?[、和与及]?支出?(?:决算)?总计(?:均|各|都)?[为是]?\s?$")
#: 与上年相比，收、支总计各增加186.32万元
MOVED = re.compile(r"(?:收入|支出|收[、和]?支)总计(?:均|各|都)?[^，。；\d]{0,6}$")
#: 一般公共预算财政拨款支出年初预算为2,054.30万元，支出决算为2,150.22万元，完成年初预算的104.67%
OF_FUND = re.compile(r"一般公共预算(?:财政)?(?:拨款)?支出|财政拨款(?:本年)?支出")
#: 2023年部门预算收入52,386.74万元，其中：财政拨款21,405.62万元
OF_INCOME_PLANNED = re.compile(r"(?:部门|年初|单位)?预算(?:总)?收入(?:总额|合计|总计)?[为是]?\s?(?:\d|$)")
INCOME = frozenset({"income.total", "income.fiscal"})
#: what such a sentence may have been taken for
TOTALS = frozenset({"budget.total", "spending.total", "rate.total"})
#: how far before it stands what names a side
REACH = 40


def as_published(
    facts: Sequence[Fact], tabled: Sequence[Fact], sources: Mapping[int, str], year: int | None
) -> list[Fact]:
    """The facts of running text that the report copied so, and that are none of what it tells beside them, in its text
    (`sources`, by block) or its tables."""
    told = (facts, tabled, sources, year)
    return [*_grand_totals(*told), *_fund_totals(*told), *_planned_income(*told)]


def _grand_totals(
    facts: Sequence[Fact], tabled: Sequence[Fact], sources: Mapping[int, str], year: int | None
) -> list[Fact]:
    """The facts that are a side's grand total or the change of one, where the year's own is told beside it and either
    both sides balance or what was carried over makes the difference."""
    grand = [
        one for one in facts if one.concept in SIDES and one.period == year and GRAND.search(_lead(one, sources))
    ]  # fmt: skip
    found: list[Fact] = []
    for one in grand:
        carried = {other.number for other in facts if other.concept == SIDES[one.concept]}
        balanced = BOTH.search(_lead(one, sources)) or any(
            other.concept != one.concept and other.number == one.number for other in grand
        )
        if any(
            (other.concept, other.period) == (one.concept, year)
            and other not in grand
            and other.number < one.number
            and (balanced or one.number - other.number in carried)
            for other in (*facts, *tabled)
        ):
            found.append(one)
    told = {one.evidence.block for one in found}
    found += [
        one for one in facts
        if one.concept.startswith("change.") and one.evidence.block in told and one.subject in SIDES
        and MOVED.search(_clause(one, sources))
    ]  # fmt: skip
    return found


def _fund_totals(
    facts: Sequence[Fact], tabled: Sequence[Fact], sources: Mapping[int, str], year: int | None
) -> list[Fact]:
    """The facts of sentences on the one fund's spending, where the report tells more spent by the whole department."""
    of_fund = [
        one for one in facts
        if one.period == year
        and (one.concept in TOTALS or (one.concept.startswith("change.") and one.subject == "spending.total"))
        and OF_FUND.search(_sentence(one, sources))
    ]  # fmt: skip
    spent = [one.number for one in (*facts, *tabled) if (one.concept, one.period) == ("spending.total", year)]
    of_it = [one.number for one in of_fund if one.concept == "spending.total"]
    return of_fund if of_it and 0 < max(of_it) < max(spent) else []


def _planned_income(
    facts: Sequence[Fact], tabled: Sequence[Fact], sources: Mapping[int, str], year: int | None
) -> list[Fact]:
    """The facts of sentences on the income that was planned, where the report tells elsewhere what came in."""
    income = [one for one in facts if one.concept in INCOME and one.period == year]
    planned = [one for one in income if OF_INCOME_PLANNED.search(_sentence(one, sources))]
    came = any(one.concept == "income.total" and one not in planned for one in (*income, *tabled))
    return planned if came else []


def _sentence(one: Fact, sources: Mapping[int, str]) -> str:
    return sources.get(one.evidence.block, "")[: one.evidence.start].rpartition("。")[2]


def _lead(one: Fact, sources: Mapping[int, str]) -> str:
    end = one.evidence.start
    return sources.get(one.evidence.block, "")[max(0, end - REACH) : end]


def _clause(one: Fact, sources: Mapping[int, str]) -> str:
    """What stands before a change, without the amount that its rate follows: 各增加186.32万元，增长8.74%."""
    return re.sub(r"\d[\d,.]*\s?(?:亿|万)?元[，,、（(]?[^，。；\d]{0,6}$", "", _lead(one, sources))
