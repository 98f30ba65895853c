"""The store for one command, with what can go wrong said in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from pipelines.settings import Settings
from storage.engine import Unavailable
from storage.records import Changed, Missing
from storage.store import Store


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """Raises click.ClickException where the database cannot be used or lacks what was asked for."""
    try:
        with Store.open(settings.database_url, settings.originals) as store:
            yield store
    except (Unavailable, Missing, Changed) as error:
        raise click.ClickException(str(error)) from error
