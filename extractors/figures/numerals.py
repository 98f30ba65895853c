"""Written numbers: Arabic with separators, Chinese and financial numerals.

Each reader gives the value and the step of its last stated digit: 1.20 -> (1.20, 0.01),
三万五千 -> (35000, 1000).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

#: 5,218.66，2023年 ends before the year · 1,234,567.89 · 1，234.5 · 1, 234.56 · 5 600 000.00 · 135 .64 · 135. 64 · 135.64 · 135
ARABIC = (
    r"(?:(?<![\d.])\d{1,3}(?:[,，]\s?\d{3})+(?!\d)(?:\s?\.\s?\d+)?(?!(?![,，]\s?(?:19|20)\d\d年)[\d,，.]*\d)"
    r"|(?<![\d.,，])(?<!\d[ ])\d{1,3}(?:[ ]\d{3})+(?:\.\d+)?(?=\s?(?:[亿万元]|千元|$))"
    r"|(?<![\d])(?<!\d[.])\d+(?:\s?\.\s?\d+|(?:\.\d+))?(?!\.?\d))"
)
#: 一百三十五 · 壹佰叁拾伍 · 二点五 · 百 stands only after a digit
CHINESE = r"(?:[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾][〇零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]*(?:[万萬][〇零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+)?(?:点[〇零一二三四五六七八九]+)?|零(?=[名人](?:[，。；、）]|$)))"

#: same length on both sides: offsets in the folded text are offsets in the text
WIDTH = str.maketrans(
    "０１２３４５６７８９％．＋－−﹣＊＃〜㎡＜＞　\u00a0\u2009\u2002\u2003\t",
    "0123456789%.+---*#~米<>      ",
)
DIGITS = {
    c: n
    for n, cs in enumerate(("〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in cs
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


@lru_cache(maxsize=1024)  # several readers fold the same paragraph
def fold(text: str) -> str:
    """The text in half width, character for character.

    >>> fold("９７．２３％")
    '97.23%'
    """
    return text.translate(WIDTH)


def read_arabic(text: str) -> tuple[Decimal, Decimal] | None:
    """An Arabic number with its separators.

    >>> read_arabic("1,234.50")
    (Decimal('1234.50'), Decimal('0.01'))
    """
    digits = re.sub(r"[,，\s]", "", text)
    if not re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return None
    return Decimal(digits), Decimal(1).scaleb(-len(digits.partition(".")[2]))


def read_chinese(text: str) -> tuple[Decimal, Decimal] | None:
    """A Chinese or financial numeral up to 亿; None where the characters make no number.

    >>> read_chinese("三万五千")
    (Decimal('35000'), Decimal('1000'))
    >>> read_chinese("一百三十五点六")
    (Decimal('135.6'), Decimal('0.1'))
    """
    whole, point, fraction = text.partition("点")
    if point:
        part = _section(whole) if whole else (0, 1)
        if part is None or not fraction or any(c not in DIGITS for c in fraction):
            return None
        digits = "".join(str(DIGITS[c]) for c in fraction)
        return Decimal(f"{part[0]}.{digits}"), Decimal(1).scaleb(-len(digits))
    high, wan, low = whole.replace("萬", "万").partition("万")
    if not wan:
        read = _section(whole)
        return (Decimal(read[0]), Decimal(read[1])) if read else None
    upper, lower = _section(high), _section(low) if low else (0, 10_000)
    if upper is None or lower is None:
        return None
    # 三万五: the lone digit counts the next lower unit
    if len(low) == 1 and low in DIGITS:
        lower = (lower[0] * 1000, 1000)
    return Decimal(upper[0] * 10_000 + lower[0]), Decimal(lower[1])


def _section(text: str) -> tuple[int, int] | None:
    """A numeral below ten thousand and its last stated place; digits in a row are read as such."""
    if text and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text)), 1
    total, digit, last, step = 0, None, 10_000, 1
    for character in text:
        if character in DIGITS:
            if digit:
                return None
            digit = DIGITS[character]
        elif character in TENS:
            size = TENS[character]
            if size >= last:
                return None
            total, last, step = total + (1 if digit is None else digit) * size, size, size
            digit = None
        else:
            return None
    if digit:
        # 一百三 is 130, 一百零三 is 103
        lone = last // 10 if last in (100, 1000) and "零" not in text[-2:] and "〇" not in text[-2:] else 1
        total, step = total + digit * lone, lone
    return (total, step) if text else None
