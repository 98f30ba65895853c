"""Rules that need more than one report: last year's, the bureau's own ledger, the roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schema.catalogue import BY_ID
from schema.finding import Severity
from schema.profile import Profile, load_profile
from schema.report import Fact, Report
from schema.rules.duplicates import magnitude
from schema.rules.figures import Book, Figure, Key, at, said, same_subject
from schema.rules.kinds import Rule, Trial, not_run


def elsewhere(rule_id: str, *, needs: str, zh: str, severity: Severity, meaning: str, clause: str) -> Rule:
    """A rule that one report cannot feed: within it, it is not run and says what it needs."""

    def engine(book: Book) -> Iterator[Trial]:
        yield not_run(None, needs)

    return Rule(rule_id, zh, severity, "cross_report", engine, meaning, "与报告以外的资料比对", clause)


def prior_trials(report: Report, earlier: Report, profile: Profile | None = None) -> list[Trial]:
    """Each figure of the year before, against what that year's own report stated."""
    chosen = profile or load_profile("mof")
    now, then = Book(report, chosen), Book(earlier, chosen)
    if earlier.fiscal_year is None:
        return [not_run(None, "上年报告的评价年度")]
    figures = [
        f for f in now.figures.values()
        if f.key.period == earlier.fiscal_year and earlier.fiscal_year != report.fiscal_year
    ]  # fmt: skip
    trials = []
    for figure in figures:
        key = figure.key
        other = then.find(key.concept, key.period, key.stage, key.subject)
        if other is not None and clear(figure) and clear(other):
            trials.append(_against(now, figure, other.facts, f"{earlier.fiscal_year}年报告"))
    return trials or [not_run(None, "两份报告都写明的上年数字")]


def ledger_trials(report: Report, ledger: Iterable[Fact], profile: Profile | None = None) -> list[Trial]:
    """Each figure against the finance bureau's own record of that department and year."""
    book = Book(report, profile or load_profile("mof"))
    record: dict[Key, list[Fact]] = {}
    for fact in ledger:
        if fact.quantity is not None:
            record.setdefault(book.key(fact), []).append(fact)
    trials = []
    for figure in book.figures.values():
        facts = _recorded(record, figure.key)
        if facts and clear(figure):
            trials.append(_against(book, figure, tuple(facts), "财政台账"))
    return trials or [not_run(None, "台账与报告都有的数字")]


def _recorded(record: dict[Key, list[Fact]], key: Key) -> list[Fact]:
    """The record of a key; an unstaged record serves every stage, and an unstaged figure any record."""
    if key in record:
        return record[key]
    unstaged = Key(key.concept, key.period, None, key.subject)
    if unstaged in record:
        return record[unstaged]
    return [
        fact
        for other, facts in record.items()
        for fact in facts
        if (other.concept, other.period) == (key.concept, key.period)
        and (key.stage is None or other.stage == key.stage)
        and (
            key.subject == other.subject
            or bool(key.subject and other.subject and same_subject(key.subject, other.subject))
        )
    ]


def clear(figure: Figure) -> bool:
    """Whether a figure's statements agree among themselves."""
    first = figure.quantities[0]
    return all(first.same_as(q) for q in figure.quantities[1:])


def _against(book: Book, figure: Figure, facts: tuple[Fact, ...], where: str) -> Trial:
    subject = figure.subject or figure.key.concept
    mine = figure.best
    others = [f for f in facts if f.quantity is not None]
    if any(f.quantity and q.same_as(f.quantity) for f in others for q in figure.quantities):
        return Trial(subject, "held")
    other = others[0]
    quantity = other.quantity
    cut = quantity is not None and any(q.either.meets(quantity.either) for q in figure.quantities)
    slip = magnitude(mine, other) if BY_ID[mine.concept].kind == "money" else None
    return Trial(
        subject,
        "broken",
        message=f"{book.label(figure.key, figure.subject)}写为{figure.said}{at(figure.evidence)}，{where}为{said(other)}"
        + ("，可能是截去了尾数" if cut else "")
        + (f"，恰好相差10的{abs(slip)}次方倍，疑为金额单位写错" if slip else ""),
        stated=figure.said,
        expected=said(other),
        evidence=(figure.evidence,),
        severity="notice" if cut else None,
    )
