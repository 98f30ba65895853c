"""Rules over indicator tables: weights and scores that add up, scores that the results earned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Literal

from schema.finding import Calculation, Operand, Severity, plain
from schema.quantity import Interval, as_written
from schema.report import Evidence, FundsRow, Indicator, IndicatorTable, Tally
from schema.rules.comparison import Judgement, blank, judge
from schema.rules.figures import Book, Key, at
from schema.rules.kinds import Need, Rule, Trial, not_run
from schema.rules.narrative import reasons
from schema.rules.ratios import Rate

HUNDRED = Decimal(100)
Column = Literal["weight", "score"]
ZH: dict[str, str] = {"weight": "分值", "score": "得分", "target": "指标值", "actual": "实际完成值"}
#: the row of the execution rate, by its name
EXECUTION = re.compile(
    r"^(?:部门)?(?:整体)?(?:预算|资金|预算资金|部门预算|整体预算)?(?:支出)?(?:执行|完成|支出进度)率(?:（10分）)?$"
)
#: the execution row's share of the marks, where a form does not say it
USUAL = frozenset(map(Decimal, (5, 10, 15, 20, 25, 30)))
NO_REASON = re.compile(r"^(?:无|没有|无偏差|/|—|-|－|——|不涉及|不适用)?$")


def row_key(table: IndicatorTable, index: int) -> Key:
    """The score of a row as a figure of its own, so that one wrong score gives one finding."""
    return Key("row.score", None, None, f"{table.table}:{index}")


def cell(row: Indicator | FundsRow, name: str) -> Evidence:
    return (row.cells or {}).get(name, row.evidence)


def _cells(row: Indicator, *names: str) -> tuple[Evidence, ...]:
    found = [e for name in names if (e := (row.cells or {}).get(name))]
    return tuple(found) or (row.evidence,)


def summed(values: Sequence[Decimal]) -> Interval:
    total = Interval.exactly(Decimal(0))
    for value in values:
        total += as_written(value).interval
    return total


# ---- sums -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Addition:
    """Some rows of one column against what is stated for them."""

    subject: str | None
    label: str
    stated: Decimal
    parts: tuple[Decimal, ...]
    names: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    keys: tuple[Key, ...] = ()
    alternative: Interval | None = None  # another sum that would do
    unsure: bool = False


def _table_rule(
    rule_id: str, zh: str, meaning: str, clause: str, engine: Callable[[Book], Iterator[Trial]], formula: str,
    severity: Severity = "error",
) -> Rule:  # fmt: skip
    return Rule(rule_id, zh, severity, "arithmetic", engine, meaning, formula, clause)


def weights(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """Rows' weights add up to their group's, and to the full marks (100 where none is stated)."""
    return _table_rule(
        rule_id,
        zh,
        meaning,
        clause,
        partial(_sums, column="weight"),
        "Σ 各行分值 = 组分值；Σ 各行分值 = 满分",
    )


def scores(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """Rows' scores add up to their group's, rows' or groups' to the stated total."""
    return _table_rule(
        rule_id, zh, meaning, clause, partial(_sums, column="score"), "Σ 各行得分 = 组得分；Σ 各行得分 = 总分"
    )


def _sums(book: Book, column: Column) -> Iterator[Trial]:
    what = ZH[column]
    found = False
    for table in book.report.tables:
        if column not in table.fields and all(getattr(r, column) is None for r in table.rows):
            continue
        additions = [*_groups(table, column), *_totals(book, table, column)]
        found = found or bool(additions)
        yield from (_added(a, what) for a in additions)
    if column == "score" and not book.report.tables:
        prose = _prose_groups(book)
        found = found or prose is not None
        if prose:
            yield prose
    if not found:
        yield not_run(None, f"指标表的{what}及其合计")


def _value(row: Indicator | Tally | FundsRow, column: Column) -> Decimal | None:
    return row.weight if column == "weight" else row.score


def _groups(table: IndicatorTable, column: Column) -> Iterator[Addition]:
    for group in table.groups:
        stated = _value(group, column)
        rows = [(i, table.rows[i]) for i in group.rows if i < len(table.rows)]
        values = [_value(row, column) for _, row in rows]
        known = [v for v in values if v is not None]
        if stated is None or not rows or len(known) < len(values):
            continue
        if len(rows) == 1 and known[0] == stated:
            continue
        yield Addition(
            group.name,
            f"“{group.name}”",
            stated,
            tuple(known),
            tuple(row.name for _, row in rows),
            (_tally_evidence(group, column), *(cell(row, column) for _, row in rows)),
            tuple(row_key(table, i) for i, _ in rows) if column == "score" else (),
        )


def _tally_evidence(tally: Tally, column: Column) -> Evidence:
    return (tally.weight_evidence if column == "weight" else tally.score_evidence) or tally.evidence


def _totals(book: Book, table: IndicatorTable, column: Column) -> Iterator[Addition]:
    values = [(i, row, _value(row, column)) for i, row in enumerate(table.rows)]
    if not values:
        return
    known = [(i, row, v) for i, row, v in values if v is not None]
    funds = _funds_value(book, table, column)
    stated, evidence, firm = _stated_total(book, table, column)
    if len(known) < len(values) or stated is None:
        yield from _by_groups(table, column, stated, evidence, funds)
        return
    parts = [v for _, _, v in known]
    plain_sum, with_funds = summed(parts), summed([*parts, *([funds] if funds is not None else [])])
    execution = Interval.exactly(Decimal(10)) if column == "weight" and funds is None and not firm else None
    alternative = plain_sum if funds is not None else None
    if execution is not None:
        alternative = plain_sum + execution  # the execution row's 10 points stand in another form
    split = not firm and (len(book.report.tables) > 1 or abs(with_funds.middle - stated) > 20)
    if column == "score" and not _weighs_up(book, table):
        split = True
    yield Addition(
        table.subject,
        "合计",
        stated,
        (*parts, *([funds] if funds is not None else [])),
        (*(row.name for _, row, _ in known), *(["预算执行率"] if funds is not None else [])),
        (*((evidence,) if evidence else ()), *(cell(row, column) for _, row, _ in known)),
        tuple(row_key(table, i) for i, _, _ in known) if column == "score" else (),
        alternative,
        split,
    )


def _funds_value(book: Book, table: IndicatorTable, column: Column) -> Decimal | None:
    """The execution row's weight or score, which stands in the form's funds block. A weight that the
    form left unsaid is what the indicators leave of the full marks."""
    if column == "score":
        return next((row.score for row in table.funds if row.score is not None), None)
    said = next((row.weight for row in table.funds if row.weight is not None), None)
    if said is not None or not any(row.score is not None for row in table.funds):
        return said
    known = [row.weight for row in table.rows if row.weight is not None]
    stated, _, _ = _stated_total(book, table, "weight")
    if stated is None or len(known) < len(table.rows):
        return None
    rest = stated - sum(known, Decimal(0))
    return rest if rest in USUAL else None


def _stated_total(
    book: Book, table: IndicatorTable, column: Column
) -> tuple[Decimal | None, Evidence | None, bool]:
    """What the rows must add up to, where that stands, and whether the table itself says it."""
    total = table.total
    stated = _value(total, column) if total else None
    if total and stated is not None:
        return stated, _tally_evidence(total, column), True
    if column == "weight":
        return table.full or HUNDRED, None, table.full is not None
    if table.subject is None and len(book.report.tables) == 1:
        figure = next(iter(book.of("score.total")), None)
        if figure and book.open(figure):
            return figure.best.number, figure.evidence, False
    return None, None, False


def _weighs_up(book: Book, table: IndicatorTable) -> bool:
    """Whether the rows' weights make up the full marks: then no row was lost in reading."""
    weights_ = [row.weight for row in table.rows if row.weight is not None]
    extra = _funds_value(book, table, "weight")
    funds = [extra] if extra is not None else []
    stated, _, _ = _stated_total(book, table, "weight")
    sums = {sum(weights_, Decimal(0)), sum([*weights_, *funds], Decimal(0))}
    return len(weights_) == len(table.rows) and stated is not None and any(abs(s - stated) <= 1 for s in sums)


