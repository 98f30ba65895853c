"""Saving one file's result: everything in one transaction, the same again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Insert, Row, bindparam, case, delete, func, insert, select, update

from schema.codec import Parcel, pack, unpack
from schema.errors import NotReadable
from schema.examination import Examined, Received, Result, Versions
from schema.finding import Verdicts
from schema.report import Report
from storage import corrections, rows, tables
from storage.engine import hold
from storage.records import Missing, Outcome, Saved
from storage.summary import refresh_summary
from storage.tables import Submission

#: rows that belong to a submission and are replaced with it
PARTS = (
    tables.Paper,
    tables.FactRow,
    tables.SectionRow,
    tables.IndicatorRow,
    tables.CheckRow,
    tables.FindingRow,
)


# statements of every save are made once: SQLAlchemy takes longer to build one than the database to do it
PRIMARY = (
    select(Submission.__table__)
    .where(Submission.sha256 == bindparam("sha256"), Submission.status != "duplicate")
    .with_for_update()
)
NEW = insert(tables.plain(Submission)).returning(Submission.id)
LOWEST = select(func.min(Submission.version)).where(Submission.slot == bindparam("slot"), tables.NUMBERED)
DEPARTMENT = select(tables.Department.id).where(tables.Department.name == bindparam("name"))
PLACE = select(Submission.department_id, Submission.scope).where(Submission.id == bindparam("id"))
JUDGED = (
    select(tables.Verdict.__table__)
    .where(tables.Verdict.scope == bindparam("scope"))
    .order_by(tables.Verdict.id)
)
INSERTS: dict[type[tables.Table], Insert] = {part: insert(tables.plain(part)) for part in PARTS}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and the same packed."""

    report: Report
    verdicts: Verdicts
    parcel: Parcel
    as_read: bytes | None = None  # the report without the corrections, where there are any

    def corrected(self, report: Report, verdicts: Verdicts) -> Reading:
        if report is self.report:
            return self
        parcel = replace(self.parcel, report=pack(report), verdicts=pack(verdicts))
        return Reading(report, verdicts, parcel, self.parcel.report)

    @classmethod
    def of(cls, result: Parcel | Examined) -> Reading:
        if isinstance(result, Examined):
            return cls(result.report, result.verdicts, Parcel.of(result))
        return cls(unpack(result.report, Report), unpack(result.verdicts, Verdicts), result)


def save(
    connection: Connection, run: int, received: Received, result: Parcel | Result | None, versions: Versions,
    home: Path | None = None,
) -> Saved:  # fmt: skip
    """Write one file. `result` None stands for a content that was known before it was read; `home` is
    where profiles of one's own lie."""
    primary = connection.execute(PRIMARY, {"sha256": received.sha256}).first()
    if primary is not None and (result is None or (_same(primary, versions) and not _news(primary, result))):
        return _copy(connection, run, received, primary, versions)
    if result is None:
        raise ValueError(f"{received.sha256} is not known, so there must be a result")
    if isinstance(result, NotReadable) and primary is not None and primary.status != "quarantined":
        # a good reading is never given up for a failed one; the next run tries again
        return Saved(primary.id, "quarantined", primary.version)
    if isinstance(result, NotReadable):
        refused = _put(connection, run, received, _refused(received, result), versions, primary)
        return Saved(refused, "quarantined", 0)
    reading = Reading.of(result)
    if primary is not None:  # only what was read before can have been corrected
        report, verdicts = corrections.applied(
            connection, primary.id, reading.report, reading.verdicts, versions.profile, home
        )
        reading = reading.corrected(report, verdicts)
    place = described(connection, reading.report, primary.scope if primary else None) | {
        "profile": reading.verdicts.profile,
        "seconds": {stage: round(seconds, 4) for stage, seconds in reading.parcel.seconds.items()},
    }
    submission = _put(connection, run, received, place, versions, primary)
    return _fill(connection, submission, place, reading, primary)


def _news(primary: Row[Any], result: Parcel | Result) -> bool:
    """Whether a refused file was tried again and something else came of it: what it lacked may have been
    installed since."""
    if primary.status != "quarantined":
        return False
    if isinstance(result, NotReadable):
        return (primary.error_code, primary.error_message) != (result.code, result.message)
    return True


def _same(primary: Row[Any], versions: Versions) -> bool:
    return (primary.reader_version, primary.rulebook_version, primary.asked_profile) == (
        versions.reader, versions.rulebook, versions.profile,
    )  # fmt: skip


