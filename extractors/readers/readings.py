"""Recognised lines as characters with places, as a PDF's text layer would have given them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.readers.glyphs import Glyph
from extractors.readers.lines import wide
from extractors.readers.ocr import Reading
from schema.document import Box

#: readings below this mean confidence are noise, not text
LEAST_CONFIDENCE = 0.5
#: print this close in size is of one size
SAME_SIZE = 0.17
#: a line of few characters is measured by its height alone, which tells less
LIKE_SIZE = 0.3
#: middles of neighbours this far apart, in sizes of print, have a blank between them (填报单位：某局 填报人：某某)
BLANK = 1.65
#: how sure a point is that was read as a comma
MENDED = 0.7
FULL_WIDTH = dict(zip("(),:;", "（），：；", strict=True))


def to_glyphs(boxes: Sequence[Box], readings: Sequence[Reading]) -> tuple[list[Glyph], int]:
    """The characters of all lines in pixels, and how many were dropped as illegible."""
    kept, noise = [], 0
    for box, reading in zip(boxes, readings, strict=True):
        if not reading.text.strip():
            continue
        if reading.confidence < LEAST_CONFIDENCE:
            noise += len("".join(reading.text.split()))
            continue
        kept.append((box, reading))
    sizes = _sizes(kept)
    glyphs: list[Glyph] = []
    for (box, reading), size in zip(kept, sizes, strict=True):
        glyphs.extend(_line(box, reading, size))
    return glyphs, noise


def _pitch(box: Box, reading: Reading) -> float | None:
    """The usual distance of neighbouring Chinese characters, None where there are too few.

    Punctuation is left out: many faces set it narrower.
    """
    width = box[2] - box[0]
    steps = [
        (b - a) * width
        for (c, a), (d, b) in pairwise(zip(reading.text, reading.places, strict=True))
        if _ideograph(c) and _ideograph(d)
    ]
    return sum(sorted(steps)[1:-1]) / (len(steps) - 2) if len(steps) >= 4 else None


def _steps(box: Box, reading: Reading) -> float:
    """The mean distance of square characters in a line of few: found boxes of short lines are high."""
    width = box[2] - box[0]
    if len(reading.text) < 2 or not all(map(wide, reading.text)):
        return float("inf")
    return (reading.places[-1] - reading.places[0]) * width / (len(reading.text) - 1)


def _ideograph(char: str) -> bool:
    return "一" <= char <= "鿿"


def _sizes(lines: Sequence[tuple[Box, Reading]]) -> list[float]:
    """The size of each line's print: by its pitch, else by its height; near ones are made one."""
    pitches = [_pitch(box, reading) for box, reading in lines]
    shares = [pitch / (box[3] - box[1]) for pitch, (box, _) in zip(pitches, lines, strict=True) if pitch]
    share = median(shares) if shares else 0.72
    raw = [
        min(pitch, 1.1 * (box[3] - box[1]))
        if pitch
        else min(share * (box[3] - box[1]), 1.1 * _steps(box, reading))
        for pitch, (box, reading) in zip(pitches, lines, strict=True)
    ]
    measured = [at for at, pitch in enumerate(pitches) if pitch] or list(range(len(raw)))
    sizes = list(raw)
    kinds: list[float] = []
    left = set(measured)
    while left:
        # the size that the most characters are near to takes all that are near to it
        usual = median([raw[at] for at in left for _ in lines[at][1].text])
        near = [at for at in left if abs(raw[at] - usual) <= SAME_SIZE * usual] or [min(left)]
        kinds.append(usual if len(near) > 1 else raw[near[0]])
        for at in near:
            sizes[at] = kinds[-1]
        left.difference_update(near)
    for at in set(range(len(raw))).difference(measured):
        nearest = min(kinds, key=lambda kind: abs(kind - raw[at]) / kind)
        if abs(nearest - raw[at]) <= LIKE_SIZE * nearest:
            sizes[at] = nearest
    return sizes


def as_printed(text: str) -> str:
    """Half-width punctuation beside Chinese made full-width, as it was printed; of figures only a comma that groups
    nothing is touched.

    >>> as_printed("(二)合计:1,234.50万元,其中")
    '（二）合计：1,234.50万元，其中'
    >>> as_printed("100,00%")
    '100.00%'
    """
    chars = list(text)
    for at, char in enumerate(chars):
        beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
        if char in FULL_WIDTH and any(_ideograph(other) or other in "（）" for other in beside):
            chars[at] = FULL_WIDTH[char]
    for comma in POINT.finditer(text):
        chars[comma.start("comma")] = "."
    return "".join(chars)


#: 100,00% · 1,234,50万元: no grouping has two digits behind its comma, so it was read for a point
POINT = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})*(?P<comma>,)\d{2}(?=\s?(?:[%％]|[万亿]?元)|$)")


def _line(box: Box, reading: Reading, size: float) -> list[Glyph]:
    left, top, right, bottom = box
    width, middle = right - left, (top + bottom) / 2
    centres = [left + place * width for place in reading.places]
    glyphs = []
    for at, (char, centre, sure) in enumerate(
        zip(as_printed(reading.text), centres, reading.confidences, strict=True)
    ):
        if char == "." and reading.text[at] == ",":
            sure = min(sure, MENDED)
        half = size / 2 if wide(char) else size / 4
        x0, x1 = centre - half, centre + half
        # recognition gives its own spaces: what it read as one piece has no gaps
        if at:
            x0 = _side(centres[at - 1], centre, x0, size)
        if at + 1 < len(centres):
            x1 = _side(centre, centres[at + 1], x1, size)
        glyphs.append(Glyph(char, x0, middle - size / 2, x1, middle + size / 2, size, False, round(sure, 4)))
    return glyphs


def _side(left: float, right: float, own: float, size: float) -> float:
    """Where two neighbouring characters part: half way, unless blanks or a column lie between them."""
    return (left + right) / 2 if right - left < BLANK * size else own
