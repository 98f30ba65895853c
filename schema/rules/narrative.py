"""Rules that weigh what the prose claims against the figures it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from schema.finding import Calculation, Operand, plain
from schema.quantity import HUNDRED, Interval, quotient
from schema.report import CONTEXT, Evidence, Fact, Remark
from schema.rules.comparison import judge
from schema.rules.figures import Book, Figure, Key, at, doubt, fold, operand, same_subject
from schema.rules.kinds import Need, Rule, Trial, not_run
from schema.rules.ratios import Rate, denominators

#: words that admit a low figure: what stands beside them is no praise
ADMITS = re.compile(
    r"但|然而|偏低|较低|过低|不高|不足|未达|没有达到|未能|滞后|缓慢|较慢|偏慢|不理想|有待|欠佳|不佳|较差|下降|仅为|仅有|只有|不到|低于"
)
_STOPS = "。！？；\n"


@dataclass(frozen=True, slots=True)
class Level:
    """A rate as a claim may speak of it: stated, or recomputed where it was not stated."""

    subject: str
    label: str
    said: str
    interval: Interval
    evidence: tuple[Evidence, ...]
    facts: tuple[Fact, ...]
    calculation: Calculation | None = None
    needs: tuple[Need, ...] = ()


def claim(rule_id: str, *, rates: tuple[Rate, ...], zh: str, meaning: str, clause: str) -> Rule:
    """Praise of execution does not stand beside a rate below the profile's line."""
    engine = partial(_claims, rates=rates)
    return Rule(rule_id, zh, "warning", "consistency", engine, meaning, "称“较好”的执行率 ≥ 合格线", clause)


def _claims(book: Book, rates: tuple[Rate, ...]) -> Iterator[Trial]:
    claims = [r for r in book.report.remarks if r.kind == "good_execution" or _of_rate(r)]
    if not claims:
        yield not_run(None, "对执行情况的肯定性评价")
    told: set[str] = set()
    for remark in claims:
        for trial in _weigh(book, remark, rates):
            key = trial.subject or ""
            if trial.outcome == "broken" and key in told:
                continue  # the same rate praised twice is one contradiction
            if trial.outcome == "broken":
                told.add(key)
            yield trial
    if not told:  # of two contradictions the one of rates is told
        yield from _all_met(book)


def _all_met(book: Book) -> Iterator[Trial]:
    """年初绩效目标全部完成 beside rows that missed theirs: worth a look, as the words may mean others."""
    said = next(
        (
            r
            for r in book.report.remarks
            if r.kind == "completed" and r.about == "indicators" and ALL.search(r.evidence.context)
        ),
        None,
    )
    missed = [
        row
        for table in book.report.tables
        for row in table.rows
        if (
            found := judge(row.target, row.actual, name=row.name, subgroup=row.subgroup or "", year=book.year)
        )
        and found.verdict == "missed"
    ]
    if said is None or not missed or (said.period or book.year) != book.year:
        return
    names = "、".join(f"“{row.name}”" for row in missed[:3])
    yield Trial(
        "indicators",
        "broken",
        message=f"文中称“{said.evidence.text}”{at(said.evidence)}，而指标表中{names}{'等' if len(missed) > 3 else ''}没有达到指标值",
        stated=said.evidence.text,
        expected=f"{len(missed)}项指标没有达到",
        evidence=(
            said.evidence,
            *((missed[0].cells or {}).get("actual", row.evidence) for row in missed[:1]),
        ),
        severity="notice",
    )


#: 绩效目标、绩效指标 of the whole: not 各项工作任务 at large
ALL = re.compile(
    r"(?:绩效)?(?:目标|指标)[^，。；]{0,12}(?:全部|均|全面|100%)|(?:全部|均|全面)[^，。；]{0,8}(?:绩效)?(?:目标|指标)"
)


def _of_rate(remark: Remark) -> bool:
    """全部完成 said of execution or spending, not of work."""
    return (
        remark.kind == "completed"
        and bool(remark.about)
        and str(remark.about).startswith(("rate.", "spending.", "project.r"))
    )


def _weigh(book: Book, remark: Remark, rates: tuple[Rate, ...]) -> list[Trial]:
    levels = list(_levels(book, remark, rates))
    line = book.profile.execution_line
    low = [level for level in levels if level.interval.high < line]
    if not levels:
        return [not_run(remark.about, "所评价的执行率")]
    if not low:
        level = levels[0]
        return [Trial(level.subject, "held", calculation=level.calculation)]
    return [_contradicted(book, remark, level, line) for level in low[:1]]


