"""What reviewers and BI tools ask of a large database, each question many times with other values."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from benchmarks.synthetic import YEARS, make
from schema.rules.table import RULES
from storage.records import FlagFilter
from storage.store import Store

TURNS = 40
STATUSES = ("open", "confirmed", "dismissed")
#: name -> SQL over the public view; its parameters are drawn anew for each turn
VIEWS = {
    "department and year": "SELECT * FROM v_flags WHERE department = :department AND fiscal_year = :year AND is_current = TRUE",
    "a rule's errors of a year": "SELECT * FROM v_flags WHERE rule = :rule AND fiscal_year = :year AND severity_rank = 0"
                                 " AND is_current = TRUE ORDER BY finding_id LIMIT 100",
    "open ones, gravest first": "SELECT * FROM v_flags WHERE status = 'open' AND is_current = TRUE"
                                " ORDER BY severity_rank, finding_id LIMIT 100",
    "newest of a status": "SELECT * FROM v_flags WHERE status = :status AND is_current = TRUE ORDER BY finding_id DESC LIMIT 100",
    "a submission": "SELECT * FROM v_flags WHERE submission_id = :submission",
}  # fmt: skip
#: the same through the door that console and command line use: a page and its total
LISTS: dict[str, Callable[[dict[str, Any]], FlagFilter]] = {
    "list of a department": lambda v: FlagFilter(departments=(v["department"],)),
    "list of a rule and year": lambda v: FlagFilter(rules=(v["rule"],), years=(v["year"],)),
    "list of a status": lambda v: FlagFilter(statuses=(v["status"],)),
    "list of everything": lambda v: FlagFilter(),
}


def ask(url: str) -> dict[str, float]:
    """Question -> p95 in milliseconds, the first turn (cold) left out; and the worst of all."""
    chance, found = random.Random(7), {}
    with Store.open(url, Path("/tmp"), upgrade=True) as store, store.reading() as connection:
        names = list(
            connection.execute(text("SELECT name FROM departments ORDER BY id LIMIT 5000")).scalars()
        )

        def values() -> dict[str, Any]:
            return {
                "department": chance.choice(names), "year": chance.choice(YEARS), "rule": chance.choice(RULES[:20]).id,
                "status": chance.choice(STATUSES), "submission": chance.randrange(1, 5 * len(names)),
            }  # fmt: skip

        for name, sql in VIEWS.items():
            found[f"v_flags {name}"] = _p95(lambda v, sql=sql: _rows(connection, sql, v), values)  # type: ignore[misc]
        for name, wanted in LISTS.items():
            found[name] = _p95(lambda v, wanted=wanted: store.flags(wanted(v)), values)  # type: ignore[misc]
    views = [value for name, value in found.items() if name.startswith("v_flags")]
    return {f"{name} p95 ms": value for name, value in found.items()} | {"v_flags worst p95 ms": max(views)}


def made(url: str, count: int) -> dict[str, float]:
    """Fill an empty database first; findings and reports only, since no question here is about facts."""
    make(url, count, with_facts=False)
    return ask(url)


def _rows(connection: Connection, sql: str, values: dict[str, Any]) -> None:
    wanted = {name: value for name, value in values.items() if f":{name}" in sql}
    connection.execute(text(sql), wanted).all()


def _p95(question: Callable[[dict[str, Any]], object], values: Callable[[], dict[str, Any]]) -> float:
    spent = []
    for _ in range(TURNS + 1):
        drawn = values()
        began = time.perf_counter()
        question(drawn)
        spent.append((time.perf_counter() - began) * 1000)
    return round(sorted(spent[1:])[int(TURNS * 0.95)], 1)