def _by_groups(
    table: IndicatorTable,
    column: Column,
    stated: Decimal | None,
    evidence: Evidence | None,
    funds: Decimal | None,
) -> Iterator[Addition]:
    """The total from the groups, where rows have no value of their own and groups cover them all."""
    covered = [i for group in table.groups for i in group.rows]
    if stated is None or sorted(covered) != list(range(len(table.rows))):
        return
    values = [_value(g, column) for g in table.groups]
    known = [v for v in values if v is not None]
    if len(known) < len(values) or not known:
        return
    extra = [funds] if funds is not None else []
    yield Addition(
        table.subject, "合计", stated, (*known, *extra), tuple(g.name for g in table.groups),
        (*((evidence,) if evidence else ()), *(_tally_evidence(g, column) for g in table.groups)),
        alternative=summed(known) if extra else None,
        unsure=evidence is None,
    )  # fmt: skip


def _added(addition: Addition, what: str) -> Trial:
    parts = summed(addition.parts)
    stated = as_written(addition.stated).interval
    calculation = Calculation(
        "+".join(plain(p) for p in addition.parts) + f"={plain(parts.middle)}",
        tuple(
            Operand(n, plain(p), as_written(p).interval)
            for n, p in zip(addition.names, addition.parts, strict=False)
        ),
        parts,
    )
    needs = tuple(
        Need(key, stated - summed([p for j, p in enumerate(addition.parts) if j != i]))
        for i, key in enumerate(addition.keys)
    )
    if stated.meets(parts) or (addition.alternative is not None and stated.meets(addition.alternative)):
        return Trial(addition.subject, "held", calculation=calculation)
    steps = [as_written(p).step for p in addition.parts if as_written(p).step]
    miss = abs(addition.stated - parts.middle)
    tail = bool(steps) and miss <= max(steps) * len(steps)
    return Trial(
        addition.subject,
        "broken",
        calculation=calculation,
        message=(
            f"{addition.label}{what}应为{plain(parts.middle)}（{len(addition.parts)}项相加），"
            f"写的是{plain(addition.stated)}{at(*addition.evidence[:1])}，相差{plain(miss)}"
            + ("，在末位尾差以内" if tail else "")
            + ("；表格可能不止一张或有行未计入，请核对" if addition.unsure and not tail else "")
        ),
        stated=plain(addition.stated),
        expected=plain(parts.middle),
        evidence=addition.evidence,
        severity="notice" if tail or addition.unsure else None,
        needs=needs,
    )


