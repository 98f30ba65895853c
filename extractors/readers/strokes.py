"""The strokes of a PDF page: its straight rules, and how much of it pictures and drawings cover.

`raw` is pypdfium2's raw interface, handed over by its one home.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise, repeat
from typing import Any, NamedTuple

from extractors.readers.calls import prototype, reference
from extractors.readers.glyphs import Frame, Stroke

#: a drawing with more pieces than this is a picture, not a table
MOST_PATH_POINTS = 40_000
#: a filled shape as thin as this is a rule (points)
RULE_WIDTH = 3.2


def drawn_on(raw: Any, page: Any, to: Frame, size: tuple[float, float]) -> tuple[list[Stroke], float, int]:
    """The strokes of a page, the share of it that its largest picture covers, the points drawn."""
    strokes: list[Stroke] = []
    picture = 0.0
    budget = MOST_PATH_POINTS
    calls = _calls(raw)
    for item, kind, frame in _objects(raw, page, to):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = frame.box((0, 0, 1, 1))
            picture = max(picture, (x1 - x0) * (y1 - y0) / max(size[0] * size[1], 1))
            continue
        points = calls.points(item)
        budget -= points
        if budget < 0:
            return [], picture, MOST_PATH_POINTS
        strokes.extend(_strokes(raw, item, points, frame))
    return strokes, picture, MOST_PATH_POINTS - budget


class _Calls(NamedTuple):
    kind: Callable[[int], int]
    count: Callable[[Any], int]
    item: Callable[[Any, int], int]
    count_in_form: Callable[[Any], int]
    item_in_form: Callable[[Any, int], int]
    matrix: Callable[[int, Any], int]
    points: Callable[[int], int]
    mode: Callable[[int, Any, Any], int]
    segment: Callable[[int, int], int]
    point: Callable[[int, Any, Any], int]
    turn: Callable[[int], int]
    closes: Callable[[int], int]


@cache
def _calls(raw: Any) -> _Calls:
    handle, whole = ctypes.c_void_p, ctypes.c_int
    return _Calls(
        prototype(raw, "FPDFPageObj_GetType", whole, handle),
        prototype(raw, "FPDFPage_CountObjects", whole),
        prototype(raw, "FPDFPage_GetObject", handle),
        prototype(raw, "FPDFFormObj_CountObjects", whole, handle),
        prototype(raw, "FPDFFormObj_GetObject", handle, handle),
        prototype(raw, "FPDFPageObj_GetMatrix", whole, handle),
        prototype(raw, "FPDFPath_CountSegments", whole, handle),
        prototype(raw, "FPDFPath_GetDrawMode", whole, handle),
        prototype(raw, "FPDFPath_GetPathSegment", handle, handle),
        prototype(raw, "FPDFPathSegment_GetPoint", whole, handle),
        prototype(raw, "FPDFPathSegment_GetType", whole, handle),
        prototype(raw, "FPDFPathSegment_GetClose", whole, handle),
    )


def _objects(raw: Any, page: Any, to: Frame) -> Iterator[tuple[int, int, Frame]]:
    """Paths and pictures, also those within forms, each with its kind and its way into the reading frame."""
    calls, holder = _calls(raw), reference(page)
    wanted = {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}
    matrix = raw.FS_MATRIX()
    stack = [(list(map(calls.item, repeat(holder), range(calls.count(holder)))), to, 0)]
    while stack:
        items, frame, depth = stack.pop()
        for item, kind in zip(items, map(calls.kind, items), strict=True):
            if kind not in wanted:
                continue
            calls.matrix(item, ctypes.byref(matrix))
            own = Frame(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f).then(frame)
            if kind != raw.FPDF_PAGEOBJ_FORM:
                yield item, kind, own
            elif depth < 4:
                held = map(calls.item_in_form, repeat(item), range(calls.count_in_form(item)))
                stack.append((list(held), own, depth + 1))


def _strokes(raw: Any, path: int, points: int, to: Frame) -> Iterator[Stroke]:
    """The straight level and upright lines of a path; thin filled shapes count as lines."""
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    _calls(raw).mode(path, ctypes.byref(fill), ctypes.byref(stroked))
    if not (fill.value or stroked.value):
        return  # a clip path
    for outline in _outlines(raw, path, points, to):
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        width, height = x1 - x0, y1 - y0
        if min(width, height) <= RULE_WIDTH and max(width, height) > RULE_WIDTH:
            middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
            yield Stroke(x0, middle_y, x1, middle_y) if width > height else Stroke(middle_x, y0, middle_x, y1)
        elif stroked.value:
            for (ax, ay), (bx, by) in pairwise(outline):
                if abs(ay - by) < 0.6 < abs(ax - bx):
                    yield Stroke(min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2)
                elif abs(ax - bx) < 0.6 < abs(ay - by):
                    yield Stroke((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by))


def _outlines(raw: Any, path: int, points: int, to: Frame) -> Iterator[list[tuple[float, float]]]:
    """The subpaths of a path as lists of corners; a closed one ends where it began."""
    calls, x, y = _calls(raw), ctypes.c_float(), ctypes.c_float()
    places = ctypes.byref(x), ctypes.byref(y)
    corners: list[tuple[float, float]] = []
    for index in range(points):
        segment = calls.segment(path, index)
        calls.point(segment, *places)
        if calls.turn(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(corners) > 1:
                yield corners
            corners = []
        corners.append(to.point(x.value, y.value))
        if calls.closes(segment) and corners:
            corners.append(corners[0])
    if len(corners) > 1:
        yield corners
