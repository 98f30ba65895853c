"""Pictures of pages made fit to be read: grey without red seals, straight, cleaned of rules.

Pixels throughout, from the upper left corner.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.readers.glyphs import Stroke
from extractors.readers.ocr import Picture

Colour = NDArray[Any]  # height x width x 3, RGB, 8 bits

#: seals are between these sizes (inches), and about as wide as high
SEAL_SIZES = (0.7, 2.6)
#: the shortest rules, in points
SHORTEST_FLAT = 22.0
SHORTEST_UPRIGHT = 10.5
#: a rule may be lost over this width beneath close print, in points
WIDEST_BRIDGE = 80.0
#: a level run with ink above and below over more of its length is no rule
AMID = 0.6
#: grey that is not paper, on an evenly lit page
INKED = 222
#: so much of a sheet that was cut out is its edge (pixels)
MARGIN = 10
#: a photographed sheet is looked for in a picture of this size with a rim of what it lies on (pixels), covers this share
#: of it, and is so much lighter
CORNERS_AT, RIM, SHEET, DARKER = 1000, 12, (0.3, 0.96), 60


def grey_without_seals(page: Colour, dpi: float) -> tuple[Picture, Picture | None]:
    """The page in grey without seals, and with them if there are any. Where a red seal was stamped, only what is printed beneath it remains.

    Seen through a red filter a seal is as light as paper and black print stays black. Red print that is
    not of a seal's size and shape (the head of an official letter, a red figure) is kept.
    """
    import cv2

    grey: Picture = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(page, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(np.int16)
    red = small[..., 0] - np.maximum(small[..., 1], small[..., 2])
    mask = (red > 34).astype(np.uint8)
    if int(mask.sum()) < (0.02 * dpi) ** 2:
        return grey, None
    reach = max(3, round(0.03 * dpi)) | 1
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    smallest, largest = (size * dpi / 4 for size in SEAL_SIZES)
    result = grey
    for left, top, width, height, _ in boxes[1:count]:
        if not (smallest <= max(width, height) <= largest and 0.55 <= width / height <= 1.8):
            continue
        y0, y1 = max(0, top * 4 - 12), (top + height) * 4 + 12
        x0, x1 = max(0, left * 4 - 12), (left + width) * 4 + 12
        place = (slice(y0, y1), slice(x0, x1))
        if result is grey:
            result = grey.copy()
        result[place] = _through_red(page[place], grey[place])
    return result, None if result is grey else grey


def _through_red(part: Colour, grey: Picture) -> Picture:
    """A part of a page through a red filter, its paper as light as it was."""
    import cv2

    values = part.astype(np.int16)
    redness = values[..., 0] - np.maximum(values[..., 1], values[..., 2])
    filtered = part[..., 0].astype(np.float32)
    paper = float(np.percentile(grey, 90))
    red = redness > 30
    seal = float(np.percentile(filtered[red], 30)) if red.any() else paper
    ink = cv2.GaussianBlur(np.clip((redness - 8) / 20, 0, 1).astype(np.float32), (0, 0), 1.5)
    lifted = np.clip(filtered * (paper / max(0.85 * seal, 1.0)), 0, paper)
    mixed: Picture = (ink * lifted + (1 - ink) * np.minimum(grey, paper)).astype(np.uint8)
    return mixed


def paper_corners(picture: Colour) -> NDArray[np.float32] | None:
    """The corners of a sheet that was photographed on something darker, from the upper left one clockwise; None where
    the picture is the page itself."""
    import cv2

    scale = CORNERS_AT / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # in its darkest colour a wooden table is dark too
    grey = cv2.GaussianBlur(np.ascontiguousarray(small.min(axis=2)), (0, 0), 2)
    rim = np.concatenate(
        [grey[:RIM].ravel(), grey[-RIM:].ravel(), grey[:, :RIM].ravel(), grey[:, -RIM:].ravel()]
    )
    ground, paper = float(np.median(rim)), float(np.percentile(grey, 90))
    if paper - ground < DARKER:
        return None
    # a shadow on the sheet is nearer to paper than what it lies on is
    _, light = cv2.threshold(grey, ground + 0.3 * (paper - ground), 255, cv2.THRESH_BINARY)
    light = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    outlines, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)
    hull = cv2.convexHull(outline)
    if not SHEET[0] <= cv2.contourArea(hull) / light.size <= SHEET[1]:
        return None
    corners = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, True), True).reshape(-1, 2)
    if len(corners) != 4:
        return None
    sums, differences = corners.sum(axis=1), corners[:, 0] - corners[:, 1]
    order = [sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin()]
    if len(set(order)) < 4:
        return None
    found: NDArray[np.float32] = (_met(corners[order], outline.reshape(-1, 2)) / scale).astype(np.float32)
    return found


def _met(corners: NDArray[Any], outline: NDArray[Any]) -> NDArray[np.float64]:
    """The corners where the sides of a sheet would meet, each side laid through the points of the outline along it:
    corners themselves are bent or cut."""
    import cv2

    sides = []
    for begin, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        length = float(np.linalg.norm(end - begin))
        along = (end - begin) / length
        on, off = (outline - begin) @ along, (outline - begin) @ np.array([-along[1], along[0]])
        near = outline[(np.abs(off) < 6) & (0.06 * length < on) & (on < 0.94 * length)]
        points = near if len(near) > 9 else np.array([begin, end])
        across, down, x, y = cv2.fitLine(points.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        sides.append((down, -across, down * x - across * y))
    met = []
    for (a, b, c), (d, e, f) in zip(np.roll(sides, 1, axis=0), sides, strict=True):
        det = a * e - b * d
        met.append(((c * e - b * f) / det, (a * f - c * d) / det))
    return np.array(met)


def laid_flat(
    picture: Colour, corners: NDArray[np.float32], width: int
) -> tuple[Colour, NDArray[np.float64]]:
    """The sheet between these corners as it lies before the reader, so many pixels at its shorter side; and the matrix
    that leads from there to the picture."""
    import cv2

    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    across, down = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    scale = width / min(across, down)
    right, bottom = round(across * scale), round(down * scale)
    flat = np.array([(0, 0), (right, 0), (right, bottom), (0, bottom)], np.float32)
    back: NDArray[np.float64] = cv2.getPerspectiveTransform(flat, corners).astype(np.float64)
    sheet: Colour = cv2.warpPerspective(
        picture, back, (right, bottom), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    )
    rim = MARGIN  # where its edge and its shadow are
    sheet[:rim], sheet[-rim:], sheet[:, :rim], sheet[:, -rim:] = (255,) * 4
    return sheet, back


def level_paper(grey: Picture) -> Picture:
    """Even lighting: shadows and yellowed paper become white, print keeps its darkness."""
    import cv2

    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    kernel = np.ones((9, 9), np.uint8)
    paper = cv2.medianBlur(cv2.dilate(small, kernel), 11)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    level: Picture = cv2.divide(grey, np.maximum(paper, 40), scale=250)
    return level


def speckled(grey: Picture) -> bool:
    """Whether single dark pixels are strewn over the page."""
    import cv2

    middle = cv2.medianBlur(grey, 3).astype(np.int16)
    return float((middle - grey > 70).mean()) > 0.002


def without_specks(picture: Picture) -> Picture:
    import cv2

    clean: Picture = cv2.medianBlur(picture, 3)
    return clean


def turn_quarters(picture: NDArray[Any], turns: int) -> NDArray[Any]:
    """Turned clockwise by quarters."""
    return np.ascontiguousarray(np.rot90(picture, -turns % 4))


def tilt(picture: Picture, degrees: float) -> Picture:
    """Turned back by a small tilt about its middle, on white paper."""
    import cv2

    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turned: Picture = cv2.warpAffine(
        picture,
        matrix,
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    return turned


def tilt_matrix(
    width: float, height: float, degrees: float
) -> tuple[float, float, float, float, float, float]:
    """The map of `tilt` in the order of Frame: a, b, c, d, e, f."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = width / 2, height / 2
    return cos, -sin, sin, cos, (1 - cos) * x - sin * y, sin * x + (1 - cos) * y


