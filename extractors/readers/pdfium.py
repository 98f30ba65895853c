"""The one place that knows pypdfium2: characters, strokes and pictures of PDF pages.

The raw calls are used, in bulk where they can be: about 0.6 ms for 400 characters, and PDFium's own 0.8.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.readers.glyphs import UPRIGHT, Frame, Glyphs, Stroke, quarter_turns
from extractors.readers.strokes import drawn_on
from extractors.readers.textlayer import read_layer
from schema.errors import NotReadable

if TYPE_CHECKING:
    from PIL.Image import Image

#: the longest side of a rendered page, in pixels: a page box may be as large as its maker likes
LONGEST_SIDE = 5000


@dataclass(frozen=True, slots=True)
class PageText:
    """One page's characters and strokes in reading frame; `shown` leads to the page as displayed."""

    glyphs: Glyphs
    strokes: list[Stroke]
    size: tuple[float, float]  # of the page as displayed
    reading_size: tuple[float, float]
    shown: Frame
    unmapped: int  # characters whose code has no meaning: no ToUnicode, private use, replacement
    invisible: int  # characters drawn with no ink
    slanted: int  # characters of other directions than the page's own (watermarks), left out
    picture: float  # the share of the page that its largest picture covers
    drawn: int  # points of drawn outlines: text may be drawn as curves


def _raw() -> Any:
    import pypdfium2.raw as raw

    return raw


class Pdf:
    """An open PDF. Pages are numbered from 1."""

    def __init__(self, data: bytes) -> None:
        """Raises NotReadable: encrypted, corrupt."""
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(data)
            self.pages = len(self._document)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise NotReadable("encrypted", "PDF 文件有打开密码，请提供没有密码的文件。") from error
            raise NotReadable("corrupt", "PDF 文件已损坏或不完整，无法打开。") from error
        if self.pages == 0:
            raise NotReadable("corrupt", "PDF 文件里没有可读的页。")

    def close(self) -> None:
        self._document.close()

    def __enter__(self) -> Pdf:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _page(self, number: int) -> Any:
        import pypdfium2

        try:
            return self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise NotReadable("corrupt", f"PDF 第{number}页已损坏，无法读取。") from error

    def characters(self, number: int) -> int:
        """How many characters the page's text layer holds, spaces included."""
        page = self._page(number)
        text = page.get_textpage()
        try:
            return int(_raw().FPDFText_CountChars(text))
        finally:
            text.close()
            page.close()

    def read(self, number: int) -> PageText:
        """The text and strokes of a page."""
        page = self._page(number)
        try:
            return _read_page(page)
        finally:
            page.close()

    def image(self, number: int, dpi: int) -> Image:
        """The page as displayed; a huge page at a lower resolution than asked."""
        page = self._page(number)
        try:
            scale = min(dpi / 72, LONGEST_SIDE / max(*page.get_size(), 1))
            picture: Image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
            return picture
        finally:
            page.close()


def _to_display(page: Any) -> tuple[Frame, tuple[float, float]]:
    """From user space (y upwards) to the page as displayed (y downwards), and its size."""
    left, bottom, right, top = page.get_bbox()
    upright = Frame(1, 0, 0, -1, -left, top)
    turn = quarter_turns(page.get_rotation() // 90, right - left, top - bottom)
    return upright.then(turn), page.get_size()


def _read_page(page: Any) -> PageText:
    raw = _raw()
    display, size = _to_display(page)
    text = page.get_textpage()
    try:
        layer = read_layer(raw, text, display, size)
    finally:
        text.close()
    reading_size = size if layer.turns % 2 == 0 else (size[1], size[0])
    strokes, picture, drawn = drawn_on(raw, page, display.then(layer.to_reading), size)
    return PageText(
        layer.glyphs, strokes, size, reading_size, layer.to_reading.inverse() if layer.turns else UPRIGHT,
        layer.unmapped, layer.invisible, layer.slanted, picture, drawn,
    )  # fmt: skip
