"""Verdicts: append-only, kept with the finding through re-runs, refused where they would overwrite
what the reviewer has not seen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from storage import queries
from storage.engine import hold
from storage.records import Changed, Filed, Flag, FlagFilter, Judgement, Missing, Status
from storage.summary import recount
from storage.tables import Event, FindingRow, ReportRow, Submission, Verdict

STATUSES: dict[Status, str] = {"open": "待核", "confirmed": "属实", "dismissed": "排除"}


def only_flag(connection: Connection, reference: int | str) -> Flag:
    found = queries.find_flags(connection, reference)
    if not found:
        raise Missing(f"没有编号为 {reference} 的问题，用 jihe flags 查编号")
    if len(found) > 1:
        numbers = "、".join(str(flag.id) for flag in found)
        raise Missing(f"{reference} 对应不止一条问题，请用编号：{numbers}")
    return found[0]


def review(
    connection: Connection,
    reference: int | str,
    status: Status,
    who: str,
    comment: str,
    seen_state: int | None,
) -> Flag:
    flag = only_flag(connection, reference)
    if seen_state is not None and flag.state != seen_state:
        raise Changed(flag)
    scope = connection.execute(select(FindingRow.scope).where(FindingRow.id == flag.id)).scalar_one()
    hold(connection, scope)
    now = datetime.now(UTC)
    verdict = connection.execute(
        insert(Verdict)
        .values(
            scope=scope, fingerprint=flag.fingerprint, rule=flag.rule, message=flag.message,
            status=status, who=who, at=now, comment=comment,
        )
        .returning(Verdict.id)
    ).scalar_one()  # fmt: skip
    # the condition on the old state decides between two reviewers of the same moment
    won = connection.execute(
        update(FindingRow)
        .where(FindingRow.id == flag.id, FindingRow.state == flag.state)
        .values(status=status, state=verdict, reviewer=who, reviewed_at=now, comment=comment)
    )
    if won.rowcount != 1:
        raise Changed(only_flag(connection, flag.id))
    connection.execute(
        update(FindingRow)
        .where(FindingRow.scope == scope, FindingRow.fingerprint == flag.fingerprint)
        .values(status=status, state=verdict, reviewer=who, reviewed_at=now, comment=comment)
    )
    record(
        connection, who, "review", f"{flag.department} {flag.fiscal_year or ''} {flag.rule}",
        {"finding": flag.id, "fingerprint": flag.fingerprint, "from": flag.status, "to": status, "comment": comment},
    )  # fmt: skip
    recount(connection, scope)
    return only_flag(connection, flag.id)


def history(connection: Connection, flag: Flag) -> tuple[Judgement, ...]:
    scope = connection.execute(select(FindingRow.scope).where(FindingRow.id == flag.id)).scalar_one()
    rows = connection.execute(
        select(
            Verdict.id, Verdict.fingerprint, Verdict.rule, Verdict.message, Verdict.status, Verdict.who,
            Verdict.at, Verdict.comment,
        )
        .where(Verdict.scope == scope, Verdict.fingerprint == flag.fingerprint)
        .order_by(Verdict.id)
    )  # fmt: skip
    return tuple(Judgement(**row._mapping) for row in rows)


def record(connection: Connection, who: str, action: str, subject: str, detail: dict[str, Any]) -> int:
    """A line of the audit trail; gives its id."""
    values = {"at": datetime.now(UTC), "who": who, "action": action, "subject": subject, "detail": detail}
    return connection.execute(insert(Event).values(values).returning(Event.id)).scalar_one()


def filed(connection: Connection, department: str, year: int | None) -> Filed:
    names = list(
        connection.execute(queries.matching_departments(connection, (department,)).limit(11)).scalars()
    )
    if not names:
        raise Missing(f"数据库里没有“{department}”的报告")
    if len(names) > 1:
        raise Missing(f"“{department}”对应多个部门，请写全称：{'、'.join(sorted(names)[:10])}")
    conditions = [ReportRow.department == names[0]]
    if year is not None:
        conditions.append(ReportRow.fiscal_year == year)
    row = connection.execute(
        select(ReportRow.__table__)
        .where(*conditions)
        .order_by(ReportRow.fiscal_year.desc().nulls_last())
        .limit(1)
    ).first()
    if row is None:
        raise Missing(f"数据库里没有“{names[0]}”{year or ''}年度的报告")
    listed = queries.submission_page(connection, [Submission.scope == row.scope], 1000, 0)
    ordered = sorted(listed.rows, key=lambda s: (s.id != row.submission_id, s.status != "ok", s.id))
    wanted = FlagFilter(departments=(names[0],), years=(row.fiscal_year,) if row.fiscal_year else ())
    flags = queries.flag_page(connection, wanted, "severity", False, 1000, 0, 0)
    return Filed(queries.department_year_of(row), tuple(ordered), flags.rows)
