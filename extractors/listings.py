"""Stated numbers of items with the items listed right after them: 3个项目：A、B、C; 一是…二是…三是."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.context import Context
from extractors.dates import counted, han_number
from schema.document import Block
from schema.report import Listing

COUNT = re.compile(
    r"""(?<![\d.第〔\[（(-])(?P<figure>\d{1,2}|[两一二三四五六七八九十]{1,3})\s*
        (?P<measure>个|项|件|家|类|大类|方面|个方面|种|所|大|名|处|条|支|座)\s*
        (?P<noun>(?:[\u3400-\u9fff]|“[^”]{1,10}”){0,14}?)
        (?P<sign>[：:]|[，,]\s*(?:分别|即|包括|具体)(?:为|是|有|包括)?\s*[：:]?|[，,]?\s*(?:分别)(?:为|是|有)\s*[：:]?|[（(](?:分别为|即|包括)?)""",
    re.VERBOSE,
)
ORDINALS = re.compile(r"(?:^|[：:。；，,\s])(?P<ordinal>[一二三四五六七八九十]{1,2})(?:是|为|、)(?=\S)")
#: a second item in one paragraph: …；三是健全制度
ITEM_WITHIN = re.compile(r"[。；，][二三四五六七八九十]{1,2}是")
PARTIAL = re.compile(
    r"等(?!级|额|次|候|待|教育|职|比|同|值)|例如|比如|其中|主要有|主要包括|……|…|以及其他|和其他|及其他|如[：:]"
)
#: 社有企业5家，分别是农资公司、土产公司；基层社11个: the next thing that is counted ends the list
COUNTED_ANEW = re.compile(r"^[^，、；\d]{2,16}\d{1,3}\s?[个家所名处人]")
#: “窑火千年”“墨香赣水书画展”“红土印记”；: one quote after the other
QUOTED = re.compile(r"\s*(?:(?:“[^“”]{2,30}”|《[^《》]{2,30}》)[、和与及]?){2,}(?=[，。；]|$)")
AMOUNT = re.compile(r"[\d.,]+\s*(?:万元|亿元|元|%|人|个|名|家|次)")
SHARE = re.compile(r"\d\s*(?:个|名|人|家|项|所|条|类|种|处|支|座)$")


def read_listings(context: Context) -> list[Listing]:
    """Listings whose items can be counted with certainty; a list that ends in 等 is partial and none."""
    found: list[Listing] = []
    for block in context.document.body():
        for match in COUNT.finditer(block.text):
            listing = _read(context, block, match)
            if listing:
                found.append(listing)
    return found


def _read(context: Context, block: Block, match: re.Match[str]) -> Listing | None:
    figure = match.group("figure")
    stated = counted(figure)
    if not 2 <= stated <= 20:
        return None
    start = match.end()
    if not block.text[start:].strip() and match.group("sign") in "：:":
        return _below(context, block, match, stated)
    items, end = _ordinal(block.text, start)
    numbered = bool(items)
    if not items:
        if match.group("sign")[0] in "（(":
            stop = _closing(block.text, start)
        else:
            ends = [at for mark in "。\n" if (at := block.text.find(mark, start)) >= 0]
            stop = min(ends, default=len(block.text))
        items, end = _separated(block.text[start:stop]), stop
    if re.search("得分|分值|金额|资金", match.group("noun")) or len(items) < 2:
        return None
    if not numbered and sum(bool(SHARE.search(item)) for item in items) >= 2:
        return None  # 编制20个：行政编制8个、事业编制12个 divides a number
    return Listing(
        _noun(match),
        stated,
        tuple(items),
        context.evidence(block.index, match.start("figure"), match.end("figure")),
        context.evidence(block.index, start, end),
    )


def _noun(match: re.Match[str]) -> str:
    return match.group("noun").strip("“”") or match.group("measure")


#: 一是村道安防设施欠账多: a paragraph that is an item
ITEM = re.compile(r"\s*(?P<ordinal>[一二三四五六七八九十]{1,2})是")


def _below(context: Context, block: Block, match: re.Match[str], stated: int) -> Listing | None:
    """The items in the paragraphs below, to the end of the section: 还有以下4个方面的问题： 一是… 二是… 三是…"""
    section = context.section_at(block.index)
    items: list[str] = []
    last = block
    for below in context.document.blocks[block.index + 1 :]:
        if below.kind != "paragraph" or context.section_at(below.index) != section:
            break
        if not (item := ITEM.match(below.text)):
            if len(items) < 2:
                return None  # nothing but items may stand there, save behind them
            continue
        if han_number(item.group("ordinal")) != len(items) + 1 or ITEM_WITHIN.search(below.text, item.end()):
            return None
        items.append(below.text.strip("，；。 \n"))
        last = below
    if len(items) < 2:
        return None
    return Listing(
        _noun(match),
        stated,
        tuple(items),
        context.evidence(block.index, match.start("figure"), match.end("figure")),
        context.evidence(last.index, 0, len(last.text)),
    )


def _closing(text: str, start: int) -> int:
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] in "（(") - (text[at] in "）)")
        if depth == 0:
            return at
    return start


def _ordinal(text: str, start: int) -> tuple[list[str], int]:
    """Items marked 一是…二是…: they may run over sentences to the end of the block."""
    first = re.match(r"\s*一(?:是|为)", text[start:])
    if not first:
        return [], start
    marks = list(ORDINALS.finditer(text, max(start - 1, 0)))
    places, expected = [], 1
    for mark in marks:
        if han_number(mark.group("ordinal")) != expected:
            break
        places.append(mark.start("ordinal"))
        expected += 1
    bounds = [*places, len(text)]
    items = [text[a:b].strip("，；。 ") for a, b in pairwise(bounds)]
    return (items, len(text)) if len(items) >= 2 else ([], start)


def _separated(piece: str) -> list[str]:
    """The items of a list between its sign and its end; [] where it is partial or no list."""
    body = re.sub(r"[（(][^（()）]*[）)]", "", piece)
    if quoted := QUOTED.match(body):
        return re.findall(r"[“《]([^“”《》]+)", quoted[0])
    if PARTIAL.search(body):
        return []
    first, _, rest = body.partition("；")
    if re.fullmatch(r"[^\d，,、]{2,24}(?:、[^\d，,、]{2,24})+", first) and COUNTED_ANEW.search(rest):
        body = first
    if "；" in body:
        items = body.split("；")
    elif "、" in body:
        head = re.split(r"[，,]", body)[0]
        # "A 3万元，B 5万元": commas divide the items where each has its amount; 甲、乙、丙，亩均投资150元 has one behind
        each = all(AMOUNT.search(part) for part in re.split(r"[，,]", body))
        items = re.split(r"[、，,]", body) if each else head.split("、")
        last = items.pop()
        items += (
            re.split(r"(?<=[\u3400-\u9fff”])(?:和|及|以及|与)(?=[\u3400-\u9fff“])", last)
            if len(last) <= 30
            else [last]
        )
    elif AMOUNT.search(body):
        items = re.split(r"[，,]", body)
    else:
        return []
    items = [item.strip(" ：:，。“”") for item in items if item.strip(" ：:，。")]
    if any(len(item) > 30 for item in items) or any(re.search(r"[。？！]", item) for item in items):
        return []
    return items
