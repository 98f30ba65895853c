"""The documented views: the interface for SQL users and BI tools. Tables may change, these not.

One wording for SQLite and PostgreSQL. They are made anew with every migration; a change here
therefore needs a revision, an empty one if no table changes.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

VIEWS = {
    "v_reports": """
        SELECT department, fiscal_year, documents, profile,
               income_total, budget_total, budget_basic, budget_project,
               spending_total, spending_basic, spending_project, three_public_spending,
               rate_total, rate_basic, rate_project, score_total, rating,
               staff_authorized, staff_actual,
               errors, warnings, notices, open_flags, confirmed_flags, dismissed_flags, updated_at,
               submission_id
        FROM reports
    """,
    "v_facts": """
        SELECT d.name AS department, s.fiscal_year, s.kind AS document_kind, s.name AS file, s.version,
               s.status AS submission_status, f.concept, f.kind, f.subject, f.period, f.stage,
               f.value, f.number, f.step AS "precision", f.stated, f.confidence,
               f.page, f.section, f.table_index, f.table_row, f.block, f.start AS start_at,
               f."end" AS end_at, f.context, f.submission_id, f.id AS fact_id, f.corrected_by
        FROM facts f
        JOIN submissions s ON s.id = f.submission_id
        LEFT JOIN departments d ON d.id = s.department_id
    """,
    "v_flags": """
        SELECT f.id AS finding_id, f.department, f.fiscal_year, f.rule, CASE f.severity WHEN 0 THEN 'error' WHEN 1 THEN 'warning' ELSE 'notice' END AS severity,
               f.severity AS severity_rank, f.subject, f.message, f.stated, f.expected, f.clause,
               f.page, f.excerpt, f.evidence, f.calculation,
               f.status, f.reviewer, f.reviewed_at, f.comment, f.fingerprint, f."current" AS is_current,
               s.name AS file, s.kind AS document_kind, s.project, s.version, f.submission_id
        FROM findings f
        JOIN submissions s ON s.id = f.submission_id
    """,
    "v_submissions": """
        SELECT s.id AS submission_id, s.name AS file, s.path, s.sha256, s.size, s.received_at, s.examined_at,
               s.status, s.error_code, s.error_message, d.name AS department, s.fiscal_year,
               s.kind AS document_kind, s.project, s.version, s.profile, s.reader, s.media_type, s.pages,
               s.reader_version, s.rulebook_version, s.run_id
        FROM submissions s
        LEFT JOIN departments d ON d.id = s.department_id
        WHERE s.status <> 'absent'
    """,
}


def create_views(connection: Connection) -> None:
    for name, select in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {select}"))


def drop_views(connection: Connection) -> None:
    """A view holds its tables fast on PostgreSQL: away with them before a migration."""
    for name in VIEWS:
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
