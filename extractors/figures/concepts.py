"""Which concept of the catalogue a topic is under an aspect: what was planned, spent or neither."""

from __future__ import annotations

from extractors.figures.segments import Topic

#: topic -> aspect -> concept, "" where a topic is neither planned nor spent; one that is not here makes no fact
CONCEPTS: dict[str, dict[str, str]] = {
    "total": {"budget": "budget.total", "spending": "spending.total"},
    "basic": {"budget": "budget.basic", "spending": "spending.basic"},
    "project": {"budget": "budget.project", "spending": "spending.project"},
    "personnel": {"spending": "spending.personnel"},
    "operating": {"spending": "spending.operating"},
    "three_public": {"budget": "three_public.budget", "spending": "three_public.spending"},
    "overseas": {"spending": "three_public.overseas.spending"},
    "vehicles": {"spending": "three_public.vehicles.spending"},
    "hospitality": {"spending": "three_public.hospitality.spending"},
    "procurement": {"budget": "procurement.budget", "spending": "procurement.spending"},
    "item": {"budget": "project.budget", "spending": "project.spending"},
    "income": {"": "income.total"},
    "income_fiscal": {"": "income.fiscal"},
    "carry_open": {"": "carryover.opening"},
    "carry_close": {"": "carryover.closing"},
}
#: what was spent on each item of 三公
PUBLIC_ITEMS = frozenset(CONCEPTS[item]["spending"] for item in ("overseas", "vehicles", "hospitality"))


def concept_of(topic: Topic | None, aspect: str | None) -> str | None:
    """The concept that a topic has under an aspect (spending where none is said)."""
    if topic is None:
        return None
    table = CONCEPTS.get(topic.key, {})
    return table.get("") or table.get(aspect or "spending") or table.get("spending")


def topic_of(concept: str) -> Topic | None:
    """The topic that a concept of money is of; None for a single project's and what has none."""
    return next(
        (Topic(key) for key, kinds in CONCEPTS.items() if key != "item" and concept in kinds.values()), None
    )
