"""What an indicator's target asks and whether its actual value meets it. Undecidable is None: never a
guess."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from schema.quantity import LEEWAY

Relation = Literal["least", "most", "exactly", "between", "plain"]
Verdict = Literal["met", "missed"]

#: cells that stand for "nothing to state here"
MARKS = frozenset(
    ["/", "—", "-", "–", "－", "／", "\\", "无", "不适用", "不涉及", "/", "——", "--", "无此项", "N/A", "n/a"]
)

_NUMBER = r"(?P<number>[-−]?\d+(?:,\d{3})*(?:\.\d+)?)"
_UNIT = r"(?P<unit>%|‰|个百分点|[A-Za-z㎡²³/]{1,4}|[一-鿿]{1,4})?"
_FIGURE = re.compile(rf"{_NUMBER}\s*{_UNIT}")
# ≥95%  大于等于95%  不低于95%  95%以上
_LEAST_BEFORE = re.compile(
    r"(?:≥|>=|>|⩾|≧|大于等于|大于或等于|(?<!不)大于|不低于|不少于|不小于|不得低于|不得少于|至少|(?<!不)高于|(?<![不未得])超过|(?<!不)多于|达到|达|完成)\s*$"
)
DONE_BEFORE = re.compile(r"(?:达到|达|完成)\s*$")
_LEAST_AFTER = re.compile(r"^[^\d，,。；;]{0,4}?(?:及以上|以上|及其以上|或以上)")
_MOST_BEFORE = re.compile(
    r"(?:≤|<=|<|⩽|≦|小于等于|小于或等于|(?<!不)小于|不超过|不得超过|不超出|不高于|不大于|不多于|(?<![不得])低于|(?<![不得])少于|未超过|控制在)\s*$"
)
_MOST_AFTER = re.compile(r"^[^\d，,。；;]{0,4}?(?:及以下|以下|以内|之内|或以下|内)")
_EXACT_BEFORE = re.compile(r"(?:(?<![<>])=|(?<![于或])等于)\s*$")
_RANGE = re.compile(rf"([-−]?\d+(?:\.\d+)?)\s*(%?)\s*(?:-|—|–|~|～|至|到)\s*{_NUMBER}\s*{_UNIT}")
# 2023年12月31日前  2023年12月底前  12月底前  2023.12.31
_DATE = re.compile(
    r"(?:(?P<year>20\d\d)\s*[年./-]\s*)?(?P<month>1[0-2]|0?[1-9])\s*[月./-]\s*(?:(?P<day>[12]\d|3[01]|0?[1-9])\s*日?)?"
    r"|(?P<only>20\d\d)年?(?:底|末|年底|年末)"
)
_YEAR = re.compile(r"20\d\d\s*年度?(?!\s*\d{1,2}\s*月)")

#: 每季度1次: how many in the year is not said
EACH = re.compile(r"每(?:年|季|月|周|日|天|半年|人|户|个|次)")
#: 投诉, 事故: less is better, and a bare figure is the most that is allowed
NEGATIVE = re.compile(
    r"投诉|事故|违规|违纪|违法|差错|失误|误差|死亡|伤亡|发案|逾期|延误|超支|泄密|舆情|缺陷|浪费|返工"
)
#: 投诉办结率, 事故下降率: of what is bad, how much of it was dealt with or is gone; more is better
DEALT_WITH = re.compile(
    r"下降|减少|降低|压减|降幅|办[结理]|处[理置]|化解|整改|查处|回[复访应]|受理|响应|调[处解]|侦破|救援|纠正|及时|满意"
)
#: 成本: a bare figure may be a limit or a plan
COSTS = re.compile(r"成本|费用|单价|造价|支出标准|补助标准|经费|金额|人均")

DONE = re.compile(
    r"^(?:已|均已|全部|均|按时|按期|如期|按计划|及时|已全部|已按时|已按期|100%)*(?:完成|达成|达标|达到|实现|落实|执行|验收合格|合格)(?:预期|年度|既定|设定|计划|全部)*(?:目标|指标|指标值|要求|任务|标准|效果|预期)*$"
)
NOT_DONE = re.compile(
    r"未完成|未达成|未达到|未达标|未实现|未开展|未落实|没有完成|没有达到|部分完成|部分达成|部分达到|部分实现|未能|不达标|尚未|效果较差"
)

#: time that is to be short, and time that is to be long; of other times nobody can say
SHORT = re.compile(r"时效|工期|时限|周期|用时|耗时|时间|及时|响应|办结|办理|审批|等待|滞留|逾")
LONG = re.compile(
    r"开放|运行|服务|培训|值班|保障|授课|巡查|工作日数|出勤|播出|展出|学时|课时|驻|供[餐水暖热气]|开[课诊馆园]|上课|巡护|管护|保洁"
)
#: 约200户, 300人左右
ABOUT_BEFORE = re.compile(r"(?:约|大约|大概|近|接近)$")
ABOUT_AFTER = re.compile(r"^[^\d，,。；;]{0,4}?(?:左右|上下)")

#: measures: unit -> (dimension, how many of the smallest)
MEASURES: dict[str, tuple[str, Decimal]] = {
    unit: (dimension, Decimal(factor))
    for dimension, units in {
        "length": {"米": 1, "公里": 1000, "千米": 1000, "km": 1000, "m": 1, "万米": 10000},
        "money": {"元": 1, "万元": 10_000, "亿元": 100_000_000, "千元": 1000, "万": 10_000},
        "area": {"平方米": 1, "㎡": 1, "万平方米": 10_000, "平方公里": 1_000_000, "公顷": 10_000},
        "land": {"亩": 1, "万亩": 10_000},
        "weight": {"吨": 1000, "万吨": 10_000_000, "公斤": 1, "千克": 1, "kg": 1},
        "people": {"人": 1, "万人": 10_000, "名": 1},
        "visits": {"人次": 1, "万人次": 10_000},
        "share": {"%": 10, "‰": 1},
    }.items()
    for unit, factor in units.items()
}
#: 工作日 and 天 differ; each is compared with itself only
TIME = frozenset(
    {
        "天",
        "日",
        "日历天",
        "日历日",
        "个日历天",
        "个工作日",
        "工作日",
        "小时",
        "分钟",
        "个月",
        "月",
        "年",
        "周",
    }
)


@dataclass(frozen=True, slots=True)
class Bound:
    """One thing that a target asks: a figure with its unit and the side that is allowed."""

    relation: Relation
    low: Decimal
    high: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a target was met, by what reading, and how many times over (None where it has no
    measure). `sure` False marks a verdict that rests on words alone."""

    verdict: Verdict
    reading: str
    times: Decimal | None = None
    sure: bool = True


