"""Faults while a run is going on: nothing is lost, nothing is doubled, and the next run ends the work.

JIHE_FAULTS=50 kills a run at fifty random moments (`make faults`); a plain test run does a few.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from papers import examined, received
from sqlalchemy import text
from sqlalchemy.engine import make_url
from test_across import OWN
from test_pipelines import content
from test_storage import DATABASES, POSTGRES

from extractors.isolation import Workers
from pipelines.across import check_across
from pipelines.examination import examine_packed
from pipelines.files import Found, fingerprint
from pipelines.settings import load_settings
from pipelines.versions import versions
from pipelines.workshop import Line, Workshop, workshop
from schema.examination import Versions
from storage import store as storing
from storage.engine import Unavailable, connect
from storage.store import Store

FIXTURES = Path(__file__).parent.parent / "fixtures" / "reports"
KILLS = int(os.environ.get("JIHE_FAULTS", "3"))
V1 = Versions("reader", "rules")

#: one run in a process of its own, as the flow does it: chunks of ten, no server to wait for
RUN = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_faults import ingest_here
ingest_here(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def ingest_here(home: Path, inbox: Path, chunk: int = 10, found: Workshop | None = None) -> list[Line]:
    """The flow's loop over an inbox; makes its own workshop where none is given."""
    if found is None:
        os.environ["JIHE_HOME"] = str(home)
        with workshop(load_settings(workers=2)) as shop:
            return ingest_here(home, inbox, chunk, shop)
    files = [Found(path, str(path)) for path in sorted(inbox.iterdir())]
    run, lines = found.store.begin_run([str(inbox)]), []
    for start in range(0, len(files), chunk):
        pairs = [(file, fingerprint(file)) for file in files[start : start + chunk]]
        lines += found.examine_and_load(run, pairs, found.intake(pairs))
    check_across(found.store)
    found.store.end_run(run, {})
    return lines