def _copy(
    connection: Connection, run: int, received: Received, primary: Row[Any], versions: Versions
) -> Saved:
    """The content is there: note a new path once."""
    saved = Saved(primary.id, "unchanged", primary.version, None, primary.fiscal_year)
    if primary.path == received.path:
        return saved
    noted = select(Submission.id).where(
        Submission.sha256 == received.sha256,
        Submission.path == received.path,
        Submission.status == "duplicate",
    )
    if connection.execute(noted).first():
        return saved
    now = datetime.now(UTC)
    values = _identity(run, received, versions) | {
        "received_at": now, "examined_at": now, "status": "duplicate",
        "department_id": primary.department_id, "fiscal_year": primary.fiscal_year, "kind": primary.kind,
        "project": primary.project, "slot": primary.slot, "scope": primary.scope, "version": primary.version,
        "profile": primary.profile, "reader": primary.reader, "media_type": primary.media_type,
        "pages": primary.pages, "seconds": {},
    }  # fmt: skip
    connection.execute(insert(Submission).values(values))
    return Saved(primary.id, "duplicate", primary.version, None, primary.fiscal_year)


def _identity(run: int, received: Received, versions: Versions) -> dict[str, Any]:
    return {
        "run_id": run, "sha256": received.sha256, "name": received.name, "path": received.path,
        "size": received.size, "reader_version": versions.reader, "rulebook_version": versions.rulebook,
        "asked_profile": versions.profile,
    }  # fmt: skip


def _put(
    connection: Connection,
    run: int,
    received: Received,
    place: dict[str, Any],
    versions: Versions,
    old: Row[Any] | None,
) -> int:
    """Insert or renew the primary row; gives its id."""
    now = datetime.now(UTC)
    values = _identity(run, received, versions) | {"examined_at": now} | place
    if old is None:
        return int(connection.execute(NEW, values | {"received_at": now}).scalar_one())
    del values["run_id"]  # the run that brought it first stays
    del values["path"], values["name"]
    values["attempts"] = old.attempts + 1
    for part in PARTS:
        connection.execute(delete(part).where(part.submission_id == old.id))
    connection.execute(update(Submission).where(Submission.id == old.id).values(values))
    return int(old.id)


def _refused(received: Received, error: NotReadable) -> dict[str, Any]:
    own = f"sha256:{received.sha256}"
    return {
        "status": "quarantined", "error_code": error.code, "error_message": error.message,
        "department_id": None, "fiscal_year": None, "kind": None, "project": "", "slot": own, "scope": own,
        "version": 0, "profile": None, "reader": None, "media_type": None, "pages": None, "seconds": {},
    }  # fmt: skip


def described(connection: Connection, report: Report, left: str | None) -> dict[str, Any]:
    """The columns that a reading gives, of a file that may have `left` another scope. The first of a slot is
    at its place at once; another one starts as superseded under a version that none has, and `settle` gives
    it its place."""
    source, project = report.source, rows.project_of(report)
    scope, slot = places(report.department, report.fiscal_year, report.kind, project, source.sha256)
    hold(connection, scope, left or scope)
    department = department_id(connection, report.department) if report.department else None
    lowest = connection.execute(LOWEST, {"slot": slot}).scalar()
    first = lowest is None and left is None
    return {
        "status": "ok" if first else "superseded", "error_code": None, "error_message": None,
        "department_id": department, "fiscal_year": report.fiscal_year, "kind": report.kind,
        "project": project, "slot": slot, "scope": scope, "version": 1 if first else min(lowest or 0, 0) - 1,
        "reader": source.reader, "media_type": source.media_type, "pages": source.pages,
    }  # fmt: skip


def places(
    department: str | None, year: int | None, kind: str | None, project: str, sha256: str
) -> tuple[str, str]:
    """(scope, slot) of a document: what its verdicts belong to, and what its versions replace each other in."""
    if not department:
        return f"sha256:{sha256}", f"sha256:{sha256}"
    scope = f"{department}|{year or ''}"
    return scope, f"{scope}|{kind}|{project}"


def department_id(connection: Connection, name: str) -> int:
    """The department's id; a new name becomes a new department, never silently another's alias."""
    found = connection.execute(DEPARTMENT, {"name": name}).scalar()
    if found is not None:
        return found
    values = {"name": name, "aliases": [], "created_at": datetime.now(UTC)}
    return connection.execute(
        insert(tables.Department).values(values).returning(tables.Department.id)
    ).scalar_one()


def _fill(
    connection: Connection, submission: int, place: dict[str, Any], reading: Reading, old: Row[Any] | None
) -> Saved:
    """Write the parts of a document and put it among the versions of its slot."""
    report, verdicts, alone = reading.report, reading.verdicts, place["status"] == "ok"
    paper = rows.paper_row(reading.parcel, report) | {"as_read": reading.as_read}
    bulk(connection, tables.Paper, submission, [paper])
    bulk(connection, tables.FactRow, submission, rows.fact_rows(report))
    bulk(connection, tables.SectionRow, submission, rows.section_rows(report))
    bulk(connection, tables.IndicatorRow, submission, rows.indicator_rows(report))
    bulk(connection, tables.CheckRow, submission, rows.check_rows(verdicts))
    put_findings(connection, submission, report.department, report.fiscal_year, verdicts, alone)
    version = 1
    if alone:
        refresh_summary(connection, place["scope"], {submission: report})
    else:
        settle(connection, submission, old.slot if old else None, old.scope if old else None)
        found = select(Submission.version).where(Submission.id == submission)
        version = connection.execute(found).scalar_one()
    outcome: Outcome = ("new" if version == 1 else "version") if old is None else "reread"
    return Saved(submission, outcome, version, report.department, report.fiscal_year, len(verdicts.findings))


