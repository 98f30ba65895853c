"""Other people's money told in the same words: 局里全年的部门预算为86,215.40万元 in the report of a project of 1,240万元. Once a
report's own figures prove each other, budget, spending and the rate of the two, an amount of quite another size is another's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from schema.quantity import fits
from schema.report import Fact

#: what stands for the planned, the spent and the rate of one purse
BUDGET, SPENDING, RATE = "budget", "spending", "rate"
WHOLES = ("total", "basic", "project")
#: a part is less than so much of the whole, and all parts make at least and at most so much of it
PART, PARTS_LEAST, PARTS_MOST = Decimal("0.75"), Decimal("0.5"), Decimal("1.02")
#: so many times more, or so many times less, is no other word for the same money
APART = Decimal(2)
#: nor for that of another year, nor for what a project's year began with; a department's may begin with little
FAR_APART = Decimal(12)
#: 元 for 万元 and the like: the same money in a wrong unit, however far it moved since
UNIT_SLIPS = tuple(Decimal(10) ** power for power in (-8, -4, 4, 8))
NEAR_IN_UNIT = Decimal("0.5")
#: a lost or doubled digit, 千元 for 元: a slip only where all other digits are the same
DIGIT_SLIPS = tuple(Decimal(10) ** power for power in (-3, -2, -1, 1, 2, 3))
NEAR_IN_DIGITS = Decimal("0.001")

#: no budget of a year is as little as this, in yuan
LEAST = 1000

#: of whose money a fact tells: which purse, of which year, of which project
Purse = tuple[str, int | None, str | None]


@dataclass(frozen=True, slots=True)
class _Pair:
    """What was planned and what was spent of it, and the rate that proves the two."""

    planned: Fact
    spent: Fact
    rate: Fact

    @property
    def facts(self) -> tuple[Fact, Fact, Fact]:
        return self.planned, self.spent, self.rate

    @property
    def amounts(self) -> tuple[Decimal, Decimal]:
        return _value(self.planned), _value(self.spent)

    def may_be_part(self, whole: _Pair) -> bool:
        """Whether it is told in one paragraph and clearly less than another."""
        here = len({fact.evidence.block for fact in self.facts}) == 1 and self.planned.evidence.table is None
        return here and all(a < b * PART for a, b in zip(self.amounts, whole.amounts, strict=True))


@dataclass
class _Told:
    """What is told of one purse."""

    budget: list[Fact] = field(default_factory=list)
    spending: list[Fact] = field(default_factory=list)
    rate: list[Fact] = field(default_factory=list)

    def pairs(self) -> list[_Pair]:
        """The budgets and spendings that prove a rate."""
        return [
            _Pair(planned, spent, rate)
            for rate in self.rate
            for spent in self.spending
            for planned in self.budget
            if _value(planned) and _fit(rate, spent, planned)
        ]

    def steps(self, amounts: set[Decimal]) -> list[Fact]:
        """The budgets that one paragraph tells on the way to the one that is proved: 追加240万元，盘子一度达到1,100万元，
        8月调减75.50万元，全年预算为1,024.50万元."""
        adjusted = [fact for fact in self.budget if fact.stage != "initial" and fact.evidence.table is None]
        ends = {fact.evidence.block: fact.evidence.start for fact in adjusted if _value(fact) in amounts}
        return [
            fact
            for fact in adjusted
            if fact.evidence.start < ends.get(fact.evidence.block, 0) and _value(fact) not in amounts
        ]

    def agreed_without(self, amount: Decimal) -> set[Decimal]:
        """The other amounts, where they are at least two and all of one size."""
        others = {_value(fact) for fact in (*self.budget, *self.spending)} - {amount, 0}
        alike = len(others) > 1 and max(others) <= min(others) * APART
        return others if alike else set()


def without_strangers(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts without amounts of the running text that are no money of the purse that they were read as: of quite another
    size than what is proved of it and not the same in a wrong unit; and without the rates that the same sentence tells
    of them."""
    purses: dict[Purse, _Told] = {}
    for fact in facts:
        if place := _purse(fact):
            purse, part = place
            getattr(purses.setdefault(purse, _Told()), part).append(fact)
    strange = [
        fact for purse, told in purses.items() for fact in _strangers(told, _other_years(purse, purses))
    ]
    kept = tuple(fact for fact in facts if fact not in strange)
    return without_strangers(kept) if strange else kept  # what is left may agree now


