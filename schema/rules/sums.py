"""Rules of the kind "a figure is the sum of others"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import combinations

from schema.finding import Calculation, Severity
from schema.quantity import Interval, as_written
from schema.report import RemarkKind, Stage
from schema.rules.doubts import amounts_in
from schema.rules.figures import UNITS, Book, Figure, Key, at, doubt, in_unit, operand
from schema.rules.kinds import Need, Rule, Trial, not_run

ZERO = Interval.exactly(Decimal(0))
#: words that say "the following make up all of it"
CLOSED = ("分别为", "分别是", "组成")


Sum = tuple[str, tuple[str, ...]]


def total(
    rule_id: str, *, of: str, parts: tuple[str, ...], zh: str, meaning: str, clause: str,
    also: tuple[Sum, ...] = (), closed: bool = True,
) -> Rule:  # fmt: skip
    """`of` is the sum of `parts` (same year and stage). `closed`: the parts are all of it by
    definition, and all must be stated; else those that are stated may be some of it, and a rest is
    only a notice. `also`: further sums of the same rule, each then under its own name."""
    sums = ((of, parts), *also)
    engine = partial(_totals, sums=sums, closed=closed)
    formula = "；".join(f"{of} = {' + '.join(parts)}" for of, parts in sums)
    return Rule(rule_id, zh, "error", "arithmetic", engine, meaning, formula, clause)


def _totals(book: Book, sums: tuple[Sum, ...], closed: bool) -> Iterator[Trial]:
    for of, parts in sums:
        subject = of if len(sums) > 1 else None
        wholes = [w for period in book.periods(of) for w in book.of(of) if w.key.period == period]
        if not wholes:
            yield not_run(subject, _name(book, of, None))
        told: list[Figure] = []
        for whole in wholes:
            found = [part for name in parts if (part := _part(book, name, whole))]
            missing = [name for name in parts if name not in {f.key.concept for f in found}]
            if found and not closed and missing:
                yield from _open_list(book, subject, whole, found)
            elif missing:
                yield not_run(subject, *(_name(book, name, whole.key.stage) for name in missing))
            else:
                trial = _with_further(book, subject, whole, found)
                again = any(whole.interval.meets(other.interval) for other in told)
                if trial.outcome == "held" or not again:  # 年初 and 全年 alike are one slip
                    yield trial
                if trial.outcome == "broken":
                    told.append(whole)


#: the amount of a further part, at the end of its words: 其他支出400万元
AMOUNT = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(亿元|万元|千元|元)$")


def _with_further(book: Book, subject: str | None, whole: Figure, found: list[Figure]) -> Trial:
    """The parts of the definition, and those that the report states beside them (经营支出, 其他支出)."""
    trial = judge(book, subject, whole, found, closed=True)
    if trial.outcome == "broken" and trial.severity != "notice" and _of_unread_total(book, found):
        return Trial(subject, "held", calculation=trial.calculation)
    if trial.outcome == "broken" and trial.severity != "notice" and _with_funds(book, whole, found):
        return Trial(subject, "held", calculation=trial.calculation)
    further = _amounts(book, whole, "further_part")
    if trial.outcome != "broken" or not further:
        return trial
    summed = sum((f.interval for f in found), ZERO) + sum(further, ZERO)
    short = whole.interval.low > sum((f.interval for f in found), ZERO).high
    if not short:
        return trial
    if whole.interval.meets(summed):
        return Trial(subject, "held", calculation=trial.calculation)
    return replace(trial, severity="notice", message=f"{trial.message}；报告另列有其他部分，请一并核对")


def _of_unread_total(book: Book, found: list[Figure]) -> bool:
    """Whether the parts' own paragraph gives their sum as an amount that no fact was made of: they are
    that one's parts (一般公共预算财政拨款支出1050万元，其中…) and not the total's."""
    blocks = {f.evidence.block for f in found}
    if len(blocks) != 1:
        return False
    known = {f.evidence.text for f in book.report.facts}
    summed = sum((f.interval for f in found), ZERO)
    return any(
        text not in known and amount.meets(summed) for text, amount in amounts_in(book, blocks.pop()).items()
    )


def _with_funds(book: Book, whole: Figure, found: list[Figure]) -> bool:
    """Whether the parts are those of 一般公共预算 alone, and what was spent of other funds makes up the rest."""
    summed = sum((f.interval for f in found), ZERO)
    funds = _amounts(book, whole, "fund")
    return any(
        whole.interval.meets(summed + sum(some, ZERO)) for n in (1, 2) for some in combinations(funds, n)
    )


def _amounts(book: Book, whole: Figure, kind: RemarkKind) -> list[Interval]:
    """The amounts of remarks of one kind on a whole (further parts that the report lists for it, funds), each once."""
    amounts: dict[str, Interval] = {}
    for remark in book.report.remarks:
        found = AMOUNT.search(remark.evidence.text) if remark.kind == kind else None
        if found and remark.about == whole.key.concept and remark.period in (None, whole.key.period):
            number = as_written(Decimal(re.sub("[,，]", "", found[1])))
            amounts[remark.evidence.text] = number.interval.scaled(UNITS[found[2]])
    return list(amounts.values())


def _open_list(book: Book, subject: str | None, whole: Figure, found: list[Figure]) -> Iterator[Trial]:
    """Some of the parts: more than the whole is a fault, less is one only where the words close the list."""
    words = whole.best.evidence.context
    shut = any(word in words for word in CLOSED) and "其中" not in words
    trial = judge(book, subject, whole, found, closed=shut)
    one_of_many = len(found) == 1 and trial.severity == "notice"
    yield not_run(subject, "其余各类") if one_of_many else trial


def _name(book: Book, concept: str, stage: Stage | None) -> str:
    return book.label(Key(concept, book.year, stage))


def _part(book: Book, concept: str, whole: Figure) -> Figure | None:
    """The part of the same year and stage; else of another stage, where it stands in the same block
    as the total: 年初预算100万元，其中基本支出60万元."""
    exact = book.find(concept, whole.key.period, whole.key.stage)
    if exact:
        return exact
    near = [
        f
        for f in book.any_stage(concept, whole.key.period)
        if None in (f.key.stage, whole.key.stage)
        and not (f.key.stage and book.find(whole.key.concept, whole.key.period, f.key.stage))
        and any(a.evidence.block == b.evidence.block for a in f.facts for b in whole.facts)
    ]
    return near[0] if len(near) == 1 else None


def judge(book: Book, subject: str | None, whole: Figure, parts: Sequence[Figure], closed: bool) -> Trial:
    """Whether the parts make up the whole, within what rounding and cutting allow."""
    blocked = [f for f in (whole, *parts) if not book.open(f)]
    if blocked:
        return not_run(subject, *(f"{book.label(f.key)}前后不一致" for f in blocked))
    summed = sum((p.interval for p in parts), ZERO)
    wide = sum((p.either for p in parts), ZERO)
    calculation = Calculation(
        " + ".join(book.label(p.key) for p in parts) + f" = {book.label(whole.key)}",
        (operand(book.label(whole.key), whole), *(operand(book.label(p.key), p) for p in parts)),
        summed,
    )
    needs = (
        Need(whole.key, summed),
        *(Need(p.key, whole.interval - sum((q.interval for q in parts if q is not p), ZERO)) for p in parts),
    )
    if whole.interval.meets(summed):
        return Trial(subject, "held", calculation=calculation, needs=needs)
    miss = whole.interval.middle - summed.middle
    digits = sum((p.step for p in parts if p.best.number), Decimal(0))  # a stated 0 is nobody's tail
    tail = whole.either.meets(wide) or abs(miss) <= digits
    short = miss > 0 and not closed
    severity: Severity | None = "notice" if tail or short else None
    expected = in_unit(whole.best, summed.middle)
    why = ""
    if tail:
        why = "，相差在末位尾差以内，可能是四舍五入或截位所致"
    elif short:
        why = "，所列各项可能不全"
    adding = " + ".join(p.said for p in parts)
    projects = all(p.key.concept.startswith("project.") for p in parts)
    names = f"所列{len(parts)}个项目" if projects else "、".join(book.label(p.key) for p in parts)
    return Trial(
        subject,
        "broken",
        calculation=calculation,
        message=(
            f"{book.label(whole.key)}写为{whole.said}{at(whole.evidence)}，"
            f"按{names}相加（{adding}）应为{expected}，相差{in_unit(whole.best, abs(miss))}{why}"
            f"{doubt([f.best for f in (whole, *parts)])}"
        ),
        stated=whole.said,
        expected=expected,
        evidence=tuple(f.evidence for f in (whole, *parts)),
        severity=severity,
        needs=needs,
    )


def balance(rule_id: str, *, opening: str, income: str, spending: str, closing: str, zh: str, meaning: str,
            clause: str, severity: Severity) -> Rule:  # fmt: skip
    """opening + income - spending = closing, where all four are stated for one year."""
    engine = partial(_balance, opening=opening, income=income, spending=spending, closing=closing)
    formula = f"{opening} + {income} - {spending} = {closing}"
    return Rule(rule_id, zh, severity, "arithmetic", engine, meaning, formula, clause)


def _balance(book: Book, opening: str, income: str, spending: str, closing: str) -> Iterator[Trial]:
    names = (opening, income, spending, closing)
    for period in list(book.periods(closing)) or [book.year]:
        found = [book.find(name, period) for name in names]
        figures = [f for f in found if f]
        if len(figures) < len(names):
            gone = [name for name, figure in zip(names, found, strict=True) if figure is None]
            yield not_run(None, *(_name(book, name, None) for name in gone))
            continue
        if any(not book.open(f) for f in figures):
            yield not_run(None, *(f"{book.label(f.key)}前后不一致" for f in figures if not book.open(f)))
            continue
        start, came, went, left = figures
        yield _weighed(book, start, came, went, left)


def _weighed(book: Book, start: Figure, came: Figure, went: Figure, left: Figure) -> Trial:
    result = start.interval + came.interval - went.interval
    wide = start.either + came.either - went.either
    figures = (start, came, went, left)
    calculation = Calculation(
        "年初结转结余 + 收入 - 支出 = 年末结转结余",
        tuple(operand(book.label(f.key), f) for f in figures),
        result,
    )
    needs = (
        Need(left.key, result),
        Need(start.key, left.interval + went.interval - came.interval),
        Need(came.key, left.interval + went.interval - start.interval),
        Need(went.key, start.interval + came.interval - left.interval),
    )
    # 总收入 may hold the opening balance already, 支出总计 the closing one
    whole = start.interval + came.interval
    other = left.interval.meets(came.interval - went.interval) or went.interval.meets(whole)
    if left.interval.meets(result) or other or went.interval.meets(came.interval):
        return Trial(None, "held", calculation=calculation, needs=needs)
    miss = abs(left.interval.middle - result.middle)
    tail = left.either.meets(wide) or miss <= max(f.step for f in figures) * 3
    expected = in_unit(left.best, result.middle)
    return Trial(
        None,
        "broken",
        calculation=calculation,
        message=(
            f"年末结转结余写为{left.said}{at(left.evidence)}，按年初结转结余{start.said}加收入{came.said}"
            f"减支出{went.said}应为{expected}" + ("，相差在末位尾差以内" if tail else "")
        ),
        stated=left.said,
        expected=expected,
        evidence=tuple(f.evidence for f in figures),
        severity="notice" if tail else None,
        needs=needs,
    )


def listed(rule_id: str, *, concepts: tuple[str, ...], zh: str, meaning: str, clause: str,
           severity: Severity) -> Rule:  # fmt: skip
    """A list of projects said to be complete adds up to its stated sum, else to one of `concepts`."""
    engine = partial(_listed, wholes=dict(zip(("project.spending", "project.budget"), concepts, strict=True)))
    formula = " / ".join(f"{c} = Σ 各项目" for c in concepts)
    return Rule(rule_id, zh, severity, "arithmetic", engine, meaning, formula, clause)


def _listed(book: Book, wholes: dict[str, str]) -> Iterator[Trial]:
    if not book.report.project_lists:
        yield not_run(None, "完整的项目明细")
    for items in book.report.project_lists:
        subject = wholes[items.concept]
        parts = [Figure(book.key(f), (f,)) for f in items.parts if f.quantity is not None]
        if len(parts) < 2:
            yield not_run(subject, "项目明细")
            continue
        if items.total is not None and items.total.quantity is not None:
            whole = [Figure(book.key(items.total), (items.total,))]
        else:
            period = parts[0].key.period
            whole = book.any_stage(subject, period)
        if not whole:
            yield not_run(subject, book.label(parts[0].key, "各项目合计"))
            continue
        trials = [judge(book, subject, each, parts, closed=True) for each in whole]
        rank = {"held": 0, "broken": 1, "not_run": 2}
        yield min(trials, key=lambda t: (rank[t.outcome], t.severity != "notice"))