def _contradicted(book: Book, remark: Remark, level: Level, line: Decimal) -> Trial:
    return Trial(
        level.subject,
        "broken",
        calculation=level.calculation,
        message=(
            f"文中称“{remark.evidence.text}”{at(remark.evidence)}，而{level.label}为{level.said}"
            f"{at(*level.evidence)}，低于{plain(line)}%，结论与数字不一致{doubt(level.facts)}"
        ),
        stated=remark.evidence.text,
        expected=f"{level.label}{level.said}",
        evidence=(remark.evidence, *level.evidence),
        needs=level.needs,
    )


def _levels(book: Book, remark: Remark, rates: tuple[Rate, ...]) -> Iterator[Level]:
    """The rates that a claim speaks of: those that follow it in its sentence, unless the words between
    admit them; and the rate that it names, wherever that is stated or can be computed."""
    about = _rate_of(remark, rates)
    period = remark.period or book.year
    subject = fold(remark.subject) if remark.subject else None
    if (project := _project_of(book, remark)) is not None:
        about, subject = next(r for r in rates if r.of == "project.rate"), fold(project)
    if subject is None and about and about.of == "project.rate" and book.report.called:
        subject = fold(book.report.called[0])  # of the whole, in a report that tells of its parts too
    general = about is None or about.of == "rate.total"
    for rate in rates:
        for figure in book.of(rate.of):
            if figure.key.period != period or not book.open(figure):
                continue
            beside = [f for f in figure.facts if _beside(remark, f) or _of_each(remark, f)]
            if not general and rate is not about:
                continue
            if subject and figure.key.subject and not same_subject(subject, figure.key.subject):
                continue
            if beside and not any(_admitted(remark, f) for f in beside) and _surely_low(book, figure):
                yield _stated(book, figure, beside[0])
    main = about or next((r for r in rates if r.of == "rate.total"), None)
    if main is not None:
        yield from _named(book, main, remark, period, subject)


#: 该项目资金执行情况良好
THIS = re.compile(r"(?:该|此|这[一个]?|本)项目")


def _project_of(book: Book, remark: Remark) -> str | None:
    """The project that a department's report praises in a paragraph on it: 该项目…, or no other money is told there."""
    if (
        book.report.kind.startswith("project")
        or remark.subject
        or remark.about not in (None, "rate.total", "rate.project")
    ):
        return None
    told = [f for f in book.report.facts if f.evidence.block == remark.evidence.block and f.quantity]
    of_projects = [f.subject for f in told if f.concept.startswith("project.")]
    this = THIS.search(remark.evidence.context[: _offset(remark.evidence)])
    return _only(of_projects) if this or len(told) == len(of_projects) else None


def _rate_of(remark: Remark, rates: tuple[Rate, ...]) -> Rate | None:
    about = remark.about or ""
    return next((r for r in rates if about in (r.of, r.part, r.whole)), None)


def _only(subjects: Iterable[str | None]) -> str | None:
    """The one subject there is, None where there are several."""
    found = set(subjects)
    return found.pop() if len(found) == 1 else None


def _named(
    book: Book, rate: Rate, remark: Remark, period: int | None, subject: str | None
) -> Iterator[Level]:
    if subject is None and rate.of == "project.rate":  # the only project of its report
        subject = _only(figure.key.subject for figure in book.of(rate.of))
    figure = book.find(rate.of, period, None, subject)
    if figure is None:
        staged = book.any_stage(rate.of, period, subject)
        figure = staged[0] if staged else None
    if figure is not None:
        if not book.open(figure) or any(_admitted_nearby(f) for f in figure.facts):
            return
        if _surely_low(book, figure):
            yield _stated(book, figure, figure.best)
        return
    part = book.find(rate.part, period, None, subject)
    wholes = [d for d in denominators(book, rate, period, subject) if d.interval.low > 0]
    if part is None or not wholes or not book.open(part):
        return
    if not all(book.open(f) for d in wholes for f in d.figures):
        return
    whole = max(wholes, key=lambda d: quotient(part.interval, d.interval).high)
    result = quotient(part.interval, whole.interval)
    line = book.profile.execution_line
    value = plain((part.best.number * HUNDRED / whole.value).quantize(Decimal("0.01")))
    label = book.label(Key(rate.of, period, None, subject))
    yield Level(
        figure_subject(rate.of, part),
        label,
        f"{value}%（{part.said}÷{whole.said}）",
        result,
        (part.evidence, *(f.evidence for f in whole.figures)),
        (part.best, *(f.best for f in whole.figures)),
        Calculation(
            f"{part.said}÷{whole.said}={value}%",
            (operand(book.label(part.key), part), *(operand(book.label(f.key), f) for f in whole.figures)),
            result,
        ),
        # where the budget would have to lie for the praise to be true
        tuple(
            Need(f.key, Interval(Decimal(0), part.interval.high * HUNDRED / line)) for f in whole.figures[:1]
        ),
    )


