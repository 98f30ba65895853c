"""The money of a project as a whole, told by figures that prove each other: 花出317万元，执行率97.43%, where a
budget of 326万元 stands anywhere in the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

from extractors.figures.proving.agreement import Page, Passage, Proof, Proved, agree
from extractors.figures.quantities import Found

#: the clause of an amount that was planned
PLANNED = re.compile(
    r"(?:预算|可用|可支配|可执行|总盘|盘子|下达|批复|批准|安排|核[定给拨]|最终|保留|期末|总投入|[压核调]减后|调整后)[^，。；：、\d]{0,14}$"
)
#: 共到位财政衔接资金16,842.00万元: all that was planned, where nothing else is said to be
ARRIVED = re.compile(r"到位[^，。；：、\d]{0,14}$")
#: 项目计划总投资395.00万元，其中中央财政资金312.00万元、县级配套83.00万元: a plan where its payers are told
INVESTED = re.compile(r"总投资(?:额|规模)?(?:为|共|计)*\s?$")
#: how the payers of an amount begin that are told behind it
PAYERS_BEHIND = r"\s?[，,（(]\s?(?:其中|包括)[：:]?\s?(?:中央|自治区|[省市县区州]级?)"
PAYERS = re.compile(rf"{PAYERS_BEHIND}[^，。；\d]{{0,12}}\d")
#: a day within the year, a payer or a payee's part, a contract: not the year's spending of the whole
INTERIM = re.compile(
    r"(?<!\d)(?:[1-9]|1[01])\s?月(?:底|末|份|，|、)?|(?<!十)[一二三四五六七八九]月|十[一]?月|季度|半年|序时|截至(?!.{0,6}12\s?月)"
)
OTHERS = re.compile(
    r"(?:中央|省|自治区|市|县|区|州)(?:级|本级|财政|拨|补|直达)|地方|自筹|债券|合同|标段|中标|[乡镇]|(?<!12月31日，)累计|剔除|若|如果|其中"
)
#: a payer's or a payee's part of what was planned
SHARED = re.compile(r"中央|[省市县区]级|自筹|债券|合同|中标|[乡镇]|其中|包括")
#: what was spent, said anywhere in the sentence
SPENT = re.compile(
    r"(?<!转移)支[付出]?|(?<![移支])付|花|用|列报|报账|报销|打卡|兑|执行|完成|决算|发放|贴息|结算|投"
)
#: a rate below this is a share, or what something grew by
LEAST = 40
#: 转移支付7,350万元，占58.33%: a share of what was planned, where 占 names no budget
SHARE = re.compile(r"占(?![^，。；]*(?:预算|可用|盘子?|额度|计划|指标|下达|安排))")
#: how far the rate may stand behind what was spent
NEAR = 30


def find_wholes(pages: Sequence[Page], own: str, proved: Proved) -> None:
    """Proves what was spent of a project's own money, and at what rate."""
    planned = _plans(pages, PLANNED) or _plans(pages, ARRIVED)
    for page in pages:
        for passage in _sentences(page):
            for rate in passage.rates:
                if proof := _proof(passage, rate, planned, proved):
                    proved.add(own, proof)


def _plans(pages: Sequence[Page], words: re.Pattern[str]) -> list[tuple[Page, Found]]:
    """The amounts of a report that are all payers' and told with such words, or an investment with its payers."""
    found = []
    for page in pages:
        for figure in page.figures:
            said = page.text[page.start(figure.start) : figure.start]
            invested = INVESTED.search(said) and PAYERS.match(page.text, figure.end)
            if figure.kind == "money" and (words.search(said) or invested) and not SHARED.search(said):
                found.append((page, figure))
    return found


def _sentences(page: Page) -> Iterator[Passage]:
    """The sentences of a paragraph that speak of what was spent, and not of a day within the year."""
    for passage in page.sentences():
        said = page.text[page.text.rfind("。", 0, passage.start) + 1 : passage.end]
        if SPENT.search(said) and not INTERIM.search(page.text, passage.start, passage.end):
            yield passage


def _proof(
    passage: Passage, rate: Found, planned: Sequence[tuple[Page, Found]], proved: Proved
) -> Proof | None:
    """What a rate is a rate of, among the two amounts before it and the budgets of the report."""
    page = passage.page
    before = [*passage.before(rate)[:2], *_divided(passage, rate)]
    near = before[:1] and rate.start - before[0].end <= NEAR
    if not near or SHARE.search(page.text, before[0].end, rate.start):
        return None
    if rate.value < LEAST or proved.part((page.block, rate.start)):
        return None
    for spent in before:
        if OTHERS.search(page.text, passage.start, spent.start):
            continue
        for where, budget in planned:
            if budget is not spent and agree(budget, spent, rate):
                return Proof((where, budget), (page, spent), (page, rate))
    return None


