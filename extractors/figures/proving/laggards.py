"""The one project that a low rate is put down to, or that is named as the biggest or the slowest: what its money is,
which is not the department's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.figures.anchors import project_called
from extractors.figures.names import Names
from extractors.figures.proving.agreement import CONCEPTS
from extractors.figures.proving.ratios import gives
from extractors.figures.setting import Decision
from extractors.figures.traits import Told, decided_anew

#: 项目支出执行率不高 · 支出进度滞后 · 执行率76.20%
LOW = re.compile(
    r"(?:执行率|支付率|支出率|完成率|进度)[^，。；：]{0,8}?(?:不高|不[太够]?理想|不足|不达标|[偏较]?低|[偏较]慢|滞后|未达|没有达|\d[\d.]*\s?[%％])"
)
#: 系“托育中心建设”项目征地手续… · 主要是冷链物流中心建设项目用地手续…
BLAMED = re.compile(
    r"[，：（](?:其?主要|究其)?(?:原因)?(?:主要)?(?:[是系为]|在于|因为?|由于|受|缘于|源于)(?:受)?"
    r"(?:[“\"](?P<quoted>[^“”\"，。；]{3,30})[”\"](?:项目|工程|专项)?|(?P<plain>[^，。；：“”\"\d]{2,24}?(?:项目|工程|专项)(?=[^，。；])))"
)
#: 其中清扫保洁市场化服务费金额最大，预算5,860万元，已付5,742.80万元
BIGGEST = re.compile(
    r"(?:^|[。；，])(?:其中[，：]?)?(?P<name>(?!其中)[^，。；：“”\"\d]{3,24}?)的?(?:金额|资金量?|规模|体量|占比|投入|数额)(?:最大|最多|最高|居首)[，,]"
)
#: 执行最慢的是知识产权奖补，执行率70.75%
SLOWEST = re.compile(
    r"(?:最|较|偏)(?:慢|低|差|滞后|不理想)的(?:项目)?(?:[是为有系])[“\"]?(?P<name>[^，。；：“”\"\d]{3,24})[”\"]?(?:项目)?[，（(]\s?"
    r"(?:预算|资金)?(?:执行率|支付率|支出率|支付进度|执行进度|支出进度)(?:仅|只有|为|是)*\s?(?=\d[\d.]*\s?[%％])"
)
#: what speaks of the department's money again
WHOLE = re.compile(r"基本支出|项目支出|整体|部门预算|总支出|总体|调整后|全年预算|合计|共计|上年|三公")
PLANNED = re.compile(r"预算|安排|下达|投资|补助|资金|批复|核定|指标|到位")
SPENT = re.compile(r"支[付出]|[已实]付|[拨兑]付|兑现|使用|列支|完成|执行|发放|付出|花")
#: what the figures of such a sentence may have been taken for
OPEN = ("project.", "budget.", "spending.", "rate.")


def with_laggards(paragraph: Sequence[Told], source: str, names: Names) -> list[Told]:
    """A paragraph's sentences with the two amounts, and the rate, of the project that a low rate is put down to:
    项目支出执行率不高，系“托育中心建设”项目征地手续11月才批复，中央投资520万元只支付36.4万元，支付率7%; and
    with the money of the one that is named as the biggest, and the rate of the slowest."""
    told: dict[int, Decision] = {}
    for blamed in BLAMED.finditer(source):
        start = max(source.rfind(mark, 0, blamed.start()) for mark in "。；\n") + 1
        name = project_called(blamed["quoted"] or blamed["plain"], names)
        if name and LOW.search(source, start, blamed.start()):
            told |= {one.figure.start: one for one in _told(paragraph, source, blamed.end(), name)}
    for biggest in BIGGEST.finditer(source):
        if name := project_called(biggest["name"], names):
            told |= {one.figure.start: one for one in _told(paragraph, source, biggest.end(), name)}
    for slowest in SLOWEST.finditer(source):
        name = project_called(slowest["name"], names)
        for rate in (one for said in paragraph for one in said.decisions):
            if name and rate.figure.start == slowest.end() and rate.figure.kind == "percent" and _free(rate):
                told[slowest.end()] = rate.proved("project.rate", name, stage=None)
    return decided_anew(paragraph, told)


def _told(paragraph: Sequence[Told], source: str, start: int, name: str) -> list[Decision]:
    """The first two amounts behind a project's name, the smaller one spent, with a rate that they give; nothing
    where the words do not say so."""
    end = next((at for at in range(start, len(source)) if source[at] in "。；\n"), len(source))
    behind = [one for told in paragraph for one in told.decisions if start <= one.figure.start < end]
    amounts = [one for one in behind if one.figure.kind == "money"]
    if len(amounts) != 2 or not all(_free(one) for one in amounts):
        return []
    planned, spent = amounts
    said = source[start : spent.figure.end]
    clear = (
        PLANNED.search(source, start, planned.figure.start)
        and SPENT.search(source, planned.figure.end, spent.figure.start)
        and planned.figure.value >= spent.figure.value > 0
        and not WHOLE.search(said)
    )
    if not clear:
        return []
    rates = [
        one
        for one in behind
        if one.figure.kind == "percent"
        and _free(one)
        and gives(planned.figure.value, spent.figure.value, one.figure.value)
    ]
    row = (*amounts, *rates[:1])
    period = next((one.period for one in row if one.period), None)
    made = [one.proved(concept, name, period=period) for one, concept in zip(row, CONCEPTS, strict=False)]
    return [replace(one, stage=None) for one in made]


def _free(one: Decision) -> bool:
    """Whether a figure may be the project's: its own words say nothing that the department's alone has."""
    return one.figure.quantity is not None and (
        one.concept is None or one.concept.startswith((*OPEN, "share"))
    )
