"""The verb of correcting a fact: noted, put over the reading, the rules run again in the same transaction."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from schema.catalogue import BY_ID
from schema.codec import unpack
from schema.corrections import Correction, place_of
from schema.finding import Verdicts, plain
from schema.report import Fact, Report
from schema.rules.checking import check
from storage import across, corrections, reviewing, saving
from storage.engine import hold
from storage.records import Missing, Overtaken
from storage.summary import refresh_summary
from storage.tables import CorrectionRow, Submission


def correct(
    connection: Connection, submission: int, place: str, correction: Correction | None, who: str, comment: str,
    seen: int | None, home: Path | None,
) -> None:  # fmt: skip
    """See Store.correct."""
    scope = connection.execute(select(Submission.scope).where(Submission.id == submission)).scalar()
    hold(connection, scope or "")
    paper = saving.paper_of(connection, submission)
    as_read = unpack(paper.as_read or paper.report, Report)
    fact = next((one for one in as_read.facts if place_of(one) == place), None)
    if fact is None:
        raise Missing("这项数据已经不在报告里了，请刷新后再改")
    before = corrections.listed(connection, submission)
    last = next((one for one in reversed(before) if one.place == place), None)
    if seen is not None and seen != (last.id if last else 0):
        raise Overtaken(f"{last.who if last else '他人'}刚改过这项数据，您的更正没有保存，请看过再改")
    _note(connection, submission, place, fact, correction, who, comment)
    report = corrections.under(as_read, corrections.listed(connection, submission))
    verdicts = check(report, corrections.profile(unpack(paper.verdicts, Verdicts).profile, home))
    saving.replace_report(connection, submission, report, as_read)
    stored = connection.execute(
        select(Submission.rulebook_version, Submission.scope).where(Submission.id == submission)
    ).one()
    across.replace_verdicts(connection, submission, verdicts, stored.rulebook_version)
    refresh_summary(connection, stored.scope)
    reviewing.record(
        connection, who, "correct", f"{submission}号文件 {BY_ID[fact.concept].zh}",
        {"read": fact.value, "now": _said(correction), "comment": comment},
    )  # fmt: skip


def _said(correction: Correction | None) -> str:
    if correction is None:
        return "恢复原读数"
    if correction.dropped:
        return "不是数据"
    name = BY_ID[correction.concept].zh
    return f"{name} {plain(correction.quantity.value) if correction.quantity else correction.text}"


def _note(
    connection: Connection, submission: int, place: str, fact: Fact, correction: Correction | None, who: str,
    comment: str,
) -> None:  # fmt: skip
    values: dict[str, Any] = {"action": "restore", "concept": fact.concept}
    if correction is not None:
        fields = asdict(correction)
        values = {name: fields[name] for name in ("concept", "subject", "period", "stage")}
        quantity = correction.quantity
        values |= {
            "action": "drop" if correction.dropped else "correct",
            "value": plain(quantity.value) if quantity else correction.text,
            "step": plain(quantity.step) if quantity else None,
        }
    connection.execute(
        insert(CorrectionRow).values(
            **values, submission_id=submission, place=place, read_concept=fact.concept, read_value=fact.value,
            who=who, at=datetime.now(UTC), comment=comment,
        )
    )  # fmt: skip