def _prose_groups(book: Book) -> Trial | None:
    """Groups' scores in prose against the total: less than it may be an unfinished list."""
    groups = [f for f in book.of("score.group") if f.key.period == book.year]
    total = next(iter(book.of("score.total")), None)
    if len(groups) < 2 or total is None:
        return None
    if not all(book.open(f) for f in (*groups, total)):
        return not_run("score.total", "自评总分或各项得分前后不一致")
    return _added(
        Addition("score.total", "自评总分", total.best.number, tuple(g.best.number for g in groups),
                 tuple(g.subject or "" for g in groups), (total.evidence, *(g.evidence for g in groups)),
                 unsure=sum(g.best.number for g in groups) < total.best.number),
        "",
    )  # fmt: skip


# ---- one row ----------------------------------------------------------------------------------


def bounded(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """No score is negative or above its weight."""
    return _table_rule(rule_id, zh, meaning, clause, _bounds, "0 ≤ 得分 ≤ 分值")


def _within(row: Indicator) -> bool:
    """Whether a row's score is possible; where it is not, its group's is the same slip."""
    return row.score is None or row.weight is None or 0 <= row.score <= row.weight


def _bounds(book: Book) -> Iterator[Trial]:
    ran = False
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
                _cells(row, "score", "weight"),
                (table.table, i),
                (row_key(table, i),),
            )
            for i, row in enumerate(table.rows)
        ]
        lines += [(f.name, f.weight, f.score, (cell(f, "score"),), None, ()) for f in table.funds]
        lines += [
            (g.name, g.weight, g.score, (_tally_evidence(g, "score"),), None, ())
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
            why = "为负数" if score < 0 else f"高于分值{plain(weight)}"
            yield Trial(
                name, "broken",
                message=f"“{name}”得分{plain(score)}{at(*evidence)}{why}",
                stated=plain(score), expected=f"0至{plain(weight)}", evidence=evidence, needs=needs, row=row,
            )  # fmt: skip
    total, full = next(iter(book.of("score.total")), None), next(iter(book.of("score.full")), None)
    if total and book.open(total):
        ran = True
        most = full.best.number if full and book.open(full) else None
        if total.best.number < 0 or (most is not None and total.best.number > most):
            yield Trial(
                "score.total", "broken",
                message=f"自评总分{total.said}{at(total.evidence)}超出满分{plain(most or HUNDRED)}",
                stated=total.best.value, expected=f"0至{plain(most or HUNDRED)}", evidence=(total.evidence,),
                needs=(Need(total.key),),
            )  # fmt: skip
        else:
            yield Trial("score.total", "held")
    if not ran:
        yield not_run(None, "得分和分值")


def execution_score(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """The execution row earns weight × rate, at most its weight."""
    return _table_rule(rule_id, zh, meaning, clause, _execution, "得分 = min(分值, 分值 × 执行率)", "warning")


def _execution(book: Book) -> Iterator[Trial]:
    ran = False
    for table in book.report.tables:
        for funds in table.funds:
            weight = funds.weight if funds.weight is not None else _funds_value(book, table, "weight")
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


def is_execution(row: Indicator) -> bool:
    return bool(EXECUTION.match(re.sub(r"\s", "", row.name).replace("(", "（").replace(")", "）")))


def _fund_rates(row: FundsRow) -> list[tuple[str, Interval]]:
    """The rate as stated and as the row's own figures give it."""
    rates = [(plain(row.rate.value), row.rate.interval)] if row.rate else []
    budget = row.budget or row.initial
    if row.spending and budget and budget.interval.low > 0:
        value = row.spending.value * HUNDRED / budget.value
        rates.append(
            (plain(value.quantize(Decimal("0.01"))), row.spending.interval.scaled(HUNDRED) / budget.interval)
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
    trial = _earned(book, row.name, row.name, row.weight, row.score, rates, _cells(row, "score", "actual", "weight"),
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


# ---- what a row's result earned -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its place and what can be said of it."""

    table: IndicatorTable
    index: int
    row: Indicator
    judgement: Judgement | None

    @property
    def place(self) -> tuple[int, int]:
        return (self.table.table, self.index)

    @property
    def reasoned(self) -> bool:
        return not NO_REASON.match((self.row.reason or "").strip())

    @property
    def asks_reason(self) -> bool:
        """Whether the form has a column for reasons."""
        return "reason" in self.table.fields

    @property
    def full(self) -> bool:
        row = self.row
        return row.score is not None and row.weight is not None and row.score >= row.weight > 0

    @property
    def below(self) -> bool:
        row = self.row
        return row.score is not None and row.weight is not None and row.score < row.weight

    def said(self) -> str:
        return f"指标值“{self.row.target}”，实际完成值“{self.row.actual}”"


def _rows(book: Book) -> Iterator[Row]:
    for table in book.report.tables:
        for index, row in enumerate(table.rows):
            verdict = judge(
                row.target, row.actual, name=row.name, subgroup=row.subgroup or "", year=book.year
            )
            yield Row(table, index, row, verdict)


def judged(
    rule_id: str, *, zh: str, meaning: str, clause: str, severity: Severity, rates: tuple[Rate, ...] = ()
) -> Rule:
    """Each row's result against its score and its reason; `rates` adds the rates below the line."""
    each: dict[str, Callable[[Book, Row], Trial]] = {
        "score.unearned": _unearned,
        "score.unexplained": _unexplained,
        "deviation.unexplained": _deviated,
        "indicator.overachieved": _overachieved,
    }

    def engine(book: Book) -> Iterator[Trial]:
        ran = False
        for row in _rows(book):
            ran = True
            yield each[rule_id](book, row)
        if rates:
            found = list(reasons(book, rates))
            ran = ran or bool(found)
            yield from found
        if not ran:
            yield not_run(None, "指标表")

    formula = {
        "score.unearned": "未达指标值 → 得分 < 分值",
        "score.unexplained": "达到指标值且得分 < 分值 → 有原因",
        "deviation.unexplained": "未达指标值 → 有原因",
        "indicator.overachieved": "实际完成值 ÷ 指标值 < 150% 或有原因",
    }[rule_id]
    return Rule(rule_id, zh, severity, "consistency", engine, meaning, formula, clause)


def _unearned(book: Book, each: Row) -> Trial:
    row = each.row
    if row.weight is None or row.score is None or is_execution(row):
        return not_run(row.name, "分值和得分" if not is_execution(row) else "执行率行由“执行率不符”核对")
    empty = (
        "actual" in each.table.fields and blank(row.actual) and (row.cells is None or "actual" in row.cells)
    )
    if empty and each.full and _used(each.table, "actual"):
        return _row_broken(
            each, f"“{row.name}”的实际完成值为空，却得满分{plain(row.score)}", f"低于{plain(row.weight)}"
        )
    if each.judgement is None:
        return not_run(row.name, "可以比较的指标值和实际完成值")
    if each.judgement.verdict == "missed" and each.full:
        text = f"“{row.name}”{each.said()}，没有达到，却得满分{plain(row.score)}"
        return _row_broken(each, text, f"低于{plain(row.weight)}")
    return Trial(row.name, "held")


def _used(table: IndicatorTable, field: str) -> bool:
    """Whether a column is filled in most rows: an unused one is no one row's omission."""
    filled = sum(_filled(row, field) for row in table.rows)
    return filled * 2 >= len(table.rows)


def _filled(row: Indicator, field: str) -> bool:
    value = getattr(row, field)
    if value is not None and not blank(str(value)):
        return True
    there = (row.cells or {}).get(field)
    return there is not None and not blank(there.text)


def _unexplained(book: Book, each: Row) -> Trial:
    row = each.row
    if row.weight is None or row.score is None:
        return not_run(row.name, "分值和得分")
    if each.judgement is None:
        return not_run(row.name, "可以比较的指标值和实际完成值")
    if each.judgement.verdict == "met" and each.below and not each.reasoned and not is_execution(row):
        text = f"“{row.name}”{each.said()}，已经完成，得分{plain(row.score)}低于分值{plain(row.weight)}，没有说明扣分原因"
        mild: Severity | None = None if each.asks_reason and each.judgement.sure else "notice"
        key = row_key(each.table, each.index)
        return _row_broken(each, text, plain(row.weight), mild, (Need(key, Interval.exactly(row.weight)),))
    return Trial(row.name, "held")


def _deviated(book: Book, each: Row) -> Trial:
    row = each.row
    if each.judgement is None:
        return not_run(row.name, "可以比较的指标值和实际完成值")
    if each.judgement.verdict == "missed" and not each.reasoned and not is_execution(row):
        text = f"“{row.name}”{each.said()}，没有达到，且没有说明偏差原因"
        return _row_broken(each, text, "说明偏差原因", None if each.asks_reason else "notice")
    return Trial(row.name, "held")


def _overachieved(book: Book, each: Row) -> Trial:
    row, line = each.row, book.profile.overachieved
    times = each.judgement.times if each.judgement else None
    if times is None:
        return not_run(row.name, "可以相除的指标值和实际完成值")
    if times * HUNDRED >= line and not each.reasoned:
        share = plain((times * HUNDRED).quantize(Decimal("0.1")))
        text = f"“{row.name}”{each.said()}，达到指标值的{share}%，指标值可能定得偏低，且没有说明原因"
        return _row_broken(each, text, f"低于指标值的{plain(line)}%")
    return Trial(row.name, "held")


def _row_broken(
    each: Row, message: str, expected: str, severity: Severity | None = None, needs: tuple[Need, ...] = ()
) -> Trial:
    row = each.row
    reading = each.judgement.reading if each.judgement else "实际完成值为空"
    operands = tuple(
        Operand(ZH[c], e.text, Interval.exactly(Decimal(0)), e)
        for c in ("target", "actual")
        if (e := (row.cells or {}).get(c))
    )
    evidence = _cells(row, "actual", "target", "score", "weight", "reason")
    return Trial(
        row.name,
        "broken",
        calculation=Calculation(reading, operands, Interval.exactly(Decimal(0))) if operands else None,
        message=f"{message}{at(*evidence)}",
        stated=row.actual or "",
        expected=expected,
        evidence=evidence,
        severity=severity,
        needs=needs,
        row=each.place,
    )


def complete(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """Each row fills the columns that its table has and uses."""
    return Rule(rule_id, zh, "warning", "completeness", _complete, meaning, "表中已有的栏逐行填写", clause)


def _complete(book: Book) -> Iterator[Trial]:
    tables = [t for t in book.report.tables if t.rows]
    if not tables:
        yield not_run(None, "指标表")
    for table in tables:
        columns = [
            c for c in ("target", "actual", "weight", "score") if c in table.fields and _used(table, c)
        ]
        for index, row in enumerate(table.rows):
            lacking = [c for c in columns if not _filled(row, c) and _has_cell(row, c)]
            if not lacking:
                yield Trial(row.name, "held")
                continue
            names = "、".join(ZH[c] for c in lacking)
            alone = all(not _filled(row, c) for c in columns)
            # an empty result with full marks is score.unearned; here it only asks to be filled in
            earned = "actual" in lacking and row.score is not None and row.score == row.weight
            yield Trial(
                row.name,
                "broken",
                message=f"“{row.name}”没有填{names}{at(row.evidence)}；不涉及的请写“/”或“无”",
                stated="",
                expected=names,
                evidence=(row.evidence, *(e for c in lacking if (e := (row.cells or {}).get(c)))),
                severity="notice" if alone or earned else None,
                row=None if earned else (table.table, index),
            )


def _has_cell(row: Indicator, column: str) -> bool:
    """A row without that cell at all (merged away, a subtitle) lacks nothing of its own."""
    return row.cells is None or column in row.cells
