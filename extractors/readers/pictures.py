"""Picture files: their pages, upright, with their resolution."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from schema.errors import NotReadable

A4_WIDTH = 8.27  # inches: what a picture without a stated resolution is taken to show
MOST_PIXELS = 120_000_000
MOST_FRAMES = 150


def frames(data: bytes) -> list[tuple[Image.Image, float]]:
    """The pages of a picture file, upright as its EXIF says, with their resolution. Raises NotReadable."""
    found = []
    try:
        with warnings.catch_warnings(), _opened(data) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotReadable("too_large", f"图片为{opened.width}×{opened.height}像素，超过上限。")
            count = getattr(opened, "n_frames", 1)
            if count > MOST_FRAMES:
                raise NotReadable("too_large", f"图片共{count}页，超过{MOST_FRAMES}页的上限。")
            for number in range(count):
                opened.seek(number)
                image = ImageOps.exif_transpose(opened)
                if image.mode in ("RGBA", "LA", "P"):
                    paper = Image.new("RGBA", image.size, "white")
                    image = Image.alpha_composite(paper, image.convert("RGBA"))
                found.append((image.convert("RGB"), resolution(image)))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotReadable("corrupt", "图片已损坏或不完整，无法打开。") from error
    return found


def resolution(image: Image.Image) -> float:
    """Dots an inch: as stated if that gives a page of sensible size, else as if A4 were shown."""
    stated = image.info.get("dpi", (0, 0))
    short, long = sorted(image.size)
    try:
        dpi = float(stated[0])
    except (TypeError, ValueError, ZeroDivisionError):
        dpi = 0.0
    if dpi > 0 and 5 <= short / dpi <= 14 and long / dpi <= 24:
        return dpi
    return short / A4_WIDTH


def _opened(data: bytes) -> Image.Image:
    """The file opened; Pillow's warnings are dropped, for a damaged file shows itself when it is decoded."""
    warnings.simplefilter("ignore")
    try:
        return Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise NotReadable("too_large", "图片的像素数超过上限。") from error
