"""The report's own score and grade among all that it tells: what stands beside a result that is said to be the report's
own, and is another, was given by others or to others, whatever words told so; and the groups that make its score, beside
which other names are parts of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from extractors.context import Context
from extractors.figures.sheets import ALL, FEWEST
from schema.report import Fact

RESULTS = ("score.total", "rating")
#: 自评得分 · 综合评分 · 最终得分 · 绩效评价等级 · 我局…得分: what says of a result that it is the report's own
OWN = re.compile(
    r"自评|自我评价|本次|此次|综合(?:得|评(?!估)|绩效)|总(?:得)?分|总体|最终|整体|折算|合计|满分|绩效(?:评价)?(?:得分|评分|总分|等级|结果|等次)"
    r"|(?:我|本)(?:局|部门|单位|院|校|中心|馆|所|站|镇|乡|街道|委|办|会|项目|厅|处|专项|政策)[^。；]{0,16}(?:得分|评分|得|评为|等级|等次|为[“\"])"
)
#: 水库灌溉中心先行自评，得分91.8分: one of the department's units
UNIT = re.compile(r"(?<![我本])(?P<who>中心|[站院校所馆队场])(?:先行|先|单独|另行|自行|分别)自评")
#: 上年度县财政局评定我局为良，得分86.9分
LAST_YEAR = re.compile(r"(?:^|[，,])\s?(?:上一?年度?|去年)")
#: 四、自评结论 · 评价结果: a heading over the report's own result
CONCLUSION = re.compile(r"结论|(?:自评|评价)(?:结果|得分|情况)|综合评价")
#: what says below it that others judged, or others were judged
BY_OTHERS = re.compile(
    r"[对给][^，。；]{2,}|委托|评选|评审|审核|考核|考评|验收|竞赛|大赛|中期|其他|评估|[局厅委办院校馆所站](?:组织|开展|评定|打分)"
)
#: fewer points than any report gives itself
LEAST = 60


def own_results(context: Context, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts without scores and grades of others: those that nothing says to be the report's own, where another one
    is said to be and differs."""
    facts = tuple(_weights_apart(context, facts))
    results = [fact for fact in facts if fact.concept in RESULTS]
    told = Counter((fact.concept, fact.evidence.block) for fact in results)
    own = [
        fact
        for fact in results
        if _said_own(context, fact)
        or (told[fact.concept, fact.evidence.block] == 1 and _concluded(context, fact))
    ]
    others = [fact for fact in results if fact not in own and _against(fact, own)]
    kept = [fact for fact in facts if fact.concept not in RESULTS or fact not in others]
    return tuple(_first_level(_once_named(kept)))


#: 公众评判法，总分100分。 · 本次自评总分100分，划分四个等次
SCALE = re.compile(r"总分(?:值)?[为是：:]?\s?$")


def _weights_apart(context: Context, facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts, a total of 100 as the full marks that it is, where the report's score is told elsewhere: one that is called
    no more than 总分, or whose groups beside it make 100: 评价满分100分，其中预算执行20分、产出40分、效益30分、满意度10分."""
    scored = any(fact.concept == "score.total" and LEAST <= _points(fact) < ALL for fact in facts)
    sums: dict[int, Decimal] = {}
    for fact in facts:
        if fact.concept == "score.group" and fact.evidence.table is None:
            sums[fact.evidence.block] = sums.get(fact.evidence.block, Decimal(0)) + _points(fact)
    for fact in facts:
        weighed = scored and fact.evidence.table is None and sums.get(fact.evidence.block) == ALL
        hundred = fact.concept == "score.total" and _points(fact) == ALL
        if hundred and (weighed or (scored and SCALE.search(_before(context, fact)))):
            yield replace(fact, concept="score.full", period=None)
        elif not (weighed and fact.concept == "score.group"):
            yield fact


def _points(fact: Fact) -> Decimal:
    return fact.quantity.value if fact.quantity else Decimal(0)


def _once_named(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, a group's score told again without a word of its name by that name: 效益指标28分, later 效益方面…得28分."""
    scores = {(fact.subject, fact.value) for fact in facts if fact.concept == "score.group"}
    return [
        replace(fact, subject=f"{fact.subject}指标")
        if fact.concept == "score.group" and (f"{fact.subject}指标", fact.value) in scores
        else fact
        for fact in facts
    ]


#: among more than so many names nothing is proved
MOST = 9


def _first_level(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts without scores of second-level groups: 资金管理13分得12.58分, where 决策, 过程, 产出 and 效益, told in one
    place, make the report's score."""
    totals = {fact.quantity.value for fact in facts if fact.concept == "score.total" and fact.quantity}
    places: dict[tuple[int | None, int | None], list[Fact]] = {}  # a table, or else a block
    for fact in facts:
        if fact.concept == "score.group":
            table, block = fact.evidence.table, fact.evidence.block
            places.setdefault((table, block if table is None else None), []).append(fact)
    proven = {fact.subject or "" for told in places.values() for fact in _making(told, totals)}
    for fact in facts:
        alike = any(name in (fact.subject or "") or (fact.subject or "") in name for name in proven)
        if fact.concept != "score.group" or not proven or alike:
            yield fact


def _making(told: Sequence[Fact], totals: Set[Decimal]) -> Sequence[Fact]:
    """The scores of different groups of one place that make one of the totals; none where several choices do."""
    for count in range(len(told) if len(told) <= MOST else 0, FEWEST - 1, -1):
        made = [
            some
            for some in combinations(told, count)
            if len({fact.subject for fact in some}) == count
            and sum((fact.quantity.value for fact in some if fact.quantity), Decimal(0)) in totals
        ]
        if made:
            return made[0] if len(made) == 1 else ()
    return ()


def _against(fact: Fact, own: Sequence[Fact]) -> bool:
    """Whether own results of the same kind, subject and year are all others than this one."""
    kind = fact.concept, fact.subject, fact.period
    alike = [one for one in own if (one.concept, one.subject, one.period) == kind]
    return bool(alike) and all(one.value != fact.value for one in alike)


def _said_own(context: Context, fact: Fact) -> bool:
    if fact.evidence.table is not None:
        return True
    said = _said(context, fact)
    unit = UNIT.search(said)
    others = unit and not (context.department or "").endswith(unit["who"])
    return OWN.search(said) is not None and not (others or LAST_YEAR.search(said))


def _concluded(context: Context, fact: Fact) -> bool:
    """Whether a result is the only one of its paragraph below a heading of conclusions, with no word of others."""
    section = context.section_at(fact.evidence.block, fact.evidence.start)
    headed = section is not None and CONCLUSION.search(section.title)
    enough = fact.quantity is None or fact.quantity.value >= LEAST
    return bool(headed and enough) and not BY_OTHERS.search(_said(context, fact))


def _before(context: Context, fact: Fact) -> str:
    """What its paragraph tells before a fact."""
    return context.document.blocks[fact.evidence.block].text[: fact.evidence.start]


def _said(context: Context, fact: Fact) -> str:
    """The words of a result's own part of its sentence before it."""
    return re.split(r"[。；;\n]", _before(context, fact))[-1]
