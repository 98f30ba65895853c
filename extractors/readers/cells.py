"""Tables of a straight page by their rules, and its lines of text divided among their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extractors.readers import imaging
from extractors.readers.glyphs import Stroke
from extractors.readers.mending import mended
from extractors.readers.ocr import Picture, Reading
from extractors.readers.ruled import RuledTable, find_tables
from schema.document import Box

#: pages are recognised at this resolution
DPI = 200
SCALE = 72 / DPI
#: a ruled box smaller than this is a large character (points)
LEAST_TABLE = (60.0, 14.0)
#: what a dash may be recognised as
STROKES = frozenset("一-－–ー_")


@dataclass(frozen=True, slots=True)
class SheetTables:
    """The ruled tables and rules of a page (in points), the tables' cells in pixels, and the page without their rules."""

    ruled: list[RuledTable]
    rules: list[Stroke]
    cells: list[Box]
    clean: Picture
    stamped: Picture | None  # the same with its seals


def tables_of(picture: Picture, stamped: Picture | None) -> SheetTables:
    strokes, mask = imaging.find_rules(picture, DPI)
    if stamped is not None:
        # a seal that hides a rule stands in its place: with the seal the rule is whole
        more, there = imaging.find_rules(stamped, DPI, picture)
        strokes, mask = strokes + [rule for rule in more if _goes_with(rule, strokes)], mask | there
    rules = _rules_only(mended([Stroke(*(place * SCALE for place in stroke)) for stroke in strokes]))
    found = find_tables(rules)
    ruled = [
        table
        for table in found
        if len(table.cells) > 1
        and table.box[2] - table.box[0] > LEAST_TABLE[0]
        and table.box[3] - table.box[1] > LEAST_TABLE[1]
    ]
    cells = [tuple(place / SCALE for place in cell.box) for table in ruled for cell in table.cells]
    if ruled:
        ink = [Stroke(*(place / SCALE for place in rule)) for rule in rules]
        picture = imaging.without_rules(picture, mask, ink)
        stamped = None if stamped is None else imaging.without_rules(stamped, mask, ink)
    return SheetTables(ruled, rules, cells, picture, stamped)  # type: ignore[arg-type]


def _goes_with(rule: Stroke, others: Sequence[Stroke]) -> bool:
    """Whether a stroke seen with the seal only lengthens one seen without: the seal's rim does not."""
    near, reach = 4, 40
    return any(
        rule.flat == other.flat
        and abs((rule.top - other.top) if rule.flat else (rule.x0 - other.x0)) < near
        and min(rule.x1, other.x1) - max(rule.x0, other.x0) > -reach
        and min(rule.bottom, other.bottom) - max(rule.top, other.top) > -reach
        for other in others
    )