def figure_subject(concept: str, figure: Figure) -> str:
    return figure.subject if concept.startswith("project.") and figure.subject else concept


def undoubted(book: Book, figure: Figure) -> bool:
    """Whether no failed check casts doubt on a stated rate: a wrong rate is its own finding."""
    return not any(_doubts(book, figure))


def _surely_low(book: Book, figure: Figure) -> bool:
    """Whether a stated rate is undoubted, or low however its failed check corrects it."""
    wanted = [trial.needs[0].wanted for trial in _doubts(book, figure)]
    return not wanted or all(_low(book, rate) for rate in (figure.interval, *wanted))


def _doubts(book: Book, figure: Figure) -> Iterator[Trial]:
    """The failed checks of a stated rate."""
    for tried in book.tried:
        broken = tried.rule.id == "rate.execution" and tried.trial.outcome == "broken"
        of_rate = bool(tried.trial.needs) and tried.trial.needs[0].key == figure.key
        if broken and of_rate and tried.trial.severity != "notice":
            yield tried.trial


def _low(book: Book, rate: Interval | None) -> bool:
    return rate is not None and rate.high < book.profile.execution_line


def _stated(book: Book, figure: Figure, fact: Fact) -> Level:
    return Level(
        figure_subject(figure.key.concept, figure),
        book.label(figure.key, figure.subject),
        figure.said,
        figure.interval,
        (fact.evidence,),
        (fact,),
        Calculation(
            f"{book.label(figure.key)}={figure.said}",
            (Operand(book.label(figure.key), figure.said, figure.interval, fact.evidence),),
            figure.interval,
        ),
        (Need(figure.key, Interval(book.profile.execution_line, Decimal("Infinity"))),),
    )


def _beside(remark: Remark, fact: Fact) -> bool:
    """Whether a figure stands in the claim's own sentence."""
    start, end = remark.sentence
    return remark.evidence.block == fact.evidence.block and start <= fact.evidence.start < max(end, start + 1)


#: 项目支出执行率71.36%。各项支出…，与预算安排差异不大: praise of each of them, right behind
EACH = re.compile(r"各项(?:支出|资金|经费)[^。；]*$")
#: how far behind the rates it speaks of such praise stands, in characters
REACH = 80


def _of_each(remark: Remark, fact: Fact) -> bool:
    """Whether a claim that each item hardly differs from its plan follows the sentence of a rate."""
    gap = remark.sentence[0] - fact.evidence.end
    said = remark.evidence.context[: _offset(remark.evidence)]
    near = remark.evidence.block == fact.evidence.block and 0 <= gap <= REACH
    return (
        near and remark.evidence.text.startswith(("差异", "偏差", "出入")) and EACH.search(said) is not None
    )


def text_between(one: Evidence, other: Evidence) -> str:
    """The characters between two places of a block, as far as their contexts show them."""
    first, second = sorted((one, other), key=lambda e: e.start)
    shown = first.context[_offset(first) + len(first.text) :] if first.context else ""
    gap = second.start - first.end
    if gap <= 0:
        return ""
    if len(shown) >= gap:
        return shown[:gap]
    before = second.context[: _offset(second)] if second.context else ""
    return shown + before[-max(gap - len(shown), 0) :] if gap > len(shown) else shown


def _offset(evidence: Evidence) -> int:
    """Where an evidence's text begins in its context: at most 60 characters in."""
    context, text = evidence.context, evidence.text
    if context[CONTEXT : CONTEXT + len(text)] == text and evidence.start >= CONTEXT:
        left_is_full = not any(mark in context[:CONTEXT] for mark in _STOPS)
        if left_is_full:
            return CONTEXT
    return max(context.find(text), 0)


def _after(evidence: Evidence, length: int = 16) -> str:
    """What follows a figure in its clause."""
    tail = evidence.context[_offset(evidence) + len(evidence.text) :][:length]
    return re.split(r"[。！？；\n]", tail)[0]


def _admitted(remark: Remark, fact: Fact) -> bool:
    between = text_between(remark.evidence, fact.evidence)
    return bool(ADMITS.search(between)) or _admitted_nearby(fact)


def _admitted_nearby(fact: Fact) -> bool:
    """Whether the words right before or after a rate call it low."""
    at_ = _offset(fact.evidence)
    before = re.split(r"[。！？；\n，,]", fact.evidence.context[:at_])[-1]
    return bool(ADMITS.search(before) or ADMITS.search(_after(fact.evidence)))
