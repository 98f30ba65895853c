"""Scanned pages and pictures: straightened, freed of seals, recognised, their tables found by their rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extractors.readers import imaging
from extractors.readers.cells import (
    DPI,
    SCALE,
    as_dashes,
    crop,
    cut_at_rules,
    overlooked,
    parted_lines,
    tables_of,
)
from extractors.readers.glyphs import UPRIGHT, Frame, Glyph, Glyphs
from extractors.readers.ocr import Picture, Reading, read_lines
from extractors.readers.open_tables import open_tables
from extractors.readers.pages import Page, compose, lay_out
from extractors.readers.pictures import A4_WIDTH, frames
from extractors.readers.readings import to_glyphs
from extractors.readers.straight import straighten
from schema.document import Box, Document, Loss, Source
from schema.errors import NotReadable

FIGURE = re.compile(r"[\d.,，%％]+")
#: the most that is claimed for a character beneath a seal that is not read alike with and without it
UNSURE = 0.55


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
    given, lying = image.size, UPRIGHT
    if (corners := imaging.paper_corners(np.asarray(image))) is not None:
        flat, back = imaging.laid_flat(np.asarray(image), corners, round(A4_WIDTH * DPI))
        image, lying = Image.fromarray(flat), Frame(*back.T[:, :2].ravel(), *back[2, :2])
    sheet = straighten(*_prepare(image))
    tables = tables_of(sheet.picture, sheet.stamped)
    boxes = cut_at_rules(parted_lines(tables.clean, sheet.boxes), tables.cells)
    boxes += overlooked(tables.clean, boxes, tables.cells)
    readings = read_lines([crop(tables.clean, box) for box in boxes])
    if tables.stamped is not None:
        readings = _second_look(readings, boxes, tables.clean, tables.stamped)
    readings = as_dashes(readings, boxes, tables.cells)
    found, noise = to_glyphs(boxes, readings)
    glyphs = Glyphs.of([_in_points(glyph) for glyph in found])
    height, width = sheet.picture.shape
    to_given = lying.then(Frame(a=size[0] / given[0], d=size[1] / given[1]))
    losses = (Loss(f"第{number}页", "识别不出的墨迹", noise),) if noise else ()
    return lay_out(
        number,
        glyphs,
        [*tables.ruled, *open_tables(tables.rules, glyphs, tables.ruled)],
        size,
        (width * SCALE, height * SCALE),
        Frame(a=1 / SCALE, d=1 / SCALE).then(sheet.back).then(to_given),
        losses,
    )


def _prepare(image: Image.Image) -> tuple[Picture, Picture | None]:
    """The page in grey, fit to be read: without seals, and with them if there are any."""
    bare, stamped = imaging.grey_without_seals(np.asarray(image), DPI)
    return _evened(bare), None if stamped is None else _evened(stamped)


def _evened(picture: Picture) -> Picture:
    """Evenly lit, without strewn specks."""
    level = imaging.level_paper(picture)
    return imaging.without_specks(level) if imaging.speckled(level) else level


def _second_look(
    readings: list[Reading], boxes: Sequence[Box], clean: Picture, stamped: Picture
) -> list[Reading]:
    """Lines beneath a seal are read again with the seal half and fully there; the surest reading is kept.

    Where the readings differ nobody can be sure what the seal hides: the confidence says so.
    """
    beneath = []
    for at, box in enumerate(boxes):
        bare, under = crop(clean, box), crop(stamped, box)
        # the columns of the line that the seal runs through
        hidden = (np.abs(under.astype(np.int16) - bare) > 60).mean(axis=0) > 0.04
        if hidden.any():
            half = ((under.astype(np.uint16) + bare) // 2).astype(np.uint8)
            beneath.append((at, hidden, half, under))
    again = read_lines([*(half for *_, half, _ in beneath), *(under for *_, under in beneath)])
    result = list(readings)
    for place, (at, hidden, _, _) in enumerate(beneath):
        options = (readings[at], again[place], again[place + len(beneath)])
        best = max(options, key=lambda option: option.confidence)
        plain = readings[at]
        if len(plain.text) > len(best.text) and _within(best.text, plain.text):
            best = plain  # what is there without the seal is print
        if any(option.text != best.text for option in options):
            best = _unsure(best, hidden, [option.text for option in options])
        result[at] = best
    return result


def _within(shorter: str, longer: str) -> bool:
    """Whether a text is another one with characters left out."""
    rest = iter(longer)
    return all(char in rest for char in shorter)


def _unsure(reading: Reading, hidden: NDArray[np.bool_], others: Sequence[str]) -> Reading:
    """The reading with no more than UNSURE for each character that a seal touches, and for each figure
    that was read otherwise too."""
    reach = max(2, len(hidden) // max(2 * len(reading.text), 1))
    doubted = set()
    for at, place in enumerate(reading.places):
        middle = round(place * len(hidden))
        if hidden[max(0, middle - reach) : middle + reach + 1].any():
            doubted.add(at)
    figures = [range(*found.span()) for found in FIGURE.finditer(reading.text)]
    for other in others:
        for kind, start, end, _, _ in SequenceMatcher(
            None, reading.text, other, autojunk=False
        ).get_opcodes():
            if kind != "equal":
                near = range(max(0, start - 1), min(len(reading.text), end + 1))
                doubted.update(range(start, end))
                doubted.update(at for figure in figures if {*figure} & {*near} for at in figure)
    confidences = [
        min(sure, UNSURE) if at in doubted else sure for at, sure in enumerate(reading.confidences)
    ]
    return replace(reading, confidences=tuple(confidences))


def _in_points(glyph: Glyph) -> Glyph:
    return glyph._replace(
        x0=glyph.x0 * SCALE, top=glyph.top * SCALE, x1=glyph.x1 * SCALE, bottom=glyph.bottom * SCALE,
        size=glyph.size * SCALE,
    )  # fmt: skip
