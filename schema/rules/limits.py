"""Rules of the kind "not more than": spending against budgets, people against posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from schema.finding import Calculation, plain
from schema.quantity import Interval
from schema.rules.doubts import ADDED, said_in
from schema.rules.figures import Book, Figure, Key, at, doubt, in_unit, operand
from schema.rules.kinds import Need, Rule, Trial, not_run


def over_budget(
    rule_id: str, *, pairs: tuple[tuple[str, str], ...], zh: str, meaning: str, clause: str
) -> Rule:
    """Spending is not above its budget: the adjusted one, else the unstaged, else the initial."""
    formula = "；".join(f"{spent} ≤ {budget}" for spent, budget in pairs)
    return Rule(rule_id, zh, "warning", "consistency", partial(_over, pairs=pairs), meaning, formula, clause)


def _over(book: Book, pairs: tuple[tuple[str, str], ...]) -> Iterator[Trial]:
    whole: tuple[Need, ...] = ()  # of a total above its budget, which speaks for the parts that made it so
    for spent_id, budget_id in pairs:
        spent = [f for f in book.of(spent_id) if f.key.stage is None]
        if not spent:
            yield not_run(spent_id, book.label(Key(spent_id, book.year)))
        for figure in spent:
            trial = _within(book, figure, budget_id)
            loud = trial.outcome == "broken" and trial.severity != "notice"
            yield replace(trial, needs=(*trial.needs, *whole)) if loud and _in_total(figure) else trial
            if loud and spent_id == "spending.total":
                whole = trial.needs[:1]


def _in_total(figure: Figure) -> bool:
    return figure.key.concept in ("spending.basic", "spending.project", "project.spending")


def _within(book: Book, spent: Figure, budget_id: str) -> Trial:
    key = spent.key
    subject = spent.subject or key.concept
    staged = {f.key.stage: f for f in book.any_stage(budget_id, key.period, key.subject)}
    limits = [f for stage in ("adjusted", None, "initial") if (f := staged.get(stage))]
    if not limits:
        return not_run(subject, book.label(Key(budget_id, key.period, None, key.subject)))
    budget = limits[0]
    if budget.key.stage == "initial" and key.period and book.year and key.period < book.year:
        # a report tells of last year's budget what this year's is compared with, not what it became
        return not_run(subject, book.label(Key(budget_id, key.period, "adjusted", key.subject)))
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
    # the year's budget as a whole was adjusted: this part's adjusted budget is merely not stated
    stated = book.find("budget.total", key.period, "adjusted") is not None
    part = budget_id != "budget.total" and any(ADDED.search(said) for said in said_in(book))
    told = any(ADDED.search(said) for said in said_in(book, budget.evidence.block))
    adjusted = only_initial and (stated or part or told)
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
        severity="notice" if covered or adjusted else None,
        needs=needs,
    )


#: people counted in who need no post
OUTSIDE = re.compile(
    r"[含中括]{1,2}[^，。；]{0,12}(?:编外|聘用|临聘|借调|自收自支|劳务派遣|雇员|军转)|不占编|超编已|占编"
)


def over_staff(
    rule_id: str, *, pairs: tuple[tuple[str, str], ...], zh: str, meaning: str, clause: str
) -> Rule:
    """People on post are not more than the establishment: in total, else in a category."""
    formula = "；".join(f"{actual} ≤ {most}" for actual, most in pairs)
    return Rule(
        rule_id, zh, "warning", "consistency", partial(_staffed, pairs=pairs), meaning, formula, clause
    )


def _only_kind(book: Book, pairs: tuple[tuple[str, str], ...]) -> Figure | None:
    """The posts of an institution that states 事业编制 alone, and no kind of its people: they are all posts."""
    kinds = [most for actual, most in pairs[1:] if book.find(most, book.year) or book.find(actual, book.year)]
    if kinds != ["staff.authorized.institution"] or book.find("staff.actual.institution", book.year):
        return None
    return book.find(kinds[0], book.year)


def _staffed(book: Book, pairs: tuple[tuple[str, str], ...]) -> Iterator[Trial]:
    told = False
    for actual_id, most_id in pairs:  # the total comes first: its finding speaks for the categories
        actual, most = book.find(actual_id, book.year), book.find(most_id, book.year)
        if actual and not most and actual_id == "staff.actual":
            most = _only_kind(book, pairs)
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
        others = any(OUTSIDE.search(f.evidence.context) for f in actual.facts)
        more = plain(actual.best.number - most.best.number)
        yield Trial(
            actual_id,
            "broken",
            calculation=calculation,
            message=f"{book.label(actual.key)}{actual.said}{at(actual.evidence)}，超过"
            f"{book.label(most.key)}{most.said}{at(most.evidence)}，多{more}人"
            + ("；其中似有不占编制的人员，请核对口径" if others else "")
            + doubt([actual.best, most.best]),
            stated=actual.best.value,
            expected=f"不超过{most.best.value}",
            evidence=(actual.evidence, most.evidence),
            severity="notice" if others else None,
            needs=needs,
        )
