"""The rule that finds 万元 and 元 mixed up: a figure that is right but for a power of ten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from schema.catalogue import BY_ID
from schema.quantity import slip_between
from schema.rules.figures import Book, Figure, Key, at, in_unit, unit_of
from schema.rules.kinds import Rule, Trial, Tried, not_run

#: the rules whose failure a wrong unit may explain
EXPLAINED = frozenset(
    {"sum.budget", "sum.spending", "sum.basic", "sum.three_public", "sum.balance", "sum.projects",
     "rate.execution", "rate.share", "rate.change", "spending.over"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """One figure times ten to the `power` would mend `mended`."""

    key: Key
    power: int
    mended: tuple[Trial, ...]
    expected: Decimal


def unit_slip(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """Two statements, or an operand of a failed sum or rate, differ by a power of ten (>= 100).

    Runs after the rules that it explains: it reads their trials from the book."""
    return Rule(
        rule_id, zh, "error", "consistency", _slips, meaning, "数值 × 10ⁿ（n ≥ 2）与应有值相符", clause
    )


def _slips(book: Book) -> Iterator[Trial]:
    conflicts = [
        t.trial for t in book.tried if t.rule.id == "duplicate.conflict" and t.trial.outcome == "broken"
    ]
    found = False
    for trial in conflicts:
        slip = _conflict(book, trial)
        if slip:
            found = True
            yield slip
    broken = [t for t in book.tried if t.rule.id in EXPLAINED and _loud(t)]
    while broken:
        slip_found = _best(book, broken)
        if slip_found is None:
            break
        found = True
        yield _told(book, slip_found)
        gone = {id(t) for t in slip_found.mended}
        broken = [
            t for t in broken
            if id(t.trial) not in gone and all(n.key != slip_found.key for n in t.trial.needs)
        ]  # fmt: skip
    if not found:
        ran = any(
            t.trial.outcome == "held"
            for t in book.tried
            if t.rule.id in EXPLAINED or t.rule.id == "duplicate.conflict"
        )
        yield Trial(None, "held") if ran else not_run(None, "可以相互印证的金额")


def _loud(tried: Tried) -> bool:
    return tried.trial.outcome == "broken" and tried.trial.severity != "notice"


def _conflict(book: Book, trial: Trial) -> Trial | None:
    """The conflict told as a unit slip, where the two statements differ by a power of ten."""
    from schema.rules.duplicates import clashes, magnitude

    key = trial.needs[0].key
    figure = book.figures.get(key)
    clash = clashes(figure) if figure else None
    if figure is None or clash is None or not magnitude(*clash):
        return None
    return Trial(
        trial.subject,
        "broken",
        message=trial.message,
        stated=trial.stated,
        expected=trial.expected,
        evidence=trial.evidence,
        severity=trial.severity,
        needs=trial.needs,
        replaces=(trial,),
    )


def _best(book: Book, broken: list[Tried]) -> Slip | None:
    """The one figure whose scaling mends the most failures; a figure that a held rule confirms is not
    suspected, and among equals the one in another unit than its neighbours is."""
    confirmed = {
        need.key
        for t in book.tried
        if t.trial.outcome == "held" and t.rule.id in EXPLAINED - {"spending.over"}
        for need in t.trial.needs
    }
    slips: dict[tuple[Key, int], list[tuple[Trial, Decimal]]] = {}
    for each in broken:
        for need in each.trial.needs:
            figure = book.figures.get(need.key)
            if not figure or BY_ID[need.key.concept].kind != "money" or need.wanted is None:
                continue
            if need.wanted.low.is_infinite():
                continue
            power = slip_between(figure.interval, need.wanted)
            if power is not None:
                slips.setdefault((need.key, power), []).append((each.trial, need.wanted.middle))
    if not slips:
        return None
    common = Counter(_unit(f) for f in book.figures.values() if BY_ID[f.key.concept].kind == "money")

    def rank(item: tuple[tuple[Key, int], list[tuple[Trial, Decimal]]]) -> tuple[bool, int, int]:
        (key, _), mended = item
        return key in confirmed, -len(mended), common[_unit(book.figures[key])]

    (key, power), mended = min(slips.items(), key=rank)
    if key in confirmed:
        return None
    return Slip(key, power, tuple(t for t, _ in mended), mended[0][1])


def _unit(figure: Figure) -> str:
    return unit_of(figure.best)


def _told(book: Book, slip: Slip) -> Trial:
    figure = book.figures[slip.key]
    label = book.label(slip.key, figure.subject)
    first = slip.mended[0]
    return Trial(
        figure.subject or slip.key.concept,
        "broken",
        calculation=first.calculation,
        message=(
            f"{label}写为{figure.said}{at(figure.evidence)}，与其他数字相差10的{abs(slip.power)}次方倍，"
            f"疑为金额单位（元、万元）写错；应为{in_unit(figure.best, slip.expected)}左右。"
            f"原有问题：{first.message}"
        ),
        stated=figure.said,
        expected=in_unit(figure.best, slip.expected),
        evidence=(figure.evidence, *(e for e in first.evidence if e != figure.evidence)),
        needs=first.needs,
        replaces=slip.mended,
    )
