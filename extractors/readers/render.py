"""Pictures of pages for people: the console's page view and `--debug-pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.errors import NotReadable

if TYPE_CHECKING:
    from PIL.Image import Image


def page_image(data: bytes, media_type: str, page: int, dpi: int) -> Image:
    """A page (from 1) of a PDF or a picture file, as it is displayed, at about `dpi` dots an inch.

    Points of Block.boxes times dpi / 72 are pixels of this picture. Raises NotReadable, and
    IndexError for a page that is not there.
    """
    if media_type == "application/pdf":
        from extractors.readers.pdfium import Pdf

        with Pdf(data) as pdf:
            if not 1 <= page <= pdf.pages:
                raise IndexError(f"page {page} of {pdf.pages}")
            return pdf.image(page, dpi)
    if not media_type.startswith("image/"):
        raise NotReadable("unsupported_format", "这种文件没有页面图像。")
    from extractors.readers.pictures import frames

    held = frames(data)
    if not 1 <= page <= len(held):
        raise IndexError(f"page {page} of {len(held)}")
    image, own = held[page - 1]
    return image.resize([max(1, round(side * dpi / own)) for side in image.size])
