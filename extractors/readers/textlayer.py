"""The text layer of a PDF page: each printed character with its place, by raw calls.

`raw` is pypdfium2's raw interface, handed over by its one home. What each character is asked for is asked for all of
a page at once and kept in columns; what its text object knows is asked once an object.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.readers.calls import Answers, prototype, reference
from extractors.readers.glyphs import (
    UPRIGHT,
    Frame,
    Glyph,
    Glyphs,
    Runs,
    codes_of,
    in_hundredths,
    quarter_turns,
    text_of,
)
from schema.document import Box

INVISIBLE = 3  # text render mode of a recognised layer under a scanned picture
STROKED = {1, 2, 5, 6}
HEAVY_FONTS = ("bold", "heiti", "simhei", "black", "heavy", "xbs", "xiaobiaosong")
#: what a text page writes for what its characters say otherwise: hyphens at a line's end
MARKERS = re.compile("[\0\2\ufffe\uffff]")
#: no print, though it may stand among printed characters
UNPRINTED = re.compile("[\0-\x1f\ufffe\uffff]")
#: private use, the replacement character, control codes: no text for people
MEANINGLESS = re.compile("[\0-\x08\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
#: a glyph's box stands so far above and below its baseline, in parts of its size
ABOVE, BELOW = 0.86, 0.14
#: what is asked of each character or object: an origin, a loose box, a matrix
PLACES = Answers(ctypes.c_double, 2, (0, 1))
SIDES = Answers(ctypes.c_float, 4)
MATRICES = Answers(ctypes.c_float, 6)


@dataclass(slots=True, eq=False)
class Style:
    """What all characters of one text object share."""

    size: float
    bold: bool
    invisible: bool
    angle: float  # degrees, in user space
    clip: Box | None = None  # in user space, y upwards: text that leaves its cell is cut off by it


class Found(NamedTuple):
    """A character in user space: its origin on the baseline, and the end of its advance."""

    char: str
    style: Style
    x: float
    y: float
    end_x: float
    end_y: float


class Print(NamedTuple):
    """The printed characters of a page in user space, in columns; those of one text object share a style."""

    text: str  # one code point each
    styles: list[Style]  # one an object
    counts: NDArray[np.intp]  # how many characters each object has
    places: NDArray[np.float64]  # of each character's origin: x and y
    sides: NDArray[np.float64]  # of each character's loose box: left, top, right, bottom
    unmapped: int
    invisible: int

    def each(self, column: Iterable[float]) -> NDArray[np.float64]:
        """For each character what is known of its object."""
        return np.repeat(np.fromiter(column, np.float64, len(self.styles)), self.counts)

    def found(self) -> Iterator[Found]:
        """Each character; along the writing direction the loose box is as long as the advance."""
        styles = chain.from_iterable(map(repeat, self.styles, self.counts.tolist()))
        rows = zip(self.text, styles, self.places.tolist(), self.sides.tolist(), strict=True)
        for char, style, (x, y), (left, top, right, bottom) in rows:
            if style.angle == 0:
                yield Found(char, style, x, y, right, y)
            else:
                length, turn = max(abs(right - left), abs(top - bottom)), math.radians(style.angle)
                yield Found(char, style, x, y, x + length * math.cos(turn), y + length * math.sin(turn))


class Layer(NamedTuple):
    """The characters of a page in reading frame, and what was noticed on the way."""

    glyphs: Glyphs
    to_reading: Frame
    turns: int  # quarters that the text is turned by
    slanted: int
    unmapped: int
    invisible: int


class _Calls(NamedTuple):
    unicode: Callable[[Any, int], int]
    generated: Callable[[Any, int], int]
    box: Callable[[Any, int, Any], int]
    origin: Callable[[Any, int, Any, Any], int]
    item: Callable[[Any, int], int]
    unmapped: Callable[[Any, int], int]
    font: Callable[[int], int | None]
    matrix: Callable[[Any, int, Any], int]
    size: Callable[[Any, int], float]
    mode: Callable[[int], int]
    clip: Callable[[int], int | None]
    paths: Callable[[int | None], int]


@cache
def _calls(raw: Any) -> _Calls:
    handle, whole = ctypes.c_void_p, ctypes.c_int
    return _Calls(
        prototype(raw, "FPDFText_GetUnicode", ctypes.c_uint),
        prototype(raw, "FPDFText_IsGenerated", whole),
        prototype(raw, "FPDFText_GetLooseCharBox", whole),
        prototype(raw, "FPDFText_GetCharOrigin", whole),
        prototype(raw, "FPDFText_GetTextObject", ctypes.c_ssize_t),
        prototype(raw, "FPDFText_HasUnicodeMapError", whole),
        prototype(raw, "FPDFTextObj_GetFont", handle, handle),
        prototype(raw, "FPDFText_GetMatrix", whole),
        prototype(raw, "FPDFText_GetFontSize", ctypes.c_double),
        prototype(raw, "FPDFTextObj_GetTextRenderMode", whole, handle),
        prototype(raw, "FPDFPageObj_GetClipPath", handle, handle),
        prototype(raw, "FPDFClipPath_CountPaths", whole, handle),
    )


def read_layer(raw: Any, text: Any, display: Frame, size: tuple[float, float]) -> Layer:
    """The text of a page as displayed with this frame and size, turned so that it runs from left to right."""
    printed = characters(raw, text)
    upright = display.b == display.c == 0 and display.a == 1 and display.d == -1
    if upright and not any(style.angle for style in printed.styles):
        return Layer(_plain(printed, display), UPRIGHT, 0, 0, printed.unmapped, printed.invisible)
    found = list(printed.found())
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
    if main == 0:  # what is upright needs no rounding any more
        glyphs = [Glyph(glyph.char, *in_hundredths(glyph[1:5]), *glyph[5:]) for glyph in glyphs]
    return Layer(Glyphs.of(glyphs), to, main, len(found) - len(glyphs), printed.unmapped, printed.invisible)


def _plain(printed: Print, display: Frame) -> Glyphs:
    """The glyphs of a page that is displayed as it is written, in hundredths of a point."""
    sizes = printed.each(style.size for style in printed.styles)
    base = display.f - printed.places[:, 1]
    lefts = printed.places[:, 0] + display.e
    rights = np.maximum(printed.sides[:, 2] + display.e, lefts)
    sides = np.round([lefts, base - ABOVE * sizes, rights, base + BELOW * sizes], 2)
    bolds = printed.each(style.bold for style in printed.styles) > 0
    homes = None
    if any(style.clip for style in printed.styles):
        nowhere = (np.nan, np.nan)
        homes = np.array([_home(one, display) or nowhere for one in printed.found()], np.float64).T
    return Glyphs(printed.text, sides, sizes, bolds, homes=homes)


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


def _said(raw: Any, text: Any, count: int, calls: _Calls, page: Any) -> tuple[str, list[int]]:
    """What each character of a text page is, and which ones are but the first half of a pair."""
    units = (ctypes.c_ushort * (count + 1))()
    if count and raw.FPDFText_GetText(text, 0, count, units) == count + 1:
        said = bytes(units)[:-2].decode("utf-16-le", "ignore")
        if len(said) == count and not MARKERS.search(said):
            return said, []
    chars = list(map(chr, map(calls.unicode, repeat(page), range(count))))
    halves = [at for at, char in enumerate(chars) if "\ud800" <= char < "\udc00"]
    for at in halves:
        if "\udc00" <= "".join(chars[at + 1 : at + 2]) < "\ue000":
            pair = chars[at] + chars[at + 1]
            chars[at + 1] = pair.encode("utf-16", "surrogatepass").decode("utf-16")
    return "".join(chars), halves


def characters(raw: Any, text: Any) -> Print:
    """The printed characters of a text page."""
    calls, page = _calls(raw), reference(text)
    count = raw.FPDFText_CountChars(text)
    said, halves = _said(raw, text, count, calls, page)
    codes, owners = codes_of(said), np.array(list(map(calls.item, repeat(page), range(count))), np.intp)
    # a character of no object was put there by PDFium, and so were some spaces within an object
    owners[halves] = 0
    for at in np.flatnonzero((codes <= 32) & (owners != 0)).tolist():
        if calls.generated(page, at) == 1:
            owners[at] = 0
    kept = owners.nonzero()[0]
    said, which = text_of(codes[kept]), kept.tolist()
    lost = list(map(calls.unmapped, repeat(page), which))
    if 1 in lost or MEANINGLESS.search(said):
        lost = [told == 1 or bool(MEANINGLESS.match(char)) for told, char in zip(lost, said, strict=True)]
    if UNPRINTED.search(said):
        kept = kept[[not UNPRINTED.match(char) for char in said]]
        said, which = text_of(codes[kept]), kept.tolist()
    starts, counts = Runs.of(owners[kept])
    firsts = kept[starts]
    styles = _styles(raw, text, calls, page, firsts.tolist(), owners[firsts].tolist())
    invisible = sum(count for style, count in zip(styles, counts.tolist(), strict=True) if style.invisible)
    places, sides = PLACES.of(calls.origin, page, which), SIDES.of(calls.box, page, which)
    return Print(said, styles, counts, places, sides, sum(lost), invisible)


def _styles(
    raw: Any, text: Any, calls: _Calls, page: Any, firsts: Sequence[int], items: Sequence[Any]
) -> list[Style]:
    """The style of each text object, by its first character."""
    matrices = MATRICES.of(calls.matrix, page, firsts)[:, :4].tolist()
    fonts = list(map(calls.font, items))
    heavy = {font: _heavy(raw, text, first) for font, first in dict(zip(fonts, firsts, strict=True)).items()}
    sizes, modes = map(calls.size, repeat(page), firsts), map(calls.mode, items)
    looks = list(zip(map(tuple, matrices), sizes, modes, fonts, strict=True))
    known = {look: _style(*look[:3], heavy[look[3]]) for look in set(looks)}
    styles = [known[look] for look in looks]
    clips = list(map(calls.clip, items))
    for at, (clip, cuts) in enumerate(zip(clips, map(calls.paths, clips), strict=True)):
        if clip and cuts > 0 and styles[at].angle == 0:
            styles[at] = replace(styles[at], clip=_clip(raw, ctypes.cast(clip, raw.FPDF_CLIPPATH)))
    return styles


def _style(matrix: tuple[float, ...], size: float, mode: int, heavy: bool) -> Style:
    a, b, c, d = matrix
    angle, scale = 0.0, 1.0
    if b or c or d != 1:
        angle, scale = math.degrees(math.atan2(b, a)), math.hypot(c, d) or 1.0
    elif a < 0:
        angle = 180.0
    angle = 0.0 if abs(angle) < 0.5 else angle
    return Style((size * scale) or 1.0, heavy or mode in STROKED, mode == INVISIBLE, angle)


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
