"""Corrections of wrongly read facts: an append-only list, put over every reading of the same characters."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from schema.catalogue import BY_ID
from schema.codec import pack
from schema.corrections import Correction, corrected
from schema.examination import Examined
from schema.profile import NotAProfile, Profile, load_profile
from schema.quantity import Quantity
from schema.rules.checking import check
from storage.records import Correcting
from storage.tables import CorrectionRow


def listed(connection: Connection, submission: int) -> tuple[Correcting, ...]:
    """Oldest first."""
    row = CorrectionRow
    found = connection.execute(select(row.__table__).where(row.submission_id == submission).order_by(row.id))
    return tuple(Correcting(**one._mapping) for one in found)


def in_force(found: tuple[Correcting, ...]) -> dict[str, Correction]:
    """place -> the newest correction, without those that were taken back."""
    newest = {one.place: one for one in found}
    return {place: _correction(one) for place, one in newest.items() if one.action != "restore"}


def _correction(one: Correcting) -> Correction:
    numeric = BY_ID[one.concept].kind not in ("grade", "text", "date")
    quantity = Quantity(Decimal(one.value), Decimal(one.step or 0)) if numeric and one.value else None
    text = one.value if not numeric else None
    return Correction(
        one.who, one.concept, quantity, text, one.subject, one.period, one.stage, one.action == "drop"
    )


def applied(
    connection: Connection, submission: int, examined: Examined, home: Path | None
) -> tuple[Examined, dict[str, Any]]:
    """A new reading with the corrections that its document has, and the column that keeps it as read."""
    report = corrected(examined.report, in_force(listed(connection, submission)))
    if report is examined.report:
        return examined, {"as_read": None}
    verdicts = check(report, profile(examined.verdicts.profile, home))
    return replace(examined, report=report, verdicts=verdicts), {"as_read": pack(examined.report)}


def profile(name: str, home: Path | None) -> Profile | None:
    try:
        return load_profile(name, home)
    except NotAProfile:  # a profile of one's own that has gone: the report decides
        return None
