"""Creating and migrating the database: Alembic behind two functions, no ini file."""

from __future__ import annotations

from dataclasses import dataclass

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from storage.engine import refusal
from storage.views import create_views, drop_views

#: any number that no other program uses: two upgrades of one PostgreSQL database take turns
LOCK = 7_041_968_233


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The revision that a database has, None for a new one, and the one that this version wants."""

    current: str | None
    wanted: str

    @property
    def ready(self) -> bool:
        return self.current == self.wanted


def config(connection: Connection | None = None) -> Config:
    found = Config()
    found.set_main_option("script_location", "storage:migrations")
    found.set_main_option("path_separator", "os")
    found.attributes["connection"] = connection
    return found


def schema_state(engine: Engine) -> SchemaState:
    """Raises Unavailable where the database cannot be read."""
    wanted = ScriptDirectory.from_config(config()).get_current_head()
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise refusal(error) from error
    return SchemaState(current, wanted or "")


def upgrade(engine: Engine) -> SchemaState:
    """Bring the database to this version's tables and views, in one transaction; gives the state
    that it had before. Safe to call at any time and by two at once."""
    before = schema_state(engine)
    if before.ready:
        return before
    try:
        with engine.execution_options(write=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            drop_views(connection)
            command.upgrade(config(connection), "head")
            create_views(connection)
    except DBAPIError as error:
        raise refusal(error) from error
    return before