def _parts(pairs: Sequence[_Pair]) -> list[_Pair]:
    """The pairs that are parts of the greatest, as far as they do not come to more than it: 分到65万元，用了62.40万元, of each
    township of a project's 325万元."""
    if not pairs:
        return []
    whole = max(pairs, key=lambda pair: pair.amounts)
    parts = {pair.amounts: pair for pair in pairs if pair.may_be_part(whole)}
    sums = [sum(side) for side in zip(*parts, strict=True)]
    made = len({spent for _, spent in parts}) > 1 and all(
        PARTS_LEAST * all_of <= told <= PARTS_MOST * all_of
        for told, all_of in zip(sums, whole.amounts, strict=True)
    )
    return [pair for pair in pairs if pair.amounts in parts] if made else []


def _other_years(purse: Purse, purses: Mapping[Purse, _Told]) -> set[Decimal]:
    """The amounts that are proved of a purse in other years."""
    kind, year, project = purse
    others = [told for (k, y, p), told in purses.items() if (k, p) == (kind, project) and y != year]
    return {amount for told in others for pair in told.pairs() for amount in pair.amounts if amount}


def _strangers(told: _Told, other_years: set[Decimal]) -> list[Fact]:
    pairs = told.pairs()
    parts = _parts(pairs)
    own = [pair for pair in pairs if pair not in parts]
    amounts = {amount for pair in own for amount in pair.amounts if amount}
    rates = {_value(pair.rate) for pair in own}
    proved = [fact for pair in own for fact in pair.facts]
    strange = [fact for pair in parts for fact in pair.facts if fact not in proved]
    strange += [
        fact for fact in (*told.budget, *told.spending) if _is_strange(fact, told, amounts, other_years)
    ]
    strange += told.steps(amounts)
    sentences = {(fact.evidence.block, fact.evidence.context) for fact in strange}
    beside = [
        rate
        for rate in told.rate
        if (rate.evidence.block, rate.evidence.context) in sentences and _value(rate) not in rates
    ]
    return strange + beside


def _is_strange(fact: Fact, told: _Told, amounts: set[Decimal], other_years: set[Decimal]) -> bool:
    """Whether an amount of the running text is of another size than those that are proved, else than the others where they
    agree, else than those that are proved of other years."""
    value, begun = _value(fact), fact.stage == "initial"
    if not value or not _in_sentence(fact) or (begun and fact.concept != "project.budget"):
        return False
    known = amounts or told.agreed_without(value)
    apart = _apart(value, known, FAR_APART if begun else APART)
    return apart or _of_one(fact) or (not amounts and _apart(value, other_years, FAR_APART))


def _in_sentence(fact: Fact) -> bool:
    """Whether an amount is told in running text, be it that of a cell, and is no cell of figures."""
    return fact.evidence.table is None or re.search("[，。；]", fact.evidence.context) is not None


def _of_one(fact: Fact) -> bool:
    """Whether an amount is what one person or thing costs: 155元里头，检查费占92元. A slip of the unit would keep its decimals."""
    return 0 < _value(fact) < LEAST and re.fullmatch(r"[\d,]+\s?元", fact.evidence.text) is not None


def _apart(amount: Decimal, known: set[Decimal], times: Decimal) -> bool:
    """Whether there are known amounts and one is of another size than each.

    >>> _apart(Decimal(98_473_600), {Decimal(3_185_000)}, APART), _apart(Decimal(31_850_000_000), {Decimal(3_185_000)}, APART)
    (True, False)
    """
    return bool(known) and not any(_alike(amount, one, times) for one in known)


def _alike(amount: Decimal, known: Decimal, times: Decimal) -> bool:
    ratio = amount / known
    return (
        1 / times <= ratio <= times
        or any(abs(ratio * slip - 1) < NEAR_IN_UNIT for slip in UNIT_SLIPS)
        or any(abs(ratio * slip - 1) < NEAR_IN_DIGITS for slip in DIGIT_SLIPS)
    )


def _purse(fact: Fact) -> tuple[Purse, str] | None:
    """Whose money an amount or a rate is told of, and whether it is what was planned, what was spent or the rate."""
    first, _, second = fact.concept.partition(".")
    if fact.quantity is None:
        return None
    if first == "project" and second in (BUDGET, SPENDING, RATE):
        return (first, fact.period, fact.subject), second
    if first in (BUDGET, SPENDING, RATE) and second in WHOLES:
        return (f"department.{second}", fact.period, fact.subject), first
    return None


def _fit(rate: Fact, spent: Fact, planned: Fact) -> bool:
    if rate.quantity is None or spent.quantity is None or planned.quantity is None:
        return False
    return fits(rate.quantity.interval, spent.quantity.interval, planned.quantity.interval)


def _value(fact: Fact) -> Decimal:
    return fact.quantity.value if fact.quantity else Decimal(0)
