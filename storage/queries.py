"""Lists and single rows: filtering, sorting, paging and counting in the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Text, any_, bindparam, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from storage.records import (
    SEVERITIES,
    DepartmentYear,
    Flag,
    FlagFilter,
    FlagSort,
    Page,
    Submission,
    Within,
)
from storage.rows import FIGURES
from storage.searching import among
from storage.tables import Department, FindingRow, ReportRow
from storage.tables import Submission as SubmissionRow

SORTS: dict[str, tuple[Any, ...]] = {
    "severity": (FindingRow.severity,),
    "department": (FindingRow.department, FindingRow.severity),
    "fiscal_year": (FindingRow.fiscal_year, FindingRow.severity),
    "rule": (FindingRow.rule, FindingRow.severity),
    "status": (FindingRow.status, FindingRow.severity),
    "newest": (),
}


def flag_page(
    connection: Connection, wanted: FlagFilter, sort: FlagSort, descending: bool, limit: int, offset: int,
    total: int, cut: bool = False,
) -> Page[Flag]:  # fmt: skip
    conditions = flag_conditions(connection, wanted)
    order = [*SORTS[sort], FindingRow.id]
    if sort == "newest":
        descending = not descending
    chosen = (
        select(FindingRow.id)
        .where(*conditions)
        .order_by(*(column.desc() if descending else column.asc() for column in order))
        .limit(limit)
        .offset(offset)
    )
    ids = list(connection.execute(chosen).scalars())  # the wide rows only for one page
    rows = {row.id: row for row in connection.execute(_flags().where(FindingRow.id.in_(ids)))}
    return Page(tuple(flag_of(rows[one]) for one in ids if one in rows), total, cut)


def find_flags(connection: Connection, reference: int | str) -> list[Flag]:
    """The finding of an id, or all of a fingerprint or its beginning, current ones only."""
    if isinstance(reference, int) or (reference.isdigit() and len(reference) < 12):
        query = _flags().where(FindingRow.id == int(reference))
        if found := [flag_of(row) for row in connection.execute(query)]:
            return found
    prefix = str(reference).replace("%", "").replace("_", "")
    query = _flags().where(FindingRow.fingerprint.like(f"{prefix}%"), FindingRow.current).limit(20)
    return [flag_of(row) for row in connection.execute(query)] if len(prefix) >= 4 else []


def _flags() -> Select[Any]:
    return select(
        FindingRow.__table__, SubmissionRow.name.label("file"), SubmissionRow.kind.label("document_kind"),
        SubmissionRow.project, SubmissionRow.version,
    ).join(SubmissionRow, SubmissionRow.id == FindingRow.submission_id)  # fmt: skip


def flag_of(row: Row[Any]) -> Flag:
    return Flag(
        id=row.id, submission=row.submission_id, file=row.file, document_kind=row.document_kind,
        project=row.project, version=row.version, department=row.department, fiscal_year=row.fiscal_year,
        rule=row.rule, severity=SEVERITIES[row.severity], subject=row.subject, message=row.message,
        stated=row.stated, expected=row.expected, clause=row.clause, fingerprint=row.fingerprint,
        page=row.page, excerpt=row.excerpt, evidence=tuple(row.evidence), calculation=row.calculation,
        status=row.status, state=row.state, reviewer=row.reviewer, reviewed_at=row.reviewed_at,
        comment=row.comment, current=row.current, position=row.position,
    )  # fmt: skip


def flag_conditions(connection: Connection, wanted: FlagFilter) -> list[ColumnElement[bool]]:
    found = scope_conditions(connection, wanted)
    if wanted.years:
        found.append(FindingRow.fiscal_year.in_(wanted.years))
    if wanted.rules:
        # "rate" and "rate.*" ask for the whole family
        families = [rule.removesuffix("*").removesuffix(".") for rule in wanted.rules]
        found.append(
            or_(
                FindingRow.rule.in_(families),
                *(FindingRow.rule.like(f"{f}.%") for f in families if "." not in f),
            )
        )
    if wanted.severities:
        found.append(FindingRow.severity.in_([SEVERITIES.index(name) for name in wanted.severities]))
    if wanted.statuses:
        found.append(FindingRow.status.in_(wanted.statuses))
    return found


def by_department(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], limit: int
) -> dict[str, int]:
    """The departments with the most findings under the conditions, "" for those of no known one."""
    count = func.count().label("count")
    query = (
        select(FindingRow.department, count)
        .where(*conditions)
        .group_by(FindingRow.department)
        .order_by(count.desc(), FindingRow.department)
        .limit(limit)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def scope_conditions(connection: Connection, wanted: FlagFilter) -> list[ColumnElement[bool]]:
    """What a filter asks beside the four things that are counted: departments, text, document."""
    found: list[ColumnElement[bool]] = [] if wanted.superseded else [FindingRow.current.is_(True)]
    if wanted.departments:
        names = matching_departments(connection, wanted.departments)
        if connection.dialect.name == "postgresql":  # which takes a part of a name for half of all names
            listed = list(connection.execute(names).scalars())
            found.append(FindingRow.department == any_(bindparam(None, listed, ARRAY(Text))))
        else:
            found.append(FindingRow.department.in_(names))
    if wanted.submission is not None:
        found.append(FindingRow.submission_id == wanted.submission)
    if wanted.ids is not None:
        found.append(among(connection, wanted.ids))
    return found


def matching_departments(connection: Connection, parts: Sequence[str]) -> Select[Any]:
    """Full names for names, aliases or parts of names; an exact name or alias stands for itself alone."""
    aliases = cast(Department.aliases, Text)
    conditions: list[ColumnElement[bool]] = []
    for part in parts:
        quoted = json.dumps(part, ensure_ascii=False)
        exact = or_(Department.name == part, aliases.contains(quoted, autoescape=True))
        found = connection.execute(select(Department.id).where(exact).limit(1)).first()
        loose = or_(
            Department.name.contains(part, autoescape=True), aliases.contains(quoted[1:-1], autoescape=True)
        )
        conditions.append(exact if found else loose)
    return select(Department.name).where(or_(*conditions))


#: what a department's year may be asked for beside its figures
STATES: dict[str, ColumnElement[bool]] = {
    "pending": ReportRow.open_flags > 0,
    "clean": ReportRow.errors + ReportRow.warnings + ReportRow.notices == 0,
    "confirmed": ReportRow.confirmed_flags > 0,
}


def report_page(
    connection: Connection, departments: Sequence[str], years: Sequence[int], sort: str, descending: bool,
    limit: int, offset: int, within: Sequence[Within] = (), state: str = "",
) -> Page[DepartmentYear]:  # fmt: skip
    conditions: list[ColumnElement[bool]] = []
    for one in within:
        bounded = getattr(ReportRow, one.column)
        conditions.append(bounded >= one.low)
        if one.high is not None:
            conditions.append(bounded < one.high)
    if state in STATES:
        conditions.append(STATES[state])
    if departments:
        conditions.append(ReportRow.department.in_(matching_departments(connection, departments)))
    if years:
        conditions.append(ReportRow.fiscal_year.in_(years))
    column = getattr(ReportRow, sort)
    total = connection.execute(select(func.count()).select_from(ReportRow).where(*conditions)).scalar_one()
    rows = connection.execute(
        select(ReportRow.__table__)
        .where(*conditions)
        .order_by(column.desc().nulls_last() if descending else column.asc().nulls_last(), ReportRow.id)
        .limit(limit)
        .offset(offset)
    )
    return Page(tuple(department_year_of(row) for row in rows), total)


def department_year_of(row: Row[Any]) -> DepartmentYear:
    fields = row._mapping
    return DepartmentYear(
        department=row.department, fiscal_year=row.fiscal_year, submission=row.submission_id,
        documents=row.documents, profile=row.profile,
        figures={concept: fields[column] for column, concept in FIGURES.items()},
        rating=row.rating, errors=row.errors, warnings=row.warnings, notices=row.notices,
        open_flags=row.open_flags, confirmed_flags=row.confirmed_flags,
        dismissed_flags=row.dismissed_flags, updated_at=row.updated_at,
    )  # fmt: skip


def submission_page(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], limit: int, offset: int
) -> Page[Submission]:
    """Newest first."""
    counted = select(func.count()).select_from(SubmissionRow)
    total = connection.execute(counted.where(*conditions)).scalar_one()
    query = (
        select(SubmissionRow.__table__, Department.name.label("department"))
        .outerjoin(Department, Department.id == SubmissionRow.department_id)
        .where(*conditions)
        .order_by(SubmissionRow.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return Page(tuple(submission_of(row) for row in connection.execute(query)), total)


def submission_of(row: Row[Any]) -> Submission:
    return Submission(
        id=row.id, run=row.run_id, name=row.name, path=row.path, sha256=row.sha256, size=row.size,
        received_at=row.received_at, examined_at=row.examined_at, status=row.status,
        error_code=row.error_code, error_message=row.error_message, department=row.department,
        fiscal_year=row.fiscal_year, kind=row.kind, project=row.project, version=row.version,
        profile=row.profile, reader=row.reader, media_type=row.media_type, pages=row.pages,
        reader_version=row.reader_version, rulebook_version=row.rulebook_version,
        asked_profile=row.asked_profile, seconds=row.seconds, attempts=row.attempts,
    )  # fmt: skip


def submission_conditions(
    departments: Sequence[str],
    years: Sequence[int],
    statuses: Sequence[str],
    run: int | None,
    text: str | None,
) -> list[ColumnElement[bool]]:
    # a row that stands for a report which never came is no file
    found: list[ColumnElement[bool]] = [SubmissionRow.status != "absent"]
    if departments:
        named = select(Department.id).where(
            or_(*(Department.name.contains(d, autoescape=True) for d in departments))
        )
        found.append(SubmissionRow.department_id.in_(named))
    if years:
        found.append(SubmissionRow.fiscal_year.in_(years))
    if statuses:
        found.append(SubmissionRow.status.in_(statuses))
    if run is not None:
        found.append(SubmissionRow.run_id == run)
    if text:
        found.append(
            or_(
                SubmissionRow.name.contains(text, autoescape=True),
                SubmissionRow.path.contains(text, autoescape=True),
            )
        )
    return found
