"""The door for files: what a file is by its content, and the reader that takes it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from extractors import compound
from extractors.readers.text import decode, is_html
from schema.document import Document, Source
from schema.errors import NotReadable

MAX_BYTES = 200 * 1024 * 1024
_MAX_CONTENT_TYPES = 4 * 1024 * 1024

Reader = Callable[[bytes, Source], Document]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCM = "application/vnd.ms-word.document.macroEnabled.12"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
WORD_XML = "application/vnd.ms-word.xml"  # Word 2003's XML and flat OPC
EXCEL_XML = "application/vnd.ms-excel.xml"
FLAT_ODF = "application/vnd.oasis.opendocument.text-flat-xml"
MHTML = "multipart/related"
OFD = "application/ofd"
ZIP = "application/zip"
ENCRYPTED = "application/x-encrypted-office"
OLE = "application/x-ole-storage"
UNKNOWN = "application/octet-stream"
EMPTY = "application/x-empty"

#: media type -> reader's name in Source, and its home as "module:function"
READERS: dict[str, tuple[str, str]] = {
    DOCX: ("docx", "extractors.readers.docx:read_docx"),
    DOCM: ("docx", "extractors.readers.docx:read_docx"),
    "text/plain": ("text", "extractors.readers.text:read_text"),
    "text/html": ("html", "extractors.readers.text:read_html"),
    MHTML: ("html", "extractors.readers.text:read_mhtml"),
    "application/pdf": ("pdf", "extractors.readers.pdf:read_pdf"),
    "image/jpeg": ("scan", "extractors.readers.scan:read_image"),
    "image/png": ("scan", "extractors.readers.scan:read_image"),
    "image/tiff": ("scan", "extractors.readers.scan:read_image"),
    "image/bmp": ("scan", "extractors.readers.scan:read_image"),
    "image/gif": ("scan", "extractors.readers.scan:read_image"),
    "image/webp": ("scan", "extractors.readers.scan:read_image"),
    DOC: ("legacy", "extractors.readers.legacy:read_legacy"),
    ODT: ("legacy", "extractors.readers.legacy:read_legacy"),
    FLAT_ODF: ("legacy", "extractors.readers.legacy:read_legacy"),
    WORD_XML: ("legacy", "extractors.readers.legacy:read_legacy"),
    "application/rtf": ("legacy", "extractors.readers.legacy:read_legacy"),
    XLSX: ("sheets", "extractors.readers.sheets:read_sheets"),
    XLSM: ("sheets", "extractors.readers.sheets:read_sheets"),
    XLSB: ("sheets", "extractors.readers.sheets:read_sheets"),
    XLS: ("sheets", "extractors.readers.sheets:read_sheets"),
    ODS: ("sheets", "extractors.readers.sheets:read_sheets"),
}

#: media type -> why it is refused: (code, what is said after the file's name)
REFUSALS: dict[str, tuple[str, str]] = {
    EMPTY: ("corrupt", "是空文件（0字节），请重新报送。"),
    ENCRYPTED: ("encrypted", "已加密，请取消密码后重新报送。"),
    ZIP: ("unsupported_format", "是压缩包，不是单份报告，请解压后逐份读取。"),
    OFD: ("unsupported_format", "是OFD版式文件，暂不能读取，请另存为PDF或Word后报送。"),
    PPTX: ("unsupported_format", "是演示文稿，不是自评报告的文件格式，请另存为PDF或Word后报送。"),
    EXCEL_XML: ("unsupported_format", "是Excel 2003的XML表格，请另存为xlsx后报送。"),
    OLE: ("unsupported_format", "是旧版Office文件，但不是文档或表格，无法读取。"),
    "application/vnd.rar": ("unsupported_format", "是RAR压缩包，请解压或改用ZIP后报送。"),
    "application/x-7z-compressed": ("unsupported_format", "是7z压缩包，请解压或改用ZIP后报送。"),
    "application/gzip": ("unsupported_format", "是GZIP压缩包，请解压或改用ZIP后报送。"),
    "text/xml": ("unsupported_format", "是XML数据文件，不是文档，无法读取。"),
}

_MAGICS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b\x08", "application/gzip"),
)

# the main part's content type in [Content_Types].xml
_MAIN_PARTS: tuple[tuple[bytes, str], ...] = (
    (b"ms-word.document.macroEnabled.main+xml", DOCM),
    (b"ms-word.template.macroEnabledTemplate.main+xml", DOCM),
    (b"wordprocessingml.document.main+xml", DOCX),
    (b"wordprocessingml.template.main+xml", DOCX),
    (b"ms-excel.sheet.macroEnabled.main+xml", XLSM),
    (b"ms-excel.sheet.binary.macroEnabled.main", XLSB),
    (b"spreadsheetml.sheet.main+xml", XLSX),
    (b"spreadsheetml.template.main+xml", XLSX),
    (b"presentationml.", PPTX),
)

_XML_ROOTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<(\w+:)?wordDocument\b|<pkg:package\b"), WORD_XML),
    (re.compile(r"<(\w+:)?Workbook\b"), EXCEL_XML),
    (re.compile(r"<office:document\b"), FLAT_ODF),
)


def identify(data: bytes, name: str) -> str:
    """The media type, decided by the content; `name` only breaks no tie and is kept for messages.

    "application/octet-stream" is what nothing recognises.

    >>> identify(b"%PDF-1.7", "报告.docx")
    'application/pdf'
    """
    del name  # an extension says what somebody believed, not what the file is
    if not data:
        return EMPTY
    for magic, media_type in _MAGICS:
        if data.startswith(magic):
            return media_type
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _identify_zip(data)
    if data.startswith(compound.MAGIC):
        return _identify_compound(data)
    if b"%PDF-" in data[:1024]:  # some writers put a few bytes before it
        return "application/pdf"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    # "BM" starts plain text too: the header's length field decides
    if data.startswith(b"BM") and data[14:18] in (b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0", b"\x0c\0\0\0"):
        return "image/bmp"
    return _identify_text(data)


def read_document(path: Path, converted: Path | None = None) -> Document:
    """The Document of a file on disk; NotReadable names the file and the reason.

    `converted` is a legacy file's .docx, where it was made before (see `conversion`).
    OSError for a path that is not there is the caller's to handle.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise NotReadable(
            "too_large",
            f"“{path.name}”有{size / 1048576:.0f}MB，超过{MAX_BYTES // 1048576}MB的上限，请压缩图片后重新报送。",
        )
    return read_data(path.read_bytes(), path.name, converted.read_bytes() if converted else None)


