"""The counting systems of Word's automatic numbers (w:numFmt), as Word writes them."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "○一二三四五六七八九"
_SIMPLIFIED_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_TRADITIONAL_LEGAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def counted(
    value: int, digits: str = "零一二三四五六七八九", units: tuple[str, ...] = ("", "十", "百", "千")
) -> str:
    """A number below 100,000,000 in counting characters.

    >>> counted(10), counted(21), counted(101), counted(110), counted(20005)
    ('一十', '二十一', '一百零一', '一百一十', '二万零五')
    """
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        gap = digits[0] if 0 < low < 1000 else ""
        return counted(high, digits, units) + "万" + gap + (counted(low, digits, units) if low else "")
    said = ""
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            said += digits[digit] + units[place]
        elif said and value % 10**place:
            said += "" if said.endswith(digits[0]) else digits[0]
    return said or digits[0]


def _counting_thousand(value: int) -> str:
    said = counted(value)
    return said[1:] if 10 <= value < 20 else said  # 十一, but 一百一十一


def _positional(value: int, digits: str = _DIGITS) -> str:
    return "".join(digits[int(digit)] for digit in str(value))


def _counting(value: int) -> str:
    return _counting_thousand(value) if value < 100 else _positional(value)


def _japanese_counting(value: int) -> str:
    said = ""
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            said += ("" if digit == 1 and unit else _DIGITS[digit]) + unit
    return said if 0 < value < 10_000 else str(value)


def _legal(digits: str, units: tuple[str, ...]) -> Callable[[int], str]:
    return lambda value: counted(value, digits, units)


def _listed(signs: str) -> Callable[[int], str]:
    """One sign a number, plain figures where the signs end."""
    return lambda value: signs[value - 1] if 1 <= value <= len(signs) else str(value)


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + offset) for offset in range(count))


def _letters(value: int) -> str:
    """a … z, aa, bb: Word repeats the letter."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""


def _roman(value: int) -> str:
    said = ""
    for worth, sign in _ROMAN:
        said += sign * (value // worth)
        value %= worth
    return said


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12]


def _full_width(value: int) -> str:
    return str(value).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})


#: w:numFmt -> the text of a number; what is not here is written in plain figures
NUMERALS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "none": lambda value: "",
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "hex": lambda value: f"{value:X}",
    "numberInDash": lambda value: f"- {value} -",
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting_thousand,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting_thousand,
    "japaneseCounting": _japanese_counting,
    "koreanDigital2": _positional,
    "ideographDigital": _positional,
    "taiwaneseDigital": _positional,
    "japaneseDigitalTenThousand": lambda value: _positional(value, "〇一二三四五六七八九"),
    "chineseLegalSimplified": _legal(_SIMPLIFIED_LEGAL, ("", "拾", "佰", "仟")),
    "ideographLegalTraditional": _legal(_TRADITIONAL_LEGAL, ("", "拾", "佰", "仟")),
    "japaneseLegal": _legal("〇壱弐参四五六七八九", ("", "拾", "百", "阡")),
    "ideographTraditional": _listed(_STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _listed(_run("㊀", 10)),
    "decimalEnclosedCircle": _listed(_run("①", 20)),
    "decimalEnclosedCircleChinese": _listed(_run("①", 20)),
    "decimalEnclosedFullstop": _listed(_run("⒈", 20)),
    "decimalEnclosedParen": _listed(_run("⑴", 20)),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalHalfWidth": str,
}


def numeral(form: str, value: int, custom: str = "") -> str:
    """`value` in a w:numFmt; `custom` is the pattern of form "custom", such as "001, 002, 003, ...".

    >>> numeral("chineseCounting", 12), numeral("ideographDigital", 12), numeral("custom", 7, "001, 002, ...")
    ('十二', '一二', '007')
    """
    if form == "custom":
        return f"{value:0{max(1, len(custom.split(',')[0].strip()))}d}"
    return str(value) if value < 0 else NUMERALS.get(form, str)(value)
