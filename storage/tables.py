"""The tables. They may change; the views (storage/views.py) are what SQL users rely on.

Each table's columns carry what the types cannot say. `submission_id` cascades: a re-reading replaces
the rows of one submission in one transaction.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy import Table as CoreTable
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import NUMERIC, TypeEngine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

#: SQLite numbers rows itself only where the key is called INTEGER
Key = BigInteger().with_variant(Integer, "sqlite")


class Exact(TypeDecorator[Decimal]):
    """A decimal: numeric on PostgreSQL; on SQLite text in a column of numeric affinity, which sorts
    and sums and keeps 15 digits. The exact value stands beside it as text."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(_Affine() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(str(value))


class _Affine(NUMERIC[Any]):
    """NUMERIC without SQLAlchemy's own conversion through float."""

    def bind_processor(self, dialect: Dialect) -> None:
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite, which knows no zones, keeps it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a plain class attribute
        datetime: Moment(),
        Decimal: Exact(),
        str: Text(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


#: submissions that are numbered in a slot. A query that says so in the very words of the partial index is answered
#: from it; of a bound parameter, or of these words compared with 1 as SQLAlchemy does with a Boolean, SQLite cannot know
NUMBERED: ColumnElement[bool] = literal_column("status IN ('ok', 'superseded')")


def plain(table: type[Table]) -> CoreTable:
    """The table without its class: a bulk insert into it spares SQLAlchemy's work for objects."""
    return cast(CoreTable, table.__table__)


class Department(Table):
    __tablename__ = "departments"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    aliases: Mapped[list[Any]] = mapped_column(default=list)  # other names, as found or entered
    kind: Mapped[str | None]  # for comparisons: 党委部门, 政府部门 … ; entered with the roster
    created_at: Mapped[datetime]


class Run(Table):
    """One call of ingest, recheck or reread. Append-only but for its end."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(
        String(20)
    )  # running, done; failed, broken (killed), mended (by a later run)
    paths: Mapped[list[Any]]
    profile: Mapped[str] = mapped_column(String(100))
    host: Mapped[str]
    process: Mapped[int]
    flow_run: Mapped[str | None]  # Prefect's id
    counts: Mapped[dict[str, Any]]  # outcome -> files
    message: Mapped[str | None]


class Submission(Table):
    """A file that was received. One content is one primary row; the same content under another path
    is a row of status duplicate. `slot` is what versions replace each other in."""

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    path: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime]
    examined_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(20))  # ok, quarantined, duplicate, superseded
    error_code: Mapped[str | None] = mapped_column(String(40))
    error_message: Mapped[str | None]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    fiscal_year: Mapped[int | None]
    kind: Mapped[str | None] = mapped_column(String(40))
    project: Mapped[str] = mapped_column(default="")
    slot: Mapped[str]  # department | year | kind | project; "sha256:…" where the department is unknown
    scope: Mapped[str]  # department | year: what verdicts belong to
    version: Mapped[int]
    profile: Mapped[str | None] = mapped_column(String(100))
    reader: Mapped[str | None] = mapped_column(String(40))
    media_type: Mapped[str | None]
    pages: Mapped[int | None]
    reader_version: Mapped[str] = mapped_column(String(80))
    rulebook_version: Mapped[str] = mapped_column(String(80))
    asked_profile: Mapped[str] = mapped_column(String(100))
    seconds: Mapped[dict[str, Any]]  # stage -> wall time
    attempts: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        Index(
            "uq_submissions_content",
            "sha256",
            unique=True,
            sqlite_where=text("status != 'duplicate'"),
            postgresql_where=text("status != 'duplicate'"),
        ),
        Index(
            "uq_submissions_copy",
            "sha256",
            "path",
            unique=True,
            sqlite_where=text("status = 'duplicate'"),
            postgresql_where=text("status = 'duplicate'"),
        ),
        Index(
            "uq_submissions_version",
            "slot",
            "version",
            unique=True,
            sqlite_where=NUMBERED,
            postgresql_where=NUMBERED,
        ),
        Index(
            "uq_submissions_current",
            "slot",
            unique=True,
            sqlite_where=text("status = 'ok'"),
            postgresql_where=text("status = 'ok'"),
        ),
        Index("ix_submissions_scope", "scope"),
        Index("ix_submissions_department_id_fiscal_year", "department_id", "fiscal_year"),
        Index("ix_submissions_status_id", "status", "id"),
        Index("ix_submissions_run_id", "run_id"),
        Index("ix_submissions_received_at", "received_at"),
    )


def _owner() -> Mapped[int]:
    return mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"))


class Paper(Table):
    """What was read, whole: schema.codec bytes of the Document, the Report and the Verdicts."""

    __tablename__ = "documents"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    document: Mapped[bytes] = mapped_column(LargeBinary)
    report: Mapped[bytes] = mapped_column(LargeBinary)
    verdicts: Mapped[bytes] = mapped_column(LargeBinary)
    characters_in_file: Mapped[int]
    characters_read: Mapped[int]
    numbers: Mapped[int]
    numbers_explained: Mapped[int]
    as_read: Mapped[bytes | None] = mapped_column(LargeBinary)  # the Report before corrections, where any


class FactRow(Table):
    __tablename__ = "facts"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    submission_id: Mapped[int] = _owner()
    position: Mapped[int]  # index into Report.facts
    concept: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str | None]
    period: Mapped[int | None]
    stage: Mapped[str | None] = mapped_column(String(10))
    value: Mapped[str]  # exact, as the public interface writes it; money in yuan
    number: Mapped[Decimal | None]  # the same to sort and sum by, None for texts
    step: Mapped[str | None]  # the step of the last stated digit
    stated: Mapped[str]
    context: Mapped[str]
    confidence: Mapped[float]
    corrected_by: Mapped[str | None]  # the reviewer whose value this is
    page: Mapped[int | None]
    block: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    section: Mapped[str | None]
    table_index: Mapped[int | None]
    table_row: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("submission_id", "position"),
        Index("ix_facts_concept_number", "concept", "number"),
    )


class SectionRow(Table):
    __tablename__ = "sections"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    submission_id: Mapped[int] = _owner()
    position: Mapped[int]
    path: Mapped[str]
    level: Mapped[int]
    number: Mapped[str]
    title: Mapped[str]
    role: Mapped[str | None] = mapped_column(String(20))
    page: Mapped[int | None]
    text: Mapped[str]

    __table_args__ = (UniqueConstraint("submission_id", "position"), Index("ix_sections_role", "role"))


class IndicatorRow(Table):
    __tablename__ = "indicators"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    submission_id: Mapped[int] = _owner()
    position: Mapped[int]
    project: Mapped[str | None]
    group_name: Mapped[str | None]
    subgroup: Mapped[str | None]
    name: Mapped[str]
    target: Mapped[str | None]
    actual: Mapped[str | None]
    weight: Mapped[Decimal | None]
    score: Mapped[Decimal | None]
    reason: Mapped[str | None]
    page: Mapped[int | None]
    table_index: Mapped[int | None]
    table_row: Mapped[int | None]

    __table_args__ = (UniqueConstraint("submission_id", "position"),)


class CheckRow(Table):
    __tablename__ = "checks"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    submission_id: Mapped[int] = _owner()
    position: Mapped[int]
    rule: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str | None]
    outcome: Mapped[str] = mapped_column(String(10))
    missing: Mapped[list[Any]]

    __table_args__ = (UniqueConstraint("submission_id", "position"),)


class FindingRow(Table):
    """A finding with what lists filter and sort by beside it: department, year, currency, status.

    `status`, `state`, `reviewer`, `reviewed_at` and `comment` repeat the newest verdict of the same
    scope and fingerprint; `state` is that verdict's id, 0 where there is none.
    """

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    submission_id: Mapped[int] = _owner()
    position: Mapped[int]  # index into Verdicts.findings
    fingerprint: Mapped[str] = mapped_column(String(64))
    rule: Mapped[str] = mapped_column(String(60))
    severity: Mapped[int]  # 0 error, 1 warning, 2 notice: sorts as people want it
    subject: Mapped[str | None]
    message: Mapped[str]
    stated: Mapped[str | None]
    expected: Mapped[str | None]
    clause: Mapped[str | None]
    page: Mapped[int | None]  # of the first evidence
    excerpt: Mapped[str]  # the first evidence's context
    evidence: Mapped[list[Any]]  # as in the public JSON
    calculation: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    department: Mapped[str]  # its name, "" where unknown
    fiscal_year: Mapped[int | None]
    scope: Mapped[str]
    current: Mapped[bool]  # of the newest version, not a superseded one
    status: Mapped[str] = mapped_column(String(10))  # open, confirmed, dismissed
    state: Mapped[int] = mapped_column(BigInteger, default=0)
    reviewer: Mapped[str | None]
    reviewed_at: Mapped[datetime | None]
    comment: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("submission_id", "position"),
        Index("ix_findings_scope_fingerprint", "scope", "fingerprint"),
        Index("ix_findings_fingerprint", "fingerprint"),
        # one index for each order that a list offers, closed by id so that pages are stable
        Index("ix_findings_current_severity_id", "current", "severity", "id"),
        Index("ix_findings_current_department_id", "current", "department", "severity", "id"),
        Index("ix_findings_current_rule_id", "current", "rule", "severity", "id"),
        Index("ix_findings_current_status_id", "current", "status", "severity", "id"),
        Index("ix_findings_current_fiscal_year_id", "current", "fiscal_year", "severity", "id"),
        # what the counts of departments need
        Index(
            "ix_findings_current_department_facets",
            "current",
            "department",
            "rule",
            "severity",
            "status",
            "fiscal_year",
        ),
        # covers the counts beside the filters
        Index("ix_findings_facets", "current", "rule", "severity", "status", "fiscal_year"),
    )


class ReportRow(Table):
    """One row a department and year: the figures that lists and charts ask for, kept by Store."""

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    scope: Mapped[str] = mapped_column(unique=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    department: Mapped[str]
    fiscal_year: Mapped[int | None]
    submission_id: Mapped[int]  # the leading document: the report, else the table
    documents: Mapped[int]  # current documents of this department and year
    profile: Mapped[str | None]
    income_total: Mapped[Decimal | None]
    budget_total: Mapped[Decimal | None]
    budget_basic: Mapped[Decimal | None]
    budget_project: Mapped[Decimal | None]
    spending_total: Mapped[Decimal | None]
    spending_basic: Mapped[Decimal | None]
    spending_project: Mapped[Decimal | None]
    three_public_spending: Mapped[Decimal | None]
    rate_total: Mapped[Decimal | None]
    rate_basic: Mapped[Decimal | None]
    rate_project: Mapped[Decimal | None]
    score_total: Mapped[Decimal | None]
    rating: Mapped[str | None] = mapped_column(String(4))
    staff_authorized: Mapped[Decimal | None]
    staff_actual: Mapped[Decimal | None]
    errors: Mapped[int]
    warnings: Mapped[int]
    notices: Mapped[int]
    open_flags: Mapped[int]
    confirmed_flags: Mapped[int]
    dismissed_flags: Mapped[int]
    updated_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_reports_fiscal_year_department", "fiscal_year", "department"),
        Index("ix_reports_department_fiscal_year", "department", "fiscal_year"),
        Index("ix_reports_submission_id", "submission_id"),
        Index("ix_reports_score_total", "score_total"),
        Index("ix_reports_rate_total", "rate_total"),
        Index("ix_reports_budget_total", "budget_total"),
    )


class Verdict(Table):
    """A reviewer's word on a finding. Append-only: the newest of a scope and fingerprint counts."""

    __tablename__ = "verdicts"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    scope: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(String(64))
    rule: Mapped[str] = mapped_column(String(60))
    message: Mapped[str]  # what the finding said when it was judged
    status: Mapped[str] = mapped_column(String(10))  # confirmed, dismissed, open
    who: Mapped[str]
    at: Mapped[datetime]
    comment: Mapped[str]

    __table_args__ = (Index("ix_verdicts_scope_fingerprint", "scope", "fingerprint", "id"),)


class CorrectionRow(Table):
    """A reviewer's reading of what the machine misread. Append-only: the newest of a submission and place
    counts. `place` is schema.corrections.place_of the reading; action is correct, drop or restore."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    place: Mapped[str]
    action: Mapped[str] = mapped_column(String(10))
    concept: Mapped[str] = mapped_column(String(60))
    value: Mapped[str | None]  # exact, as the public interface writes it
    step: Mapped[str | None]
    subject: Mapped[str | None]
    period: Mapped[int | None]
    stage: Mapped[str | None] = mapped_column(String(10))
    read_concept: Mapped[str] = mapped_column(String(60))
    read_value: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]
    comment: Mapped[str]

    __table_args__ = (Index("ix_corrections_submission_id", "submission_id", "id"),)


class Filter(Table):
    """A list's filters under a name of the user's own: `query` is the address's."""

    __tablename__ = "filters"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str]

    __table_args__ = (UniqueConstraint("owner", "name"),)


class Event(Table):
    """The audit trail: who did what, when. Append-only, held by triggers."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]

    __table_args__ = (Index("ix_audit_at", "at"),)
