"""The two sides of a department's books that balance, each with what was carried over: no income, no spending."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.figures.setting import Decision
from extractors.figures.traits import Told, decided_anew

#: a side of the books -> what was carried over on it; income is what was spent and what is left, where nothing was
#: carried over, so that the sides prove nothing of each other
SIDES = {"income.total": "carryover.opening", "spending.total": "carryover.closing"}


def with_carried_apart(paragraph: Sequence[Told], source: str) -> list[Told]:
    """A paragraph's sentences without the totals that are more than the year's own: 收入总计1,520万元，包括本年收入
    1,480万元、年初结转40万元; and without the parts of what was left: 年末结转424.34万元，其中财政收回112.08万元，结转下年312.26万元."""
    decided = [one for told in paragraph for one in told.decisions]
    apart = {
        one.figure.start: Decision(one.figure, reason="含结转的总计")
        for one in decided
        if one.concept in SIDES and _more(one, decided)
    }
    for told in paragraph:
        left = [one for one in told.decisions if one.concept == "carryover.closing"]
        for whole, part in pairwise(left):
            among = "其中" in source[whole.figure.end : part.figure.start]
            if among and part.figure.value < whole.figure.value and whole.period == part.period:
                apart[part.figure.start] = Decision(part.figure, reason="部分")
    return decided_anew(paragraph, apart)


def _more(whole: Decision, decided: Sequence[Decision]) -> bool:
    """Whether an amount is the sum of the year's income, or spending, and of what was carried over."""
    return any(
        own.figure.value + carried.figure.value == whole.figure.value
        for own in decided
        for carried in decided
        if own.concept == whole.concept
        and carried.concept == SIDES[whole.concept or ""]
        and own.period == carried.period == whole.period
        and carried.figure.value > 0
    )