def clean(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", text).replace("−", "-").replace("≧", "≥").replace("≦", "≤")


def blank(text: str | None) -> bool:
    return not (text or "").strip()


def marked(text: str | None) -> bool:
    """Whether a cell says that there is nothing to state: / 无 —."""
    return (text or "").strip() in MARKS and not blank(text)


#: 3315（含“订单式”培训640人次）: what else stands behind a result in brackets
NOTED = re.compile(r"(?<=[^(])\((?:含|其中|包括|较|比|上年|同比)[^()]*\)$")


def read_bounds(text: str, asked: bool = False) -> list[Bound]:
    """The figures of a cell with their relation. `asked`: of a target, where 约200户 asks for a little less.

    >>> read_bounds("≥95%")
    [Bound(relation='least', low=Decimal('95'), high=Decimal('95'), unit='%')]
    >>> read_bounds("5个工作日以内")[0].relation
    'most'
    """
    text = _YEAR.sub("", clean(text))
    text = text if asked else NOTED.sub("", text)
    bounds = []
    if found := _RANGE.fullmatch(text):
        low, high = _decimal(found[1]), _decimal(found["number"])
        return [Bound("between", min(low, high), max(low, high), _unit(found["unit"]))]
    for found in _FIGURE.finditer(text):
        before, after = text[: found.start()], text[found.end("number") :]
        number = _decimal(found["number"])
        if before.endswith(("第", "“", "《")):
            continue
        about = asked and (ABOUT_BEFORE.search(before) or ABOUT_AFTER.search(after))
        low = number * (1 - LEEWAY) if about else number
        relation = _relation(before, after)
        if not asked and relation == "least" and DONE_BEFORE.search(before):
            relation = "plain"  # 完成8项 is a result
        bounds.append(Bound(relation, low, number, _unit(found["unit"])))
    return bounds


def _relation(before: str, after: str) -> Relation:
    after = re.sub(r"^[%‰]", "", after)
    if _EXACT_BEFORE.search(before):
        return "exactly"
    if _MOST_BEFORE.search(before) or _MOST_AFTER.search(after):
        return "most"
    if _LEAST_BEFORE.search(before) or _LEAST_AFTER.search(after):
        return "least"
    return "plain"


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


_UNIT_TAIL = re.compile(r"(?:及其?以上|及以下|或以上|或以下|以上|以下|以内|之内|左右|内|前|/.*)$")


def _unit(unit: str | None) -> str:
    unit = _UNIT_TAIL.sub("", (unit or "").strip())
    unit = re.split(r"[/]", unit)[0]
    return (
        unit
        if unit in MEASURES or unit in TIME
        else re.sub(r"^(?:个|余)(?=.)", "", unit)
        if unit not in ("个",)
        else unit
    )


def read_date(text: str, year: int | None) -> tuple[date, date] | None:
    """The first and last day that a date as written may be; None where there is no date.

    >>> read_date("2023年12月底前", None)
    (datetime.date(2023, 12, 1), datetime.date(2023, 12, 31))
    """
    text = clean(text)
    found = _DATE.search(text)
    if not found or (found["only"] is None and "月" not in text and not re.search(r"20\d\d[./-]\d", text)):
        return None
    if found["only"]:
        return date(int(found["only"]), 1, 1), date(int(found["only"]), 12, 31)
    later = bool(re.search(r"[次下翌]年?度?$", text[: found.start()]))
    of = int(found["year"]) if found["year"] else year + later if year else None
    month = int(found["month"])
    if of is None or re.match(r"个月", text[found.end("month") :]):
        return None
    last = monthrange(of, month)[1]
    day = int(found["day"]) if found["day"] else None
    if day and day > last:
        return None
    return date(of, month, day or 1), date(of, month, day or last)


_THAN_BEFORE = r"(?:同比|[比较](?:20\d\d年|上年度?(?:同期)?|去年(?:同期)?))?"
#: 下降2.1% against ≤0
FELL = re.compile(rf"{_THAN_BEFORE}(?:下降|减少|降低|压减|压缩|回落|负增长)")
ROSE = re.compile(rf"{_THAN_BEFORE}(?:增长|增加|提高|提升|上升|上涨|反弹)")


def judge(
    target: str | None, actual: str | None, *, name: str = "", subgroup: str = "", year: int | None = None
) -> Judgement | None:
    """Whether the actual value meets the target; None where that cannot be decided from the words.

    >>> judge("≥95%", "93%").verdict
    'missed'
    >>> judge("≤5天", "3天").verdict
    'met'
    >>> judge("有效提升", "有所提升") is None
    True
    """
    if blank(target) or blank(actual) or marked(target) or marked(actual):
        return None
    if malformed(target) or malformed(actual):
        return None
    want, got = clean(str(target)), clean(str(actual))
    if NOT_DONE.search(got) or re.fullmatch(rf"(?:不|未|没有|欠|不够){re.escape(want)}", got):
        return Judgement("missed", "实际完成值写明未完成或部分完成", sure=not re.search(r"\d", want))
    if want == got and not re.search(r"[<>≤≥]", want):
        words = not re.search(r"\d", want)
        return Judgement("met", "实际完成值与指标值相同", None if words else Decimal(1), sure=not words)
    if DONE.match(got.rstrip("。")):
        return Judgement("met", "实际完成值写明已完成")
    by_date = _by_date(want, got, year)
    if by_date is not None:
        return by_date
    if EACH.search(want) or read_date(want, year) or not re.search(r"\d", want):
        return _worded(want, got)
    if base := _BASE.fullmatch(want):
        return _below(base, got)
    bounds = read_bounds(want, asked=True)
    if FELL.match(want) and len(bounds) == 1 and bounds[0].relation in ("plain", "least"):
        return _fallen(bounds[0], got)
    if ROSE.match(want) and FELL.match(got):
        return Judgement("missed", "要求增长，实际下降")
    if len(bounds) == 1 and bounds[0].relation == "most" and bounds[0].low == 0 and FELL.match(got):
        return Judgement("met", "实际完成值为下降")
    return _measured(bounds, got, name, subgroup)


#: 较上年（2起）减少: last year's value, of which there is to be less
_BASE = re.compile(
    rf"[比较](?:20\d\d年|上年度?|去年)(?:同期)?的?[(]?{_NUMBER}\s*{_UNIT}[)]?(?:有所)?(?:(?P<less>减少|下降|降低)|增加|增长|提高)"
)


def _below(base: re.Match[str], got: str) -> Judgement | None:
    """Whether a value is less than last year's, or more, as asked; None where it is the same."""
    figures, last = read_bounds(got), _decimal(base["number"])
    if len(figures) != 1 or figures[0].low == last:
        return None
    met = (figures[0].low < last) == bool(base["less"])
    return Judgement("met" if met else "missed", f"{_plain(figures[0].low)}对上年{_plain(last)}")


def _fallen(bound: Bound, got: str) -> Judgement | None:
    """较上年下降10%: more of a fall is better, whatever falls; a rise misses it."""
    if ROSE.match(got):
        return Judgement("missed", "要求下降，实际上升")
    figures = [replace(one, relation="plain", low=abs(one.low)) for one in read_bounds(got)]
    return _one(replace(bound, relation="least"), figures[0], "", "") if len(figures) == 1 else None


def _worded(want: str, got: str) -> Judgement | None:
    """A target in words: only a plain percentage of completion decides it."""
    if re.fullmatch(r"100%|100", got):
        return Judgement("met", "定性指标，完成率100%", sure=False)
    if re.fullmatch(r"0%?", got) and not NEGATIVE.search(want):
        return None
    return None


#: 2023年6-9月 · 6月至9月
_MONTHS = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?P<first>\d{1,2})月?(?:-|—|~|～|至|到)(?P<last>\d{1,2})月(?:底|末|份)?"
)


