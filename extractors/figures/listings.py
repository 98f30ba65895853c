"""Several projects told in rows: their names first, then what was planned, spent and at what rate, figure for
figure in the order of the names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from extractors.dates import counted
from extractors.figures.anchors import MARK, project_called
from extractors.figures.names import Names, alternatives, vocabulary
from extractors.figures.proving.agreement import CONCEPTS, SURE
from extractors.figures.proving.ratios import gives
from extractors.figures.setting import Decision, Setting
from extractors.figures.topics import MONEY_ROLES
from extractors.figures.traits import Told
from schema.report import Stage

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_AMOUNT = rf"{_NUMBER}\s?(?:亿元|万元|元)"
_PERCENT = rf"{_NUMBER}\s?[%％]"
_NAME = r"(?:\d[A-Z])?[“\"]?[^，。：:；;、\d（）和及元]{2,12}[^，。：:；;、\d（）元]{0,20}?"
_JOIN = r"\s?[、，和与及]\s?"
_NAMED = rf"{_NAME}(?:（[^（）]{{1,20}}）)?\s?{_AMOUNT}"
#: 临时救助486万元，殡葬惠民173.50万元，流浪乞讨救助62.13万元: nothing but names and amounts
LISTED = re.compile(rf"(?P<all>{_NAMED}(?:[，、；]\s?{_NAMED})+)(?=[，。；]|$)")
ITEM = re.compile(rf"(?P<name>{_NAME})(?:（[^（）]{{1,20}}）)?\s?(?P<amount>{_AMOUNT})(?:[，、；]\s?|$)")
#: 城市体检、历史建筑测绘、海绵城市规划编制三项经费，
CALLED = re.compile(
    rf"(?P<names>{_NAME}(?:、{_NAME})+)(?:等)?(?P<count>[两二三四五六七八九2-9])\s?[项个](?!月)[^，。；：\d]{{0,12}}[，：]"
)
#: 执行率分别为97.20%、99.93%和96.39% · 分别支出118、85.5和160万元
ROW = re.compile(
    rf"(?P<lead>[^，。；：（）\d]{{0,24}})(?P<row>(?:{_NUMBER}(?:\s?[%％])?{_JOIN})+{_PERCENT}"
    rf"|(?:{_NUMBER}(?:\s?(?:亿元|万元|元))?{_JOIN})+{_AMOUNT})"
)
#: 预算各80万元
EACH = re.compile(rf"(?P<lead>[^，。；：\d]{{0,12}}(?:均[为是]?|各(?:为|是)?))(?P<row>{_AMOUNT})(?=[，。；])")
FIGURE = re.compile(_NUMBER)
RATED = re.compile(r"(?:执行|支付|支出|使用|兑付|完成)(?:率|进度|比例)|预算的")
OF_PLAN = re.compile(r"完成[^，。；]{0,8}预算的")
PLANNED = re.compile(r"预算|安排|核定|下达|批复|指标")
SPENT = re.compile(r"支出|支付|执行|兑付|使用|列支|拨付|发放")
#: 两个工程执行率分别为98.78%、100%
COUNTED = re.compile(r"(?P<count>[两二三四五六七八九2-9])\s?[个项](?:重点|专项)?(?:项目|专项|工程)$")
ADJUSTED = re.compile("调整后|调整预算|全年预算")
IN_TURN = re.compile(r"分别|依次|各自|各[为是]")
#: the rows by what each holds
ROWS = dict(zip(("planned", "spent", "rate"), CONCEPTS, strict=True))


@dataclass(frozen=True)
class Listing:
    """Projects named one after the other, the amount behind each name where one stands there, and the block."""

    names: tuple[str, ...]
    amounts: tuple[Decision, ...]
    block: int
    end: int


def listing_of(paragraph: Sequence[Told], source: str, setting: Setting, block: int) -> Listing | None:
    """The projects that a paragraph begins by naming in a row; None elsewhere."""
    if setting.own or not (setting.listed or setting.role in MONEY_ROLES):
        return None
    mark = MARK.match(source)
    start = mark.end() if mark else 0
    decided = {one.figure.start: one for told in paragraph for one in told.decisions}
    if found := LISTED.match(source, start):
        items = list(ITEM.finditer(source, start, found.end()))
        amounts = [decided[m.start("amount")] for m in items if m.start("amount") in decided]
        said = [m["name"] for m in items]
    elif found := CALLED.match(source, start):
        said, amounts = found["names"].split("、"), []
        if len(said) != counted(found["count"]):
            return None
    else:
        return None
    alone = Names(setting.names.department)  # without the whole row, which may have been taken for one name
    names = [project_called(name, alone) for name in said]
    if not all(names) or len(set(names)) < len(names) or (amounts and len(amounts) < len(names)):
        return None
    return Listing(tuple(filter(None, names)), tuple(amounts), block, found.end())


_COUNT = r"\d{1,2}|[两二三四五六七八九十]{1,2}"
#: 项目支出共6个项目，分别为： · 重点项目3个： before as many names and amounts
ANNOUNCED = re.compile(
    rf"(?P<lead>[^。；]{{0,60}}?(?:(?P<count>{_COUNT})\s?[个项](?:重点|主要|专项|具体)*(?:项目|专项)"
    rf"|(?:项目|专项)\s?(?P<behind>{_COUNT})\s?[个项])[^。；：:\d]{{0,14}}[：:])"
    rf"\s?(?P<items>{_NAMED}(?:[，、；]\s?{_NAMED})+)(?=[，。；]|$)"
)


#: no list is announced without these
LISTS = re.compile(r"(?:项目|专项)[^。；]{0,16}[：:]")
#: 甲平台预算120万元，支出54万元: what was planned and spent of one, and no name
SIDE = re.compile(
    r"(?:实际|全年|累计|已|共|年初|资金)*(?:支出|支付|执行|拨付|使用|完成|预算|安排|下达|到位|结余|剩余)(?:数|额|资金)?"
)


def with_announced(paragraph: Sequence[Told], source: str, setting: Setting) -> list[Told]:
    """A paragraph's sentences with the amounts of lists that say how many projects they name, and name so many; and
    with each amount as its own project's in a list of names and amounts that begins so: 城乡低保6,480万元、残疾人两项
    补贴780万元."""
    told: list[Decision] = []
    decided = {one.figure.start: one for sentence in paragraph for one in sentence.decisions}
    if setting.own or sum(one.figure.kind == "money" for one in decided.values()) < 2:
        return list(paragraph)
    for found in ANNOUNCED.finditer(source) if LISTS.search(source) else ():
        items = _items(source, found.span("items"), decided)
        count = counted(found["count"] or found["behind"])
        named = {name for name, _ in items if not SIDE.fullmatch(name)}
        if len(named) == len(items) == count:
            side = next((one.concept for _, one in items if one.concept in CONCEPTS[:2]), None)
            side = side or ROWS[_kind(found["lead"], percent=False) or "spent"]
            told += [replace(_as(one, side, _own_name(one, name)), confidence=SURE) for name, one in items]
    of_projects = sum(one.concept in CONCEPTS[:2] for one in decided.values())
    for found in LISTED.finditer(source) if of_projects >= 3 and not told else ():
        items = [
            (name, one) for name, one in _items(source, found.span(), decided) if one.concept in CONCEPTS[:2]
        ]
        own = {one.subject for name, one in items if one.subject == _own_name(one, name)}
        if len(own) >= 2 and len({one.concept for _, one in items}) == 1:
            told += [replace(one, subject=_own_name(one, name)) for name, one in items if one.subject in own]
    return list(with_told(paragraph, told)) if told else list(paragraph)


#: 主要用于以下几个方面：一是办案业务98.40万元；二是社区矫正76.15万元: what the money went to, which names no project
USES = re.compile(
    rf"(?:主要|重点|大部分|大多)(?:用于|投向|用在|花在)(?!(?:以下|下列|如下|这)?(?:{_COUNT})\s?[个项大](?:重点)?(?:项目|专项|工程))[^。\n]*"
)
#: but for what calls itself one
CALLED_SO = re.compile(r"(?:项目|工程|专项)$")


def without_uses(paragraph: Sequence[Told], source: str, setting: Setting) -> list[Told]:
    """A paragraph's sentences without projects in what the money mainly went to, where no plan and no rate is told of any."""
    told: list[Decision] = []
    decided = [one for sentence in paragraph for one in sentence.decisions]
    for uses in USES.finditer(source) if not setting.own else ():
        inside = [one for one in decided if uses.start() < one.figure.start < uses.end()]
        if not any(one.concept in ("project.budget", "project.rate") for one in inside):
            told += [
                replace(one, concept=None, subject=None, reason="明细科目或其他口径")
                for one in inside
                if one.concept == "project.spending" and not CALLED_SO.search(one.subject or "")
            ]
    return list(with_told(paragraph, told)) if told else list(paragraph)


