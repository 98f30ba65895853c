"""The verb of filing a report under another department or year than its cover was read as: noted, the rules
run again and the versions numbered anew in the same transaction."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Row, Text, cast, delete, insert, select, update

from schema.codec import pack, unpack
from schema.filing import Filing
from schema.finding import Verdicts
from schema.report import Report
from schema.rules.checking import check
from storage import corrections, queries, reviewing, rows, saving, tables
from storage.records import Correcting, Missing, Overtaken, Submission
from storage.tables import CorrectionRow, FindingRow, Verdict
from storage.tables import Submission as SubmissionRow


def seen_of(noted: tuple[Correcting, ...]) -> int:
    """What a reviewer saw: the id of the newest filing, 0 for none."""
    return max((one.id for one in noted if one.place == corrections.COVER), default=0)


def named(connection: Connection, department: str) -> str:
    """The department's name where what was typed is an alias of only one; else what was typed."""
    row = tables.Department
    if connection.execute(select(row.name).where(row.name == department)).first():
        return department
    quoted = json.dumps(department, ensure_ascii=False)
    aliased = select(row.name).where(cast(row.aliases, Text).contains(quoted, autoescape=True)).limit(2)
    found = list(connection.execute(aliased).scalars())
    return found[0] if len(found) == 1 else department


def neighbours(connection: Connection, submission: int, filing: Filing) -> tuple[Submission, ...]:
    """The documents whose versions the report would join there, newest first."""
    row = _row(connection, submission)
    _, slot = saving.places(filing.department, filing.year, row.kind, row.project, row.sha256)
    same = [
        SubmissionRow.slot == slot,
        tables.NUMBERED,
        SubmissionRow.id != submission,
    ]
    return queries.submission_page(connection, same, 20, 0).rows


def refile(
    connection: Connection, submission: int, filing: Filing | None, who: str, comment: str, seen: int | None,
    home: Path | None,
) -> None:  # fmt: skip
    """See Store.refile."""
    paper = saving.paper_of(connection, submission)
    row = _row(connection, submission)
    before = corrections.listed(connection, submission)
    if seen is not None and seen != seen_of(before):
        last = next(one for one in reversed(before) if one.place == corrections.COVER)
        said = f"{last.value}{last.period}年度" if last.action == "file" else "原来读出的部门和年度"
        raise Overtaken(f"{last.who}刚把这份报告改归{said}，您的更正没有保存，请看过再改")
    as_read = unpack(paper.as_read or paper.report, Report)
    _note(connection, submission, as_read, filing, who, comment)
    report = corrections.under(as_read, corrections.listed(connection, submission))
    verdicts = check(report, corrections.profile(row.asked_profile, home) if row.asked_profile else None)
    described = saving.described(connection, report, row.scope)
    _carry(connection, submission, row.scope, described["scope"])
    moved = (SubmissionRow.sha256 == row.sha256) & (SubmissionRow.status == "duplicate")
    connection.execute(
        update(SubmissionRow).where(moved)
        .values({name: described[name] for name in ("department_id", "fiscal_year", "slot", "scope")})
    )  # fmt: skip
    connection.execute(
        update(SubmissionRow)
        .where(SubmissionRow.id == submission)
        .values(described | {"profile": verdicts.profile})
    )
    saving.replace_report(connection, submission, report, as_read)
    _judge_anew(connection, submission, report, verdicts)
    saving.settle(connection, submission, row.slot, row.scope)
    reviewing.record(
        connection, who, "file", f"{submission}号文件 {row.name}",
        {
            "read": _said(as_read.department, as_read.fiscal_year),
            "now": _said(report.department, report.fiscal_year), "comment": comment,
        },
    )  # fmt: skip


def _row(connection: Connection, submission: int) -> Row[tuple[object, ...]]:
    found = connection.execute(select(SubmissionRow.__table__).where(SubmissionRow.id == submission)).first()
    if found is None:
        raise Missing(f"没有编号为 {submission} 的文件")
    return found


def _said(department: str | None, year: int | None) -> str:
    return f"{department or '部门不明'} {year or '年度不明'}"


def _note(
    connection: Connection, submission: int, as_read: Report, filing: Filing | None, who: str, comment: str
) -> None:
    connection.execute(
        insert(CorrectionRow).values(
            submission_id=submission, place=corrections.COVER, action="file" if filing else "unfile",
            concept="department", value=filing.department if filing else None,
            period=filing.year if filing else None, read_concept="department",
            read_value=_said(as_read.department, as_read.fiscal_year), who=who, at=datetime.now(UTC), comment=comment,
        )
    )  # fmt: skip


def _carry(connection: Connection, submission: int, old: str, new: str) -> None:
    """Verdicts belong to a department and year: those on this report's findings go with it."""
    if old == new:
        return
    there = saving.judged_in(connection, new)
    own = select(FindingRow.state).where(FindingRow.submission_id == submission, FindingRow.state > 0)
    for row in connection.execute(
        select(Verdict.__table__).where(Verdict.id.in_(own)).order_by(Verdict.id)
    ).all():
        if row.fingerprint not in there:
            values = {name: value for name, value in row._mapping.items() if name != "id"}
            connection.execute(insert(Verdict).values(values | {"scope": new}))


def _judge_anew(connection: Connection, submission: int, report: Report, verdicts: Verdicts) -> None:
    """The findings of the report under its new place. Those across reports go too: what they were compared
    with is another department's or year's now, and the next run compares anew."""
    connection.execute(
        update(tables.Paper).where(tables.Paper.submission_id == submission).values(verdicts=pack(verdicts))
    )
    for part in (tables.CheckRow, FindingRow):
        connection.execute(delete(part).where(part.submission_id == submission))
    saving.bulk(connection, tables.CheckRow, submission, rows.check_rows(verdicts))
    saving.put_findings(connection, submission, report.department, report.fiscal_year, verdicts)
