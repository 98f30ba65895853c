"""Rules of the kind "a value lies within its limits": ratings, budgets, establishments, years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from schema.finding import Calculation, Operand, plain
from schema.quantity import Interval
from schema.report import Evidence, Fact, Grade, Remark
from schema.rules.figures import Book, Figure, Key, at, doubt, fold, in_unit, operand
from schema.rules.kinds import Need, Rule, Trial, not_run

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scale:
    """Grades with their lowest share of full marks in percent, from the best down."""

    bands: tuple[tuple[Grade, Decimal], ...]
    clause: str
    evidence: tuple[Evidence, ...] = ()

    def grade(self, share: Decimal) -> Grade:
        return next((grade for grade, low in self.bands if share >= low), self.bands[-1][0])

    def told(self, grade: Grade) -> str:
        """A grade's band for people: 80（含）—90."""
        lows = [low for _, low in self.bands]
        index = [g for g, _ in self.bands].index(grade)
        top = plain(lows[index - 1]) if index else ""
        if not index:
            return f"{plain(lows[0])}（含）以上"
        return f"{top}以下" if lows[index] <= 0 else f"{plain(lows[index])}（含）—{top}"


#: the five grades, for a report that uses 低 where its province says nothing
FIVE = Scale(
    (("优", Decimal(90)), ("良", Decimal(80)), ("中", Decimal(70)), ("低", Decimal(60)), ("差", Decimal(0))),
    "五级制：90、80、70、60分为界",
)


def band(rule_id: str, *, of: str, by: str, full: str, zh: str, meaning: str, clause: str) -> Rule:
    """The grade `of` is the one of the band that the score `by` (out of `full`) lies in."""
    engine = partial(_rated, of=of, by=by, full=full)
    return Rule(
        rule_id, zh, "error", "consistency", engine, meaning, f"{of} = 等级表（{by} ÷ {full}）", clause
    )


def own_scale(book: Book) -> Scale | None:
    """The bands that the report itself states, where they leave no grade open."""
    stated = book.report.bands
    full = _full(book)
    lows: dict[Grade, Decimal] = {}
    highs = [b.high for b in stated if b.high is not None]
    for each in stated:
        low = each.low
        if low is None:  # "below 60": it begins where nothing else does
            low = Decimal(0) if each.high is not None and each.high <= min(highs) else None
        if low is not None:
            lows[each.grade] = low * HUNDRED / full
    if len(lows) < 2:
        return None
    bands = sorted(lows.items(), key=lambda item: -item[1])
    if bands[-1][1] > 0 and bands[-1][0] != "差":
        bands.append(("差", Decimal(0)))
    return Scale(tuple(bands), "报告自述的等级标准", tuple(b.evidence for b in stated))


def _full(book: Book) -> Decimal:
    stated = book.of("score.full")
    numbers = {f.best.number for f in stated if book.open(f) and f.best.number > 0}
    if len(numbers) == 1:
        return numbers.pop()
    return HUNDRED


def _rated(book: Book, of: str, by: str, full: str) -> Iterator[Trial]:
    ratings, scores = book.texts(of), [f for f in book.of(by) if f.key.period == book.year]
    scores = scores or book.of(by)
    if not ratings or not scores:
        lacks = [*([] if ratings else ["绩效等级"]), *([] if scores else ["自评总分"])]
        yield not_run(of, *lacks)
        return
    score, rating = scores[0], ratings[0]
    if not book.open(score) or Key(of, book.year) in book.blocked:
        yield not_run(of, "自评总分或绩效等级前后不一致")
        return
    yield _graded(book, of, rating, score)


def _graded(book: Book, of: str, rating: Fact, score: Figure) -> Trial:
    profile = book.profile
    marks = _full(book)
    if score.best.number > marks:
        return not_run(of, f"自评总分{score.said}超过满分{plain(marks)}")
    share = score.best.number * HUNDRED / marks
    written: Grade = rating.text  # type: ignore[assignment]
    own = own_scale(book)
    scale = own or Scale(profile.bands, profile.bands_source.clause)
    if not own and written == "低" and "低" not in dict(scale.bands):
        scale = FIVE
    right = scale.grade(share)
    scaled = (
        ""
        if marks == HUNDRED
        else f"（满分{plain(marks)}分，折合{plain(share.quantize(Decimal('0.01')))}分）"
    )
    calculation = Calculation(
        f"{score.said}{scaled} → {right}（{scale.told(right)}分）",
        (
            operand("自评总分", score),
            Operand("绩效等级", rating.evidence.text, Interval.exactly(share), rating.evidence),
        ),
        Interval.exactly(share),
    )
    needs = (Need(Key(of, book.year)), Need(score.key))
    reading = "（分档按“达到下限即归入”理解）"
    if right == written:
        return Trial(of, "held", calculation=calculation, needs=needs)
    unsure = not own and not profile.bands_source.confirmed and _generic(share) == written
    return Trial(
        of,
        "broken",
        calculation=calculation,
        message=(
            f"绩效等级写为“{rating.evidence.text}”{at(rating.evidence)}，自评总分{score.said}"
            f"{at(score.evidence)}{scaled}落在{scale.told(right)}分一档，等级应为“{right}”{reading}"
            + ("；本省分档标准有待核对，请以正式文件为准" if unsure else "")
            + doubt([rating, score.best])
        ),
        stated=written,
        expected=right,
        evidence=(rating.evidence, score.evidence, *scale.evidence),
        severity="notice" if unsure else None,
        clause=scale.clause,
        needs=needs,
    )


