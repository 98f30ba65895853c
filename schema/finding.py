"""What the rules say of a report."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from schema.quantity import Interval
from schema.report import Evidence

Severity = Literal["error", "warning", "notice"]


@dataclass(frozen=True, slots=True)
class Operand:
    """One figure of a calculation: what it is, as stated, the interval it stands for, its place."""

    label: str
    stated: str
    interval: Interval
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Calculation:
    """How the expected value came about: "131.72÷135.47=97.23%"."""

    formula: str
    operands: tuple[Operand, ...]
    result: Interval


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule, with its proof. `fingerprint` names the same finding after a re-run."""

    rule: str
    severity: Severity
    subject: str | None
    message: str
    stated: str | None
    expected: str | None
    clause: str | None
    fingerprint: str
    evidence: tuple[Evidence, ...]
    calculation: Calculation | None = None
    suppressed: tuple[Finding, ...] = ()  # findings that this one explains


@dataclass(frozen=True, slots=True)
class Outcome:
    """One try of one rule: held, broken or not run, and what it lacked or recomputed."""

    rule: str
    subject: str | None
    outcome: Literal["held", "broken", "not_run"]
    missing: tuple[str, ...] = ()
    calculation: Calculation | None = None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All that the rules say of one report."""

    profile: str
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no trailing zeros.

    >>> plain(Decimal("97.230"))
    '97.23'
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
