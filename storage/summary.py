"""The row of `reports` for a department's year, made anew whenever something of it changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, case, delete, func, insert, select, update

from schema.codec import unpack
from schema.report import Report
from storage.rows import FIGURES, figures_of
from storage.tables import Department, FindingRow, Paper, ReportRow, Submission

#: whose figures lead where several kinds of document are there
LEADING = {"department_report": 0, "department_table": 1, "project_report": 2, "project_table": 3, "other": 4}


def refresh_summary(connection: Connection, scope: str) -> None:
    """Figures of the leading document, gaps filled from the department's table; counts of findings."""
    current = connection.execute(
        select(
            Submission.id,
            Submission.kind,
            Submission.profile,
            Submission.fiscal_year,
            Department.id,
            Department.name,
        )
        .outerjoin(Department, Department.id == Submission.department_id)
        .where(Submission.scope == scope, Submission.status == "ok")
    ).all()
    connection.execute(delete(ReportRow).where(ReportRow.scope == scope))
    if not current:
        return
    ranked = sorted(current, key=lambda row: (LEADING[row.kind or "other"], row.id))
    figures: dict[str, Any] = dict.fromkeys((*FIGURES, "rating"))
    for row in ranked:
        if row.kind in ("department_report", "department_table"):
            found = figures_of(_report(connection, row.id))
            figures = {name: value if value is not None else found[name] for name, value in figures.items()}
    leading = ranked[0]
    values = figures | _counts(connection, scope) | {
        "scope": scope, "department_id": leading[4], "department": leading.name or "",
        "fiscal_year": leading.fiscal_year, "submission_id": leading[0], "documents": len(ranked),
        "profile": leading.profile, "updated_at": datetime.now(UTC),
    }  # fmt: skip
    connection.execute(insert(ReportRow).values(values))


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


def _counts(connection: Connection, scope: str) -> dict[str, int]:
    def count(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    finding = FindingRow
    row = connection.execute(
        select(
            count(finding.severity == 0).label("errors"),
            count(finding.severity == 1).label("warnings"),
            count(finding.severity == 2).label("notices"),
            count(finding.status == "open").label("open_flags"),
            count(finding.status == "confirmed").label("confirmed_flags"),
            count(finding.status == "dismissed").label("dismissed_flags"),
        ).where(finding.scope == scope, finding.current)
    ).one()
    return {name: int(value) for name, value in row._mapping.items()}