def _divided(passage: Passage, rate: Found) -> Iterator[Found]:
    """The amount that those right before a rate are the payers' parts of: 支付368.72万元，其中中央资金312.00万元、县级资金
    56.72万元，资金执行率93.35%."""
    amounts = [amount for amount in passage.amounts if amount.start < rate.start]
    for at, whole in enumerate(amounts[:-2]):
        if sum(part.value for part in amounts[at + 1 :]) == whole.value:
            yield whole


#: what a budget was at first, what changed it, and by how much: 期初2,500万元，期中增276万元，期末2,776万元
FIRST = re.compile(
    r"年初|期初|原[先来定列批]|人[代大]会|起初|最初|预算批[复准]|(?:批[复准]|下达|核定|安排)[^，。；]{0,20}预算"
)
MORE = re.compile(r"增|追加|[添加补]|连同|结转|剩余|另")
LESS = re.compile(r"减|压|收[回缴]|扣|调出|调剂出")
#: 项目全年预算由186万元调整为201万元
FROM = re.compile(r"预算[^，。；\d]{0,6}[由从]\s?$")
BECAME = re.compile(r"(?:调[整增减]|追加|[增压核]减|增加|变更)(?:为|到|至)\s?")
#: how many changes a sentence tells
CHANGES = 3


def find_stages(pages: Sequence[Page], proved: Proved) -> None:
    """Proves which budget of a project is the first and which the adjusted one: the changes between the two
    make up the difference."""
    for page in pages:
        amounts = [f for f in page.figures if f.kind == "money" and not proved.part((page.block, f.start))]
        for before, after in pairwise(amounts):
            if FROM.search(page.text[: before.start]) and BECAME.fullmatch(
                page.text, before.end, after.start
            ):
                proved.stages[page.block, before.start] = "initial"
                proved.stages[page.block, after.start] = "adjusted"
        for row in (amounts, [f for f in amounts if not _bracketed(page, f)]):
            for at, first in enumerate(row):
                start = max(page.text.rfind("。", 0, first.start) + 1, row[at - 1].end if at else 0)
                if FIRST.search(page.text, start, first.start) and (final := _final(page, row[at:])):
                    proved.stages[page.block, first.start] = "initial"
                    proved.stages[page.block, final.start] = "adjusted"


def _bracketed(page: Page, figure: Found) -> bool:
    """Whether an amount explains another one: 调增310万元（省级190万元、市级120万元）."""
    return page.text.rfind("（", 0, figure.start) > page.text.rfind("）", 0, figure.start)


def _final(page: Page, amounts: Sequence[Found]) -> Found | None:
    """The amount that the first one becomes by the changes between the two, in one sentence."""
    total = amounts[0].value
    for before, change, after in zip(
        amounts, amounts[1 : CHANGES + 1], amounts[2 : CHANGES + 2], strict=False
    ):
        said = page.text[before.end : change.start]
        signs = [sign for sign, words in ((1, MORE), (-1, LESS)) if words.search(said)]
        if "。" in page.text[before.end : after.start] or not signs:
            return None
        total += change.value * signs[-1]
        if total == after.value != amounts[0].value:
            return after
    return None


#: what was not spent, or what was added to last year's: 支出80万元，结余20万元 · 上年支出80万元，今年增20万元
LEFT = re.compile(
    r"结余|结转|剩|余|未|收[回缴]|节[约省]|尚|欠|[增减升降]|追加|[多少](?:支|付|花|用)|上年|去年|上一年|20\d\d年"
)


def find_details(pages: Sequence[Page], proved: Proved) -> None:
    """Notes the rows of amounts that add up to a proved one, by payee or by way of paying: 转账支付293万元，
    现金支付24万元, of the 317万元 that were spent."""
    wholes = {amount for page in pages for amount in _proved_amounts(page, proved, {proved.own})}
    for page in pages:
        parts = {about for (block, _), (_, about, _) in proved.of.items() if block == page.block}
        here = wholes.union(_proved_amounts(page, proved, parts))  # of the part that the paragraph tells
        for passage in _rows(page) if here else ():
            places = {(page.block, figure.start) for figure in passage.amounts}
            if sum(figure.value for figure in passage.amounts) in here and not places & set(proved.of):
                proved.details |= places


def _proved_amounts(page: Page, proved: Proved, of: Set[str]) -> Iterator[Decimal]:
    """The amounts of a paragraph that are proved to be of one of these: of the whole, of a part."""
    for figure in page.figures:
        if figure.kind == "money" and proved.of.get((page.block, figure.start), ("", ""))[1] in of:
            yield figure.value


def _rows(page: Page) -> Iterator[Passage]:
    """Two amounts or more of one sentence, one right after the other."""
    for passage in page.sentences():
        for first, last in combinations(range(len(passage.amounts)), 2):
            row = tuple(passage.amounts[first : last + 1])
            if not LEFT.search(page.text, passage.start, row[-1].start):
                yield replace(passage, figures=row)
