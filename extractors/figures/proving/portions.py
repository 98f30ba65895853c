"""What a division proves: a percentage said to be a share, 占全部支出59.15%, is that of the part told before it
in the whole of which it is so many percent, whatever words name the two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.figures.percentages import NAMES
from extractors.figures.segments import clause_before
from extractors.figures.setting import Decision
from extractors.figures.traits import Told, decided_anew
from schema.quantity import Quantity, fits
from schema.report import Fact

#: what a share may have been taken for
OPEN = frozenset({"", "其他占比", "其他比率", "其他金额"})
SAID = re.compile(r"占|比重|份额|构成比|分量|贡献")
#: 91.21%用于人员 · 项目占大头，达到总支出的90.29%: what a share may be of, in the clause of a percentage that nothing
#: else explains
PARTED = re.compile(
    r"[前后]者|总支出|总收入|支出总额|人员|公用|运转|基本|项目|财政(?:拨款|补助)|占|[近超过约][一二三四五六七八九]成"
)
#: how far from 100 the shares of all parts may be, as they are rounded
CLOSE = Decimal("0.02")
#: a percentage that no word calls a share is proved by chance where it has fewer decimals
TWO_DECIMALS = Decimal("0.01")
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


def with_shares(
    paragraph: Sequence[Told], source: str, year: int | None, known: Iterable[Fact]
) -> list[Told]:
    """A paragraph's sentences with the shares that its own figures prove, or one of them and a whole `known`
    from the paragraphs before."""
    decided = [one for told in paragraph for one in told.decisions]
    beside = _beside(decided, source)
    shares = [
        at
        for at, one in enumerate(decided)
        if at in beside or _may_be_share(one, source) or _of_inner_part(one)
    ]
    unsaid = {at for at, one in enumerate(decided) if _may_be_unsaid(one, source)}
    if not shares and not unsaid:
        return list(paragraph)
    told: list[Decision | Fact] = [*decided, *known]
    wholes = [one for one in told if one.concept in _ALL_WHOLES and one.period == year]
    proven: dict[int, Decision] = {}
    for at in sorted({*shares, *unsaid}):
        parts = told if at in unsaid else decided[:at]
        subjects = set(_fitting(decided[at], parts, wholes, year))
        if _of_inner_part(decided[at]):
            subjects = set() if decided[at].subject in subjects else subjects & {_OF_OUTER}
        if len(subjects) == 1:
            proven[decided[at].figure.start] = decided[at].proved("share", subjects.pop(), period=year)
    return decided_anew(paragraph, proven)


#: 基本支出2,690.87万元，其中人员经费2,478.26万元、公用经费212.61万元，占全年支出的84.05%: of what the clause began with
_OF_OUTER = f"{NAMES['basic']} / {NAMES['total']}"
_OF_INNER = frozenset(f"{NAMES[part]} / {NAMES['total']}" for part in ("personnel", "operating"))


def _of_inner_part(one: Decision) -> bool:
    """Whether a share is said of a part of the basic spending."""
    return one.concept == "share" and one.subject in _OF_INNER and one.figure.quantity is not None


_ALL_WHOLES = frozenset(whole for wholes in WHOLES.values() for whole in wholes)


def _beside(decided: Sequence[Decision], source: str) -> set[int]:
    """The percentages in brackets right behind parts, which make up 100: 基本支出320万元（40%），项目支出480万元（60%）."""
    rows = [
        at for at, (part, one) in enumerate(pairwise(decided), 1)
        if one.figure.kind == "percent" and part.concept in WHOLES
        and source[part.figure.end : one.figure.start].strip() in ("（", "(")
    ]  # fmt: skip
    total = sum((decided[at].figure.value for at in rows), Decimal(0))
    return set(rows) if len(rows) >= 2 and abs(total - 100) <= CLOSE else set()


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
    return 0 < figure.value < 100 and bool(SAID.search(clause_before(source, figure.start)))


def _may_be_unsaid(one: Decision, source: str) -> bool:
    """Whether nothing else explains a percentage of two decimals, whose clause names what may be a part."""
    figure = one.figure
    if one.concept or one.reason or figure.kind != "percent" or not figure.quantity or figure.upper:
        return False
    around = clause_before(source, figure.start) + re.split("[，。；]", source[figure.end :])[0]
    exact = figure.quantity.step <= TWO_DECIMALS
    return exact and 0 < figure.value < 100 and bool(PARTED.search(around))


def _fitting(
    share: Decision, parts: Sequence[Decision | Fact], wholes: Sequence[Decision | Fact], year: int | None
) -> Iterator[str]:
    """What the percentage may be the share of: each part told before it with each of its wholes that it fits."""
    assert share.figure.quantity  # noqa: S101
    for part in parts:
        amount = part.figure.quantity if isinstance(part, Decision) else part.quantity
        if part.concept not in WHOLES or part.period != year or not amount:
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
            if _fits(amount, whole.quantity, share.figure.quantity):
                yield f"{_name(part.concept, part.subject)} / {_name(str(whole.concept), whole.subject)}"


def _fits(part: Quantity, whole: Quantity, share: Quantity) -> bool:
    return 0 < part.value < whole.value and fits(share.interval, part.interval, whole.interval)


def _name(concept: str, subject: str | None) -> str:
    key = KEYS.get(concept) or concept.removesuffix(".spending").rpartition(".")[2]
    name = subject or NAMES[key]
    return name.replace("支出", "预算") if concept.startswith("budget.") else name
