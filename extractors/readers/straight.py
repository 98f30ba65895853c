"""A page set straight: turned by quarters where it lies or stands on its head, then by its small tilt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.readers import imaging
from extractors.readers.glyphs import UPRIGHT, Frame, quarter_turns
from extractors.readers.ocr import Picture, Region, find_lines, read_lines
from schema.document import Box

#: detection looks at a page this many times as small as recognition does
DETECTION_SCALE = 0.6
#: below this mean confidence a page is tried the other way up
UPRIGHT_CONFIDENCE = 0.82
#: a smaller tilt is left alone (degrees)
LEAST_TILT = 0.08
MOST_TILT = 20.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A straight page with its lines of text in its pixels; `back` leads to the page as it was."""

    picture: Picture
    boxes: list[Box]
    back: Frame
    stamped: Picture | None  # the same with its seals, where it has any


def straighten(picture: Picture, stamped: Picture | None = None) -> Sheet:
    """The page as it should lie, with its lines of text. `stamped` is turned with it."""
    height, width = picture.shape
    regions = find_lines(picture, DETECTION_SCALE)
    turns = 0
    if _lies(regions):
        turns = max(
            (1, 3),
            key=lambda turn: _legible(imaging.turn_quarters(picture, turn), _turned(regions, turn, picture)),
        )
    elif regions and (sure := _legible(picture, regions)) < UPRIGHT_CONFIDENCE:
        over = _turned(regions, 2, picture)
        if _legible(imaging.turn_quarters(picture, 2), over) > sure + 0.1:
            turns = 2
    way = quarter_turns(turns, width, height)
    if turns:
        picture = imaging.turn_quarters(picture, turns)
        stamped = None if stamped is None else imaging.turn_quarters(stamped, turns)
        height, width = picture.shape
        regions = find_lines(picture, DETECTION_SCALE)
    degrees = _tilt(regions)
    turn = UPRIGHT
    if LEAST_TILT < abs(degrees) < MOST_TILT:
        picture = imaging.tilt(picture, degrees)
        stamped = None if stamped is None else imaging.tilt(stamped, degrees)
        turn = Frame(*imaging.tilt_matrix(width, height, degrees))
    return Sheet(picture, [_upright(region, turn) for region in regions], way.then(turn).inverse(), stamped)


def _upright(region: Region, turn: Frame) -> Box:
    x, y = turn.point(region.x, region.y)
    return x - region.length / 2, y - region.height / 2, x + region.length / 2, y + region.height / 2


def _lies(regions: Sequence[Region]) -> bool:
    """Whether most of the text runs up or down."""
    long = [(r.length, r.height) for r in regions if max(r.length, r.height) > 2.5 * min(r.length, r.height)]
    upright = sum(height for length, height in long if height > length)
    return len(long) > 2 and upright > 0.6 * sum(max(pair) for pair in long)


def _turned(regions: Sequence[Region], turns: int, picture: Picture) -> list[Region]:
    """The regions of a page after it was turned by quarters."""
    height, width = picture.shape
    way = quarter_turns(turns, width, height)
    turned = []
    for r in regions:
        x, y = way.point(r.x, r.y)
        length, thick = (r.length, r.height) if turns % 2 == 0 else (r.height, r.length)
        turned.append(Region(x, y, length, thick, r.tilt, r.score))
    return turned


def _legible(picture: Picture, regions: Sequence[Region]) -> float:
    """How surely a few middling lines are recognised."""
    fit = [r for r in regions if 3 < r.length / max(r.height, 1) < 14]
    sample = sorted(fit or regions, key=lambda r: -r.score)[:6]
    pictures = []
    for region in sample:
        x0, y0, x1, y1 = (max(0, round(side)) for side in _upright(region, UPRIGHT))
        pictures.append(picture[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)])
    readings = [reading for reading in read_lines(pictures) if reading.text]
    return sum(reading.confidence for reading in readings) / len(readings) if readings else 0.0


def _tilt(regions: Sequence[Region]) -> float:
    """The tilt that half of the text, by length, lies below and half above."""
    long = sorted((r.tilt, r.length) for r in regions if r.length > 5 * r.height)
    half = sum(length for _, length in long) / 2
    for degrees, length in long:
        half -= length
        if half <= 0:
            return degrees
    return 0.0
