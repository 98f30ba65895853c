"""Groups of a score sheet, whatever they are called, that paragraphs, lists or rows tell one by one: their sums prove them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.context import Context
from extractors.figures.groups import NUMBER
from extractors.figures.numerals import fold
from extractors.figures.scores import group_of_heading
from extractors.figures.sheets import (
    ALL,
    FEWEST,
    ITEM_MARK,
    LEAST,
    TITLE_TAIL,
    Places,
    Texts,
    told_group_by_group,
)
from schema.document import Block

_MARKS = "(?:(?:满分|分值|权重|标准分?|总分|共)值?[为是：:]?)"
_GOT = rf"(?:自评|实际|实|最终|评价)*得分?[为是：:]?\s?(?P<score>{NUMBER})\s?分"
_LEAD = rf"\s*(?:{ITEM_MARK})?(?P<name>(?![该本此这总满]|合计|其中|自评)[一-鿿]{{2,16}}?)"
#: 1.部门管理（20分，得18.2分）。 · （二）履职效果：满分50分，自评得分42.9分
ITEM = re.compile(rf"{_LEAD}(?:[（(]|[，,：:。]\s?)?{_MARKS}?(?P<full>{NUMBER})\s?分[，,；;]\s?{_GOT}")
#: 过程18.83分（权重20分）。
ITEM_OF = re.compile(
    rf"{_LEAD}(?:自评|实际)?得?分?[为是：:]?\s?(?P<score>{NUMBER})\s?分[（(，,]{_MARKS}(?P<full>{NUMBER})\s?分[）)。，]"
)
#: 得19分。项目立项6分得6分… · 自评15分。 with which a paragraph on one group begins
OPENS = re.compile(
    rf"\s*(?:自评|实际|实|最终|评价)*(?:得分?|(?<=自评))[为是：:]?\s?(?P<score>{NUMBER})\s?分\s?[。；，]"
)

POINTS = re.compile(r"\d\s?分|\d\s?[/／]\s?\d")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Where scores of groups stand, by block and place in it, each with its group's name."""

    places: Places
    #: in rows whose sum their paragraph tells, where no name of a group that is known says it better
    in_rows: Places = field(default_factory=dict)
    #: paragraphs that are each on one group: whatever other points they tell are those of its indicators
    on_one: frozenset[int] = frozenset()

    def of_one(self, block: int) -> dict[int, str] | None:
        """Where the score of the one group stands that a paragraph is on; None where it is on no single one."""
        return self.places[block] if block in self.on_one else None


def weighed_groups(context: Context, blocks: Sequence[Block]) -> Weighed:
    """The scores of groups that a report tells group by group (`sheets.py`); or in paragraphs that begin with a name, its
    full marks and its score, where the full marks make 100; or in a list that makes the score told before it, or whose
    full marks make 100."""
    texts = {block.index: fold(block.text) for block in blocks if POINTS.search(block.text)}
    of_one = _made_of_rows(texts) | (told_group_by_group(context, texts) or _begun(texts))
    return Weighed(_divided(texts) | _as_fractions(texts) | of_one, _in_rows(texts), frozenset(of_one))


def _made_of_rows(texts: Texts) -> Places:
    """Paragraphs on one group whose rows make its score: 管理效率分值30分，自评27.5分。其中预算执行率10分得9.8分，…"""
    found: Places = {}
    for index, text in texts.items():
        group = LED_BY_SCORE.match(text)
        got = [Decimal(row["got"]) for row in ROW.finditer(text, group.end())] if group else []
        part = group is not None and Decimal(group["full"]) < ALL
        if group and part and len(got) > 1 and sum(got) == Decimal(group["score"]):
            found[index] = {group.start("score"): _called(group["name"])}
    return found


def _begun(texts: Texts) -> Places:
    led = ((index, ITEM.match(text) or ITEM_OF.match(text)) for index, text in texts.items())
    items = [(index, item) for index, item in led if item and Decimal(item["full"]) != ALL]
    within = all(Decimal(item["score"]) <= Decimal(item["full"]) for _, item in items)
    if len(items) < 2 or not within or sum(Decimal(item["full"]) for _, item in items) != ALL:
        return {}
    return {index: {item.start("score"): _called(item["name"])} for index, item in items}


def _called(title: str) -> str:
    return group_of_heading(title) or re.sub("(?<=..)(?:项|类|部分)$", "", TITLE_TAIL.sub("", title))


#: 目标合理性3分得3分 · 预算执行率5分，按91.90%折算得4.60分 · 可持续影响3分，扣1.5分，得1.5分
ROW = re.compile(
    rf"(?P<full>{NUMBER})分(?:[，,（(][^。；]{{0,24}}?)?(?:自评|实际|实|只|仅)*得(?P<got>{NUMBER})分"
)

#: 管理效率分值30分，自评27.5分。
LED_BY_SCORE = re.compile(
    rf"{_LEAD}{_MARKS}?(?P<full>{NUMBER})\s?分[，,；;（(]\s?(?:自评|实际|实|得|分|为|是)+\s?(?P<score>{NUMBER})\s?分"
)


