"""A figure as the second reader sees it: short words for what stands around it, to be weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.figures.quantities import Found
from extractors.figures.segments import clause_before
from extractors.figures.setting import Decision, Setting
from extractors.language import Token

#: what is weighed; posts, people and points are not
WEIGHED = ("money", "percent")
#: marks that end what is said of one figure
MARKS = frozenset("，,。；;：:（）、“”")
#: words of headings and of sentences before that turn what a figure is
TURNS = re.compile(
    "基本|项目|三公|采购|结转|结余|收入|支出|执行|预算|决算|年初|年中|全年|调整|追加|到位|上年|其中|重点|管理|问题|产出|效益|目标"
)
OTHER_YEAR = re.compile("上年|去年|上一年|同期")
PARTED = re.compile("其中|包括|分别")
ITEM = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])?([^，。：]{0,14})")
YEAR = re.compile(r"20\d\d")
#: how many characters of the sentences before are looked at
HEARD = 80
#: two amounts are the same sum where they differ by no more than this share
CLOSE = Decimal("0.0002")
#: as rates are printed, half a hundredth of a percent
PRINTED = Decimal("0.006")


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, its figures decided, with what its paragraph was about when it ended."""

    start: int
    end: int
    tokens: Sequence[Token]
    decisions: Sequence[Decision]
    about: tuple[str, ...]


def decided_anew(paragraph: Sequence[Told], decisions: Mapping[int, Decision]) -> list[Told]:
    """A paragraph's sentences with other decisions on the figures that start at these places."""
    return [
        replace(told, decisions=[decisions.get(one.figure.start, one) for one in told.decisions])
        for told in paragraph
    ]


def about(setting: Setting) -> tuple[str, ...]:
    """What a paragraph is about: its topic, whether a project's own report, whether one of several."""
    topic = setting.topic.key if setting.topic else "-"
    return (f"topic={topic}", f"own={setting.own is not None}", f"anchored={setting.anchored}")


@dataclass(frozen=True)
class Place:
    """One figure of a paragraph with what is needed to describe it.

    `amounts` are the paragraph's amounts of money in order, `labels` what its figures so far are, by
    where they start, `kind` is the document's.
    """

    decision: Decision
    told: Told
    source: str
    setting: Setting
    kind: str
    amounts: Sequence[Found]
    labels: dict[int, str]

    @property
    def figure(self) -> Found:
        return self.decision.figure

    @property
    def named(self) -> str:
        """Whose the figure is, should it be a project's: the report's own, a part's, one of several, nobody's."""
        if self.decision.about is None:
            return "nobody"
        own = self.setting.own
        return "one" if own is None else "own" if self.decision.about == own.name else "part"


def places(paragraph: Sequence[Told], source: str, setting: Setting, kind: str) -> Iterator[Place]:
    """The amounts of money and the percentages of a paragraph in order. Who takes one tells its `labels`
    what it is before the next is taken."""
    figures = [decision.figure for told in paragraph for decision in told.decisions]
    amounts = [figure for figure in figures if figure.kind == "money" and figure.quantity]
    labels: dict[int, str] = {}
    for told in paragraph:
        for decision in told.decisions:
            if decision.figure.kind in WEIGHED and decision.figure.quantity:
                yield Place(decision, told, source, setting, kind, amounts, labels)


def traits(place: Place) -> Iterator[str]:
    """The words that describe a figure; each weighs for or against each concept."""
    measure = place.figure.kind
    for word in (*_around(place), *_heard(place), *_sequence(place)):
        yield f"{measure}|{word}"
    yield from _arithmetic(place)


def _around(place: Place) -> Iterator[str]:
    """Where the figure stands: document, section, paragraph."""
    setting = place.setting
    yield f"kind={place.kind}"
    yield f"role={setting.role}"
    yield f"kind={place.kind},role={setting.role}"
    yield from place.told.about
    yield f"named={place.named}"
    item = ITEM.match(place.source)
    yield f"head={item[1][-4:] if item else ''}"


