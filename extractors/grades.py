"""Grades' bands of points as the report itself quotes them: 90分（含）以上为优, 80（含）-90分为良."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.context import Context
from schema.report import Band, Grade

GRADES: dict[str, Grade] = {
    "优秀": "优", "优": "优", "良好": "良", "良": "良", "中等": "中", "中": "中", "一般": "中", "合格": "中", "及格": "中", "基本合格": "中",
    "较差": "差", "差": "差", "不合格": "差", "不及格": "差", "低": "低",
}  # fmt: skip
_GRADE = r"[“\"‘']?(?P<grade>优秀|良好|中等|基本合格|不合格|不及格|合格|及格|一般|较差|优|良|中|差|低)[”\"’']?(?:等级|等次|级|档)?(?![\u3400-\u9fff])"
_GRADE_FIRST = r"[“\"‘']?(?P<grade>优秀|良好|中等|基本合格|不合格|不及格|合格|及格|一般|较差|优|良|中|差|低)[”\"’']?(?:等级|等次|级|档)?"
#: 得分 · 综合得分 · 加权总分
_SCORE = r"(?:综合|自评|加权|最终|评价){0,2}(?:得分|总分|分值|分数)"
_N = r"\d{1,3}(?:\.\d+)?"
#: （含） · （含90分） · 90（含）分
_HELD = r"(?:[（(](?:含|不含|包含|不包含|包括)(?:\d+分?)?[）)]\s*分?)?"
_IS = r"\s*(?:的|者|之间|之间的|区间)*\s*[，,]?\s*(?:，?(?:则|即|便|就|可)?(?:绩效)?(?:评价|自评)?(?:等级|结果)?(?:评定|评|定|判定|认定|确定)?为|评为|属于?|[：:]|—+|=)\s*"

PATTERNS = tuple(
    re.compile(text)
    for text in (
        # 80（含）-90分为良
        rf"(?P<low>{_N})\s*分?\s*{_HELD}\s*(?:[-—~～－–至到]+|＜|<|≤)\s*(?:{_SCORE}|[SXx])?\s*(?:＜|<|≤)?\s*(?P<high>{_N})\s*分?\s*{_HELD}\s*(?:以下)?{_HELD}{_IS}{_GRADE}",
        # 90分（含）以上为优
        rf"(?:≥|>=|＞|>|达到|大于等于|不低于|高于)?\s*(?P<low>{_N})\s*分?\s*{_HELD}\s*(?:及|\(含\))?\s*(?:以上)?{_HELD}{_IS}{_GRADE}",
        # 60分以下为差, 低于60分为差
        rf"(?:(?:低于|不足|小于|少于|不满|＜|<)\s*(?P<high>{_N})\s*分?|(?P<high2>{_N})\s*分?\s*{_HELD}\s*以下){_HELD}{_IS}{_GRADE}",
        # 优（90-100分）, 良（80分≤得分＜90分）
        rf"{_GRADE_FIRST}\s*[（(：:]\s*(?:{_SCORE})?\s*(?P<low>{_N})\s*分?\s*{_HELD}\s*(?:[-—~～－–至到]+|＜|<|≤)\s*(?:{_SCORE}|[SXx])?\s*(?:＜|<|≤)?\s*(?P<high>{_N})\s*分?\s*{_HELD}\s*(?:以下)?",
        # 优（90分以上）, 优秀（≥90分）
        rf"{_GRADE_FIRST}\s*[（(：:]\s*(?:{_SCORE})?\s*(?:(?:≥|>=|＞|>)\s*(?P<low>{_N})\s*分?|(?P<low2>{_N})\s*分?\s*{_HELD}\s*(?:及)?以上)",
        # 差（60分以下）, 差（<60）
        rf"{_GRADE_FIRST}\s*[（(：:]\s*(?:{_SCORE})?\s*(?:(?:＜|<|低于|不足)\s*(?P<high>{_N})\s*分?|(?P<high2>{_N})\s*分?\s*{_HELD}\s*以下)",
    )
)
#: 注：1.…；2.90（含）—100分为“优”: the item's number stands right before the band
ITEM = re.compile(r"(?:^|[；;。：:\s])[1-9][.．](?=[6-9]\d(?!\d|\.\d)\s*分?\s*(?:[（(\-—~～–－至到以]))")
#: 当年按“90分以上为优”的原档次评为优: a scale that was in force before
FORMER = re.compile(r"[”\"]?\s?的(?:原|旧|老|上年|去年)[^，。；]{0,2}(?:档次|标准|办法|等级|规定|分档)")
BOUNDED = re.compile(r"以上|≥|>=|＞|>|达到|不低于|大于|高于")


def read_bands(context: Context) -> list[Band]:
    """The bands in reading order, each place once. `low` belongs to the band; `high` is as stated:
    90 in "80（含）-90", 89 in "80-89"."""
    found: list[Band] = []
    for block in context.document.body():
        if not re.search(r"[优良差格中低]", block.text) or not re.search(r"\d{2}", block.text):
            continue
        taken: list[tuple[int, int]] = []
        text = ITEM.sub(lambda item: " " * len(item[0]), block.text)
        for i, pattern in enumerate(PATTERNS):
            for match in pattern.finditer(text):
                if any(a < match.end() and match.start() < b for a, b in taken):
                    continue
                if i == 1 and not BOUNDED.search(match.group()):
                    continue  # 得分92分，等级为优 is a score
                if FORMER.match(text, match.end()):
                    continue
                taken.append(match.span())
                groups = match.groupdict()
                low, high = (groups.get(n) or groups.get(f"{n}2") for n in ("low", "high"))
                bounds = [Decimal(text) if text else None for text in (low, high)]
                if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
                    bounds.reverse()
                if any(bound is not None and bound > 120 for bound in bounds):
                    continue
                evidence = context.evidence(block.index, match.start(), match.end())
                found.append(Band(GRADES[match.group("grade")], bounds[0], bounds[1], evidence))
    found.sort(key=lambda band: (band.evidence.block, band.evidence.start))
    return found
