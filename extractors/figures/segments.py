"""A sentence as the reader hears it: what was said since the last figure, and what is being spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from extractors.figures.numerals import fold
from extractors.language import Token
from schema.report import Stage

#: marks that end a clause inside a sentence
CLAUSE_ENDS = frozenset("，,、；;：:（）。！？\n")


def clause_before(source: str, at: int) -> str:
    """The words of a place's own clause, up to it."""
    return re.split("[，。；：（）]", source[:at])[-1]


@dataclass(frozen=True, slots=True)
class Topic:
    """What money is of: a key of the labels ("basic"), or "item" with a project's name."""

    key: str
    name: str | None = None


@dataclass(slots=True)
class Segment:
    """The tokens since the last figure: `near` in the figure's own clause, `far` before it."""

    far: list[Token] = field(default_factory=list)
    near: list[Token] = field(default_factory=list)
    clauses: int = 0
    parted: bool = False  # a semicolon stands before the figure

    def hear(self, token: Token) -> None:
        self.near.append(token)

    def turn(self) -> None:
        """A mark that ends the clause."""
        self.far.extend(self.near)
        self.near = []
        self.clauses += 1

    def leave(self, words: frozenset[str]) -> None:
        """Forget the clause from the last of these words on: it only says what is counted in."""
        opened = [at for at, token in enumerate(self.near) if token.text in words]
        if opened:
            del self.near[opened[-1] :]

    def drop(self, *tags: str) -> None:
        """Forget the words with one of these tags."""
        self.far = [token for token in self.far if not has([token], *tags)]
        self.near = [token for token in self.near if not has([token], *tags)]

    def copy(self) -> Segment:
        return Segment(list(self.far), list(self.near), self.clauses, self.parted)

    @property
    def all(self) -> list[Token]:
        return [*self.far, *self.near]