def _generic(share: Decimal) -> Grade:
    """The grade by the ministry's four bands."""
    bands: tuple[tuple[Grade, int], ...] = (("优", 90), ("良", 80), ("中", 60))
    return next((grade for grade, low in bands if share >= low), "差")


def over_budget(
    rule_id: str, *, pairs: tuple[tuple[str, str], ...], zh: str, meaning: str, clause: str
) -> Rule:
    """Spending is not above its budget: the adjusted one, else the unstaged, else the initial."""
    formula = "；".join(f"{spent} ≤ {budget}" for spent, budget in pairs)
    return Rule(rule_id, zh, "warning", "consistency", partial(_over, pairs=pairs), meaning, formula, clause)


def _over(book: Book, pairs: tuple[tuple[str, str], ...]) -> Iterator[Trial]:
    for spent_id, budget_id in pairs:
        spent = [f for f in book.of(spent_id) if f.key.stage is None]
        if not spent:
            yield not_run(spent_id, book.label(Key(spent_id, book.year)))
        for figure in spent:
            yield _within(book, figure, budget_id)


def _within(book: Book, spent: Figure, budget_id: str) -> Trial:
    key = spent.key
    subject = spent.subject or key.concept
    staged = {f.key.stage: f for f in book.any_stage(budget_id, key.period, key.subject)}
    limits = [f for stage in ("adjusted", None, "initial") if (f := staged.get(stage))]
    if not limits:
        return not_run(subject, book.label(Key(budget_id, key.period, None, key.subject)))
    budget = limits[0]
    if not book.open(spent) or not book.open(budget):
        names = (book.label(f.key) for f in (spent, budget) if not book.open(f))
        return not_run(subject, *(f"{name}前后不一致" for name in names))
    opening = book.find("carryover.opening", key.period) if budget_id == "budget.total" else None
    room = budget.interval
    most = max(f.either.high for f in limits)
    if opening and book.open(opening) and opening.interval.high > 0:
        most += opening.either.high
    calculation = Calculation(
        f"{spent.said} ≤ {budget.said}",
        (
            operand(book.label(key, spent.subject), spent),
            operand(book.label(budget.key, spent.subject), budget),
        ),
        room.at_most(),
    )
    needs = (
        Need(key, room.at_most()),
        Need(budget.key, Interval(spent.interval.low, Decimal("Infinity"))),
    )
    if spent.interval.low <= room.high:
        return Trial(subject, "held", calculation=calculation, needs=needs)
    label, limit = book.label(key, spent.subject), book.label(budget.key, spent.subject)
    covered = spent.interval.low <= most
    only_initial = budget.key.stage == "initial"
    more = in_unit(spent.best, spent.best.number - budget.best.number)
    return Trial(
        subject,
        "broken",
        calculation=calculation,
        message=(
            f"{label}{spent.said}{at(spent.evidence)}超过{limit}{budget.said}{at(budget.evidence)}，多出{more}"
            + ("；加上年初结转或按另一预算数则不超" if covered else "")
            + ("；如有预算调整，请写明调整后预算数" if only_initial else "")
            + doubt([spent.best, budget.best])
        ),
        stated=spent.said,
        expected=f"不超过{budget.said}",
        evidence=(spent.evidence, budget.evidence),
        severity="notice" if covered else None,
        needs=needs,
    )


def over_staff(
    rule_id: str, *, pairs: tuple[tuple[str, str], ...], zh: str, meaning: str, clause: str
) -> Rule:
    """People on post are not more than the establishment: in total, else in a category."""
    formula = "；".join(f"{actual} ≤ {most}" for actual, most in pairs)
    return Rule(
        rule_id, zh, "warning", "consistency", partial(_staffed, pairs=pairs), meaning, formula, clause
    )


def _staffed(book: Book, pairs: tuple[tuple[str, str], ...]) -> Iterator[Trial]:
    told = False
    for actual_id, most_id in pairs:  # the total comes first: its finding speaks for the categories
        actual, most = book.find(actual_id, book.year), book.find(most_id, book.year)
        if not actual or not most:
            gone = [book.label(Key(c, book.year)) for c, f in ((actual_id, actual), (most_id, most)) if not f]
            yield not_run(actual_id, *gone)
            continue
        if not book.open(actual) or not book.open(most):
            yield not_run(actual_id, f"{book.label(actual.key)}或{book.label(most.key)}前后不一致")
            continue
        calculation = Calculation(
            f"{actual.said} ≤ {most.said}",
            (operand(book.label(actual.key), actual), operand(book.label(most.key), most)),
            most.interval.at_most(),
        )
        needs = (Need(actual.key, most.interval.at_most()),
                 Need(most.key, Interval(actual.interval.low, Decimal("Infinity"))))  # fmt: skip
        if told or actual.interval.low <= most.interval.high:
            yield Trial(actual_id, "held", calculation=calculation, needs=needs)
            continue
        told = actual_id == "staff.actual"
        more = plain(actual.best.number - most.best.number)
        yield Trial(
            actual_id,
            "broken",
            calculation=calculation,
            message=f"{book.label(actual.key)}{actual.said}{at(actual.evidence)}，超过"
            f"{book.label(most.key)}{most.said}{at(most.evidence)}，多{more}人{doubt([actual.best, most.best])}",
            stated=actual.best.value,
            expected=f"不超过{most.best.value}",
            evidence=(actual.evidence, most.evidence),
            needs=needs,
        )


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
