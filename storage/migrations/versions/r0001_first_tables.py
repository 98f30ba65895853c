"""The first tables: departments, runs, submissions and what was read of them, verdicts, audit."""

import sqlalchemy as sa
from alembic import op

from storage.tables import Exact, Key, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", Key, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_at", "audit", ["at"], unique=False)
    op.create_table(
        "departments",
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint("name", name=op.f("uq_departments_name")),
    )
    op.create_table(
        "runs",
        sa.Column("id", Key, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("paths", sa.JSON(), nullable=False),
        sa.Column("profile", sa.String(length=100), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("process", sa.Integer(), nullable=False),
        sa.Column("flow_run", sa.Text(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "verdicts",
        sa.Column("id", Key, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
    )
    op.create_index("ix_verdicts_scope_fingerprint", "verdicts", ["scope", "fingerprint", "id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", Key, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("department_id", Key, nullable=True),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=True),
        sa.Column("income_total", Exact(), nullable=True),
        sa.Column("budget_total", Exact(), nullable=True),
        sa.Column("budget_basic", Exact(), nullable=True),
        sa.Column("budget_project", Exact(), nullable=True),
        sa.Column("spending_total", Exact(), nullable=True),
        sa.Column("spending_basic", Exact(), nullable=True),
        sa.Column("spending_project", Exact(), nullable=True),
        sa.Column("three_public_spending", Exact(), nullable=True),
        sa.Column("rate_total", Exact(), nullable=True),
        sa.Column("rate_basic", Exact(), nullable=True),
        sa.Column("rate_project", Exact(), nullable=True),
        sa.Column("score_total", Exact(), nullable=True),
        sa.Column("rating", sa.String(length=4), nullable=True),
        sa.Column("staff_authorized", Exact(), nullable=True),
        sa.Column("staff_actual", Exact(), nullable=True),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("notices", sa.Integer(), nullable=False),
        sa.Column("open_flags", sa.Integer(), nullable=False),
        sa.Column("confirmed_flags", sa.Integer(), nullable=False),
        sa.Column("dismissed_flags", sa.Integer(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_reports_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("scope", name=op.f("uq_reports_scope")),
    )
    op.create_index(
        "ix_reports_department_fiscal_year", "reports", ["department", "fiscal_year"], unique=False
    )
    op.create_index(
        "ix_reports_fiscal_year_department", "reports", ["fiscal_year", "department"], unique=False
    )
    op.create_table(
        "submissions",
        sa.Column("id", Key, nullable=False),
        sa.Column("run_id", Key, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("examined_at", Moment(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("department_id", Key, nullable=True),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("profile", sa.String(length=100), nullable=True),
        sa.Column("reader", sa.String(length=40), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("reader_version", sa.String(length=80), nullable=False),
        sa.Column("rulebook_version", sa.String(length=80), nullable=False),
        sa.Column("asked_profile", sa.String(length=100), nullable=False),
        sa.Column("seconds", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_submissions_department_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_submissions_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
    )
    op.create_index(
        "ix_submissions_department_id_fiscal_year",
        "submissions",
        ["department_id", "fiscal_year"],
        unique=False,
    )
    op.create_index("ix_submissions_received_at", "submissions", ["received_at"], unique=False)
    op.create_index("ix_submissions_run_id", "submissions", ["run_id"], unique=False)
    op.create_index("ix_submissions_scope", "submissions", ["scope"], unique=False)
    op.create_index("ix_submissions_status_id", "submissions", ["status", "id"], unique=False)
    op.create_index(
        "uq_submissions_content",
        "submissions",
        ["sha256"],
        unique=True,
        sqlite_where=sa.text("status != 'duplicate'"),
        postgresql_where=sa.text("status != 'duplicate'"),
    )
    op.create_index(
        "uq_submissions_copy",
        "submissions",
        ["sha256", "path"],
        unique=True,
        sqlite_where=sa.text("status = 'duplicate'"),
        postgresql_where=sa.text("status = 'duplicate'"),
    )
    op.create_index(
        "uq_submissions_current",
        "submissions",
        ["slot"],
        unique=True,
        sqlite_where=sa.text("status = 'ok'"),
        postgresql_where=sa.text("status = 'ok'"),
    )
    op.create_index(
        "uq_submissions_version",
        "submissions",
        ["slot", "version"],
        unique=True,
        sqlite_where=sa.text("status IN ('ok', 'superseded')"),
        postgresql_where=sa.text("status IN ('ok', 'superseded')"),
    )
    op.create_table(
        "checks",
        sa.Column("id", Key, nullable=False),
        sa.Column("submission_id", Key, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_checks_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
        sa.UniqueConstraint("submission_id", "position", name=op.f("uq_checks_submission_id_position")),
    )
    op.create_table(
        "documents",
        sa.Column("submission_id", Key, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("report", sa.LargeBinary(), nullable=False),
        sa.Column("verdicts", sa.LargeBinary(), nullable=False),
        sa.Column("characters_in_file", sa.Integer(), nullable=False),
        sa.Column("characters_read", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.Integer(), nullable=False),
        sa.Column("numbers_explained", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_documents_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_documents")),
    )
    op.create_table(
        "facts",
        sa.Column("id", Key, nullable=False),
        sa.Column("submission_id", Key, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("concept", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("period", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=10), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("number", Exact(), nullable=True),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("table_index", sa.Integer(), nullable=True),
        sa.Column("table_row", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_facts_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts")),
        sa.UniqueConstraint("submission_id", "position", name=op.f("uq_facts_submission_id_position")),
    )
    op.create_index("ix_facts_concept_number", "facts", ["concept", "number"], unique=False)
    op.create_table(
        "findings",
        sa.Column("id", Key, nullable=False),
        sa.Column("submission_id", Key, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("stated", sa.Text(), nullable=True),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("calculation", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("department_id", Key, nullable=True),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("state", sa.BigInteger(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=True),
        sa.Column("reviewed_at", Moment(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_findings_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_findings_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("submission_id", "position", name=op.f("uq_findings_submission_id_position")),
    )
    op.create_index(
        "ix_findings_current_department_id",
        "findings",
        ["current", "department", "severity", "id"],
        unique=False,
    )
    op.create_index(
        "ix_findings_current_fiscal_year_id",
        "findings",
        ["current", "fiscal_year", "severity", "id"],
        unique=False,
    )
    op.create_index(
        "ix_findings_current_rule_id", "findings", ["current", "rule", "severity", "id"], unique=False
    )
    op.create_index(
        "ix_findings_current_severity_id", "findings", ["current", "severity", "id"], unique=False
    )
    op.create_index(
        "ix_findings_current_status_id", "findings", ["current", "status", "severity", "id"], unique=False
    )
    op.create_index(
        "ix_findings_facets",
        "findings",
        ["current", "rule", "severity", "status", "fiscal_year"],
        unique=False,
    )
    op.create_index("ix_findings_fingerprint", "findings", ["fingerprint"], unique=False)
    op.create_index("ix_findings_scope_fingerprint", "findings", ["scope", "fingerprint"], unique=False)
    op.create_table(
        "indicators",
        sa.Column("id", Key, nullable=False),
        sa.Column("submission_id", Key, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("project", sa.Text(), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=True),
        sa.Column("subgroup", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("actual", sa.Text(), nullable=True),
        sa.Column("weight", Exact(), nullable=True),
        sa.Column("score", Exact(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("table_index", sa.Integer(), nullable=True),
        sa.Column("table_row", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_indicators_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
        sa.UniqueConstraint("submission_id", "position", name=op.f("uq_indicators_submission_id_position")),
    )
    op.create_table(
        "sections",
        sa.Column("id", Key, nullable=False),
        sa.Column("submission_id", Key, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_sections_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sections")),
        sa.UniqueConstraint("submission_id", "position", name=op.f("uq_sections_submission_id_position")),
    )
    op.create_index("ix_sections_role", "sections", ["role"], unique=False)
    _protect(op.get_bind().dialect.name)


#: what is written once stays: verdicts and the audit trail
APPEND_ONLY = ("verdicts", "audit")


def _protect(dialect: str) -> None:
    if dialect == "postgresql":
        op.execute(
            "CREATE FUNCTION jihe_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
        )
    for table in APPEND_ONLY:
        for action in ("UPDATE", "DELETE"):
            name = f"{table}_no_{action.lower()}"
            body = (
                "EXECUTE FUNCTION jihe_append_only()"
                if dialect == "postgresql"
                else "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
            )
            op.execute(f"CREATE TRIGGER {name} BEFORE {action} ON {table} FOR EACH ROW {body}")
