"""Dates as departments write them, read as ISO 8601.

A date stated to the month stays one: "2021年4月" is 2021-04 (ISO 8601, reduced precision).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

HAN = "〇○Ｏ零O0一二三四五六七八九十廿卅元"
_HAN_DIGITS = {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "零": 0,
    "O": 0,
    "0": 0,
    **{c: i + 1 for i, c in enumerate("一二三四五六七八九")},
}

DATE = re.compile(
    rf"""
      (?P<year>(?:[1１][9９]|[2２][0０])\s?\d\s?\d|[（(](?:[1１][9９]|[2２][0０])\d\d[)）])\s*
      (?: 年\s*(?:度\s*)?(?P<month>\d{{1,2}})\s*月\s*(?:份\s*)?(?:(?P<day>\d{{1,2}})\s*[日号]?)?      # 2022年03月21日
        | (?P<mark>[-./．。—－、])\s*(?P<month2>\d{{1,2}})(?:\s*[-./．。—－、]\s*(?P<day2>\d{{1,2}}))?(?!\d)  # 2024.4.30
      )
    | (?P<hyear>[二2][{HAN}]{{3}})\s*年\s*(?P<hmonth>[一二三四五六七八九十元]{{1,2}})\s*月\s*(?:(?P<hday>[一二三四五六七八九十廿]{{1,3}})\s*[日号])?
    | (?<![\d.年])(?P<short>[12]\d)\s*年\s*(?P<smonth>\d{{1,2}})\s*月\s*(?P<sday>\d{{1,2}})\s*[日号]           # 24年4月20日
    | (?<!\d)(?P<solid>20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)                        # 20240430
    """,
    re.VERBOSE,
)
YEAR = re.compile(
    r"(?<![\d.])(?P<year>[2２][0０]\s?\d\s?\d)(?=\s*(?:年|会计年度|财年))|(?P<han>[二][〇○零ＯO0][一二三四五六七八九〇○零O0]{2})(?=\s*年)"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at text[start:end]; `day` is None where only the month is stated."""

    start: int
    end: int
    year: int
    month: int
    day: int | None

    @property
    def iso(self) -> str:
        return f"{self.year}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


def find_dates(text: str, labelled: bool = False) -> Iterator[FoundDate]:
    """Every calendar date with at least a month; "2024.4" is one only where a label says so.

    >>> [found.iso for found in find_dates("二〇二二年四月 2024 年 4 月 30 日 2024.4.30")]
    ['2022-04', '2024-04-30', '2024-04-30']
    """
    for match in DATE.finditer(text):
        part = match.groupdict()
        if part["solid"]:
            year, month, day = int(part["solid"][:4]), int(part["solid"][4:6]), int(part["solid"][6:])
        elif part["short"]:
            if not labelled:
                continue
            year, month, day = 2000 + int(part["short"]), int(part["smonth"]), int(part["sday"])
        elif part["hyear"]:
            year = han_year(part["hyear"]) or 0
            month = han_number(part["hmonth"])
            day = han_number(part["hday"]) if part["hday"] else 0
        else:
            year = int(re.sub(r"\D", "", part["year"]))
            month = int(part["month"] or part["month2"])
            day = int(part["day"] or part["day2"] or 0)
        if part["mark"] and not day and not labelled:
            continue  # 2024.4 and 2023-12 are as likely numbers
        try:
            date(year, month, day or 1)
        except ValueError:
            continue
        yield FoundDate(match.start(), match.end(), year, month, day or None)


def han_year(text: str) -> int | None:
    """
    >>> han_year("二〇二三")
    2023
    """
    digits = [_HAN_DIGITS.get(c, int(c) if c.isdigit() else None) for c in text]
    if len(digits) != 4 or any(digit is None for digit in digits):
        return None
    return int("".join(map(str, digits)))


def han_number(text: str) -> int:
    """
    >>> [han_number(text) for text in ("四", "十二", "三十一", "廿八", "元")]
    [4, 12, 31, 28, 1]
    """
    text = text.replace("廿", "二十").replace("元", "一")
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return _HAN_DIGITS.get(text[-1], 0)
    return (_HAN_DIGITS[tens[0]] if tens else 1) * 10 + (_HAN_DIGITS[ones[0]] if ones else 0)


def counted(text: str) -> int:
    """How many a count says in digits or in Chinese.

    >>> [counted(text) for text in ("12", "三", "两", "十二")]
    [12, 3, 2, 12]
    """
    return int(text) if text.isdigit() else han_number(text.replace("两", "二"))
