"""Which statements of one key are of one thing: those that no other of their own sentence contradicts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schema.report import Evidence, Fact

#: what ends a sentence; ； divides the items of one list
_STOP = re.compile(r"[。！？\n]")


def one_sentence(one: Evidence, other: Evidence) -> bool:
    """Whether two places stand in one sentence of prose, as far as their contexts show."""
    if one.block != other.block or one.table is not None:
        return False
    first, second = sorted((one, other), key=lambda e: e.start)
    after = first.context[first.context.find(first.text) + len(first.text) :]
    before = second.context[: max(second.context.rfind(second.text), 0)]
    gap = second.start - first.end
    return not (_STOP.search(after[: max(gap, 0)]) or _STOP.search(before[-gap:] if gap > 0 else ""))


def settled(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The statements that stand alone in their sentence: 全额事业编制156人，差额事业21人 are parts of one
    list and not one thing told twice. Empty where each is one of several."""
    return tuple(
        fact
        for fact in facts
        if not any(
            one_sentence(fact.evidence, other.evidence)
            for other in facts
            if fact.quantity and other.quantity and not fact.quantity.same_as(other.quantity)
        )
    )
