"""Parts whose clause does not say whether they were planned or spent: their sum says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schema.report import Fact

#: how many facts a part may stand behind its whole, and the second part behind the first
NEAR = 4


def with_planned_parts(facts: Sequence[Fact], unsaid: frozenset[int]) -> list[Fact]:
    """预算3,480万元：基本支出3,105.60万元；项目支出374.40万元: the parts of a budget, where they add up to it
    and to nothing that was spent. `unsaid` are the places of facts whose clause says neither."""
    told = list(facts)
    spent = [fact for fact in facts if fact.concept == "spending.total"]
    for at, basic in enumerate(facts):
        if basic.concept != "spending.basic" or at not in unsaid:
            continue
        project = next(
            (i for i in range(at + 1, min(at + 1 + NEAR, len(facts)))
             if facts[i].concept == "spending.project" and i in unsaid and facts[i].period == basic.period),
            None,
        )  # fmt: skip
        whole = next(
            (f for f in reversed(facts[max(0, at - NEAR) : at]) if f.concept in ("budget.total", "spending.total")),
            None,
        )  # fmt: skip
        if project is None or whole is None or whole.concept != "budget.total":
            continue
        if _adds_up(basic, facts[project], whole) and not any(
            one.period == basic.period and _adds_up(basic, facts[project], one) for one in spent
        ):
            told[at] = replace(basic, concept="budget.basic", stage=whole.stage)
            told[project] = replace(facts[project], concept="budget.project", stage=whole.stage)
    return told


def _adds_up(one: Fact, other: Fact, whole: Fact) -> bool:
    if one.quantity is None or other.quantity is None or whole.quantity is None:
        return False
    return (one.quantity.interval + other.quantity.interval).meets(whole.quantity.interval)
