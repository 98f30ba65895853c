"""A score sheet whose total is without the points for the execution rate."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.context import Context
from schema.report import Tally

#: 预算执行另按10分单列 · 不含预算执行率10分 · 执行率10分另计 · 另计执行率10分
EXECUTION_APART = re.compile(
    r"(?:不含|不包括|未含|除)[^，。；]{0,8}执行率?[^，。；\d]{0,6}(?P<without>\d{1,2})\s?分"
    r"|执行率?[^，。；\d]{0,6}(?:另|单独|单列)[^，。；\d]{0,4}(?P<apart>\d{1,2})\s?分"
    r"|执行率?[^，。；\d]{0,6}(?P<beside>\d{1,2})\s?分[^，。；\d]{0,4}(?:另|单独|单列)"
    r"|(?:另行?|外|再|须|还)[^，。；\d]{0,4}(?:计|加|有|含)[^，。；\d]{0,6}执行率?[^，。；\d]{0,4}(?P<added>\d{1,2})\s?分"
)
#: 执行率一项扣0.6分、得9.4分
EXECUTION_EARNED = re.compile(
    r"执行率?[^。；]{0,24}?得(?:分|了)?[为是]?\s?(?P<points>\d{1,2}(?:\.\d+)?)\s?分"
)
#: what the row of the execution rate weighs
WEIGHTS = frozenset(map(Decimal, (5, 10, 15, 20)))
#: how exactly points are told
STEPS = (Decimal("0.1"), Decimal("0.01"))
#: 预算执行率94.03%
EXECUTED = re.compile(r"(?:执行|支付|支出|完成)(?:率|进度)[^。；\d]{0,8}(?P<rate>\d{1,3}(?:\.\d+)?)\s?[%％]")
#: points in a sentence, or alone in a cell
POINTS = re.compile(r"(?<![\d.])\d{2,3}(?:\.\d+)?(?=\s?分)|(?<!.)\d{2,3}(?:\.\d+)?(?!.)", re.S)


def lacks_execution(total: Tally, context: Context) -> bool:
    """Whether a sheet's total is without the points for the execution rate, which the report gives apart:
    it says so, or both together are a score that it states."""
    if total.weight is None or total.weight >= 100:
        return False
    texts = [block.text for block in context.document.body()]
    told = (m for text in texts for m in EXECUTION_APART.finditer(text))
    if any(total.weight + Decimal(str(m[str(m.lastgroup)])) == 100 for m in told):
        return True
    left = 100 - total.weight
    if total.score is None or left not in WEIGHTS:
        return False
    earned = {Decimal(m["points"]) for text in texts for m in EXECUTION_EARNED.finditer(text)}
    rates = {Decimal(m["rate"]) for text in texts for m in EXECUTED.finditer(text)}
    earned |= {(left * rate / 100).quantize(step) for rate in rates for step in STEPS}
    sums = {total.score + one for one in earned if one <= left}
    return any(Decimal(said.strip()) in sums for text in texts for said in POINTS.findall(text))
