"""Lines to paragraphs: Chinese has no spaces, so the place where a line ends tells what it is.

A line goes on in the next one where the next one's first unbreakable piece would not have fitted
behind it. An indent, a heading's number, another size or a wide gap begins a paragraph all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.readers.lines import Line, wide
from schema.document import Box

#: what may not stand at the start of a line: it drags the character before it along
CLOSING = set("，。、；：？！）】》〉」』〕”’％%,.;:?!)]}…—·")
OPENING = set("（【《〈「『〔“‘([{")
#: typesetters of the west divide on neither side of these: “优”, 元/生·年
GLUED = set("“”‘’\"'/")
#: 一、 （一） 第一部分 1. 1、 （1） ① 目标1：
NUMBERED = re.compile(
    r"""[一二三四五六七八九十]{1,3}[、．.]
      | [（(][一二三四五六七八九十]{1,3}[）)]
      | 第[一二三四五六七八九十\d]{1,3}(?:部分|章|节|条)
      | \d{1,2}[.．、](?!\d)
      | \d{1,2}(?:\.\d{1,2}){1,3}(?![\d%])
      | [（(]\d{1,2}[）)]
      | [①-⑳]
      | 目标\s*\d
      | 附[件表]\s*\d*[：:]
    """,
    re.VERBOSE,
)
LEADER = re.compile(r"(?:[.．…·]\s?){4,}\s*[\dⅠ-Ⅻ]{1,4}\s*$|…{2,}\s*\d{1,4}\s*$")
ENDS = set("。！？；：")
#: 电话：0396- | 6627719 · 2023年2月 | 27日: a number or a date that a line's end divides
DIVIDED = re.compile(r"(?:\d-\n\d|\d年\d{1,2}月\n\d{1,2}日|\d年\n\d{1,2}月\d{1,2}日)")


@dataclass(frozen=True, slots=True)
class Measure:
    """The column of print that lines are set in: its left and right edge, its usual line distance."""

    left: float
    right: float
    pitch: float
    #: where both are given, text may be set in the middle of them (a cell, a page)
    centre: float | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Text of several lines, a box and a confidence a character, and where it goes on to a next page."""

    text: str
    boxes: tuple[Box, ...]
    confidences: tuple[float, ...]
    turns: tuple[int, ...] = ()


def leads_on(text: str) -> bool:
    """Whether dots lead to a page's number, as in a table of contents.

    >>> leads_on("一、部门职能……………… 3"), leads_on("共3项")
    (True, False)
    """
    return text.rstrip()[-1:].isnumeric() and bool(LEADER.search(text))


def unbreakable(line: Line) -> float:
    """The width of the piece at a line's start that a typesetter would not divide.

    A Latin word or a number with what follows it, or one square character with its punctuation.
    Typesetters differ on a number behind 、 or before （ and on quotation marks: the longer piece is taken.
    """
    text, end = line.text, 1
    while end < len(text) and _glued(text[end - 1], text[end]):
        end += 1
    return line.boxes[end - 1][2] - line.x0


def _glued(left: str, right: str) -> bool:
    """Whether no line may end between two characters.

    >>> _glued("优", "、"), _glued("、", "6"), _glued("1", "2"), _glued("良", "好")
    (True, True, True, False)
    """
    if right in CLOSING or left in OPENING or left in GLUED or right in GLUED:
        return True
    if left in CLOSING:
        return right.isdigit() or (left == "〕" and not wide(right))
    if right in OPENING:
        return left.isdigit() or right == "〔"
    return not (wide(left) or wide(right)) and not left.isspace() and not right.isspace() and left != "-"


