"""The text layer of a PDF page: each printed character with its place, by raw calls.

`raw` is pypdfium2's raw interface, handed over by its one home. The calls made for each character go through
prototypes of their own: they take plain addresses and keep the interpreter's lock, which halves their cost. What
each character is asked for is asked for all of a page at once; what its text object knows is asked once an object.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from struct import iter_unpack
from typing import Any, NamedTuple

from extractors.readers.glyphs import UPRIGHT, Frame, Glyph, quarter_turns
from schema.document import Box

INVISIBLE = 3  # text render mode of a recognised layer under a scanned picture
STROKED = {1, 2, 5, 6}
HEAVY_FONTS = ("bold", "heiti", "simhei", "black", "heavy", "xbs", "xiaobiaosong")
#: what a text page writes for what its characters say otherwise: hyphens at a line's end
_MARKERS = frozenset("\0\2\ufffe\uffff")
#: what is no print, though it may stand among printed characters
_UNPRINTED = frozenset((*map(chr, range(32)), "\ufffe", "\uffff"))
#: a glyph's box stands so far above and below its baseline, in parts of its size
ABOVE, BELOW = 0.86, 0.14


@dataclass(slots=True, eq=False)
class Style:
    """What all characters of one text object share."""

    size: float
    bold: bool
    invisible: bool
    angle: float  # degrees, in user space
    clip: Box | None  # in user space, y upwards: text that leaves its cell is cut off by it
    font: int


class Found(NamedTuple):
    """A character in user space: its origin on the baseline, and the end of its advance."""

    char: str
    style: Style
    x: float
    y: float
    end_x: float
    end_y: float


#: what a Found has, of which most pages need no more
Bare = tuple[str, Style, float, float, float, float]


class Layer(NamedTuple):
    """The characters of a page in reading frame, and what was noticed on the way."""

    glyphs: list[Glyph]
    to_reading: Frame
    turns: int  # quarters that the text is turned by
    slanted: int
    unmapped: int
    invisible: int


class _Calls(NamedTuple):
    unicode: Callable[[Any, int], int]
    generated: Callable[[Any, int], int]
    box: Callable[[Any, int, int], int]
    origin: Callable[[Any, int, int, int], int]
    item: Callable[[Any, int], int | None]
    unmapped: Callable[[Any, int], int]
    font: Callable[[int], int | None]
    matrix: Callable[[Any, int, int], int]
    size: Callable[[Any, int], float]
    mode: Callable[[int], int]
    clip: Callable[[int], int | None]
    paths: Callable[[int], int]


@cache
def _calls(raw: Any) -> _Calls:
    handle, whole = ctypes.c_void_p, ctypes.c_int

    def call(name: str, result: Any, *arguments: Any) -> Any:
        address = ctypes.cast(getattr(raw, name), handle).value or 0
        return ctypes.PYFUNCTYPE(result, *arguments)(address)

    return _Calls(
        call("FPDFText_GetUnicode", ctypes.c_uint, handle, whole),
        call("FPDFText_IsGenerated", whole, handle, whole),
        call("FPDFText_GetLooseCharBox", whole, handle, whole, handle),
        call("FPDFText_GetCharOrigin", whole, handle, whole, handle, handle),
        call("FPDFText_GetTextObject", handle, handle, whole),
        call("FPDFText_HasUnicodeMapError", whole, handle, whole),
        call("FPDFTextObj_GetFont", handle, handle),
        call("FPDFText_GetMatrix", whole, handle, whole, handle),
        call("FPDFText_GetFontSize", ctypes.c_double, handle, whole),
        call("FPDFTextObj_GetTextRenderMode", whole, handle),
        call("FPDFPageObj_GetClipPath", handle, handle),
        call("FPDFClipPath_CountPaths", whole, handle),
    )


def read_layer(raw: Any, text: Any, display: Frame, size: tuple[float, float]) -> Layer:
    """The text of a page as displayed with this frame and size, turned so that it runs from left to right."""
    bare, unmapped, invisible = characters(raw, text)
    upright = display.b == display.c == 0 and display.a == 1 and display.d == -1
    if upright and not any(style.angle for style in {one[1] for one in bare}):
        return Layer(_plain(bare, display), UPRIGHT, 0, 0, unmapped, invisible)
    found = list(map(Found._make, bare))
    shown = [_shown(one, display) for one in found]
    turns = Counter(
        round(angle / 90) % 4 for *_, angle in shown if abs(angle / 90 - round(angle / 90)) < 0.02
    )
    main = turns.most_common(1)[0][0] if turns else 0
    to = quarter_turns(-main, *size)  # text that runs downwards is turned back
    glyphs = [
        _turned(one, origin, end, _home(one, display), to)
        for one, (origin, end, angle) in zip(found, shown, strict=True)
        if abs((angle - 90 * main + 180) % 360 - 180) < 8
    ]
    return Layer(glyphs, to, main, len(found) - len(glyphs), unmapped, invisible)


def _plain(found: Sequence[Bare], display: Frame) -> list[Glyph]:
    """The glyphs of a page that is displayed as it is written."""
    glyphs = []
    shared: tuple[Style | None, float] = (None, 0.0)  # what the characters of one object share
    new = tuple.__new__  # half the time of calling the class
    for one in found:
        char, style, x, y, end, _ = one
        if (style, y) != shared:
            shared, size, bold, base = (style, y), style.size, style.bold, display.f - y
            top, bottom = base - ABOVE * size, base + BELOW * size
        x0, x1 = x + display.e, end + display.e
        home = None if style.clip is None else _home(Found._make(one), display)
        glyphs.append(new(Glyph, (char, x0, top, x1 if x1 > x0 else x0, bottom, size, bold, 1.0, home)))
    return glyphs


def _shown(found: Found, display: Frame) -> tuple[tuple[float, float], tuple[float, float], float]:
    """Origin and end as displayed, and the angle between them in degrees."""
    origin, end = display.point(found.x, found.y), display.point(found.end_x, found.end_y)
    angle = math.degrees(math.atan2(end[1] - origin[1], end[0] - origin[0])) if end != origin else 0.0
    return origin, end, angle


def _turned(
    found: Found,
    origin: tuple[float, float],
    end: tuple[float, float],
    home: tuple[float, float] | None,
    to: Frame,
) -> Glyph:
    x0, base = to.point(*origin)
    x1, _ = to.point(*end)
    size = found.style.size
    at = to.point(*home) if home else None
    return Glyph(
        found.char, x0, base - ABOVE * size, max(x1, x0), base + BELOW * size, size, found.style.bold, 1.0, at
    )


def _home(found: Found, display: Frame) -> tuple[float, float] | None:
    """Where a character belongs, as displayed, if its object's clip path hides it where it stands."""
    style = found.style
    if style.clip is None:
        return None
    left, bottom, right, top = style.clip
    x, y = (found.x + found.end_x) / 2, found.y + 0.36 * style.size
    if left <= x <= right and bottom <= y <= top:
        return None
    return display.point(min(max(x, left + 1), right - 1), min(max(y, bottom + 1), top - 1))


