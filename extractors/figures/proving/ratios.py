"""Whether a text's own figures prove each other: a percentage that is one of its amounts over another."""

from __future__ import annotations

import re
from decimal import Decimal

#: how far a printed rate may be from the ratio, whatever its digits
CLOSE = Decimal("0.051")
AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?(亿|万|)元")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?[%％]")
FACTORS = {"": 1, "万": 10**4, "亿": 10**8}


def gives(one: Decimal, other: Decimal, rate: Decimal) -> bool:
    """Whether the smaller of two amounts is so many percent of the greater.

    >>> gives(Decimal(400), Decimal(388), Decimal("97.0")), gives(Decimal(400), Decimal(399), Decimal(100))
    (True, False)
    """
    part, whole = sorted((one, other))
    return part == whole if rate == 100 else bool(whole) and abs(part / whole * 100 - rate) <= CLOSE


def proves(text: str) -> bool:
    """Whether two amounts of a text give one of its percentages.

    >>> proves("预算400万元，支出388万元，97%"), proves("预算400万元，支出388万元，占9.7%")
    (True, False)
    """
    amounts = [Decimal(n.replace(",", "")) * FACTORS[unit] for n, unit in AMOUNT.findall(text)]
    rates = [Decimal(rate) for rate in PERCENT.findall(text)]
    return any(
        gives(one, other, rate)
        for rate in rates
        for at, one in enumerate(amounts)
        for other in amounts[at + 1 :]
    )