def read_data(data: bytes, name: str, converted: bytes | None = None) -> Document:
    """The Document of a file's bytes, such as a member of an archive; NotReadable as `read_document`."""
    media_type = identify(data, name)
    if media_type not in READERS:
        code, reason = REFUSALS.get(
            media_type, ("unsupported_format", "的格式无法识别，请用Word、PDF或Excel格式报送。")
        )
        if media_type == ZIP and not zipfile.is_zipfile(io.BytesIO(data)):
            code, reason = "corrupt", "是不完整的压缩文件，可能没有传完，请重新报送。"
        raise NotReadable(code, f"“{name}”{reason}")  # type: ignore[arg-type]
    reader, home = READERS[media_type]
    source = Source(name=name, sha256=sha256(data).hexdigest(), media_type=media_type, reader=reader)
    try:
        document = _read(home, data, source, converted)
    except NotReadable as error:
        if name in error.message:
            raise
        raise NotReadable(error.code, f"“{name}”{error.message}") from error
    if not any(block.text.strip() for block in document.blocks):
        held = "、".join(loss.what for loss in document.ledger.losses)
        if held:  # such as scans pasted into a Word file
            raise NotReadable("no_text", f"“{name}”里没有文字（{held}），请报送可编辑的文件或PDF扫描件。")
        raise NotReadable("no_text", f"“{name}”里没有文字，请检查是否报送了空白文件。")
    return document


def _read(home: str, data: bytes, source: Source, converted: bytes | None) -> Document:
    if source.reader == "legacy" and converted is not None:
        from extractors.readers.legacy import read_legacy

        return read_legacy(data, source, converted)
    module, function = home.split(":")
    reader: Reader = getattr(import_module(module), function)
    return reader(data, source)


def _identify_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                with archive.open("[Content_Types].xml") as member:
                    types = member.read(_MAX_CONTENT_TYPES)
                for mark, media_type in _MAIN_PARTS:
                    if mark in types:
                        return media_type
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    said = member.read(200).decode("ascii", "replace").strip()
                if said.startswith("application/vnd.oasis.opendocument."):
                    return said.removesuffix("-template")
    except Exception:  # a broken archive fails in many ways; what it was meant to be is told below
        return _identify_broken_zip(data)
    if "OFD.xml" in names:
        return OFD
    # some writers leave the content types out; Word opens such a file all the same
    for part, media_type in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX)):
        if part in names:
            return media_type
    return ZIP


def _identify_broken_zip(data: bytes) -> str:
    """By the names in the local headers, which stand before the data: the directory at the end is gone."""
    names = re.findall(rb"PK\x03\x04.{26}(\[Content_Types\]|word/|xl/)", data[: 1 << 20], re.DOTALL)
    if b"word/" in names:
        return DOCX
    if b"xl/" in names:
        return XLSX
    return DOCX if names else ZIP


def _identify_compound(data: bytes) -> str:
    streams = compound.streams(data)
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        return ENCRYPTED
    if "WordDocument" in streams:
        head = compound.sector(data, streams["WordDocument"])[:12]
        # FibBase: wIdent, then the flags at 10, of which 0x0100 is fEncrypted (MS-DOC 2.5.2)
        if len(head) == 12 and head[:2] == b"\xec\xa5" and struct.unpack_from("<H", head, 10)[0] & 0x0100:
            return ENCRYPTED
        return DOC
    if "Workbook" in streams or "Book" in streams:
        return XLS
    return OLE if streams else DOC  # a broken directory: let the reader for .doc say that it is corrupt


def _identify_text(data: bytes) -> str:
    text = decode(data)
    if text is None:
        return UNKNOWN
    head = text[:4096].lstrip("\ufeff \t\r\n")
    if re.match(r"(?i)(mime-version:|from:.*\n)", head) and "multipart/related" in head.lower():
        return MHTML
    for root, media_type in _XML_ROOTS:
        if head.startswith("<") and root.search(head):
            return media_type
    if is_html(head):
        return "text/html"
    return "text/xml" if head.startswith("<?xml") else "text/plain"
