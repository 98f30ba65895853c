"""The two sides of a department's books that balance, each with what was carried over: no income, no spending."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.figures.setting import Decision
from extractors.figures.traits import Told, decided_anew

#: a side of the books -> what was carried over on it; income is what was spent and what is left, where nothing was
#: carried over, so that the sides prove nothing of each other
SIDES = {"income.total": "carryover.opening", "spending.total": "carryover.closing"}


def with_carried_apart(paragraph: Sequence[Told]) -> list[Told]:
    """A paragraph's sentences without the totals that are more than the year's own: 收入总计1,520万元，包括本年收入
    1,480万元、年初结转40万元."""
    decided = [one for told in paragraph for one in told.decisions]
    wholes = [one for one in decided if one.concept in SIDES and _more(one, decided)]
    return decided_anew(
        paragraph, {one.figure.start: Decision(one.figure, reason="含结转的总计") for one in wholes}
    )


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
