"""ZIP archives: names, nesting, and what must not get out of hand."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from extractors.readers.archive import ArchiveLimits, unpack
from schema.errors import NotReadable


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return sink.getvalue()


def gbk_named(name: str, content: bytes) -> bytes:
    """A ZIP as Chinese Windows tools write it: GBK bytes for the name and no UTF-8 flag."""
    placeholder = "x" * len(name.encode("gbk"))
    return zipped((placeholder, content)).replace(placeholder.encode(), name.encode("gbk"))


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def put(folder: Path, data: bytes) -> Path:
    path = folder / "报送.zip"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (zipped(("甲/一.txt", b"1"), ("二.txt", b"2")), {"甲/一.txt": b"1", "二.txt": b"2"}),
        (gbk_named("县财政局.txt", b"3"), {"县财政局.txt": b"3"}),
        (zipped(("__MACOSX/._a", b""), ("~$草稿.docx", b""), ("Thumbs.db", b""), ("a.txt", b"1")), {"a.txt": b"1"}),
        (zipped(("里.zip", zipped(("深.txt", b"4")))), {"里.zip/深.txt": b"4"}),
        (zipped(("../../逃.txt", b"5")), {"../../逃.txt": b"5"}),
    ],
)  # fmt: skip
def test_members_are_given_by_name(tmp_path: Path, data: bytes, expected: dict[str, bytes]) -> None:
    into = tmp_path / "into"
    members = unpack(put(tmp_path, data), into)
    assert {m.name: m.path.read_bytes() for m in members if m.path} == expected
    assert all(into in m.path.resolve().parents for m in members if m.path)


DEEP = zipped(("1.zip", zipped(("2.zip", zipped(("3.zip", zipped(("x.txt", b"x"))))))))
REFUSED = [
    (zipped((link("别处"), b"/etc/passwd"), ("好.txt", b"1")), "unsupported_format"),
    (zipped(("炸弹.txt", b"0" * 300_000), ("好.txt", b"1")), "too_large"),
    (zipped(("坏.zip", b"PK\x05\x06" + b"\x00" * 18 + b"PK\x03\x04"), ("好.txt", b"1")), None),
    (DEEP, "too_large"),
]


@pytest.mark.parametrize(("data", "code"), REFUSED, ids=range(len(REFUSED)))
def test_a_bad_member_leaves_the_others(tmp_path: Path, data: bytes, code: str | None) -> None:
    limits = ArchiveLimits(ratio=50, ratio_from=100_000)
    members = unpack(put(tmp_path, data), tmp_path / "into", limits)
    assert [m.refusal.code for m in members if m.refusal] == ([code] if code else [])
    assert ("好.txt" in [m.name for m in members if m.path]) is (data is not DEEP)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"no archive"])
def test_a_broken_archive_is_refused_with_its_name(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NotReadable, match=r"报送\.zip") as refusal:
        unpack(put(tmp_path, data), tmp_path / "into")
    assert refusal.value.code == "corrupt"


def test_a_swollen_member_leaves_no_file_behind(tmp_path: Path) -> None:
    limits = ArchiveLimits(member_bytes=1_000)
    unpack(put(tmp_path, zipped(("大.txt", b"0" * 5_000))), tmp_path / "into", limits)
    assert not [path for path in (tmp_path / "into").rglob("*") if path.is_file()]