def _items(source: str, span: tuple[int, int], decided: dict[int, Decision]) -> list[tuple[str, Decision]]:
    """The names of a list, each with what was made of its amount."""
    items = ITEM.finditer(source, *span)
    return [(re.sub('[“”"]', "", m["name"]), one) for m in items if (one := decided.get(m.start("amount")))]


def _own_name(one: Decision, name: str) -> str:
    """The subject of an amount where it is taken from the name before it (办公用房维修 of 办公用房维修支出), else that."""
    return one.subject if one.subject and one.subject in name else name


def rows_of(listing: Listing, source: str, at: int) -> dict[str, list[int]]:
    """Where the figures of each row behind `at` stand that has as many as the listing has names."""
    rows: dict[str, list[int]] = {}
    count = len(listing.names)
    for found in ROW.finditer(source, at):
        places = [m.start() + found.start("row") for m in FIGURE.finditer(found["row"])]
        kind = _kind(found["lead"], "%" in found["row"] or "％" in found["row"])
        if kind and len(places) == count:
            rows.setdefault(kind, places)
    for found in EACH.finditer(source, at):
        kind = _kind(found["lead"], percent=False)
        if kind and kind not in rows:
            rows[kind] = [found.start("row")] * count
    return rows


def _kind(lead: str, percent: bool) -> str | None:
    if percent:
        return "rate" if RATED.search(lead) else None
    return "spent" if SPENT.search(lead) else "planned" if PLANNED.search(lead) else None