def _rules_only(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Without the strokes of characters: a rule ends at other rules, or is long."""
    flat = [stroke for stroke in strokes if stroke.flat]
    upright = [stroke for stroke in strokes if not stroke.flat]
    kept = [rule for rule in flat if rule.x1 - rule.x0 > 60 or _ends(rule, upright) == 2]
    kept += [
        rule for rule in upright if (ends := _ends(rule, flat)) == 2 or (ends and rule.bottom - rule.top > 30)
    ]
    return kept


def _ends(rule: Stroke, others: Sequence[Stroke]) -> int:
    """How many ends of a rule lie on rules of the other direction."""
    near = 5.0
    if rule.flat:
        return sum(
            any(abs(o.x0 - x) < near and o.top - near < rule.top < o.bottom + near for o in others)
            for x in (rule.x0, rule.x1)
        )
    return sum(
        any(abs(o.top - y) < near and o.x0 - near < rule.x0 < o.x1 + near for o in others)
        for y in (rule.top, rule.bottom)
    )


def parted_lines(picture: Picture, boxes: Sequence[Box]) -> list[Box]:
    """Several lines that detection took as one, cut where the least ink is."""
    usual = median([box[3] - box[1] for box in boxes]) if boxes else 0.0
    found: list[Box] = []
    for box in boxes:
        left, top, right, bottom = box
        lines = round((bottom - top) / usual) if usual else 1
        # a title is high and long; lines taken as one are high and short of it
        if bottom - top < 1.65 * usual or not 1.35 < (right - left) / (bottom - top) < 6:
            found.append(box)
            continue
        ink = 255.0 - crop(picture, box).mean(axis=1)
        cuts = [0]
        for line in range(1, lines):
            middle, reach = line * len(ink) // lines, max(2, len(ink) // lines // 3)
            part = ink[middle - reach : middle + reach]
            cuts.append(middle - reach + int(part.argmin()) if len(part) else middle)
        cuts.append(len(ink))
        # one large character has ink where a gap would be
        if any(ink[cut] > 0.5 * float(ink.max()) for cut in cuts[1:-1]):
            found.append(box)
        else:
            others = [other for other in boxes if other != box]
            pieces = [(left, top + a, right, top + b) for a, b in pairwise(cuts)]
            found += [piece for piece in pieces if all(_shared(piece, other) < 0.4 for other in others)]
    return found


def _shared(piece: Box, other: Box) -> float:
    """The share of a piece that another box covers."""
    width = min(piece[2], other[2]) - max(piece[0], other[0])
    height = min(piece[3], other[3]) - max(piece[1], other[1])
    area = (piece[2] - piece[0]) * (piece[3] - piece[1])
    return max(width, 0.0) * max(height, 0.0) / area if area else 0.0


def cut_at_rules(boxes: Sequence[Box], cells: Sequence[Box]) -> list[Box]:
    """Found lines cut where they run over the sides of cells: each piece lies in one cell.

    >>> cut_at_rules([(5, 2, 95, 12)], [(0, 0, 50, 20), (50, 0, 100, 20)])
    [(5, 2, 50, 12), (50, 2, 95, 12)]
    """
    pieces: list[Box] = []
    for box in boxes:
        left, top, right, bottom = box
        height = bottom - top
        middle = (top + bottom) / 2
        over = [
            cell
            for cell in cells
            if min(right, cell[2]) - max(left, cell[0]) > min(0.4 * height, 0.5 * (right - left))
            and min(bottom, cell[3]) - max(top, cell[1]) > 0.25 * height
        ]
        beside = sorted(cell for cell in over if cell[1] <= middle <= cell[3])
        if not beside:
            pieces.append(box)
            continue
        if height > 40 and len(over) > len(beside):  # two rows taken as one line
            others = [other for other in boxes if other != box]
            for cell in over:
                piece = (
                    max(left, cell[0]),
                    max(top, cell[1]),
                    min(right, cell[2]),
                    min(bottom, cell[3]),
                )
                if all(_shared(piece, other) < 0.4 for other in others):
                    pieces.append(piece)
            continue
        cuts = [cell[0] for cell in beside[1:]]
        edges = [max(left, beside[0][0]), *cuts, min(right, beside[-1][2])]
        pieces.extend((x0, top, x1, bottom) for x0, x1 in pairwise(edges) if x1 - x0 > 2)
    return pieces


def overlooked(picture: Picture, boxes: Sequence[Box], cells: Sequence[Box]) -> list[Box]:
    """Ink in cells that detection found no text in: a lone figure is easily missed."""
    found: list[Box] = []
    margin, least = 5, round(DPI / 17)
    for left, top, right, bottom in cells:
        x0, y0, x1, y1 = (
            round(side) for side in (left + margin, top + margin, right - margin, bottom - margin)
        )
        if x1 - x0 < least or y1 - y0 < least:
            continue
        part = picture[y0:y1, x0:x1]
        taken = [
            box for box in boxes if box[0] < right and box[2] > left and box[1] < bottom and box[3] > top
        ]
        if taken:
            part = part.copy()
            for box in taken:
                a, b = max(0, round(box[1]) - y0 - 3), max(0, round(box[0]) - x0 - 6)
                part[a : max(a, round(box[3]) - y0 + 3), b : max(b, round(box[2]) - x0 + 6)] = 255
        inside = any(_stands_in(box, (left, top, right, bottom)) for box in taken)
        dash = None if inside else imaging.lone_dash(part, DPI)
        if dash is None and int(part.min()) > 140:
            continue
        inks = [dash] if dash else imaging.ink_boxes(part, least)
        for ink in inks:
            high = ink[3] - ink[1]
            if high <= 3 * DPI / 9:
                found.append((x0 + ink[0] - 5, y0 + ink[1] - 4, x0 + ink[2] + 5, y0 + ink[3] + 4))
    return found


def _stands_in(box: Box, cell: Box) -> bool:
    """Whether a box's middle lies in a cell."""
    return cell[0] < (box[0] + box[2]) / 2 < cell[2] and cell[1] < (box[1] + box[3]) / 2 < cell[3]


def as_dashes(readings: Sequence[Reading], boxes: Sequence[Box], cells: Sequence[Box]) -> list[Reading]:
    """A level stroke that is alone in a cell is the dash of a figure that there is not, no Chinese one."""
    result = list(readings)
    for at, reading in enumerate(readings):
        if reading.text not in STROKES:
            continue
        cell = next((cell for cell in cells if _stands_in(boxes[at], cell)), None)
        if cell and sum(_stands_in(box, cell) for box in boxes) == 1:
            result[at] = replace(reading, text="—")
    return result


def crop(picture: Picture, box: Box) -> Picture:
    height, width = picture.shape
    x0, y0 = max(0, round(box[0])), max(0, round(box[1]))
    x1, y1 = min(width, round(box[2])), min(height, round(box[3]))
    return picture[y0 : max(y0 + 1, y1), x0 : max(x0 + 1, x1)]