def _address(text: Any) -> int:
    return ctypes.cast(text.raw, ctypes.c_void_p).value or 0


def _chars(raw: Any, text: Any, count: int, calls: _Calls, page: int) -> Sequence[str]:
    """What each character of a text page is, "" for the first half of a pair."""
    units = (ctypes.c_ushort * (count + 1))()
    if count and raw.FPDFText_GetText(text, 0, count, units) == count + 1:
        said = bytes(units)[:-2].decode("utf-16-le", "ignore")
        if len(said) == count and _MARKERS.isdisjoint(said):
            return said
    chars = list(map(chr, map(calls.unicode, repeat(page), range(count))))
    for at, char in enumerate(chars):
        if "\ud800" <= char < "\udc00":
            chars[at] = ""
            if "\udc00" <= "".join(chars[at + 1 : at + 2]) < "\ue000":
                chars[at + 1] = (char + chars[at + 1]).encode("utf-16", "surrogatepass").decode("utf-16")
    return chars


def characters(raw: Any, text: Any) -> tuple[list[Bare], int, int]:
    """Each printed character of a text page, how many have no meaning, how many no ink."""
    calls = _calls(raw)
    page = _address(text)
    count = raw.FPDFText_CountChars(text)
    each = range(count)
    # left, top, right and bottom of each; x and y of its origin: 16 bytes both
    boxes, places = (ctypes.c_float * (4 * count))(), (ctypes.c_double * (2 * count))()
    sides, xs = (range(at, at + 16 * count, 16) for at in map(ctypes.addressof, (boxes, places)))
    deque(map(calls.box, repeat(page), each, sides), 0)
    deque(map(calls.origin, repeat(page), each, xs, range(xs.start + 8, xs.stop + 8, 16)), 0)
    items = map(calls.item, repeat(page), each)
    chars = _chars(raw, text, count, calls, page)
    styles: dict[int | None, Style | None] = {None: None}
    lost: dict[int, dict[str, bool]] = {}  # font -> character -> whether it stands for none
    heavy: dict[int, bool] = {}
    found: list[Bare] = []
    unmapped = invisible = 0
    last: int | None = -1
    rows = zip(each, chars, items, iter_unpack("4f", boxes), iter_unpack("2d", places), strict=True)
    for index, char, item, (left, top, right, bottom), (x, y) in rows:
        if char <= " " and (not char or calls.generated(page, index) == 1):
            continue
        if item != last:
            last = item
            if item is not None and item not in styles:
                styles[item] = _style(raw, text, index, item, calls, heavy, page)
            style = styles[item]
            known = lost.setdefault(style.font if style else 0, {})
        none = known.get(char)
        if none is None:
            none = known[char] = _meaningless(ord(char)) or calls.unmapped(page, index) == 1
        unmapped += none
        if style is None or char in _UNPRINTED:
            continue
        invisible += style.invisible
        # along the writing direction the loose box is as long as the advance
        if style.angle == 0:
            found.append((char, style, x, y, right, y))
        else:
            length, turn = max(abs(right - left), abs(top - bottom)), math.radians(style.angle)
            found.append((char, style, x, y, x + length * math.cos(turn), y + length * math.sin(turn)))
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


