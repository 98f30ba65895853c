"""Corrections of wrongly read facts, saved filters, and what keeps lists quick at a million findings."""

import sqlalchemy as sa
from alembic import op

from storage.tables import Key, Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", Key, nullable=False),
        sa.Column("submission_id", Key, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("concept", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("period", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=10), nullable=True),
        sa.Column("read_concept", sa.String(length=60), nullable=False),
        sa.Column("read_value", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_corrections_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index("ix_corrections_submission_id", "corrections", ["submission_id", "id"], unique=False)
    op.create_table(
        "filters",
        sa.Column("id", Key, nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filters")),
        sa.UniqueConstraint("owner", "name", name=op.f("uq_filters_owner_name")),
    )
    op.add_column("documents", sa.Column("as_read", sa.LargeBinary(), nullable=True))
    op.add_column("facts", sa.Column("corrected_by", sa.Text(), nullable=True))
    op.create_index("ix_reports_score_total", "reports", ["score_total"], unique=False)
    op.create_index("ix_reports_rate_total", "reports", ["rate_total"], unique=False)
    postgres = op.get_bind().dialect.name == "postgresql"  # whose function came with the first revision
    body = (
        "EXECUTE FUNCTION jihe_append_only()" if postgres else "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    )
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER corrections_no_{action.lower()} BEFORE {action} ON corrections FOR EACH ROW {body}"
        )
