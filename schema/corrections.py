"""Facts that a reviewer read otherwise than the machine: the correction stands in for the reading
wherever the same characters are read the same way again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from schema.catalogue import BY_ID
from schema.finding import plain
from schema.quantity import Quantity
from schema.report import Fact, ProjectList, Report, Stage

#: what a reviewer types money in, in yuan
MONEY = Decimal(10_000)
GRADES = ("优", "良", "中", "低", "差")
_FIGURE = re.compile(r"-?\d{1,15}(\.\d{1,8})?")


class NotAValue(ValueError):
    """What was typed is no value of its concept: the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What stands instead of a reading; `dropped` says that the characters state nothing of the kind."""

    who: str
    concept: str
    quantity: Quantity | None = None
    text: str | None = None
    subject: str | None = None
    period: int | None = None
    stage: Stage | None = None
    dropped: bool = False


def place_of(fact: Fact) -> str:
    """Names a reading by its characters and what they were taken for: equal after every rereading that
    sees the same."""
    at = fact.evidence
    parts = (fact.concept, fact.subject, fact.period, fact.stage, at.block, at.start, at.end, at.text)
    return "|".join("" if part is None else str(part) for part in parts)


def corrected(report: Report, corrections: Mapping[str, Correction]) -> Report:
    """The report with every correction (place -> correction) whose reading is there."""
    changed: dict[Fact, Fact | None] = {}
    facts = []
    for fact in report.facts:
        found = corrections.get(place_of(fact))
        new = _stands_for(fact, found) if found else fact
        if new is not fact:
            changed[fact] = new
        if new is not None:
            facts.append(new)
    if not changed:
        return report
    lists = tuple(_listed(each, changed) for each in report.project_lists)
    return replace(report, facts=tuple(facts), project_lists=lists)


def _stands_for(fact: Fact, correction: Correction) -> Fact | None:
    if correction.dropped:
        return None
    return Fact(
        correction.concept, fact.evidence, correction.quantity, correction.text, correction.subject,
        correction.period, correction.stage, 1.0, correction.who,
    )  # fmt: skip


def _listed(found: ProjectList, changed: Mapping[Fact, Fact | None]) -> ProjectList:
    total = changed.get(found.total, found.total) if found.total else None
    parts = (changed.get(part, part) for part in found.parts)
    return replace(found, total=total, parts=tuple(part for part in parts if part is not None))


def value_of(concept: str, typed: str) -> tuple[Quantity | None, str | None]:
    """A quantity or a text from what a reviewer typed: money in 万元, all else in the concept's unit.

    Raises NotAValue.

    >>> value_of("spending.total", "1,356.40")[0]
    Quantity(value=Decimal('13564000.00'), step=Decimal('100.00'), approx='')
    >>> value_of("rating", "良")
    (None, '良')
    """
    kind, text = BY_ID[concept].kind, typed.strip().replace(",", "").replace("，", "")
    if kind == "grade" and text not in GRADES:
        raise NotAValue(f"绩效等级只能是{'、'.join(GRADES)}之一")
    if kind in ("grade", "text"):
        if not text:
            raise NotAValue("请填写内容")
        return None, typed.strip()
    if not _FIGURE.fullmatch(text):
        raise NotAValue(f"“{typed[:30]}”不是数字")
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise NotAValue(f"“{typed[:30]}”不是数字") from error
    if kind == "count" and number != number.to_integral_value():
        raise NotAValue("人数或个数应为整数")
    exponent = number.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if kind == "money":
        return Quantity(number * MONEY, step * MONEY), None
    return Quantity(number, step if kind == "percent" or exponent != 0 else Decimal(0)), None


def typed_of(fact: Fact) -> str:
    """A fact's value as a reviewer would type it."""
    if fact.quantity is None or BY_ID[fact.concept].kind != "money":
        return fact.value
    return plain(fact.quantity.value / MONEY)
