"""A store with examined fixtures and the console over it, for the tests of pages, exports and browser."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI

from pipelines.examination import examine
from review.access import hashed
from review.answering import Settings
from review.app import create_app
from schema.examination import Received, Versions
from storage.accounts import Accounts
from storage.store import Store

with warnings.catch_warnings():
    # starlette asks for another HTTP client than the one that is installed; this one still serves
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient as TestClient

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
PASSWORD = "correct horse"
USERS = {"wang": "viewer", "li": "reviewer", "zhao": "reviewer", "zhou": "admin"}
FILES = ("gd-justice-rate.docx", "hn-civil-budget.docx", "gd-transport-sum.pdf", "pt-hubei-score.docx")


def put(store: Store, path: Path, run: int) -> int:
    """Examine and save one file; gives its submission."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    store.originals.keep(path, sha256)
    received = Received(path.name, str(path.absolute()), sha256, path.stat().st_size)
    return store.save(run, received, examine(path), Versions("r1", "b1")).submission


def filled(home: Path, files: Sequence[Path] = (), url: str = "") -> Store:
    """A store of a few fixtures with one user of each role."""
    home.mkdir(parents=True, exist_ok=True)
    store = Store.open(url or f"sqlite:///{home / 'jihe.db'}", home / "originals", upgrade=True)
    word = hashed(PASSWORD)
    for name, role in USERS.items():
        Accounts(store).add(name, role, word, "test")  # type: ignore[arg-type]
    run = store.begin_run(["fixtures"])
    for path in files or [REPORTS / name for name in FILES]:
        put(store, path, run)
    store.end_run(run, {"new": len(files or FILES)})
    return store


def console(
    store: Store, home: Path, received: list[Path] | None = None, logins: str = "1000/minute"
) -> FastAPI:
    taken = received if received is not None else []
    settings = Settings("a secret of the tests", home, home / "uploads", taken.extend, logins=logins)
    return create_app(store, settings)
