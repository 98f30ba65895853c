"""Whether what fell short is explained: rates below the profile's line, and the epidemic as a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from schema.finding import Calculation, plain
from schema.quantity import Interval
from schema.report import Evidence, Remark
from schema.rules.figures import Book, Figure, at, operand
from schema.rules.kinds import Need, Trial
from schema.rules.narrative import figure_subject, undoubted
from schema.rules.ratios import Rate

#: the year whose report may still name the epidemic as a reason
EPIDEMIC_ENDED = 2022


#: words of a reason in the rate's own sentence
BECAUSE = re.compile(
    r"因|由于|主要是|[，,；;]系|鉴于|缘于|受.{1,20}影响|导致|所致|尚未|未能|跨年|质保金|尾款|待.{0,6}(?:支付|结算|验收)|节约|压减|延期|推迟|调整至"
)


def reasons(book: Book, rates: tuple[Rate, ...]) -> Iterator[Trial]:
    """A rate below the profile's line has a reason; the epidemic is none for a year after 2022."""
    line = book.profile.reason_below or book.profile.execution_line
    for remark in book.report.remarks:
        if (
            remark.kind == "epidemic"
            and book.year
            and book.year > EPIDEMIC_ENDED
            and (remark.period or book.year) == book.year
        ):
            yield Trial(
                "疫情",
                "broken",
                message=f"以疫情解释{book.year}年的偏差（“{remark.evidence.text}”{at(remark.evidence)}），"
                "该年已无疫情管控，请核实原因",
                stated=remark.evidence.text,
                expected=f"{book.year}年的实际原因",
                evidence=(remark.evidence,),
                severity="notice",
            )
            break
    given = [
        r for r in book.report.remarks
        if r.kind in ("reason", "epidemic", "saved") and r.where != "table" and r.period in (None, book.year)
    ]  # fmt: skip
    if book.report.kind not in ("department_report", "project_report"):
        return  # a form has its own column for reasons
    low: tuple[Need, ...] = ()  # of a part that is not explained: it is why the whole is low
    for rate in sorted(rates, key=lambda r: r.of == "rate.total"):
        for figure in book.of(rate.of):
            if figure.key.period != book.year or not book.open(figure):
                continue
            trial = _reasoned(book, figure, rate, line, given)
            if trial.outcome == "broken" and rate.of == "rate.total":
                trial = replace(trial, needs=(*trial.needs, *low))
            elif trial.outcome == "broken" and trial.severity != "notice" and rate.of == "rate.project":
                low = trial.needs
            yield trial


def _reasoned(book: Book, figure: Figure, rate: Rate, line: Decimal, given: list[Remark]) -> Trial:
    subject = figure_subject(rate.of, figure)
    calculation = Calculation(
        f"{figure.said} ≥ {plain(line)}%", (operand(book.label(figure.key), figure),), figure.interval
    )
    needs = (Need(figure.key, Interval(line, Decimal("Infinity"))),)
    explained = any(_explains(r, rate, figure) and not _of_another(book, r, figure) for r in given) or any(
        BECAUSE.search(f.evidence.context) for f in figure.facts
    )
    none = any(f.best.number == 0 for f in book.any_stage(rate.whole, figure.key.period, figure.key.subject))
    if figure.interval.high >= line or none or explained or not undoubted(book, figure):
        return Trial(subject, "held", calculation=calculation, needs=needs)
    # a project's own reason may stand in its table; a reason for something else may serve here too;
    # a province's stricter line is for the department's rate
    parts = rate.of.startswith("project.") or bool(given)
    strict = figure.interval.high >= book.profile.execution_line and rate.of != "rate.total"
    return Trial(
        subject,
        "broken",
        calculation=calculation,
        message=f"{book.label(figure.key, figure.subject)}{figure.said}{at(figure.evidence)}低于{plain(line)}%，"
        "文中没有说明原因",
        stated=figure.best.value,
        expected=f"说明低于{plain(line)}%的原因",
        evidence=(figure.evidence,),
        severity="notice" if parts or strict else None,
        clause=book.profile.reason_source.clause,
        needs=needs,
    )


def _of_another(book: Book, remark: Remark, figure: Figure) -> bool:
    """Whether a reason is another project's: it stands in a paragraph on that one's money, and names not this one."""
    subject = figure.key.subject
    if subject is None or subject in remark.evidence.context:
        return False
    told = [f for f in book.report.facts if f.concept.startswith("project.")]
    there = {book.key(f).subject for f in told if f.evidence.block == remark.evidence.block}
    if not there and book.report.kind == "project_report":
        # a chapter of the report is on one of several projects
        there = {book.key(f).subject for f in told if _chapter(f.evidence) == _chapter(remark.evidence)}
    return len(there) == 1 and subject not in there


def _chapter(place: Evidence) -> str:
    """The section of the first level that a place stands in."""
    return (place.section or "").partition(".")[0]


def _explains(remark: Remark, rate: Rate, figure: Figure) -> bool:
    """Whether a reason speaks of a rate: by its concept, by standing in its paragraph, or of nothing
    in particular."""
    same_block = any(f.evidence.block == remark.evidence.block for f in figure.facts)
    return same_block or remark.about in (None, rate.of, rate.part, rate.whole)
