"""What a division proves: a percentage said to be a share, 占全部支出59.15%, is that of the part told before it
in the whole of which it is so many percent, whatever words name the two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.figures.percentages import NAMES
from extractors.figures.setting import Decision
from extractors.figures.traits import Told
from schema.quantity import Interval, Quantity
from schema.report import Fact

#: what a share may have been taken for
OPEN = frozenset({"", "其他占比", "其他比率", "其他金额"})
SAID = re.compile(r"占|比重|份额|构成比")
#: the whole that each part is of, by concept; a part of a part has both
WHOLES = {
    "spending.basic": ("spending.total",),
    "spending.project": ("spending.total",),
    "spending.personnel": ("spending.basic", "spending.total"),
    "spending.operating": ("spending.basic", "spending.total"),
    "budget.basic": ("budget.total",),
    "budget.project": ("budget.total",),
    "income.fiscal": ("income.total",),
    "three_public.spending": ("spending.total",),
    "three_public.overseas.spending": ("three_public.spending",),
    "three_public.vehicles.spending": ("three_public.spending",),
    "three_public.hospitality.spending": ("three_public.spending",),
    "project.spending": ("project.spending", "spending.project", "spending.total"),
    "project.budget": ("project.budget", "budget.project", "budget.total"),
}
KEYS = {"income.total": "income", "income.fiscal": "income_fiscal"}
HUNDRED = Interval.exactly(Decimal(100))


def with_shares(
    paragraph: Sequence[Told], source: str, year: int | None, known: Iterable[Fact]
) -> list[Told]:
    """A paragraph's sentences with the shares that its own figures prove, or one of them and a whole `known`
    from the paragraphs before."""
    wholes = [one for one in known if one.concept in _ALL_WHOLES and one.period == year and one.quantity]
    decided = [one for told in paragraph for one in told.decisions]
    proven: dict[int, Decision] = {}
    for at, one in enumerate(decided):
        if not _may_be_share(one, source):
            continue
        told = [two for two in decided if two.concept in _ALL_WHOLES and two.period == year]
        subjects = dict.fromkeys(_fitting(one, decided[:at], [*told, *wholes], year))
        if len(subjects) == 1:
            subject = next(iter(subjects))
            proven[one.figure.start] = replace(
                one, concept="share", quantity=one.figure.quantity, subject=subject, period=year, reason=""
            )
    return [
        replace(told, decisions=[proven.get(one.figure.start, one) for one in told.decisions])
        for told in paragraph
    ]


_ALL_WHOLES = frozenset(whole for wholes in WHOLES.values() for whole in wholes)


def _may_be_share(one: Decision, source: str) -> bool:
    figure = one.figure
    if (
        one.concept
        or one.reason not in OPEN
        or figure.kind != "percent"
        or not figure.quantity
        or figure.upper
    ):
        return False
    clause = re.split("[，。；：（）]", source[: figure.start])[-1]
    return 0 < figure.value < 100 and bool(SAID.search(clause))


def _fitting(
    share: Decision, parts: Sequence[Decision], wholes: Sequence[Decision | Fact], year: int | None
) -> Iterator[str]:
    """What the percentage may be the share of: each part told before it with each of its wholes that it fits."""
    assert share.figure.quantity  # noqa: S101
    for part in parts:
        if part.concept not in WHOLES or part.period != year or not part.figure.quantity:
            continue
        for whole in wholes:
            same = whole.concept == part.concept and whole.subject == part.subject
            if (
                whole.concept not in WHOLES[part.concept]
                or whole.stage != part.stage
                or same
                or not whole.quantity
            ):
                continue
            if _fits(part.figure.quantity, whole.quantity, share.figure.quantity):
                yield f"{_name(part.concept, part.subject)} / {_name(str(whole.concept), whole.subject)}"


def _fits(part: Quantity, whole: Quantity, share: Quantity) -> bool:
    if part.value <= 0 or whole.value <= part.value:
        return False
    return (part.interval / whole.interval * HUNDRED).meets(share.interval)


def _name(concept: str, subject: str | None) -> str:
    key = KEYS.get(concept) or concept.removesuffix(".spending").rpartition(".")[2]
    name = subject or NAMES[key]
    return name.replace("支出", "预算") if concept.startswith("budget.") else name
