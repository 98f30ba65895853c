"""Counts of findings by rule, severity, status and year: one pass over an index, from which the total and
every facet of a list follow without asking again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from storage.queries import scope_conditions
from storage.records import SEVERITIES, FlagFilter
from storage.tables import CorrectionRow, FindingRow, Run, Verdict

Version = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings share the four."""

    rule: str
    severity: str
    status: str
    fiscal_year: int | None
    count: int


Tallies = tuple[Tally, ...]


def version(connection: Connection) -> Version:
    """Changes whenever findings or verdicts do: counts of an equal version are the same."""
    newest = [
        select(func.max(table.id)).scalar_subquery() for table in (FindingRow, Verdict, CorrectionRow, Run)
    ]
    ended = select(func.max(Run.finished_at)).scalar_subquery()
    return tuple(connection.execute(select(*newest, ended)).one())


def tallies(connection: Connection, wanted: FlagFilter) -> Tallies:
    """Of the findings that the filter's departments, text and document allow."""
    row = FindingRow
    four = (row.rule, row.severity, row.status, row.fiscal_year)
    conditions = scope_conditions(connection, wanted)
    found = connection.execute(select(*four, func.count()).where(*conditions).group_by(*four))
    return tuple(Tally(r, SEVERITIES[s], st, y, n) for r, s, st, y, n in found)


def fits(one: Tally, wanted: FlagFilter, without: str = "") -> bool:
    """Whether the filter's other parts ask for it; `without` names the one that is left out."""
    rule = not wanted.rules or without == "rule" or any(_of_rule(one.rule, asked) for asked in wanted.rules)
    return (
        rule
        and (not wanted.severities or without == "severity" or one.severity in wanted.severities)
        and (not wanted.statuses or without == "status" or one.status in wanted.statuses)
        and (not wanted.years or without == "fiscal_year" or one.fiscal_year in wanted.years)
    )


def _of_rule(rule: str, asked: str) -> bool:
    """As queries.flag_conditions: "rate" and "rate.*" ask for the whole family."""
    family = asked.removesuffix("*").removesuffix(".")
    return rule == family or ("." not in family and rule.startswith(f"{family}."))


def facets(found: Tallies, wanted: FlagFilter) -> dict[str, dict[Any, int]]:
    """For rule, severity, status and year the number of findings under each value, with the other
    filters in force and this one's own not: what a click on it would show."""
    counts: dict[str, dict[Any, int]] = {"rule": {}, "severity": {}, "status": {}, "fiscal_year": {}}
    for name, counted in counts.items():
        for one in found:
            if fits(one, wanted, without=name):
                value = getattr(one, name)
                counted[value] = counted.get(value, 0) + one.count
    return counts


def total(found: Tallies, wanted: FlagFilter) -> int:
    return sum(one.count for one in found if fits(one, wanted))
