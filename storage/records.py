"""What Store gives back: frozen values, never rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from schema.document import Document
from schema.finding import Severity, Verdicts
from schema.report import DocumentKind, Report, Stage

Row = TypeVar("Row")
SubmissionStatus = Literal["ok", "quarantined", "duplicate", "superseded"]
Status = Literal["open", "confirmed", "dismissed"]
Outcome = Literal["new", "version", "reread", "unchanged", "duplicate", "quarantined"]
FlagSort = Literal["severity", "department", "fiscal_year", "rule", "status", "newest"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list and the number of all that match. `cut`: of a text that too many hold, only
    so many were looked at."""

    rows: tuple[Row, ...]
    total: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A content that the database holds already."""

    submission: int
    sha256: str
    path: str
    status: SubmissionStatus
    reader_version: str
    rulebook_version: str
    asked_profile: str
    error_code: str | None
    error_message: str | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a file came to.

    new          a first document of its department, year and kind
    version      another content replaced an earlier one, which stays as superseded
    reread       the same content, read by another reader or rule book: its rows were replaced
    unchanged    the same content, path, reader and rules: nothing was written
    duplicate    the same content under another path: noted once, nothing was read again
    quarantined  refused, with its reason
    """

    submission: int
    outcome: Outcome
    version: int
    department: str | None = None
    fiscal_year: int | None = None
    findings: int = 0


@dataclass(frozen=True, slots=True)
class FlagFilter:
    """Which findings: an empty tuple or None asks for all. `departments` are names or parts of
    names and aliases; `text` is sought in messages and names of departments, `ids` are what it was found
    in (Store fills them in); `superseded` adds earlier versions."""

    departments: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    rules: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    statuses: tuple[Status, ...] = ()
    text: str | None = None
    submission: int | None = None
    superseded: bool = False
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """A band of a column of reports: from `low` to below `high`, None for no end."""

    column: str
    low: Decimal
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding in the database. `state` is what a reviewer saw: hand it back to `Store.review`.
    `evidence` and `calculation` have the shapes of the public JSON."""

    id: int
    submission: int
    file: str
    document_kind: DocumentKind
    project: str
    version: int
    department: str
    fiscal_year: int | None
    rule: str
    severity: Severity
    subject: str | None
    message: str
    stated: str | None
    expected: str | None
    clause: str | None
    fingerprint: str
    page: int | None
    excerpt: str
    evidence: tuple[dict[str, Any], ...]
    calculation: dict[str, Any] | None
    status: Status
    state: int
    reviewer: str | None
    reviewed_at: datetime | None
    comment: str | None
    current: bool
    position: int  # index into Verdicts.findings of its document


@dataclass(frozen=True, slots=True)
class Submission:
    """A file ever received."""

    id: int
    run: int
    name: str
    path: str
    sha256: str
    size: int
    received_at: datetime
    examined_at: datetime
    status: SubmissionStatus
    error_code: str | None
    error_message: str | None
    department: str | None
    fiscal_year: int | None
    kind: DocumentKind | None
    project: str
    version: int
    profile: str | None
    reader: str | None
    media_type: str | None
    pages: int | None
    reader_version: str
    rulebook_version: str
    asked_profile: str
    seconds: dict[str, float]
    attempts: int


@dataclass(frozen=True, slots=True)
class Correcting:
    """One line of the append-only list of corrections. `action` is correct, drop or restore; values are
    exact, money in yuan; `place` names the reading (schema.corrections)."""

    id: int
    submission_id: int
    place: str
    action: str
    concept: str
    value: str | None
    step: str | None
    subject: str | None
    period: int | None
    stage: Stage | None
    read_concept: str
    read_value: str
    who: str
    at: datetime
    comment: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A stored document whole, for the page that shows it."""

    submission: Submission
    document: Document
    report: Report  # in force: with the reviewers' corrections
    verdicts: Verdicts
    read: Report  # as the machine read it
    corrections: tuple[Correcting, ...] = ()


@dataclass(frozen=True, slots=True)
class DepartmentYear:
    """One row of v_reports: a department's year with its figures (yuan, percent, points)."""

    department: str
    fiscal_year: int | None
    submission: int
    documents: int
    profile: str | None
    figures: dict[str, Decimal | None]  # concept -> value
    rating: str | None
    errors: int
    warnings: int
    notices: int
    open_flags: int
    confirmed_flags: int
    dismissed_flags: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Filed:
    """All of a department's year: its row, its documents (current ones first), its findings."""

    summary: DepartmentYear
    submissions: tuple[Submission, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One verdict of the append-only list."""

    id: int
    fingerprint: str
    rule: str
    message: str
    status: Status
    who: str
    at: datetime
    comment: str


@dataclass(frozen=True, slots=True)
class RunRecord:
    id: int
    kind: str
    started_at: datetime
    finished_at: datetime | None
    status: str
    paths: tuple[str, ...]
    profile: str
    host: str
    process: int
    flow_run: str | None
    counts: dict[str, int]
    message: str | None


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    at: datetime
    who: str
    action: str
    subject: str
    detail: dict[str, Any]


class Changed(Exception):
    """Someone else judged the finding meanwhile: `flag` is how it stands now."""

    def __init__(self, flag: Flag) -> None:
        super().__init__(f"这条问题刚被{flag.reviewer or '他人'}处理过，请刷新后再定")
        self.flag = flag


class Overtaken(Exception):
    """Someone else corrected the same reading meanwhile: the message is one Chinese sentence."""


class TooMany(Exception):
    """More than may be done at once: the message is one Chinese sentence."""


class Missing(Exception):
    """There is no such thing in the database: the message is one Chinese sentence."""