def find_rules(
    picture: Picture, dpi: float, unstamped: Picture | None = None
) -> tuple[list[Stroke], Picture]:
    """The straight rules of a page in pixels, and a mask of them.

    `unstamped` is the page without its seals: what is looked at to tell rules from characters.
    """
    dark = _dark(picture, dpi)
    flat, flat_mask = _straight(dark, dpi, flat=True)
    print_only = dark if unstamped is None else _dark(unstamped, dpi)
    flat = _bridged(picture, [run for run in flat if not _amid_print(print_only, run)], flat_mask, dpi)
    upright, upright_mask = _straight(dark, dpi, flat=False)
    rules = [
        Stroke(left, top + height / 2, left + width, top + height / 2) for left, top, width, height in flat
    ]
    sides: list[Stroke] = []
    for place in upright:
        sides += _bare_parts(print_only, place, rules, dpi)
    rules = [_reaching(picture, rule, sides, flat_mask, dpi) for rule in rules]
    return rules + sides, flat_mask | upright_mask


def _reaching(picture: Picture, rule: Stroke, sides: Sequence[Stroke], mask: Picture, dpi: float) -> Stroke:
    """A level rule drawn out to the sides of its cell where the picture is inked all the way: close print
    may hide the end of a rule as well as its middle. What is added goes into the mask."""
    reach = dpi * WIDEST_BRIDGE / 72
    at = [side.x0 for side in sides if side.top - 4 <= rule.top <= side.bottom + 4]
    x0 = max((x for x in at if rule.x0 - reach <= x < rule.x0), default=rule.x0)
    x1 = min((x for x in at if rule.x1 < x <= rule.x1 + reach), default=rule.x1)
    if x0 < rule.x0 and not _inked(picture, mask, rule.top, round(x0), round(rule.x0)):
        x0 = rule.x0
    if x1 > rule.x1 and not _inked(picture, mask, rule.top, round(rule.x1), round(x1)):
        x1 = rule.x1
    return rule._replace(x0=x0, x1=x1)


