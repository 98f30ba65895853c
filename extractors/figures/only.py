"""A department whose posts and people are of one kind: what is told of that kind is told of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schema.report import DocumentKind, Fact

ALL = ("staff.authorized", "staff.actual")


def with_only_kind(facts: Sequence[Fact], kind: DocumentKind) -> tuple[Fact, ...]:
    """The facts, with the posts and people of an institution, or of a police force or a court, as all of them where the
    report of a department tells of no others: 核定事业编制38名，年末实有36人 · 政法专项编制71名，实有68人."""
    if kind != "department_report":
        return tuple(facts)
    return (*facts, *(replace(fact, concept=whole) for whole in ALL for fact in _alone(facts, whole)))


def _alone(facts: Sequence[Fact], whole: str) -> list[Fact]:
    told = [fact for fact in facts if fact.concept.startswith(whole)]
    kinds, values = {fact.concept for fact in told}, {fact.value for fact in told}
    of_law = kinds == {f"{whole}.admin"} and all("政法" in fact.evidence.context for fact in told)
    alone = len(values) == 1 and (of_law or kinds == {f"{whole}.institution"})
    return told if alone and all(fact.evidence.table is None for fact in told) else []
