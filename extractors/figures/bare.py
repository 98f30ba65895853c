"""Numbers without a unit: money in the unit of the page or of the amounts beside them, rates, scores, people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from extractors.figures.money import decide_money
from extractors.figures.parts import clipped, public_cost
from extractors.figures.percentages import decide_percent
from extractors.figures.quantities import find_quantities
from extractors.figures.scores import decide_points
from extractors.figures.segments import has, tagged
from extractors.figures.setting import Decision, Scene
from extractors.figures.staffing import decide_count
from extractors.figures.turns import BARE_END
from extractors.figures.units import unit_named

DECIDERS: dict[str, Callable[[Scene], Decision]] = {
    "money": decide_money,
    "percent": decide_percent,
    "points": decide_points,
    "count": decide_count,
}
NOTHING_SPENT = (
    "topic.overseas",
    "topic.vehicles",
    "topic.hospitality",
    "topic.carry_open",
    "topic.carry_close",
)
#: 人员经费768.91，公用经费128.42万元: such a number right behind its label, at the end of its clause
AMOUNT = re.compile(r"\d[\d,]*\.\d{1,6}")
BESIDE_LABEL = re.compile(r"(?:为|是|共|约)?\s?[：:]?\s?")
CLAUSE_OVER = re.compile(r"\s?(?:[，,、；;（(）)。]|和|与|及|$)")
MONEY = ("topic", "aspect.budget", "aspect.spending")
#: 年初预算（万元）：486.50
UNIT_IN_LABEL = re.compile(r"[（(](?P<unit>万元|亿元|元)[）)]\s?[：:为]?\s?$")


def decide_bare(scene: Scene) -> Decision:
    """A number without a unit: a rate of 0.958, a score after its label, money in the declared unit,
    or a figure that shares the unit of another one (分别为12、34万元)."""
    figure, near, quantity = scene.figure, scene.labels, scene.figure.quantity
    if figure.start in scene.setting.groups:
        return decide_points(scene)  # 投入、过程得分分别为13.0、23.4
    zero = scene.text == "0" and scene.unit_ahead and scene.unit_ahead.kind != "money"  # 费用0，三项均…
    if scene.unit_ahead and quantity and not zero and scene.unit_ahead.kind in DECIDERS:
        return DECIDERS[scene.unit_ahead.kind](_in_unit(scene, scene.unit_ahead.unit))
    if scene.after.startswith(("笔", "日")):
        return scene.none("数量")  # 办理支付87笔 · 3月1日印发方案，4日至8日填报
    if figure.unit or quantity is None:
        return Decision(figure, reason="数量" if figure.unit else "")
    if scene.text == "0" and has(near, *NOTHING_SPENT):
        return decide_money(replace(scene, figure=replace(figure, kind="money")))  # 因公出国（境）费0。
    full = scene.text == "100" and scene.before.endswith(("以", "按")) and scene.after.startswith("分为满分")
    if full or has(near, "score.total", "score.full"):
        return decide_points(scene)
    if has(near, "aspect.rate", "aspect.share") and 0 < figure.value <= 2 and "." in scene.text:
        hundredfold = replace(quantity, value=quantity.value * 100, step=quantity.step * 100)
        return decide_percent(replace(scene, figure=replace(figure, kind="percent", quantity=hundredfold)))
    if has(near, "staff"):
        if "." in scene.text or not BARE_END.match(scene.after):
            return Decision(figure)
        return decide_count(replace(scene, figure=replace(figure, kind="count", unit="人")))
    if labelled := UNIT_IN_LABEL.search(scene.before):
        return decide_money(_in_unit(scene, labelled["unit"]))
    if declared := scene.setting.unit:
        if tagged(near, "topic", "aspect") or clipped(scene, scene.spoken) or _compared(scene):
            return decide_money(_in_unit(scene, declared))
    elif unit := _lent(scene):
        return decide_money(_in_unit(scene, unit))
    return Decision(figure)


#: 上年支出1310.20。今年减41.79
MOVED = re.compile(r"(?:增加|减少|[增减])了?[\s：:]*$")


def _compared(scene: Scene) -> bool:
    """Whether a number is last year's amount or what this year's is more or less."""
    fine = AMOUNT.fullmatch(scene.text) and CLAUSE_OVER.match(scene.source, scene.figure.end)
    return bool(fine and (has(scene.labels, "period.prior") or MOVED.search(scene.before)))


def _in_unit(scene: Scene, name: str) -> Scene:
    """The scene with its number in that unit."""
    unit, quantity = unit_named(name), scene.figure.quantity
    assert quantity is not None  # noqa: S101 (the caller looked)
    decimals = len(scene.text.strip().partition(".")[2])
    counts = unit.kind in ("points", "count")
    step = quantity.step if counts else unit.factor.scaleb(-decimals)
    shared = replace(quantity, value=quantity.value * unit.factor, step=step)
    return replace(scene, figure=replace(scene.figure, kind=unit.kind, unit=name, quantity=shared))


def _lent(scene: Scene) -> str | None:
    """The unit of the amounts of the sentence, which a writer leaves out of some of them: 基本支出116.74，其中
    人员经费98.41万元 · 三公经费：预算12.5，花了11.02万元. That of the next amount, else of the one before."""
    figure, source = scene.figure, scene.source
    labels = scene.labels
    if not (AMOUNT.fullmatch(scene.text) and CLAUSE_OVER.match(source, figure.end) and labels):
        return None
    last = labels[-1]
    money = has([last], *MONEY) and not has([last], "aspect.rate", "aspect.share")
    labelled = money and BESIDE_LABEL.fullmatch(source, last.end, figure.start)
    if not (labelled or clipped(scene, scene.spoken) or public_cost(scene)):
        return None
    start, end = source.rfind("。", 0, figure.start), source.find("。", figure.end)
    amounts = [
        one
        for one in find_quantities(source)
        if one.unit in ("万元", "元") and start < one.start and (end < 0 or one.start < end)
    ]
    after = [one for one in amounts if one.start > figure.start]
    lender = after[0] if after else amounts[-1] if amounts else None
    fine = lender and (lender.unit == "万元" or "." in source[lender.start : lender.end])
    return lender.unit if lender and fine else None