def _inked(picture: Picture, mask: Picture, place: float, begin: int, end: int) -> bool:
    """Whether the picture is inked all along a level stretch; if so the mask holds it."""
    strip = (slice(max(0, round(place) - 2), round(place) + 3), slice(begin, end))
    inked = picture[strip] < INKED
    if inked.size and inked.any(axis=0).mean() <= 0.98:
        return False
    mask[strip][inked] = 255
    return True


def _dark(picture: Picture, dpi: float) -> Picture:
    import cv2

    window = 2 * round(dpi / 12) + 1
    dark: Picture = cv2.adaptiveThreshold(
        picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 18
    )
    return dark


def _straight(dark: Picture, dpi: float, *, flat: bool) -> tuple[list[tuple[int, int, int, int]], Picture]:
    """Long thin runs of ink as (left, top, width, height), and a mask of them."""
    import cv2

    length = max(8, round((SHORTEST_FLAT if flat else SHORTEST_UPRIGHT) * dpi / 72))
    # worn rules have gaps; upright ones are closed less gladly, for the lines of a paragraph stand close
    gap = max(3, round(dpi / (40 if flat else 66)))

    def lying(along: int) -> NDArray[Any]:
        return np.ones((1, along) if flat else (along, 1), np.uint8)

    lines = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, lying(gap))
    lines = cv2.morphologyEx(lines, cv2.MORPH_OPEN, lying(length))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(lines)
    long = boxes[:, 2] if flat else boxes[:, 3]
    short = boxes[:, 3] if flat else boxes[:, 2]
    thin = (boxes[:, 4] <= dpi / 28 * long) & (short <= np.maximum(dpi / 10, long / 12))
    good = (long >= length) & thin
    good[0] = False  # the paper
    mask = np.where(good[labels], 255, 0).astype(np.uint8)
    return [tuple(int(v) for v in box[:4]) for box in boxes[good]], mask  # type: ignore[misc]


def _amid_print(dark: Picture, run: tuple[int, int, int, int]) -> bool:
    """Whether a level run has ink above and below all along, as the middle strokes of a line of print have."""
    left, top, width, height = run
    along = slice(left, left + width)
    sides = (dark[max(0, top - 8) : max(0, top - 2), along], dark[top + height + 2 : top + height + 8, along])
    return all(side.size and (side.max(axis=0) > 0).mean() > AMID for side in sides)


