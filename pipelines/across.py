"""The step that needs more than one report: last year's, the ledger, the roster, other departments'.

Plain functions over the store; done again without new documents they change nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from pipelines.copies import copied
from pipelines.roster import matched
from schema.finding import Finding
from schema.output import evidence_json
from schema.profile import NotAProfile, Profile, load_profile
from schema.quantity import Quantity
from schema.report import Evidence, Fact
from schema.rules.checking import fingerprint
from schema.rules.cross import ledger_trials, prior_trials
from schema.rules.kinds import Trial
from schema.rules.table import BY_ID
from storage import across, roster
from storage.store import Store

Found = dict[int, list[tuple[Finding, list[dict[str, Any]]]]]
#: reports whose figures stand for the whole department
WHOLE = ("department_report", "department_table")
#: a year counts as due where at least one of so many departments of the roster has reported
DUE = 4


@dataclass(frozen=True, slots=True)
class Change:
    """What the step changed of one rule's findings."""

    rule: str
    gained: int
    lost: int


def check_across(store: Store) -> list[Change]:
    """All four rules over everything in force, each in a transaction of its own. Raises Unavailable."""
    steps = {
        "prior.mismatch": _prior,
        "ledger.mismatch": _ledger,
        "text.copied": copied,
    }
    changes = []
    # one run at a time: what a step read is what it settles, and no other step's findings are lost
    with store.alone("across"):
        for rule, step in steps.items():
            with store.reading() as connection:
                found = step(connection)
            gained, lost = store.writing(
                lambda c, rule=rule, found=found: across.replace_findings(c, rule, _in_force(c, found))  # type: ignore[misc]
            )
            changes.append(Change(rule, gained, lost))
        changes.append(_missing(store))
    return changes


def _in_force(connection: Connection, found: Found) -> Found:
    """Without those of documents that another run replaced meanwhile."""
    current = {submission for submission, *_ in across.current_documents(connection)}
    return {submission: each for submission, each in found.items() if submission in current}


def _whole(connection: Connection) -> dict[tuple[str, int], list[int]]:
    """(department as the roster names it, year) -> its documents that speak for all of it."""
    names = roster.canonical_names(connection)
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for submission, name, year, kind in across.current_documents(connection):
        if year is not None and kind in WHOLE:
            found[names.get(name, name), year].append(submission)
    return found


def _profile(name: str) -> Profile | None:
    try:
        return load_profile(name) if name else None
    except NotAProfile:  # a profile of one's own that has gone: the national one serves
        return None


def _prior(connection: Connection) -> Found:
    whole, found = _whole(connection), Found()
    for (name, year), submissions in sorted(whole.items()):
        earlier = whole.get((name, year - 1), [])
        before = [report for _, report, _ in across.reports(connection, earlier)]
        if not before:
            continue
        for submission, report, profile in across.reports(connection, submissions):
            for other in before:
                _collect(found, submission, "prior.mismatch", prior_trials(report, other, _profile(profile)))
    return found


def _ledger(connection: Connection) -> Found:
    whole, found = _whole(connection), Found()
    for (name, year), entries in roster.ledger(connection).items():
        facts = [_fact(entry) for entry in entries]
        for submission, report, profile in across.reports(connection, whole.get((name, year), [])):
            _collect(found, submission, "ledger.mismatch", ledger_trials(report, facts, _profile(profile)))
    return found


def _fact(entry: roster.Entry) -> Fact:
    place = Evidence(0, 0, len(entry.stated), entry.stated, None, entry.origin)
    quantity = Quantity(entry.value, entry.step)
    return Fact(entry.concept, place, quantity, period=entry.fiscal_year, stage=entry.stage)


def _collect(found: Found, submission: int, rule: str, trials: list[Trial]) -> None:
    seen = {finding.fingerprint for finding, _ in found.get(submission, ())}
    for trial in trials:
        if trial.outcome != "broken":
            continue
        made = finding_of(rule, trial)
        if made.fingerprint not in seen:
            seen.add(made.fingerprint)
            found.setdefault(submission, []).append((made, [evidence_json(e) for e in made.evidence]))


def finding_of(rule: str, trial: Trial) -> Finding:
    """A broken trial as a finding, named as `check` names those of one report."""
    row = BY_ID[rule]
    return Finding(
        rule, trial.severity or row.severity, trial.subject, trial.message, trial.stated, trial.expected,
        trial.clause or row.clause, fingerprint(rule, trial.subject, trial.stated, trial.expected, 1),
        trial.evidence, trial.calculation,
    )  # fmt: skip


def due(
    listed: list[tuple[roster.Expected, int | None]], filed: Mapping[tuple[str, int], Any]
) -> list[tuple[str, int]]:
    """The reports of the roster that are missing. A roster without a year asks for every year of which
    at least one in four of its departments has reported: one stray old report makes no year due."""
    every = [one.name for one, year in listed if year is None]
    years = {year for name, year in filed if name in set(every)}
    asked = [(one.name, year) for one, year in listed if year is not None]
    for year in sorted(years):
        came = sum((name, year) in filed for name in every)
        if came * DUE >= len(every):
            asked += [(name, year) for name in every]
    return [key for key in dict.fromkeys(asked) if key not in filed]


def _missing(store: Store) -> Change:
    with store.reading() as connection:
        listed = roster.roster(connection)
    if not listed:
        return Change("submission.missing", *store.writing(lambda c: _settle_absent(c, 0, [], {})))
    run = next((run.id for run in store.runs(1)), None) or store.begin_run([], kind="across")

    def work(connection: Connection) -> tuple[int, int]:
        expected, filed = roster.roster(connection), _whole(connection)
        missing = due(expected, filed)
        return _settle_absent(connection, run, missing, doubtful(missing, expected, filed))

    return Change("submission.missing", *store.writing(work))


def doubtful(
    missing: list[tuple[str, int]],
    listed: list[tuple[roster.Expected, int | None]],
    filed: Mapping[tuple[str, int], Any],
) -> dict[tuple[str, int], str]:
    """Missing reports that may have come under another name: one much like it that the roster lacks."""
    expected = {one.name for one, _ in listed}
    found = {}
    for name, year in missing:
        others = [other for other, when in filed if when == year and other not in expected]
        _, doubts, _ = matched([name], {other: other for other in others})
        if doubts:
            found[name, year] = doubts[0].like
    return found


def _settle_absent(
    connection: Connection, run: int, missing: list[tuple[str, int]], doubts: Mapping[tuple[str, int], str]
) -> tuple[int, int]:
    rule, found = "submission.missing", Found()
    for (name, year), submission in across.replace_absent(connection, run, missing).items():
        said = f"{name}应报送{year}年度绩效自评报告，尚未收到"
        trial = Trial(name, "broken", message=said, expected=f"{year}年度报告")
        if like := doubts.get((name, year)):
            said += f"；已收到名称相近的“{like}”，若是同一部门，请在名册的“别名”一列写上"
            trial = replace(trial, message=said, stated=like, severity="notice")
        found[submission] = [(finding_of(rule, trial), [])]
    return across.replace_findings(connection, rule, found)
