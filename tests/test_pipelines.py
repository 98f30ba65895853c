"""The main job: idempotent, survives being killed, and no document stops another."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from test_across import OWN

from extractors.readers.legacy import office
from pipelines.across import check_across
from pipelines.files import Found, Search, fingerprint
from pipelines.settings import load_settings
from pipelines.workshop import Line, workshop
from storage.engine import connect
from storage.store import Store

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
#: what a run leaves behind, in an order of its own; ids and times differ from run to run
CONTENT = {
    "v_submissions": "sha256, path, status, version, department, fiscal_year, error_code",
    "v_facts": "department, fiscal_year, concept, value, subject, period, stage, stated",
    "v_flags": "department, fiscal_year, rule, subject, message, status",
    "v_reports": "*",
}
DIFFERS = {"submission_id", "run_id", "received_at", "examined_at", "updated_at", "id"}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for path in sorted(REPORTS.rglob("*.docx"))[:24]:
        shutil.copy(path, folder)
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "空.pdf").write_bytes(b"")
    return folder


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "JIHE_HOME": str(home), "JIHE_WORKERS": "2"}


def jihe(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipelines", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment(home), timeout=180)


def content(place: Path | str) -> dict[str, list[str]]:
    """What is stored in a data folder, or at a database's address."""
    engine = connect(place if isinstance(place, str) else f"sqlite:///{place}/jihe.db")
    with engine.connect() as database:
        found = {
            view: sorted(
                str({name: value for name, value in row._mapping.items() if name not in DIFFERS})
                for row in database.execute(text(f"SELECT {columns} FROM {view}"))
            )
            for view, columns in CONTENT.items()
        }
    engine.dispose()
    return found


def examined(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, year: int | None = None
) -> list[Line]:
    """The same job without Prefect: what the tasks call."""
    monkeypatch.setenv("JIHE_HOME", str(home))
    with workshop(load_settings(workers=2), year) as shop:
        pairs = [
            (Found(path, str(path)), fingerprint(Found(path, str(path)))) for path in sorted(folder.iterdir())
        ]
        run = shop.store.begin_run([str(folder)])
        lines = shop.examine_and_load(run, pairs, shop.intake(pairs))
        shop.store.end_run(run, {})
    return lines


def test_ingesting_twice_changes_nothing_and_says_so(tmp_path: Path, inbox: Path) -> None:
    home = tmp_path / "home"
    first = jihe(home, "ingest", inbox)
    assert first.returncode == 1, first.stderr  # two files are refused
    assert "坏.docx" in first.stderr
    assert "空.pdf" in first.stderr
    before = content(home)
    assert len(before["v_submissions"]) == 26
    second = jihe(home, "ingest", inbox)
    assert "没有新内容" in second.stdout
    assert content(home) == before


