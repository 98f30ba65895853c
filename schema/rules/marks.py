"""What one row of an indicator table may score: its bounds, and the execution row's formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from schema.finding import Calculation, Operand, plain
from schema.quantity import HUNDRED, Interval, as_written, quotient
from schema.report import Evidence, FundsRow, Indicator, IndicatorTable
from schema.rules.additions import (
    cell,
    cells,
    funds_value,
    is_execution,
    row_key,
    table_rule,
    tally_evidence,
)
from schema.rules.comparison import blank, judge
from schema.rules.figures import Book, Figure, Key, at
from schema.rules.kinds import Need, Rule, Trial, not_run


def bounded(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """No score is negative or above its weight."""
    return table_rule(rule_id, zh, meaning, clause, _bounds, "0 ≤ 得分 ≤ 分值")


def _within(row: Indicator) -> bool:
    """Whether a row's score is possible; where it is not, its group's is the same slip."""
    return row.score is None or row.weight is None or 0 <= row.score <= row.weight


def _marks(book: Book) -> tuple[Figure | None, Figure | None]:
    """The report's own total score and full marks."""
    return next(iter(book.of("score.total")), None), next(iter(book.of("score.full")), None)


def _bounds(book: Book) -> Iterator[Trial]:
    ran = False
    total, full = _marks(book)
    beyond: tuple[Need, ...] = ()  # of the first row out of bounds: its excess may be the total's
    for table in book.report.tables:
        lines: list[
            tuple[
                str,
                Decimal | None,
                Decimal | None,
                tuple[Evidence, ...],
                tuple[int, int] | None,
                tuple[Key, ...],
            ]
        ] = [
            (
                row.name,
                row.weight,
                row.score,
                cells(row, "score", "weight"),
                (table.table, i),
                (row_key(table, i),),
            )
            for i, row in enumerate(table.rows)
        ]
        lines += [(f.name, f.weight, f.score, (cell(f, "score"),), None, ()) for f in table.funds]
        lines += [
            (g.name, g.weight, g.score, (tally_evidence(g, "score"),), None, ())
            for g in (*table.groups, *((table.total,) if table.total else ()))
            if all(_within(table.rows[i]) for i in g.rows if i < len(table.rows))
        ]
        for name, weight, score, evidence, row, keys in lines:
            if weight is None or score is None:
                continue
            ran = True
            allowed = Interval(Decimal(0), weight)
            needs = tuple(Need(key, allowed) for key in keys)
            if score in allowed:
                yield Trial(name, "held")
                continue
            beyond = beyond or needs
            why = "为负数" if score < 0 else f"高于分值{plain(weight)}"
            yield Trial(
                name, "broken",
                message=f"“{name}”得分{plain(score)}{at(*evidence)}{why}",
                stated=plain(score), expected=f"0至{plain(weight)}", evidence=evidence, needs=needs, row=row,
            )  # fmt: skip
    if total and book.open(total):
        ran = True
        limit = full.best.number if full and book.open(full) else None
        if total.best.number < 0 or (limit is not None and total.best.number > limit):
            yield Trial(
                "score.total", "broken",
                message=f"自评总分{total.said}{at(total.evidence)}超出满分{plain(limit or HUNDRED)}",
                stated=total.best.value, expected=f"0至{plain(limit or HUNDRED)}", evidence=(total.evidence,),
                needs=(Need(total.key), *beyond),
            )  # fmt: skip
        else:
            yield Trial("score.total", "held")
    if not ran:
        yield not_run(None, "得分和分值")