@dataclass(slots=True)
class Talk:
    """What is being spoken of: set by each figure, kept until something else is named."""

    topic: Topic | None = None
    aspect: str | None = None
    stage: Stage | None = None
    period: int | None = None
    compare: bool = False
    among: bool = False
    head: Topic | None = None
    head_aspect: str | None = None
    head_stage: Stage | None = None
    series: list[tuple[Topic, set[str]]] = field(default_factory=list)
    closed: list[tuple[Topic, set[str]]] = field(default_factory=list)  # the series before a bracket or 其中
    queue: list[tuple[Topic | None, str | None, Stage | None]] = field(default_factory=list)
    staff: str | None = None
    staff_series: list[tuple[str, str]] = field(default_factory=list)
    foreign: bool = False
    group: str | None = None
    groups: int = 0  # scores of groups so far
    lost: bool = False  # an amount of the sentence is of something unknown
    last: Any = None  # the last decision that made a fact of money
    changes: list[tuple[str, int]] = field(default_factory=list)  # 分别增长3.4%和2.5%: what each is of
    shifted: tuple[str, int] | None = None  # the concept and direction of the change just stated
    lead: tuple[str, Stage | None] | None = None  # the first amount of the last topic: planned or spent
    pattern: tuple[tuple[str, Stage | None], ...] = ()  # what a row of figures was said to be
    apart: bool = False  # the category spoken of came after a semicolon: it has its own rate
    added: bool = False  # the last amount was what a budget grew or shrank by
    adding: bool = False  # a bracket divides what was added
    earlier: bool = False  # the sentence has told last year's money
    compared: bool = False  # the sentence began by comparing with last year
    income_planned: bool = False  # the sentence has stated a budget of income
    total_stage: Stage | None = None  # the stage of the sentence's last budget of the whole
    counted: bool = False  # the last figure counted things that no label names
    apart_last: bool = False  # a semicolon stood before the last topic's first amount
    portion: str | None = None  # what the last amounts were portions of: planned or spent
    paid: bool = False  # the last amount was what one of several payers gave
    balanced: bool = False  # the planned income was stated: 年初预算收入…，支出…
    prior: bool = False  # the last figure was last year's
    years: list[int] = field(default_factory=list)  # 2021年、2022年分别为…
    year_row: list[int] = field(default_factory=list)  # those of the row before
    scores: list[str] = field(default_factory=list)  # the projects whose scores follow in a row
    moved: bool = False  # the sentence has said by how much the budget was changed
    interim: bool = False  # the sentence speaks of a day within the year
    scored: bool = False  # the report's own score was stated
    limit: Decimal | None = None  # a group's full marks, stated before its score
    part: Topic | None = None  # the part of the last share
    whole: str | None = None  # the whole of the last share that named one
    whole_planned: bool = False  # and that whole was a budget
    percent: str | None = None  # what a bare percentage of a list is: "rate" or "share"
    kind: str = ""  # the kind of the last figure
    before: Topic | None = None  # what the sentence before was about as a whole
    before_aspect: str | None = None

    def copy(self) -> Talk:
        return replace(
            self,
            series=[(topic, set(aspects)) for topic, aspects in self.series],
            queue=list(self.queue),
            years=list(self.years),
            year_row=list(self.year_row),
            changes=list(self.changes),
            staff_series=list(self.staff_series),
        )

    @property
    def paired(self) -> bool:
        """Whether what was planned and what was spent of the last topic were both said."""
        said = self.series[-1][1]
        return speaks(said, "budget") and speaks(said, "spending")

    @property
    def aspect_before(self) -> str | None:
        """What the next sentence compares with last year: what was spent, where both were said."""
        aspect = self.head_aspect or self.aspect or self.before_aspect
        spent = any(topic == self.head and speaks(said, "spending") for topic, said in self.series)
        # 执行率依次为99.78%和96.41%。与上年的20,112.09万元相比: behind a rate, spending
        return "spending" if spent or self.percent == "rate" else aspect

    def divide(self) -> None:
        """What was spoken of is divided: what follows are its parts, a series of their own."""
        self.head, self.head_aspect, self.head_stage = self.topic, self.aspect, self.stage
        self.closed, self.series, self.among = self.series, [], True

    def said(self, topic: Topic, aspect: str) -> None:
        """Notes that a figure spoke of this topic under this aspect."""
        if self.series and self.series[-1][0] == topic:
            self.series[-1][1].add(aspect)
        else:
            self.series.append((topic, {aspect}))


def speaks(said: Iterable[str], aspect: str) -> bool:
    """Whether one of the aspects of a topic is this one, of any stage."""
    return any(one.startswith(aspect) for one in said)


@cache
def _rests(tags: tuple[str, ...], prefixes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        tag.partition(".")[2] if "." not in prefix else tag
        for tag in tags
        for prefix in prefixes
        if tag == prefix or tag.startswith(prefix + ".")
    )


def tagged(tokens: Iterable[Token], *prefixes: str) -> list[tuple[Token, str]]:
    """The tokens with a tag of one of these families, each with the rest of the tag, in order."""
    return [(token, rest) for token in tokens if token.tags for rest in _rests(token.tags, prefixes)]


def has(tokens: Iterable[Token], *prefixes: str) -> bool:
    """Whether a token has a tag of one of these families."""
    for token in tokens:  # noqa: SIM110 (asked thousands of times a report: any() costs 5 % of its reading)
        if token.tags and _rests(token.tags, prefixes):
            return True
    return False


#: 二〇二二年
HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


#: two years before the report's own
BEFORE_LAST = "前年"


def year_in(token: Token, fiscal_year: int | None = None) -> int | None:
    """The year of a date token: 2023年12月31日 -> 2023, 前年 by the report's own year; None for a span of years."""
    if token.known is None or token.known.reason not in ("日期", "年份"):
        return None
    if token.text == BEFORE_LAST:
        return fiscal_year - 2 if fiscal_year else None
    digits = fold(token.text)[:4].translate(HAN_DIGITS)
    return int(digits) if digits.isdigit() and digits[:2] in ("19", "20") else None