def told_in_rows(
    listing: Listing, paragraph: Sequence[Told], source: str, at: int
) -> tuple[list[Decision], list[Decision]]:
    """What the rows say, and what the amounts behind the names then are; nothing where a rate is not what the
    two amounts of its project give."""
    decided = {one.figure.start: one for told in paragraph for one in told.decisions}
    rows = {
        kind: [decided[start] for start in places]
        for kind, places in rows_of(listing, source, at).items()
        if all(start in decided and decided[start].figure.quantity for start in places)
    }
    left = "planned" if "spent" in rows else "spent"
    sure = "planned" in rows or "spent" in rows or OF_PLAN.search(source, at)
    named = listing.amounts if rows and sure and left not in rows else ()
    sides = {**rows, **({left: list(named)} if named else {})}
    if not rows or not _agree(sides):
        return [], []
    told = [
        replace(_as(one, ROWS[kind], name), stage=one.stage or _stage(kind, source[: row[0].figure.start]))
        for kind, row in rows.items()
        for one, name in zip(row, listing.names, strict=True)
    ]
    return told, [_as(one, ROWS[left], name) for one, name in zip(named, listing.names, strict=False)]


def _stage(kind: str, before: str) -> Stage | None:
    """The stage of a row of budgets, by the words right before it: 三个项目全年预算分别为…"""
    lead = re.split("[，。；：]", before)[-1]
    if kind != "planned":
        return None
    return "adjusted" if ADJUSTED.search(lead) else "initial" if "年初" in lead else None


def _agree(sides: dict[str, list[Decision]]) -> bool:
    """Whether each rate is what its project's two amounts give, where all three are told."""
    values: dict[str, list[Decimal]] = {key: [one.figure.value for one in row] for key, row in sides.items()}
    if len(values) < 3:
        return True
    return all(
        spent <= planned and gives(planned, spent, rate)
        for planned, spent, rate in zip(values["planned"], values["spent"], values["rate"], strict=True)
    )


