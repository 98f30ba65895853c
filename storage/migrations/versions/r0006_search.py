"""The index of the findings' messages (storage.searching), in place of one that held them whole."""

from alembic import op

from storage import searching

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.drop_index("ix_findings_current_message", "findings")
    searching.create_index(connection)
    op.execute("ANALYZE")
