"""For each rule a report that keeps it, one that breaks it, and one that lacks its facts."""

from __future__ import annotations

from typing import NamedTuple

from schema.explain.making import (
    fact,
    facts,
    funds,
    place,
    remark,
    report,
    row,
    section,
    table,
    tally,
)
from schema.report import Citation, Listing, ProjectList, Report


class Example(NamedTuple):
    """Three reports of one rule, made when asked for."""

    holds: Report
    breaks: Report
    lacks: Report


NOTHING = report()
OUTLINE = ("functions", "annual_work", "goals", "spending", "conclusion", "budgeting", "execution",
           "benefits", "problems", "improvements")  # fmt: skip
#: headings in the words of Guangdong's outline
TITLES = {"annual_work": "年度总体工作和重点工作任务", "spending": "部门整体支出情况（以决算数为统计口径）",
          "problems": "部门整体支出绩效管理存在问题", "budgeting": "绩效指标分析之预算编制情况"}  # fmt: skip
#: a form's usual rows: targets met, scores full, 10 points of execution beside them
ROWS = (
    row("培训期数", target="≥4期", actual="4期", weight="50", score="50", reason="无"),
    row("群众满意度", target="≥90%", actual="95%", weight="50", score="50", reason="无"),
)


def projects(*amounts: str, total: str | None = None) -> ProjectList:
    parts = tuple(
        fact("project.spending", a, 20 + i, subject=f"项目{'甲乙丙丁'[i]}") for i, a in enumerate(amounts)
    )
    whole = fact("project.spending", total, 30) if total else None
    return ProjectList(whole, parts, "project.spending", place("项目明细"))


def outlined(*absent: str, empty: str = "", rating: bool = True) -> Report:
    """A report after Guangdong's outline, some sections absent or empty."""
    sections = tuple(
        section(r, "" if r == empty else "正文。", TITLES.get(r, "标题"), block=i)
        for i, r in enumerate(OUTLINE)
        if r not in absent
    )
    stated = (fact("score.total", "88.5分"), *((fact("rating", "良"),) if rating else ()))
    return report(*stated, sections=sections, department="惠州市某某局")


def one_row(**values: str | None) -> Report:
    return report(tables=(table(row("培训期数", **{"weight": "10", "score": "10", "reason": "", **values})),))


def _weights(*weights: str) -> Report:
    rows = (row(f"指标{i}", weight=w) for i, w in enumerate(weights, 1))
    return report(
        tables=(table(*rows, fields="weight", total=tally("合计", "100", rows=range(len(weights)))),)
    )


def _scores(stated: str) -> Report:
    return report(tables=(table(*ROWS, total=tally("总分", "100", stated, (0, 1))),))


def _funds(score: str) -> Report:
    line = funds("年度资金总额", "10", score, budget="100万元", spending="62.5万元", rate="62.5%")
    return report(tables=(table(row("培训期数"), funds=(line,), fields="target"),))


def _praise(rate: str) -> Report:
    sentence = f"整体预算执行情况较好，执行率{rate}。"
    return report(
        fact("rate.total", rate, 60, context=sentence),
        remarks=(remark("good_execution", "整体预算执行情况较好", sentence, 60, about="rate.total"),),
    )


def _cited(*numbers: str) -> Report:
    return report(citations=tuple(Citation("预算管理办法", n, place(n, i)) for i, n in enumerate(numbers)))


def _listing(stated: int) -> Report:
    return report(
        listings=(Listing("个项目", stated, ("甲", "乙", "丙"), place(str(stated)), place("甲、乙、丙")),)
    )


def _named(name: str) -> Report:
    return report(remarks=(remark("department", name, about=name),), department="某某县水务局")


BUDGET = facts(budget_total="147.89万元", budget_basic="135.47万元", budget_project="12.42万元")
SPENDING = facts(spending_total="135.64万元", spending_basic="131.72万元", spending_project="3.92万元")

