"""The report of a department's year by its leading document: what rankings of facts are joined by."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_index("ix_reports_submission_id", "reports", ["submission_id"], unique=False)
    op.execute("ANALYZE")
