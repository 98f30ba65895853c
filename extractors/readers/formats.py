"""A spreadsheet value as the sheet shows it: the part of Excel's number formats that reports use."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

#: [红色], [$¥-804], [>100] and escaped or quoted text around the digits
BRACKETS = re.compile(r"\[[^\]]*\]")
QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
#: the digits of one section: "#,##0.00"
DIGITS = re.compile(r"[#0?][#0?,]*(?:\.(?P<decimals>[#0?]+))?(?P<scale>,*)")
CHINESE_DATE, ISO_DATE = "年", "-"


def shown(value: int | float | str | bool | date | datetime | time | timedelta, number_format: str) -> str:
    """The text of a cell.

    >>> shown(0.9723, "0.00%"), shown(1356400, "#,##0.00"), shown(8.0, "General")
    ('97.23%', '1,356,400.00', '8')
    >>> shown(datetime(2024, 4, 30), 'yyyy"年"m"月"d"日"')
    '2024年4月30日'
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return _moment(value, number_format)


def _number(value: int | float, number_format: str) -> str:
    number = Decimal(repr(value))
    sections = BRACKETS.sub("", number_format).split(";")
    negative_section = number < 0 and len(sections) > 1
    section = sections[1] if negative_section else sections[0]
    if number == 0 and len(sections) > 2:
        section = sections[2]
    bare = QUOTED.sub("", section)
    if "General" in bare or "@" in bare or "E" in bare or "/" in bare:
        return _plain(number)
    digits = DIGITS.search(bare)
    if digits is None:  # only literal text: accounting formats show zero as "-"
        return _resolved(section).strip() or _plain(number)
    percent = "%" in bare
    number = number * 100 if percent else number
    number = number / (Decimal(1000) ** len(digits["scale"]))
    decimals = digits["decimals"] or ""
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}" if "," in digits[0].rstrip(",") else f"{abs(rounded):f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        text = text[:-1] if text.endswith("0") and "." in text else text
    text = text.rstrip(".")
    # brackets and literal text around the digits, in their places
    before, after = _literals(section)
    sign = "-" if rounded < 0 and not negative_section else ""
    return f"{sign}{before}{text}{after}".strip()


def _resolved(section: str) -> str:
    """A section with its quotes and escapes resolved and its paddings gone."""
    return QUOTED.sub(lambda found: found[1] or found[2] or "", section)


def _literals(section: str) -> tuple[str, str]:
    """What stands before and after the digits of a section."""
    resolved = _resolved(section)
    digits = DIGITS.search(resolved)
    return (resolved[: digits.start()], resolved[digits.end() :]) if digits else ("", "")


def _plain(number: Decimal) -> str:
    """General: up to 11 significant digits, as a cell shows them, without an exponent."""
    rounded = number if number == number.to_integral() else Decimal(f"{number:.11g}")
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: date | datetime | time | timedelta, number_format: str) -> str:
    if isinstance(value, timedelta | time):
        return str(value)
    if "年" in number_format:
        day = f"{value.day}日" if "日" in number_format or "d" in number_format.lower() else ""
        return f"{value.year}年{value.month}月{day}"
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
