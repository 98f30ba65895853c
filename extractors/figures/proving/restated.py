"""An amount of a project's report that states one of its known amounts again in a wrong unit: 投入471.38元换来…, where
4,713,800元 was spent. The same digits are no chance; what the unit says is left to the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extractors.figures.disowned import REASON
from extractors.figures.setting import Decision
from schema.report import Fact

#: 元 for 万元, or 万元 for 元
SLIPS = (Decimal(10_000), Decimal("0.0001"))
#: amounts with fewer digits than this are alike by chance
DIGITS = 5
CONCEPTS = ("project.budget", "project.spending")


def with_restated(
    decisions: Iterable[Decision], own: str | None, facts: Sequence[Fact]
) -> Iterator[Decision]:
    """The decisions, amounts that nothing explains as what they state again of the report's `own` project."""
    known = [f for f in facts if own and f.subject == own and f.concept in CONCEPTS and f.quantity]
    for decision in decisions:
        told = next((fact for fact in known if _again(decision, fact)), None)
        if told is None:
            yield decision
        else:
            yield decision.proved(told.concept, own, period=told.period, stage=told.stage)


def _again(decision: Decision, fact: Fact) -> bool:
    figure, quantity = decision.figure, fact.quantity
    if (
        decision.concept
        or decision.reason == REASON
        or figure.kind != "money"
        or not figure.quantity
        or not quantity
    ):
        return False
    digits = len(str(figure.quantity.value).replace(".", "").strip("0"))
    return digits >= DIGITS and any(figure.value * slip == quantity.value for slip in SLIPS)
