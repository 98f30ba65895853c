"""The one place that knows pypdfium2: characters, strokes and pictures of PDF pages.

The raw calls are used, in one pass over a page: about 2-4 ms for 1,000 characters.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.readers.glyphs import Frame, Glyph, Stroke, quarter_turns
from schema.errors import NotReadable

if TYPE_CHECKING:
    from PIL.Image import Image

#: a drawing with more pieces than this is a picture, not a table
MOST_PATH_POINTS = 40_000
#: a filled shape as thin as this is a rule (points)
RULE_WIDTH = 3.2
#: the longest side of a rendered page, in pixels: a page box may be as large as its maker likes
LONGEST_SIDE = 5000
INVISIBLE = 3  # text render mode of a recognised layer under a scanned picture
STROKED = {1, 2, 5, 6}
HEAVY_FONTS = ("bold", "heiti", "simhei", "black", "heavy", "xbs", "xiaobiaosong")


@dataclass(frozen=True, slots=True)
class PageText:
    """One page's characters and strokes in reading frame; `shown` leads to the page as displayed."""

    glyphs: list[Glyph]
    strokes: list[Stroke]
    size: tuple[float, float]  # of the page as displayed
    reading_size: tuple[float, float]
    shown: Frame
    unmapped: int  # characters whose code has no meaning: no ToUnicode, private use, replacement
    invisible: int  # characters drawn with no ink
    slanted: int  # characters of other directions than the page's own (watermarks), left out
    picture: float  # the share of the page that its largest picture covers
    drawn: int  # points of drawn outlines: text may be drawn as curves


def _raw() -> Any:
    import pypdfium2.raw as raw

    return raw


class Pdf:
    """An open PDF. Pages are numbered from 1."""

    def __init__(self, data: bytes) -> None:
        """Raises NotReadable: encrypted, corrupt."""
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(data)
            self.pages = len(self._document)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise NotReadable("encrypted", "PDF 文件有打开密码，请提供没有密码的文件。") from error
            raise NotReadable("corrupt", "PDF 文件已损坏或不完整，无法打开。") from error
        if self.pages == 0:
            raise NotReadable("corrupt", "PDF 文件里没有可读的页。")

    def close(self) -> None:
        self._document.close()

    def __enter__(self) -> Pdf:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _page(self, number: int) -> Any:
        import pypdfium2

        try:
            return self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise NotReadable("corrupt", f"PDF 第{number}页已损坏，无法读取。") from error

    def characters(self, number: int) -> int:
        """How many characters the page's text layer holds, spaces included."""
        page = self._page(number)
        text = page.get_textpage()
        try:
            return int(_raw().FPDFText_CountChars(text))
        finally:
            text.close()
            page.close()

    def read(self, number: int) -> PageText:
        """The text and strokes of a page."""
        page = self._page(number)
        try:
            return _read_page(page)
        finally:
            page.close()

    def image(self, number: int, dpi: int) -> Image:
        """The page as displayed; a huge page at a lower resolution than asked."""
        page = self._page(number)
        try:
            scale = min(dpi / 72, LONGEST_SIDE / max(*page.get_size(), 1))
            picture: Image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
            return picture
        finally:
            page.close()


