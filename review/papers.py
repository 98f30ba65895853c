"""The page of one document: its text or pages left, its facts and findings right, joined by marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from review.marks import Mark, PageView, Part, page_views, shown_parts
from review.words import GROUPS, STAGES, concept_name, moment, value_of
from schema.catalogue import BY_ID, CONCEPTS
from schema.corrections import place_of, typed_of
from schema.document import Document
from schema.finding import plain
from schema.report import Evidence, Fact, Report
from storage.corrections import COVER
from storage.records import Correcting, Flag, FlagFilter, Paper, Submission
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """Where one statement of a value stands. `mark` names its characters in the document."""

    mark: str
    value: str
    stated: str
    page: int | None
    unsure: bool
    form: CorrectionForm | None  # None for what cannot be corrected here


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """What the form of a correction starts from, and who corrected it already. `seen` is the newest
    correction's id, 0 for none."""

    place: str
    seen: int
    concept: str
    typed: str
    subject: str
    period: int | None
    stage: str
    read: str
    by: str


@dataclass(frozen=True, slots=True)
class FilingForm:
    """What the form of a filing starts from: `read` is what the cover was read as, `by` who filed it otherwise,
    `seen` the newest filing's id, 0 for none."""

    seen: int
    read: str
    by: str


@dataclass(frozen=True, slots=True)
class FactGroup:
    """All statements of one thing: the same concept, subject, year and stage."""

    name: str
    about: str
    places: tuple[Place, ...]
    differ: bool

    @property
    def marks(self) -> str:
        return " ".join(place.mark for place in self.places)


@dataclass(frozen=True, slots=True)
class Step:
    """One operand of a calculation."""

    label: str
    stated: str
    interval: str
    mark: str | None


@dataclass(frozen=True, slots=True)
class FlagView:
    flag: Flag
    marks: str
    formula: str | None
    steps: tuple[Step, ...]
    result: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    submission: Submission
    parts: tuple[Part, ...]
    pages: tuple[PageView, ...]
    facts: tuple[tuple[str, tuple[FactGroup, ...]], ...]
    flags: tuple[FlagView, ...]
    unexplained: int
    numbers: int
    losses: tuple[str, ...]
    dropped: tuple[CorrectionForm, ...]
    corrections: tuple[Correcting, ...]
    versions: tuple[Submission, ...]
    newest: Submission | None  # the version in force
    filing: FilingForm


#: facts recognised with less certainty are shown as such
SURE = 0.8
#: money units that an interval is shown in
YUAN = {"亿元": 10**8, "万元": 10**4, "千元": 1000}
#: what a report is filed under has a form of its own
FILED_UNDER = ("department", "fiscal_year")
#: what a reading may be corrected to
CORRECTABLE = tuple(c for c in CONCEPTS if c.id not in FILED_UNDER)


def paper_page(store: Store, submission: int) -> PaperPage:
    """Raises Missing."""
    paper = store.paper(submission)
    document, report = paper.document, paper.report
    forms, dropped = correction_forms(paper)
    flags = store.flags(FlagFilter(submission=submission, superseded=True), limit=1000).rows
    marks = [*_fact_marks(report), *_unexplained(report), *_flag_marks(flags, document)]
    headings = {  # a heading that its paragraph is glued to stays in the text's print
        section.block: section.level
        for section in report.sections
        if section.title and section.end == len(document.blocks[section.block].text)
    }
    named = paper.submission.department
    same = store.submissions(
        departments=(named,) if named else (), years=(report.fiscal_year,) if report.fiscal_year else (),
        statuses=("ok", "superseded"),
    ).rows  # fmt: skip
    own = paper.submission
    versions = tuple(
        one for one in same if (one.kind, one.department, one.project) == (own.kind, named, own.project)
    )
    return PaperPage(
        paper.submission,
        shown_parts(document, marks, headings),
        page_views(document, marks),
        _facts(report, forms),
        tuple(_flag_view(flag) for flag in flags),
        len(report.coverage.unexplained),
        report.coverage.numbers,
        tuple(f"{loss.part}：{loss.what}（{loss.characters}字）" for loss in report.ledger.losses),
        dropped,
        paper.corrections,
        versions,
        next((one for one in versions if one.status == "ok"), None) if named else None,
        filing_form(paper),
    )


def filing_form(paper: Paper) -> FilingForm:
    last = next((one for one in reversed(paper.corrections) if one.place == COVER), None)
    read = f"{paper.read.department or '部门不明'} {paper.read.fiscal_year or '年度不明'}"
    by = (
        f"{last.who}于{moment(last.at)}改归{f'：{last.comment}' if last.comment else ''}"
        if last and last.action == "file"
        else ""
    )
    return FilingForm(last.id if last else 0, read, by)


def _fact_marks(report: Report) -> Iterator[Mark]:
    for position, fact in enumerate(report.facts):
        yield _mark(f"f{position}", fact.evidence)


