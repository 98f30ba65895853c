"""Alembic's entry: runs on the connection that storage.migration hands over."""

from alembic import context

from storage.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    transactional_ddl=False,
)
context.run_migrations()
