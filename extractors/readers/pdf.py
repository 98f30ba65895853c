"""PDFs: the text layer where it can be trusted, page by page; what cannot be is recognised."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from extractors.readers.furniture import numbers_of_lines
from extractors.readers.open_tables import open_tables, opened
from extractors.readers.pages import Page, compose, lay_out
from extractors.readers.pdfium import PageText, Pdf
from extractors.readers.ruled import find_tables
from schema.document import Document, Loss, Source
from schema.errors import NotReadable

MOST_PAGES = 5000
MOST_TEXT_PAGES = 1200
MOST_SCANNED_PAGES = 150
#: from this share of meaningless characters on, a text layer is garbage
GARBAGE = 0.15
#: a picture that covers this share of the page is the page itself
FULL_PAGE = 0.5
#: a page of fewer characters than this beside a full picture is a scan with a stamp or page number
FEW = 40
#: what no Chinese report is written in; much of it is a wrong code table
ODD = re.compile(r"[\x80-\u1fff](?<![·×÷°±])")


def read_pdf(data: bytes, source: Source) -> Document:
    """The document of a PDF; scanned pages and pages with a garbage text layer are recognised.

    Raises NotReadable: encrypted, corrupt, too_large, no_text.
    """
    with Pdf(data) as pdf:
        if pdf.pages > MOST_PAGES:
            raise NotReadable("too_large", f"PDF 共{pdf.pages}页，超过{MOST_PAGES}页的上限。")
        pages: list[Page] = []
        recognised = written = 0
        for number in range(1, pdf.pages + 1):
            text = pdf.read(number)
            if needs_recognition(text):
                recognised += 1
                if recognised > MOST_SCANNED_PAGES:
                    raise NotReadable("too_large", f"扫描页超过{MOST_SCANNED_PAGES}页的上限，请拆分后再交。")
                pages.append(_recognise(pdf, number))
            else:
                written += bool(text.glyphs.text)
                if written > MOST_TEXT_PAGES:
                    raise NotReadable(
                        "too_large", f"PDF 有文字的页超过{MOST_TEXT_PAGES}页的上限，请拆分后再交。"
                    )
                pages.append(_text_page(number, text))
        if not any(page.characters for page in pages):
            raise NotReadable("no_text", f"PDF 共{pdf.pages}页，没有读到任何文字。")
        return compose(pages, replace(source, pages=pdf.pages))


def needs_recognition(text: PageText) -> bool:
    """Whether a page's picture says more than its text layer."""
    inked = "".join(text.glyphs.text.split())
    count = len(inked)
    if count == 0:
        return text.picture > 0.02 or text.drawn > 400
    if text.unmapped > GARBAGE * count or len(ODD.findall(inked)) > 0.4 * count:
        return True
    if text.picture > FULL_PAGE:
        return count < FEW or text.invisible > 0.8 * count
    return False


def _text_page(number: int, text: PageText) -> Page:
    losses: tuple[Loss, ...] = ()
    if text.slanted:
        losses = (Loss(f"第{number}页", "斜排或竖排的文字（如水印）", text.slanted),)
    glyphs, numbers = text.glyphs, numbers_of_lines(text.glyphs)
    if len(numbers):
        losses += (Loss(f"第{number}页", "页边的行号，不计入正文", len(numbers)),)
        glyphs = glyphs.taken(np.delete(np.arange(len(glyphs.text)), numbers))
    tables = [opened(table, glyphs) for table in find_tables(text.strokes)]
    tables += open_tables(text.strokes, glyphs, tables)
    return lay_out(number, glyphs, tables, text.size, text.reading_size, text.shown, losses)


def _recognise(pdf: Pdf, number: int) -> Page:
    from extractors.readers.cells import DPI
    from extractors.readers.scan import recognise_page

    return recognise_page(pdf.image(number, DPI), number, DPI)
