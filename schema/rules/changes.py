"""Rules of the kind "a stated change is what two years' figures give"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from schema.catalogue import CONCEPTS
from schema.finding import Calculation
from schema.quantity import HUNDRED, Interval, Quantity, fits, quotient
from schema.rules.doubts import FINE, amounts_in
from schema.rules.figures import Book, Figure, at, fold, in_unit, operand
from schema.rules.kinds import Need, Rule, Trial, not_run
from schema.rules.shares import concept_named
from schema.rules.statements import one_sentence


def change(rule_id: str, *, amount: str, rate: str, zh: str, meaning: str, clause: str) -> Rule:
    """A stated change is what the two years' figures give, or what amount and rate give each other."""
    engine = partial(_changes, amount=amount, rate=rate)
    return Rule(
        rule_id, zh, "error", "arithmetic", engine, meaning,
        "change.amount = 本年 - 上年；change.rate = (本年 - 上年) ÷ 上年", clause,
    )  # fmt: skip


def _changes(book: Book, amount: str, rate: str) -> Iterator[Trial]:
    stated = [*book.of(amount), *book.of(rate)]
    worded = list(_worded(book, stated))
    if not stated and not worded:
        yield not_run(None, "比上年增减额或增减率")
    yield from worded
    for figure in stated:
        concept = concept_named(figure.subject or "") or fold(figure.subject or "")
        trial = _changed(book, figure, concept, figure.key.concept == amount, amount)
        if (
            trial.outcome == "broken"
            and trial.severity != "notice"
            and not _told_with(book, figure, concept, amount)
        ):
            trial = _of_another(book, figure, concept, amount) or _beside(book, figure, amount) or trial
        yield trial


#: words that compare with the year before
COMPARED = re.compile(r"上年|去年|上一年|同比|往年|上年度")


def _worded(book: Book, stated: list[Figure]) -> Iterator[Trial]:
    """Growth or decline told in words alone, against the two years' figures: 支出较上年有所下降."""
    for remark in book.report.remarks:
        rises = {"grew": True, "fell": False}.get(remark.kind)
        told = any(f.evidence.block == remark.evidence.block for figure in stated for f in figure.facts)
        if rises is None or told or not COMPARED.search(remark.evidence.context) or remark.about is None:
            continue
        now, before = (book.any_stage(remark.about, book.year and book.year - back) for back in (0, 1))
        if len(now) != 1 or len(before) != 1 or not all(book.open(f) for f in (*now, *before)):
            continue
        this, last = now[0], before[0]
        if this.key.stage != last.key.stage:
            continue
        wrong = this.interval.high < last.interval.low if rises else this.interval.low > last.interval.high
        if not wrong:
            yield Trial(remark.about, "held")
            continue
        yield Trial(
            remark.about,
            "broken",
            message=(
                f"文中称{book.label(this.key)}比上年“{remark.evidence.text}”{at(remark.evidence)}，而本年{this.said}"
                f"{at(this.evidence)}，上年{last.said}{at(last.evidence)}，实际{'减少' if rises else '增加'}"
            ),
            stated=remark.evidence.text,
            expected="减少" if rises else "增加",
            evidence=(remark.evidence, this.evidence, last.evidence),
            severity="warning",
        )


def _told_with(book: Book, figure: Figure, concept: str, amount: str) -> bool:
    """Whether a rate stands beside an amount of the same change that the two years' figures do give: the words
    named it right. 比上年1,602万元增加86万元，增长4.50%."""
    if figure.key.concept == amount:
        return False
    same = [
        f for f in book.of(amount) if (f.key.subject, f.key.period) == (figure.key.subject, figure.key.period)
    ]
    return any(
        one_sentence(moved.evidence, figure.evidence)
        and _changed(book, moved, concept, True, amount).outcome == "held"
        for moved in same
    )


def _of_another(book: Book, figure: Figure, concept: str, amount: str) -> Trial | None:
    """The trial of another figure, stated for both years, of which the change is true: the words
    named it loosely."""
    year = figure.key.period
    before = {k.concept for k in book.figures if year and k.period == year - 1}
    names = {k.concept for k in book.figures if k.period == year and _is_money(k.concept)} & before
    for name in sorted(names - {concept, amount}):
        trial = _changed(book, figure, name, figure.key.concept == amount, amount)
        if trial.outcome == "held":
            return trial
    return None


