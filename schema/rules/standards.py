"""What the scoring standard that a report quotes forgives: results below their target that earn full marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from schema.quantity import HUNDRED
from schema.report import Indicator, IndicatorTable, Section
from schema.rules.comparison import Judgement

#: 完成率在95%（含）以上的，得满分 · 满意度调查结果达到85%（含）的得满分
FULL_FROM = re.compile(
    r"(?P<line>\d+(?:\.\d+)?)\s?[%％]\s?(?:[（(]含[^（）()]{0,4}[）)])?\s?(?:及?以上)?(?:[（(]含[^（）()]{0,4}[）)])?的?[，,]?\s?(?:可|即|均)?[得计给记]满分"
)
#: 允许2个百分点以内的抽样误差 · 在评分标准允许的2个百分点之内
TOLERATED = re.compile(r"[允容]许(?:有|的)?[^。；\d]{0,6}(?P<points>\d+(?:\.\d+)?)\s?个百分点")
PERCENT = re.compile(r"(?P<value>\d+(?:\.\d+)?)\s?[%％]")
#: the kinds of indicators that a standard names, and words of the rows that are of them
KINDS = (
    (re.compile("满意|调查"), re.compile("满意")),
    (re.compile("数量"), re.compile("数量")),
    (re.compile("质量"), re.compile("质量")),
    (re.compile("时效"), re.compile("时效")),
    (re.compile("成本"), re.compile("成本")),
    (re.compile("效益"), re.compile("效益")),
    (re.compile("(?:各项|所有|定量|全部|三级)指标"), re.compile("")),
)


def forgiven(
    row: Indicator, judgement: Judgement, table: IndicatorTable, sections: tuple[Section, ...]
) -> bool:
    """Whether a standard that the report quotes gives the row full marks although its target was missed: in its own cells,
    or in a note or sentence that names its kind."""
    share = judgement.times * HUNDRED if judgement.times is not None else None
    return any(_grants(text, row, share) for text in _standards(row, table, sections))


def _standards(row: Indicator, table: IndicatorTable, sections: tuple[Section, ...]) -> Iterator[str]:
    own = (row.cells or {}).get("criterion")
    yield from (text for text in (own.text if own else None, row.reason) if text)
    kind = f"{row.group or ''}{row.subgroup or ''}{row.name}"
    for text in (*table.notes, *(section.text for section in sections)):
        for clause in re.split("[。；\n]", text):
            named = any(said.search(clause) and of.search(kind) for said, of in KINDS)
            if named or (len(row.name) > 3 and row.name in clause):
                yield clause


def _grants(text: str, row: Indicator, share: Decimal | None) -> bool:
    target, actual = PERCENT.search(row.target or ""), PERCENT.search(row.actual or "")
    value = Decimal(actual["value"]) if actual else None
    for full in FULL_FROM.finditer(text):
        line = Decimal(full["line"])
        of_share = "完成" in text[: full.start()]
        reached = share if of_share or value is None else value
        if reached is not None and reached >= line:
            return True
    behind = Decimal(target["value"]) - value if target and value is not None else None
    return behind is not None and any(
        behind <= Decimal(found["points"]) for found in TOLERATED.finditer(text)
    )
