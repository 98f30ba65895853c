"""From the nouns to rows: one function a table, each giving plain dictionaries for one bulk insert."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schema.catalogue import BY_ID
from schema.codec import Parcel
from schema.finding import Verdicts, plain
from schema.output import calculation_json, evidence_json
from schema.report import Fact, Report
from storage.records import SEVERITIES

Rows = Iterator[dict[str, Any]]

PROJECT_KINDS = ("project_report", "project_table")


def paper_row(parcel: Parcel, report: Report) -> dict[str, Any]:
    return {
        "document": parcel.document,
        "report": parcel.report,
        "verdicts": parcel.verdicts,
        "characters_in_file": report.ledger.in_file,
        "characters_read": report.ledger.read,
        "numbers": report.coverage.numbers,
        "numbers_explained": report.coverage.explained,
    }


def fact_rows(report: Report) -> Rows:
    for position, fact in enumerate(report.facts):
        evidence = fact.evidence
        yield {
            "position": position,
            "concept": fact.concept,
            "kind": BY_ID[fact.concept].kind,
            "subject": fact.subject,
            "period": fact.period,
            "stage": fact.stage,
            "value": fact.value,
            "number": fact.quantity.value if fact.quantity else None,
            "step": plain(fact.quantity.step) if fact.quantity and fact.quantity.step else None,
            "stated": evidence.text,
            "context": evidence.context,
            "confidence": fact.confidence,
            "corrected_by": fact.corrected_by,
            "page": evidence.page,
            "block": evidence.block,
            "start": evidence.start,
            "end": evidence.end,
            "section": evidence.section,
            "table_index": evidence.table,
            "table_row": evidence.row,
        }


def section_rows(report: Report) -> Rows:
    for position, section in enumerate(report.sections):
        yield {
            "position": position,
            "path": section.path,
            "level": section.level,
            "number": section.number,
            "title": section.title,
            "role": section.role,
            "page": section.page,
            "text": section.text,
        }


def indicator_rows(report: Report) -> Rows:
    rows = ((table, row) for table in report.tables for row in table.rows)
    for position, (table, row) in enumerate(rows):
        yield {
            "position": position,
            "project": table.subject,
            "group_name": row.group,
            "subgroup": row.subgroup,
            "name": row.name,
            "target": row.target,
            "actual": row.actual,
            "weight": row.weight,
            "score": row.score,
            "reason": row.reason,
            "page": row.evidence.page,
            "table_index": row.evidence.table,
            "table_row": row.evidence.row,
        }


def check_rows(verdicts: Verdicts) -> Rows:
    for position, outcome in enumerate(verdicts.outcomes):
        yield {
            "position": position,
            "rule": outcome.rule,
            "subject": outcome.subject,
            "outcome": outcome.outcome,
            "missing": list(outcome.missing),
        }


def finding_rows(verdicts: Verdicts) -> Rows:
    for position, finding in enumerate(verdicts.findings):
        first = finding.evidence[0] if finding.evidence else None
        yield {
            "position": position,
            "fingerprint": finding.fingerprint,
            "rule": finding.rule,
            "severity": SEVERITIES.index(finding.severity),
            "subject": finding.subject,
            "message": finding.message,
            "stated": finding.stated,
            "expected": finding.expected,
            "clause": finding.clause,
            "page": first.page if first else None,
            "excerpt": (first.context or first.text) if first else "",
            "evidence": [evidence_json(evidence) for evidence in finding.evidence],
            "calculation": calculation_json(finding.calculation),
        }


def project_of(report: Report) -> str:
    """The project that a project's paper is about, the file's name where none is given: two projects
    of one department never replace each other."""
    if report.kind not in PROJECT_KINDS:
        return report.source.name if report.kind == "other" else ""
    named = (table.subject for table in report.tables if table.subject)
    stated = (fact.subject for fact in report.facts if fact.subject and fact.concept.startswith("project."))
    return next(named, None) or next(stated, None) or report.source.name


#: column of `reports` -> concept
FIGURES = {
    "income_total": "income.total",
    "budget_total": "budget.total",
    "budget_basic": "budget.basic",
    "budget_project": "budget.project",
    "spending_total": "spending.total",
    "spending_basic": "spending.basic",
    "spending_project": "spending.project",
    "three_public_spending": "three_public.spending",
    "rate_total": "rate.total",
    "rate_basic": "rate.basic",
    "rate_project": "rate.project",
    "score_total": "score.total",
    "staff_authorized": "staff.authorized",
    "staff_actual": "staff.actual",
}
#: where a budget is stated more than once, the one that was executed counts
STAGES = {"adjusted": 0, None: 1, "initial": 2}


def figures_of(report: Report) -> dict[str, Any]:
    """The figures of a report's own year, one for each column: the later stage, then the first said."""

    def fits(fact: Fact) -> bool:
        return fact.subject is None and fact.period in (None, report.fiscal_year)

    found: dict[str, Any] = {}
    for column, concept in FIGURES.items():
        facts = [f for f in report.facts if f.concept == concept and f.quantity and fits(f)]
        best = min(facts, key=lambda f: STAGES[f.stage], default=None)
        found[column] = best.number if best else None
    ratings = [fact.text for fact in report.facts if fact.concept == "rating" and fits(fact)]
    found["rating"] = ratings[0] if ratings else None
    return found
