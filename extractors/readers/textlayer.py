"""The text layer of a PDF page: each printed character with its place, in one pass of raw calls.

`raw` is pypdfium2's raw interface, handed over by its one home.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

from extractors.readers.glyphs import Frame, Glyph
from schema.document import Box

INVISIBLE = 3  # text render mode of a recognised layer under a scanned picture
STROKED = {1, 2, 5, 6}
HEAVY_FONTS = ("bold", "heiti", "simhei", "black", "heavy", "xbs", "xiaobiaosong")


@dataclass(slots=True)
class Style:
    """What all characters of one text object share."""

    size: float
    bold: bool
    invisible: bool
    angle: float  # degrees, in user space
    clip: Box | None  # in user space, y upwards: text that leaves its cell is cut off by it


#: character, style, origin, end of advance, angle as displayed, home as displayed where it is clipped
Found = tuple[str, Style, tuple[float, float], tuple[float, float], float, tuple[float, float] | None]


def upright(
    char: str,
    style: Style,
    origin: tuple[float, float],
    end: tuple[float, float],
    home: tuple[float, float] | None,
    to: Frame,
) -> Glyph:
    """A glyph from its origin and the end of its advance, both on the baseline."""
    x0, base = to.point(*origin)
    x1, _ = to.point(*end)
    size = style.size
    at = to.point(*home) if home else None
    return Glyph(char, x0, base - 0.86 * size, max(x1, x0), base + 0.14 * size, size, style.bold, 1.0, at)


def characters(raw: Any, text: Any, display: Frame) -> tuple[list[Found], int, int]:
    """Each printed character with its style, its origin and end as displayed, and its angle."""
    count = raw.FPDFText_CountChars(text)
    styles: dict[int, Style] = {}
    found: list[Found] = []
    unmapped = invisible = 0
    box, ox, oy = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_ref, ox_ref, oy_ref = ctypes.byref(box), ctypes.byref(ox), ctypes.byref(oy)
    unicode_of, generated, loose = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_IsGenerated,
        raw.FPDFText_GetLooseCharBox,
    )
    origin_of, object_of, no_map = (
        raw.FPDFText_GetCharOrigin,
        raw.FPDFText_GetTextObject,
        raw.FPDFText_HasUnicodeMapError,
    )
    high = 0
    for index in range(count):
        code = unicode_of(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if generated(text, index) == 1:
            continue
        if _meaningless(code) or no_map(text, index) == 1:
            unmapped += 1
        if code < 32 or code in (0xFFFE, 0xFFFF):
            continue
        pointer = object_of(text, index)
        if not pointer:
            continue
        key = ctypes.addressof(pointer.contents)
        style = styles.get(key) or styles.setdefault(key, _style(raw, text, index, pointer))
        invisible += style.invisible
        loose(text, index, box_ref)
        origin_of(text, index, ox_ref, oy_ref)
        origin = display.point(ox.value, oy.value)
        # along the writing direction the loose box is as long as the advance
        angle = style.angle
        if angle == 0:
            end = display.point(box.right, oy.value)
        else:
            length = max(abs(box.right - box.left), abs(box.top - box.bottom))
            end = display.point(
                ox.value + length * math.cos(math.radians(angle)),
                oy.value + length * math.sin(math.radians(angle)),
            )
        shown = math.degrees(math.atan2(end[1] - origin[1], end[0] - origin[0])) if end != origin else 0.0
        home = None
        if style.clip is not None:
            left, bottom, right, top = style.clip
            x, y = (ox.value + box.right) / 2, oy.value + 0.36 * style.size
            if not (left <= x <= right and bottom <= y <= top):
                home = display.point(min(max(x, left + 1), right - 1), min(max(y, bottom + 1), top - 1))
        found.append((chr(code), style, origin, end, shown, home))
    return found, unmapped, invisible


def _meaningless(code: int) -> bool:
    """Private use, the replacement character, control codes: no text for people."""
    return (
        0xE000 <= code <= 0xF8FF
        or code == 0xFFFD
        or code == 0
        or 1 <= code <= 8
        or 0xF0000 <= code <= 0x10FFFF
    )


def _style(raw: Any, text: Any, index: int, pointer: Any) -> Style:
    matrix = raw.FS_MATRIX()
    angle, scale = 0.0, 1.0
    if raw.FPDFText_GetMatrix(text, index, matrix):
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        scale = math.hypot(matrix.c, matrix.d) or 1.0
    mode = raw.FPDFTextObj_GetTextRenderMode(pointer)
    name = ctypes.create_string_buffer(80)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 80, flags)
    font = name.value.decode("latin-1").lower()
    heavy = raw.FPDFText_GetFontWeight(text, index) >= 600 or any(word in font for word in HEAVY_FONTS)
    size = raw.FPDFText_GetFontSize(text, index) * scale
    upright = abs(angle) < 0.5
    return Style(
        size or 1.0, heavy or mode in STROKED, mode == INVISIBLE, 0.0 if upright else angle,
        _clip(raw, pointer) if upright else None,
    )  # fmt: skip


def _clip(raw: Any, item: Any) -> Box | None:
    """The box that an object's clip paths leave of it: left, bottom, right, top."""
    path = raw.FPDFPageObj_GetClipPath(item)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    if count <= 0:
        return None
    left, bottom, right, top = -1e9, -1e9, 1e9, 1e9
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(count):
        xs, ys = [], []
        for segment in range(raw.FPDFClipPath_CountPathSegments(path, at)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, at, segment), x, y)
            xs.append(x.value)
            ys.append(y.value)
        if xs:
            left, right = max(left, min(xs)), min(right, max(xs))
            bottom, top = max(bottom, min(ys)), min(top, max(ys))
    return (left, bottom, right, top) if right - left > 4 and top - bottom > 4 else None