def _to_display(page: Any) -> tuple[Frame, tuple[float, float]]:
    """From user space (y upwards) to the page as displayed (y downwards), and its size."""
    left, bottom, right, top = page.get_bbox()
    upright = Frame(1, 0, 0, -1, -left, top)
    turn = quarter_turns(page.get_rotation() // 90, right - left, top - bottom)
    return upright.then(turn), page.get_size()


@dataclass(slots=True)
class _Style:
    """What all characters of one text object share."""

    size: float
    bold: bool
    invisible: bool
    angle: float  # degrees, in user space


def _read_page(page: Any) -> PageText:
    raw = _raw()
    display, size = _to_display(page)
    text = page.get_textpage()
    try:
        found, unmapped, invisible = _characters(raw, text, display)
    finally:
        text.close()
    turns = Counter(
        round(angle / 90) % 4 for *_, angle in found if abs(angle / 90 - round(angle / 90)) < 0.02
    )
    main = turns.most_common(1)[0][0] if turns else 0
    to_reading = quarter_turns(-main, *size)  # text that runs downwards is turned back
    reading_size = size if main % 2 == 0 else (size[1], size[0])
    glyphs = [
        _upright(char, style, origin, end, to_reading)
        for char, style, origin, end, angle in found
        if abs((angle - 90 * main + 180) % 360 - 180) < 8
    ]
    strokes, picture, drawn = _drawn(raw, page, display.then(to_reading), size)
    return PageText(
        glyphs, strokes, size, reading_size, to_reading.inverse(), unmapped, invisible,
        len(found) - len(glyphs), picture, drawn,
    )  # fmt: skip


_Found = tuple[str, _Style, tuple[float, float], tuple[float, float], float]


def _upright(
    char: str, style: _Style, origin: tuple[float, float], end: tuple[float, float], to: Frame
) -> Glyph:
    """A glyph from its origin and the end of its advance, both on the baseline."""
    x0, base = to.point(*origin)
    x1, _ = to.point(*end)
    size = style.size
    return Glyph(char, x0, base - 0.86 * size, max(x1, x0), base + 0.14 * size, size, style.bold)


def _characters(raw: Any, text: Any, display: Frame) -> tuple[list[_Found], int, int]:
    """Each printed character with its style, its origin and end as displayed, and its angle."""
    count = raw.FPDFText_CountChars(text)
    styles: dict[int, _Style] = {}
    found: list[_Found] = []
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
        if code < 32 or code == 0xFFFE or 0xFFFF == code:
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
        found.append((chr(code), style, origin, end, shown))
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


def _style(raw: Any, text: Any, index: int, pointer: Any) -> _Style:
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
    return _Style(
        size or 1.0, heavy or mode in STROKED, mode == INVISIBLE, 0.0 if abs(angle) < 0.5 else angle
    )


def _drawn(raw: Any, page: Any, to: Frame, size: tuple[float, float]) -> tuple[list[Stroke], float, int]:
    """The strokes of a page, the share of it that its largest picture covers, the points drawn."""
    strokes: list[Stroke] = []
    picture = 0.0
    budget = MOST_PATH_POINTS
    for item, frame in _objects(raw, page, to):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = frame.then(Frame()).box((0, 0, 1, 1))
            picture = max(picture, (x1 - x0) * (y1 - y0) / max(size[0] * size[1], 1))
            continue
        points = raw.FPDFPath_CountSegments(item)
        budget -= points
        if budget < 0:
            return [], picture, MOST_PATH_POINTS
        strokes.extend(_strokes(raw, item, points, frame))
    return strokes, picture, MOST_PATH_POINTS - budget


def _objects(raw: Any, page: Any, to: Frame) -> Iterator[tuple[Any, Frame]]:
    """Paths and pictures, also those within forms, each with its way into the reading frame."""
    stack = [(page, to, 0)]
    matrix = raw.FS_MATRIX()
    while stack:
        holder, frame, depth = stack.pop()
        count = raw.FPDFPage_CountObjects(holder) if depth == 0 else raw.FPDFFormObj_CountObjects(holder)
        for index in range(count):
            item = (
                raw.FPDFPage_GetObject(holder, index)
                if depth == 0
                else raw.FPDFFormObj_GetObject(holder, index)
            )
            kind = raw.FPDFPageObj_GetType(item)
            if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
                continue
            raw.FPDFPageObj_GetMatrix(item, matrix)
            own = Frame(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f).then(frame)
            if kind != raw.FPDF_PAGEOBJ_FORM:
                yield item, own
            elif depth < 4:
                stack.append((item, own, depth + 1))


def _strokes(raw: Any, path: Any, points: int, to: Frame) -> Iterator[Stroke]:
    """The straight level and upright lines of a path; thin filled shapes count as lines."""
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroked)
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
            for (ax, ay), (bx, by) in zip(outline, outline[1:], strict=False):
                if abs(ay - by) < 0.6 < abs(ax - bx):
                    yield Stroke(min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2)
                elif abs(ax - bx) < 0.6 < abs(ay - by):
                    yield Stroke((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by))


def _outlines(raw: Any, path: Any, points: int, to: Frame) -> Iterator[list[tuple[float, float]]]:
    """The subpaths of a path as lists of corners; a closed one ends where it began."""
    x, y = ctypes.c_float(), ctypes.c_float()
    corners: list[tuple[float, float]] = []
    for index in range(points):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(corners) > 1:
                yield corners
            corners = []
        corners.append(to.point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and corners:
            corners.append(corners[0])
    if len(corners) > 1:
        yield corners
