"""The figures of a report as the rules look them up: statements of one thing laid together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property, reduce
from typing import TYPE_CHECKING

from schema.catalogue import BY_ID
from schema.finding import Operand, plain
from schema.profile import Profile
from schema.quantity import Interval, Quantity
from schema.report import Evidence, Fact, Report, Stage
from schema.rules.statements import settled

if TYPE_CHECKING:
    from schema.rules.kinds import Tried

STAGES: tuple[Stage | None, ...] = (None, "adjusted", "initial")
STAGE_ZH = {None: "", "initial": "年初", "adjusted": "调整后"}
#: below this recognition confidence a message warns of a misread
DOUBTFUL = 0.85
#: yuan in each unit that reports use
UNITS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_DIGITS = re.compile(r"[-−]?\d[\d,，]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Key:
    """What a figure is of. `period` is never None where the report's year is known; `subject` is folded."""

    concept: str
    period: int | None = None
    stage: Stage | None = None
    subject: str | None = None


def fold(name: str) -> str:
    """A project's or unit's name without what never tells two apart: width, spaces, quotes.

    >>> fold("“乡村振兴”　项目")
    '乡村振兴'
    """
    text = unicodedata.normalize("NFKC", name)
    text = re.sub(r"[\s“”\"'‘’《》「」。,，、:：;；]", "", text)
    return re.sub(r"(?<=..)(?:项目)$", "", text) or text


