"""Several legacy files in one start of LibreOffice; one that breaks it costs the others nothing."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from extractors.conversion import convert_together, may_be_legacy
from extractors.isolation import Limits, Workers
from extractors.readers import legacy
from fixtures.habits.legacy.build import HERE
from pipelines.conversions import submitted
from pipelines.examination import examine, examine_all
from schema.errors import NotReadable
from schema.examination import Examined

needs_office = pytest.mark.skipif(legacy.office() is None, reason="LibreOffice is not installed")

#: converts by copying a .docx; hangs or dies of files that say so, and writes a line a start
OFFICE = """#!{python}
import os, pathlib, shutil, sys, time
pathlib.Path({log!r}).open("a").write("start\\n")
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
for name in sys.argv[sys.argv.index("--outdir") + 2:]:
    content = pathlib.Path(name).read_bytes()
    if b"hang" in content:
        time.sleep(60)
    if b"half" in content:
        (out / pathlib.Path(name).with_suffix(".docx").name).write_bytes(b"PK half")
        os.abort()
    if b"refused" not in content:
        shutil.copy({docx!r}, out / pathlib.Path(name).with_suffix(".docx").name)
"""


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A stand-in for LibreOffice; gives how often it was started."""
    log, program = tmp_path / "starts", tmp_path / "soffice"
    docx = str(HERE.parent / "docx" / "chunk.docx")
    program.write_text(OFFICE.format(python=sys.executable, log=str(log), docx=docx))
    program.chmod(0o755)
    monkeypatch.setattr(legacy, "office", lambda: str(program))
    monkeypatch.setattr(legacy, "SECONDS_TO_START", 1)
    monkeypatch.setattr(legacy, "SECONDS_A_FILE", 1)
    return lambda: len(log.read_text().splitlines())


def files(folder: Path, *contents: str) -> list[Path]:
    made = []
    for at, content in enumerate(contents):
        made.append(folder / f"{at}.rtf")
        made[-1].write_bytes(b"{\\rtf1 " + content.encode() + b"}")
    return made


@pytest.mark.parametrize(
    ("contents", "missing", "expected"),
    [
        (("a", "b", "c"), [], 1),
        (("a", "refused", "c"), [1], 1),
        (("a", "hang", "c", "d"), [1], 2),
        (("half", "b", "c"), [0], 2),
        (("a", "b", "hang", "d"), [2, 3], 1),  # one file left over gains nothing by a batch
    ],
)
def test_a_file_that_breaks_a_batch_is_left_for_later(
    tmp_path: Path, starts, contents: tuple[str, ...], missing: list[int], expected: int
) -> None:
    into = tmp_path / "out"
    into.mkdir()
    paths = files(tmp_path, *contents)
    done = convert_together(paths, into)
    assert [at for at, path in enumerate(paths) if path not in done] == missing
    assert starts() == expected
    assert all(converted.read_bytes()[:4] == b"PK\x03\x04" for converted in done.values())


def test_what_may_be_legacy_is_seen_by_its_first_bytes() -> None:
    names = ["report.doc", "report.wps", "report.rtf", "report.odt"]
    assert all(may_be_legacy(HERE / name) for name in names)
    assert not any(may_be_legacy(HERE / name) for name in ("sheet.xlsx", "all.zip", "missing.doc"))


def test_a_workbook_is_not_converted(tmp_path: Path, starts) -> None:
    assert convert_together([HERE / "sheet.xls", HERE / "report.rtf"], tmp_path) == {}


def test_a_lost_batch_leaves_each_file_to_itself(tmp_path: Path) -> None:
    """The worker that converts is killed: every file is still handed on, without a converted one."""
    paths = files(tmp_path, "a", "b")

    def submit(at: int, converted: Path | None) -> Any:
        return at, converted

    with (
        Workers(1, Limits(seconds=0.001)) as workers,
        closing(submitted(paths, submit, workers, 1)) as given,
    ):
        assert list(given) == [(0, None), (1, None)]


@needs_office
@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_starts_libreoffice_once_a_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    """Five legacy files among others: one start a worker, and the broken one is refused alone."""
    log, wrapper = tmp_path / "starts", tmp_path / "bin" / "soffice"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\necho start >> {log}\nexec {legacy.office()} "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    field = HERE.parent.parent / "field"
    paths = [
        shutil.copy(path, tmp_path / path.name)
        for path in (*sorted(field.glob("*.doc"))[:4], *sorted(field.glob("*.docx"))[:2])
    ]
    broken = tmp_path / "坏.doc"
    broken.write_bytes((HERE / "report.doc").read_bytes()[:9000])
    paths.insert(1, broken)
    results = list(examine_all([(path, path.name) for path in paths], workers=workers))
    assert [isinstance(result, Examined) for result in results] == [True, False, *[True] * 5]
    assert isinstance(results[1], NotReadable)
    assert len(log.read_text().splitlines()) == workers
    alone = examine(paths[0])
    assert isinstance(alone, Examined)
    assert isinstance(results[0], Examined)
    assert results[0].report.facts == alone.report.facts
    assert not list(tmp_path.glob("jihe-*"))
