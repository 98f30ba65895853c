"""The bureau's own records: which departments must report, and what the ledger says of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Connection, ForeignKey, Index, String, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from schema.report import Stage
from storage import reviewing, saving
from storage.tables import Department, Key, Table


class RosterRow(Table):
    """A department that must report; `fiscal_year` None means every year."""

    __tablename__ = "roster"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    fiscal_year: Mapped[int | None]
    imported_at: Mapped[datetime]

    __table_args__ = (Index("ix_roster_department_id", "department_id"),)


class LedgerRow(Table):
    """A figure of the finance bureau's own ledger, money in yuan."""

    __tablename__ = "ledger"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    fiscal_year: Mapped[int]
    concept: Mapped[str] = mapped_column(String(60))
    stage: Mapped[str | None] = mapped_column(String(10))
    value: Mapped[str]  # exact, in yuan or percent
    step: Mapped[str]  # the step of the last digit, "0" where exact
    stated: Mapped[str]  # as the ledger has it, with its unit
    origin: Mapped[str]  # file and row
    imported_at: Mapped[datetime]

    __table_args__ = (Index("ix_ledger_department_id_fiscal_year", "department_id", "fiscal_year"),)


@dataclass(frozen=True, slots=True)
class Expected:
    """A department of the roster. `kind` is what statistics compare it within."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A ledger figure: `value` and `step` in yuan (money) or percent."""

    department: str
    fiscal_year: int
    concept: str
    value: Decimal
    step: Decimal
    stated: str
    stage: Stage | None = None
    origin: str = ""


def replace_roster(
    connection: Connection, departments: Sequence[Expected], year: int | None, who: str, origin: str
) -> None:
    """The roster of a year (None: of every year) is these departments and no others."""
    now = datetime.now(UTC)
    connection.execute(delete(RosterRow).where(RosterRow.fiscal_year == year))
    for one in departments:
        key = saving.department_id(connection, one.name)
        row = connection.execute(
            select(Department.aliases, Department.kind).where(Department.id == key)
        ).one()
        aliases = list(dict.fromkeys([*row.aliases, *(a for a in one.aliases if a != one.name)]))
        connection.execute(
            update(Department).where(Department.id == key).values(aliases=aliases, kind=one.kind or row.kind)
        )
        connection.execute(insert(RosterRow).values(department_id=key, fiscal_year=year, imported_at=now))
    detail = {"departments": len(departments), "year": year, "file": origin}
    reviewing.record(connection, who, "roster", f"名册 {year or '各年度'}", detail)


def replace_ledger(connection: Connection, entries: Iterable[Entry], who: str, origin: str) -> int:
    """The ledger of each department and year named is these entries; gives their number."""
    now, rows, years = datetime.now(UTC), [], set()
    for entry in entries:
        key = saving.department_id(connection, entry.department)
        years.add((key, entry.fiscal_year))
        rows.append({
            "department_id": key, "fiscal_year": entry.fiscal_year, "concept": entry.concept,
            "stage": entry.stage, "value": f"{entry.value:f}", "step": f"{entry.step:f}",
            "stated": entry.stated, "origin": entry.origin, "imported_at": now,
        })  # fmt: skip
    for key, year in sorted(years):
        connection.execute(
            delete(LedgerRow).where(LedgerRow.department_id == key, LedgerRow.fiscal_year == year)
        )
    if rows:
        connection.execute(insert(LedgerRow), rows)
    detail = {"entries": len(rows), "file": origin}
    reviewing.record(connection, who, "ledger", f"台账 {len(rows)}条", detail)
    return len(rows)


def roster(connection: Connection) -> list[tuple[Expected, int | None]]:
    """Every department that must report, with the year (None: every year)."""
    rows = connection.execute(
        select(Department.name, Department.aliases, Department.kind, RosterRow.fiscal_year)
        .join(RosterRow, RosterRow.department_id == Department.id)
        .order_by(Department.name)
    )
    return [(Expected(r.name, tuple(r.aliases), r.kind), r.fiscal_year) for r in rows]


def ledger(connection: Connection) -> dict[tuple[str, int], list[Entry]]:
    """(department, year) -> entries."""
    found: dict[tuple[str, int], list[Entry]] = {}
    rows = connection.execute(
        select(LedgerRow.__table__, Department.name)
        .join(Department, Department.id == LedgerRow.department_id)
        .order_by(LedgerRow.id)
    )
    for r in rows:
        entry = Entry(
            r.name, r.fiscal_year, r.concept, Decimal(r.value), Decimal(r.step), r.stated, r.stage, r.origin
        )
        found.setdefault((r.name, r.fiscal_year), []).append(entry)
    return found


def canonical_names(connection: Connection) -> dict[str, str]:
    """Every department's name and alias -> the name that it goes by; an alias that two share is none's."""
    listed = connection.execute(select(Department.name, Department.aliases)).all()
    owners: dict[str, set[str]] = {}
    for name, aliases in listed:
        for alias in aliases:
            owners.setdefault(alias, set()).add(name)
    names = {name: name for name, _ in listed}
    names |= {alias: next(iter(of)) for alias, of in owners.items() if len(of) == 1}
    return names
