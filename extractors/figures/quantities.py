"""The grammar of Chinese figures: amounts of money, percentages, points, counts, wherever they stand.

Text is read as it is; nothing is guessed: what stands where a figure belongs and cannot be read as
one is a Found of kind "malformed".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from extractors.figures.numerals import ARABIC, CHINESE, fold, read_arabic, read_chinese
from extractors.figures.units import UNIT, Unit, unit_named
from schema.quantity import Approximation, Quantity, as_written

FoundKind = Literal["money", "percent", "points", "count", "number", "malformed"]
Bound = Literal["", "at_least", "at_most"]

NUMBER = rf"(?:{ARABIC}|{CHINESE})"
#: 135.64万元 · 39万2696元 · 1亿3564万元 · 100余万元 · 3万多元 · 12元5角; 1,762.80（人员经费… has no unit
FIGURE = re.compile(
    rf"""
    (?P<sign>(?<![\d%元人A-Za-z\]）)])-\s?|负|[+])?
    (?:(?P<currency>人民币|[¥￥])\s?)?
    (?P<number>{NUMBER})
    (?P<more>[余多])?
    (?:\s{{0,2}}[（(]?(?!(?<=[（(])人[员均])(?P<unit>{UNIT})(?P<tail>(?<=（..)）|(?<=\(..)\))?
       (?P<rest>(?:(?!一分[不未没])零?(?:{NUMBER})(?:{UNIT}|角|分(?!别)))+)?
    )?
    """,
    re.X,
)
PART = re.compile(rf"零?(?P<number>{NUMBER})(?P<unit>{UNIT}|角|分)")
#: 百分之九十五点三 · 百分之95
PERCENT_IN_WORDS = re.compile(rf"(?P<sign>负)?百分之(?P<number>{NUMBER})")
#: 九成 · 9.5成 · 八成五
TENTHS = re.compile(
    r"(?P<number>[一二三四五六七八九]|\d(?:\.\d)?)成(?P<half>[一二三四五六七八九])?(?![立效果为员本就功年长交套分品色型])"
)
#: 7,00.0,77万元 · 3M.8万元 · 12*.5元 · 1.234.5% : digits and what never stands inside a number
BROKEN = re.compile(
    r"""(?<![A-Za-z0-9.,])
    (?P<body>[\dA-Za-z*#?_.,，。·’'×]*\d[\dA-Za-z*#?_.,，。·’'×]*|\*+\.?\d+)
    \s?(?P<unit>亿元|万元|千元|元|亿(?!人)|万(?![人名户次亩吨件美路])|%|‰)""",
    re.X,
)
#: 1O5.6 · l2.5 · 135。64: what a scanner makes of 105.6, 12.5, 135.64
SLIPS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "。": ".", "·": "."})

BEFORE: tuple[tuple[re.Pattern[str], Approximation], ...] = (
    (re.compile(r"(?:大约|大概|约为?|约合|约计|约占|估计)\s?(?:人民币)?$"), "about"),
    (re.compile(r"(?:将近|接近|近|不足|不到|未达到?)\s?(?:人民币)?$"), "under"),
    (re.compile(r"(?:超过|超出|超|逾|突破|高于|多达)\s?(?:人民币)?$"), "over"),
)
AFTER: tuple[tuple[re.Pattern[str], Approximation], ...] = (
    (re.compile(r"(?:左右|上下)"), "about"),
    (re.compile(r"(?:有余|以上|出头|挂零|多(?![收支花用出余列付发]))"), "over"),
)
AT_LEAST = re.compile(r"(?:≥|≧|>=?|＞|不低于|不少于|不小于|大于(?:等于)?|至少|高于|达到或超过)\s?$")
AT_MOST = re.compile(r"(?:≤|≦|<=?|＜|不超过|不高于|不大于|不多于|小于(?:等于)?|低于|少于|最多|控制在)\s?$")
AT_LEAST_AFTER = re.compile(r"\s?(?:[（(]含[）)])?(?:及以上|以上|起)")
AT_MOST_AFTER = re.compile(r"\s?(?:[（(](?:不)?含[）)])?(?:及以下|以下|以内|之内)")
RISE = re.compile(
    r"(?:增加|增长|上升|上涨|提高|增幅|增长率|追加|调增|新增|净增|跃增|猛增|微增|微涨|走高|抬高|抬升|多[支用花]?[出了]?|提升|上浮|扩大|攀升|递增|增支|(?<=的数)大|增收|多收|净增|推高|拉高|膨胀|升幅|涨幅|(?<=同比|本年|今年|当年|上年|年净|支出|收入|经费|项目)[增升涨高多]出?|(?<=[，、；（(元略微年出算额数比约])[增升涨长]|(?<=元)[高多])(?:了|额|率|幅度?)?(?:依次|分别)?(?:为|约|达到?|至)?$"
)
FALL = re.compile(
    r"(?:减少|下降|降低|缩减|压减|减幅|降幅|下降率|压缩|调减|核减|减支|下浮|负增长|回落|收窄|滑落|微降|微跌|节约|节省|省[下出掉]|少[支用花]?[出了掉]?|缩小|下滑|走低|递减|(?<=的数)小|减收|少收|净减|收缩|萎缩|拉低|压降|跌幅|(?<=同比|本年|今年|当年|上年|年净|支出|收入|经费|项目)[降减低少]|(?<=[，、；（(元略微年出算额数比约])[降减]|(?<=元)[低少])(?:了|额|率|幅度?)?(?:依次|分别)?(?:为|约|达到?)?$"
)
#: 全年预算数调减为845.60万元: what it became, not by how much
BECAME = re.compile(
    r"(?:回落|走低|走高|抬升|攀升|上升|下降|上涨|下滑|滑落|膨胀|扩大|压缩|缩减|收缩|降|升|增|减|调减|调增|核减|压减|追减|调整)(?:为|到|至)\s?$"
)
RANGE = re.compile(r"\s?(?:-|—|–|~|～|至|到)+\s?")


@dataclass(frozen=True, slots=True)
class Found:
    """A figure and its characters: text[start:end], sign and unit included, approximation not.

    `quantity` is in yuan, percent, points or things, None for kind "malformed". `direction` is that
    of a word right before it (减少 -1, 增加 1); the quantity itself is not turned by it. `upper` is the
    higher end of a range, `bound` tells a limit from a value, `slip` a reading that mends a scanner's
    slip, `number_end` where the digits end.
    """

    start: int
    end: int
    kind: FoundKind
    quantity: Quantity | None
    unit: str = ""
    direction: Literal[-1, 0, 1] = 0
    bound: Bound = ""
    upper: Quantity | None = None
    slip: bool = False
    number_end: int = 0

    @property
    def value(self) -> Decimal:
        """The number. Raises ValueError for what could not be read."""
        if self.quantity is None:
            raise ValueError("a malformed figure has no value")
        return self.quantity.value


@dataclass(frozen=True, slots=True)
class Malformed:
    """What stands where a figure belongs and is none: text[start:end]."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=512)  # several readers ask for the same paragraph
def find_quantities(text: str) -> tuple[Found, ...]:
    """All figures of a text in order, without overlaps; Chinese numerals only before a unit.

    >>> [(f.kind, str(f.value)) for f in find_quantities("支出39万2696元，占97.23%")]
    [('money', '392696'), ('percent', '97.23')]
    """
    folded = fold(text)
    found = _broken(folded)
    taken = [(f.start, f.end) for f in found]
    for reader in (_worded, _tenths, _figures):
        for one in reader(folded):
            if not any(start < one.end and one.start < end for start, end in taken):
                taken.append((one.start, one.end))
                found.append(one)
    found.sort(key=lambda f: f.start)
    return tuple(_in_context(folded, one) for one in _ranges(folded, found))


def read_amount(text: str, unit: str = "元") -> Quantity | Malformed | None:
    """The figure that a cell holds and nothing else, in `unit` where the cell names none.

    Brackets around it make it negative. None for a blank, a dash, or words; Malformed for what looks
    like a figure and cannot be one.

    >>> read_amount("1,234.56", "万元").value, read_amount("（12.3）").value
    (Decimal('12345600'), Decimal('-12.3'))
    >>> read_amount("-") is None, read_amount("7,00.0,77")
    (True, Malformed(start=0, end=9, text='7,00.0,77'))
    """
    bare = fold(text).strip()
    lead = len(text) - len(text.lstrip())
    negative = re.fullmatch(r"[（(]\s*(.+?)\s*[）)]", bare)
    inner = negative[1] if negative else bare
    inner = re.sub(r"^(?:大?约|近|共计?|合计)", "", inner)
    match = FIGURE.fullmatch(inner)
    if match and not (match["unit"] is None and not re.search(r"\d", inner)):
        found = _figure(match, unit)
        if found and found.quantity:
            quantity = _in_context(fold(text), replace(found, start=lead, end=len(text.rstrip()))).quantity
            assert quantity is not None  # noqa: S101 (a figure that was read stays read)
            return replace(quantity, value=-quantity.value) if negative else quantity
    if found_one := (PERCENT_IN_WORDS.fullmatch(inner)):
        return _percent(found_one)
    broken = re.fullmatch(r"[\d.,，。·*#'’OolI?]{2,}(?:亿元|万元|千元|元|万|%)?", inner) or BROKEN.fullmatch(
        inner
    )
    dated = re.fullmatch(r"\d{4}\.\d{1,2}(?:\.\d{1,2})?", inner)
    if broken and not dated and re.search(r"\d", inner):
        return Malformed(lead, lead + len(bare), bare)
    return None


def _figures(text: str) -> list[Found]:
    found, at = [], 0
    while match := FIGURE.search(text, at):
        counts = match["unit"] is not None or re.search(r"\d", match["number"])
        one = _figure(match, "") if counts else None  # 一是、三公: a numeral that counts nothing
        if one:
            found.append(one)
        at = one.end if one else match.end("number")
    return found


def _figure(match: re.Match[str], default: str) -> Found | None:
    """One match as a figure in the match's own unit, else in `default`."""
    name = match["unit"] or default
    unit = unit_named(name)
    number = _number(match["number"])
    if number is None:
        return None
    value, step = number
    if not value and step >= 1 and unit.kind == "money":
        step = Decimal(0)  # 0万元 is nothing at all; 0.00万元 may be a rounded sum
    end = (
        match.end("tail" if match["tail"] else "unit")
        if match["unit"]
        else (match.end("more") if match["more"] else match.end("number"))
    )
    if match["unit"] and match["rest"]:
        value, step, end = _mixed(match, unit, value)
    else:
        value, step = value * unit.factor, step * unit.factor
    approx: Approximation = "over" if match["more"] or re.search("[余多]", name) else ""
    if match["sign"] and match["sign"].strip() in ("-", "负"):
        value = -value
    return Found(
        match.start(),
        end,
        unit.kind,
        _quantity(value, step, unit, approx),
        name,
        number_end=match.end("number"),
    )


def _mixed(match: re.Match[str], unit: Unit, value: Decimal) -> tuple[Decimal, Decimal, int]:
    """39万2696元: parts of falling size are one amount; the first that does not fit ends it."""
    small = {"角": Decimal("0.1"), "分": Decimal("0.01")}
    total, size, end = value * unit.factor, unit.factor, match.end("unit")
    step = size
    number = read_arabic(match["number"]) if re.search(r"\d", match["number"]) else None
    if unit.kind != "money" or (number and number[1] < 1):
        return total, (number[1] if number else Decimal(1)) * size, end
    for part in PART.finditer(match["rest"]):
        name = part["unit"]
        factor = small.get(name) or unit_named(name).factor
        read = _number(part["number"])
        money = name in small or unit_named(name).kind == "money"
        if read is None or not money or factor >= size or read[0] * factor >= size:
            break
        total, size, step = total + read[0] * factor, factor, read[1] * factor
        end = match.start("rest") + part.end()
    return total, step, end


def _number(text: str) -> tuple[Decimal, Decimal] | None:
    return read_arabic(text) if re.search(r"\d", text) else read_chinese(text)


def _quantity(value: Decimal, step: Decimal, unit: Unit, approx: Approximation) -> Quantity:
    if unit.kind in ("points", "count", "number"):
        return replace(as_written(value), approx=approx)
    return Quantity(Decimal(f"{value:f}"), Decimal(f"{step:f}"), approx)


def _worded(text: str) -> list[Found]:
    return [
        Found(m.start(), m.end(), "percent", quantity, "%", number_end=m.end())
        for m in PERCENT_IN_WORDS.finditer(text)
        if (quantity := _percent(m))
    ]


def _percent(match: re.Match[str]) -> Quantity | None:
    read = _number(match["number"])
    if read is None:
        return None
    return Quantity(-read[0] if match["sign"] else read[0], read[1])


def _tenths(text: str) -> list[Found]:
    found = []
    for match in TENTHS.finditer(text):
        read = _number(match["number"])
        if read is None:
            continue
        value, step = read[0] * 10, read[1] * 10
        if match["half"] and (half := read_chinese(match["half"])):
            value, step = value + half[0], Decimal(1)
        found.append(
            Found(match.start(), match.end(), "percent", Quantity(value, step), "成", number_end=match.end())
        )
    return found


def _broken(text: str) -> list[Found]:
    """What stands before a unit, holds digits and is no number; a scanner's slip is mended and marked."""
    found = []
    for match in BROKEN.finditer(text):
        body = match["body"].strip("，。")
        start = match.start("body") + match["body"].index(body[0])
        stop = "。" in body
        if stop and not re.fullmatch(r"\d+。\d+", body):
            continue  # a full stop between two sentences
        listed = re.fullmatch(rf"(?:.*[，,])?{ARABIC}", body) and not _dense(body)
        if not stop and (listed or re.fullmatch(ARABIC, body)):
            continue
        mended = body.translate(SLIPS)
        unit = unit_named(match["unit"])
        if mended != body and re.fullmatch(ARABIC, mended) and (read := read_arabic(mended)):
            quantity = _quantity(read[0] * unit.factor, read[1] * unit.factor, unit, "")
            found.append(
                Found(
                    start,
                    match.end(),
                    unit.kind,
                    quantity,
                    match["unit"],
                    slip=True,
                    number_end=match.end("body"),
                )
            )
        elif re.search(r"[A-Za-z*#?_·’']|[.,，].*[.,，]", body) or re.fullmatch(r"\d+[,，]\d+", body):
            found.append(
                Found(start, match.end(), "malformed", None, match["unit"], number_end=match.end("body"))
            )
    return found


def _dense(body: str) -> bool:
    """Whether separators stand between digits as in one number, not as in a list: 7,00.0,77; 12,34."""
    return bool(re.search(r"\d,\d|\d\.\d+[.,]\d|[A-Za-z*]", body))


def _ranges(text: str, found: list[Found]) -> list[Found]:
    """10-20万元 as one figure with an upper end; the lower end takes the upper's unit."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last
            and one.quantity
            and last.quantity
            and last.upper is None
            and not (last.unit and text[last.start - 1 : last.start] in ("由", "从"))  # 由5万元到4万元
            and RANGE.fullmatch(text, last.end, one.start)
        ):
            low = last
            if not last.unit and one.unit:
                unit = unit_named(one.unit)
                low = replace(last, quantity=replace(last.quantity, value=last.value * unit.factor))
            if (
                low.quantity
                and (last.unit in ("", one.unit))
                and abs(low.value) < abs(one.value)
                and one.kind != "number"
            ):
                joined[-1] = replace(one, start=last.start, quantity=low.quantity, upper=one.quantity)
                continue
        # 10-20: the dash was taken for a sign
        joined.append(one)
    return joined


def _in_context(text: str, one: Found) -> Found:
    """The figure with what the words around it say: approximation, limit, direction."""
    if one.quantity is None:
        return one
    before, after = text[max(0, one.start - 10) : one.start], text[one.end : one.end + 6]
    bound: Bound = ""
    if AT_LEAST.search(before) or AT_LEAST_AFTER.match(after):
        bound = "at_least"
    elif AT_MOST.search(before) or AT_MOST_AFTER.match(after):
        bound = "at_most"
    approx = one.quantity.approx
    for words, kind in BEFORE:
        if not approx and words.search(before):
            approx = kind
    for words, kind in AFTER:
        if not approx and words.match(after):
            approx = kind
    stem = re.sub(r"(?:大?约|将?近|超过?|逾|人民币|[：:]\s?)$", "", before)
    if BECAME.search(stem):
        return replace(one, quantity=replace(one.quantity, approx=approx), bound=bound)
    direction: Literal[-1, 0, 1] = -1 if FALL.search(stem) else (1 if RISE.search(stem) else 0)
    quantity = replace(one.quantity, approx=approx)
    return replace(one, quantity=quantity, bound=bound, direction=direction)
