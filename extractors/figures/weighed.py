"""Groups of a score sheet, whatever they are called, that paragraphs or sections tell one by one: their sums prove them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.context import Context
from extractors.figures.numerals import fold
from extractors.figures.scores import group_of_heading
from schema.document import Block
from schema.report import Section

_NUMBER = r"\d{1,3}(?:\.\d{1,2})?"
_MARKS = "(?:(?:满分|分值|权重|标准分|总分|共)值?[为是：:]?)"
_GOT = rf"(?:自评|实际|实|最终|评价)*得分?[为是：:]?\s?(?P<score>{_NUMBER})\s?分"
#: 1.部门管理（20分，得18.2分）。 · （二）履职效果：满分50分，自评得分42.9分
ITEM = re.compile(
    r"\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.．、）)]\s?|[①-⑩]|[一二三四五六]是)?"
    rf"(?P<name>(?![该本此这总满]|合计|其中|自评)[一-鿿]{{2,16}}?)(?:[（(]{_MARKS}?|[，,：:。]?\s?{_MARKS})(?P<full>{_NUMBER})\s?分[，,；;]\s?{_GOT}"
)
#: 本项得分39分 · ，得4.5分。 in a section on one group
GOT = re.compile(rf"(?:^|[，。；])\s?(?:[该本此这]一?(?:项|部分|方面|类)(?:指标)?)?{_GOT}")
#: a sheet has three groups at least, and gives 100 points
FEWEST, ALL = 3, Decimal(100)

Places = dict[int, dict[int, str]]
#: blocks that may tell of points, by their index
Texts = dict[int, str]
POINTS = re.compile(r"\d\s?分|\d\s?[/／]\s?\d")


def weighed_groups(context: Context, blocks: Sequence[Block]) -> Places:
    """Where scores of groups stand, by block and place in it, each with its group's name: in paragraphs that begin
    with a name, its full marks and its score, where the full marks make 100; or in sections side by side with one
    score each, where the scores make one that the report tells; or in a list that makes the score told before it, or
    whose full marks make 100."""
    texts = {block.index: fold(block.text) for block in blocks if POINTS.search(block.text)}
    one_by_one = _begun(texts) or _in_sections(context, texts)
    return _divided(texts) | _as_fractions(texts) | one_by_one


def _begun(texts: Texts) -> Places:
    items = [(index, item) for index, text in texts.items() if (item := ITEM.match(text))]
    within = all(Decimal(item["score"]) <= Decimal(item["full"]) for _, item in items)
    if len(items) < FEWEST or not within or sum(Decimal(item["full"]) for _, item in items) != ALL:
        return {}
    return {index: {item.start("score"): _called(item["name"])} for index, item in items}


def _in_sections(context: Context, texts: Texts) -> Places:
    scored: dict[str, list[tuple[int, Section, re.Match[str]]]] = {}
    for index, text in texts.items():
        for score in GOT.finditer(text):
            if section := context.section_at(index, score.start("score")):
                scored.setdefault(section.path.rpartition(".")[0], []).append((index, section, score))
    told = {Decimal(points) for text in texts.values() for points in re.findall(rf"({_NUMBER})\s?分", text)}
    titles = {section.path: section.title for section in context.sections}
    for above, scores in scored.items():
        if not above or group_of_heading(titles.get(above, "")):
            continue  # 1.预算编制 below （三）管理效率分析 is a part of that
        beside = [one for one in context.sections if one.path.rpartition(".")[0] == above]
        each = [section for _, section, _ in scores] == beside
        if each and len(beside) >= FEWEST and sum(Decimal(score["score"]) for *_, score in scores) in told:
            found: Places = {}
            for index, section, score in scores:
                found.setdefault(index, {})[score.start("score")] = _called(section.title)
            return found
    return {}


#: 社会效应情况（满分5分）
TAIL = re.compile(r"(?:的?(?:自评|完成|得分)?情况)?(?:分析)?\s?(?:[（(][^（）()]*[）)])?[ 。：:]*$")


def _called(title: str) -> str:
    return group_of_heading(title) or TAIL.sub("", title)


_ITS = "(?:自评|实际|实)?得?分?[为是：:]?"
#: 总分94.30分。其中履职效能19分，扣1分，系…；预算管理23.50分…；财务管理10分
DIVIDED = re.compile(
    rf"(?P<total>{_NUMBER})\s?分(?:[（(][^（()）]*[）)])?[，。,]其中[：:]?(?P<items>[^。]*；[^。]*)"
)
DIVIDED_ITEM = re.compile(
    rf"(?:^|；)\s?(?P<name>[一-鿿]{{2,12}}?){_ITS}\s?(?P<score>{_NUMBER})\s?分(?![，,（(]\s?(?:自评|实际|实)?得)"
)


def _divided(texts: Texts) -> Places:
    found: Places = {}
    for index, text in texts.items():
        for whole in DIVIDED.finditer(text):
            items = list(DIVIDED_ITEM.finditer(whole["items"]))
            each = len(items) == whole["items"].strip("；").count("；") + 1 >= FEWEST
            total, start = Decimal(whole["total"]), whole.start("items")
            if each and total != ALL and sum(Decimal(item["score"]) for item in items) == total:
                found[index] = {start + item.start("score"): _called(item["name"]) for item in items}
    return found


#: 决策19.5/20: a name, its score, its full marks; several make a row
_FRACTION = rf"([一-鿿]{{2,12}}?){_ITS}\s?({_NUMBER})\s?分?\s?[/／]\s?({_NUMBER})\s?分?"
FRACTION, FRACTIONS = re.compile(_FRACTION), re.compile(rf"(?:{_FRACTION}[、，,；;]?){{{FEWEST},}}")


def _as_fractions(texts: Texts) -> Places:
    found: Places = {}
    for index, text in texts.items():
        for row in FRACTIONS.finditer(text):
            items = list(FRACTION.finditer(text, *row.span()))
            if sum(Decimal(item[3]) for item in items) == ALL:
                found[index] = {item.start(2): _called(item[1]) for item in items}
    return found