def paper_of(connection: Connection, submission: int) -> Row[Any]:
    """The stored reading of a document, nobody else's until the transaction ends. Raises Missing."""
    row = tables.Paper
    found = select(row.report, row.as_read, row.verdicts).where(row.submission_id == submission)
    paper = connection.execute(found.with_for_update()).first()
    if paper is None:
        raise Missing(f"没有编号为 {submission} 的文件，或者它没有读出来")
    return paper


def replace_report(connection: Connection, submission: int, report: Report, as_read: Report) -> None:
    """A document's report and its facts as a reviewer left them; what was read is kept where it differs."""
    kept = None if report is as_read else pack(as_read)
    connection.execute(
        update(tables.Paper)
        .where(tables.Paper.submission_id == submission)
        .values(report=pack(report), as_read=kept)
    )
    connection.execute(delete(tables.FactRow).where(tables.FactRow.submission_id == submission))
    bulk(connection, tables.FactRow, submission, rows.fact_rows(report))


def put_findings(
    connection: Connection, submission: int, department: str | None, year: int | None, verdicts: Verdicts,
    current: bool = False,
) -> None:  # fmt: skip
    """The findings of a document whose row has its place already, with what was judged there."""
    place = connection.execute(PLACE, {"id": submission}).one()
    scoped = {
        "department_id": place.department_id, "department": department or "",
        "fiscal_year": year, "scope": place.scope, "current": current,
    }  # fmt: skip
    judged = judged_in(connection, place.scope)
    findings = [
        row | scoped | judged.get(row["fingerprint"], UNJUDGED) for row in rows.finding_rows(verdicts)
    ]
    bulk(connection, tables.FindingRow, submission, findings)


def settle(connection: Connection, submission: int, left: str | None, left_scope: str | None) -> None:
    """Put a document among the versions of its slot, and close the gap in the one that it left."""
    place = connection.execute(
        select(Submission.slot, Submission.scope).where(Submission.id == submission)
    ).one()
    if left is not None and left_scope is not None and left != place.slot:
        _settle(connection, left, left_scope)
    _settle(connection, place.slot, place.scope)


UNJUDGED: dict[str, Any] = {
    "status": "open",
    "state": 0,
    "reviewer": None,
    "reviewed_at": None,
    "comment": None,
}


def judged_in(connection: Connection, scope: str) -> dict[str, dict[str, Any]]:
    """The newest verdict on each fingerprint of a department's year."""
    return {
        row.fingerprint: {
            "status": row.status, "state": row.id, "reviewer": row.who, "reviewed_at": row.at,
            "comment": row.comment,
        }
        for row in connection.execute(JUDGED, {"scope": scope})
    }  # fmt: skip


def bulk(
    connection: Connection, table: type[tables.Table], submission: int, found: Iterable[dict[str, Any]]
) -> None:
    if batch := [row | {"submission_id": submission} for row in found]:
        connection.execute(INSERTS[table], batch)


def _settle(connection: Connection, slot: str, scope: str) -> None:
    """Number the versions of a slot by arrival; the newest is current, the others superseded."""
    listed = connection.execute(
        select(Submission.id, Submission.version, Submission.status)
        .where(Submission.slot == slot, tables.NUMBERED)
        .order_by(Submission.id)
    ).all()
    if not listed:
        refresh_summary(connection, scope)
        return
    wanted = {row.id: place for place, row in enumerate(listed, 1)}
    last = listed[-1].id
    moved = [
        row.id for row in listed if row.version != wanted[row.id] or (row.status == "ok") != (row.id == last)
    ]
    # first out of the way of the unique indexes, then to their places
    connection.execute(
        update(Submission)
        .where(Submission.id.in_(moved))
        .values(version=-Submission.id - 1_000_000, status="superseded")
    )
    for submission in moved:
        status = "ok" if submission == last else "superseded"
        connection.execute(
            update(Submission)
            .where(Submission.id == submission)
            .values(version=wanted[submission], status=status)
        )
    finding = tables.FindingRow
    connection.execute(
        update(finding)
        .where(finding.submission_id.in_([row.id for row in listed]))
        .values(current=case((finding.submission_id == last, True), else_=False))
    )
    refresh_summary(connection, scope)
