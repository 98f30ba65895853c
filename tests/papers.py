"""Examined documents made by hand: what reading, understanding and checking would give."""

from __future__ import annotations

from decimal import Decimal

from schema.document import Block, Document, Ledger, Loss, Source
from schema.examination import Examined, Received
from schema.finding import Calculation, Finding, Operand, Outcome, Verdicts
from schema.quantity import Interval, Quantity
from schema.report import Coverage, Evidence, Fact, Report, Section

RULES = ("rate.execution", "sum.budget", "section.missing")
SEVERITIES = ("error", "warning", "notice")


def received(content: str, path: str | None = None) -> Received:
    return Received(f"{content}.docx", path or f"/inbox/{content}.docx", content.ljust(64, "0"), 100)


def examined(
    content: str, department: str | None = "甲县民政局", year: int | None = 2023, spending: str = "1356400",
    findings: tuple[str, ...] = ("f1",), kind: str = "department_report", said: str = "问题",
) -> Examined:  # fmt: skip
    """A document of one sentence, with a spending total and findings of the given fingerprints: the
    first an error of rate.execution, the second a warning of sum.budget, the third a notice."""
    sentence = f"全年支出{spending}元。"
    source = Source(f"{content}.docx", content.ljust(64, "0"), "application/x", "docx")
    document = Document(source, (Block(0, "paragraph", sentence),), (), Ledger(9, 9, (Loss("a", "页眉", 1),)))
    place = Evidence(0, 4, 4 + len(spending), spending, 1, sentence, "1")
    span = Interval(Decimal(1), Decimal(2))
    sums = Calculation(
        "1+1=2", (Operand("支出", spending, span, place),), Interval(Decimal("-Infinity"), span.high)
    )
    fact = Fact("spending.total", place, Quantity(Decimal(spending), Decimal(100)), period=year)
    section = Section("1", 1, "一、", "支出", "spending", 1, 0, 0, 2, 0, sentence)
    report = Report(
        source, kind, department, year, document.ledger, Coverage(1, 1), (section,), (fact,)  # type: ignore[arg-type]
    )  # fmt: skip
    found = tuple(
        Finding(RULES[i % 3], SEVERITIES[i % 3], None, f"{said}{name}", "1", "2", None, name, (place,), sums)  # type: ignore[arg-type]
        for i, name in enumerate(findings)
    )
    verdicts = Verdicts("guangdong", (Outcome("sum.budget", None, "held", (), sums),), found)
    return Examined(document, report, verdicts, {"read": 0.1})
