"""Figures told in rows: last year's money of what was just named, changes behind the money of both years or item by
item behind the change of their whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.dates import counted
from extractors.figures.concepts import CONCEPTS
from extractors.figures.proving.differences import FALLS, MONEY, SURE, change_between
from extractors.figures.setting import Decision
from extractors.figures.traits import Told, decided_anew

_MOVED = r"增加|增长|上升|提高|多|减少|下降|降低|压减|少"


def _row(unit: str, between: str = "") -> str:
    """Figures of one unit in a row, what is `between` standing before each but the first."""
    figure = rf"[-+－＋]?\d[\d,]*(?:\.\d+)?\s?{unit}"
    return rf"{figure}(?:[、和与及]\s?{between}{figure})+"


_MONEY = "(?:亿元|万元|元)"
_ALSO = rf"(?:(?:{_MOVED})了?)?"
#: 基本支出由815.46万元减至798.66万元，项目支出由231.80万元减至205.37万元，分别减少16.80万元、26.43万元，下降2.06%、11.40% ·
#: 分别减少108.02万元和增加54.66万元，增幅依次是-0.80%、2.73%
ROW = re.compile(
    rf"(?:(?P<way>{_MOVED})了?|(?P<rate>[增降减]减?幅|变动幅度)(?:分别|依次)?[为是])\s?"
    rf"(?P<row>{_row(_MONEY, _ALSO)}|{_row('[%％]', _ALSO)})"
)
#: 上年这两项依次为2,118.46万元、1,833.34万元
AGAIN = re.compile(
    rf"(?:上年度?|去年|(?P<year>20\d\d)年度?)(?:的|同期)?(?:这|上述|以上|前述|该)?(?P<count>[两二三四])(?:项|者|类|部分)(?:支出|数)?(?:分别|依次|各)[为是]"
    rf"\s?(?P<row>{_row(_MONEY)})"
)
#: “三公”经费…，比上年减少7.67万元，其中公务用车减少5.12万元、公务接待减少2.55万元
ITEMS = {"overseas": r"(?:因公)?出国", "vehicles": r"公务用车|公车", "hospitality": r"(?:公务)?接待"}
ITEM_MOVED = re.compile(
    r"(?:^|[，。；、中])(?:"
    + "|".join(f"(?P<{item}>{words})" for item, words in ITEMS.items())
    + r")[^，。；、\d]{0,12}?(?P<way>增加|增长|上升|多|减少|下降|降低|压减|少)[支用]?了?\s?$"
)
PUBLIC = CONCEPTS["three_public"]["spending"]


def with_changes_in_turn(paragraph: Sequence[Told], source: str, year: int | None) -> list[Told]:
    """A paragraph's sentences with such changes, each of its own money, of which the subtraction proves all but one."""
    if year is None:
        return list(paragraph)
    decided = [one for told in paragraph for one in told.decisions]
    found = _of_last_year(decided, source, year)
    for row in ROW.finditer(source):
        decided = [found.get(one.figure.start, one) for one in decided]
        figures = _figures_of(row, decided)
        before = [one for one in decided if one.figure.start < row.start()]
        found |= _in_row(figures, before, row["way"] or row["rate"], year)
    for told in paragraph:
        found |= _by_item(told.decisions, source, year)
    return decided_anew(paragraph, found)


def _figures_of(row: re.Match[str], decided: Sequence[Decision]) -> list[Decision]:
    return [one for one in decided if row.start("row") <= one.figure.start < row.end("row")]


def _of_last_year(decided: Sequence[Decision], source: str, year: int) -> dict[int, Decision]:
    """A row of last year's money as that of the last of this year's that were told, in their order."""
    found: dict[int, Decision] = {}
    for row in AGAIN.finditer(source):
        figures = _figures_of(row, decided)
        told = [
            one for one in decided
            if one.figure.start < row.start() and one.period == year and (one.concept or "").startswith(MONEY)
        ][-len(figures) :]  # fmt: skip
        named = {(one.concept, one.subject) for one in told}
        if row["year"] in (None, str(year - 1)) and len(named) == len(figures) == counted(row["count"]):
            found |= {
                one.figure.start: one.proved(
                    str(now.concept), now.subject, period=year - 1, stage=now.stage, confidence=SURE
                )
                for one, now in zip(figures, told, strict=True)
            }
    return found


def _in_row(
    figures: Sequence[Decision], before: Sequence[Decision], way: str, year: int
) -> dict[int, Decision]:
    """The changes of a row as those of the last of the money told of both years, in its order."""
    pairs = [
        (now, last)
        for now in before
        if now.period == year and (now.concept or "").startswith(MONEY) and now.quantity
        for last in before
        if last.period == year - 1
        and (last.concept, last.subject) == (now.concept, now.subject)
        and last.quantity
    ][-len(figures) :]
    if not figures or len({(now.concept, now.subject) for now, _ in pairs}) < len(figures):
        return {}
    proven = [change_between(one, now, last, year) for one, (now, last) in zip(figures, pairs, strict=True)]
    if sum(one is not None for one in proven) < max(len(figures) - 1, 1):
        return {}
    return {
        one.figure.start: change or _moved(one, str(now.concept), way, year)
        for one, change, (now, _) in zip(figures, proven, pairs, strict=True)
    }


def _moved(one: Decision, subject: str, way: str, year: int) -> Decision:
    quantity = one.figure.quantity
    sign = -1 if FALLS.search(way) else 1
    moved = replace(quantity, value=abs(quantity.value) * sign) if quantity else None
    concept = "change.rate" if one.figure.kind == "percent" else "change.amount"
    return one.proved(concept, subject, quantity=moved, period=year, stage=None, confidence=SURE)


def _by_item(decisions: Sequence[Decision], source: str, year: int) -> dict[int, Decision]:
    """The unread changes of the items of 三公 behind that of their whole."""
    found: dict[int, Decision] = {}
    whole = False
    for one in decisions:
        whole = whole or ((one.concept or "").startswith("change.") and one.subject == PUBLIC)
        item = ITEM_MOVED.search(source[: one.figure.start]) if whole and one.figure.kind == "money" else None
        if item and one.reason == "增减或调整":
            subject = CONCEPTS[next(name for name in ITEMS if item[name])]["spending"]
            found[one.figure.start] = _moved(one, subject, item["way"], year)
    return found