def _heard(place: Place) -> Iterator[str]:
    """What is said since the last figure, and more roughly what before that."""
    source, figure = place.source, place.figure
    before = [token for token in place.told.tokens if token.end <= figure.start]
    last = max((at for at, token in enumerate(before) if token.figure), default=-1)
    words = _words(before[last + 1 :])
    for distance, word in enumerate(reversed(words[-8:])):
        yield f"word{min(distance, 3)}={word}"
        yield f"word={word}"
    for one, other in zip(words[-6:], words[-5:], strict=False):
        yield f"words={one}{other}"
    yield f"three={''.join(words[-3:])}"
    yield f"two={''.join(words[-2:])},{place.named},{''.join(list(place.labels.values())[-1:])}"
    for token in before[last + 1 :]:
        for tag in token.tags:
            yield f"tag={tag}"
    for token in before[: last + 1]:
        for tag in token.tags:
            yield f"far={tag}"
        if token.tags:
            yield f"farword={token.text}"
    yield from _clause(place)
    sentence = source[: figure.start].rpartition("。")[2]
    for word in TURNS.findall(source[: figure.start - len(sentence)][-HEARD:]):
        yield f"heard={word}"
    yield f"first={last < 0}"
    yield f"bracket={source.count('（', 0, figure.start) > source.count('）', 0, figure.start)}"
    years, year = YEAR.findall(sentence), place.setting.fiscal_year
    if years and year:
        yield f"year={max(-2, min(2, int(years[-1]) - year))}"
    yield f"prior={OTHER_YEAR.search(sentence) is not None}"
    yield f"parted={PARTED.search(sentence) is not None},{place.told.about[1]}"
    if any(name and name in sentence for name in place.setting.names.projects):
        yield "named"


def _clause(place: Place) -> Iterator[str]:
    """The figure's own clause and what stands right behind it, in pairs of characters."""
    clause = clause_before(place.source, place.figure.start)[-16:]
    for at in range(len(clause) - 1):
        yield f"pair={clause[at : at + 2]}"
    after = place.source[place.figure.end : place.figure.end + 8]
    for size in (1, 2, 3):
        yield f"end={clause[-size:]}"
        yield f"after={after[:size]}"
    for size in (2, 3):
        for at in range(len(after) - size + 1):
            yield f"behind={after[at : at + size]}"


def _words(tokens: Sequence[Token]) -> list[str]:
    """Labels and marks as they are, what no label covers as one #."""
    words: list[str] = []
    for token in tokens:
        known = "<date>" if token.known else token.text if token.tags or token.text in MARKS else "#"
        if known != "#" or words[-1:] != ["#"]:
            words.append(known)
    return words


def _sequence(place: Place) -> Iterator[str]:
    """What the figures before it in the paragraph are."""
    earlier = list(place.labels.values())
    for distance, label in enumerate(reversed(earlier[-3:])):
        yield f"before{distance}={label}"
    yield f"before={'|'.join(earlier[-2:])}"


def _arithmetic(place: Place) -> Iterator[str]:
    """Whether the figure is a sum of those behind it, a part of one before it, or a ratio of two."""
    figure, amounts = place.figure, place.amounts
    values = [one.value for one in amounts]
    if figure.kind == "percent":
        before = [one.value for one in amounts if one.start < figure.start][-5:]
        yield from _ratios(figure.value, before)
        return
    at = next(i for i, one in enumerate(amounts) if one.start == figure.start)
    for count in (2, 3, 4):
        if _adds(values, at, count):
            yield "whole"
            yield f"whole{count}"
        for start in range(max(0, at - count), at):
            if _adds(values, start, count):
                yield "part"
                yield f"part of {place.labels.get(amounts[start].start)}"
    if at and values[at - 1] > 0:
        ratio = values[at] / values[at - 1]
        bounds = (
            ("1", ratio == 1),
            (">1", ratio > 1),
            (">.85", ratio > Decimal("0.85")),
            (">.3", ratio > Decimal("0.3")),
        )
        yield f"ratio {next((name for name, holds in bounds if holds), 'small')}"


def _adds(values: Sequence[Decimal], at: int, count: int) -> bool:
    parts = values[at + 1 : at + 1 + count]
    return len(parts) == count and values[at] > 0 and abs(sum(parts) - values[at]) <= values[at] * CLOSE


def _ratios(rate: Decimal, before: Sequence[Decimal]) -> Iterator[str]:
    for one, whole in enumerate(before):
        for other, part in enumerate(before):
            if one == other or whole <= 0:
                continue
            ratio = part / whole * 100
            if abs(ratio - rate) < PRINTED:
                yield "ratio"
                yield f"ratio of {len(before) - other} to {len(before) - one}"
            elif min(abs(ratio - 100 - rate), abs(100 - ratio - rate)) < PRINTED:
                yield "change"
