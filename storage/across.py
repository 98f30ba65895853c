"""Findings that need more than one report: put beside those of their document, kept through re-runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from schema.codec import pack, unpack
from schema.document import Document
from schema.finding import Finding, Verdicts
from schema.report import Report
from storage import rows, saving, tables
from storage.engine import hold
from storage.summary import recount
from storage.tables import FindingRow, Paper, SectionRow, Submission

RULES = ("text.copied", "prior.mismatch", "ledger.mismatch", "submission.missing")
#: positions from here on are no index into a document's own verdicts
FIRST = 1_000_000
#: rows that come from the database at a time where all of them would not fit in memory
ROWS = 500
#: status of the row that stands for a report which never came
ABSENT = "absent"


def current_documents(connection: Connection) -> list[tuple[int, str, int | None, str]]:
    """(submission, department, year, kind) of every document in force whose department is known."""
    rows = connection.execute(
        select(Submission.id, tables.Department.name, Submission.fiscal_year, Submission.kind)
        .join(tables.Department, tables.Department.id == Submission.department_id)
        .where(Submission.status == "ok")
        .order_by(Submission.id)
    )
    return [(r.id, r.name, r.fiscal_year, r.kind or "other") for r in rows]


def reports(connection: Connection, submissions: Sequence[int]) -> Iterator[tuple[int, Report, str]]:
    """(submission, report, profile's name), one at a time: a province's do not fit in memory."""
    for submission in submissions:
        row = connection.execute(
            select(Paper.report, Submission.profile)
            .join(Submission, Submission.id == Paper.submission_id)
            .where(Paper.submission_id == submission)
        ).first()
        if row is not None:
            yield submission, unpack(row.report, Report), row.profile or ""


def document(connection: Connection, submission: int) -> Document:
    found = select(Paper.document).where(Paper.submission_id == submission)
    return unpack(connection.execute(found).scalar_one(), Document)


@dataclass(frozen=True, slots=True)
class Prose:
    """The text under one heading of a document in force."""

    submission: int
    path: str
    title: str
    role: str | None
    text: str


def proses(connection: Connection) -> Iterator[Prose]:
    """Every section in force that has text and no section below it."""
    found = connection.execute(
        select(SectionRow.submission_id, SectionRow.path, SectionRow.title, SectionRow.role, SectionRow.text)
        .join(Submission, Submission.id == SectionRow.submission_id)
        .where(Submission.status == "ok")
        .order_by(Submission.id, SectionRow.position)  # as the indexes have it: nothing is sorted
        .execution_options(yield_per=ROWS)
    )
    held: Prose | None = None
    for row in found:
        own = Prose(*row)
        if own.path.endswith(".0"):  # the second role of the next section, with the same text
            continue
        below = (
            held is not None and held.submission == own.submission and own.path.startswith(f"{held.path}.")
        )
        if held is not None and held.text and not below:
            yield held
        held = own
    if held is not None and held.text:
        yield held


def replace_findings(
    connection: Connection, rule: str, wanted: Mapping[int, Sequence[tuple[Finding, list[dict[str, Any]]]]]
) -> tuple[int, int]:
    """A rule's findings are these (each with evidence as in the public JSON) and no others; what stands
    already is not touched. Gives the numbers of gained and lost ones."""
    standing = {
        (r.submission_id, r.fingerprint): r
        for r in connection.execute(
            select(FindingRow.id, FindingRow.submission_id, FindingRow.fingerprint, FindingRow.scope,
                   FindingRow.current)
            .where(FindingRow.rule == rule, FindingRow.position >= FIRST)
        )
    }  # fmt: skip
    fresh = {(s, f.fingerprint): (f, places) for s, found in wanted.items() for f, places in found}
    lost = [r for key, r in standing.items() if key not in fresh and r.current]
    hold(connection, *(row.scope for row in lost))
    for row in lost:
        connection.execute(delete(FindingRow).where(FindingRow.id == row.id))
    scopes = {row.scope for row in lost}
    gained = [key for key in fresh if key not in standing]
    for submission, fingerprint in gained:
        scopes.add(_insert(connection, submission, *fresh[submission, fingerprint]))
    for scope in sorted(scopes):
        recount(connection, scope)
    return len(gained), len(lost)


def _insert(connection: Connection, submission: int, finding: Finding, places: list[dict[str, Any]]) -> str:
    owner = connection.execute(
        select(Submission.scope, Submission.department_id, Submission.fiscal_year, tables.Department.name)
        .outerjoin(tables.Department, tables.Department.id == Submission.department_id)
        .where(Submission.id == submission)
    ).one()
    hold(connection, owner.scope)
    last = select(func.max(FindingRow.position)).where(FindingRow.submission_id == submission)
    row = next(rows.finding_rows(Verdicts("", (), (finding,))))
    judged = saving.judged_in(connection, owner.scope).get(finding.fingerprint, saving.UNJUDGED)
    row |= judged | {
        "submission_id": submission, "position": max(FIRST, (connection.execute(last).scalar() or 0) + 1),
        "evidence": places, "department_id": owner.department_id, "department": owner.name or "",
        "fiscal_year": owner.fiscal_year, "scope": owner.scope, "current": True,
    }  # fmt: skip
    connection.execute(insert(FindingRow).values(row))
    return str(owner.scope)


def replace_absent(
    connection: Connection, run: int, missing: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], int]:
    """One row for each report that never came, and none for those that came meanwhile; gives their ids."""
    wanted = dict.fromkeys(missing)
    standing = {
        (r.name, r.fiscal_year): r.id
        for r in connection.execute(
            select(Submission.id, Submission.fiscal_year, tables.Department.name)
            .join(tables.Department, tables.Department.id == Submission.department_id)
            .where(Submission.status == ABSENT)
        )
    }
    for key, submission in standing.items():
        if key not in wanted:
            connection.execute(delete(FindingRow).where(FindingRow.submission_id == submission))
            connection.execute(delete(Submission).where(Submission.id == submission))
    found = {}
    for name, year in wanted:
        found[name, year] = standing.get((name, year)) or _absent(connection, run, name, year)
    return found


def _absent(connection: Connection, run: int, name: str, year: int) -> int:
    scope, now = f"{name}|{year}", datetime.now(UTC)
    own = hashlib.sha256(f"absent|{scope}".encode()).hexdigest()
    values = {
        "run_id": run, "sha256": own, "name": "（未报送）", "path": "", "size": 0, "received_at": now,
        "examined_at": now, "status": ABSENT, "error_code": None, "error_message": None,
        "department_id": saving.department_id(connection, name), "fiscal_year": year,
        "kind": "department_report", "project": "", "slot": f"absent|{scope}", "scope": scope, "version": 0,
        "profile": None, "reader": None, "media_type": None, "pages": None, "reader_version": "",
        "rulebook_version": "", "asked_profile": "", "seconds": {},
    }  # fmt: skip
    return connection.execute(insert(Submission).values(values).returning(Submission.id)).scalar_one()


def replace_verdicts(connection: Connection, submission: int, verdicts: Verdicts, rulebook: str) -> None:
    """A document's own findings and checks made anew from other rules; those across reports stay."""
    place = connection.execute(select(Submission.__table__).where(Submission.id == submission)).one()
    name = connection.execute(
        select(tables.Department.name).where(tables.Department.id == place.department_id)
    ).scalar()
    hold(connection, place.scope)
    own = (FindingRow.submission_id == submission, FindingRow.position < FIRST)
    connection.execute(delete(FindingRow).where(*own))
    connection.execute(delete(tables.CheckRow).where(tables.CheckRow.submission_id == submission))
    connection.execute(update(Paper).where(Paper.submission_id == submission).values(verdicts=pack(verdicts)))
    connection.execute(
        update(Submission)
        .where(Submission.id == submission)
        .values(rulebook_version=rulebook, profile=verdicts.profile)
    )
    saving.put_findings(connection, submission, name, place.fiscal_year, verdicts, place.status == "ok")
    saving.bulk(connection, tables.CheckRow, submission, rows.check_rows(verdicts))
    recount(connection, place.scope)
