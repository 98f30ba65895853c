"""What happened, one JSON object a line, in log/jihe.jsonl of the data folder: each line names the run and
the document, so that any figure can be followed back to the night it came from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import structlog


class Lines:
    """Appends to a file, opened anew for each line: several processes write whole lines to it at once,
    and logrotate may take it away."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def msg(self, line: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf8") as file:
            file.write(f"{line}\n")

    info = warning = error = msg


def journal(home: Path) -> Any:
    """A structlog logger for this data folder. Its lines carry `at` in UTC, `level` and `event`."""
    return structlog.wrap_logger(
        Lines(home / "log" / "jihe.jsonl"),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(20),
        cache_logger_on_first_use=False,
    )