def _by_date(want: str, got: str, year: int | None) -> Judgement | None:
    span = _MONTHS.fullmatch(want)
    want = f"{span['year'] or year or ''}年{span['last']}月底" if span else want
    deadline, done = read_date(want, year), read_date(got, year)
    if deadline is None or done is None:
        return None
    if done[1] <= deadline[1]:
        return Judgement("met", f"{done[1]:%Y-%m-%d}不晚于{deadline[1]:%Y-%m-%d}")
    if done[0] > deadline[1]:
        return Judgement("missed", f"{done[0]:%Y-%m-%d}晚于{deadline[1]:%Y-%m-%d}")
    return None


def _measured(bounds: list[Bound], got: str, name: str, subgroup: str) -> Judgement | None:
    figures = [b for b in read_bounds(got) if b.relation != "between"]
    if not bounds or not figures:
        return None
    if len(bounds) == 1:
        figures = _matching(bounds[0], figures)
        if len(figures) != 1:
            return None
        return _one(bounds[0], figures[0], name, subgroup)
    if len(bounds) != len(figures):
        return None
    pairs = [_one(b, f, name, subgroup) for b, f in zip(bounds, figures, strict=True)]
    if any(p is not None and p.verdict == "missed" for p in pairs):
        return next(p for p in pairs if p is not None and p.verdict == "missed")
    return pairs[0] if all(pairs) else None


