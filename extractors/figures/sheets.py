"""A score sheet that a report tells in prose, a section or some paragraphs for each group, with the points of every row:
which of them is the group's own is proved by the total that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain, product
from math import prod

from extractors.context import Context
from extractors.figures.groups import NUMBER, group_names
from extractors.figures.scores import LEAST_TOTAL, group_of_heading
from extractors.figures.setting import MARKS
from schema.report import Section

#: what an item of a list begins with
ITEM_MARK = r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.．、）)]\s?|[①-⑩●•◆■▲]\s?|[一二三四五六]是"
#: 。10分的分值乘以… · 满分20分 · 本项分值10分，: the group's full marks, right behind its name
FULL = re.compile(
    rf"\s*(?:[，,：:。（(]\s?)?(?:本项|[本该此]部分)?(?:满分|分值|权重|标准分|总分|共)?[为是：:]?(?P<full>{NUMBER})\s?分(?=[里中，,（(。；）)]|的)"
)
#: 得18.74分 · 自评19分 · 合计自评47分 · 50分中得47分
SCORE = re.compile(
    rf"(?P<sum>小计|合计|共计|总计|总共|共|[本该此](?:部分|类|项|方面)(?:指标)?|各项)?[^，。；\d]{{0,4}}?(?:自评|实际|实|综合)*(?:得分?|(?<=自评)|计|评分)[为是：:]?\s?(?P<score>{NUMBER})\s?分"
)
#: 决策15分。立项5分、: the full marks of a row behind the group's own
ROWS = re.compile(r"\d\s?分[^，,；。]*[，,；。].*\d\s?分")
TOTAL = re.compile(
    rf"(?:得分?|评分|自评|总分|[合总共]计|相加|加起来|加总|汇总|成绩)[为是：:共]{{0,2}}\s?({NUMBER})\s?分"
)
#: 资金执行率10分，按89.41%计8.94分 · 预算执行得9.62分: told in no section of its own, and in the total all the same
EXECUTION = re.compile(
    rf"(?:执行|支出)率?(?:指标)?(?:[，（(]?\s?\d|得)[^。；]{{0,20}}?(?<=[计得分])(?:分[为是：:]?)?\s?(?P<score>{NUMBER})\s?分"
)
EXECUTION_NAME = re.compile("执行|支出")
#: what a title says behind the name of a group: 社会效应情况（满分5分） · 专用指标绩效分析
TITLE_TAIL = re.compile(
    r"(?:的?(?:自评|完成|得分)?情况)?(?:(?<=指标)绩效)?(?:分析)?\s?(?:[（(][^（）()]*[）)])?[ 。：:]*$"
)
#: a sheet has three groups at least, and gives itself 60 points at least of 100
FEWEST, LEAST, ALL = 3, Decimal(LEAST_TOTAL), Decimal(100)

#: the texts of paragraphs that tell points, by the index of their block
Texts = dict[int, str]
Places = dict[int, dict[int, str]]


@dataclass(frozen=True, slots=True)
class _Region:
    """What is told of one group: the parts of blocks, and its full marks where they are said."""

    name: str
    spans: tuple[tuple[int, int, int], ...]
    full: Decimal | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Points that may be the group's; the lower the rank, the plainer they are said to be."""

    block: int
    start: int
    points: Decimal
    rank: int


def told_group_by_group(context: Context, texts: Texts) -> Places | None:
    """Where the scores of the groups stand, by block and place in it; every block that tells of a group is one of the
    keys. None where the report tells no sheet so, or its points prove nothing."""
    totals = {
        points
        for text in texts.values()
        for said in TOTAL.findall(text)
        if LEAST <= (points := Decimal(said)) < ALL
    }
    executed = {Decimal(said["score"]) for text in texts.values() for said in EXECUTION.finditer(text)}
    with_rest = totals | {total - points for total in totals for points in executed}
    for regions in chain(_headed(context, texts), _led(context, texts), _leaves(context, texts)):
        names = {region.name for region in regions}
        fulls = [region.full for region in regions if region.full is not None]
        whole = len(fulls) < len(regions) or sum(fulls) == ALL
        apart = not any(EXECUTION_NAME.search(name) for name in names)
        goals = with_rest if apart else totals
        if FEWEST <= len(names) == len(regions) and whole and (chosen := _chosen(regions, texts, goals)):
            places: Places = {block: {} for region in regions for block, *_ in region.spans}
            for region, one in zip(regions, chosen, strict=True):
                places[one.block][one.start] = region.name
            return places
    return None


def _headed(context: Context, texts: Texts) -> Iterator[list[_Region]]:
    """The sections side by side that groups head."""
    beside: dict[str, list[Section]] = {}
    for section in context.sections:
        beside.setdefault(section.path.rpartition(".")[0], []).append(section)
    for sections in beside.values():
        regions = []
        for section in sections:
            if not (name := group_of_heading(section.title) or _named(section.title)):
                continue
            blocks = [at for at in texts if section.block <= at <= section.last_block]
            spans = _spans(section, blocks, texts)
            marks = MARKS.search(section.title)
            full = Decimal(marks[1]) if marks else _full(section.title)
            if spans:
                opens = [at for at, *_ in spans if at > section.block] or [spans[0][0]]
                regions.append(_Region(name, spans, full or _full(texts[opens[0]])))
        if len(regions) >= FEWEST:
            yield regions