def _bridged(
    picture: Picture, flat: Sequence[tuple[int, int, int, int]], mask: Picture, dpi: float
) -> list[tuple[int, int, int, int]]:
    """Level rules with their parts joined where the picture is inked all along between them: print that
    stands close on a rule makes it look light. What lies between is added to the mask."""
    whole: list[tuple[int, int, int, int]] = []
    for left, top, width, height in sorted(flat):
        for at, (x, y, wide, high) in enumerate(whole):
            begin, place = x + wide, (y + high / 2 + top + height / 2) / 2
            if not 0 < left - begin <= dpi * WIDEST_BRIDGE / 72 or abs(place - top - height / 2) > dpi / 100:
                continue
            if _inked(picture, mask, place, begin, left):
                whole[at] = (x, round(place - min(high, height) / 2), left + width - x, min(high, height))
                break
        else:
            whole.append((left, top, width, height))
    return whole


def _bare_parts(
    dark: Picture, place: tuple[int, int, int, int], flat: Sequence[Stroke], dpi: float
) -> list[Stroke]:
    """The parts of an upright run, between level rules, that have no ink beside them: strokes of characters have."""
    left, top, width, height = place
    middle = left + width / 2
    crossings = sorted(
        rule.top for rule in flat if rule.x0 - 8 <= middle <= rule.x1 + 8 and top < rule.top < top + height
    )
    edges = [top, *crossings, top + height]
    bare = []
    for y0, y1 in pairwise(edges):
        inner = slice(round(y0) + 4, max(round(y1) - 4, round(y0) + 5))
        # cells keep their text a good way off their sides
        beside = [dark[inner, max(0, x) : max(0, x + 4)] for x in (left - 6, left + width + 2)]
        inked = max((float((part.max(axis=1) > 0).mean()) for part in beside if part.size), default=1.0)
        bare.append(y1 - y0 < 4 or inked <= (0.1 if height < 20 * dpi / 72 else 0.3))
    parts: list[Stroke] = []
    for at, (y0, y1) in enumerate(pairwise(edges)):
        if not bare[at]:
            continue
        if parts and abs(parts[-1].bottom - y0) < 1:
            parts[-1] = parts[-1]._replace(bottom=y1)
        else:
            parts.append(Stroke(middle, y0, middle, y1))
    return [part for part in parts if part.bottom - part.top > 8]


def without_rules(picture: Picture, mask: Picture, rules: Sequence[Stroke]) -> Picture:
    """The page with these rules painted over in the colour of paper, as far as the mask has ink there."""
    import cv2

    band = np.zeros_like(mask)
    for rule in rules:
        cv2.line(band, (round(rule.x0), round(rule.top)), (round(rule.x1), round(rule.bottom)), 255, 9)
    wiped = picture.copy()
    ink: Picture = mask & band
    wiped[cv2.dilate(ink, np.ones((3, 3), np.uint8)) > 0] = 250
    return wiped


def ink_boxes(picture: Picture, least: int) -> list[tuple[int, int, int, int]]:
    """Lines of ink in a cell as (left, top, right, bottom): rows of dark parts at least so many pixels high."""
    import cv2

    _, dark = cv2.threshold(picture, 150, 255, cv2.THRESH_BINARY_INV)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(dark)
    good = (boxes[:, 4] >= 6) & (boxes[:, 2:4].max(axis=1) >= least / 3)
    good[0] = False  # the paper
    kept = good[labels]
    rows = np.flatnonzero(kept.any(axis=1))
    found = []
    for part in np.split(rows, np.flatnonzero(np.diff(rows) > max(2, least // 4)) + 1) if len(rows) else []:
        top, bottom = int(part[0]), int(part[-1]) + 1
        columns = np.flatnonzero(kept[top:bottom].any(axis=0))
        if bottom - top >= least:
            found.append((int(columns[0]), top, int(columns[-1]) + 1, bottom))
    return found


def lone_dash(picture: Picture, dpi: float) -> tuple[int, int, int, int] | None:
    """The place of a short level stroke that is all the ink of a cell, with the height of a line of print."""
    rows, columns = np.nonzero(picture < 185)
    if len(rows) < 6:
        return None
    top, bottom, left, right = (
        int(rows.min()),
        int(rows.max()) + 1,
        int(columns.min()),
        int(columns.max()) + 1,
    )
    width, height = right - left, bottom - top
    if not (height <= dpi / 33 and max(3 * height, dpi / 20) <= width <= dpi / 3.3):
        return None
    if len(set(columns)) < 0.9 * width:
        return None  # dots in a row
    middle, half = (top + bottom) // 2, round(dpi / 20)
    return left, max(0, middle - half), right, min(picture.shape[0], middle + half)