def _unexplained(report: Report) -> Iterator[Mark]:
    for evidence in report.coverage.unexplained:
        yield _mark("u", evidence)


def _mark(name: str, evidence: Evidence) -> Mark:
    return Mark(name, evidence.block, evidence.start, evidence.end)


def _flag_marks(flags: tuple[Flag, ...], document: Document) -> Iterator[Mark]:
    for flag in flags:
        for evidence in flag.evidence:
            yield from _marked(f"g{flag.id}", evidence, document)
        for position, operand in enumerate((flag.calculation or {}).get("operands", ())):
            if operand.get("evidence"):
                yield from _marked(f"o{flag.id}-{position}", operand["evidence"], document)


def _marked(name: str, evidence: Mapping[str, Any], document: Document) -> Iterator[Mark]:
    block, start, end = evidence.get("block"), evidence.get("start"), evidence.get("end")
    if block is None or start is None or end is None or not 0 <= block < len(document.blocks):
        return
    if start == end:  # an empty cell, or a place where something is missing: the whole block
        start, end = 0, len(document.blocks[block].text)
    yield Mark(name, block, start, end)


def correction_forms(paper: Paper) -> tuple[list[CorrectionForm | None], tuple[CorrectionForm, ...]]:
    """A form for each fact in force, in their order, and one for each reading that was dropped."""
    newest = {one.place: one for one in paper.corrections}
    forms: list[CorrectionForm | None] = []
    dropped = []
    for read in paper.read.facts:
        place = place_of(read)
        last = newest.get(place)
        gone = last is not None and last.action == "drop"
        fact = read if gone else paper.report.facts[len(forms)]
        kind = BY_ID[read.concept].kind
        by = f"{last.who}于{moment(last.at)}更正{f'：{last.comment}' if last.comment else ''}" if last else ""
        form = CorrectionForm(
            place, last.id if last else 0, fact.concept, typed_of(fact), fact.subject or "", fact.period,
            fact.stage or "", value_of(kind, read.value), by if gone or fact.corrected_by else "",
        )  # fmt: skip
        if gone:
            dropped.append(form)
        else:
            forms.append(None if read.concept in FILED_UNDER else form)
    return forms, tuple(dropped)


def _facts(
    report: Report, forms: list[CorrectionForm | None]
) -> tuple[tuple[str, tuple[FactGroup, ...]], ...]:
    grouped: dict[str, dict[tuple[object, ...], list[tuple[int, Fact]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for position, fact in enumerate(report.facts):
        key = (fact.concept, fact.subject, fact.period, fact.stage)
        grouped[BY_ID[fact.concept].group][key].append((position, fact))
    return tuple(
        (title, tuple(_group(found, report.fiscal_year, forms) for found in grouped[group].values()))
        for group, title in GROUPS.items()
        if grouped.get(group)
    )


def _group(found: list[tuple[int, Fact]], year: int | None, forms: list[CorrectionForm | None]) -> FactGroup:
    first = found[0][1]
    kind = BY_ID[first.concept].kind
    period = f"{first.period}年" if first.period and first.period != year else ""
    about = " ".join(filter(None, (concept_name(first.subject), period, STAGES.get(first.stage or "", ""))))
    places = tuple(
        Place(
            f"f{at}",
            value_of(kind, fact.value),
            fact.evidence.text,
            fact.evidence.page,
            fact.confidence < SURE,
            forms[at],
        )
        for at, fact in found
    )
    return FactGroup(concept_name(first.concept), about, places, len({place.value for place in places}) > 1)


def _flag_view(flag: Flag) -> FlagView:
    calculation = flag.calculation or {}
    steps = tuple(
        Step(
            operand["label"], operand["stated"], _interval(operand["interval"], operand["stated"]),
            f"o{flag.id}-{position}" if operand.get("evidence") else None,
        )
        for position, operand in enumerate(calculation.get("operands", ()))
    )  # fmt: skip
    result = _interval(calculation["result"]) if calculation else ""
    return FlagView(flag, f"g{flag.id}", calculation.get("formula"), steps, result)


def _interval(ends: list[str | None], stated: str = "") -> str:
    """What a stated figure may stand for, in its own money unit: "1.5 ～ 2.5", or the figure alone where
    it is exact.

    >>> _interval(["1356350", "1356450"], "135.64万元")
    '135.635 ～ 135.645万元'
    >>> _interval(["-16.35", "-16.25"], "16.3%")
    '-16.35 ～ -16.25%'
    """
    unit = next((name for name in YUAN if name in stated), "%" if stated.endswith(("%", "％")) else "")
    shown = (Decimal(end) / YUAN.get(unit, 1) if end is not None else None for end in ends)
    low, high = (_short(plain(end)) if end is not None else "不限" for end in shown)
    return (low if low == high else f"{low} ～ {high}") + unit


def _short(number: str) -> str:
    """At most six decimals: more say nothing to a reader."""
    whole, dot, rest = number.partition(".")
    return f"{whole}{dot}{rest[:6]}" if dot else whole