@cache
def _named_in_turn() -> re.Pattern[str]:
    """特困供养项目、临时救助项目和孤儿保障项目分别安排预算… · 甲项目、乙项目年初预算依次为… · 甲、乙两个项目，预算分别为…"""
    ends = alternatives([*vocabulary()["project"]["ends"], *vocabulary()["told"]["ends"]])
    return re.compile(
        rf"(?P<names>[^，。：:；;、\d（）]{{3,30}}(?:、[^，。：:；;、\d（）]{{3,30}})*[、和与及][^，。：:；;、\d（）]{{2,30}}?(?:{ends})(?!{ends}))"
        r"(?=，?(?:20\d\d年度?)?[^，。；：、\d（）]{0,10}?(?:分别|依次|各自))"
    )


#: 前四个项目依次支出… · 上述三个项目执行率分别为…
THESE_IN_TURN = re.compile(
    r"(?:前|上述|以上|前述|这|上面)?(?P<count>[二两三四五六七八九2-9])\s?[个项大](?:重点|专项)?(?:项目|专项|工程)(?=[^，。；：、\d（）]{0,10}?(?:分别|依次|各自))"
)


def told_in_turn(
    paragraph: Sequence[Told], source: str, setting: Setting, before: Sequence[str]
) -> tuple[list[Decision], Sequence[str]]:
    """What a sentence tells of several projects figure for figure in the order of their names, which it begins with
    or which were the last so told (`before`); and the names that a later sentence may speak of."""
    decisions: list[Decision] = []
    names = before
    starts = sorted(
        (*_named_in_turn().finditer(source), *THESE_IN_TURN.finditer(source)), key=lambda m: m.end()
    )
    reached = -1
    for found in starts:
        if found.start() < reached:
            continue  # 甲、乙、丙三个项目: told by their names
        sentence = source[: found.end()] + source[found.end() :].partition("。")[0]
        said = [names] if found.re is THESE_IN_TURN else _said_in_turn(found["names"], setting)
        for these in said:
            fits = found.re is not THESE_IN_TURN or len(these) == counted(found["count"])
            row = Listing(tuple(these), (), 0, found.end())
            told, _ = told_in_rows(row, paragraph, sentence, found.end()) if fits and these else ([], [])
            if told:
                decisions, names = [*decisions, *_alike(told, setting.fiscal_year)], these
                reached = found.end()
                break
    return decisions, names


def _alike(told: Sequence[Decision], year: int | None) -> list[Decision]:
    """The figures of rows, those of one row of the same year and stage."""
    rows: dict[str | None, list[Decision]] = {}
    for one in told:
        rows.setdefault(one.concept, []).append(one)
    return [
        replace(
            one,
            period=next((other.period for other in row if other.period), year),
            stage=next((other.stage for other in row if other.stage), None),
        )
        for row in rows.values()
        for one in row
    ]


#: 金额居前的甲、乙两个项目
LARGEST = re.compile(r"^[^、的]{0,6}(?:居前|靠前|较大|较多|最大|最多|较高|最高)的")


def _said_in_turn(said: str, setting: Setting) -> list[list[str]]:
    """The names that a row of them may be: its last two words joined by 和 are two names, or one."""
    alone = Names(setting.names.department)
    *first, last = LARGEST.sub("", said).split("、")
    whole = (count := COUNTED.search(last)) and counted(count["count"]) == len(first) + 1
    if count and whole:
        last = last[: count.start()]  # 街巷整治、绿地管护、住房维修三个项目
    ways = [[*first, *re.split("[和与及]", last)], [*first, last]]
    # 甲经费、医保基金监管飞行检查、丙培训三个项目: as many as are counted, whatever one is called
    called = [
        [project_called(name, alone) or (name if whole and alone.may_be(name) else None) for name in way]
        for way in ways
        if len(way) > 1
    ]
    full = [[name for name in way if name] for way in called if all(way) and len(set(way)) == len(way)]
    if setting.own:  # of its parts, only what is called a project
        full = [way for way in full if all(name.endswith(("项目", "专项", "工程")) for name in way)]
    return full


def _as(one: Decision, concept: str, name: str) -> Decision:
    return one.proved(concept, name, stage=one.stage if concept == "project.budget" else None)