def _leaves(context: Context, texts: Texts) -> Iterator[list[_Region]]:
    """The innermost sections of one chapter that tell points, whatever they are called and on whatever level."""
    chapters: dict[str, dict[Section, list[int]]] = {}
    for at in texts:
        section = context.section_at(at)
        if section and "." in section.path:
            chapter = chapters.setdefault(section.path.partition(".")[0], {})
            chapter.setdefault(section, []).append(at)
    for chapter in chapters.values():
        regions = []
        for section, blocks in chapter.items():
            name = group_of_heading(section.title) or TITLE_TAIL.sub("", section.title)
            if any(SCORE.search(texts[at]) for at in blocks):
                regions.append(_Region(name, _spans(section, blocks, texts), _full(texts[blocks[0]])))
        if len(regions) > FEWEST and all(len(region.name) <= 8 for region in regions):
            yield regions


def _spans(section: Section, blocks: Sequence[int], texts: Texts) -> tuple[tuple[int, int, int], ...]:
    """What of these blocks belongs to a section: all but what stands before a heading within one."""
    return tuple((at, section.start if at == section.block else 0, len(texts[at])) for at in blocks)


def _led(context: Context, texts: Texts) -> Iterator[list[_Region]]:
    """The paragraphs of one chapter that begin with a group, each with those behind it up to the next."""
    within: dict[str, list[int]] = {}
    for at in texts:
        section = context.section_at(at)
        within.setdefault(section.path.partition(".")[0] if section else "", []).append(at)
    for blocks in within.values():
        leads = [(at, lead) for at in blocks if (lead := _lead().match(texts[at]))]
        marked = [(at, lead) for at, lead in leads if lead["mark"]]
        led = [(at, lead["name"]) for at, lead in (marked if len(marked) >= FEWEST else leads)]
        if len(led) < FEWEST:
            continue
        regions = []
        for (at, name), (end, _) in zip(led, [*led[1:], (led[-1][0] + 1, "")], strict=True):
            spans = tuple((one, 0, len(texts[one])) for one in blocks if at <= one < end)
            regions.append(_Region(name, spans, _full(texts[at])))
        yield regions


@cache
def _lead() -> re.Pattern[str]:
    """With which what is told of a group begins: 关于产出。 · （一）决策方面，满分20分 · 过程部分满分20分."""
    names = "|".join(map(re.escape, group_names()))
    return re.compile(
        rf"\s*(?P<mark>{ITEM_MARK})?(?:关于|在|从)?(?P<name>(?:项目|部门)?(?:{names}))(?:类|部分|方面|一级|指标|维度|情况|环节)*"
        r"(?=[，,：:。（(；]|满分|分值|权重|标准分|共?\d)"
    )


def _named(title: str) -> str | None:
    found = _lead().match(title)
    return found["name"] if found else None


def _full(text: str) -> Decimal | None:
    """The full marks with which a text begins, or goes on behind the name of the group."""
    lead = _lead().match(text)
    found = FULL.match(text, lead.end() if lead else 0)
    return Decimal(found["full"]) if found else None


def _candidates(region: _Region, texts: Texts) -> list[_Candidate]:
    """The points of a region that may be its group's: those that it begins with, those that are called a sum, those
    that it ends with."""
    found = []
    for block, start, end in region.spans:
        text = texts[block]
        for said in SCORE.finditer(text, start, end):
            points = Decimal(said["score"])
            if region.full is not None and points > region.full:
                continue
            before = text[start : said.start("score")]
            opens = not SCORE.search(before) and not ROWS.search(before)
            ends = block == region.spans[-1][0] and not SCORE.search(text, said.end(), end)
            rank = 0 if said["sum"] or (opens and block == region.spans[0][0]) else 1 if opens or ends else 2
            if rank < 2:
                found.append(_Candidate(block, said.start("score"), points, rank))
    return found


def _chosen(regions: Sequence[_Region], texts: Texts, totals: set[Decimal]) -> Sequence[_Candidate] | None:
    """One candidate for each region that together make a total; of several such choices the plainest, if it is one.
    Where none do, what is plainly said of each, if all full marks are told."""
    candidates = [_candidates(region, texts) for region in regions]
    if not 0 < prod(map(len, candidates)) <= MOST:
        return None
    made = [one for one in product(*candidates) if sum(each.points for each in one) in totals]
    made.sort(key=_plainness)
    plainest = [one for one in made if _plainness(one) == _plainness(made[0])]
    if made:
        return plainest[0] if len(plainest) == 1 else None
    said = [[one for one in some if one.rank == 0] for some in candidates]
    told = all(region.full is not None for region in regions) and all(len(some) == 1 for some in said)
    return [some[0] for some in said] if told else None


#: more choices than so many are too many to prove anything
MOST = 5000


def _plainness(chosen: Sequence[_Candidate]) -> int:
    return sum(one.rank for one in chosen)
