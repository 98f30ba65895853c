"""Grades' bands of points as the report itself quotes them: 90分（含）以上为优, 80（含）-90分为良, 优、良、中三档分别为…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extractors.context import Context
from schema.report import Band, Grade

GRADES: dict[str, Grade] = {
    "优秀": "优", "优": "优", "良好": "良", "良": "良", "中等": "中", "中": "中", "一般": "中", "合格": "中", "及格": "中", "基本合格": "中",
    "较差": "差", "差": "差", "不合格": "差", "不及格": "差", "低": "低",
}  # fmt: skip
_WORD = "(?:优秀|良好|中等|基本合格|不合格|不及格|合格|及格|一般|较差|优|良|中|差|低)"
_CALLED = "(?:等级|等次|级|档)?"
_GRADE = rf"[“\"‘']?(?P<grade>{_WORD})[”\"’']?{_CALLED}(?![\u3400-\u9fff])"
#: 良 that a list of bands goes on or ends behind: 85—95分良、
_GRADE_ALONE = rf"[“\"‘']?(?P<grade_alone>{_WORD})[”\"’']?{_CALLED}(?=\s*(?:[、，,；;。）)”\"]|$))"
#: 得分 · 综合得分 · 加权总分 · S
_SCORE = r"(?:(?:综合|自评|加权|最终|评价){0,2}(?:得分|总分|分值|分数)|[SXx])"
_N = r"(?<![\d.])\d{1,3}(?:\.\d+)?(?![\d.]?\d)"
#: （含） · （含90分） · 90（含）分
_HELD = r"(?:[（(](?:含|不含|包含|不包含|包括)(?:\d+分?)?[）)]\s*分?)?"
_POINTS = rf"\s*分?\s*{_HELD}\s*"
_BELOW = "(?:低于|不足|小于|少于|不满|不到|未达到?|未满|＜|<)"
_FROM = "(?:≥|>=|＞|>|达到|大于等于|不低于|高于|满)"
_UP = r"(?:(?:及其?|或)?以上|起)"


#: 每吨让利低60—80元 · 其中35—64周岁妇女
_NO_OTHER_UNIT = r"(?!\s*[万亿元角%％‰人户岁个名次天日年月时公千平吨亩件项周家条套米里头株])"


def _range() -> str:
    """What bounds a band, from the fullest wording to the barest."""
    ways = (
        # [85,95)
        rf"[\[（(【]\s*(?P<low_1>{_N})\s*分?\s*[,，、]\s*(?P<high_1>{_N})\s*分?\s*[\])）】]",
        # 80（含）-90分 · 85≤S＜95
        rf"(?P<low_2>{_N}){_POINTS}(?:[-—~～－–至到]+|(?:＜|<|≤)\s*{_SCORE}?\s*(?:＜|<|≤)?)\s*(?P<high_2>{_N}){_POINTS}(?:(?:及其?)?以下)?{_HELD}",
        # 95＞得分≥85
        rf"(?P<high_3>{_N})\s*分?\s*[＞>≥]=?\s*{_SCORE}\s*[＞>≥]=?\s*(?P<low_3>{_N})\s*分?",
        # 85分及以上不足95分 · 满85分不满95分 · 85分以上、95分以下
        rf"(?P<low_4>{_N}){_POINTS}{_UP}{_HELD}\s*[、，,]?(?:但|且|而)?(?:{_BELOW}\s*(?P<high_4>{_N}){_POINTS}|(?P<high_5>{_N}){_POINTS}(?:及其?)?以下{_HELD})",
        rf"{_FROM}\s*(?P<low_5>{_N}){_POINTS}[、，,]?(?:但|且|而)?{_BELOW}\s*(?P<high_7>{_N}){_POINTS}",
        # 95分以下、85分以上
        rf"(?P<high_6>{_N}){_POINTS}(?:及其?)?以下{_HELD}\s*[、，,](?P<low_6>{_N}){_POINTS}{_UP}{_HELD}",
        # 90分（含）以上 · ≥90
        rf"(?P<low_7>{_N}){_POINTS}{_UP}{_HELD}",
        rf"{_FROM}\s*(?P<low_8>{_N}){_POINTS}",
        # 60分以下 · 低于60分
        rf"{_BELOW}\s*(?P<high_9>{_N}){_POINTS}{_HELD}",
        rf"(?P<high_10>{_N}){_POINTS}(?:及其?)?以下{_HELD}",
    )
    joined = "|".join(ways)
    return rf"(?:{joined}){_NO_OTHER_UNIT}"


_RANGE = _range()
_WITHIN = r"(?:的|者|之间|区间|范围|内|[等档]次|(?:绩效)?等级)*"
_IS = (
    rf"\s*{_WITHIN}\s*[，,]?\s*(?:则|即|便|就|可|应)?(?:绩效)?(?:评价|自评)?(?:[等档]次|等级|结果)?"
    r"(?:(?:评定|评|定|判定|认定|确定|对应|记|列|算)?[为是]|评定?|定|属于?|对应|[：:]|—+|=|→)\s*"
)
_OPENS = rf"(?:\s*(?:[（(：:]|[）)]|[是为指]|对应|→|—+)){{0,2}}\s*(?:{_SCORE})?\s*[为在是]?\s*"

PATTERNS = (
    re.compile(rf"{_RANGE}(?:{_IS}{_GRADE}|\s*{_GRADE_ALONE})"),
    re.compile(rf"(?<!其)[“\"‘']?(?P<grade>{_WORD})[”\"’']?{_CALLED}{_OPENS}{_RANGE}"),
)
_EACH = re.compile(rf"\s*{_RANGE}\s*[、，,；;和与及]?")
#: 优、良、中、差四档 · 优良中差四个等级分别对应
LISTED = re.compile(
    rf"(?P<grades>{_WORD}(?:[”\"]?[、，,和与/][“\"]?{_WORD}|{_WORD}){{2,4}})[”\"]?(?P<between>[^\d。；;]{{0,24}})"
)
#: 分数线依次为95分、85分、70分: where each but the last begins
THRESHOLDS = re.compile(rf"{_N}\s*分?(?:\s*[、，,]\s*{_N}\s*分?)+")
AT_LEAST = re.compile("分数线|下限|起点|最低|界限|分界")
#: 注：1.…；2.90（含）—100分为“优”: the item's number stands right before the band
ITEM = re.compile(r"(?:^|[；;。：:\s])[1-9][.．](?=[6-9]\d(?!\d|\.\d)\s*分?\s*(?:[（(\-—~～－–至到以]))")
#: 当年按“90分以上为优”的原档次评为优: a scale that was in force before
FORMER = re.compile(r"[”\"]?\s?的(?:原|旧|老|上年|去年)[^，。；]{0,2}(?:档次|标准|办法|等级|规定|分档)")
#: what bounds the grades of a sheet of 100, or of a little more
LEAST_POINTS, MOST_POINTS = Decimal(50), Decimal(120)
#: a number from about LEAST_POINTS to MOST_POINTS without another unit, which every scale has
BOUND = re.compile(rf"(?=[5-9]\d|1[0-2]\d){_N}{_NO_OTHER_UNIT}")


class Quoted(NamedTuple):
    """text[start:end] gives a grade its points, from `low` to `high`; None where it does not bound them."""

    start: int
    end: int
    grade: Grade
    low: Decimal | None
    high: Decimal | None


def read_bands(context: Context) -> list[Band]:
    """The bands in reading order, each place once. `low` belongs to the band; `high` is as stated:
    90 in "80（含）-90", 89 in "80-89"."""
    return [
        Band(band.grade, band.low, band.high, context.evidence(block.index, band.start, band.end))
        for block in context.document.body()
        for band in bands_in(block.text)
    ]


@lru_cache(maxsize=1024)
def bands_in(text: str) -> tuple[Quoted, ...]:
    """The bands that a paragraph quotes, in order.

    >>> [(b.grade, b.low, b.high) for b in bands_in("[85,95)为良，优、中两档另定")]
    [('良', Decimal('85'), Decimal('95'))]
    >>> [(b.grade, str(b.low)) for b in bands_in("优、良、中、差的分数线依次为95分、85分、70分")]
    [('优', '95'), ('良', '85'), ('中', '70')]
    """
    if not re.search(r"[优良差格中低]", text):
        return ()
    text = ITEM.sub(lambda item: " " * len(item[0]), text)
    if not BOUND.search(text):
        return ()
    found: list[Quoted] = []
    for band in (*_in_lists(text), *_one_by_one(text)):
        apart = all(band.end <= other.start or other.end <= band.start for other in found)
        bounds = [bound for bound in (band.low, band.high) if bound is not None]
        bounded = LEAST_POINTS <= max(bounds) <= MOST_POINTS
        if apart and bounded and not FORMER.match(text, band.end):
            found.append(band)
    return tuple(sorted(found))


def _one_by_one(text: str) -> Iterator[Quoted]:
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            word = match["grade"] or match["grade_alone"]
            yield Quoted(match.start(), match.end(), GRADES[word], *_bounds(match))


def _bounds(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    said = {
        name.partition("_")[0]: Decimal(text)
        for name, text in match.groupdict().items()
        if text and "_" in name and name != "grade_alone"
    }
    low, high = said.get("low"), said.get("high")
    return (high, low) if low is not None and high is not None and low > high else (low, high)


def _in_lists(text: str) -> Iterator[Quoted]:
    for listed in LISTED.finditer(text):
        grades = [GRADES[word] for word in re.findall(_WORD, listed["grades"])]
        ranges: list[re.Match[str]] = []
        at = listed.end()
        while each := _EACH.match(text, at):
            ranges.append(each)
            at = each.end()
        if len(ranges) == len(grades):
            for grade, each in zip(grades, ranges, strict=True):
                yield Quoted(each.start(), each.end(), grade, *_bounds(each))
        lows = THRESHOLDS.match(text, listed.end())
        if lows and AT_LEAST.search(listed["between"]):
            points = list(re.finditer(_N, lows[0]))
            if len(grades) - len(points) in (0, 1):
                for grade, low in zip(grades, points, strict=False):
                    yield Quoted(
                        lows.start() + low.start(), lows.start() + low.end(), grade, Decimal(low[0]), None
                    )
