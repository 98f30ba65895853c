"""What speaks for a misreading rather than a mistake of the department, by a finding's very shape."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from schema.quantity import HUNDRED, Interval, as_written, fits
from schema.report import Evidence, Fact
from schema.rules.figures import UNITS, Book, Figure

#: below this confidence a figure proves nothing by itself
UNSURE = 0.8
#: a coarser rate fits too many pairs by chance to prove one
FINE = Decimal("0.1")
#: words of a budget that grew within the year: 执行中追加3905.6万元
ADDED = re.compile(r"追加|调增|增拨|调整(?:后|预算|为|数)|预算调整|全年预算(?!执行)|最终预算|专款|下达后")
ADDED_BY = re.compile(r"(?:追加|调增|增拨|专款)[^，。；]{0,12}\d")
AMOUNT = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(亿元|万元|千元|元)")


def beside(one: Evidence, other: Evidence) -> bool:
    """Whether two places share a paragraph: then a reading may have taken one for the other."""
    return one.block == other.block


def said_in(book: Book, block: int | None = None) -> set[str]:
    """The sentences with figures of a paragraph, or of the whole report."""
    places = (*(f.evidence for f in book.report.facts), *book.report.coverage.unexplained)
    return {place.context for place in places if block in (None, place.block)}


def amounts_in(book: Book, block: int) -> dict[str, Interval]:
    """The amounts of money that a paragraph holds, by how they are written, whatever became of them."""
    return {
        number + unit: as_written(Decimal(re.sub("[,，]", "", number))).interval.scaled(UNITS[unit])
        for context in said_in(book, block)
        for number, unit in AMOUNT.findall(context)
    }


def of_another_pair(book: Book, rate: Figure, pairs: Iterable[tuple[str, str]]) -> tuple[Fact, Fact] | None:
    """A stated spending and budget of the rate's own paragraph, of whatever part, that it fits exactly:
    the figures are right and were taken for each other's, as in 基本支出、项目支出执行率分别为.

    Whole rates (100, 0) and coarse ones fit by chance and prove nothing.
    """
    if rate.step > FINE or not 0 < rate.best.number < HUNDRED or rate.best.number % 1 == 0:
        return None
    near = [f for f in book.report.facts if f.quantity and beside(f.evidence, rate.evidence)]
    for part, whole in pairs:
        for spent in (f for f in near if f.concept == part):
            for budget in (f for f in near if f.concept == whole and f.period == spent.period):
                if _fits(rate.interval, spent, budget):
                    return spent, budget
    return None


def of_own_sentence(rate: Figure) -> bool:
    """Whether two amounts of the rate's own sentence make it right: it is theirs, whatever they are of."""
    if rate.step > FINE or not 0 < rate.best.number < HUNDRED or rate.best.number % 1 == 0:
        return False
    for context in {fact.evidence.context for fact in rate.facts}:
        amounts = [
            as_written(Decimal(re.sub("[,，]", "", number))).interval.scaled(UNITS[unit])
            for number, unit in AMOUNT.findall(context)
        ]
        if any(
            whole.low > 0 and fits(rate.interval, part, whole)
            for part in amounts
            for whole in amounts
            if part is not whole
        ):
            return True
    return False


def unread_whole(book: Book, rate: Figure, part: Interval, places: Iterable[Evidence]) -> str | None:
    """An amount in the operands' own sentences that makes the rate exact: the budget that was meant
    (最终预算…) and that the reading did not take for one."""
    if rate.step > FINE / 10 or not 0 < rate.best.number < HUNDRED or rate.best.number % 1 == 0:
        return None
    known = {f.evidence.text for f in book.report.facts}
    for context in {place.context for place in places}:
        for number, unit in AMOUNT.findall(context):
            if number + unit in known:
                continue
            whole = as_written(Decimal(re.sub("[,，]", "", number))).interval.scaled(UNITS[unit])
            if whole.low > 0 and fits(rate.interval, part, whole):
                return f"{number}{unit}"
    return None


def _fits(rate: Interval, spent: Fact, budget: Fact) -> bool:
    if spent.quantity is None or budget.quantity is None or budget.quantity.value <= 0:
        return False
    return fits(rate, spent.quantity.interval, budget.quantity.interval)


def unsure(evidence: Iterable[Evidence], facts: Iterable[Fact]) -> bool:
    """Whether a finding rests on a figure that was recognised badly."""
    weak = {(f.evidence.block, f.evidence.start) for f in facts if f.confidence < UNSURE}
    return any((e.block, e.start) in weak for e in evidence)