def execution_score(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """The execution row earns weight × rate, at most its weight."""
    return table_rule(rule_id, zh, meaning, clause, _execution, "得分 = min(分值, 分值 × 执行率)", "warning")


def _execution(book: Book) -> Iterator[Trial]:
    ran = False
    for table in book.report.tables:
        for funds in table.funds:
            weight = funds.weight if funds.weight is not None else funds_value(book, table, "weight")
            if weight is not None and funds.score is not None:
                ran = True
                yield _earned(
                    book, table.subject or funds.name, funds.name, weight, funds.score, _fund_rates(funds),
                    tuple(e for c in ("score", "rate", "weight") if (e := (funds.cells or {}).get(c))) or (funds.evidence,),
                )  # fmt: skip
        for index, row in enumerate(table.rows):
            if (
                is_execution(row)
                and row.weight is not None
                and row.score is not None
                and not blank(row.actual)
            ):
                ran = True
                yield _execution_row(book, table, index, row)
    if not ran:
        yield not_run(None, "执行率一行的分值和得分")


def _fund_rates(row: FundsRow) -> list[tuple[str, Interval]]:
    """The rate as stated and as the row's own figures give it."""
    rates = [(plain(row.rate.value), row.rate.interval)] if row.rate else []
    budget = row.budget or row.initial
    if row.spending and budget and budget.interval.low > 0:
        value = row.spending.value * HUNDRED / budget.value
        rates.append(
            (plain(value.quantize(Decimal("0.01"))), quotient(row.spending.interval, budget.interval))
        )
    return rates


def _execution_row(book: Book, table: IndicatorTable, index: int, row: Indicator) -> Trial:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[%％]", (row.actual or "").strip())
    if not found or row.weight is None or row.score is None:
        return not_run(row.name, "可辨认的执行率")
    rate = as_written(Decimal(found[1]))
    step = rate.step or Decimal(1)
    interval = Interval(rate.value - step / 2, rate.value + step / 2)
    verdict = judge(row.target, row.actual, name=row.name)
    lower = verdict is not None and verdict.verdict == "met" and row.score == row.weight
    rates = [(found[1], interval)]
    trial = _earned(book, row.name, row.name, row.weight, row.score, rates, cells(row, "score", "actual", "weight"),
                    (table.table, index), row_key(table, index))  # fmt: skip
    if lower:  # the row's own target is below 100% and is met: full marks are earned
        return Trial(row.name, "held", calculation=trial.calculation)
    return trial


def _earned(
    book: Book, subject: str, name: str, weight: Decimal, score: Decimal, rates: list[tuple[str, Interval]],
    evidence: tuple[Evidence, ...], row: tuple[int, int] | None = None, key: Key | None = None,
) -> Trial:  # fmt: skip
    if not rates:
        return not_run(subject, "执行率")
    most = Interval.exactly(weight)
    wanted = [_capped(interval, weight) for _, interval in rates]
    stated = as_written(score)
    step = stated.step or Decimal(1)
    reading = Interval(score - step / 2, score + step / 2)
    cut = Interval(score, score + step)
    said, interval = rates[0]
    value = min(weight, weight * interval.middle / HUNDRED)
    calculation = Calculation(
        f"{plain(weight)}×{said}%={plain(value.quantize(Decimal('0.01')))}",
        (Operand("分值", plain(weight), most), Operand("执行率", f"{said}%", interval)),
        wanted[0],
    )
    needs = (Need(key, wanted[0]),) if key else ()
    if any(reading.meets(w) for w in wanted):
        return Trial(subject, "held", calculation=calculation, needs=needs)
    near = any(cut.meets(w) for w in wanted)
    expected = plain(value.quantize(Decimal("0.01")))
    return Trial(
        subject,
        "broken",
        calculation=calculation,
        message=f"“{name}”得分写为{plain(score)}{at(*evidence)}，按分值{plain(weight)}×执行率{said}%计算应为{expected}"
        + ("，可能是截去了尾数" if near else ""),
        stated=plain(score),
        expected=expected,
        evidence=evidence,
        severity="notice" if near else None,
        clause=book.profile.score_source.clause,
        needs=needs,
        row=row,
    )


def _capped(rate: Interval, weight: Decimal) -> Interval:
    earned = rate.scaled(weight / HUNDRED) if weight else Interval.exactly(Decimal(0))
    return Interval(min(earned.low, weight), min(earned.high, weight))
