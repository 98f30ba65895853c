"""The fiscal year that a report is of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from extractors.context import Context
from extractors.dates import YEAR, han_year
from extractors.places import Span, sure
from schema.document import Block
from schema.quantity import Quantity
from schema.report import Fact

FORM_YEAR = re.compile(r"^\s*[（(]?\s*(?P<year>[2２][0０]\d\d)\s*年?\s*度?\s*[）)]?\s*$")


def read_year(
    context: Context, places: dict[str, list[Span]], titles: list[Block], filed: list[Fact]
) -> list[Fact]:
    """The report's own year: of the title, else of a label, else the one that its figures are of."""
    facts = []
    body = list(context.document.body())
    for block in titles:
        for found in () if _spans(block.text) else YEAR.finditer(block.text):
            if year := _year(found):
                facts.append(
                    _year_fact(context, Span(block.index, found.start(), found.end(), 1, 1, False), year)
                )
                break
    for span in places.get("fiscal_year", []):
        text = context.document.blocks[span.block].text
        stated = re.compile(r"[2２][0０]\d\d").search(text, span.start, span.end)
        spans = _spans(text[span.start : span.end])
        if (
            stated
            and not spans
            and span.region != 4
            and len(text[span.start : span.end].strip()) <= 30
            and not _heads_columns(context.document.blocks[span.block], body)
        ):
            place = replace(span, start=stated.start(), end=stated.end())
            facts.append(_year_fact(context, place, int(stated.group())))
    for block in body[:30]:
        form = FORM_YEAR.match(block.text)
        if form and not _heads_columns(block, body):
            place = Span(block.index, form.start("year"), form.end("year"), 0, 1, False)
            facts.append(_year_fact(context, place, int(form.group("year"))))
    spoken = _spoken_year(context, filed)
    if not facts:
        return spoken
    agreed = year_before(filed)
    told = spoken and spoken[0].number == agreed and _told_as_own(context, agreed)
    titled = int(facts[0].number)
    early = (
        agreed is not None and titled > agreed and _told_as_own(context, titled)
    )  # filed before its year ended
    if told and not early and all(fact.number != agreed for fact in facts):
        return [*spoken, *facts]  # a title left from another year
    return facts


#: 评价年度：2022年至2023年 · （2022—2023年度）
SPAN = re.compile(r"(?P<from>20\d\d)\s?年?度?\s?(?:至|到|[-—–~～]+)\s?(?P<to>20\d\d)(?!\s?年?\s?[-—.\d])")


def _spans(text: str) -> bool:
    """Whether words name the years from one to another, so that no single one is the report's."""
    return any(found["from"] != found["to"] for found in SPAN.finditer(text))


def year_before(filed: list[Fact]) -> int | None:
    """The year before the one in which a report was filed."""
    return int((filed[0].text or "0")[:4]) - 1 if filed else None


def _told_as_own(context: Context, year: int | None) -> bool:
    """Whether the body says a year as a report says its own: 2022年度, 2022年末; not 2022年批了初步设计."""
    return any(
        _year(found) == year
        and (OWN_YEAR.match(block.text, found.end()) or OURS.match(block.text, found.end()))
        for block in context.document.body()
        for found in YEAR.finditer(block.text)
        if not OTHER_YEAR.search(block.text, 0, found.start())
    )


def _heads_columns(block: Block, body: list[Block]) -> bool:
    """Whether the year in a cell is one of several in its table: 2021年 | 2022年 | 2023年."""
    if block.kind != "cell":
        return False
    forms = [FORM_YEAR.match(other.text) for other in body if other.table == block.table]
    return len({form["year"] for form in forms if form}) > 1


def _year(found: re.Match[str]) -> int | None:
    if found.group("han"):
        return han_year(found.group("han"))
    return int(re.sub(r"\s", "", found.group("year")))


def _year_fact(context: Context, span: Span, year: int) -> Fact:
    evidence = context.evidence(span.block, span.start, span.end)
    return Fact("fiscal_year", evidence, Quantity(Decimal(year)), confidence=sure(context, span))


#: words before a year that make it another year, and words behind it that make it the report's own
OTHER_YEAR = re.compile(
    r"(?:(?:上年|上一?年度?|去年|往年)[^，。；]{0,4}[（(]|比|较|与|同比|对比|截止到|至|从|自|到|于|争取|力争|计划|预计|拟|将|《|〔|\[|【)\s*$"
)
OWN_YEAR = re.compile(
    r"\s*年(?:\s*度|\s*(?:年末|末|底|全年)(?![\u3400-\u9fff]{0,2}[入批启开成])|\s*12\s*月\s*31)"
)
#: 2022年，我局… · 2022年部门支出…
OURS = re.compile(
    r"\s*年[，,]?(?:我|本|全|部门|单位|整体|预算|决算|收|支|财政|绩效|年初|年末|共|实际|安排|完成|项目|基本)"
)
#: 2024年1月, and 2023年底入选第二批支持县: when something happened
MONTH = re.compile(r"\s*年\s*(?:\d{1,2}\s*月|(?:末|底)[\u3400-\u9fff])")


def _spoken_year(context: Context, filed: list[Fact]) -> list[Fact]:
    filed_year = int((filed[0].text or "0")[:4]) if filed else None
    weights: dict[int, float] = defaultdict(float)
    first: dict[int, Span] = {}
    for block in context.document.body():
        for found in YEAR.finditer(block.text):
            year = _year(found)
            if year is None or not 2005 <= year <= 2100 or OTHER_YEAR.search(block.text, 0, found.start()):
                continue
            after = found.end()
            weight = (
                2.0 if OWN_YEAR.match(block.text, after) else 0.3 if MONTH.match(block.text, after) else 1.0
            )
            weights[year] += weight
            if weight >= 1 or year + 1 == filed_year:
                first.setdefault(year, Span(block.index, found.start(), found.end(), 4, 1, False))
    for year in weights:
        if filed_year is not None:
            weights[year] *= 2.5 if year == filed_year - 1 else 0.6 if year >= filed_year else 1.0
    ranked = sorted((year for year in weights if year in first), key=lambda year: (-weights[year], -year))
    return [_year_fact(context, first[ranked[0]], ranked[0])] if ranked else []
