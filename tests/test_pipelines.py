"""The main job: idempotent, survives being killed, and no document stops another."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.files import Found, fingerprint
from pipelines.settings import load_settings
from pipelines.workshop import Line, workshop

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


def content(home: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(home / "jihe.db")) as database:
        database.row_factory = sqlite3.Row
        return {
            view: sorted(
                str({name: row[name] for name in row.keys() if name not in DIFFERS})  # noqa: SIM118
                for row in database.execute(f"SELECT {columns} FROM {view}")
            )
            for view, columns in CONTENT.items()
        }


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
    deadline = time.monotonic() + 90
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