def _style(
    raw: Any, text: Any, index: int, item: int, calls: _Calls, heavy: dict[int, bool], page: int
) -> Style:
    matrix = (ctypes.c_float * 6)()
    angle, scale = 0.0, 1.0
    if calls.matrix(page, index, ctypes.addressof(matrix)):
        a, b, c, d, _, _ = matrix
        if b or c or d != 1:
            angle, scale = math.degrees(math.atan2(b, a)), math.hypot(c, d) or 1.0
        elif a < 0:
            angle = 180.0
    mode, font = calls.mode(item), calls.font(item) or 0
    if font not in heavy:
        heavy[font] = _heavy(raw, text, index)
    size = calls.size(page, index) * scale
    upright = abs(angle) < 0.5
    clip = None
    if upright and (path := calls.clip(item)) and calls.paths(path) > 0:
        clip = _clip(raw, ctypes.cast(path, raw.FPDF_CLIPPATH))
    return Style(
        size or 1.0, heavy[font] or mode in STROKED, mode == INVISIBLE, 0.0 if upright else angle, clip, font
    )


def _heavy(raw: Any, text: Any, index: int) -> bool:
    """Whether a character's font is a bold one."""
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 80, flags)
    font = name.value.decode("latin-1").lower()
    return raw.FPDFText_GetFontWeight(text, index) >= 600 or any(word in font for word in HEAVY_FONTS)


def _clip(raw: Any, path: Any) -> Box | None:
    """The box that clip paths leave of what they clip: left, bottom, right, top."""
    count = raw.FPDFClipPath_CountPaths(path)
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
