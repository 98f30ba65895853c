"""Page pictures with what was read drawn on them: where a reader went wrong shows at a glance.

Grey: blocks; blue: cells of tables; green: headings of sections; red: facts, each with its concept;
orange: the names of indicator rows. A Word file is drawn as LibreOffice prints it, so what is drawn on it was read
from that print.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.intake import identify, read_data
from extractors.readers.legacy import convert
from extractors.readers.render import page_image
from extractors.understanding import understand
from schema.document import Block, Box, Document
from schema.errors import NotReadable
from schema.report import Report

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 110
PRINTED = (".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".html", ".txt")
GREY, BLUE, GREEN, RED, ORANGE = (
    (150, 150, 150), (40, 90, 200), (20, 140, 60), (200, 30, 30), (225, 130, 0),
)  # fmt: skip

#: a rectangle in points of its page, its colour, what stands above it
Mark = tuple[int, Box, tuple[int, int, int], str]


def drawn_pages(path: Path) -> Iterator[tuple[int, Image]]:
    """Each page of a file from 1, with the blocks, tables, headings and facts that were read from it.

    Raises NotReadable where the file cannot be read or has no pages that can be shown.
    """
    from PIL import ImageDraw

    data, name = path.read_bytes(), path.name
    media_type = identify(data, name)
    if media_type != "application/pdf" and not media_type.startswith("image/"):
        data, media_type = _printed(data, path), "application/pdf"
    document = read_data(data, name)
    marks = list(_marks(document, understand(document)))
    for page in range(1, (document.source.pages or 1) + 1):
        image = page_image(data, media_type, page, DPI).convert("RGB")
        brush = ImageDraw.Draw(image)
        for at, box, colour, label in marks:
            if at == page:
                left, top, right, bottom = (edge * DPI / 72 for edge in box)
                brush.rectangle((left - 1, top - 1, right + 1, bottom + 1), outline=colour)
                if label:
                    brush.text((left, top - 11), label, fill=colour)
        yield page, image


def _printed(data: bytes, path: Path) -> bytes:
    if path.suffix.lower() not in PRINTED:
        raise NotReadable("unsupported_format", f"“{path.name}”没有可以显示的页面")
    printed = convert({path.name: (data, path.suffix.lower())}, to="pdf").get(path.name)
    if printed is None:
        raise NotReadable("corrupt", f"“{path.name}”无法由LibreOffice打开，不能画出页面")
    return printed


def _marks(document: Document, report: Report) -> Iterator[Mark]:
    for block in document.blocks:
        colour = BLUE if block.kind == "cell" else GREY
        for page, box in lines(block, 0, len(block.text)):
            yield page, box, colour, ""
    for section in report.sections:
        block = document.blocks[section.block]
        for page, box in lines(block, section.start, section.end):
            yield page, box, GREEN, section.role or ""
    for row in report.indicators:
        block = document.blocks[row.evidence.block]
        for page, box in lines(block, 0, len(block.text)):
            yield page, box, ORANGE, ""
    for fact in report.facts:
        here = fact.evidence
        for page, box in lines(document.blocks[here.block], here.start, here.end):
            yield page, box, RED, fact.concept


def lines(block: Block, start: int, end: int) -> Iterator[tuple[int, Box]]:
    """The rectangles around text[start:end], one for each line of print, with their pages."""
    at: tuple[int, Box] | None = None
    for offset in range(start, min(end, len(block.boxes))):
        page, box = block.page_at(offset), block.boxes[offset]
        if page is None or block.text[offset].isspace() or box[2] <= box[0]:
            continue
        if at and at[0] == page and min(at[1][3], box[3]) > max(at[1][1], box[1]):
            before = at[1]
            at = page, (
                min(before[0], box[0]), min(before[1], box[1]), max(before[2], box[2]), max(before[3], box[3]),
            )  # fmt: skip
            continue
        if at:
            yield at
        at = page, box
    if at:
        yield at
