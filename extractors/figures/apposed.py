"""Figures that stand right behind another one and are of the same thing, in the same year or in the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.figures.setting import Decision

#: 编制96名（上年98名） · 总支出16,385.30万元（2022年为15,190.60万元）
YEAR_BEFORE = re.compile(
    r"\s?[（(]\s?(?:(?P<year>20\d\d)年度?|上一?年度?|去年)(?:同期|同口径|决算|实际)*数?[为：:]?\s?"
)
ENDS = re.compile(r"\s?[）)，,；;]")


def with_years_apposed(decisions: Sequence[Decision], source: str, year: int | None) -> list[Decision]:
    """The decisions of a sentence: what a bracket behind a figure gives of the year before is the same of that year,
    whatever the figure is."""
    made = list(decisions)
    for at, (one, other) in enumerate(pairwise(decisions), 1):
        said = YEAR_BEFORE.fullmatch(source, one.figure.end, other.figure.start)
        alike = one.figure.kind == other.figure.kind and not (one.concept or "").startswith("change.")
        if not (said and year and alike and ENDS.match(source, other.figure.end)):
            continue  # 同比增加111.75万元（上年为2,087.32万元）
        period = int(said["year"] or year - 1)
        if period < year:
            made[at] = replace(
                made[at - 1], figure=other.figure, quantity=other.figure.quantity, period=period
            )
    return made


#: 与2022年支出1,511.79万元、执行率89.99%相比
WITH_RATE = re.compile(r"[，、（](?:预算)?(?:执行|支付|支出|完成)率[为是]?\s?")
COMPARED = re.compile(r"\s?(?:相比|比较|相较|对比)")


def with_years(decisions: Sequence[Decision], source: str) -> list[Decision]:
    """The rate that stands right behind what was spent is of the same year: 2022年447.08万元，98.74%."""
    made = list(decisions)
    for at, (spent, rate) in enumerate(pairwise(decisions), 1):
        between = source[spent.figure.end : rate.figure.start]
        both = (spent.concept, rate.concept) == ("project.spending", "project.rate")
        compared = WITH_RATE.fullmatch(between) and COMPARED.match(source, rate.figure.end)
        beside = between.strip() in ("，", "（", "、", "/") or compared
        if both and spent.subject == rate.subject and beside:
            made[at] = replace(rate, period=spent.period)
    return made
