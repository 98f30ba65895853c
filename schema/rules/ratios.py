"""Rules of the kind "a stated percentage is what the figures give"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from schema.catalogue import CONCEPTS
from schema.finding import Calculation, Operand, plain
from schema.quantity import HUNDRED, Interval, fits, quotient
from schema.report import FundsRow
from schema.rules.doubts import (
    ADDED,
    ADDED_BY,
    of_another_pair,
    of_own_sentence,
    said_in,
    unread_whole,
)
from schema.rules.figures import STAGE_ZH, Book, Figure, Key, at, doubt, operand, rounded, said
from schema.rules.kinds import Need, Rule, Trial, not_run

CONCEPT_ZH = {concept.id: concept.zh for concept in CONCEPTS}


@dataclass(frozen=True, slots=True)
class Rate:
    """Which stated rate is which part of which whole; `carried` may be added to the whole."""

    of: str
    part: str
    whole: str
    carried: str | None = None


@dataclass(frozen=True, slots=True)
class Denominator:
    """One reading of "the budget" with the keys that it rests on."""

    label: str
    said: str
    interval: Interval
    either: Interval
    figures: tuple[Figure, ...]
    value: Decimal


def ratio(rule_id: str, *, rates: tuple[Rate, ...], zh: str, meaning: str, clause: str) -> Rule:
    """Each stated rate is part / whole by one of the denominators that the report states."""
    formula = "；".join(f"{r.of} = {r.part} ÷ {r.whole}" for r in rates)
    return Rule(rule_id, zh, "error", "arithmetic", partial(_rates, rates=rates), meaning, formula, clause)


def _rates(book: Book, rates: tuple[Rate, ...]) -> Iterator[Trial]:
    for rate in rates:
        stated = book.of(rate.of)
        if not stated:
            yield not_run(rate.of, book.label(Key(rate.of, book.year)))
        for figure in stated:
            yield _doubted(book, rates, figure, weigh(book, rate, figure))
    for table in book.report.tables:
        known = {f.evidence.block for f in book.report.facts}
        for row in table.funds:
            cell = (row.cells or {}).get("rate", row.evidence)
            if row.rate is not None and cell.block not in known:
                yield _funds(table.subject, row)


def _doubted(book: Book, rates: tuple[Rate, ...], figure: Figure, trial: Trial) -> Trial:
    """A failed rate that fits another pair of its paragraph was likelier read than written wrongly."""
    if trial.outcome != "broken" or trial.severity == "notice":
        return trial
    if of_own_sentence(figure):
        return Trial(trial.subject, "held", calculation=trial.calculation)
    pair = of_another_pair(book, figure, ((r.part, r.whole) for r in rates))
    if pair is None and _grew(book, trial):
        why = "；文中提到预算有追加或调整，如按调整后预算计算，请写明调整后预算数"
        return replace(trial, severity="notice", message=trial.message + why)
    if pair is None:
        return _unread(book, figure, trial)
    why = f"；但与同段的{said(pair[0])}÷{said(pair[1])}相符，可能是对应关系不同，请核对"
    return replace(trial, severity="notice", message=trial.message + why)


def _grew(book: Book, trial: Trial) -> bool:
    """Whether only initial budgets could be tried, and the report says beside one of them that it was
    added to, or anywhere by how much the whole was."""
    budgets = [f for n in trial.needs if "budget" in n.key.concept and (f := book.figures.get(n.key))]
    if {f.key.stage for f in budgets} != {"initial"}:
        return False
    own = {said for f in budgets for said in said_in(book, f.evidence.block)}
    parts = any(f.key.concept == "project.budget" for f in budgets)
    anywhere = not parts and any(ADDED_BY.search(said) for said in said_in(book))
    return anywhere or any(ADDED.search(said) for said in own)


def _unread(book: Book, figure: Figure, trial: Trial) -> Trial:
    """The same, where the rate fits an amount beside it that no fact was made of."""
    spent = trial.calculation.operands[1].interval if trial.calculation else None
    meant = unread_whole(book, figure, spent, trial.evidence) if spent else None
    if meant is None:
        return trial
    why = f"；但以同处写的{meant}为分母则相符，请核对口径"
    return replace(trial, severity="notice", message=trial.message + why)


def denominators(book: Book, rate: Rate, period: int | None, subject: str | None) -> list[Denominator]:
    """Every budget that the rate may be of, the one that the profile asks for first."""
    found = []
    for figure in book.any_stage(rate.whole, period, subject):
        what = "预算" if "budget" in rate.whole else CONCEPT_ZH[rate.whole]
        name = f"{STAGE_ZH[figure.key.stage]}{what}"
        number = _number(figure)
        found.append(Denominator(name, figure.said, figure.interval, figure.either, (figure,), number))
        opening = book.find(rate.carried, period) if rate.carried else None
        if opening and book.open(opening) and opening.best.number > 0:
            found.append(
                Denominator(
                    f"{name}加年初结转",
                    f"({figure.said}+{opening.said})",
                    figure.interval + opening.interval,
                    figure.either + opening.either,
                    (figure, opening),
                    number + _number(opening),
                )
            )
    first = book.profile.denominator
    return sorted(found, key=lambda d: (len(d.figures), first != "any" and d.figures[0].key.stage != first))


def _number(figure: Figure) -> Decimal:
    return figure.best.number


def weigh(book: Book, rate: Rate, figure: Figure) -> Trial:
    """One stated rate against every denominator at hand."""
    key = figure.key
    subject = figure.subject if rate.of.startswith("project.") else rate.of
    if not book.open(figure):
        return not_run(subject, f"{book.label(key)}前后不一致")
    part = book.find(rate.part, key.period, None, key.subject)
    if part is None:
        staged = book.any_stage(rate.part, key.period, key.subject)
        part = staged[0] if len(staged) == 1 else None
    every = denominators(book, rate, key.period, key.subject)
    # 全年预算执行率 may be of a budget that is stated as the initial one only
    tried = [d for d in every if key.stage is None or d.figures[0].key.stage in (None, key.stage)] or every
    missing = []
    if part is None:
        missing.append(book.label(Key(rate.part, key.period, None, key.subject), figure.subject))
    if not tried:
        missing.append(book.label(Key(rate.whole, key.period, None, key.subject), figure.subject))
    if part is None or missing:
        return not_run(subject, *missing)
    usable = [d for d in tried if all(book.open(f) for f in d.figures) and d.interval.low > 0]
    if not book.open(part) or len(usable) < len(tried):
        names = [
            book.label(f.key) for f in (part, *(g for d in tried for g in d.figures)) if not book.open(f)
        ]
        zero = [f"{d.label}为0" for d in tried if d.interval.low <= 0]
        return not_run(subject, *(f"{name}前后不一致" for name in dict.fromkeys(names)), *zero)
    return _compared(book, subject, figure, part, usable)


def _compared(
    book: Book, subject: str | None, figure: Figure, part: Figure, tried: list[Denominator]
) -> Trial:
    stated = figure.interval
    hit = next((d for d in tried if fits(stated, part.interval, d.interval)), None)
    cut = hit or next((d for d in tried if fits(figure.either, part.either, d.either)), None)
    best = cut or tried[0]
    result = quotient(part.interval, best.interval)
    label = book.label(figure.key)
    calculation = Calculation(
        f"{part.said}÷{best.said}={shown(part, best, figure)}（分母：{best.label}）",
        (operand(label, figure), operand(book.label(part.key), part),
         *(operand(book.label(f.key), f) for f in best.figures)),
        result,
    )  # fmt: skip
    needs = (
        Need(figure.key, result),
        Need(part.key, (stated * best.interval).scaled(Decimal(1) / HUNDRED)),
        *(Need(d.figures[0].key, _whole(stated, part, d)) for d in tried),
    )
    if hit:
        return Trial(subject, "held", calculation=calculation, needs=needs)
    others = "；".join(f"按{d.label}{d.said}算为{shown(part, d, figure)}" for d in tried if d is not best)
    expected = shown(part, best, figure)
    why = "，可能是截去了尾数而未四舍五入" if cut else ""
    return Trial(
        subject,
        "broken",
        calculation=calculation,
        message=(
            f"{label}写为{figure.said}{at(figure.evidence)}，按{book.label(part.key)}{part.said}÷"
            f"{best.label}{best.said}计算应为{expected}{why}"
            + (f"（也试过其他分母：{others}，均不相符）" if others and not cut else "")
            + doubt([figure.best, part.best, *(f.best for f in best.figures)])
        ),
        stated=plain(figure.best.number),
        expected=expected.rstrip("%"),
        evidence=(figure.evidence, part.evidence, *(f.evidence for d in tried for f in d.figures)),
        severity="notice" if cut else None,
        needs=needs,
    )


def _whole(stated: Interval, part: Figure, tried: Denominator) -> Interval | None:
    """Where a denominator would have to lie for the rate to hold."""
    if stated.low <= 0 or len(tried.figures) > 1:
        return None
    return part.interval.scaled(HUNDRED) / stated


def shown(part: Figure, whole: Denominator, like: Figure) -> str:
    """The computed rate to the precision of the stated one, at least one hundredth."""
    step = min(like.step or Decimal("0.01"), Decimal("0.01"))
    return f"{plain(rounded(part.best.number * HUNDRED / whole.value, step))}%"


def _funds(subject: str | None, row: FundsRow) -> Trial:
    """A funds row that no fact repeats: its own spending over its own budgets."""
    name = f"{subject}：{row.name}" if subject else row.name
    wholes = [(zh, q) for zh, q in (("全年预算", row.budget), ("年初预算", row.initial)) if q]
    if row.rate is None or row.spending is None or not wholes:
        lacks = [*([] if row.spending else ["全年执行数"]), *([] if wholes else ["全年预算数"])]
        return not_run(name, *lacks)
    wholes = [(zh, q) for zh, q in wholes if q.interval.low > 0]
    if not wholes:
        return not_run(name, "全年预算数为0")
    spent, rate = row.spending, row.rate
    zh, whole = next(
        ((z, q) for z, q in wholes if fits(rate.interval, spent.interval, q.interval)), wholes[0]
    )
    cells = row.cells or {}
    figures = (("执行率", rate, "rate"), ("全年执行数", spent, "spending"), (zh, whole, "budget"))
    calculation = Calculation(
        f"全年执行数÷{zh}",
        tuple(Operand(n, plain(q.value), q.interval, cells.get(c)) for n, q, c in figures),
        quotient(spent.interval, whole.interval),
    )
    if fits(rate.interval, spent.interval, whole.interval):
        return Trial(name, "held", calculation=calculation)
    cut = fits(rate.either, spent.either, whole.either)
    expected = plain(
        rounded(spent.value * HUNDRED / whole.value, min(rate.step or Decimal("0.01"), Decimal("0.01")))
    )
    return Trial(
        name,
        "broken",
        calculation=calculation,
        message=f"“{row.name}”的执行率写为{plain(rate.value)}%，按全年执行数÷{zh}计算应为{expected}%"
        + ("，可能是截去了尾数" if cut else ""),
        stated=plain(rate.value),
        expected=expected,
        evidence=tuple(e for c in ("rate", "spending", "budget") if (e := cells.get(c))) or (row.evidence,),
        severity="notice" if cut else None,
    )
