"""Numbers that carry their rounding: closed intervals and quantities.

The rules follow XBRL Calculations 1.1 (XBRL International, 2023): a reported value with the step
`d` of its last digit stands for the closed interval [v - d/2, v + d/2]; a value that was cut
instead of rounded stands for [v, v + d] (for v >= 0); two intervals agree where they meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

#: 约、左右 -> about; 余、多、以上 -> over; 近、不足 -> under; "" = as written
Approximation = Literal["", "about", "over", "under"]

#: how far an approximate statement may lie from its figure, as a share of the figure
LEEWAY = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval [low, high]; units are those of whoever made it.

    >>> Interval(Decimal(1), Decimal(2)) + Interval(Decimal(3), Decimal(4))
    Interval(low=Decimal('4'), high=Decimal('6'))
    """

    low: Decimal
    high: Decimal

    @classmethod
    def exactly(cls, value: Decimal) -> Interval:
        return cls(value, value)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor's interval holds zero")
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def __and__(self, other: Interval) -> Interval | None:
        """The common part, or None where they do not meet."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None

    def __or__(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def scaled(self, factor: Decimal) -> Interval:
        """Every value times `factor`, which is above zero."""
        return Interval(self.low * factor, self.high * factor)

    def at_most(self) -> Interval:
        """Everything up to the upper end: what an upper limit allows."""
        return Interval(Decimal("-Infinity"), self.high)

    @property
    def width(self) -> Decimal:
        return self.high - self.low

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2


#: of a whole
HUNDRED = Decimal(100)


def fits(rate: Interval, part: Interval, whole: Interval) -> bool:
    """Whether rate = 100 × part / whole can hold; by products, so that no division rounds."""
    return (rate * whole).meets(part.scaled(HUNDRED))


def quotient(part: Interval, whole: Interval) -> Interval:
    """100 × part / whole. Raises ZeroDivisionError where the whole may be zero."""
    return part.scaled(HUNDRED) / whole


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as stated: `value` in its unit (yuan, percent, persons, points), the `step` of its
    last digit in the same unit (0 = exact), and the word that makes it approximate.

    >>> Quantity(Decimal("1356400"), Decimal("100")).interval
    Interval(low=Decimal('1356350'), high=Decimal('1356450'))
    """

    value: Decimal
    step: Decimal = Decimal(0)
    approx: Approximation = ""

    @property
    def interval(self) -> Interval:
        """What the figure may stand for if it was rounded."""
        half = self.step / 2
        return self._widened(Interval(self.value - half, self.value + half))

    @property
    def truncated(self) -> Interval:
        """What it may stand for if its further digits were cut off."""
        away = Interval(self.value, self.value + self.step)
        return self._widened(away if self.value >= 0 else Interval(self.value - self.step, self.value))

    @property
    def either(self) -> Interval:
        """What it may stand for, rounded or cut: the wide reading, which earns a notice. Nobody cuts
        a figure down to 0."""
        return self.interval | self.truncated if self.value else self.interval

    def _widened(self, interval: Interval) -> Interval:
        slack = abs(self.value) * LEEWAY
        below = slack if self.approx in ("about", "under") else Decimal(0)
        above = slack if self.approx in ("about", "over") else Decimal(0)
        return Interval(interval.low - below, interval.high + above)

    def same_as(self, other: Quantity) -> bool:
        """Whether two statements can be of one figure: at the same precision they must be equal,
        at different precision their intervals must meet."""
        if self.step == other.step and not (self.approx or other.approx):
            return self.value == other.value
        return self.interval.meets(other.interval)


def as_written(value: Decimal) -> Quantity:
    """A decimal with the step of its last digit; a whole number is exact (points, persons).

    >>> as_written(Decimal("9.5"))
    Quantity(value=Decimal('9.5'), step=Decimal('0.1'), approx='')
    >>> as_written(Decimal("10")).step
    Decimal('0')
    """
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(0)
    return Quantity(value, step)


#: powers of ten that a mixed-up unit can make: 100 (百) to 10^8 (亿元 for 元)
SLIPS = tuple(power for power in range(-8, 9) if abs(power) >= 2)


def slip_between(stated: Interval, expected: Interval) -> int | None:
    """The power of ten (|n| >= 2) by which `stated` must be multiplied to meet `expected`, or None.

    Intervals that hold zero, or that are wide against their own size, prove nothing.

    >>> slip_between(Interval.exactly(Decimal(39)), Interval.exactly(Decimal(390000)))
    4
    """
    for one in (stated, expected):
        if one.low <= 0 or one.width * 2 > one.low:
            return None
    return next((power for power in SLIPS if stated.scaled(Decimal(10) ** power).meets(expected)), None)
