"""Departments compared: spread, ranks and outliers of rate and score per kind of department, and the
change since the year before. Everything comes from one row a report; no document is opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from sqlalchemy import func, select

from storage.store import Store
from storage.tables import Department, ReportRow

#: measure -> column of the table reports; both in percent or points
MEASURES = {"rate.total": ReportRow.rate_total, "score.total": ReportRow.score_total}
#: a value is an outlier so many interquartile ranges beyond the quartiles (Tukey 1977), among at least
#: so many reports, and never for less than one point
FENCE = Decimal("1.5")
FEWEST = 8
LEAST = Decimal(1)


@dataclass(frozen=True, slots=True)
class Standing:
    """One report beside its own kind. `rank` 1 is the highest, equal values share one; `change` is the
    difference to the department's year before, None where there is none."""

    department: str
    kind: str
    year: int
    value: Decimal
    rank: int
    among: int
    change: Decimal | None
    outlier: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """How one measure is spread over one kind of department in one year."""

    measure: str
    year: int
    kind: str  # "" where the roster names none
    reports: int
    lowest: Decimal
    first: Decimal  # quartile
    middle: Decimal
    third: Decimal
    highest: Decimal
    standings: tuple[Standing, ...]  # highest first

    @property
    def outliers(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.standings if one.outlier)


def spreads(store: Store, year: int, measure: str) -> tuple[Spread, ...]:
    """One measure of one year by kind of department, kinds in the order of their names."""
    groups: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    before = {name: value for name, _, value in _values(store, year - 1, measure)}
    for name, kind, value in _values(store, year, measure):
        groups[kind].append((name, value))
    return tuple(_spread(measure, year, kind, groups[kind], before) for kind in sorted(groups))


def _values(store: Store, year: int, measure: str) -> Iterator[tuple[str, str, Decimal]]:
    column = MEASURES[measure]
    query = (
        select(ReportRow.department, func.coalesce(Department.kind, ""), column)
        .join(Department, Department.id == ReportRow.department_id)
        .where(ReportRow.fiscal_year == year, column.is_not(None))
        .order_by(ReportRow.department)
    )
    with store.reading() as connection:
        found = connection.execute(query).all()
    yield from ((name, kind, value) for name, kind, value in found)


def _spread(
    measure: str, year: int, kind: str, found: Sequence[tuple[str, Decimal]], before: dict[str, Decimal]
) -> Spread:
    ordered = sorted((value for _, value in found), reverse=True)
    first, middle, third = quartiles(ordered[::-1])
    reach = max(FENCE * (third - first), LEAST)
    ranks = {value: place for place, value in reversed(list(enumerate(ordered, 1)))}
    standings = tuple(
        Standing(
            name, kind, year, value, ranks[value], len(found),
            value - before[name] if name in before else None,
            len(found) >= FEWEST and not first - reach <= value <= third + reach,
        )
        for name, value in sorted(found, key=lambda one: (-one[1], one[0]))
    )  # fmt: skip
    return Spread(measure, year, kind, len(found), ordered[-1], first, middle, third, ordered[0], standings)


def quartiles(ordered: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """The medians of the lower half, of all and of the upper half; the middle value belongs to both.

    >>> quartiles([Decimal(n) for n in (1, 2, 3, 4, 5)])
    (Decimal('2'), Decimal('3'), Decimal('4'))
    """
    half = (len(ordered) + 1) // 2
    return median(ordered[:half]), median(ordered), median(ordered[-half:])