def same_subject(one: str, other: str) -> bool:
    """Whether two folded names can be of one project: equal, or one a shortening of the other."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and (long.endswith(short) or long.startswith(short))


@dataclass(frozen=True, slots=True)
class Figure:
    """All statements of one key: `facts` in the order of the report, most exact in `best`, and of such the
    first that was read with confidence."""

    key: Key
    facts: tuple[Fact, ...]

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(fact.quantity for fact in self.facts if fact.quantity is not None)

    @property
    def best(self) -> Fact:
        return min(
            self.facts,
            key=lambda f: (bool(f.quantity and f.quantity.approx), _step(f), f.confidence < DOUBTFUL),
        )

    @property
    def interval(self) -> Interval:
        """Where the statements agree. Where they do not (a conflict), the interval of the best."""
        common: Interval | None = self.quantities[0].interval
        for quantity in self.quantities[1:]:
            common = common & quantity.interval if common else None
        return common or _quantity(self.best).interval

    @property
    def either(self) -> Interval:
        """The wide reading: rounded or cut, of the best statement and every equal one."""
        return reduce(lambda a, b: a & b or a, (q.either for q in self.quantities))

    @property
    def step(self) -> Decimal:
        return _quantity(self.best).step

    @property
    def evidence(self) -> Evidence:
        return self.best.evidence

    @property
    def said(self) -> str:
        return said(self.best)

    @property
    def subject(self) -> str | None:
        return self.facts[0].subject


def _quantity(fact: Fact) -> Quantity:
    return fact.quantity or Quantity(Decimal(0))


def _step(fact: Fact) -> Decimal:
    return _quantity(fact).step


def unit_of(fact: Fact) -> str:
    """The money unit that a fact was stated in, from its own text or from its value: "万元"."""
    text = fact.evidence.text
    for unit in ("亿元", "万元", "千元"):
        if unit in text or unit[0] in text:
            return unit
    found = _DIGITS.search(unicodedata.normalize("NFKC", text))
    if found and fact.quantity:
        try:
            written = abs(Decimal(found[0].replace(",", "").replace("−", "-")))
        except InvalidOperation:
            return "元"
        for unit, yuan in UNITS.items():
            if written and written * yuan == abs(fact.quantity.value):
                return unit
    return "元"


def said(fact: Fact) -> str:
    """A fact as its author wrote it, with the unit where the cell left it out."""
    text = fact.evidence.text.strip()
    kind = BY_ID[fact.concept].kind
    if fact.corrected_by and fact.quantity:  # its characters say what the machine misread
        return in_unit(fact, fact.quantity.value)
    if not text or not _DIGITS.search(unicodedata.normalize("NFKC", text)):
        return in_unit(fact, _quantity(fact).value) if fact.quantity else fact.value
    if kind == "money" and not re.search(r"[元万亿]", text):
        return f"{text}{unit_of(fact)}"
    if kind == "percent" and not re.search(r"[%％‰百倍成]", text):
        return f"{text}%"
    return text


def in_unit(fact: Fact, value: Decimal) -> str:
    """A value of the fact's concept, written in the fact's unit and to its precision."""
    kind = BY_ID[fact.concept].kind
    step = _step(fact)
    if kind == "money":
        unit = unit_of(fact)
        return f"{plain(rounded(value / UNITS[unit], step / UNITS[unit]))}{unit}"
    if kind == "percent":
        return f"{plain(rounded(value, step or Decimal('0.01')))}%"
    ends = {"points": "分", "count": "人"}.get(kind, "")
    return f"{plain(rounded(value, step or Decimal('0.01')))}{ends}"


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """The value to the nearest multiple of a power-of-ten step; as it is where step is 0."""
    if not step:
        return value
    exponent = min(step.normalize().as_tuple().exponent, 0)
    return value.quantize(Decimal(1).scaleb(int(exponent)))


def operand(label: str, figure: Figure) -> Operand:
    return Operand(label, figure.said, figure.interval, figure.evidence)


def at(*evidences: Evidence) -> str:
    """Where a statement stands, for people: （第3页）, or nothing where the format has no pages."""
    pages = sorted({e.page for e in evidences if e.page})
    return f"（第{'、'.join(map(str, pages))}页）" if pages else ""


@dataclass
class Book:
    """A report laid out for the rules: figures by key, those that contradict themselves blocked."""

    report: Report
    profile: Profile
    blocked: set[Key] = field(default_factory=set)
    tried: list[Tried] = field(default_factory=list)  # what the rules before have given

    @property
    def year(self) -> int | None:
        return self.report.fiscal_year

    @cached_property
    def scored(self) -> str | None:
        """The one project whose score a project's report tells, in its text and in its table, if it is one."""
        if not self.report.kind.startswith("project"):
            return None
        named = {fold(f.subject) for f in self.report.facts if f.concept == "score.total" and f.subject}
        return named.pop() if len(named) == 1 else None

    @cached_property
    def one_project(self) -> dict[str, str]:
        """The names of the report's one project, each with that by which the rules know it."""
        return {fold(name): fold(self.report.called[0]) for name in self.report.called}

    def key(self, fact: Fact) -> Key:
        subject = fold(fact.subject) if fact.subject else None
        subject = self.one_project.get(subject, subject) if subject else None
        if fact.concept in ("score.total", "score.full", "rating") and subject == self.scored:
            subject = None  # the report's own score
        return Key(fact.concept, fact.period or self.year, fact.stage, subject)

    @cached_property
    def figures(self) -> dict[Key, Figure]:
        """By key; what several values of one sentence share is of none of them, and blocked."""
        laid: dict[Key, list[Fact]] = {}
        for fact in self.report.facts:
            if fact.quantity is not None:
                laid.setdefault(self.key(fact), []).append(fact)
        alone = {key: settled(facts) for key, facts in laid.items()}
        self.blocked |= {key for key, facts in alone.items() if not facts}
        return {key: Figure(key, alone[key] or tuple(facts)) for key, facts in laid.items()}

    def of(self, concept: str) -> list[Figure]:
        return [figure for key, figure in self.figures.items() if key.concept == concept]

    def find(
        self, concept: str, period: int | None, stage: Stage | None = None, subject: str | None = None
    ) -> Figure | None:
        """The figure of a key; a project also under the one name that shortens or lengthens it."""
        exact = self.figures.get(Key(concept, period, stage, subject))
        if exact or subject is None:
            return exact
        close = [
            figure
            for key, figure in self.figures.items()
            if (key.concept, key.period, key.stage) == (concept, period, stage)
            and key.subject
            and same_subject(key.subject, subject)
        ]
        return close[0] if len(close) == 1 else None

    def any_stage(self, concept: str, period: int | None, subject: str | None = None) -> list[Figure]:
        found = (self.find(concept, period, stage, subject) for stage in STAGES)
        return [figure for figure in found if figure]

    def open(self, figure: Figure) -> bool:
        """Whether a rule may use it: its statements do not contradict each other."""
        return figure.key not in self.blocked

    def label(self, key: Key, subject: str | None = None) -> str:
        """A figure's name for people: 2022年年初预算总额."""
        year = f"{key.period}年" if key.period and key.period != self.year else ""
        name = BY_ID[key.concept].zh if key.concept in BY_ID else key.concept
        of = subject or key.subject
        of = BY_ID[of].zh if of in BY_ID else of
        return f"{year}{f'“{of}”' if of else ''}{STAGE_ZH[key.stage]}{name}"

    def texts(self, concept: str) -> list[Fact]:
        return [f for f in self.report.facts if f.concept == concept and f.text is not None]

    def periods(self, *concepts: str) -> Iterator[int | None]:
        """The years that figures of these concepts speak of, the report's own first."""
        years = {key.period for key in self.figures if key.concept in concepts}
        yield from sorted(years, key=lambda y: (y != self.year, -(y or 0)))


#: for the reviewer, who has the original; in a letter to the department it says nothing
DOUBT = "（其中有数字识别把握不高，请先对照原件）"


def doubt(facts: tuple[Fact, ...] | list[Fact]) -> str:
    """A warning to add where a figure was recognised badly from a picture."""
    return DOUBT if any(f.confidence < DOUBTFUL for f in facts) else ""
