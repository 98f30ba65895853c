"""Amounts that add up to the projects' money right before them, each behind a name: what each project got or spent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.figures.anchors import project_called
from extractors.figures.names import Names
from extractors.figures.setting import Decision
from extractors.figures.traits import Told, decided_anew

#: the concept of one project's share of the projects' money
PARTS = {"spending.project": "project.spending", "budget.project": "project.budget"}
#: words that lead to a name, and words of money behind it
LEAD = re.compile(
    r"^[\s，、；;：:（(。]*(?:项目支出(?=有))?(?:即|(?:全部|均|都)?(?:用于|投向|安排给?|分配给|支持)了?|(?:以下|下列|如下|这)?[\d两二三四五六七八九十]+[个项大](?:项目|专项|工程|任务)?|分别[为是]|其中|包括|具体[为是]|为|有|[，,]|[①-⑳]|[一二三四五六七八九]是)*[：:]?\s?"
)
END = re.compile(r"(?:支出|安排|使用|共计?|合计|为|是)+$")
#: why an amount is no project's though it has a name: 农林水支出40万元 · 中央资金60万元 · 第二批30万元
TOLD = frozenset(("明细科目或其他口径", "资金来源", "分次或分期", "多年累计", "未支付", "结转或收回"))
#: 上半年40万元，下半年60万元: when, not what for
PERIOD = re.compile(r"[上下]半年|季度|\d月|以前年度|上年|当年|本年")
#: 共安排项目3个，支出73.44万元: of the projects that it counts
COUNTED = re.compile(r"项目\s?[\d两二三四五六七八九十]+\s?[个项][，,]?(?:共|合计|共计)?支出\s?$")


def with_summed(paragraph: Sequence[Told], source: str, names: Names) -> list[Told]:
    """A paragraph's sentences with the projects whose amounts make up what stands right before them:
    项目支出73.44万元，即基层社改造补助40万元，化肥贴息25万元，业务经费8.44万元."""
    proven: dict[int, Decision] = {}
    for told in paragraph:
        decisions = list(told.decisions)
        for at, whole in enumerate(decisions):
            concept = _of_projects(whole, source)
            parts = _parts(whole, decisions[at + 1 :], source, names) if concept else {}
            if concept and len(parts) >= 2:
                proven[whole.figure.start] = replace(whole, concept=concept)
                for part, name in parts.items():
                    proven[part.figure.start] = part.proved(
                        PARTS[concept], name, period=whole.period, stage=whole.stage
                    )
    return decided_anew(paragraph, proven)


def _of_projects(whole: Decision, source: str) -> str | None:
    """What an amount is of, where that is the projects' money as a whole."""
    if whole.concept == "spending.total" and COUNTED.search(source[: whole.figure.start]):
        return "spending.project"
    return whole.concept if whole.concept in PARTS else None


def _beside(one: Decision, source: str, end: int, begun: bool) -> int | None:
    """Where the list goes on behind a figure that is none of its amounts, None for any other: 用于以下三个项目：… ·
    项目支出32万元，占24%。项目支出有科普示范村15万元（每村5万元）、…"""
    if not begun and one.reason == "数量":
        return end
    if not begun and one.concept == "share" and "。" not in source[end : one.figure.start]:
        return one.figure.end
    bracketed = one.reason == "单位标准" and source.startswith("（", end)
    return source.find("）", one.figure.end) + 1 if bracketed else None


def _parts(whole: Decision, behind: Sequence[Decision], source: str, names: Names) -> dict[Decision, str]:
    """The amounts right behind a whole that make it up, each with the project's name; none where they do not."""
    parts: dict[Decision, str] = {}
    left, end = whole.figure.value, whole.figure.end
    for one in behind:
        if (skipped := _beside(one, source, end, bool(parts))) is not None:
            end = skipped
            continue
        said = END.sub("", LEAD.sub("", source[end : one.figure.start]).strip())
        # in a list that began with a name every other one is at first a detail of that project
        unsaid = one.concept is None and (one.reason not in TOLD or one.anchor is not None)
        free = unsaid or (one.concept or "").startswith(("project.", str(whole.concept)))
        money = free and one.figure.kind == "money" and one.figure.quantity
        name = project_called(said, names) if money and not PERIOD.search(said) else None
        if name is None or name in parts.values():
            return {}
        parts[one] = name
        left, end = left - one.figure.value, one.figure.end
        if left == Decimal(0):
            return parts
    return {}
