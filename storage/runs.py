"""Runs that ended before their last step: killed, or broken off by an error."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from storage.tables import Run

#: a run of another machine that says "running" for so long is gone
LONGEST = timedelta(days=1)


def undone(connection: Connection, run: int) -> list[int]:
    """The runs before this one whose last step, the rules across reports, is still to be done.

    Those that still say "running" and whose process is gone say "broken" from now on.
    """
    listed = connection.execute(
        select(Run.id, Run.status, Run.host, Run.process, Run.started_at)
        .where(Run.id < run, Run.status.in_(("running", "failed", "broken")))
        .order_by(Run.id)
    ).all()
    gone = [row.id for row in listed if row.status == "running" and not _alive(row)]
    if gone:
        connection.execute(
            update(Run).where(Run.id.in_(gone)).values(status="broken", message="运行中断，没有做完")
        )
    return [row.id for row in listed if row.status != "running" or row.id in gone]


def mend(connection: Connection, runs: list[int]) -> None:
    """Their last step was done by a later run."""
    connection.execute(update(Run).where(Run.id.in_(runs)).values(status="mended"))


def _alive(row: Row[Any]) -> bool:
    began = row.started_at if row.started_at.tzinfo else row.started_at.replace(tzinfo=UTC)
    if datetime.now(UTC) - began > LONGEST:
        return False
    if row.host != socket.gethostname():
        return True
    if row.process == os.getpid():  # in a container every process has the same number
        return False
    try:
        os.kill(row.process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
