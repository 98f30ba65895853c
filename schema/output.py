"""The JSON of one document as the public interface has it (docs/interface.md)."""

from __future__ import annotations

from typing import Any

from schema.catalogue import BY_ID
from schema.document import Ledger, Source
from schema.errors import NotReadable
from schema.finding import Calculation, Finding, Outcome, Verdicts, plain
from schema.quantity import Interval
from schema.report import Coverage, Evidence, Fact, Indicator, Report, Section

Json = dict[str, Any]


def document_json(report: Report, verdicts: Verdicts) -> Json:
    """One document that was read, as JSON types only; money and rates are decimal strings."""
    return {
        "source": source_json(report.source),
        "status": "ok",
        "kind": report.kind,
        "profile": verdicts.profile,
        "department": report.department,
        "fiscal_year": report.fiscal_year,
        "sections": [section_json(section) for section in report.sections],
        "facts": [fact_json(fact) for fact in report.facts],
        "indicators": [indicator_json(row) for row in report.indicators],
        "findings": [finding_json(finding) for finding in verdicts.findings],
        "checks": [check_json(outcome) for outcome in verdicts.outcomes],
        "coverage": coverage_json(report.ledger, report.coverage),
    }


def refusal_json(name: str, sha256: str | None, error: NotReadable) -> Json:
    """One document that was refused; one that was read and is no report says its kind."""
    kind = {"kind": "other"} if error.code == "not_a_report" else {}
    return {
        "source": {"name": name, "sha256": sha256, "media_type": None, "reader": None, "pages": None},
        "status": "quarantined",
        **kind,
        "error": {"code": error.code, "message": error.message},
    }


def source_json(source: Source) -> Json:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "reader": source.reader,
        "pages": source.pages,
    }


def section_json(section: Section) -> Json:
    return {
        "path": section.path,
        "level": section.level,
        "number": section.number,
        "title": section.title,
        "role": section.role,
        "page": section.page,
        "text": section.text,
    }


def fact_json(fact: Fact) -> Json:
    """`precision` is null for texts and for figures that are exact."""
    step = fact.quantity.step if fact.quantity else None
    by = {"corrected_by": fact.corrected_by} if fact.corrected_by else {}
    return by | {
        "concept": fact.concept,
        "kind": BY_ID[fact.concept].kind,
        "value": fact.value,
        "precision": plain(step) if step else None,
        "subject": fact.subject,
        "period": fact.period,
        "stage": fact.stage,
        "stated": fact.evidence.text,
        "confidence": round(fact.confidence, 4),
        "evidence": evidence_json(fact.evidence),
    }


def evidence_json(evidence: Evidence) -> Json:
    found: Json = {
        "page": evidence.page,
        "block": evidence.block,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "context": evidence.context,
        "section": evidence.section,
        "table": evidence.table,
    }
    if evidence.row is not None:
        found["row"] = evidence.row
    return found


def indicator_json(row: Indicator) -> Json:
    return {
        "group": row.group,
        "subgroup": row.subgroup,
        "name": row.name,
        "target": row.target,
        "actual": row.actual,
        "weight": plain(row.weight) if row.weight is not None else None,
        "score": plain(row.score) if row.score is not None else None,
        "reason": row.reason,
        "evidence": evidence_json(row.evidence),
    }


def finding_json(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": finding.message,
        "stated": finding.stated,
        "expected": finding.expected,
        "clause": finding.clause,
        "fingerprint": finding.fingerprint,
        "evidence": [evidence_json(evidence) for evidence in finding.evidence],
        "calculation": calculation_json(finding.calculation),
    }


def check_json(outcome: Outcome) -> Json:
    return {
        "rule": outcome.rule,
        "subject": outcome.subject,
        "outcome": outcome.outcome,
        "missing": list(outcome.missing),
        "calculation": calculation_json(outcome.calculation),
    }


def calculation_json(calculation: Calculation | None) -> Json | None:
    if calculation is None:
        return None
    return {
        "formula": calculation.formula,
        "operands": [
            {
                "label": operand.label,
                "stated": operand.stated,
                "interval": _interval(operand.interval),
                "evidence": evidence_json(operand.evidence) if operand.evidence else None,
            }
            for operand in calculation.operands
        ],
        "result": _interval(calculation.result),
    }


def coverage_json(ledger: Ledger, coverage: Coverage) -> Json:
    return {
        "characters_in_file": ledger.in_file,
        "characters_read": ledger.read,
        "numbers": coverage.numbers,
        "numbers_explained": coverage.explained,
        "losses": [
            {"part": loss.part, "what": loss.what, "characters": loss.characters} for loss in ledger.losses
        ],
    }


def _interval(interval: Interval) -> list[str | None]:
    """[low, high], null for an end that is open."""
    return [plain(end) if end.is_finite() else None for end in (interval.low, interval.high)]