def _beside(book: Book, figure: Figure, amount: str) -> Trial | None:
    """Held, where two amounts of the change's own paragraph, or one of them and any figure of the year,
    make it right: it is of what they are of."""
    if figure.step > FINE and figure.key.concept != amount:
        return None  # a coarse rate fits some pair by chance
    own = {f.evidence.text for f in figure.facts}
    here = [span for text, span in amounts_in(book, figure.evidence.block).items() if text not in own]
    fine = figure.key.concept == amount or figure.step <= FINE / 10
    year = [
        f.interval
        for f in book.figures.values()
        if fine and _is_money(f.key.concept) and f.key.period == book.year
    ]
    pairs = [(a, b) for a in (*here, *year) for b in here if a is not b and a.low > 0 and b.low > 0]
    makes = _amount_of if figure.key.concept == amount else _rate_of
    return Trial(figure.subject, "held") if any(makes(figure, a, b) for a, b in pairs) else None


def _amount_of(figure: Figure, now: Interval, before: Interval) -> bool:
    return abs_(figure.interval).meets(abs_(now - before))


def _rate_of(figure: Figure, one: Interval, other: Interval) -> bool:
    """Two years' figures, or the change (`one`) and this year's figure (`other`)."""
    rose = figure.best.number > 0
    before = other - one if rose else other + one
    grown = figure.interval + Interval.exactly(HUNDRED)
    return fits(grown, one, other) or (before.low > 0 and fits(abs_(figure.interval), one, before))


def abs_(span: Interval) -> Interval:
    """The interval of the absolute value, of an interval that does not hold zero inside."""
    return span if span.low >= 0 else Interval(-span.high, -span.low) if span.high <= 0 else span


def _is_money(concept: str) -> bool:
    return any(c.id == concept and c.kind == "money" for c in CONCEPTS)


def _changed(book: Book, figure: Figure, concept: str, is_amount: bool, amount: str) -> Trial:
    subject = figure.subject
    if not book.open(figure):
        return not_run(subject, f"{book.label(figure.key)}前后不一致")
    year = figure.key.period
    whose = _project(book, concept, figure)
    now = book.any_stage(concept, year, whose)
    before = book.any_stage(concept, year - 1, whose) if year else []
    pairs: list[tuple[Figure, Figure]] = [(n, b) for n in now for b in before if n.key.stage == b.key.stage]
    pairs = pairs or [(n, b) for n in now[:1] for b in before[:1] if len(now) == len(before) == 1]
    moved = next(
        (f for f in book.of(amount) if f.key.subject == figure.key.subject and f.key.period == year), None
    )
    blocked = [f for pair in pairs for f in pair if not book.open(f)]
    if blocked:
        return not_run(subject, *(f"{book.label(f.key)}前后不一致" for f in blocked))
    if pairs:
        return _by_years(book, figure, pairs, is_amount)
    if not is_amount and moved and book.open(moved) and figure.best.number * moved.best.number < 0:
        return _crossed(book, figure, moved)
    if not is_amount and moved and now and book.open(moved) and book.open(now[0]):
        return _by_amount(book, figure, moved, now[0])
    lacks = [*([] if now else [f"本年{subject or '数'}"]), *([] if before else [f"上年{subject or '数'}"])]
    return not_run(subject, *lacks)


def _project(book: Book, concept: str, figure: Figure) -> str | None:
    """The project whose money a change is of: the only one, or the only one whose money of the year before is told too,
    in the report or in the change's own paragraph."""
    told = [key for key in book.figures if key.concept == concept]
    year = figure.key.period
    both = {key.subject for key in told if key.period == year} & {
        key.subject for key in told if year and key.period == year - 1
    }
    block = figure.evidence.block
    here = {
        key.subject
        for key in told
        if key.subject in both and any(fact.evidence.block == block for fact in book.figures[key].facts)
    }
    names = next((some for some in ({key.subject for key in told}, both, here) if len(some) == 1), set())
    return next(iter(names), None)


def _crossed(book: Book, figure: Figure, moved: Figure) -> Trial:
    """A rise in yuan beside a fall in percent, of one thing."""
    return Trial(
        figure.subject,
        "broken",
        message=f"{book.label(figure.key)}写为{figure.said}{at(figure.evidence)}，增减额却是{moved.said}"
        f"{at(moved.evidence)}，一增一减，方向相反",
        stated=figure.best.value,
        expected="方向与增减额一致",
        evidence=(figure.evidence, moved.evidence),
        needs=(Need(figure.key), Need(moved.key)),
    )


