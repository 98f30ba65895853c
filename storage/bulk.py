"""One verdict on everything that a filter matches, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, insert, select, tuple_, update

from storage import reviewing
from storage.engine import hold
from storage.records import Event, Missing, Overtaken, Status, TooMany
from storage.summary import recount
from storage.tables import Event as EventRow
from storage.tables import FindingRow, Verdict

#: findings that one verdict may be given on at once
MOST = 2_000
#: lines of the audit in which a batch can be found again
RECENT = 2_000
ACTION, UNDONE = "bulk", "bulk.undo"


def affected(status: Status) -> ColumnElement[bool]:
    """Findings that somebody judged already keep their verdict; taken back are only those that have one."""
    return FindingRow.status != "open" if status == "open" else FindingRow.status == "open"


def review_all(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], status: Status, who: str, comment: str,
    seen: int, query: str,
) -> int:  # fmt: skip
    """See Store.review_all."""
    found = _held(connection, *conditions, affected(status))
    if len(found) > MOST:
        raise TooMany(f"一次最多{MOST:,}条，请再加条件")
    if len(found) != seen:
        raise Overtaken(f"符合条件的现在是{len(found):,}条，不是您看到的{seen:,}条，没有保存，请看过再定")
    at = datetime.now(UTC)
    _judge(connection, found, status, who, comment, at)
    detail = {
        "count": len(found),
        "to": status,
        "comment": comment,
        "at": at.isoformat(),
        "query": query[:500],
    }
    return reviewing.record(connection, who, ACTION, f"{len(found)}条问题", detail)


def undo(connection: Connection, event: Event, who: str) -> int:
    """See Store.undo_all."""
    if event.action != ACTION or event.who != who or event.detail.get("to") == "open":
        raise Missing("没有可以撤销的批量结论")
    at = datetime.fromisoformat(str(event.detail["at"]))
    batch = and_(Verdict.who == who, Verdict.at == at)
    given = select(Verdict.id).where(
        Verdict.scope == FindingRow.scope, Verdict.fingerprint == FindingRow.fingerprint,
        Verdict.id == FindingRow.state, batch,
    )  # fmt: skip
    # the batch's own findings by their index first, then those of them that nobody judged since
    own = tuple_(FindingRow.scope, FindingRow.fingerprint).in_(
        select(Verdict.scope, Verdict.fingerprint).where(batch)
    )
    found = _held(connection, own, given.exists(), FindingRow.current.is_(True))
    if not found:
        raise Missing("这一批结论已经撤销，或者后来都改过了")
    _judge(connection, found, "open", who, "撤销批量结论", datetime.now(UTC))
    reviewing.record(connection, who, UNDONE, f"{len(found)}条问题", {"count": len(found), "bulk": event.id})
    return len(found)


def latest(connection: Connection, who: str) -> Event | None:
    """The user's newest verdict on all, if it is among the newest lines of the audit and was not taken back."""
    newest = select(func.max(EventRow.id)).scalar_subquery()
    query = (
        select(EventRow.__table__)
        .where(EventRow.id > newest - RECENT, EventRow.who == who, EventRow.action.in_((ACTION, UNDONE)))
        .order_by(EventRow.id.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return Event(**row._mapping) if row is not None and row.action == ACTION else None


def event(connection: Connection, number: int) -> Event | None:
    row = connection.execute(select(EventRow.__table__).where(EventRow.id == number)).first()
    return Event(**row._mapping) if row else None


def _held(connection: Connection, *conditions: ColumnElement[bool]) -> list[Row[Any]]:
    """The findings, one more than MOST at most, and nobody else judges in their scopes until the end."""
    row = FindingRow
    columns = (row.id, row.scope, row.fingerprint, row.rule, row.message)
    query = select(*columns).where(*conditions).order_by(row.id).limit(MOST + 1)
    found = connection.execute(query).all()
    if connection.dialect.name == "sqlite" or not found:
        return list(found)
    hold(connection, *{one.scope for one in found})
    held = {one.scope for one in found}
    # what changed while this waited for others
    return [one for one in connection.execute(query) if one.scope in held]


def _judge(
    connection: Connection, found: Sequence[Row[Any]], status: Status, who: str, comment: str, at: datetime
) -> None:
    """A verdict on each, noted as if it were the only one."""
    if not found:
        return
    scopes = sorted({row.scope for row in found})
    said = {"status": status, "who": who, "at": at, "comment": comment}
    same = {(row.scope, row.fingerprint): row for row in found}  # one verdict, however many say the same
    values = [
        {"scope": row.scope, "fingerprint": row.fingerprint, "rule": row.rule, "message": row.message} | said
        for row in same.values()
    ]
    noted = insert(Verdict).returning(Verdict.id, sort_by_parameter_order=True)
    numbers = list(connection.execute(noted, values).scalars())
    table = FindingRow
    connection.execute(
        update(table)
        .where(table.scope == bindparam("its_scope"), table.fingerprint == bindparam("its_fingerprint"))
        .values(status=status, state=bindparam("number"), reviewer=who, reviewed_at=at, comment=comment),
        [
            {"its_scope": scope, "its_fingerprint": fingerprint, "number": number}
            for (scope, fingerprint), number in zip(same, numbers, strict=True)
        ],
    )
    for scope in scopes:
        recount(connection, scope)
