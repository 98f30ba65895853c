"""The row of `reports` for a department's year, made anew whenever something of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, delete, func, insert, select, update

from schema.codec import unpack
from schema.report import Report
from storage.rows import FIGURES, figures_of
from storage.tables import Department, FindingRow, Paper, ReportRow, Submission, plain

#: whose figures lead where several kinds of document are there
LEADING = {"department_report": 0, "department_table": 1, "project_report": 2, "project_table": 3, "other": 4}


# asked by scope alone, and what is current is told apart among the few rows that come: SQLite, which has no statistics
# of a database that began empty, would rather take an index of `status` or `current` and go through all of it
FILED = (
    select(
        Submission.id,
        Submission.status,
        Submission.kind,
        Submission.profile,
        Submission.fiscal_year,
        Submission.department_id,
        Department.name,
    )
    .outerjoin(Department, Department.id == Submission.department_id)
    .where(Submission.scope == bindparam("scope"))
)
FORGET = delete(ReportRow).where(ReportRow.scope == bindparam("asked"))
NEW = insert(plain(ReportRow))


def refresh_summary(connection: Connection, scope: str, known: Mapping[int, Report] | None = None) -> None:
    """Figures of the leading document, gaps filled from the department's table; counts of findings.

    `known` are reports in hand, by submission, as they are stored.
    """
    current = [row for row in connection.execute(FILED, {"scope": scope}) if row.status == "ok"]
    connection.execute(FORGET, {"asked": scope})
    if not current:
        return
    ranked = sorted(current, key=lambda row: (LEADING[row.kind or "other"], row.id))
    figures: dict[str, Any] = dict.fromkeys((*FIGURES, "rating"))
    for row in ranked:
        if row.kind in ("department_report", "department_table"):
            report = (known or {}).get(row.id) or _report(connection, row.id)
            found = figures_of(report)
            figures = {name: value if value is not None else found[name] for name, value in figures.items()}
    leading = ranked[0]
    values = figures | _counts(connection, scope) | {
        "scope": scope, "department_id": leading.department_id, "department": leading.name or "",
        "fiscal_year": leading.fiscal_year, "submission_id": leading.id, "documents": len(ranked),
        "profile": leading.profile, "updated_at": datetime.now(UTC),
    }  # fmt: skip
    connection.execute(NEW, values)


def recount(connection: Connection, scope: str) -> None:
    """The counts of findings alone, after a verdict."""
    connection.execute(
        update(ReportRow)
        .where(ReportRow.scope == scope)
        .values(_counts(connection, scope) | {"updated_at": datetime.now(UTC)})
    )


def _report(connection: Connection, submission: int) -> Report:
    data = connection.execute(select(Paper.report).where(Paper.submission_id == submission)).scalar_one()
    return unpack(data, Report)


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((FindingRow.current & condition, 1), else_=0)), 0)


COUNTS = select(
    _count(FindingRow.severity == 0).label("errors"),
    _count(FindingRow.severity == 1).label("warnings"),
    _count(FindingRow.severity == 2).label("notices"),
    _count(FindingRow.status == "open").label("open_flags"),
    _count(FindingRow.status == "confirmed").label("confirmed_flags"),
    _count(FindingRow.status == "dismissed").label("dismissed_flags"),
).where(FindingRow.scope == bindparam("scope"))


def _counts(connection: Connection, scope: str) -> dict[str, int]:
    row = connection.execute(COUNTS, {"scope": scope}).one()
    return {name: int(value) for name, value in row._mapping.items()}