@contextmanager
def shop_at(home: Path, workers: Workers | None = None) -> Iterator[Workshop]:
    """A workshop on a data folder; `workers` may be borrowed, since starting them takes seconds."""
    settings = replace(load_settings(), home=home, database_url=f"sqlite:///{home}/jihe.db", workers=2)
    if workers is None:
        with workshop(settings) as shop:
            yield shop
        return
    with Store.open(settings.database_url, settings.originals, upgrade=True) as store:
        yield Workshop(settings, store, workers, versions("", home))


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2) as pool:
        yield pool


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Twenty reports, and in each ten one that poisons its reader."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number, path in enumerate(sorted(FIXTURES.glob("*-clean.docx"))[:18]):
        shutil.copy(path, folder / f"{number:02}.docx")
    (folder / "05-坏.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "15-坏.pdf").write_bytes(b"%PDF-1.7 broken")
    return folder


@pytest.mark.slow
def test_a_run_killed_at_random_moments_loses_and_doubles_nothing(tmp_path: Path, inbox: Path) -> None:
    """SIGKILL to the whole run, again and again over the same data folder; then one run to the end."""
    chance = random.Random(int(os.environ.get("JIHE_SEED", "20250101")))
    whole = tmp_path / "whole"
    command = [sys.executable, "-c", RUN.format(tests=str(Path(__file__).parent))]
    began = time.monotonic()
    subprocess.run([*command, str(whole), str(inbox)], check=True)
    length = time.monotonic() - began
    midway = 0
    for turn in range(KILLS):
        home = tmp_path / f"killed-{turn // 5}"  # five kills over one folder, then a fresh one
        run = subprocess.Popen(
            [*command, str(home), str(inbox)], stderr=subprocess.DEVNULL, start_new_session=True
        )
        if turn % 5 < 4:  # after so many reports more, at any moment of the next one
            _wait_for(run, home, _count(home) + chance.randrange(5))
            time.sleep(chance.uniform(0, 0.1))
        else:  # at any moment: while the workers start, too; last, for it may let the run end
            time.sleep(chance.uniform(0, 1) * length)
        with suppress(ProcessLookupError):  # it was done already
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        midway += 0 < _count(home) < 20
        assert _sound(home)
        if turn % 5 == 4 or turn == KILLS - 1:
            subprocess.run([*command, str(home), str(inbox)], check=True)
            assert content(home) == content(whole)
            with Store.open(f"sqlite:///{home}/jihe.db", home / "originals") as store:
                assert list(store.originals.damaged()) == []
    print(f"{midway} of {KILLS} kills came midway")
    assert midway >= KILLS // 2, f"only {midway} of {KILLS} kills came midway"


def _wait_for(run: subprocess.Popen[bytes], home: Path, count: int) -> None:
    """Until more than so many reports are stored, or the run has ended."""
    while run.poll() is None and _count(home) <= count:
        time.sleep(0.01)


def _count(home: Path) -> int:
    try:
        with closing(sqlite3.connect(home / "jihe.db")) as database:
            return int(database.execute("SELECT count(*) FROM submissions").fetchone()[0])
    except sqlite3.OperationalError:  # killed before the tables were there
        return 0


def _sound(home: Path) -> bool:
    """The file is whole, and every report that is there is there with all its parts."""
    if not (home / "jihe.db").exists():
        return True
    with closing(sqlite3.connect(home / "jihe.db")) as database:
        whole = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'papers'").fetchone():
            return whole
        torn = database.execute(
            "SELECT count(*) FROM submissions s LEFT JOIN papers p ON p.submission_id = s.id"
            " WHERE s.status = 'ok' AND p.submission_id IS NULL"
        ).fetchone()[0]
    return whole and torn == 0


def _dies(path: Path, profile: str, home: Path | None, name: str, *others: Any) -> object:
    """A reader that a document kills, as a fault in a C library does; others go on."""
    if name.startswith("poison"):
        os.kill(os.getpid(), signal.SIGKILL)
    return examine_packed(path, profile, home, name, *others)


@pytest.mark.slow
def test_a_poisoned_document_in_every_chunk_ends_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: Workers
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    sources = sorted(FIXTURES.glob("*-clean.docx"))[:9]
    for number, path in enumerate(sources):
        shutil.copy(path, folder / f"{number}.docx")
    for number in range(3):
        (folder / f"poison-{number}.docx").write_bytes(f"poison {number}".encode())
    order = ["0", "1", "poison-0", "2", "3", "4", "poison-1", "5", "6", "7", "poison-2", "8"]
    monkeypatch.setattr("pipelines.workshop.examine_packed", _dies)
    with shop_at(tmp_path / "home", workers) as shop:
        run, lines = shop.store.begin_run([]), []
        for start in range(0, 12, 4):  # a poison in each chunk of four
            files = [
                Found(folder / f"{name}.docx", str(folder / f"{name}.docx"))
                for name in order[start : start + 4]
            ]
            pairs = [(file, fingerprint(file)) for file in files]
            lines += shop.examine_and_load(run, pairs, shop.intake(pairs))
    refused = [Path(line.shown).stem for line in lines if line.outcome == "quarantined"]
    assert refused == ["poison-0", "poison-1", "poison-2"]
    assert sum(line.outcome == "new" for line in lines) == 9


@pytest.mark.slow
def test_the_database_gone_in_the_middle(
    tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch, workers: Workers
) -> None:
    """From the seventh save on the file cannot be opened; when it is back, the next run ends the work."""
    with shop_at(tmp_path / "whole", workers) as shop:
        ingest_here(tmp_path, inbox, found=shop)
    home, saves = tmp_path / "home", 0
    original = storing.saving.save

    def failing(*arguments: object) -> object:
        nonlocal saves
        saves += 1
        if saves == 7:
            (home / "jihe.db").rename(home / "away.db")
            raise sqlite_gone()
        return original(*arguments)  # type: ignore[arg-type]

    def sqlite_gone() -> Exception:
        from sqlalchemy.exc import OperationalError

        return OperationalError("save", None, sqlite3.OperationalError("unable to open database file"))

    monkeypatch.setattr("storage.saving.save", failing)
    with shop_at(home, workers) as shop, pytest.raises(Unavailable, match="打不开数据库"):
        ingest_here(home, inbox, found=shop)
    (home / "away.db").rename(home / "jihe.db")
    monkeypatch.setattr("storage.saving.save", original)
    assert _count(home) == 6
    with shop_at(home, workers) as shop:
        lines = ingest_here(home, inbox, found=shop)
    assert (
        sum(line.outcome == "unchanged" for line in lines)
        + sum(line.outcome == "quarantined" for line in lines)
        >= 6
    )
    assert content(home) == content(tmp_path / "whole")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("mounting a tmpfs needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk_loses_nothing(tmp_path: Path, inbox: Path, small_disk: Path, workers: Workers) -> None:
    with shop_at(small_disk, workers) as shop, pytest.raises((OSError, Unavailable)):
        ingest_here(small_disk, inbox, found=shop)
    assert _sound(small_disk)
    assert not list((small_disk / "originals").glob("*/.part-*")), "no half original stays"
    home = tmp_path / "larger"
    shutil.copytree(small_disk, home)
    with shop_at(home, workers) as shop:
        ingest_here(home, inbox, found=shop)
        assert list(shop.store.originals.damaged()) == []
    with shop_at(tmp_path / "whole", workers) as shop:
        ingest_here(tmp_path, inbox, found=shop)
    assert content(home) == content(tmp_path / "whole")


@pytest.mark.slow
def test_a_file_that_may_grow_no_further_loses_nothing(tmp_path: Path, inbox: Path, workers: Workers) -> None:
    """The kernel's limit for a file's size, as a quota sets it: it needs no root, and every write after it fails."""
    home = tmp_path / "home"
    command = [sys.executable, "-c", RUN.format(tests=str(Path(__file__).parent)), str(home), str(inbox)]
    limit = 1400 << 10  # the journal of a third of the reports
    done = subprocess.run(
        command, stderr=subprocess.PIPE, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.returncode != 0
    assert "storage.engine.Unavailable" in done.stderr, done.stderr[-500:]
    stored = _count(home)
    assert 0 < stored < 20, stored
    assert _sound(home)
    with shop_at(home, workers) as shop:
        ingest_here(home, inbox, found=shop)
        assert list(shop.store.originals.damaged()) == []
    with shop_at(tmp_path / "whole", workers) as shop:
        ingest_here(tmp_path, inbox, found=shop)
    assert content(home) == content(tmp_path / "whole")


@pytest.fixture(params=DATABASES)
def two_databases(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Addresses of two empty databases of one kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/both/jihe.db", f"sqlite:///{tmp_path}/one/jihe.db"
    if not POSTGRES:
        pytest.skip("JIHE_TEST_POSTGRES names no database")
    engine = connect(POSTGRES).execution_options(isolation_level="AUTOCOMMIT")
    found = []
    with engine.connect() as connection:
        for name in ("jihe_both", "jihe_one"):
            connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
            connection.execute(text(f"CREATE DATABASE {name}"))
            found.append(make_url(POSTGRES).set(database=name).render_as_string(hide_password=False))
    engine.dispose()
    return found[0], found[1]


@pytest.mark.slow
def test_two_schedulers_at_once_give_what_one_gives(
    tmp_path: Path, inbox: Path, two_databases: tuple[str, str]
) -> None:
    """Two processes over the same inbox, data folder and database, started together."""
    shutil.copy(inbox / "00.docx", inbox / "16-又.docx")  # the same content twice, and a copied text
    for name in ("青桐县档案馆", "青桐县林业局"):
        said = (
            f"{name}2023年度部门整体支出绩效自评报告\n一、部门基本情况\n核定编制12人。\n二、主要成效\n{OWN}\n"
        )
        (inbox / f"{name}.txt").write_text(said, "utf8")
    both, one = two_databases

    def started(url: str, home: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", RUN.format(tests=str(Path(__file__).parent)), str(tmp_path / home)]
        return subprocess.Popen([*command, str(inbox)], env={**os.environ, "JIHE_DATABASE_URL": url})

    runs = [started(both, "both") for _ in range(2)]
    assert [run.wait(timeout=240) for run in runs] == [0, 0]
    assert started(one, "one").wait(timeout=240) == 0
    found = content(both)
    assert found == content(one)
    assert any("text.copied" in flag for flag in found["v_flags"])


def test_a_clock_moved_back_changes_no_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Versions and verdicts go by arrival, not by the time of day."""
    clock = [datetime(2025, 6, 1, tzinfo=UTC)]

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return clock[0]

    for module in ("storage.saving", "storage.store", "storage.reviewing"):
        monkeypatch.setattr(f"{module}.datetime", Clock)
    with Store.open(f"sqlite:///{tmp_path}/jihe.db", tmp_path, upgrade=True) as store:
        store.save(store.begin_run([]), received("a"), examined("a"), V1)
        flag = store.flags().rows[0]
        store.review(flag.id, "confirmed", "李敏")
        clock[0] = datetime(2020, 1, 1, tzinfo=UTC)
        later = store.save(store.begin_run([]), received("b"), examined("b", spending="200"), V1)
        assert (later.outcome, later.version) == ("version", 2)
        store.review(store.flags().rows[0].id, "dismissed", "王强")
        assert [flag.status for flag in store.flags().rows] == ["dismissed"]
        assert [run.id for run in store.runs()] == [2, 1]


@pytest.mark.postgres
def test_postgres_killed_connections_are_an_answer(tmp_path: Path) -> None:
    """Every connection cut by the server in the middle of a run: a clear error, then the work goes on."""
    url = POSTGRES
    if not url:
        pytest.skip("JIHE_TEST_POSTGRES names no database")
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
               " AND backend_type = 'client backend'")  # fmt: skip
    with Store.open(url, tmp_path, upgrade=True) as store:
        run = store.begin_run([])
        store.save(run, received("a"), examined("a"), V1)

        def work(connection: object) -> None:
            with engine.connect() as other:
                other.execute(cut)
            connection.execute(text("SELECT 1"))  # type: ignore[attr-defined]

        with pytest.raises(Unavailable):
            store.writing(work)
        assert store.save(run, received("b"), examined("b", department="乙县民政局"), V1).outcome == "new"
        assert store.save(run, received("a"), examined("a"), V1).outcome == "unchanged"
    engine.dispose()