def test_a_run_killed_before_its_last_step_leaves_it_to_the_next(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "in"
    folder.mkdir()
    for name in ("青桐县档案馆", "青桐县林业局"):
        said = f"{name}2023年度部门整体支出绩效自评报告\n一、基本情况\n核定编制12人。\n二、主要成效\n{OWN}\n"
        (folder / f"{name}.txt").write_text(said, "utf8")
    assert jihe(home, "ingest", folder).returncode == 0
    before = content(home)
    assert sum("text.copied" in flag for flag in before["v_flags"]) == 2
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    with closing(sqlite3.connect(home / "jihe.db")) as database, database:  # as the kill would have left it
        database.execute("DELETE FROM findings WHERE rule = 'text.copied'")
        database.execute("UPDATE runs SET status = 'running', process = ?", (ended.pid,))
    assert jihe(home, "ingest", folder).returncode == 0
    after = content(home)
    assert after["v_flags"] == before["v_flags"]
    with Store.open(f"sqlite:///{home}/jihe.db", home / "originals") as store:
        assert [run.status for run in store.runs()] == ["done", "mended"]


@pytest.mark.slow
def test_a_killed_run_started_anew_ends_like_an_undisturbed_one(
    tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed, disturbed = tmp_path / "a", tmp_path / "b"
    examined(undisturbed, inbox, monkeypatch)
    run = subprocess.Popen(
        [sys.executable, "-m", "pipelines", "ingest", str(inbox)],
        env=environment(disturbed), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 240
    while stored(disturbed) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert 0 < stored(disturbed) < 26, "the run was to be killed midway"
    assert jihe(disturbed, "ingest", inbox).returncode == 1
    assert content(disturbed) == content(undisturbed)


def stored(home: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{home / 'jihe.db'}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM submissions").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_a_year_is_given_only_to_reports_without_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "青桐县档案馆部门整体支出绩效自评报告\n一、部门基本情况\n核定编制12人。\n", "utf8"
    )
    (folder / "b.txt").write_text(
        "青桐县档案馆2022年度部门整体支出绩效自评报告\n一、部门基本情况\n核定编制12人。\n", "utf8"
    )
    lines = examined(tmp_path / "home", folder, monkeypatch, year=2023)
    assert [line.fiscal_year for line in lines] == [2023, 2022]


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_legacy_files_of_a_chunk_share_starts_and_keep_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four .doc files for two workers are two starts; the broken one among them is quarantined alone, and
    a second run starts nothing."""
    starts, program, folder = tmp_path / "starts", tmp_path / "bin" / "soffice", tmp_path / "in"
    for made in (program.parent, folder):
        made.mkdir()
    program.write_text(f'#!/bin/sh\necho start >> {starts}\nexec {office()} "$@"\n')
    program.chmod(0o755)
    field = REPORTS.parent / "field"
    for path in (*sorted(field.glob("*.doc"))[:3], *sorted(field.glob("*.docx"))[:2]):
        shutil.copy(path, folder)
    (folder / "a04.doc").write_bytes(
        (REPORTS.parent / "habits" / "legacy" / "report.doc").read_bytes()[:9000]
    )
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    lines = examined(tmp_path / "home", folder, monkeypatch)
    assert [Path(line.shown).name for line in lines] == [path.name for path in sorted(folder.iterdir())]
    assert {Path(line.shown).name for line in lines if line.outcome == "quarantined"} == {"a04.doc"}
    assert len(starts.read_text().splitlines()) == 2
    examined(tmp_path / "home", folder, monkeypatch)
    assert len(starts.read_text().splitlines()) == 2


@pytest.mark.slow
def test_the_inbox_is_read_once_and_the_outcome_told(tmp_path: Path) -> None:
    inbox = tmp_path / "home" / "inbox"
    inbox.mkdir(parents=True)
    shutil.copy(REPORTS / "gd-justice-rate.docx", inbox)
    (inbox / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    done = jihe(tmp_path / "home", "schedule", "--once")
    assert done.returncode == 1, done.stderr
    assert "共2份：新读入1份，未能读取1份" in done.stdout
    assert "坏.docx" in done.stderr
    told = jihe(tmp_path / "home", "status").stdout
    assert "读入 完成" in told
    assert "检查原件2份：损坏0份，缺失0份。" in jihe(tmp_path / "home", "verify").stdout


def test_a_look_at_nothing_leaves_nothing_to_back_up(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "还没有数据" in jihe(home, "status").stderr
    done = jihe(home, "backup", tmp_path / "b.tar.gz")
    assert (done.returncode, (tmp_path / "b.tar.gz").exists()) == (2, False)


@pytest.mark.slow
def test_a_dask_cluster_of_two_workers_gives_what_this_machine_gives(
    tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "多份.zip").write_bytes(
        archive(REPORTS / "gd-justice-rate.docx")
    )  # a member has no path elsewhere
    here, spread = tmp_path / "here", tmp_path / "spread"
    monkeypatch.setenv("JIHE_HOME", str(here))
    with Search() as search, workshop(load_settings(workers=2)) as shop:
        pairs = [(file, fingerprint(file)) for file in search.files([inbox])]
        shop.examine_and_load(shop.store.begin_run([]), pairs, shop.intake(pairs))
        check_across(shop.store)
    monkeypatch.setenv("JIHE_DASK_ADDRESS", "local")
    first = jihe(spread, "ingest", inbox)
    assert first.returncode == 1, first.stderr
    assert "27份" in first.stdout
    assert content(spread) == content(here)


def archive(path: Path) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as writer:
        writer.write(path, "子文件夹/报告.docx")
    return made.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_processes_changes_nothing(
    tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setenv("JIHE_HOME", str(tmp_path / "home"))
    with workshop(load_settings(workers=workers)) as shop:
        pairs = [
            (Found(path, str(path)), fingerprint(Found(path, str(path)))) for path in sorted(inbox.iterdir())
        ]
        shop.examine_and_load(shop.store.begin_run([]), pairs, shop.intake(pairs))
    found = content(tmp_path / "home")
    with closing(sqlite3.connect(tmp_path / "home" / "jihe.db")) as database:
        order = [Path(path).name for (path,) in database.execute("SELECT path FROM submissions ORDER BY id")]
        stages = database.execute("SELECT seconds FROM submissions WHERE status = 'ok'").fetchall()
    assert order == sorted(order), "files are stored in the order given, however many processes read"
    assert all(set(json.loads(spent)) >= {"read", "understand", "check"} for (spent,) in stages)
    assert len(found["v_submissions"]) == 26
    told = [
        json.loads(line) for line in (tmp_path / "home" / "log" / "jihe.jsonl").read_text("utf8").splitlines()
    ]
    assert {(line["run"], line["event"]) for line in told} == {(1, "document")}
    assert [line["document"] for line in told] == list(range(1, 27))
    assert sorted(line["code"] for line in told if line["level"] == "warning") == ["corrupt", "corrupt"]
