"""Characters with their places, and the straight strokes of a page: what layout is made from.

All coordinates are points from the upper left corner of the page as it is read, that is turned so
that its text runs from left to right. `Frame` leads from there to the page as it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schema.document import Box


class Glyph(NamedTuple):
    """One character. The box is as wide as the character's advance and as high as its font; on an upright page of a
    PDF it is in hundredths of a point."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    confidence: float = 1.0
    home: tuple[float, float] | None = None  # where it belongs, if it was clipped away where it stands


def codes_of(text: str) -> NDArray[np.uint32]:
    """The code point of each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(codes: NDArray[np.uint32]) -> str:
    """The text of these code points.

    >>> text_of(codes_of("绩效")[::-1])
    '效绩'
    """
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


class Runs(NamedTuple):
    """Where runs of equal values begin, and how long they are."""

    starts: NDArray[np.intp]
    counts: NDArray[np.intp]

    @classmethod
    def of(cls, *columns: NDArray[Any]) -> Runs:
        """The runs that are equal in all of some columns of the same length.

        >>> Runs.of(np.array([7, 7, 8, 7])).counts.tolist()
        [2, 1, 1]
        """
        size = len(columns[0])
        begins = np.ones(size, np.bool_)
        begins[1:] = False
        for column in columns:
            begins[1:] |= column[1:] != column[:-1]
        starts = begins.nonzero()[0]
        counts = np.empty_like(starts)
        counts[:-1] = starts[1:]
        counts[-1:] = size
        return cls(starts, counts - starts)


class Glyphs(NamedTuple):
    """The characters of a page in columns: what is done to each is done to all of a page at once."""

    text: str  # one code point each
    sides: NDArray[np.float64]  # rows of lefts, tops, rights and bottoms
    sizes: NDArray[np.float64]
    bolds: NDArray[np.bool_]
    confidences: NDArray[np.float64] | None = None  # where they were recognised
    homes: NDArray[np.float64] | None = None  # x and y of the clipped, NaN for the others

    @classmethod
    def of(cls, glyphs: Sequence[Glyph]) -> Glyphs:
        """The columns of characters that were put together one by one."""
        columns = np.array([glyph[1:6] for glyph in glyphs], np.float64).reshape(-1, 5).T
        sure = np.array([glyph.confidence for glyph in glyphs], np.float64)
        homes = np.array([glyph.home or (np.nan, np.nan) for glyph in glyphs], np.float64).reshape(-1, 2).T
        return cls(
            "".join([glyph.char for glyph in glyphs]), columns[:4], columns[4],
            np.array([glyph.bold for glyph in glyphs], np.bool_),
            sure if (sure < 1).any() else None, None if np.isnan(homes).all() else homes,
        )  # fmt: skip

    def taken(self, order: NDArray[np.intp]) -> Glyphs:
        """Some of the characters, in this order, without their homes."""
        return Glyphs(
            text_of(codes_of(self.text)[order]), self.sides[:, order], self.sizes[order], self.bolds[order],
            None if self.confidences is None else self.confidences[order],
        )  # fmt: skip

    def middles(self) -> NDArray[np.float64]:
        """Rows of x and y: the point that tells where each character belongs."""
        middles: NDArray[np.float64] = (self.sides[:2] + self.sides[2:]) / 2
        return middles if self.homes is None else np.where(np.isnan(self.homes), middles, self.homes)


class Stroke(NamedTuple):
    """A horizontal (`top == bottom`) or vertical (`x0 == x1`) line, as rules of tables are."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def flat(self) -> bool:
        return self.top == self.bottom


@dataclass(frozen=True, slots=True)
class Frame:
    """x' = a x + c y + e, y' = b x + d y + f, in the order of PDF's matrices; both divided by g x + h y + 1 where what is
    shown was photographed at an angle.

    >>> Frame(0, 1, -1, 0, 100, 0).box((10, 20, 30, 40))
    (60, 10, 80, 30)
    """

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0
    g: float = 0
    h: float = 0

    def point(self, x: float, y: float) -> tuple[float, float]:
        along, down = self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f
        if not (self.g or self.h):
            return along, down
        depth = self.g * x + self.h * y + 1
        return along / depth, down / depth

    def then(self, after: Frame) -> Frame:
        """This map and the other after it.

        >>> Frame(e=1).then(Frame(a=2, d=2)).point(1, 1)
        (4, 2)
        """
        a, b, g = after._over(self.a, self.b, self.g)
        c, d, h = after._over(self.c, self.d, self.h)
        e, f, depth = after._over(self.e, self.f, 1)
        if depth == 1:
            return Frame(a, b, c, d, e, f, g, h)
        return Frame(*(value / depth for value in (a, b, c, d, e, f, g, h)))

    def _over(self, x: float, y: float, depth: float) -> tuple[float, float, float]:
        """A column of another map's matrix under this one."""
        return (
            self.a * x + self.c * y + self.e * depth,
            self.b * x + self.d * y + self.f * depth,
            self.g * x + self.h * y + depth,
        )

    def inverse(self) -> Frame:
        """The way back. Raises ZeroDivisionError for a map that flattens the page.

        >>> Frame(2, 0, 0, 2, 6, 0, 0.5, 0).inverse().point(*Frame(2, 0, 0, 2, 6, 0, 0.5, 0).point(2, 3))
        (2.0, 3.0)
        """
        a, b, c, d, e, f, g, h = self.a, self.b, self.c, self.d, self.e, self.f, self.g, self.h
        if (det := a * d - b * c) == 0:
            raise ZeroDivisionError("this map flattens the page")
        rest = (
            d - f * h,
            f * g - b,
            e * h - c,
            a - e * g,
            c * f - d * e,
            b * e - a * f,
            b * h - d * g,
            c * g - a * h,
        )
        return Frame(*(value / det for value in rest))

    def box(self, box: Box) -> Box:
        """The upright box around a box."""
        xs, ys = [], []
        for x in (box[0], box[2]):
            for y in (box[1], box[3]):
                px, py = self.point(x, y)
                xs.append(px)
                ys.append(py)
        return min(xs), min(ys), max(xs), max(ys)


def in_hundredths(box: Box) -> Box:
    """A box as exact as anybody needs it."""
    left, top, right, bottom = box
    return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)


#: the page as it stands
UPRIGHT = Frame()


def quarter_turns(turns: int, width: float, height: float) -> Frame:
    """From a page of this size to the same page turned clockwise by so many quarters.

    >>> quarter_turns(1, 100, 200).point(0, 0)
    (200, 0)
    """
    return (
        UPRIGHT,
        Frame(0, 1, -1, 0, height, 0),
        Frame(-1, 0, 0, -1, width, height),
        Frame(0, -1, 1, 0, 0, width),
    )[turns % 4]