def of_one_group(text: str, group: str, full: Decimal | None) -> dict[int, str] | None:
    """Where the score of the group that a heading names stands in a paragraph that goes from row to row of its
    indicators, in which no other points are a group's: at its beginning. None where the paragraph is another.
    `full`: the full marks that the heading states."""
    opens, rows = OPENS.match(text), [row["full"] for row in ROW.finditer(text)]
    if not rows or not (opens or (full and len(rows) > 1)) or sum(map(Decimal, rows)) == ALL:
        return None
    return {opens.start("score"): group} if opens else {}


_ITS = "(?:自评|实际|实)?得?分?[为是：:]?"
#: 总分94.30分。其中履职效能19分，扣1分，系…；预算管理23.50分…；财务管理10分
DIVIDED = re.compile(
    rf"(?P<total>{NUMBER})\s?分(?:[（(][^（()）]*[）)])?[，。,]其中[：:]?(?P<items>[^。]*；[^。]*)"
)
DIVIDED_ITEM = re.compile(
    rf"(?:^|(?<=[。；]))\s?(?P<name>[一-鿿]{{2,12}}?){_ITS}\s?(?P<score>{NUMBER})\s?分(?![，,（(]\s?(?:自评|实际|实)?得)"
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


#: 履职效果38.5分、管理效率28.3分、社会效益18.5分、满意度10分, in a paragraph that tells their sum
_ROW_ITEM = rf"[“\"]?(?P<name>(?!其中|[总合得评]|满分|自评|综合(?!管理|治理|保障|服务|效益|效果))[一-鿿]{{2,12}}?)[”\"]?(?<!扣){_ITS}\s?(?P<score>{NUMBER})\s?分(?:[（(][^（）()]{{1,14}}[）)])?"
ROW_ITEM = re.compile(_ROW_ITEM)
ITEMS_ROW = re.compile(rf"(?:{re.sub('[?]P<[a-z]+>', '?:', _ROW_ITEM)}[、，,；;。]?\s?){{{FEWEST},}}")
TOLD = re.compile(rf"({NUMBER})\s?分")
#: “投入”部分: whose name stands in quotes before a word for its kind
_ITEM_NAME = '(?P<name>(?![其中因总合]|满分|自评|部分|方面)(?:(?!扣)[一-鿿]){2,12}?)(?:[”"](?:部分|方面)?)?'
#: 决策20分中得19分；过程20分中得15.5分；… · 预算执行10分按94.64%折算得9.46分，产出指标50分得47分，…
GOT_ITEM = re.compile(
    rf"{_ITEM_NAME}(?:分值|满分|权重)?{NUMBER}\s?分[，,]?(?:[中里]|按[^，。；\d]{{0,6}}\d[\d.]*[%％][^，。；\d]{{0,4}})?"
    rf"(?:自评|实际|实)*得(?P<score>{NUMBER})\s?分"
)
#: 决策18分（20分），扣减2分，…；过程17.5分（20分），…
OF_ITEM = re.compile(
    rf"(?:^|(?<=[，。；：:])){_ITEM_NAME}(?:得分?)?(?P<score>{NUMBER})\s?分[（(](?:满分?|分值|权重|标准分?)?{NUMBER}\s?分[）)，,]"
)


def _in_rows(texts: Texts) -> Places:
    """Names with points whose sum is told: of a row in its own paragraph, of a sentence's anywhere in the report."""
    totals = {block: set(map(Decimal, TOLD.findall(text))) for block, text in texts.items()}
    anywhere = {points for told in totals.values() for points in told}
    found: Places = {}
    for block, text in texts.items():
        for told, rows in ((totals[block], _rows(text)), (anywhere, _by_sentence(text))):
            for items in rows:
                points = sum(Decimal(item["score"]) for item in items)
                if len(items) >= FEWEST and LEAST <= points < ALL and points in told:
                    found[block] = {item.start("score"): _called(item["name"]) for item in items}
    return found


def _rows(text: str) -> Iterator[list[re.Match[str]]]:
    for row in ITEMS_ROW.finditer(text):
        items = list(ROW_ITEM.finditer(text, *row.span()))
        if len({item["name"] for item in items}) == len(items):
            yield items


def _by_sentence(text: str) -> Iterator[list[re.Match[str]]]:
    for sentence in re.finditer("[^。]+", text):
        divided, got, of = (
            list(form.finditer(text, *sentence.span())) for form in (DIVIDED_ITEM, GOT_ITEM, OF_ITEM)
        )
        if len(divided) == sentence[0].strip("；").count("；") + 1:  # nothing else is said in it
            yield divided
        yield from (got, of)


#: 决策19.5/20: a name, its score, its full marks; several make a row
_FRACTION = rf"([一-鿿]{{2,12}}?){_ITS}\s?({NUMBER})\s?分?\s?[/／]\s?({NUMBER})\s?分?"
FRACTION, FRACTIONS = re.compile(_FRACTION), re.compile(rf"(?:{_FRACTION}[、，,；;]?){{{FEWEST},}}")


def _as_fractions(texts: Texts) -> Places:
    found: Places = {}
    for index, text in texts.items():
        for row in FRACTIONS.finditer(text):
            items = list(FRACTION.finditer(text, *row.span()))
            if sum(Decimal(item[3]) for item in items) == ALL:
                found[index] = {item.start(2): _called(item[1]) for item in items}
    return found