def _matching(bound: Bound, figures: list[Bound]) -> list[Bound]:
    """Of several figures in a cell, those in the target's unit."""
    if len(figures) == 1:
        return figures
    same = [f for f in figures if f.unit == bound.unit and bound.unit]
    return same or figures


def _one(bound: Bound, figure: Bound, name: str, subgroup: str) -> Judgement | None:
    value = _converted(figure, bound)
    if value is None:
        return None
    exact = figure.relation in ("plain", "exactly")
    same = figure.relation == bound.relation and value == bound.low
    # "≥96%" as an actual value: enough where it can only be on the allowed side
    beyond = figure.relation == "least" and bound.relation in ("least", "plain") and value >= bound.low
    if not (exact or same or beyond):
        return None
    relation = bound.relation
    costs = bool(COSTS.search(name) or "成本" in subgroup)
    bad = NEGATIVE.search(name) and not DEALT_WITH.search(name)
    less = bool(bad) or (relation == "plain" and bound.low == 0)
    reading = f"{_plain(value)}{bound.unit}对{_plain(bound.low)}{bound.unit}"
    times = (
        value / bound.low
        if bound.low > 0 and relation in ("least", "plain") and not (less or costs)
        else None
    )
    if relation == "between":
        if bound.low <= value <= bound.high:
            return Judgement("met", reading)
        return Judgement("missed", reading) if value < bound.low and not less and not costs else None
    if relation == "plain":
        if value == bound.low:
            return Judgement("met", reading, times)
        if costs and not less:
            return None
        if bound.unit in TIME and not less and not LONG.search(name):
            if not SHORT.search(name + subgroup):
                return None
            less = True
        relation = "most" if less else "least"
    if relation == "exactly":
        if value == bound.low:
            return Judgement("met", reading, times)
        return (
            None
            if (costs or less) == (value < bound.low)
            else (Judgement("missed", reading) if value < bound.low or less else None)
        )
    met = value >= bound.low if relation == "least" else value <= bound.low
    return Judgement("met" if met else "missed", reading, times if relation == "least" else None)


