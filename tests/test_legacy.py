"""Legacy formats read the same as their modern twins."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.intake import read_data, read_document
from extractors.readers import legacy
from fixtures.habits.legacy.build import HERE, PARAGRAPHS, ROWS
from schema.errors import NotReadable

needs_office = pytest.mark.skipif(legacy.office() is None, reason="LibreOffice is not installed")


@needs_office
@pytest.mark.parametrize("name", ["report.doc", "report.wps", "report.rtf", "report.odt"])
def test_a_legacy_report_keeps_text_and_table(name: str) -> None:
    document = read_document(HERE / name)
    assert document.source.reader == "legacy"
    assert [block.text for block in document.paragraphs()] == list(PARAGRAPHS)
    assert [document.cell_text(0, row, col) for row in range(3) for col in range(3)] == [
        text for row in ROWS for text in row
    ]


@pytest.mark.parametrize("name", ["sheet.xlsx", "sheet.xls", "sheet.et"])
def test_a_sheet_shows_what_its_formats_show(name: str) -> None:
    document = read_document(HERE / name)
    assert [document.cell_text(0, 1, col) for col in range(4)] == ["基本支出", "260.00", "241.26", "92.79%"]
    assert [(table.name, table.hidden) for table in document.tables] == [("执行情况", False), ("底稿", True)]


def test_without_libreoffice_the_reason_is_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "office", lambda: None)
    with pytest.raises(NotReadable, match=r"report\.doc.*LibreOffice") as refusal:
        read_document(HERE / "report.doc")
    assert refusal.value.code == "unsupported_format"


def test_a_hanging_conversion_is_killed_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 300 & echo $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr(legacy, "office", lambda: str(program))
    monkeypatch.setattr(legacy, "SECONDS_TO_START", 1)
    monkeypatch.setattr(legacy, "SECONDS_A_FILE", 0)
    with pytest.raises(NotReadable) as refusal:
        read_document(HERE / "report.doc")
    assert refusal.value.code == "timeout"
    child = int((tmp_path / "child").read_text())
    stat = Path(f"/proc/{child}/stat")
    assert not stat.exists() or stat.read_text().split(")")[1].split()[0] == "Z"


@needs_office
def test_one_broken_file_does_not_stop_the_others_of_one_start() -> None:
    good = (HERE / "report.rtf").read_bytes()
    done = legacy.convert({"好": (good, ".rtf"), "坏": (b"\xd0\xcf\x11\xe0" + b"x" * 600, ".doc")})
    assert "好" in done


def test_a_compound_file_without_its_directory_is_not_read_as_text() -> None:
    with pytest.raises(NotReadable) as refusal:
        read_data(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "报告.doc")
    assert refusal.value.code == "corrupt"


def test_each_start_has_a_profile_of_its_own_without_macros(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, seen = tmp_path / "soffice", tmp_path / "seen"
    program.write_text(
        '#!/bin/sh\nfor given in "$@"; do case $given in -env:UserInstallation=file://*) '
        f'echo "$given" >> {seen}; cat "${{given#-env:UserInstallation=file://}}/user/registrymodifications.xcu" >> {seen};; '
        "esac; done\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(legacy, "office", lambda: str(program))
    for _ in range(2):
        assert legacy.convert({"甲": (b"{\\rtf1 }", ".rtf")}) == {}
    told = seen.read_text()
    assert len({line for line in told.splitlines() if line.startswith("-env")}) == 2
    for setting in ("MacroSecurityLevel", "DisableMacrosExecution", "DisableActiveContent"):
        assert told.count(f'name="{setting}"') == 2
    assert not list(tmp_path.glob("jihe-office-*"))


def test_a_web_page_under_a_words_name_is_read_as_what_it_is() -> None:
    page = "<html xmlns:w='urn:schemas-microsoft-com:office:word'><body><p>执行率97.23%</p></body></html>"
    document = read_data(page.encode("gb18030"), "自评报告.doc")
    assert document.source.reader == "html"
    assert [block.text for block in document.blocks] == ["执行率97.23%"]
