"""Running headers, footers and page numbers, numbers of lines: what stands at the edge of page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.readers.glyphs import Glyphs, codes_of
from extractors.readers.lines import Line

#: the strips of a page where furniture may stand, as shares of its height
TOP_STRIP = 0.095
BOTTOM_STRIP = 0.905
#: — 3 —, - 3 -, 第 3 页 共 10 页, 3/10, 3; a dash may have been recognised as 一
PAGE_NUMBER = re.compile(
    r"""[\s\-—–－―一~·•]*
        (?:第\s*)?[\dⅠ-Ⅻ一二三四五六七八九十]{1,4}\s*页?
        (?:\s*[/／,，、]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?
        [\s\-—–－―一~·•]*""",
    re.VERBOSE,
)

#: so many numbers below each other in the margin are those of the lines, of which a second column may have some
LEAST_NUMBERS, SKIPPED = 5, 0.3


def numbers_of_lines(glyphs: Glyphs) -> NDArray[np.intp]:
    """Where a page's characters are the numbers 1, 2, 3, … of its lines, in the margin before all else (行号)."""
    codes = codes_of(glyphs.text)
    digit = (codes >= ord("0")) & (codes <= ord("9"))
    inked = ~np.isin(codes, [ord(" "), ord("\n"), ord("\r")])
    others = glyphs.sides[0][inked & ~digit]
    if not len(others):
        return np.empty(0, np.intp)
    margin = np.flatnonzero(digit & (glyphs.sides[2] < others.min() - glyphs.sizes))
    by_line: dict[int, str] = {}
    for at in margin[np.lexsort((glyphs.sides[0][margin], glyphs.sides[3][margin]))]:
        level = round(glyphs.sides[3][at])
        by_line[level] = by_line.get(level, "") + glyphs.text[at]
    numbers = [int(said) for said in by_line.values()]
    rising = len(numbers) >= LEAST_NUMBERS and all(above < below for above, below in pairwise(numbers))
    counted = rising and numbers[-1] - numbers[0] < (1 + SKIPPED) * len(numbers)
    return margin if counted else np.empty(0, np.intp)


def split_furniture(
    pages: Sequence[tuple[float, Sequence[Line]]],
) -> list[tuple[list[Line], list[Line], list[Line]]]:
    """For each page (its height, its lines from top to bottom): header, body and footer lines.

    A line is furniture where it is a page number at the very edge, or where a line of the same words
    (figures aside) stands at the same height on another page and on a third of the pages at least.
    Large print is never furniture: a form's title stands at the same height on every page too.
    """
    sizes: Counter[int] = Counter()
    for _, lines in pages:
        for line in lines:
            sizes[round(line.size)] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 12
    seen: Counter[tuple[str, int]] = Counter()
    for height, lines in pages:
        for line in lines:
            if _strip(line, height):
                seen.update({(_key(line), step) for step in _steps(line)})
    needed = max(2, len(pages) / 3)

    def furniture(line: Line) -> bool:
        return line.size <= usual + 0.7 and max(seen[_key(line), step] for step in _steps(line)) >= needed

    result = []
    for height, lines in pages:
        header: list[Line] = []
        footer: list[Line] = []
        first, final = (lines[0], lines[-1]) if lines else (None, None)
        for line in lines:
            strip = _strip(line, height)
            numbered = line in (first, final) and bool(PAGE_NUMBER.fullmatch(line.text))
            if strip and (numbered or furniture(line)):
                (header if strip < 0 else footer).append(line)
        apart = {id(line) for line in (*header, *footer)}
        result.append((header, [line for line in lines if id(line) not in apart], footer))
    return result


def _strip(line: Line, height: float) -> int:
    """-1 in the top strip, 1 in the bottom strip, 0 between."""
    middle = (line.top + line.bottom) / 2
    return -1 if middle < TOP_STRIP * height else 1 if middle > BOTTOM_STRIP * height else 0


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", "".join(line.text.split()))


def _steps(line: Line) -> tuple[int, int]:
    """Two overlapping steps of height, so that neighbours always share one."""
    return 2 * int(line.bottom // 8), 2 * int((line.bottom + 4) // 8) + 1
