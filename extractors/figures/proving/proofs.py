"""What arithmetic proves of a project's money: of two amounts and a rate that is one of them over the other,
the whole is what was planned and the part what was spent, whatever words the report has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from extractors.figures.disowned import APART
from extractors.figures.proving.agreement import CONCEPTS
from extractors.figures.proving.ratios import gives
from extractors.figures.segments import clause_before
from extractors.figures.setting import Decision
from extractors.figures.traits import Told, decided_anew
from schema.report import Stage

#: two amounts make a smaller rate by chance
LEAST = 5
#: how many characters the two amounts and their rate may stand apart
REACH = 240
#: a project's spending and rate, told right behind its plan
BEHIND_PLAN = 2
#: 付70%即204.12万元 · 其中中小企业占60% · 到位率100% · 比上年增长5%: no rate of what was spent
OTHER_RATE = re.compile(
    r"(?:占|比重|占比|到位率?|到账率|合格率?|覆盖率?|满意度?率?|完好率?|中标率?|限价执行率?|节约率?|节支率?|收缴率?|缴费率?|征收率?|回收率?|[增降]幅|增速|增长|下降|降低|提高|减少|增加|压减|[核审]减|调减|[上下]浮"
    r"|付(?!款?(?:率|进度|比例))|付款(?!率|进度|比例)|按|承担|配套|各|不低于|不超过|达到序时|目标)[^，。；：（）\d]{0,4}$"
    r"|(?:费率?|税率|利率)\s?$|占比(?:分别|依次)?[为是：]?[\s\d.%％、和及]*$"  # 管理费1.2% · 占比分别为85.1%、10.3%
    r"|到[位账]率[^，。；：\d]{0,10}$"  # 资金到位率为年初计划的96.21%
    r"|(?:中央|自治区|[省市县区州]级?)(?:财政|承担|负担|分担)?\s?$"  # 各级负担比例为中央50%、省25%
)
RATE_OF_PART = re.compile(
    r"\s?(?:的?(?:质保金|质量保证金|保证金|尾款|余款)|计|即|的比例|的标准|预付|进度款|首付|左右的|以上的|承担|（\d)"
)
#: 概算480万元 · 合同价291.60万元 · 到位资金: no plan of the year
NO_PLAN = re.compile(
    r"(?:概算|送审|审定|总投资|生产总值|GDP|估算|合同|中标|限价|贷款|控制价|签约|造价|标准|产值|税收|捐款|自筹|每[人户亩月年])[^，。；]{0,10}$"
)
NOT_SPENT = re.compile(
    r"(?:未支?付|欠付?|结[转余]|沉淀|收回|剩余?|(?<!付)(?:余款|质保金|保证金)|到[位账]|下达|节约|其中|追加|调增|调减)[^，。；：]{0,6}$"
    r"|(?:中央|[省市县区州])(?:本?级|财政|补助|配套|承担|安排|资金)*$"
)
#: 因此实际到位3,120.00万元
ARRIVED = re.compile(r"到[位账](?:资金|金额|数)?[为是共计]*\s?$")
#: what a figure of a project's paragraph may have been taken for
OPEN = ("project.", "budget.", "spending.", "rate.", "carryover.")
STAGED: tuple[tuple[str, Stage], ...] = (
    (r"年初|原列|原定|原核", "initial"),
    (r"调整后?|调[增减]|全年预算|变[为成]|追加后", "adjusted"),
)


#: a road's or a plot's number, which only a name has
NUMBERED = re.compile(r"[A-Z]\d")


def with_proven(paragraph: Sequence[Told], source: str) -> list[Told]:
    """A paragraph's sentences with each project's plan, spending and rate where the three prove each other."""
    of = {one.figure.start: about for told in paragraph for one, about in _abouts(told)}
    decided = [one for told in paragraph for one in told.decisions]
    proven: dict[int, Decision] = {}
    for rate in decided:
        about = of[rate.figure.start]
        if about is None or not _may_be_rate(rate, source):
            continue
        fellows = [one for one in decided if of[one.figure.start] == about]
        near = [one for one in fellows if _may_be_amount(one, rate, proven)]
        pairs = [
            pair
            for pair in combinations(near, 2)
            if gives(pair[0].figure.value, pair[1].figure.value, rate.figure.value)
        ]
        budgets = {one.figure.value for one in fellows if one.concept == "project.budget"}
        apart = [one for one in pairs if not _arrived_of_more(max(one, key=_value), budgets, source)]
        if found := _chosen(apart, rate, source):
            for one in _as_proven(found, rate, about, source):
                proven[one.figure.start] = one
    return decided_anew(paragraph, proven)


#: 项目年度预算4,800.00万元: of one among others
OF_ONE = re.compile("项目|专项|工程")
#: 2023年预算421.00万元，实际支出412.35万元，执行率97.95%: what the words before the two amounts must be
OF_PLAN, OF_PAY = (
    re.compile("预算|批复|安排|指标|下达"),
    re.compile("支出|支付|决算|执行|[使花]?用|列支|开支"),
)


def with_whole_proven(paragraph: Sequence[Told], source: str) -> list[Told]:
    """A paragraph's sentences with a department's plan and spending where nothing named them and the rate right behind is
    the rate of all."""
    proven: dict[int, Decision] = {}
    for told in paragraph:
        for planned, spent, rate in zip(told.decisions, told.decisions[1:], told.decisions[2:], strict=False):
            unread = all(
                one.figure.kind == "money"
                and not (one.reason or one.anchor)
                and one.concept in (None, concept)
                for one, concept in ((planned, "budget.total"), (spent, "spending.total"))
            )
            ahead = _lead(planned, source)
            said = OF_PLAN.search(ahead) and not OF_ONE.search(ahead) and OF_PAY.search(_lead(spent, source))
            years = {one.period for one in (planned, spent, rate)}
            if (
                rate.concept == "rate.total"
                and unread
                and said
                and len(years) == 1
                and gives(planned.figure.value, spent.figure.value, rate.figure.value)
            ):
                proven[planned.figure.start] = planned.proved(
                    "budget.total", None, period=planned.period, stage=_stage(planned, source)
                )
                proven[spent.figure.start] = spent.proved(
                    "spending.total", None, period=planned.period, stage=None
                )
    return decided_anew(paragraph, proven)


def _abouts(told: Told) -> Iterator[tuple[Decision, str | None]]:
    """Each figure of a sentence with the project that it is told of: that of its paragraph, else that of its own
    clause, else the one whose plan stands right before: 安排档案数字化加工80万元，当年支出79.2万元，执行率99%."""
    planned: str | None = None
    behind = 0
    for one in told.decisions:
        numbered = one.about and one.subject == one.about and NUMBERED.search(one.about)
        named = one.about if numbered else None  # 省道S217线路面改造工程, behind another's anchor
        about = named or one.anchor or one.about
        if about is None and behind < BEHIND_PLAN:
            about = planned
        behind += 1
        if one.concept == "project.budget":
            planned, behind = one.subject, 0
        yield one, about


def _may_be_rate(one: Decision, source: str) -> bool:
    figure = one.figure
    if figure.kind != "percent" or not figure.quantity or figure.upper or figure.bound:
        return False
    if "成" in source[figure.start : figure.end]:
        return False  # 执行率不足八成
    if figure.value < LEAST and one.concept != "project.rate":
        return False
    if (one.concept and not one.concept.startswith(OPEN)) or one.reason in (*APART, "目标或限额"):
        return False  # 执行率未达到100%
    lead, behind = source[max(0, figure.start - 16) : figure.start], source[figure.end : figure.end + 8]
    return 0 < figure.value <= 100 and not (OTHER_RATE.search(lead) or RATE_OF_PART.match(behind))


def _may_be_amount(one: Decision, rate: Decision, proven: dict[int, Decision]) -> bool:
    figure = one.figure
    return (
        figure.kind == "money"
        and figure.quantity is not None
        and figure.upper is None
        and figure.value > 0
        and abs(figure.start - rate.figure.start) <= REACH
        and figure.start not in proven
        and one.reason not in (*APART, "年中进度", "增减幅度", "单位标准", "其他项目")
        and (one.concept is None or one.concept.startswith(OPEN))
    )


def _value(one: Decision) -> Decimal:
    return one.figure.value


def _arrived_of_more(whole: Decision, budgets: set[Decimal], source: str) -> bool:
    """Whether an amount is what arrived of a larger budget that is told: 全年预算3,240万元，实际到位3,120万元，按到位数计算
    支出率为95.14%."""
    return bool(ARRIVED.search(_lead(whole, source))) and any(whole.figure.value < one for one in budgets)


def _chosen(
    pairs: Sequence[tuple[Decision, Decision]], rate: Decision, source: str
) -> tuple[Decision, Decision] | None:
    """What was planned and what was spent, of the only pair that gives the rate; None where several do."""
    found: dict[tuple[Decimal, ...], tuple[Decision, Decision]] = {}
    for one, other in pairs:
        planned, spent = (one, other) if one.figure.value >= other.figure.value else (other, one)
        if one.figure.value == other.figure.value:
            planned, spent = (other, one) if other.concept == "project.budget" else (one, other)
        if NO_PLAN.search(_lead(planned, source)) or NOT_SPENT.search(_lead(spent, source)):
            continue
        if one.period != other.period:
            continue
        values = planned.figure.value, spent.figure.value
        if values not in found or _told(found[values]) <= _told((planned, spent)):
            found[values] = planned, spent  # 全年预算108万元，到位资金108万元: the budget stays the budget
    return next(iter(found.values())) if len(found) == 1 else None


def _told(pair: tuple[Decision, Decision]) -> int:
    """Of how many of the two the words say what they are."""
    return sum(
        one.concept == said for one, said in zip(pair, ("project.budget", "project.spending"), strict=True)
    )


def _lead(one: Decision, source: str) -> str:
    return source[max(0, one.figure.start - 16) : one.figure.start]


def _next(spent: Decision, rate: Decision, source: str) -> bool:
    """Whether a rate is the next figure behind what was spent: 支出139.60万元。执行率98.31%."""
    between = source[spent.figure.end : rate.figure.start]
    return bool(between) and not re.search(r"\d", between)


def _stage(planned: Decision, source: str) -> Stage | None:
    """The stage of a budget: what was found, else what the words right before it say."""
    said = clause_before(source, planned.figure.start)[-16:]
    return planned.stage or next((stage for words, stage in STAGED if re.search(words, said)), None)


def _as_proven(
    pair: tuple[Decision, Decision], rate: Decision, about: str | None, source: str
) -> Iterator[Decision]:
    planned, spent = pair
    stage = _stage(planned, source)
    for one, concept in zip((planned, spent, rate), CONCEPTS, strict=True):
        moved = one is rate and one.period != planned.period and _next(spent, rate, source)
        if one.concept != concept or one.subject != about or moved:
            staged = stage if one is planned else None
            yield one.proved(concept, about, period=planned.period, stage=staged)
