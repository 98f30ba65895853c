"""Hostile and broken files: each ends as the contract says, within its limits, and leaves nothing behind."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from extractors.intake import read_document
from extractors.isolation import Limits, Workers
from fixtures.habits.docx import build as word
from schema.document import Document
from schema.errors import NotReadable
from tests import hostile

LIMITS = Limits(seconds=60, megabytes=1500)

HABITS = Path(word.__file__).parents[1]

#: file name, content, the codes that the contract allows for it
BAD: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("炸弹.docx", hostile.bomb, {"too_large"}),
    ("实体膨胀.docx", hostile.entities, {"corrupt"}),
    ("外部实体.docx", hostile.outside, {"corrupt", "no_text"}),
    ("层层嵌套.docx", hostile.nested, {"corrupt", "no_text"}),
    ("截断.docx", lambda: hostile.docx(hostile.paragraph("绩效自评报告" * 500))[:400], {"corrupt"}),
    ("空白.docx", lambda: hostile.docx(hostile.paragraph("")), {"no_text"}),
    ("循环.pdf", hostile.cyclic_pages, {"corrupt", "no_text"}),
    ("三千页.pdf", hostile.blank_pages, {"no_text", "too_large"}),
    ("巨页.pdf", hostile.huge_page, {"no_text", "too_large"}),
    ("截断.pdf", lambda: hostile.blank_pages(5)[:60], {"corrupt"}),
    ("噪点.png", hostile.noise, {"no_text"}),
    ("巨图.png", hostile.swollen_image, {"no_text", "too_large", "corrupt"}),
    ("零字节.docx", lambda: b"", {"corrupt", "no_text"}),
    ("乱码.docx", lambda: bytes(range(256)) * 40, {"unsupported_format", "corrupt"}),
    ("加密.docx", lambda: word.ole("EncryptionInfo", "EncryptedPackage"), {"encrypted"}),
    ("加密.pdf", (HABITS / "pdf" / "locked.pdf").read_bytes, {"encrypted"}),
    ("内藏炸弹.docx", hostile.bomb_within, {"too_large"}),
    ("内藏巨图.docx", hostile.swollen_picture_within, {"too_large", "no_text"}),
    ("自含.docx", hostile.chunk_of_itself, {"no_text", "corrupt"}),
    ("空网页.mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", {"corrupt"}),
    (
        "半个.doc",
        lambda: (HABITS / "legacy" / "report.doc").read_bytes()[:9000],
        {"corrupt", "unsupported_format"},
    ),
    ("半个.xlsx", lambda: (HABITS / "legacy" / "sheet.xlsx").read_bytes()[:3000], {"corrupt"}),
    ("炸弹.xlsx", hostile.bomb_of_cells, {"too_large", "corrupt", "no_text"}),
    ("..名字 很怪\n\t'\";$(x).docx", lambda: b"PK\x03\x04", {"corrupt"}),
]


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    with pytest.MonkeyPatch.context() as patch:
        scratch = tmp_path_factory.mktemp("scratch")
        patch.setenv("TMPDIR", str(scratch))
        patch.setattr(tempfile, "tempdir", str(scratch))
        with Workers(1, LIMITS) as pool:
            yield pool


def read(path: str) -> tuple[Document, int]:
    """The document and the worker's peak memory in bytes."""
    return read_document(Path(path)), peak()


def peak() -> int:
    """The most memory that the worker itself has held, in bytes; ru_maxrss would count its parent's too."""
    status = Path("/proc/self/status").read_text("utf8")
    return int(status.split("VmHWM:")[1].split()[0]) << 10


@pytest.mark.parametrize(("name", "make", "codes"), BAD, ids=[name for name, _, _ in BAD])
def test_a_hostile_file_is_refused(
    tmp_path: Path, workers: Workers, name: str, make: Callable[[], bytes], codes: set[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    started = time.monotonic()
    with pytest.raises(NotReadable) as refusal:
        workers.result(workers.submit(read, str(path)), name)
    assert refusal.value.code in codes
    assert name in refusal.value.message
    assert "hostname" not in refusal.value.message
    assert time.monotonic() - started < LIMITS.seconds
    assert [left.name for left in tmp_path.iterdir()] == [name]
    assert not list(Path(tempfile.gettempdir()).glob("jihe*"))


def test_the_worker_stayed_small(workers: Workers) -> None:
    assert workers.result(workers.submit(peak), "") < LIMITS.megabytes << 20
    children = psutil.Process().children(recursive=True)
    assert not [child for child in children if "soffice" in child.name()]


def test_an_extension_does_not_decide(tmp_path: Path) -> None:
    path = tmp_path / "其实是文档.pdf"
    path.write_bytes(hostile.docx(hostile.paragraph("部门整体支出绩效自评报告")))
    assert read_document(path).source.reader == "docx"
