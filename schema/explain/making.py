"""Reports made of plain words, for examples and tests: every fact stands in a block of its own."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from schema.catalogue import BY_ID
from schema.document import Ledger, Source
from schema.quantity import Quantity
from schema.report import (
    Coverage,
    Evidence,
    Fact,
    FundsRow,
    Indicator,
    IndicatorTable,
    Remark,
    Report,
    Section,
    Tally,
)

UNITS = {"亿元": 100_000_000, "万元": 10_000, "元": 1}


def place(text: str, block: int = 0, start: int = 0, context: str = "") -> Evidence:
    return Evidence(block, start, start + len(text), text, None, context or text)


def quantity(text: str) -> Quantity:
    """约1.5万元 -> 15000, step 1000, about."""
    approx = "about" if text.startswith("约") else ""
    digits = "".join(c for c in text if c.isdigit() or c in ".-")
    unit = next((u for u in UNITS if text.endswith(u)), "")
    value = Decimal(digits)
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(int(exponent)) if int(exponent) < 0 else Decimal(1)
    if unit:
        value, step = value * UNITS[unit], step * UNITS[unit]
    elif not text.endswith("%"):
        step = step if step < 1 else Decimal(0)
    return Quantity(value, step, approx)  # type: ignore[arg-type]


def fact(concept: str, text: str, block: int = 0, **more: Any) -> Fact:
    """A fact as if read from `text`: fact("budget.total", "147.89万元", stage="initial")."""
    kind = BY_ID[concept].kind
    context = more.pop("context", "")
    start = context.find(text) if context else 0
    evidence = more.pop("evidence", None) or place(text, block, max(start, 0), context)
    if kind in ("text", "grade", "date", "year"):
        return Fact(concept, evidence, text=more.pop("value", text), **more)
    return Fact(concept, evidence, quantity=quantity(text), **more)


def facts(**stated: str) -> tuple[Fact, ...]:
    """facts(budget_total="147.89万元") with _ for the dots."""
    ids = {c.replace(".", "_"): c for c in BY_ID}
    return tuple(fact(ids[name], text, block) for block, (name, text) in enumerate(stated.items()))


def row(name: str, **values: Any) -> Indicator:
    """An indicator row; every value given has a cell, None an empty one."""
    cells = {
        k: place(str(v) if v is not None else "") for k, v in values.items() if k not in ("group", "subgroup")
    }
    for key in ("weight", "score"):
        if isinstance(values.get(key), str):
            values[key] = Decimal(values[key]) if values[key] not in ("/", "无", "—") else None
    return Indicator(name, place(name), cells=cells, **values)


def table(*rows: Indicator, fields: str = "target actual weight score reason", **more: Any) -> IndicatorTable:
    return IndicatorTable(more.pop("index", 0), tuple(fields.split()), rows, **more)


def tally(name: str, weight: str | None = None, score: str | None = None, rows: Iterable[int] = ()) -> Tally:
    return Tally(
        name, place(name), Decimal(weight) if weight else None, Decimal(score) if score else None, tuple(rows)
    )


def funds(name: str, weight: str | None = None, score: str | None = None, **stated: str) -> FundsRow:
    cells = {k: place(v, 900 + i) for i, (k, v) in enumerate(stated.items())}
    return FundsRow(
        name,
        place(name),
        weight=Decimal(weight) if weight else None,
        score=Decimal(score) if score else None,
        cells=cells,
        **{k: quantity(v) for k, v in stated.items()},
    )


def remark(kind: str, text: str, sentence: str = "", block: int = 0, **more: Any) -> Remark:
    """A remark in its sentence, which is a whole block."""
    sentence = sentence or text
    start = sentence.index(text)
    return Remark(kind, place(text, block, start, sentence), sentence=(0, len(sentence)), **more)  # type: ignore[arg-type]


def section(role: str | None, text: str = "正文。", title: str = "标题", block: int = 0) -> Section:
    return Section("1", 1, "一、", title, role, None, block, 0, len(title), block, text)  # type: ignore[arg-type]


def report(*found: Fact, **more: Any) -> Report:
    """A report of 2023 of a made-up office."""
    return Report(
        source=Source("a.docx", "0" * 64, "text/plain", "docx"),
        kind=more.pop("kind", "department_report"),
        department=more.pop("department", "某某办公室"),
        fiscal_year=more.pop("fiscal_year", 2023),
        ledger=Ledger(0, 0),
        coverage=Coverage(0, 0),
        facts=found,
        **more,
    )