EXAMPLES: dict[str, Example] = {
    "duplicate.conflict": Example(
        report(fact("spending.total", "135.64万元"), fact("spending.total", "1356389.12元", 1)),
        report(fact("spending.total", "135.64万元"), fact("spending.total", "153.64万元", 1)),
        NOTHING,
    ),
    "sum.budget": Example(
        report(*BUDGET), report(fact("budget.total", "157.89万元"), *BUDGET[1:]), report(*BUDGET[:2])
    ),
    "sum.spending": Example(
        report(*SPENDING), report(fact("spending.total", "136.54万元"), *SPENDING[1:]), report(*SPENDING[1:])
    ),
    "sum.basic": Example(
        report(*facts(spending_basic="131.72万元", spending_personnel="110.5万元", spending_operating="21.22万元")),
        report(*facts(spending_basic="131.72万元", spending_personnel="110.5万元", spending_operating="31.22万元")),
        report(*facts(spending_basic="131.72万元", spending_personnel="110.5万元")),
    ),
    "sum.three_public": Example(
        report(*facts(three_public_spending="5.6万元", three_public_overseas_spending="0万元",
                      three_public_vehicles_spending="4.1万元", three_public_hospitality_spending="1.5万元")),
        report(*facts(three_public_spending="6.5万元", three_public_overseas_spending="0万元",
                      three_public_vehicles_spending="4.1万元", three_public_hospitality_spending="1.5万元")),
        report(*facts(three_public_spending="6.5万元", three_public_vehicles_spending="4.1万元")),
    ),
    "sum.staff": Example(
        report(*facts(staff_authorized="4人", staff_authorized_admin="3人", staff_authorized_support="1人")),
        report(*facts(staff_authorized="4人", staff_authorized_admin="5人", staff_authorized_support="1人")),
        report(*facts(staff_authorized="4人")),
    ),
    "sum.projects": Example(
        report(fact("spending.project", "6.5万元"), project_lists=(projects("4万元", "2.5万元"),)),
        report(fact("spending.project", "9.5万元"), project_lists=(projects("4万元", "2.5万元"),)),
        report(fact("spending.project", "9.5万元")),
    ),
    "score.execution": Example(_funds("6.25"), _funds("10"), NOTHING),
    "score.bounds": Example(one_row(score="8"), one_row(score="12"), NOTHING),
    "sum.weights": Example(_weights("50", "30", "20"), _weights("50", "30", "25"), NOTHING),
    "sum.scores": Example(_scores("100"), _scores("95"), NOTHING),
    "sum.balance": Example(
        report(*facts(carryover_opening="10万元", income_total="90万元", spending_total="85万元", carryover_closing="15万元")),
        report(*facts(carryover_opening="10万元", income_total="90万元", spending_total="85万元", carryover_closing="51万元")),
        report(*facts(carryover_opening="10万元", income_total="90万元", spending_total="85万元")),
    ),
    "rate.execution": Example(
        report(*facts(rate_basic="97.23%", spending_basic="131.72万元", budget_basic="135.47万元")),
        report(*facts(rate_basic="95.23%", spending_basic="131.72万元", budget_basic="135.47万元")),
        report(*facts(rate_basic="95.23%", spending_basic="131.72万元")),
    ),
    "rate.share": Example(
        report(fact("share", "97.11%", subject="spending.basic / spending.total"), *SPENDING[:2]),
        report(fact("share", "91.11%", subject="spending.basic / spending.total"), *SPENDING[:2]),
        report(fact("share", "97.11%", subject="spending.basic / spending.total"), SPENDING[0]),
    ),
    "rate.change": Example(
        report(fact("change.rate", "-10%", subject="spending.total", period=2023),
               fact("spending.total", "90万元", 1), fact("spending.total", "100万元", 2, period=2022)),
        report(fact("change.rate", "-15%", subject="spending.total", period=2023),
               fact("spending.total", "90万元", 1), fact("spending.total", "100万元", 2, period=2022)),
        report(fact("change.rate", "-15%", subject="spending.total", period=2023)),
    ),
    "staff.over": Example(
        report(*facts(staff_authorized="4人", staff_actual="3人")),
        report(*facts(staff_authorized="4人", staff_actual="5人")),
        report(*facts(staff_actual="5人")),
    ),
    "spending.over": Example(
        report(*facts(spending_project="12.42万元", budget_project="12.42万元")),
        report(*facts(spending_project="13.5万元", budget_project="12.42万元")),
        report(*facts(spending_project="13.5万元")),
    ),
    "unit.magnitude": Example(
        report(*BUDGET), report(BUDGET[0], BUDGET[1], fact("budget.project", "12.42元", 2)), NOTHING
    ),
    "rating.band": Example(
        report(fact("score.total", "88.92分"), fact("rating", "良好", 1, value="良")),
        report(fact("score.total", "88.92分"), fact("rating", "优秀", 1, value="优")),
        report(fact("score.total", "88.92分")),
    ),
    "period.mismatch": Example(
        report(remarks=(remark("year", "2023年度", about="2023", where="title"),)),
        report(remarks=(remark("year", "2022年度", about="2022", where="title"),)),
        NOTHING,
    ),
    "identity.mismatch": Example(_named("县水务局"), _named("某某县林业局"), NOTHING),
    "score.unearned": Example(
        one_row(target="≥4期", actual="4期"), one_row(target="≥4期", actual="3期", reason="经费未到位"), NOTHING
    ),
    "score.unexplained": Example(
        one_row(target="≥4期", actual="4期", score="8", reason="资料不全，扣2分"),
        one_row(target="≥4期", actual="4期", score="8"),
        NOTHING,
    ),
    "deviation.unexplained": Example(
        one_row(target="≥4期", actual="3期", score="7.5", reason="讲师临时请假"),
        one_row(target="≥4期", actual="3期", score="7.5"),
        NOTHING,
    ),
    "indicator.overachieved": Example(
        one_row(target="≥4期", actual="5期"), one_row(target="≥4期", actual="9期"), NOTHING
    ),
    "narrative.rate": Example(_praise("91.72%"), _praise("31.56%"), NOTHING),
    "count.mismatch": Example(_listing(3), _listing(4), NOTHING),
    "citation.conflict": Example(_cited("财预〔2020〕10号", "财预[2020]10号"), _cited("财预〔2020〕10号", "财预〔2021〕10号"), NOTHING),
    "section.missing": Example(outlined(), outlined("problems"), NOTHING),
    "section.empty": Example(outlined(), outlined(empty="problems"), NOTHING),
    "fact.missing": Example(outlined(), outlined(rating=False), NOTHING),
    "indicator.incomplete": Example(
        report(tables=(table(*ROWS),)),
        report(tables=(table(ROWS[0], row("宣传次数", target="3次", actual=None, weight="50", score="45")),)),
        NOTHING,
    ),
    "number.malformed": Example(NOTHING, report(remarks=(remark("malformed", "7,00.0,77"),)), NOTHING),
    "template.residue": Example(NOTHING, report(remarks=(remark("residue", "XX单位"),)), NOTHING),
}  # fmt: skip

#: rules that look at the whole text: they are never without their facts
ALWAYS_RUN = frozenset({"number.malformed", "template.residue"})
