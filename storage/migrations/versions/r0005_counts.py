"""Indexes from which a million findings are counted and searched within half a second."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("ix_reports_budget_total", "reports", ["budget_total"], unique=False)
    if (
        op.get_bind().dialect.name == "sqlite"
    ):  # PostgreSQL's indexes hold no long texts, and its scans are parallel
        op.create_index("ix_findings_current_message", "findings", ["current", "message"], unique=False)
    op.create_index(
        "ix_findings_current_department_facets",
        "findings",
        ["current", "department", "rule", "severity", "status", "fiscal_year"],
        unique=False,
    )
    op.execute("ANALYZE")
