"""Rules that the report speaks of one year and one department."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from schema.report import Remark
from schema.rules.figures import Book, at, doubt, fold
from schema.rules.kinds import Rule, Trial, not_run

PLACES = {"title": "标题", "cover": "封面", "body": "正文", "table": "表格"}


def one_year(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """Title, cover and body speak of one fiscal year, and the report was filed after it."""
    return Rule(
        rule_id,
        zh,
        "warning",
        "consistency",
        _years,
        meaning,
        "标题、封面、正文年度一致；填报日期晚于年度末",
        clause,
    )


def _year_of(remark: Remark) -> int | None:
    found = re.search(r"\d{4}", remark.about or "")
    return int(found[0]) if found else remark.period


def _years(book: Book) -> Iterator[Trial]:
    said = [(year, r) for r in book.report.remarks if r.kind == "year" and (year := _year_of(r))]
    year = book.year
    if year is None or not said:
        yield not_run("fiscal_year", "标题、封面或正文写明的年度")
    else:
        strange = [(y, r) for y, r in said if y != year]
        usual = next((r for y, r in said if y == year), None)
        if not strange:
            yield Trial("fiscal_year", "held")
        else:
            other, remark = strange[0]
            where = PLACES.get(remark.where or "body", "正文")
            own = (
                f"{PLACES.get(usual.where or 'body', '正文')}为{year}年度" if usual else f"评价年度为{year}年"
            )
            yield Trial(
                "fiscal_year",
                "broken",
                message=f"{where}写的是{other}年度（“{remark.evidence.text}”{at(remark.evidence)}），而{own}",
                stated=str(other),
                expected=str(year),
                evidence=(remark.evidence, *((usual.evidence,) if usual else ())),
            )
    yield from _filed(book)


def _filed(book: Book) -> Iterator[Trial]:
    dates = book.texts("filed_on")
    if not dates or book.year is None:
        yield not_run("filed_on", "填报日期" if not dates else "评价年度")
        return
    fact = dates[0]
    try:
        filed = date.fromisoformat(fact.text or "")
    except ValueError:
        yield not_run("filed_on", "可辨认的填报日期")
        return
    if filed >= date(book.year, 12, 31):
        yield Trial("filed_on", "held")
        return
    yield Trial(
        "filed_on",
        "broken",
        message=f"填报日期写为{fact.evidence.text}{at(fact.evidence)}，早于评价年度{book.year}年结束，"
        f"{book.year}年的绩效不可能已经自评{doubt([fact])}",
        stated=fact.text,
        expected=f"{book.year}年12月31日以后",
        evidence=(fact.evidence,),
    )


#: what an office adds to its name or leaves out of it without becoming another one
_TAILS = re.compile(r"(?:机关|本级|部门|单位|党组|委员会|办公室|（本级）)+$")


def same_department(one: str, other: str) -> bool:
    """Whether two names can be of one department: one holds the other, or abbreviates it.

    >>> same_department("县工商联", "惠东县工商业联合会")
    True
    >>> same_department("惠东县教育局", "惠东县工商业联合会")
    False
    """
    a, b = (_TAILS.sub("", re.sub(r"[（）()]", "", fold(name))) or fold(name) for name in (one, other))
    short, long = sorted((a, b), key=len)
    if short in long:
        return True
    letters = iter(long)
    return all(letter in letters for letter in short)


def one_department(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """The body names no other department as the reporting one."""
    return Rule(
        rule_id, zh, "error", "consistency", _departments, meaning, "正文中的单位名称 = 封面单位名称", clause
    )


def _departments(book: Book) -> Iterator[Trial]:
    own = book.report.department
    said = [r for r in book.report.remarks if r.kind == "department" and r.about]
    if not own or not said:
        yield not_run("department", "部门名称" if not own else "正文中自称的单位名称")
        return
    aliases = [own, *(f.text for f in book.texts("department") if f.text)]
    strange = [r for r in said if not any(same_department(str(r.about), name) for name in aliases)]
    if not strange:
        yield Trial(own, "held")
    for name in dict.fromkeys(str(r.about) for r in strange):
        places = [r for r in strange if r.about == name]
        yield Trial(
            name,
            "broken",
            message=f"封面的部门名称是“{own}”，正文却把“{name}”写作填报单位{at(*(r.evidence for r in places))}，"
            "疑似照抄其他单位的材料",
            stated=name,
            expected=own,
            evidence=tuple(r.evidence for r in places),
        )