def _converted(figure: Bound, bound: Bound) -> Decimal | None:
    """The actual figure in the target's unit; None where the units are of different things."""
    have, want = figure.unit, bound.unit
    if have == want or not have or not want:
        if want == "%" and not have and figure.low <= 1 < bound.low and "." in f"{figure.low:f}":
            return figure.low * 100
        odd = not have and figure.low <= 1 and bound.low >= 50  # 0.96 against 95: a share, or a slip?
        return None if odd and figure.low > 0 else figure.low
    one, other = MEASURES.get(have), MEASURES.get(want)
    if one and other:
        return figure.low * one[1] / other[1] if one[0] == other[0] else None
    if {have, want} & {"%"} or {have, want} & TIME:
        if want != "%" and have == "%" and figure.low == 100 and want not in TIME:
            return bound.low  # 100% of what was asked
        return None
    return figure.low if figure.low == bound.low or have in want or want in have else None


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


#: 9X.5%, 7,00.0,77, 1.2.3万元: digits broken by what no figure holds
_BROKEN = re.compile(
    r"\d(?![ckd]?m[23](?![\d.])|[DGKVk]\d)[A-Za-z?#]+\.?\d|\d[×*]+\.\d|\d,\d{1,2}[,.]\d|\d\.\d+\.\d+(?!\d*[./-]?\d*[年月日])|\d\.,\d|\d,,\d"
)


def malformed(text: str | None) -> bool:
    """Whether a cell holds digits that cannot be read as a figure.

    >>> malformed("9X.5%8"), malformed("1,234.5万元"), malformed("2023.12.31"), malformed("≥5000㎡")
    (True, False, False, False)
    """
    cleaned = clean(text or "")
    return bool(_BROKEN.search(cleaned)) and not re.fullmatch(r"20\d\d[.]\d{1,2}[.]\d{1,2}.*", cleaned)
