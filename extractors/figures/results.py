"""The report's own score and grade among all that it tells: what stands beside a result that is said to be the report's
own, and is another, was given by others or to others, whatever words told so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.context import Context
from schema.report import Fact

RESULTS = ("score.total", "rating")
#: 自评得分 · 综合评分 · 最终得分 · 绩效评价等级 · 我局…得分: what says of a result that it is the report's own
OWN = re.compile(
    r"自评|自我评价|本次|此次|综合(?:得|评(?!估)|绩效)|总(?:得)?分|总体|最终|整体|折算|合计|满分|绩效(?:评价)?(?:得分|评分|总分|等级|结果|等次)"
    r"|(?:我|本)(?:局|部门|单位|院|校|中心|馆|所|站|镇|乡|街道|委|办|会|项目|厅|处|专项|政策)[^。；]{0,16}(?:得分|评分|得|评为|等级|等次|为[“\"])"
)


def own_results(context: Context, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts without scores and grades of others: those that nothing says to be the report's own, where another one
    is said to be and differs."""
    own = [fact for fact in facts if fact.concept in RESULTS and _said_own(context, fact)]
    return tuple(
        fact for fact in facts if fact.concept not in RESULTS or fact in own or not _against(fact, own)
    )


def _against(fact: Fact, own: Sequence[Fact]) -> bool:
    """Whether own results of the same kind, subject and year are all others than this one."""
    alike = [
        one
        for one in own
        if (one.concept, one.subject, one.period) == (fact.concept, fact.subject, fact.period)
    ]
    return bool(alike) and all(one.value != fact.value for one in alike)


def _said_own(context: Context, fact: Fact) -> bool:
    place = fact.evidence
    if place.table is not None:
        return True
    text = context.document.blocks[place.block].text
    said = re.split(r"[。；;\n]", text[: place.start])[-1]
    return OWN.search(said) is not None