def _by_years(book: Book, figure: Figure, pairs: list[tuple[Figure, Figure]], is_amount: bool) -> Trial:
    def computed(now: Figure, before: Figure, of: Callable[[Figure], Interval]) -> bool:
        if is_amount:
            return of(figure).meets(of(now) - of(before))
        return fits(of(figure) + Interval.exactly(HUNDRED), of(now), of(before))

    usable = [(n, b) for n, b in pairs if is_amount or b.interval.low > 0]
    if not usable:
        return not_run(figure.subject, "上年数为0")
    hit = next((p for p in usable if computed(*p, lambda f: f.interval)), None)
    cut = hit or next((p for p in usable if computed(*p, lambda f: f.either)), None)
    now, before = cut or usable[0]
    return _told(book, figure, now, before, bool(hit), bool(cut), is_amount)


def _told(
    book: Book, figure: Figure, now: Figure, before: Figure, hit: bool, cut: bool, is_amount: bool
) -> Trial:
    difference = now.best.number - before.best.number
    if is_amount:
        result, value = now.interval - before.interval, difference
        formula = f"{now.said}-{before.said}"
    else:
        result = quotient(now.interval, before.interval) - Interval.exactly(HUNDRED)
        value = difference * HUNDRED / before.best.number
        formula = f"({now.said}-{before.said})÷{before.said}"
    expected = in_unit(figure.best, value)
    calculation = Calculation(
        f"{formula}={expected}",
        (operand(book.label(figure.key), figure), operand("本年", now), operand("上年", before)),
        result,
    )
    needs = (Need(figure.key, result), Need(now.key, _now(figure, before, is_amount)), Need(before.key))
    if hit:
        return Trial(figure.subject, "held", calculation=calculation, needs=needs)
    return Trial(
        figure.subject,
        "broken",
        calculation=calculation,
        message=(
            f"{book.label(figure.key)}写为{figure.said}{at(figure.evidence)}，"
            f"按两年数字计算（{formula}）应为{expected}" + ("，可能是截去了尾数" if cut else "")
        ),
        stated=figure.best.value,
        expected=expected,
        evidence=(figure.evidence, now.evidence, before.evidence),
        severity="notice" if cut else None,
        needs=needs,
    )


def _now(figure: Figure, before: Figure, is_amount: bool) -> Interval:
    """Where this year's figure would have to lie for the stated change to hold."""
    if is_amount:
        return before.interval + figure.interval
    grown = figure.interval + Interval.exactly(HUNDRED)
    return (grown * before.interval).scaled(Decimal(1) / HUNDRED)


def _by_amount(book: Book, figure: Figure, moved: Figure, now: Figure) -> Trial:
    """The rate from this year's figure and the amount of change: last year's is their difference."""
    was = now.interval - moved.interval
    if was.low <= 0:
        return not_run(figure.subject, "上年数")
    before = Quantity(now.best.number - moved.best.number, max(now.step, moved.step))
    number = moved.best.number * HUNDRED / before.value
    result = quotient(moved.interval, was)
    calculation = Calculation(
        f"{moved.said}÷({now.said}-{moved.said})",
        (operand(book.label(figure.key), figure), operand("增减额", moved), operand("本年", now)),
        result,
    )
    grown = moved.interval.scaled(HUNDRED)
    zero = figure.interval.low <= 0 <= figure.interval.high
    there = None if zero else grown / figure.interval + moved.interval  # where this year's figure would lie
    needs = (Need(figure.key, result), Need(moved.key), Need(now.key, there))
    if fits(figure.interval, moved.interval, was):
        return Trial(figure.subject, "held", calculation=calculation, needs=needs)
    cut = fits(figure.either, moved.either, now.either - moved.either)
    expected = in_unit(figure.best, number)
    return Trial(
        figure.subject,
        "broken",
        calculation=calculation,
        message=f"{book.label(figure.key)}写为{figure.said}{at(figure.evidence)}，按增减额{moved.said}和"
        f"本年数{now.said}计算应为{expected}" + ("，可能是截去了尾数" if cut else ""),
        stated=figure.best.value,
        expected=expected,
        evidence=(figure.evidence, moved.evidence, now.evidence),
        severity="notice" if cut else None,
        needs=needs,
    )