def with_told(paragraph: Sequence[Told], told: Sequence[Decision]) -> Iterator[Told]:
    """The paragraph's sentences with these decisions in the place of those on the same figures; one figure may
    be several projects'."""
    starts = {one.figure.start for one in told}
    for sentence in paragraph:
        kept = [one for one in sentence.decisions if one.figure.start not in starts]
        new = [one for one in told if sentence.start <= one.figure.start < sentence.end]
        order = sorted((*kept, *new), key=lambda one: one.figure.start)
        yield replace(sentence, decisions=order)


def rates_in_turn(paragraph: Sequence[Told], source: str) -> list[Decision]:
    """The rates of the paragraph's projects, told behind them in their order: 两个工程执行率分别为98.78%、100%."""
    decided = [one for told in paragraph for one in told.decisions]
    sides: dict[str, dict[str, Decision]] = {}
    for one in decided:
        if one.subject and one.concept in ("project.budget", "project.spending"):
            sides.setdefault(one.subject, {}).setdefault(one.concept, one)
    told = {name: both for name, both in sides.items() if len(both) == 2}
    if len(told) < 2:
        return []
    last = max(one.figure.end for both in told.values() for one in both.values())
    for found in ROW.finditer(source, last):
        places = [m.start() + found.start("row") for m in FIGURE.finditer(found["row"])]
        rates = [one for one in decided if one.figure.start in places and one.figure.kind == "percent"]
        if (
            IN_TURN.search(found["lead"])
            and len(rates) == len(told)
            and all(
                gives(
                    both["project.budget"].figure.value,
                    both["project.spending"].figure.value,
                    rate.figure.value,
                )
                for both, rate in zip(told.values(), rates, strict=True)
            )
        ):
            return [_as(rate, "project.rate", name) for rate, name in zip(rates, told, strict=True)]
    return []


_IN_TURN = r"(?:分别|依次)[为是达]?到?\s?$"
#: 执行率分别为…, 对应的增幅依次为…, and nothing named beside
RATES_OF_PARTS = re.compile(
    r"(?:^|[。；，])(?:对应的?|相应的?|其|三项|两项)*(?:预算)?(?:(?P<rate>执行|完成|支出)(?:率|进度)|(?P<grown>增幅|增速|增长率))"
    + _IN_TURN
)
#: 由基本支出1,935.40万元和项目支出832.18万元组成，对应的调整后预算分别为1,948.31万元和898.00万元
BUDGETS_OF_PARTS = re.compile(
    rf"(?:^|[。；，])(?:对应的?|相应的?|其|两项)*(?:(?P<adjusted>调整后?|全年)|(?P<initial>年初))?的?预算(?:数|额)?{_IN_TURN}"
)
PARTS = ("total", "basic", "project")
BUDGET_OF = {f"spending.{part}": f"budget.{part}" for part in PARTS}
RATE_OF = {f"{of}.{part}": f"rate.{part}" for of in ("spending", "budget") for part in PARTS}


def of_parts_in_turn(paragraph: Sequence[Told], source: str) -> list[Decision]:
    """The budgets and the rates of the whole and its parts, told in rows behind their amounts in the order of these."""
    decided = {one.figure.start: one for told in paragraph for one in told.decisions}
    found: list[Decision] = []
    for row in ROW.finditer(source):
        before = source[: row.start("row")]
        start, end = row.span("row")
        figures = [one for at, one in decided.items() if start <= at < end]
        amounts = [one for at, one in decided.items() if at < start][-len(figures) :]
        rates = row["row"].rstrip().endswith(("%", "％"))
        lead = (RATES_OF_PARTS if rates else BUDGETS_OF_PARTS).search(before)
        concepts = [(RATE_OF if rates else BUDGET_OF).get(one.concept or "") for one in amounts]
        known = rates and any(one.concept for one in figures) and not all(one in found for one in amounts)
        if not lead or known or not figures or len(set(concepts)) < len(figures) or None in concepts:
            continue
        for one, amount, concept in zip(figures, amounts, concepts, strict=True):
            if lead.lastgroup == "grown":
                read = one.proved("change.rate", amount.concept, period=amount.period)
            elif lead.lastgroup == "rate":
                read = one.proved(str(concept), None, period=amount.period)
            else:
                read = one.proved(str(concept), None, stage=lead.lastgroup, period=amount.period)
            found.append(read)
            decided[one.figure.start] = read
    return found
