"""The numbers that headings begin with, as written, lost and half lost ones too."""

from __future__ import annotations

import re
from typing import Literal

Style = Literal["chapter", "clause", "item", "decimal", "point", "bracket", "circle", "annex", ""]

#: the usual order of styles from the top down
STYLES: tuple[Style, ...] = ("annex", "chapter", "clause", "item", "decimal", "point", "bracket", "circle")

DIGITS = "一二三四五六七八九十"
#: 贰、执行情况: as on a cheque
FORMAL = "壹贰叁肆伍陆柒捌玖拾"
PLAIN = str.maketrans(FORMAL, DIGITS)
CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

NUMBER = re.compile(
    rf"""\s*(?:
      第\s*(?P<chapter>[{DIGITS}]{{1,3}}|\d{{1,2}})\s*(?:部分|章|节)[、，：:．.\s]*      # 第一部分
    | [（(\[【〔〈]\s*(?P<item>[{DIGITS}]{{1,3}})\s*[）)\]】〕〉][、，．.：\s]*          # （一） (三）
    | (?P<item_open>[{DIGITS}]{{1,3}})\s*[）)][、．.\s]*                               # 一） : its first half lost
    | [（(]\s*(?P<item_shut>[{DIGITS}]{{1,3}})[、．.\s]+                               # （一 部门职能
    | (?P<clause>[{DIGITS}{FORMAL}]{{1,3}})\s*[、，．.。：:]\s*                         # 一、 壹、
    | (?P<clause_bare>[{DIGITS}{FORMAL}]{{1,3}})[\s\u3000]+(?=[^\s{DIGITS}{FORMAL}])      # 一 部门概况
    | [（(]\s*(?P<bracket>\d{{1,2}})\s*[）)][、．.\s]*                                  # （1）
    | (?P<bracket_open>\d{{1,2}})[）)][、．.\s]*                                       # 1）
    | (?P<decimal>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})[.．、]?(?=[\s\u3400-\u9fff（《“])\s*   # 1.1
    | (?P<point>\d{{1,2}})\s*[.．、，。]\s*(?!\d(?!\d\d\d年))                           # 1. 2、 1.2023年
    | (?P<point_bare>\d{{1,2}})[\s\u3000]*(?=[\u3400-\u9fff])                          # 1 预算编制
    | (?P<circle>[{CIRCLES}])[、．.\s]*
    | (?P<lost>[、．）)])(?=[\u3400-\u9fff])\s*                                         # ）部门职能
    )""",
    re.VERBOSE,
)
UNIT_AFTER_DECIMAL = re.compile(
    r"\s*(?:万|亿|元|分(?!析|配|项|解|类)|个(?!人)|人(?!员|才|均)|名(?!称)|倍|%|％|公里|平方|亩|吨|米)"
)


def number_of(text: str) -> tuple[str, Style, int | None, int, int]:
    """The number that a line begins with: as written, style, value, depth, where the title starts.

    >>> number_of("（三）部门整体支出绩效目标")[:3]
    ('（三）', 'item', 3)
    """
    match = NUMBER.match(text)
    if match is None:
        return "", "", None, 1, len(text) - len(text.lstrip())
    group = match.lastgroup or ""
    written = match.group(group)
    style: Style = {"lost": ""}.get(group, group.split("_")[0])  # type: ignore[assignment]
    if style in ("decimal",) and UNIT_AFTER_DECIMAL.match(text, match.end(group)):
        return "", "", None, 1, len(text) - len(text.lstrip())
    depth, value = 1, None
    if style == "decimal":
        parts = re.split(r"[.．]", written)
        depth, value = len(parts), int(parts[-1])
    elif style == "circle":
        value = CIRCLES.index(written) + 1
    elif style:
        value = int(written) if written.isdigit() else chinese(written.translate(PLAIN))
    number = match.group().strip().rstrip("：:")
    return number, style, value, depth, match.end()


def chinese(text: str) -> int:
    """
    >>> [chinese(text) for text in ("三", "十", "十二", "二十一")]
    [3, 10, 12, 21]
    """
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return DIGITS.index(text[-1]) + 1
    return (DIGITS.index(tens[0]) + 1 if tens else 1) * 10 + (DIGITS.index(ones[0]) + 1 if ones else 0)
