"""Corrections of wrongly read facts and covers: an append-only list, put over every reading of the same
characters."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, select

from schema.catalogue import BY_ID
from schema.corrections import Correction, corrected
from schema.filing import Filing, filed, follows
from schema.finding import Verdicts
from schema.profile import NotAProfile, Profile, load_profile
from schema.quantity import Quantity
from schema.report import Report
from schema.rules.checking import check
from storage.records import Correcting
from storage.tables import CorrectionRow

#: the place of what a report is filed under
COVER = "cover"


def listed(connection: Connection, submission: int) -> tuple[Correcting, ...]:
    """Oldest first."""
    row = CorrectionRow
    found = connection.execute(select(row.__table__).where(row.submission_id == submission).order_by(row.id))
    return tuple(Correcting(**one._mapping) for one in found)


def filing(found: tuple[Correcting, ...]) -> Filing | None:
    """The department and year that a reviewer last filed the report under, None where the cover decides."""
    last = next((one for one in reversed(found) if one.place == COVER), None)
    if last is None or last.action != "file":
        return None
    return Filing(last.who, last.value or "", last.period or 0)


def under(report: Report, found: tuple[Correcting, ...]) -> Report:
    """A reading with the corrections and the filing in force; the same where there are none."""
    wanted = filing(found)
    at = max((one.id for one in found if one.place == COVER), default=0)
    newest = {one.place: one for one in found if one.place != COVER}
    standing = {}
    for place, one in newest.items():
        if one.action != "restore":
            # what was typed before the report's year was put right follows it
            old = report.fiscal_year
            moves = wanted is not None and one.id < at
            period = follows(one.period, old, wanted.year) if wanted and moves else one.period
            standing[place] = replace(_correction(one), period=period)
    changed = corrected(report, standing)
    return filed(changed, wanted) if wanted else changed


def _correction(one: Correcting) -> Correction:
    numeric = BY_ID[one.concept].kind not in ("grade", "text", "date")
    quantity = Quantity(Decimal(one.value), Decimal(one.step or 0)) if numeric and one.value else None
    text = one.value if not numeric else None
    return Correction(
        one.who, one.concept, quantity, text, one.subject, one.period, one.stage, one.action == "drop"
    )


def applied(
    connection: Connection, submission: int, report: Report, verdicts: Verdicts, asked: str, home: Path | None
) -> tuple[Report, Verdicts]:
    """A new reading with the corrections that its document has, the very same where it has none;
    `asked` is the profile that was asked for, "" for none."""
    found = listed(connection, submission)
    now = under(report, found)
    if now is report:
        return report, verdicts
    name = asked if filing(found) else verdicts.profile  # another year may have another profile
    return now, check(now, profile(name, home) if name else None)


def profile(name: str, home: Path | None) -> Profile | None:
    try:
        return load_profile(name, home)
    except NotAProfile:  # a profile of one's own that has gone: the report decides
        return None
