"""Documents within a Word file, and pages pasted into one as pictures."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from extractors.intake import read_data
from extractors.readers import embedded
from extractors.readers.render import page_image
from fixtures.habits.docx import build
from schema.document import Document
from schema.errors import NotReadable

HABITS = Path(build.__file__).parents[1]
CHUNK = '<w:altChunk r:id="r9"/>'
HTML = "<html><body><p>执行率97.23%</p><table><tr><td>基本支出</td><td>260.00</td></tr></table></body></html>"


def word(body: str, target: str, content: bytes) -> bytes:
    """A Word file whose relationship r9 leads to a further part."""
    parts = build.package(body)
    parts["word/_rels/document.xml.rels"] = build.relations(("r9", "aFChunk", target))
    held = io.BytesIO(build.archive(parts))
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr(f"word/{target}", content)
    return held.getvalue()


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def mhtml() -> bytes:
    message = EmailMessage()
    message.set_content("见附件")
    message.add_alternative(HTML, subtype="html", charset="gb2312")
    message.replace_header("Content-Type", message["Content-Type"].replace("alternative", "related"))
    return b"MIME-Version: 1.0\n" + bytes(message)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chunk.html", HTML.encode()),
        ("chunk.htm", HTML.encode("gb18030")),
        ("chunk.mht", mhtml()),
        (
            "chunk.docx",
            build.archive(
                build.package(
                    build.p("执行率97.23%") + build.tbl(build.tr(build.tc("基本支出"), build.tc("260.00")))
                )
            ),
        ),
    ],
)
def test_a_document_within_a_document_is_read_in_its_place(name: str, content: bytes) -> None:
    table = build.tbl(build.tr(build.tc("甲"), build.tc("乙")))
    document = read_data(
        word(build.p("前") + table + CHUNK + table + build.p("后"), name, content), "报告.docx"
    )
    assert texts(document) == ["前", "甲", "乙", "执行率97.23%", "基本支出", "260.00", "甲", "乙", "后"]
    assert [block.index for block in document.blocks] == list(range(9))
    assert [document.cell_text(table, 0, 1) for table in range(3)] == ["乙", "260.00", "乙"]
    assert document.ledger.in_file == document.ledger.read
    assert not document.ledger.losses


def test_a_document_within_a_cell_is_the_cells_text() -> None:
    body = build.tbl(build.tr(build.tc("甲"), build.tc(CHUNK)))
    document = read_data(word(body, "chunk.txt", "一行\n二行".encode()), "报告.docx")
    assert document.cell_text(0, 0, 1) == "一行\n二行"


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 50, b""])
def test_what_cannot_be_read_within_is_named(content: bytes) -> None:
    document = read_data(word(build.p("前") + CHUNK, "chunk.bin", content), "报告.docx")
    assert texts(document) == ["前"]
    assert "嵌入的其他文档1份，内容未读取" in [loss.what for loss in document.ledger.losses]


def test_documents_within_documents_end_somewhere() -> None:
    content = build.archive(build.package(build.p("底")))
    for _ in range(embedded.DEEPEST + 2):
        content = word(build.p("层") + CHUNK, "chunk.docx", content)
    document = read_data(content, "报告.docx")
    assert texts(document) == ["层"] * (embedded.DEEPEST + 1)
    assert any("内容未读取" in loss.what for loss in document.ledger.losses)


def test_a_single_file_web_page_is_read() -> None:
    document = read_data(mhtml(), "报告.doc")
    assert texts(document) == ["执行率97.23%", "基本支出", "260.00"]
    with pytest.raises(NotReadable) as refused:
        read_data(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n", "空.mht")
    assert refused.value.code == "corrupt"


def picture(name: str, dpi: int = 150) -> bytes:
    image = page_image((HABITS / "pdf" / name).read_bytes(), "application/pdf", 1, dpi)
    held = io.BytesIO()
    image.save(held, "JPEG", quality=80)
    return held.getvalue()


DRAWN = '<w:r><w:drawing><a:blip r:embed="r9"/></w:drawing></w:r>'


def test_pages_pasted_as_pictures_are_recognised() -> None:
    data = word(build.p("自评表") + build.p(DRAWN), "media/image1.jpg", picture("open-sides.pdf"))
    document = read_data(data, "报告.docx")
    said = texts(document)
    assert said[0] == "自评表"
    (table,) = document.tables
    assert document.cell_text(table.index, 0, 0) == "科目"
    recognised = document.blocks[1:]
    assert all(block.confidences and not block.boxes for block in recognised if block.text)
    assert not any("图片" in loss.what for loss in document.ledger.losses)


def test_pictures_beside_text_and_small_ones_are_only_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A logo is no page, and a report with text of its own is not read twice over its illustrations."""
    monkeypatch.setattr("extractors.readers.scan.recognise_page", lambda *_: pytest.fail("recognised"))
    small, large = picture("open-sides.pdf", 20), picture("open-sides.pdf", 72)
    for data in (
        word(build.p("自评表") + build.p(DRAWN), "media/image1.jpg", small),
        word(build.p("自评报告正文" * 20) + build.p(DRAWN), "media/image1.jpg", large),
    ):
        document = read_data(data, "报告.docx")
        assert "图片1张，图中文字未识别" in [loss.what for loss in document.ledger.losses]


OBJECT = (
    '<w:r><w:object><v:shape><v:imagedata r:id="r8"/></v:shape>'
    '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" DrawAspect="Content" r:id="r9"/></w:object></w:r>'
)


def workbook(active: int) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["说明", "不在页面上"])
    sheet = book.create_sheet("自评表")
    sheet.append(["基本支出", 260.5])
    book.active = active
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize(("active", "shown"), [(0, ["说明", "不在页面上"]), (1, ["基本支出", "260.5"])])
def test_the_shown_sheet_of_an_embedded_workbook_is_read_in_its_place(active: int, shown: list[str]) -> None:
    body = build.p("附表：", OBJECT) + build.p("后")
    document = read_data(word(body, "embeddings/sheet.xlsx", workbook(active)), "报告.docx")
    assert texts(document) == ["附表：", *shown, "后"]
    assert [document.cell_text(0, 0, col) for col in (0, 1)] == shown
    assert document.ledger.in_file == document.ledger.read
    assert not document.ledger.losses


def test_an_object_that_cannot_be_read_is_named() -> None:
    document = read_data(word(build.p("附表：", OBJECT), "embeddings/ole.bin", b"\x01" * 64), "报告.docx")
    assert "嵌入对象1个，内容未读取" in [loss.what for loss in document.ledger.losses]
