"""What a rule is, and what one try of it gives: the shapes that every engine shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from schema.finding import Calculation, Severity
from schema.quantity import Interval
from schema.report import Evidence
from schema.rules.figures import Book, Key

Family = Literal["arithmetic", "consistency", "completeness", "cross_report"]


@dataclass(frozen=True, slots=True)
class Need:
    """A figure that a trial rests on, and where it would have to lie for the rule to hold."""

    key: Key
    wanted: Interval | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """One try of one rule, before precedence: what an engine yields.

    `severity` None takes the rule's; `clause` None the rule's. `replaces` holds the trials whose
    findings this one explains.
    """

    subject: str | None
    outcome: Literal["held", "broken", "not_run"]
    missing: tuple[str, ...] = ()
    calculation: Calculation | None = None
    message: str = ""
    stated: str | None = None
    expected: str | None = None
    evidence: tuple[Evidence, ...] = ()
    severity: Severity | None = None
    clause: str | None = None
    needs: tuple[Need, ...] = ()
    #: the table row that it judges, as (table, row): one row gives one finding
    row: tuple[int, int] | None = None
    replaces: tuple[Trial, ...] = ()


Engine = Callable[[Book], Iterator[Trial]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rule book. `meaning`, `formula` and `clause` are for people, in Chinese."""

    id: str
    zh: str
    severity: Severity
    family: Family
    engine: Engine
    meaning: str
    formula: str
    clause: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A trial with the rule that made it."""

    rule: Rule
    trial: Trial


def not_run(subject: str | None, *missing: str, needs: tuple[Need, ...] = ()) -> Trial:
    return Trial(subject, "not_run", missing, needs=needs)