def goes_on(line: Line, following: Line, measure: Measure, first: Line | None = None) -> bool:
    """Whether the following line is the same paragraph's next one; `first` is its first line so far."""
    size = max(line.size, 1.0)
    edges = measure.right - line.x1 < 3 * size and following.x0 - measure.left < size
    if edges and not following.gaps and DIVIDED.search(f"{line.text[-10:]}\n{following.text[:6]}"):
        return True
    if len(line.gaps) > 1 or len(following.gaps) > 1 or leads_on(line.text) or leads_on(following.text):
        return False
    if abs(line.size - following.size) > 0.12 * size or line.bold != following.bold:
        return False
    same_page = line.page == following.page
    if same_page and following.bottom - line.bottom > max(1.75 * measure.pitch, 1.3 * size):
        return False
    room = measure.right - line.x1
    slack = 0.5 if line.confidences else 0.3
    centred = (
        measure.centre is not None
        and abs(line.middle - measure.centre) < slack * size
        and abs(following.middle - measure.centre) < slack * size
    )
    if centred and min(line.x0, following.x0) - measure.left > 0.6 * size:
        room = measure.right - measure.left - line.width
    if not centred and (first or line) is line and _set_right(line, measure):
        return False
    # recognised lines end where they end within half a character
    short = (0.85 if line.confidences else 0.35) * size
    if room > short and room > unbreakable(following) + short:
        return False
    indented = following.x0 - measure.left > 1.2 * size and following.x0 - line.x0 > 0.8 * size
    if indented and not centred:
        return False
    if _heading_after_end(line, following, measure):
        return False
    numbered = bool(NUMBERED.match(following.text))
    if numbered and line.text[-1] in "；：" and first is not None:
        # …包括：1.甲12万元；| 2.乙…: flush left under an indented first line, a list in running text goes on
        flush = following.x0 - measure.left < 0.5 * size
        numbered = not (flush and first.x0 - measure.left > 1.2 * size)
    if numbered and (line.text[-1] in ENDS or following.x0 - measure.left > 1.2 * size):
        return False
    # two indented paragraphs of one full line each
    return not (
        following.x0 - measure.left > 1.2 * size
        and line.text[-1] in "。！？"
        and abs(following.x0 - line.x0) < 0.5 * size
    )


def _set_right(line: Line, measure: Measure) -> bool:
    """Whether a paragraph's first line begins so far to the right that it is a signature or its date."""
    return line.x0 - measure.left > max(6 * line.size, 0.3 * (measure.right - measure.left))


def _heading_after_end(line: Line, following: Line, measure: Measure) -> bool:
    """A short line without a full stop is a heading where a sentence ended before it, or where it is numbered."""
    short = measure.right - following.x1 > 3 * following.size and len(following.text) <= 30
    if not short or following.text[-1] in ENDS or following.text[-1] in "，、）)":
        return False
    return line.text[-1] in "。！？" or bool(NUMBERED.match(following.text))


def paragraphs(lines: Sequence[Line], measure: Measure) -> list[list[Line]]:
    """Lines in groups, each group one paragraph."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and goes_on(groups[-1][-1], line, measure, groups[-1][0]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def write(groups: Sequence[Sequence[Line]]) -> Written:
    """Paragraphs as one text, divided by line feeds; the lines of each joined as they were before print."""
    if len(groups) == 1 == len(groups[0]):  # most are
        (line,) = groups[0]
        return Written(line.text, line.boxes, line.confidences)
    chars: list[str] = []
    boxes: list[Box] = []
    confidences: list[float] = []
    turns: list[int] = []
    recognised = any(line.confidences for group in groups for line in group)
    last: Line | None = None
    for group in groups:
        for at, line in enumerate(group):
            if last is not None:
                between = "\n" if at == 0 else _between(last.text[-1], line.text[0], last.trailing)
                chars.append(between)
                if between:
                    boxes.append((last.x1, last.top, last.x1, last.bottom))
                    confidences.append(1.0)
                if line.page != last.page:
                    turns.append(len(boxes))
            chars.append(line.text)
            boxes.extend(line.boxes)
            confidences.extend(line.confidences or (1.0,) * len(line.text))
            last = line
    return Written("".join(chars), tuple(boxes), tuple(confidences) if recognised else (), tuple(turns))


def _between(left: str, right: str, typed: bool = False) -> str:
    """What a line's end stood for: a space between Latin words, nothing elsewhere.

    >>> _between("效", "益"), _between("a", "b"), _between("2", "3"), _between("4", "t", typed=True)
    ('', ' ', '', ' ')
    """
    if not (left.isascii() and right.isascii()):
        return ""
    return " " if typed or ((left.isalnum() or left in ",;:.") and right.isalpha()) else ""
