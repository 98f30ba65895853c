"""Counts of findings by rule, severity, status and year: one pass over an index, from which the total and
every facet of a list follow without asking again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, func, select

from storage import searching
from storage.queries import by_department, flag_conditions, scope_conditions
from storage.records import SEVERITIES, FlagFilter
from storage.tables import CorrectionRow, FindingRow, Run, Verdict

Version = tuple[Any, ...]
#: scopes (departments, texts) whose counts are held
SCOPES = 60
#: findings whose messages are read rather than looked up in the index
FEW = 20_000
#: findings beyond which no departments are named beside a list
MANY = 5_000


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
    four = searching.FOUR
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


@dataclass(frozen=True, slots=True)
class Counted:
    """`wanted` is the filter with what its text was found in; `cut` says that there may be more than that;
    `found` has what a text was found in, with what it is counted by."""

    tallies: Tallies
    wanted: FlagFilter
    cut: bool = False
    found: Mapping[int, searching.Four] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return total(self.tallies, self.wanted)


class Counts:
    """The counts of scopes, each made once for each state of the database. Safe to share between threads:
    at worst two count the same."""

    def __init__(self) -> None:
        self._held: dict[FlagFilter, tuple[Version, Counted]] = {}
        self._tops: dict[FlagFilter, tuple[Version, dict[str, int]]] = {}

    def of(self, connection: Connection, wanted: FlagFilter) -> Counted:
        now = version(connection)
        found = self._of(connection, now, _scope(wanted))
        if found.cut and wanted != _scope(wanted):
            # the matches in sight are too few for the whole scope: look again under all the conditions
            found = self._of(connection, now, wanted)
        if not wanted.text:
            return Counted(found.tallies, wanted)
        asked = {four for four in set(found.found.values()) if fits(_tally(four), wanted)}
        ids = tuple(one for one, four in found.found.items() if four in asked)
        return Counted(found.tallies, replace(wanted, ids=ids), found.cut)

    def departments(self, connection: Connection, wanted: FlagFilter, limit: int) -> dict[str, int]:
        """Those with the most findings under the whole filter; none where MANY findings are asked for, of
        which a few departments tell nothing."""
        now, found = version(connection), self.of(connection, wanted)
        if found.cut or found.total > MANY:
            return {}
        held = self._tops.get(wanted)
        if held is None or held[0] != now:
            if len(self._tops) >= SCOPES:
                self._tops.clear()
            conditions = flag_conditions(connection, found.wanted)
            held = self._tops[wanted] = (now, by_department(connection, conditions, limit))
        return held[1]

    def _of(self, connection: Connection, now: Version, wanted: FlagFilter) -> Counted:
        held = self._held.get(wanted)
        if held is None or held[0] != now:
            if len(self._held) >= SCOPES:
                self._held.clear()
            held = (now, self._made(connection, now, wanted))
            self._held[wanted] = held
        return held[1]

    def _made(self, connection: Connection, now: Version, wanted: FlagFilter) -> Counted:
        if not wanted.text:
            return Counted(tallies(connection, wanted), wanted)
        plain = replace(wanted, text=None)
        few = total(self._of(connection, now, _scope(plain)).tallies, plain) <= FEW
        look = searching.scan if few else searching.search
        matches = look(connection, wanted.text, flag_conditions(connection, plain))
        found = matches.found
        if wanted != _scope(wanted):  # what else the text was found in still counts beside the other values
            found = {**self._of(connection, now, _scope(wanted)).found, **found}
        counted = tuple(_tally(four, count) for four, count in Counter(found.values()).items())
        return Counted(counted, wanted, matches.cut, found)


def _tally(four: searching.Four, count: int = 1) -> Tally:
    rule, severity, status, year = four
    return Tally(rule, SEVERITIES[severity], status, year, count)


def _scope(wanted: FlagFilter) -> FlagFilter:
    """The filter without the four that are counted."""
    return replace(wanted, years=(), rules=(), severities=(), statuses=())
