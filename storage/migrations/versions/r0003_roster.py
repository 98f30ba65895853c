"""The roster of departments that must report and the bureau's own ledger."""

import sqlalchemy as sa
from alembic import op

from storage.tables import Key, Moment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "roster",
        sa.Column("id", Key, nullable=False),
        sa.Column("department_id", sa.BigInteger(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_roster_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
    )
    op.create_index("ix_roster_department_id", "roster", ["department_id"], unique=False)
    op.create_table(
        "ledger",
        sa.Column("id", Key, nullable=False),
        sa.Column("department_id", sa.BigInteger(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("concept", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_ledger_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    op.create_index(
        "ix_ledger_department_id_fiscal_year", "ledger", ["department_id", "fiscal_year"], unique=False
    )
