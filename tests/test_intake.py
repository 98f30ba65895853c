"""The door: what a file is by its content, and what is said of one that is refused."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from extractors import intake
from extractors.intake import identify, read_data, read_document
from extractors.readers.text import decode
from fixtures.habits.docx import build
from schema.errors import NotReadable


def zipped(**parts: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def typed(main: str) -> bytes:
    return build.archive(
        {"[Content_Types].xml": f'<Types><Override ContentType="application/{main}"/></Types>'}
    )


FIB = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x1000)
FIB_ENCRYPTED = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x1100)
DOCX = build.archive(build.HABITS["grid"])

# what it is, its bytes
CONTENTS: tuple[tuple[str, bytes], ...] = (
    (intake.EMPTY, b""),
    (intake.DOCX, DOCX),
    (intake.DOCX, DOCX[:400]),
    (intake.DOCX, zipped(word__document="").replace(b"word/document", b"word/document")[:60]),
    (intake.DOCM, typed("vnd.ms-word.document.macroEnabled.main+xml")),
    (intake.XLSX, typed("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")),
    (intake.XLSM, typed("vnd.ms-excel.sheet.macroEnabled.main+xml")),
    (intake.PPTX, typed("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")),
    (intake.ODT, zipped(mimetype=intake.ODT)),
    (intake.ODS, zipped(mimetype=intake.ODS)),
    (intake.OFD, build.archive({"OFD.xml": "<OFD/>"})),
    (intake.ZIP, zipped(a="1")),
    (intake.ZIP, b"PK\x03\x04 and nothing more"),
    (intake.DOC, build.ole("WordDocument", content=FIB)),
    (intake.ENCRYPTED, build.ole("WordDocument", content=FIB_ENCRYPTED)),
    (intake.ENCRYPTED, build.ole("EncryptionInfo", "EncryptedPackage")),
    (intake.XLS, build.ole("Workbook")),
    (intake.XLS, build.ole("Book")),
    (intake.OLE, build.ole("PowerPoint Document")),
    ("application/pdf", b"%PDF-1.7\n"),
    ("application/pdf", b"\r\n\0\0%PDF-1.4\n"),
    ("application/rtf", b"{\\rtf1\\ansi}"),
    ("image/jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
    ("image/png", b"\x89PNG\r\n\x1a\n\0\0"),
    ("image/tiff", b"II*\0\x08\0"),
    ("image/webp", b"RIFF\0\0\0\0WEBPVP8 "),
    ("image/bmp", b"BM" + bytes(12) + b"\x28\0\0\0" + bytes(20)),
    ("application/vnd.rar", b"Rar!\x1a\x07\x01\0"),
    ("application/x-7z-compressed", b"7z\xbc\xaf\x27\x1c\0"),
    ("text/html", "<html><body>绩效</body></html>".encode()),
    ("text/html", '\ufeff<?xml version="1.0"?>\n<!DOCTYPE html><html>'.encode()),
    ("text/html", '<html xmlns:o="urn:schemas-microsoft-com:office:office">自评'.encode("gbk")),
    (intake.MHTML, b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n"),
    (intake.WORD_XML, b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>'),
    (intake.WORD_XML, b'<?xml version="1.0"?><pkg:package xmlns:pkg="x">'),
    (intake.EXCEL_XML, b'<?xml version="1.0"?><Workbook xmlns="x">'),
    ("text/xml", b'<?xml version="1.0"?><data/>'),
    ("text/plain", "一、部门概况".encode()),
    ("text/plain", "一、部门概况".encode("gbk")),
    ("text/plain", "BM指标说明，共三项，均已完成。".encode()),
    (intake.UNKNOWN, b"\x00\x01\x02\x03\xff\xfe\xfd" * 50),
)

REFUSED: tuple[tuple[str, bytes, str, str], ...] = (
    ("空.docx", b"", "corrupt", "0字节"),
    ("断.docx", b"PK\x03\x04 and nothing more", "corrupt", "不完整"),
    ("密.doc", build.ole("EncryptionInfo", "EncryptedPackage"), "encrypted", "密码"),
    ("包.zip", zipped(a="1"), "unsupported_format", "解压"),
    ("版式.ofd", build.archive({"OFD.xml": "<OFD/>"}), "unsupported_format", "OFD"),
    ("噪声.pdf", b"\x00\x01\x02\x03\xff\xfe\xfd" * 50, "unsupported_format", "无法识别"),
    ("白.txt", b" \r\n\r\n", "no_text", "没有文字"),
)

LINES = "2023年预算147.89万元\r\n\r\n　　执行率97.23%"

# encoding, what stands before the text
ENCODINGS = ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be")


# named by position: a ZIP's bytes hold the second at which it was made, and two workers must collect alike
@pytest.mark.parametrize(("media_type", "data"), CONTENTS, ids=range(len(CONTENTS)))
def test_content_decides_whatever_the_name(media_type: str, data: bytes) -> None:
    assert identify(data, "报告.docx") == identify(data, "x") == media_type


@pytest.mark.parametrize(("name", "data", "code", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_a_refusal_names_the_file_and_the_reason(name: str, data: bytes, code: str, reason: str) -> None:
    with pytest.raises(NotReadable) as refused:
        read_data(data, name)
    assert refused.value.code == code
    assert f"“{name}”" in refused.value.message
    assert reason in refused.value.message


def test_each_refused_type_is_not_read_and_the_reverse() -> None:
    assert not set(intake.READERS) & set(intake.REFUSALS)


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大.txt"
    path.write_text("绩效" * 100, encoding="utf-8")
    monkeypatch.setattr(intake, "MAX_BYTES", 100)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("opened"))
    with pytest.raises(NotReadable) as refused:
        read_document(path)
    assert refused.value.code == "too_large"


def test_a_document_knows_its_source(tmp_path: Path) -> None:
    path = tmp_path / "错误的后缀.pdf"
    path.write_bytes(DOCX)
    source = read_document(path).source
    assert (source.name, source.reader, source.media_type) == (path.name, "docx", intake.DOCX)
    assert len(source.sha256) == 64


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_reads_in_each_encoding(encoding: str) -> None:
    document = read_data(LINES.encode(encoding), "a.txt")
    assert [block.text for block in document.blocks] == ["2023年预算147.89万元", "　　执行率97.23%"]
    assert document.ledger.in_file == document.ledger.read == 24


def test_bytes_that_are_no_text_decode_to_nothing() -> None:
    assert decode(bytes(range(256)) * 20) is None


def test_html_keeps_paragraphs_and_spans() -> None:
    page = """<html><head><title>不读</title><style>p{}</style></head><body>
      <h1>自评报告</h1><p align=center>预算<b>147.89</b>
      万元<br>第二行</p><p style="display:none">暗</p>
      <table><tr><td rowspan=2>指标</td><td>甲<table><tr><td>内</td></tr></table></td></tr>
      <tr><th>乙</th></tr></table>尾</body></html>"""
    document = read_data(page.encode("gbk"), "报告.doc")
    assert [(b.kind, b.text, b.level, b.hidden) for b in document.blocks] == [
        ("paragraph", "自评报告", 1, False),
        ("paragraph", "预算147.89 万元\n第二行", None, False),
        ("paragraph", "暗", None, True),
        ("cell", "指标", None, False),
        ("cell", "甲", None, False),
        ("cell", "内", None, False),
        ("cell", "乙", None, False),
        ("paragraph", "尾", None, False),
    ]
    outer, inner = document.tables
    assert [(c.row, c.col, c.rowspan, c.colspan) for c in outer.cells] == [
        (0, 0, 2, 1),
        (0, 1, 1, 1),
        (1, 1, 1, 1),
    ]
    assert inner.parent == 4
    assert document.ledger.in_file == document.ledger.read
