"""Counts for the console's first page, made in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, func, select

from storage.roster import RosterRow
from storage.store import Store
from storage.tables import Department, ReportRow, Submission

#: lower ends of the bands that scores and rates are counted in
BANDS = (0, 60, 70, 80, 90, 95, 100)


@dataclass(frozen=True, slots=True)
class YearTotals:
    """One year's reports: how many, and the sums in yuan."""

    year: int
    reports: int
    budget: Decimal | None
    spending: Decimal | None
    flags: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What is there, by year and by band."""

    submissions: dict[str, int]
    years: tuple[YearTotals, ...]
    scores: dict[int, int]  # lower end of the band -> reports
    rates: dict[int, int]
    clean: int  # reports without any finding
    pending: int  # reports with findings that nobody has judged


def totals(store: Store, years: Sequence[int] = ()) -> Totals:
    """Over the years named, or all."""
    row = ReportRow
    chosen = [row.fiscal_year.in_(years)] if years else []
    found = row.errors + row.warnings + row.notices
    with store.reading() as connection:
        files = connection.execute(select(Submission.status, func.count()).group_by(Submission.status)).all()
        by_year = connection.execute(
            select(
                row.fiscal_year,
                func.count(),
                func.sum(row.budget_total),
                func.sum(row.spending_total),
                func.sum(found),
            )
            .where(row.fiscal_year.is_not(None), *chosen)
            .group_by(row.fiscal_year)
            .order_by(row.fiscal_year)
        ).all()
        bands = {}
        for column in (row.score_total, row.rate_total):
            band = case(*((column >= low, low) for low in reversed(BANDS[1:])), else_=0)
            query = select(band, func.count()).where(column.is_not(None), *chosen).group_by(band)
            bands[column.key] = {int(low): count for low, count in connection.execute(query)}
        states = connection.execute(
            select(
                func.sum(case((found == 0, 1), else_=0)), func.sum(case((row.open_flags > 0, 1), else_=0))
            ).where(*chosen)
        ).one()
    return Totals(
        {row[0]: row[1] for row in files},
        tuple(YearTotals(int(y or 0), n, b and Decimal(str(b)), s and Decimal(str(s)), int(f or 0)) for y, n, b, s, f in by_year),
        bands["score_total"], bands["rate_total"], int(states[0] or 0), int(states[1] or 0),
    )  # fmt: skip


def absent(store: Store, year: int | None = None) -> tuple[str, ...]:
    """Departments and years of the roster whose report never came: "甲局 2023年"."""
    conditions = [Submission.status == "absent", *([Submission.fiscal_year == year] if year else [])]
    query = (
        select(Department.name, Submission.fiscal_year)
        .join(Department, Department.id == Submission.department_id)
        .where(*conditions)
        .order_by(Submission.fiscal_year.desc(), Department.name)
    )
    with store.reading() as connection:
        return tuple(f"{row.name} {row.fiscal_year}年" for row in connection.execute(query))


def has_roster(store: Store) -> bool:
    """Whether anyone said which departments are due to report."""
    with store.reading() as connection:
        return connection.execute(select(RosterRow.id).limit(1)).first() is not None
