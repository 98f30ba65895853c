"""The levels of headings: the cheapest reading of all of them together.

A beam search over the open levels; numbers, the template's titles and Word's outline levels each
add to the cost of a reading, and none decides alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.headings import Heading
from extractors.ordinals import STYLES, Style
from extractors.roles import LIKE, claims, is_top, lexicon
from schema.report import Role

BEAM = 12


@dataclass(frozen=True, slots=True)
class Open:
    """An open level: the last heading on it."""

    style: Style
    value: int | None
    depth: int
    known: bool
    level: int | None
    joined: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to place the headings so far."""

    cost: float
    stack: tuple[Open, ...]
    levels: tuple[int, ...]


def place(found: list[Heading]) -> tuple[int, ...]:
    """The level of each heading, 1 the highest."""
    readings = [Reading(0.0, (), ())]
    alike: dict[Open, Open] = {}
    for heading in found:
        opened = _opened(heading)
        opened = alike.setdefault(opened, opened)  # one object for all that are alike: stacks compare by it
        nexts: dict[tuple[int, ...], Reading] = {}
        for reading in readings:
            for depth in range(1, min(len(reading.stack) + 1, 7) + 1):
                cost = reading.cost + _cost(reading.stack, depth, heading)
                stack = (*reading.stack[: depth - 1], opened)
                key = tuple(map(id, stack))
                if key not in nexts or cost < nexts[key].cost:
                    nexts[key] = Reading(cost, stack, (*reading.levels, depth))
        readings = sorted(nexts.values(), key=lambda reading: reading.cost)[:BEAM]
    return readings[0].levels


def _opened(heading: Heading) -> Open:
    return Open(
        heading.style, heading.value, heading.depth, heading.weight >= LIKE, heading.level, _joined(heading)
    )


def _joined(heading: Heading) -> frozenset[Role]:
    """The roles that a title joins: 存在问题和改进措施."""
    found = frozenset(claim.role for claim in claims(heading.title))
    return found if len(found) > 1 else frozenset()


def _cost(stack: tuple[Open, ...], depth: int, heading: Heading) -> float:
    """How unlikely it is that a heading stands at this depth, given the open levels above it."""
    sibling = stack[depth - 1] if depth <= len(stack) else None
    parents = stack[: depth - 1]
    cost = _beside(sibling, heading) if sibling else _below(parents, heading)
    if heading.style == "annex":
        return cost + 3.0 * (depth - 1)
    known = heading.weight >= LIKE
    follows = sibling is not None and bool(heading.style) and cost == 0.0
    if is_top(heading.title):
        cost += 1.2 * (depth - 1) if heading.style in ("clause", "chapter", "") else 0.3 * (depth - 1)
    elif known and not follows:
        expected = lexicon().kind(claims(heading.title)[0].role).level
        cost += (0.5 if heading.style else 0.1) * abs(depth - expected)
        strange = 0.3 if sibling and sibling.known else 0.8
        cost += sum(strange for parent in parents if not parent.known)
    elif sibling and sibling.known and not known:
        cost += 0.3
    if sibling and stack[-1].style and not heading.style and known and _first(heading) in stack[-1].joined:
        cost += 0.9  # 六、存在问题和改进措施, then 存在问题：… without a number, below it
    if heading.level is not None:
        if sibling and sibling.level is not None and sibling.level != heading.level:
            cost += 1.5
        cost += sum(1.5 for parent in parents if parent.level is not None and parent.level >= heading.level)
    return cost


def _first(heading: Heading) -> Role | None:
    return next((claim.role for claim in claims(heading.title)), None)


def _beside(sibling: Open, heading: Heading) -> float:
    """The cost of following a sibling."""
    if heading.style == "annex" or sibling.style == "annex":
        return 0.0 if heading.style == sibling.style else 2.0
    if not heading.style:
        return 0.3 if not sibling.style else 0.9
    if not sibling.style:
        return {1: 1.8, 2: 0.4}.get(heading.value or 0, 0.7)
    if sibling.style != heading.style or sibling.depth != heading.depth:
        return 3.0
    if heading.value is None or sibling.value is None:
        return 0.5
    step = heading.value - sibling.value
    if step == 1:
        return 0.0
    if step > 1:
        return 0.8 + 0.2 * step
    return 1.7 if step == 0 else 3.0


def _below(parents: tuple[Open, ...], heading: Heading) -> float:
    """The cost of opening a new level."""
    if not parents:
        return 0.0
    above = parents[-1]
    if not heading.style:
        return 1.0
    cost = 0.3 if heading.value == 1 else 2.0
    if any(parent.style == heading.style and parent.depth == heading.depth for parent in parents):
        cost += 0.4 if heading.value == 1 and above.style != heading.style else 0.9
    if heading.style == "decimal" and above.style == "decimal" and heading.depth == above.depth + 1:
        return 0.0
    if above.style and STYLES.index(heading.style) < STYLES.index(above.style):
        cost += 0.8
    return cost
