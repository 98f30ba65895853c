"""Files that mean harm or are broken, made on the spot: name -> bytes."""

from __future__ import annotations

import io
import random
import zipfile

from PIL import Image

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(document: str, *, extra: dict[str, bytes] | None = None) -> bytes:
    """A minimal Word package around the XML of its main part."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", document)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return sink.getvalue()


def paragraph(text: str, head: str = "") -> str:
    return f"{head}<w:document {WORD}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"


def bomb() -> bytes:
    """300 MB of one character in a main part of 300 KB."""
    return docx(paragraph("零" * 100_000_000))


def entities() -> bytes:
    """The billion laughs: nine levels of ten references."""
    levels = '<!ENTITY e0 "哈">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return docx(paragraph("&e9;", f"<!DOCTYPE d [{levels}]>"))


def outside() -> bytes:
    """An entity that names a file of the machine."""
    return docx(paragraph("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'))


def nested(depth: int = 20_000) -> bytes:
    """Content controls within content controls."""
    inner = "<w:sdt><w:sdtContent>" * depth + "</w:sdtContent></w:sdt>" * depth
    return docx(f"<w:document {WORD}><w:body>{inner}</w:body></w:document>")


def pdf(*objects: str) -> bytes:
    """A PDF of numbered objects; object 1 is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{at:010d} 00000 n \n".encode() for at in places)
    return out + f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF".encode()


CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"


def cyclic_pages() -> bytes:
    return pdf(
        CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"
    )


def blank_pages(count: int = 3_000) -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + count))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf(CATALOGUE, f"<</Type/Pages/Kids[{kids}]/Count {count}>>", *[page] * count)


def huge_page() -> bytes:
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 2000000 2000000]>>"
    return pdf(CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page)


def noise() -> bytes:
    """An image of nothing: 1,200 x 1,600 random grey dots."""
    sink = io.BytesIO()
    Image.frombytes("L", (1200, 1600), random.Random(7).randbytes(1200 * 1600)).save(sink, "PNG")
    return sink.getvalue()


def swollen_image() -> bytes:
    """A PNG of 40,000 x 40,000 white dots in few bytes."""
    sink = io.BytesIO()
    Image.new("1", (40_000, 40_000), 1).save(sink, "PNG")
    return sink.getvalue()


CHUNK = (
    f'<w:document {WORD} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'
    '<w:altChunk r:id="r9"/></w:body></w:document>'
)


def within(part: str, content: bytes, document: str = CHUNK) -> bytes:
    """A Word file whose relationship r9 leads to a further part."""
    rels = (
        RELATIONS.replace('"r1"', '"r9"')
        .replace('officeDocument" ', 'aFChunk" ')
        .replace("word/document.xml", part)
    )
    return docx(document, extra={"word/_rels/document.xml.rels": rels.encode(), f"word/{part}": content})


def bomb_within() -> bytes:
    return within("chunk.docx", bomb())


def chunk_of_itself() -> bytes:
    """Every level holds two more of the level below; nobody means to send more than two."""
    content = docx(paragraph(""))
    for _ in range(6):
        content = within(
            "chunk.docx", content, CHUNK.replace('<w:altChunk r:id="r9"/>', '<w:altChunk r:id="r9"/>' * 40)
        )
    return content


def swollen_picture_within() -> bytes:
    drawing = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="r9"/>'
        "</w:drawing></w:r></w:p>"
    )
    return within("media/image1.png", swollen_image(), CHUNK.replace('<w:altChunk r:id="r9"/>', drawing))


def bomb_of_cells() -> bytes:
    """A sheet of 400 MB that says one thing over and over."""
    types = CONTENT_TYPES.replace("/word/document.xml", "/xl/workbook.xml").replace(
        "wordprocessingml.document.main", "spreadsheetml.sheet.main"
    )
    spaces = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    book = (
        f'<workbook {spaces} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    sheet = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", RELATIONS.replace("word/document.xml", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", book)
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            RELATIONS.replace("word/document.xml", "worksheets/sheet1.xml").replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument", sheet
            ),
        )
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f"<worksheet {spaces}><sheetData>".encode())
            for n in range(1, 400_001):
                part.write(
                    f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{"零" * 300}</t></is></c></row>'.encode()
                )
            part.write(b"</sheetData></worksheet>")
    return sink.getvalue()
