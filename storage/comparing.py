"""Any figure across departments: ranked by one, with the others beside it, out of the facts in force."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import ColumnElement, or_, select

from storage import queries
from storage.records import DepartmentYear
from storage.rows import STAGES
from storage.store import Store
from storage.tables import FactRow, ReportRow

#: statements read for each row asked for: a figure may stand in several places
STATED = 4


def _of_the_year() -> list[ColumnElement[bool]]:
    """A department's own figure of the report's own year."""
    return [
        FactRow.subject.is_(None),
        or_(FactRow.period.is_(None), FactRow.period == ReportRow.fiscal_year),
        FactRow.number.is_not(None),
    ]


def ranked(
    store: Store, concept: str, departments: Sequence[str], years: Sequence[int], limit: int
) -> tuple[DepartmentYear, ...]:
    """The departments' years with the highest figures of a concept."""
    with store.reading() as connection:
        conditions = [FactRow.concept == concept, *_of_the_year()]
        if departments:
            conditions.append(ReportRow.department.in_(queries.matching_departments(connection, departments)))
        if years:
            conditions.append(ReportRow.fiscal_year.in_(years))
        found = connection.execute(
            select(ReportRow.id)
            .join(FactRow, FactRow.submission_id == ReportRow.submission_id)
            .where(*conditions)
            .order_by(FactRow.number.desc())
            .limit(limit * STATED)
        ).scalars()
        ids = list(dict.fromkeys(found))[:limit]
        rows = {
            row.id: queries.department_year_of(row)
            for row in connection.execute(select(ReportRow.__table__).where(ReportRow.id.in_(ids)))
        }
    return tuple(rows[one] for one in ids)


def figures(
    store: Store, submissions: Sequence[int], concepts: Sequence[str]
) -> dict[tuple[int, str], Decimal]:
    """(submission, concept) -> value in the concept's unit: of the later stage, then the first stated."""
    query = (
        select(FactRow.submission_id, FactRow.concept, FactRow.number, FactRow.stage)
        .join(ReportRow, ReportRow.submission_id == FactRow.submission_id)
        .where(FactRow.submission_id.in_(submissions), FactRow.concept.in_(concepts), *_of_the_year())
        .order_by(FactRow.position)
    )
    best: dict[tuple[int, str], tuple[int, Decimal]] = {}
    with store.reading() as connection:
        for submission, concept, number, stage in connection.execute(query):
            rank = STAGES.get(stage, 1)
            if (held := best.get((submission, concept))) is None or rank < held[0]:
                best[submission, concept] = (rank, number)
    return {key: number for key, (_, number) in best.items()}
