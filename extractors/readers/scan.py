"""Scanned pages and pictures: straightened, freed of seals, recognised, their tables found by their rules."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from extractors.readers import imaging
from extractors.readers.cells import DPI, SCALE, crop, cut_at_rules, overlooked, parted_lines, tables_of
from extractors.readers.glyphs import Frame, Glyph
from extractors.readers.ocr import Picture, read_lines
from extractors.readers.pages import Page, compose, lay_out
from extractors.readers.pictures import frames
from extractors.readers.readings import to_glyphs
from extractors.readers.straight import straighten
from schema.document import Document, Loss, Source
from schema.errors import NotReadable


def read_image(data: bytes, source: Source) -> Document:
    """The document of a picture (.jpg, .png, .tif of several pages, …). Raises NotReadable."""
    pages = [recognise_page(image, number, dpi) for number, (image, dpi) in enumerate(frames(data), 1)]
    if not any(page.characters for page in pages):
        raise NotReadable("no_text", "图片里没有识别到文字。")
    return compose(pages, replace(source, pages=len(pages)))


def recognise_page(image: Image.Image, number: int, dpi: float) -> Page:
    """A page from its picture; boxes in points of the picture as it is."""
    size = (image.width * 72 / dpi, image.height * 72 / dpi)
    if not 0.8 < DPI / dpi < 1.25:
        image = image.resize(
            [max(1, round(side * DPI / dpi)) for side in image.size], Image.Resampling.LANCZOS
        )
    sheet = straighten(_prepare(image))
    tables = tables_of(sheet.picture)
    boxes = cut_at_rules(parted_lines(tables.clean, sheet.boxes), tables.cells)
    boxes += overlooked(tables.clean, boxes, tables.cells)
    readings = read_lines([crop(tables.clean, box) for box in boxes])
    glyphs, noise = to_glyphs(boxes, readings)
    height, width = sheet.picture.shape
    to_given = Frame(a=size[0] / image.width, d=size[1] / image.height)
    losses = (Loss(f"第{number}页", "识别不出的墨迹", noise),) if noise else ()
    return lay_out(
        number,
        [_in_points(glyph) for glyph in glyphs],
        tables.ruled,
        size,
        (width * SCALE, height * SCALE),
        Frame(a=1 / SCALE, d=1 / SCALE).then(sheet.back).then(to_given),
        losses,
    )


def _prepare(image: Image.Image) -> Picture:
    """Grey, without seals, evenly lit, without strewn specks."""
    picture = imaging.level_paper(imaging.grey_without_seals(np.asarray(image), DPI))
    return imaging.without_specks(picture) if imaging.speckled(picture) else picture


def _in_points(glyph: Glyph) -> Glyph:
    return glyph._replace(
        x0=glyph.x0 * SCALE, top=glyph.top * SCALE, x1=glyph.x1 * SCALE, bottom=glyph.bottom * SCALE,
        size=glyph.size * SCALE,
    )  # fmt: skip
