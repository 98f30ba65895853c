"""Plain text and HTML."""

from __future__ import annotations

import codecs
import re

from extractors.readers.assembly import Assembly, visible
from schema.document import Document, Source
from schema.errors import NotReadable

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_USUAL = re.compile(
    r"[\s\x20-\x7e\xa0-\xff\u2000-\u206f\u2100-\u27bf\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
)
_HTML = re.compile(
    r"(?is)\A(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|meta|table|div|p)\b"
)


def decode(data: bytes) -> str | None:
    """The text of bytes in UTF-8, UTF-16 or GB18030, by byte-order mark or by trial; None if it is no text.

    >>> decode("绩效".encode("gbk"))
    '绩效'
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    for encoding in _trials(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # text may hold a form feed or an escape, but not many controls
        if len(_CONTROLS.findall(text)) * 200 <= len(text) and (encoding == "utf-8" or _is_likely(text)):
            return text
    return None


def _trials(data: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark shows by zero bytes (every line end, digit and space has one) on one side."""
    head = data[:4096]
    if head.count(0) * 50 > len(head):
        return (
            ("utf-16-le", "utf-16-be")
            if head[1::2].count(0) >= head[::2].count(0)
            else ("utf-16-be", "utf-16-le")
        )
    return ("utf-8", "gb18030", "big5")


def _is_likely(text: str) -> bool:
    """Nearly any bytes are valid UTF-16 or GB18030: what Chinese text is made of must prevail."""
    head = text[:4096]
    return len(_USUAL.findall(head)) * 10 >= len(head) * 9


def is_html(head: str) -> bool:
    return bool(_HTML.match(head))


def read_text(data: bytes, source: Source) -> Document:
    """Each line that is not empty is a paragraph, but for those of a table; no style is known."""
    from extractors.readers.monospaced import tables_among

    text = decode(data)
    if text is None:
        raise NotReadable("corrupt", "的文字编码无法识别，请另存为UTF-8后重新报送。")
    assembly = Assembly()
    lines = re.split(r"\r\n|[\r\n\f\v\u2028\u2029]", text.lstrip("\ufeff"))
    for item in tables_among([line.rstrip() for line in lines], source):
        if isinstance(item, Document):
            assembly.embed(item)
        elif item:
            assembly.add("paragraph", item)
    return assembly.document(source, visible(text.lstrip("\ufeff")))


def read_html(data: bytes, source: Source) -> Document:
    """HTML as a browser shows it: block elements are paragraphs, tables keep their spans."""
    from extractors.readers.html import read_markup

    text = decode(data)
    if text is None:
        raise NotReadable("corrupt", "的文字编码无法识别，请另存为UTF-8后重新报送。")
    return read_markup(text.lstrip("\ufeff"), source)


def read_mhtml(data: bytes, source: Source) -> Document:
    """Word's single-file web page: the HTML of its first part that is some; pictures are left out."""
    from email import message_from_bytes, policy

    message = message_from_bytes(data.lstrip(), policy=policy.compat32)
    for part in message.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            charset = part.get_content_charset()
            try:
                text = content.decode(charset or "utf-8")
            except (LookupError, UnicodeDecodeError):
                return read_html(content, source)
            return read_html(text.encode(), source)
    raise NotReadable("corrupt", "里没有网页正文，可能没有传完，请另存为Word或PDF后报送。")
