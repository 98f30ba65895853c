"""What a Word file holds besides its own text: other documents in it, and pages pasted as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import replace

from extractors.readers.assembly import visible
from extractors.readers.package import Package
from schema.document import Document, Ledger, Source
from schema.errors import NotReadable

#: documents within documents within documents: no one means to send more
DEEPEST, MOST = 2, 50
#: a Word file of fewer characters is a cover around its pictures
FEW = 100
#: a smaller picture is a logo, a stamp or a signature (pixels)
LEAST_PICTURE = (400, 500)

#: how deep the document that is being read stands in others, and what was read within the outermost one
_depth: ContextVar[int] = ContextVar("depth", default=0)
_read: ContextVar[list[str]] = ContextVar("read")


class Embedded:
    """Reads the documents that w:altChunk names (Word files, HTML, plain text, RTF), and embedded objects:
    of a workbook the sheet that was shown last, which is the one that the page shows."""

    def __init__(self, package: Package) -> None:
        self._package = package
        if _depth.get() == 0:
            _read.set([])

    def __call__(self, part: str) -> Document | None:
        """The document of a part; None where there is none, or none that can be read."""
        from extractors.intake import read_data

        if part not in self._package or _depth.get() >= DEEPEST or len(_read.get()) >= MOST:
            return None
        _read.get().append(part)
        before = _depth.set(_depth.get() + 1)
        try:
            data = self._package.read(part)
            return shown_sheet(read_data(data, part.rsplit("/", 1)[-1]), data)
        except NotReadable as refusal:
            if refusal.code == "too_large":
                raise
            return None
        finally:
            _depth.reset(before)


def shown_sheet(document: Document, data: bytes) -> Document:
    """A workbook's active sheet alone, the first where nothing says which; any other document as it is."""
    if document.source.reader != "sheets" or len(document.tables) < 2:
        return document
    active = _active_sheet(data)
    table = next((table for table in document.tables if table.name == active), document.tables[0])
    blocks = [document.blocks[cell.block] for cell in table.cells]
    cells = tuple(replace(cell, block=at) for at, cell in enumerate(table.cells))
    kept = tuple(replace(block, index=at, table=0) for at, block in enumerate(blocks))
    count = sum(visible(block.text) for block in kept)
    return replace(
        document, blocks=kept, tables=(replace(table, index=0, cells=cells),), ledger=Ledger(count, count, ())
    )


def _active_sheet(data: bytes) -> str:
    """The name of the sheet that a workbook opens with, "" where nothing says."""
    try:
        book = Package(data).xml("xl/workbook.xml")
    except NotReadable:
        return ""
    if book is None:
        return ""
    at = next((int(view.get("activeTab", "0")) for view in book.iter("{*}workbookView")), 0)
    names = [sheet.get("name", "") for sheet in book.iter("{*}sheet")]
    return names[at] if 0 <= at < len(names) else ""


def are_pages(document: Sequence[str]) -> bool:
    """Whether so little is written that the pictures must be what was to be said."""
    return sum(map(visible, document)) < FEW


def read_pages(
    package: Package, part: str, relations: Sequence[str], source: Source
) -> tuple[Document, int] | None:
    """The pictures of a part recognised as the pages of one document, and how many they are.

    None where no picture is large enough to be one. Raises NotReadable where they are too many or too large.
    """
    from extractors.readers.pages import Page, compose
    from extractors.readers.pdf import MOST_SCANNED_PAGES
    from extractors.readers.pictures import frames
    from extractors.readers.scan import recognise_page

    related = package.related(part)
    targets = [related[key][1] for key in relations if key in related and related[key][1] in package]
    if len(targets) > MOST_SCANNED_PAGES:
        raise NotReadable("too_large", f"内含图片超过{MOST_SCANNED_PAGES}张的上限，请拆分后再交。")
    pages: list[Page] = []
    read = 0
    for target in dict.fromkeys(targets):
        try:
            shown = frames(package.read(target))
        except NotReadable as refusal:
            if refusal.code == "too_large":
                raise
            continue  # a drawing (.emf, .wmf), or damaged: it stays counted as not read
        if min(shown[0][0].size) < LEAST_PICTURE[0] or max(shown[0][0].size) < LEAST_PICTURE[1]:
            continue
        read += 1
        for image, dpi in shown:
            pages.append(recognise_page(image, len(pages) + 1, dpi))
    return (compose(pages, source), read) if pages else None
